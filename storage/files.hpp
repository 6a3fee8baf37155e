#pragma once

#include "storage/bytes.hpp"
#include "storage/vault.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace storage {

/// Attachments by content hash: files/ab/<sha256>, encrypted in chunks of 64 KiB with AES-256-GCM, each chunk bound to
/// its place, written under a random name first and renamed when complete. The same content is stored once. Any thread.
///
///     61 bytes      the file's own key, wrapped for its hash
///     64 KiB + 29   … a sealed chunk; which one it is and whether another follows are bound to it
///     at most that  the last chunk, empty for an empty file
class Files {
public:
    Files(std::filesystem::path root, Vault const& vault);

    /// Deletes what interrupted uploads have left. Only while nothing else writes: when the folder is opened.
    void remove_leftovers();

    /// Destroys the content: what lies on the disk is overwritten first. Nothing happens when it is not there.
    void destroy(std::string const& sha256);

    /// Takes a file piece by piece; destroyed before finish(), it leaves nothing behind.
    class Writer {
    public:
        Writer(Files& files);
        ~Writer();
        void write(std::span<char const> piece);
        struct Stored {
            std::string sha256;  ///< lower-case hex
            std::int64_t size;
        };
        /// On disk (fsync) when it returns.
        Stored finish();

    private:
        struct State;
        std::unique_ptr<State> state_;
    };

    /// Reads a stored file piece by piece; throws SealBroken on a changed one, std::system_error when it is missing.
    class Reader {
    public:
        Reader(Files const& files, std::string const& sha256);
        ~Reader();
        std::size_t read(std::span<char> into);  ///< 0 at the end
        /// Before the first read: begins at that byte. Earlier chunks are not opened.
        void start_at(std::int64_t offset);

    private:
        struct State;
        std::unique_ptr<State> state_;
    };

private:
    std::filesystem::path root_;
    Vault const& vault_;
};

}  // namespace storage
