#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace server::http {

/// The limits for one client and for all clients together. Every member is a setting (server/config/config.cpp) and has
/// a test that exceeds it.
struct Limits {
    std::size_t connections = 10'000;
    std::size_t connections_per_address = 2'000;  ///< per IPv4 address or IPv6 /64; trusted proxies are exempt

    std::size_t target_bytes = 8'000;  ///< RFC 9112 section 3 asks for at least 8000 octets
    std::size_t line_bytes = 8'190;    ///< one field line of the head
    std::size_t fields = 64;
    std::size_t head_bytes = 16 * 1024;
    std::uint64_t body_bytes = 1024 * 1024;                    ///< for routes that do not name their own limit
    std::uint64_t bodies_in_flight_bytes = 256 * 1024 * 1024;  ///< in memory, without the first 64 KiB of each body
    std::uint64_t body_rate = 16 * 1024;  ///< bytes per second: each received byte extends the time by this rate

    std::chrono::milliseconds idle_time{75'000};   ///< between two requests of a connection
    std::chrono::milliseconds head_time{10'000};   ///< whole head, counted from its first byte
    std::chrono::milliseconds body_time{30'000};   ///< the most that is waited for a client that sends nothing; counted
                                                   ///< over the whole body, and given back by what comes
    std::chrono::milliseconds write_time{30'000};  ///< each piece (64 KiB at most of a stream) of an answer
    std::chrono::milliseconds linger_time{
        2'000};  ///< reading on after a refusal, so that the client receives the answer
    std::chrono::milliseconds grace_time{10'000};  ///< after the first stop signal, for requests in flight
};

}  // namespace server::http
