#pragma once

#include "server/access/failures.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace server::access {

/// Who tries to open something with a secret.
struct Caller {
    std::string name;         ///< the account or request to open, whether or not it exists
    std::string network;      ///< http::client_site() of the client
    std::string device = {};  ///< of a browser that has opened this before; empty: not known
};

struct DoorRule {
    WaitRule wait;
    std::int64_t failures_of_network;  ///< from this many on, under any names, a proof of work is asked for first
    std::int64_t failures_of_name;     ///< the same for one name, from any network
    int work;                          ///< leading zero bits of a proof of work; one more for each doubling of failures
    int hardest_work;
};

/// A door that secrets open (passwords, query codes): slows down those who guess them, and never the owner for the
/// sake of others. Only failures count.
///
/// Waits that grow are of one name from one network, or of one name on a device that has opened it before: nobody else
/// can bring them about. Failures spread over many names or many networks cost a proof of work, which is seconds for
/// whoever knows the secret; known devices neither add to it nor do it. Io thread only.
class Door {
public:
    explicit Door(DoorRule const& rule) : rule_(rule) {}

    /// Replaces the rule; the failures counted so far stay.
    void apply(DoorRule const& rule) { rule_ = rule; }

    /// How long this caller has to wait; nullopt when it may try.
    std::optional<std::chrono::seconds> wait(Caller const& caller, workflow::Instant now);
    /// The leading zero bits of the proof of work this caller owes with a try; 0: none.
    int work(Caller const& caller, workflow::Instant now);

    void record_failure(Caller const& caller, workflow::Instant now);
    /// The secret was right: forgets this caller's own failures. Those of the network stay; otherwise a caller could
    /// use one secret of its own to clear the failures of guessing others.
    void record_success(Caller const& caller);
    /// Forgets the failures of the name: a security administrator has unlocked it.
    void forget(std::string_view name);

private:
    DoorRule rule_;
    Failures callers_;   ///< by place and name, see key_of()
    Failures networks_;  ///< of callers on no known device
    Failures names_;     ///< of the same
};

}  // namespace server::access
