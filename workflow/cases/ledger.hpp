#pragma once

#include "workflow/cases/payloads.hpp"

namespace workflow {

/// The state in which a line of a ledger enters that names none: what has ended is in the archive of its agency, the
/// rest is in hand.
constexpr State usual_ledger_state(std::optional<Outcome> outcome) {
    return outcome ? State::Archived : State::Handling;
}

}  // namespace workflow
