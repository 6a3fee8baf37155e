#pragma once

#include "workflow/cases/payloads.hpp"
#include "workflow/words/roles.hpp"

#include <optional>

namespace workflow {

/// What somebody wants done to a case: the action, and its form as it was filled in.
struct Command {
    Action action{};
    Payload payload;
};

/// One fact about a case, as it stands in the journal. The fold of a case's events is the case.
struct Event {
    Action action{};
    Role role{};                   ///< in which role it was done
    Code by;                       ///< the account; empty for the applicant and the system
    Instant at{};                  ///< when it was entered
    Date on{};                     ///< the legal day on which it took effect; the clock counts by this one
    State to{};                    ///< the state it leaves the case in
    std::optional<Code> document;  ///< 受理编号 of a new case, else 文号 of the letter it sends
    Payload payload;
};

}  // namespace workflow
