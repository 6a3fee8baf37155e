#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace server::archive {

/// Writes a ZIP (APPNOTE 6.3) from front to back into nothing but memory for the names: files are stored as they are,
/// size and checksum follow each, so nothing need be known beforehand, kept, or written to disk unencrypted. Everything
/// bears the same date: the same files are the same bytes. At most 4 GiB in all. One thread at a time.
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

    /// Counts what is written, and refuses to pass 4 GiB.
    std::string count_written(std::string bytes);

    std::vector<Entry> entries_;
    std::uint64_t offset_ = 0;
};

}  // namespace server::archive
