#include "server/files/clamd.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <vector>

namespace server::files {
namespace {

constexpr std::string_view kUnix = "unix:";
constexpr std::size_t kScanPiece = 64 * 1024;

class Socket {
public:
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    ~Socket() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Socket(Socket const&) = delete;
    Socket& operator=(Socket const&) = delete;

    int descriptor() const { return descriptor_; }

    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            auto const sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// Everything until the other side closes or stops answering.
    std::string receive() const {
        std::string text;
        std::array<char, 512> piece;
        while (text.size() < 4096) {
            auto const got = ::recv(descriptor_, piece.data(), piece.size(), 0);
            if (got <= 0) break;
            text.append(piece.data(), static_cast<std::size_t>(got));
        }
        return text;
    }

private:
    int descriptor_;
};

void set_patience(int descriptor, std::chrono::milliseconds patience) {
    timeval const time{patience.count() / 1000, static_cast<suseconds_t>(patience.count() % 1000 * 1000)};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);  // also bounds connect()
}

int connect_unix(std::string const& path, std::chrono::milliseconds patience) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return -1;
    path.copy(address.sun_path, path.size());
    int const descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    set_patience(descriptor, patience);
    // NOLINTNEXTLINE: the sockets interface wants it
    if (::connect(descriptor, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0) return descriptor;
    ::close(descriptor);
    return -1;
}

int connect_tcp(std::string const& host, std::string const& port, std::chrono::milliseconds patience) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return -1;
    int connected = -1;
    for (auto const* each = found; each != nullptr && connected < 0; each = each->ai_next) {
        int const descriptor = ::socket(each->ai_family, each->ai_socktype | SOCK_CLOEXEC, each->ai_protocol);
        set_patience(descriptor, patience);
        if (::connect(descriptor, each->ai_addr, each->ai_addrlen) == 0) {
            connected = descriptor;
        } else {
            ::close(descriptor);
        }
    }
    ::freeaddrinfo(found);
    return connected;
}

int connect(std::string const& address, std::chrono::milliseconds patience) {
    if (address.starts_with(kUnix)) return connect_unix(address.substr(kUnix.size()), patience);
    auto const colon = address.rfind(':');
    return connect_tcp(address.substr(0, colon), address.substr(colon + 1), patience);
}

/// A piece as INSTREAM wants it: its length in network order, then its bytes.
std::string frame(std::string_view piece) {
    auto const size = static_cast<std::uint32_t>(piece.size());
    std::string frame;
    for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>(size >> shift & 0xFFU);
    return frame.append(piece);
}

}  // namespace

workflow::FileState state_after(ScanVerdict verdict) {
    switch (verdict) {
        case ScanVerdict::Clean:
            return workflow::FileState::Available;
        case ScanVerdict::Infected:
            return workflow::FileState::Infected;
        case ScanVerdict::Unknown:
            break;
    }
    return workflow::FileState::AwaitingScan;
}

bool Clamd::is_address(std::string const& text) {
    if (text.starts_with("unix:/")) return true;
    auto const colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) return false;
    return text.find_first_not_of("0123456789", colon + 1) == std::string::npos;
}

ScanVerdict Clamd::scan(PlainFile const& file) const {
    Socket const socket(connect(address_, patience_));
    using namespace std::string_view_literals;
    bool sent = socket.descriptor() >= 0 && socket.send("zINSTREAM\0"sv);
    for (std::uint64_t at = 0; sent && at < file.size(); at += kScanPiece)
        sent = socket.send(frame(file.read_text(at, kScanPiece)));
    if (!sent || !socket.send("\0\0\0\0"sv)) return ScanVerdict::Unknown;
    auto const answer = socket.receive();
    if (answer.starts_with("stream: OK")) return ScanVerdict::Clean;
    return answer.find(" FOUND") != std::string::npos ? ScanVerdict::Infected : ScanVerdict::Unknown;
}

}  // namespace server::files
