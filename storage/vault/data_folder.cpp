#include "storage/vault/data_folder.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <string>
#include <system_error>

namespace storage {
namespace {

namespace fs = std::filesystem;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

constexpr std::string_view kKeysHeader = "disclosure keys 1\nmaster ";

// The text of a key file: the header, 64 hexadecimal digits, a line end.
constexpr std::size_t kKeysSize = kKeysHeader.size() + 2 * Key::kSize + 1;

fs::path keys_file(fs::path const& root) { return root / "keys"; }

Refusal unwritable() {
    return {RefusalKind::Unavailable, "folder_unwritable", "数据目录不能写入，请检查权限和磁盘空间。"};
}

FileDescriptor open_file(fs::path const& file, int flags) {
    return FileDescriptor(::open(file.c_str(), flags | O_CLOEXEC, 0600));
}

/// The process that holds the lock, as it wrote itself into the file; "未知" for the instant in which it has not yet.
std::string holder(int fd) {
    std::array<char, 20> text;
    ssize_t const size = ::pread(fd, text.data(), text.size(), 0);
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "未知";
}

/// The lock belongs to the open file, so it ends with the process, however that ends, and is found through any path.
Result<FileDescriptor> take_lock(fs::path const& root) {
    FileDescriptor lock = open_file(root / "LOCK", O_RDWR | O_CREAT);
    if (lock.get() < 0) return unwritable();
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        return Refusal{
            RefusalKind::Unavailable, "data_folder_in_use", "数据目录正被进程 " + holder(lock.get()) + " 使用。"};
    }
    std::string const pid = std::to_string(::getpid());
    bool const written = ::ftruncate(lock.get(), 0) == 0 &&
                         ::pwrite(lock.get(), pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
    if (!written) return unwritable();
    return lock;
}

/// On disk before the first record is sealed with it.
bool write_keys(fs::path const& root, Key const& master) {
    std::string text(kKeysHeader);
    text += to_hex(master.bytes()) + '\n';
    FileDescriptor const file = open_file(keys_file(root), O_WRONLY | O_CREAT | O_EXCL);
    FileDescriptor const directory = open_file(root, O_RDONLY | O_DIRECTORY);
    bool const written = file.get() >= 0 &&
                         ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(file.get()) == 0 && ::fsync(directory.get()) == 0;
    sodium_memzero(text.data(), text.size());
    return written;
}

std::optional<Key> parse_keys(std::string_view text) {
    if (text.size() != kKeysSize || !text.starts_with(kKeysHeader) || !text.ends_with('\n')) return std::nullopt;
    auto bytes = from_hex(text.substr(kKeysHeader.size(), 2 * Key::kSize));
    if (!bytes) return std::nullopt;
    auto key = Key::from(*bytes);
    sodium_memzero(bytes->data(), bytes->size());
    return key;
}

Result<Key> read_keys(fs::path const& root) {
    FileDescriptor const file = open_file(keys_file(root), O_RDONLY);
    struct stat status;
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
        return Refusal{RefusalKind::Unavailable, "keys_missing", "数据目录中的密钥文件 keys 不存在或不能读取。"};
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return Refusal{
            RefusalKind::Unavailable, "keys_exposed", "密钥文件 keys 可被其他用户读取，拒绝使用；请执行 chmod 600。"};
    }
    std::array<char, kKeysSize + 1> text;  // one more, to notice a longer file
    ssize_t const size = ::read(file.get(), text.data(), text.size());
    auto key = parse_keys({text.data(), size > 0 ? static_cast<std::size_t>(size) : 0});
    sodium_memzero(text.data(), text.size());
    if (!key) return Refusal{RefusalKind::Unavailable, "keys_unreadable", "密钥文件 keys 的内容已损坏。"};
    return std::move(*key);
}

Result<void> require_folder(fs::path const& root) {
    std::error_code ignored;
    if (fs::exists(keys_file(root), ignored) || fs::exists(root / "disclosure.db", ignored)) return {};
    return Refusal{RefusalKind::NotFound, "no_data_folder", "这里没有数据目录，请先执行 disclosure init。"};
}

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

FileDescriptor::~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
}

DataFolder::DataFolder(fs::path root, FileDescriptor lock, Key const& master)
    : root_(std::move(root)), lock_(std::move(lock)), vault_(master) {}

Result<DataFolder> DataFolder::create(fs::path const& root) {
    std::error_code error;
    fs::create_directories(root, error);
    bool const empty = !error && fs::is_empty(root, error);
    if (error) return unwritable();
    if (!empty) return Refusal{RefusalKind::Invalid, "folder_exists", "该目录已有内容，不能在其中新建数据目录。"};
    fs::permissions(root, fs::perms::owner_all, error);
    auto lock = take_lock(root);
    if (!lock) return lock.error();
    fs::create_directory(root / "files", error);
    fs::permissions(root / "files", fs::perms::owner_all, error);
    Key const master = Key::random();
    if (error || !write_keys(root, master)) return unwritable();
    return DataFolder(root, std::move(*lock), master);
}

Result<DataFolder> DataFolder::open(fs::path const& root) {
    if (auto const there = require_folder(root); !there) return there.error();
    auto lock = take_lock(root);
    if (!lock) return lock.error();
    auto const master = read_keys(root);
    if (!master) return master.error();
    return DataFolder(root, std::move(*lock), *master);
}

Result<DataFolder> DataFolder::open_read_only(fs::path const& root) {
    if (auto const there = require_folder(root); !there) return there.error();
    auto const master = read_keys(root);
    if (!master) return master.error();
    return DataFolder(root, FileDescriptor(-1), *master);
}

}  // namespace storage
