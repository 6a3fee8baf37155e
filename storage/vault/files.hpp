#pragma once

#include "storage/engine/bytes.hpp"
#include "storage/engine/write_queue.hpp"
#include "storage/vault/vault.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace storage {

/// Attachments by content hash: files/ab/<sha256>, encrypted in chunks of 64 KiB with AES-256-GCM, each chunk bound to
/// its place. What still comes in lies in files/incoming under a random name, sealed likewise, and moves when it is
/// complete. The same content is stored once. Any thread, but for what moves with a transaction: Writer::keep() and the
/// functions of the Participant.
///
///     61 bytes      the file's own key, wrapped for its hash; not there before the file is sealed
///     64 KiB + 29   … a sealed chunk; which one it is and whether another follows are bound to it
///     at most that  the last chunk, empty for an empty file
class Files final : public Participant {
public:
    class Reader;

    Files(std::filesystem::path root, Vault const& vault);

    /// Deletes what interrupted uploads have left. Only while nothing else writes: when the folder is opened.
    void remove_leftovers();

    /// Destroys the content: what lies on the disk is overwritten first. Nothing happens when it is not there.
    void destroy(std::string const& sha256);

    /// Room on the disk for this process, in bytes. Throws std::filesystem::filesystem_error.
    std::uint64_t free_bytes() const;

    /// Takes a file piece by piece: write(), then seal(), then keep() with the job that says whose it is; finish() for
    /// a file that needs no such job. Destroyed before it is kept, it leaves nothing behind. One thread at a time.
    class Writer {
    public:
        Writer(Files& files);
        Writer(Writer&& other) noexcept;
        ~Writer();
        void write(std::span<char const> piece);
        struct Stored {
            std::string sha256;  ///< lower-case hex
            std::int64_t size;
        };
        /// After the last piece: on disk (fsync) when it returns, not yet in its place.
        Stored seal();
        /// Writer thread, inside a job: puts the sealed file in its place. It is gone again when the job is undone.
        void keep();
        /// seal(), and in its place at once.
        Stored finish();

    private:
        friend class Reader;
        struct State;
        std::unique_ptr<State> state_;
    };

    /// Reads a stored file piece by piece; throws SealBroken on a changed one, std::system_error when it is missing.
    class Reader {
    public:
        Reader(Files const& files, std::string const& sha256);
        /// What has been written, before it is sealed: nothing more can be written then.
        explicit Reader(Writer& written);
        ~Reader();
        std::size_t read(std::span<char> into);  ///< 0 at the end
        /// Before the first read: begins at that byte. Earlier chunks are not opened.
        void start_at(std::int64_t offset);

    private:
        struct State;
        std::unique_ptr<State> state_;
    };

    // ---- Participant: what jobs keep goes again with the job or the batch that is undone ----

    void mark() override;
    void rollback_to_mark() override;
    void commit() override;
    void rollback() override;

private:
    void destroy_from(std::size_t first) noexcept;

    std::filesystem::path root_;
    Vault const& vault_;
    std::vector<std::string> placed_;  ///< content that was not there before this batch; writer thread
    std::size_t marked_ = 0;           ///< how much of it when the present job began
    bool undone_ = false;              ///< the batch that has placed it was undone
};

}  // namespace storage
