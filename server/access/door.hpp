#pragma once

#include "server/access/failures.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace server::access {

/// Whoever tries to come in.
struct Caller {
    std::string name;         ///< of what would be opened: the account or the request, also one that does not exist
    std::string network;      ///< http::client_site() of the client
    std::string device = {};  ///< one that has opened this before; empty: none known
};

struct DoorRule {
    WaitRule wait;
    std::int64_t failures_of_network;  ///< from so many on a proof of work comes first, by whatever names it failed
    std::int64_t failures_of_name;     ///< the same for one name, from wherever it was tried
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

    /// From now on this rule; what has failed is remembered.
    void apply(DoorRule const& rule) { rule_ = rule; }

    /// How long this caller has to wait; nullopt when it may try.
    std::optional<std::chrono::seconds> wait(Caller const& caller, workflow::Instant now);
    /// How hard a proof of work this caller owes with a try, in leading zero bits; 0: none.
    int work(Caller const& caller, workflow::Instant now);

    void failed(Caller const& caller, workflow::Instant now);
    /// The secret was right: this caller's own failures are forgotten. Those of its network stay, or one secret of
    /// one's own would buy tries at those of others.
    void opened(Caller const& caller);
    /// Nothing is remembered against the name: a security administrator has said so.
    void forget(std::string_view name);

private:
    DoorRule rule_;
    Failures callers_;   ///< by place and name, see key_of()
    Failures networks_;  ///< of callers on no known device
    Failures names_;     ///< of the same
};

}  // namespace server::access
