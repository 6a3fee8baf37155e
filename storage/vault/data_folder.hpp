#pragma once

#include "storage/vault/vault.hpp"
#include "workflow/words/result.hpp"

#include <filesystem>
#include <utility>

namespace storage {

/// A file descriptor that closes itself.
class FileDescriptor {
public:
    explicit FileDescriptor(int fd) : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    ~FileDescriptor();
    int get() const { return fd_; }

private:
    int fd_;
};

/// Everything one installation keeps on disk:
///
///     disclosure.db (-wal, -shm)   the database
///     keys                         the master key, mode 0600; not part of a backup
///     files/                       attachments by content hash; in files/incoming what is being received
///     LOCK                         held by the one process that may write
///     control.sock                 where the verbs reach a running service
///
/// Refusals: `folder_exists`, `no_data_folder`, `data_folder_in_use`, `keys_missing`, `keys_exposed`,
/// `keys_unreadable`, `folder_unwritable`.
class DataFolder {
public:
    /// Makes the folder with fresh keys and holds its lock. An existing empty directory is accepted.
    static workflow::Result<DataFolder> create(std::filesystem::path const& root);
    /// For the service and the writing verbs: holds the lock until destroyed. Refused while another process does.
    static workflow::Result<DataFolder> open(std::filesystem::path const& root);
    /// For reading verbs: no lock, also while a service runs.
    static workflow::Result<DataFolder> open_read_only(std::filesystem::path const& root);

    std::filesystem::path database() const { return root_ / "disclosure.db"; }
    std::filesystem::path files() const { return root_ / "files"; }
    std::filesystem::path control_socket() const { return root_ / "control.sock"; }
    Vault const& vault() const { return vault_; }

private:
    DataFolder(std::filesystem::path root, FileDescriptor lock, Key const& master);

    std::filesystem::path root_;
    FileDescriptor lock_;  ///< -1 when opened for reading
    Vault vault_;
};

}  // namespace storage
