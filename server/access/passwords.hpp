#pragma once

#include <boost/asio/thread_pool.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/runtime/asio.hpp"

namespace server::access {

/// The cost of one argon2id run. OWASP's minimum is 19,456 KiB and 2 passes, about 18 ms of one core.
struct PasswordCost {
    std::int64_t memory_kib;
    std::int64_t passes;
};

/// Why a password cannot be chosen, in one sentence; nullopt when it can: 12 characters, or 10 of three kinds (GB/T
/// 22239-2019 身份鉴别 a), without the user name, and none of those everybody tries first.
std::optional<std::string> password_fault(std::string_view password, std::string_view username);

/// A random password that password_fault accepts: 16 characters, none that look alike.
std::string random_password();

/// Blocks for the whole run. "$argon2id$v=19$m=…"; throws std::bad_alloc when the memory is not there.
std::string hash_password(std::string_view password, PasswordCost const& cost);

/// Whose password is checked. Strangers may fill three quarters of the queue; the rest is kept for devices that have
/// signed in before.
enum class Asker { Stranger, Known };

/// Argon2id on one thread of its own, so that signing in never holds up anything else. Called on the io thread.
class Passwords {
public:
    Passwords(PasswordCost const& cost, std::size_t queue);

    /// Nullopt when the queue is full; the caller has to try again later.
    net::awaitable<std::optional<std::string>> hash(std::string password);
    /// The same. An empty `hash` (no such account) takes as long as any other and gives false.
    net::awaitable<std::optional<bool>> verify(std::string hash, std::string password, Asker asker);

    /// Waits for the run in progress.
    void stop();

private:
    PasswordCost cost_;
    std::size_t queue_;
    std::size_t waiting_ = 0;
    std::string nobody_;  ///< the hash of a password that nobody knows
    net::thread_pool thread_{1};
};

}  // namespace server::access
