#include "server/archive/zip_writer.hpp"

#include <zlib.h>

#include <limits>
#include <stdexcept>

namespace server::archive {
namespace {

constexpr std::uint16_t kVersion = 20;
constexpr std::uint16_t kSizesFollowAndUtf8 = 1U << 3U | 1U << 11U;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kFirstOfJanuary1980 = 1U << 5U | 1U;

/// Little-endian numbers one after the other.
class Bytes {
public:
    Bytes& u16(std::uint16_t number) { return put(number, 2); }
    Bytes& u32(std::uint32_t number) { return put(number, 4); }
    Bytes& text(std::string_view text) {
        bytes_ += text;
        return *this;
    }
    std::string take() { return std::move(bytes_); }

private:
    Bytes& put(std::uint32_t number, int size) {
        for (int i = 0; i < size; ++i) bytes_ += static_cast<char>(number >> (8U * static_cast<unsigned>(i)) & 0xFFU);
        return *this;
    }

    std::string bytes_{};
};

}  // namespace

std::string ZipWriter::count_written(std::string bytes) {
    offset_ += bytes.size();
    if (offset_ > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a ZIP of more than 4 GiB");
    return bytes;
}

std::string ZipWriter::begin(std::string_view name) {
    entries_.push_back({std::string(name), static_cast<std::uint32_t>(offset_)});
    auto const name_size = static_cast<std::uint16_t>(name.size());
    Bytes head;
    head.u32(0x04034b50).u16(kVersion).u16(kSizesFollowAndUtf8).u16(kStored).u16(0).u16(kFirstOfJanuary1980);
    head.u32(0).u32(0).u32(0).u16(name_size).u16(0).text(name);
    return count_written(head.take());
}

void ZipWriter::add(std::string_view bytes) {
    auto& entry = entries_.back();
    entry.checksum =
        static_cast<std::uint32_t>(crc32_z(entry.checksum, reinterpret_cast<Bytef const*>(bytes.data()), bytes.size()));
    offset_ += bytes.size();
    entry.size += static_cast<std::uint32_t>(bytes.size());
}

std::string ZipWriter::end() {
    auto const& entry = entries_.back();
    return count_written(Bytes().u32(0x08074b50).u32(entry.checksum).u32(entry.size).u32(entry.size).take());
}

std::string ZipWriter::finish() {
    auto const begins = static_cast<std::uint32_t>(offset_);
    Bytes list;
    for (auto const& entry : entries_) {
        list.u32(0x02014b50).u16(kVersion).u16(kVersion).u16(kSizesFollowAndUtf8).u16(kStored);
        list.u16(0).u16(kFirstOfJanuary1980).u32(entry.checksum).u32(entry.size).u32(entry.size);
        list.u16(static_cast<std::uint16_t>(entry.name.size())).u16(0).u16(0).u16(0).u16(0).u32(0);
        list.u32(entry.offset).text(entry.name);
    }
    auto directory = count_written(list.take());
    auto const count = static_cast<std::uint16_t>(entries_.size());
    Bytes tail;
    tail.u32(0x06054b50).u16(0).u16(0).u16(count).u16(count);
    tail.u32(static_cast<std::uint32_t>(directory.size())).u32(begins).u16(0);
    return directory + count_written(tail.take());
}

}  // namespace server::archive
