#pragma once

#include "storage/vault/vault.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "server/access/throttle.hpp"

namespace server::access {

/// What a client has to do before it is heard: find a decimal number n for which SHA-256 of `challenge`, ":" and n
/// begins with so many zero bits; or, without a program, wait and send the challenge alone.
struct Task {
    std::string challenge;
    int bits;
    std::chrono::seconds wait;
};

/// Small computations for computers, in place of puzzles for people. A challenge is signed with a key of this process
/// and holds for one purpose and one network; nothing is kept of it until it has been used, which it can be once. Io
/// thread only.
class ProofOfWork {
public:
    /// `wait`: how long it takes without computing. `valid`: how long a challenge may be used after that.
    ProofOfWork(std::chrono::milliseconds wait, std::chrono::milliseconds valid);

    /// Nullopt: the challenge has been done, by its solution or by waiting, and is used up now. Otherwise what is left
    /// to do: the same challenge while it can still be used, or a new one of so many bits. One that was given before
    /// more failures came stays as easy as it was. Of those who wait in one network for one purpose one is heard each
    /// `wait`, so that waiting many times at once gains nothing. `purpose` is any text.
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
    /// Whoever wants one forgotten has to do a hundred thousand others first, and gains that one.
    RecentMap<bool> used_{100'000};
    Throttle waited_;  ///< networks and purposes
};

}  // namespace server::access
