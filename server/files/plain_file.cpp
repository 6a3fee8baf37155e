#include "server/files/plain_file.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace server::files {
namespace {

[[noreturn]] void fail(char const* what) { throw std::system_error(errno, std::generic_category(), what); }

}  // namespace

PlainFile::PlainFile() : descriptor_(::memfd_create("file under examination", MFD_CLOEXEC)) {
    if (descriptor_ < 0) fail("memfd_create");
}

PlainFile::PlainFile(std::string_view content) : PlainFile() { write(content); }

PlainFile::PlainFile(PlainFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

PlainFile::~PlainFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void PlainFile::write(std::span<char const> piece) {
    while (!piece.empty()) {
        auto const written = ::pwrite(descriptor_, piece.data(), piece.size(), static_cast<off_t>(size_));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail("write to a memory file");
        piece = piece.subspan(static_cast<std::size_t>(written));
        size_ += static_cast<std::uint64_t>(written);
    }
}

std::size_t PlainFile::read(std::uint64_t offset, std::span<char> into) const {
    std::size_t have = 0;
    while (have < into.size()) {
        auto const got =
            ::pread(descriptor_, into.data() + have, into.size() - have, static_cast<off_t>(offset + have));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read from a memory file");
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    return have;
}

std::string PlainFile::read_text(std::uint64_t offset, std::size_t size) const {
    std::string text(size, '\0');
    text.resize(read(offset, text));
    return text;
}

}  // namespace server::files
