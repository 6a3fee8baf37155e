#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace server::files {

/// A file in the clear while it is examined: in anonymous memory of the kernel, so that a file that is sealed at rest
/// never reaches the disk unencrypted and disappears with the process. It is not mapped, so this process does not grow.
/// One thread at a time.
class PlainFile {
public:
    /// Throws std::system_error, also when the memory is exhausted.
    PlainFile();
    explicit PlainFile(std::string_view content);
    PlainFile(PlainFile&& other) noexcept;
    PlainFile& operator=(PlainFile&&) = delete;
    ~PlainFile();

    void write(std::span<char const> piece);
    /// As much of `into` as the file has from `offset` on.
    std::size_t read(std::uint64_t offset, std::span<char> into) const;
    std::string read_text(std::uint64_t offset, std::size_t size) const;
    std::uint64_t size() const { return size_; }

    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
    std::uint64_t size_ = 0;
};

}  // namespace server::files
