#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace server::archive {

/// Writes a ZIP (APPNOTE 6.3) from front to back and keeps nothing but the directory in memory. Files are stored
/// uncompressed; size and checksum follow each file, so neither has to be known beforehand and nothing is written to
/// disk unencrypted. Every entry has the same date: the same files give the same bytes. At most 4 GiB in all. One
/// thread at a time.
class ZipWriter {
public:
    /// What to write before the bytes of the file `name`, UTF-8 with "/" between folders.
    std::string begin(std::string_view name);
    /// Counts the bytes of the file, which the caller writes.
    void add(std::string_view bytes);
    /// What to write after them.
    std::string end();
    /// What to write after all files.
    std::string finish();

private:
    struct Entry {
        std::string name;
        std::uint32_t offset;
        std::uint32_t checksum = 0;
        std::uint32_t size = 0;
    };

    /// Adds to the offset, passes `bytes` through, and throws std::length_error beyond 4 GiB.
    std::string count_written(std::string bytes);

    std::vector<Entry> entries_;
    std::uint64_t offset_ = 0;
};

}  // namespace server::archive
