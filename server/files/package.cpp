#include "server/files/package.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <set>
#include <stdexcept>

namespace server::files {
namespace {

constexpr std::uint64_t kRatioMatters = 1024 * 1024;
/// gzip is left out: office programs pack vector pictures that way, and they are not unpacked here.
constexpr std::array<std::string_view, 4> kArchives{
    std::string_view("PK\x03\x04", 4),
    std::string_view("PK\x05\x06", 4),
    std::string_view("Rar!", 4),
    std::string_view("7z\xBC\xAF", 4)};

struct CloseEntry {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Entry = std::unique_ptr<zip_file_t, CloseEntry>;

PackageFault bomb() { return {"zip_bomb", "文件展开后的体积异常大，不能接收。请另存为新文件后再上传。"}; }

bool is_unsafe(std::string_view name) {
    return name.empty() || name.front() == '/' || name.find("..") != std::string_view::npos ||
           name.find('\\') != std::string_view::npos;
}

}  // namespace

Package::Package(zip_t* archive) : archive_(archive) {
    auto const count = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        char const* const name = zip_get_name(archive, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
        parts_.emplace_back(name != nullptr ? name : "");
    }
}

std::optional<Package> Package::open(PlainFile const& file) {
    auto const path = "/proc/self/fd/" + std::to_string(file.descriptor());
    int const own = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);  // its own position in the file
    if (own < 0) return std::nullopt;
    int error = 0;
    zip_t* const archive = zip_fdopen(own, ZIP_CHECKCONS, &error);
    if (archive == nullptr) {
        ::close(own);
        return std::nullopt;
    }
    return Package(archive);
}

bool Package::has(std::string_view part) const { return std::ranges::find(parts_, part) != parts_.end(); }

std::optional<std::string> Package::part(std::string_view name, std::uint64_t most) const {
    auto const found = std::ranges::find(parts_, name);
    if (found == parts_.end()) return std::nullopt;
    Entry const entry(zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(found - parts_.begin()), 0));
    if (!entry) return std::nullopt;
    std::string text;
    std::array<char, 64 * 1024> piece;
    while (true) {
        auto const got = zip_fread(entry.get(), piece.data(), piece.size());
        if (got < 0) return std::nullopt;
        if (got == 0) return text;
        text.append(piece.data(), static_cast<std::size_t>(got));
        if (text.size() > most) return std::nullopt;
    }
}

std::optional<PackageFault> Package::walk(
    PackageLimits const& limits, std::function<void(std::string_view, std::string_view)> const& see
) const {
    if (parts_.size() > limits.parts) return bomb();
    std::set<std::string_view> seen;
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        if (is_unsafe(parts_[i]) || !seen.insert(parts_[i]).second) {
            return PackageFault{"bad_package", "文件内部的结构不合规范，不能接收。请另存为新文件后再上传。"};
        }
        if (auto fault = walk_part(i, limits, total, see)) return fault;
    }
    return std::nullopt;
}

std::optional<PackageFault> Package::walk_part(
    std::uint64_t index,
    PackageLimits const& limits,
    std::uint64_t& total,
    std::function<void(std::string_view, std::string_view)> const& see
) const {
    zip_stat_t stat;
    if (zip_stat_index(archive_.get(), index, 0, &stat) != 0) return bomb();
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
        return PackageFault{"encrypted", "文件设有密码，无法检查。请取消密码后再上传。"};
    }
    Entry const entry(zip_fopen_index(archive_.get(), index, 0));
    if (!entry) return PackageFault{"bad_package", "文件已损坏，不能读取。请另存为新文件后再上传。"};
    std::array<char, 64 * 1024> piece;
    std::uint64_t size = 0;
    while (true) {
        auto const got = zip_fread(entry.get(), piece.data(), piece.size());
        if (got < 0) return PackageFault{"bad_package", "文件已损坏，不能读取。请另存为新文件后再上传。"};
        if (got == 0) return std::nullopt;
        std::string_view const text(piece.data(), static_cast<std::size_t>(got));
        if (size == 0 && std::ranges::any_of(kArchives, [&](auto magic) { return text.starts_with(magic); })) {
            return PackageFault{"nested_archive", "文件里嵌有压缩包或另一个文档，请去掉嵌入的对象后再上传。"};
        }
        size += text.size();
        total += text.size();
        if (total > limits.total || (size > kRatioMatters && size / limits.ratio > stat.comp_size)) return bomb();
        see(parts_[index], text);
    }
}

std::string pack(std::vector<std::pair<std::string, std::string>> const& parts) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* const archive = buffer != nullptr ? zip_open_from_source(buffer, ZIP_TRUNCATE, &error) : nullptr;
    if (archive == nullptr) throw std::runtime_error("cannot make a package");
    zip_source_keep(buffer);
    for (auto const& [name, content] : parts) {
        zip_source_t* const source = zip_source_buffer(archive, content.data(), content.size(), 0);
        auto const index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) throw std::runtime_error("cannot add to a package");
        zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), std::time_t{315'532'800}, 0);  // 1980, the first
    }
    if (zip_close(archive) != 0) throw std::runtime_error("cannot write a package");
    std::string bytes;
    zip_source_open(buffer);
    zip_source_seek(buffer, 0, SEEK_END);
    bytes.resize(static_cast<std::size_t>(zip_source_tell(buffer)));
    zip_source_seek(buffer, 0, SEEK_SET);
    zip_source_read(buffer, bytes.data(), bytes.size());
    zip_source_close(buffer);
    zip_source_free(buffer);
    return bytes;
}

}  // namespace server::files
