#pragma once

#include "storage/vault/vault.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "server/access/throttle.hpp"

namespace server::access {

/// What a client has to do before its secret is checked: find a decimal number n for which SHA-256 of `challenge`, ":"
/// and n begins with this many zero bits; or, without a program, wait and send the challenge alone.
struct Task {
    std::string challenge;
    int bits;
    std::chrono::seconds wait;
};

/// Proof of work in place of a captcha. A challenge is signed with a key of this process, is valid for one purpose and
/// one network, and can be used once; only used challenges are remembered. Io thread only.
class ProofOfWork {
public:
    /// `wait`: after which a challenge is accepted without a solution. `valid`: how long it may be used after that.
    ProofOfWork(std::chrono::milliseconds wait, std::chrono::milliseconds valid);

    /// Nullopt: the challenge was solved or waited for, and is now used up. Otherwise what is left to do: the same
    /// challenge while it is still valid, or a new one of `bits` bits. A challenge keeps the difficulty it was given
    /// with. Of those who wait in one network for one purpose, one is accepted each `wait`, so that waiting in parallel
    /// gains nothing. `purpose` is any text.
    std::optional<Task> left_to_do(
        std::string_view purpose,
        std::string_view network,
        int bits,
        std::string_view challenge,
        std::string_view solution,
        workflow::Instant now
    );

private:
    std::string signature(std::string_view head, std::string_view purpose, std::string_view network) const;

    storage::Key key_ = storage::Key::random();
    std::chrono::milliseconds wait_;
    std::chrono::milliseconds valid_;
    /// To push one used challenge out of this map, an attacker has to solve a hundred thousand others.
    RecentMap<bool> used_{100'000};
    Throttle waited_;  ///< networks and purposes
};

}  // namespace server::access
