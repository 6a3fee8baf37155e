#include "storage/vault/files.hpp"

#include "storage/engine/driver.hpp"
#include "storage/vault/data_folder.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

namespace storage {
namespace {

constexpr std::size_t kChunk = 64 * 1024;
constexpr std::size_t kSealing = 29;  // what seal() adds
constexpr std::size_t kHeader = Key::kSize + kSealing;
constexpr std::string_view kUnfinished = ".part";
constexpr std::string_view kIncoming = "incoming";

enum class Follows { Another, Nothing };

std::string place_of(std::int64_t chunk, Follows follows) {
    return "chunk/" + std::to_string(chunk) + (follows == Follows::Another ? "/more" : "/last");
}

std::string owner_of(std::string const& sha256) { return "file/" + sha256; }

std::filesystem::path path_of(std::filesystem::path const& root, std::string const& sha256) {
    return root / sha256.substr(0, 2) / sha256;
}

/// A new name in the folder of what comes in, which is there from then on.
std::filesystem::path incoming_path(std::filesystem::path const& root) {
    auto const folder = root / kIncoming;
    ::mkdir(folder.c_str(), S_IRWXU);  // it is there mostly; if it cannot be made, opening the file says why
    return folder / (random_id() + std::string(kUnfinished));
}

[[noreturn]] void fail(char const* what) {
    int const code = errno;
    std::string const message = std::string(what) + ": " + std::strerror(code);
    if (code == ENOSPC || code == EDQUOT) throw StorageFull(message);
    throw StorageFault(message);
}

void write_at(int fd, BytesView bytes, std::int64_t offset) {
    while (!bytes.empty()) {
        ssize_t const written = ::pwrite(fd, bytes.data(), bytes.size(), offset);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail("cannot write an attachment");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        offset += written;
    }
}

/// As much of `into` as the file has.
std::size_t read_up_to(int fd, std::span<std::uint8_t> into) {
    std::size_t count = 0;
    while (count < into.size()) {
        ssize_t const got = ::read(fd, into.data() + count, into.size() - count);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw std::system_error(errno, std::generic_category(), "cannot read an attachment");
        if (got == 0) break;
        count += static_cast<std::size_t>(got);
    }
    return count;
}

void sync_folder(std::filesystem::path const& folder) {
    FileDescriptor const fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0) fail("cannot sync the folder of the attachments");
}

/// SHA-256 of what passes by.
class Hasher {
public:
    Hasher() { crypto_hash_sha256_init(&state_); }
    void add(BytesView bytes) { crypto_hash_sha256_update(&state_, bytes.data(), bytes.size()); }
    std::string hex() {
        Digest digest;
        crypto_hash_sha256_final(&state_, digest.data());
        return to_hex(digest);
    }

private:
    crypto_hash_sha256_state state_;
};

}  // namespace

Files::Files(std::filesystem::path root, Vault const& vault) : root_(std::move(root)), vault_(vault) {}

void Files::remove_leftovers() {
    std::filesystem::remove_all(root_ / kIncoming);
    // Earlier versions have left theirs here.
    for (auto const& entry : std::filesystem::directory_iterator(root_)) {
        if (entry.path().extension() == kUnfinished) std::filesystem::remove(entry.path());
    }
}

std::uint64_t Files::free_bytes() const { return std::filesystem::space(root_).available; }

void Files::destroy(std::string const& sha256) {
    auto const path = path_of(root_, sha256);
    {
        FileDescriptor const fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        if (fd.get() < 0) return;
        // The file's own key lies in the header: without it the chunks cannot be opened, wherever they survive.
        write_at(fd.get(), Bytes(kHeader), 0);
        if (::fsync(fd.get()) != 0) fail("cannot sync an attachment");
    }
    std::filesystem::remove(path);
    sync_folder(path.parent_path());
}

// ---- what moves with a transaction ---------------------------------------------------------------------------------

void Files::mark() {
    // A batch was undone and the queue goes on, so it is certain that the batch is not there. Had its commit failed
    // with an unknown end, no further job would have begun, and its files would have stayed.
    if (std::exchange(undone_, false)) destroy_from(0);
    marked_ = placed_.size();
}

void Files::rollback_to_mark() { destroy_from(marked_); }

void Files::commit() { placed_.clear(); }

void Files::rollback() { undone_ = true; }

void Files::destroy_from(std::size_t first) noexcept {
    for (std::size_t i = first; i < placed_.size(); ++i) {
        try {
            destroy(placed_[i]);
        } catch (std::exception const&) {
            // It stays, sealed, and nothing leads to it.
        }
    }
    placed_.resize(first);
}

// ---- writing -------------------------------------------------------------------------------------------------------

struct Files::Writer::State {
    explicit State(Files& owner)
        : files(owner),
          path(incoming_path(owner.root_)),
          fd(::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600)) {
        if (fd.get() < 0) fail("cannot create an attachment");
    }

    void put_chunk(Follows follows) {
        Bytes const sealed = storage::seal(key, as_text(pending), place_of(chunks, follows));
        write_at(
            fd.get(),
            sealed,
            static_cast<std::int64_t>(kHeader + static_cast<std::size_t>(chunks) * (kChunk + kSealing))
        );
        ++chunks;
        pending.clear();
    }

    void put_last_chunk() {
        if (!std::exchange(ended, true)) put_chunk(Follows::Nothing);
        pending.shrink_to_fit();
    }

    std::filesystem::path target() const { return path_of(files.root_, stored.sha256); }

    void place() {
        auto const to = target();
        if (::mkdir(to.parent_path().c_str(), S_IRWXU) == 0) sync_folder(files.root_);
        if (::rename(path.c_str(), to.c_str()) != 0) fail("cannot put an attachment in its place");
        sync_folder(to.parent_path());
    }

    Files& files;
    std::filesystem::path path;
    FileDescriptor fd;
    Key key = Key::random();
    Hasher hasher;
    Bytes pending;  ///< not sealed yet: at most one chunk, kept back because it may be the last
    std::int64_t chunks = 0;
    bool ended = false;
    Stored stored{{}, 0};  ///< its hash is known when it is sealed
};

Files::Writer::Writer(Files& files) : state_(std::make_unique<State>(files)) {}

Files::Writer::Writer(Writer&& other) noexcept = default;

Files::Writer::~Writer() {
    if (!state_) return;
    std::error_code ignored;  // remove_leftovers() tries again
    std::filesystem::remove(state_->path, ignored);
}

void Files::Writer::write(std::span<char const> piece) {
    BytesView bytes = as_bytes({piece.data(), piece.size()});
    state_->hasher.add(bytes);
    state_->stored.size += static_cast<std::int64_t>(bytes.size());
    while (!bytes.empty()) {
        if (state_->pending.size() == kChunk) state_->put_chunk(Follows::Another);
        BytesView const part = bytes.first(std::min(bytes.size(), kChunk - state_->pending.size()));
        state_->pending.insert(state_->pending.end(), part.begin(), part.end());
        bytes = bytes.subspan(part.size());
    }
}

Files::Writer::Stored Files::Writer::seal() {
    State& s = *state_;
    s.put_last_chunk();
    s.stored.sha256 = s.hasher.hex();
    write_at(s.fd.get(), s.files.vault_.wrap(s.key, owner_of(s.stored.sha256)), 0);
    if (::fsync(s.fd.get()) != 0) fail("cannot sync an attachment");
    return s.stored;
}

void Files::Writer::keep() {
    if (!std::filesystem::exists(state_->target())) state_->files.placed_.push_back(state_->stored.sha256);
    state_->place();
    state_.reset();
}

Files::Writer::Stored Files::Writer::finish() {
    auto stored = seal();
    state_->place();
    state_.reset();
    return stored;
}

// ---- reading -------------------------------------------------------------------------------------------------------

struct Files::Reader::State {
    State(Files const& files, std::string const& sha256)
        : fd(::open(path_of(files.root_, sha256).c_str(), O_RDONLY | O_CLOEXEC)), key(read_key(files, sha256)) {
        sealed.resize(kChunk + kSealing);
    }
    explicit State(Writer::State const& written)
        : fd(::open(written.path.c_str(), O_RDONLY | O_CLOEXEC)), key(Key::from(written.key.bytes()).value()) {
        if (::lseek(fd.get(), kHeader, SEEK_SET) < 0) fail("cannot read an attachment");
        sealed.resize(kChunk + kSealing);
    }

    Key read_key(Files const& files, std::string const& sha256) const {
        if (fd.get() < 0) throw std::system_error(errno, std::generic_category(), "cannot open an attachment");
        std::array<std::uint8_t, kHeader> header;
        if (read_up_to(fd.get(), header) != header.size()) throw SealBroken();
        return files.vault_.unwrap(header, owner_of(sha256));
    }

    /// The next chunk. A full one is the last if the file ends with it.
    void get_chunk() {
        std::size_t const count = read_up_to(fd.get(), sealed);
        std::uint8_t ahead = 0;
        bool const ends = count < sealed.size() || ::pread(fd.get(), &ahead, 1, ::lseek(fd.get(), 0, SEEK_CUR)) != 1;
        plain =
            unseal(key, BytesView(sealed).first(count), place_of(chunks++, ends ? Follows::Nothing : Follows::Another));
        given = 0;
        last = ends;
    }

    FileDescriptor fd;
    Key key;
    Bytes sealed;
    std::string plain;
    std::size_t given = 0;  ///< of `plain`
    std::int64_t chunks = 0;
    bool last = false;
};

Files::Reader::Reader(Files const& files, std::string const& sha256) : state_(std::make_unique<State>(files, sha256)) {}

Files::Reader::Reader(Writer& written) {
    written.state_->put_last_chunk();
    state_ = std::make_unique<State>(*written.state_);
}

Files::Reader::~Reader() = default;

void Files::Reader::start_at(std::int64_t offset) {
    State& s = *state_;
    s.chunks = offset / static_cast<std::int64_t>(kChunk);
    auto const place = kHeader + static_cast<std::size_t>(s.chunks) * (kChunk + kSealing);
    if (::lseek(s.fd.get(), static_cast<off_t>(place), SEEK_SET) < 0) fail("cannot read an attachment");
    s.get_chunk();
    s.given = static_cast<std::size_t>(offset) % kChunk;
}

std::size_t Files::Reader::read(std::span<char> into) {
    State& s = *state_;
    if (s.given == s.plain.size()) {
        if (s.last) return 0;
        s.get_chunk();
    }
    std::size_t const count = s.plain.copy(into.data(), into.size(), s.given);
    s.given += count;
    return count;
}

}  // namespace storage
