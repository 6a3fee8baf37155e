#include "storage/files.hpp"

#include "storage/data_folder.hpp"
#include "storage/driver.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

namespace storage {
namespace {

constexpr std::size_t kChunk = 64 * 1024;
constexpr std::size_t kSealing = 29;  // what seal() adds
constexpr std::size_t kHeader = Key::kSize + kSealing;
constexpr std::string_view kUnfinished = ".part";

enum class Follows { Another, Nothing };

std::string place_of(std::int64_t chunk, Follows follows) {
    return "chunk/" + std::to_string(chunk) + (follows == Follows::Another ? "/more" : "/last");
}

std::string owner_of(std::string const& sha256) { return "file/" + sha256; }

std::filesystem::path path_of(std::filesystem::path const& root, std::string const& sha256) {
    return root / sha256.substr(0, 2) / sha256;
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
    for (auto const& entry : std::filesystem::directory_iterator(root_)) {
        if (entry.path().extension() == kUnfinished) std::filesystem::remove(entry.path());
    }
}

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

// ---- writing -------------------------------------------------------------------------------------------------------

struct Files::Writer::State {
    explicit State(Files& owner)
        : files(owner),
          path(owner.root_ / (random_id() + std::string(kUnfinished))),
          fd(::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600)) {
        if (fd.get() < 0) fail("cannot create an attachment");
    }

    void put_chunk(Follows follows) {
        Bytes const sealed = seal(key, as_text(pending), place_of(chunks, follows));
        write_at(
            fd.get(),
            sealed,
            static_cast<std::int64_t>(kHeader + static_cast<std::size_t>(chunks) * (kChunk + kSealing))
        );
        ++chunks;
        pending.clear();
    }

    Files& files;
    std::filesystem::path path;
    FileDescriptor fd;
    Key key = Key::random();
    Hasher hasher;
    Bytes pending;  ///< not sealed yet: at most one chunk, kept back because it may be the last
    std::int64_t chunks = 0;
    std::int64_t size = 0;
};

Files::Writer::Writer(Files& files) : state_(std::make_unique<State>(files)) {}

Files::Writer::~Writer() {
    if (!state_) return;
    std::error_code ignored;  // remove_leftovers() tries again
    std::filesystem::remove(state_->path, ignored);
}

void Files::Writer::write(std::span<char const> piece) {
    BytesView bytes = as_bytes({piece.data(), piece.size()});
    state_->hasher.add(bytes);
    state_->size += static_cast<std::int64_t>(bytes.size());
    while (!bytes.empty()) {
        if (state_->pending.size() == kChunk) state_->put_chunk(Follows::Another);
        BytesView const part = bytes.first(std::min(bytes.size(), kChunk - state_->pending.size()));
        state_->pending.insert(state_->pending.end(), part.begin(), part.end());
        bytes = bytes.subspan(part.size());
    }
}

Files::Writer::Stored Files::Writer::finish() {
    State& s = *state_;
    s.put_chunk(Follows::Nothing);
    std::string const sha256 = s.hasher.hex();
    write_at(s.fd.get(), s.files.vault_.wrap(s.key, owner_of(sha256)), 0);
    if (::fsync(s.fd.get()) != 0) fail("cannot sync an attachment");

    std::filesystem::path const target = path_of(s.files.root_, sha256);
    if (std::filesystem::create_directory(target.parent_path())) {
        std::filesystem::permissions(target.parent_path(), std::filesystem::perms::owner_all);
        sync_folder(s.files.root_);
    }
    if (::rename(s.path.c_str(), target.c_str()) != 0) fail("cannot put an attachment in its place");
    sync_folder(target.parent_path());
    Stored stored{sha256, s.size};
    state_.reset();
    return stored;
}

// ---- reading -------------------------------------------------------------------------------------------------------

struct Files::Reader::State {
    State(Files const& files, std::string const& sha256)
        : fd(::open(path_of(files.root_, sha256).c_str(), O_RDONLY | O_CLOEXEC)), key(read_key(files, sha256)) {
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
