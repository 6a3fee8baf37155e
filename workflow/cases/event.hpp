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

/// The edition of the rules in this folder. An event keeps the one under which it was granted, so that a change of the
/// rules moves nothing that has happened: where editions count differently, evolve() tells them apart.
/// What an edition changed stands at the constant that names it; the first was in force until November 2026.
inline constexpr int kRuleEdition = 4;

/// From here on a reply that is sent back keeps by whom and why (Case::returns).
inline constexpr int kReturnsKeptEdition = 2;
/// From here on a letter to the applicant counts from its dispatch, not from its decision
/// (国办公开办函〔2016〕235号第四条; Case::notices), and a reply sent by e-mail or for download is sent when the other
/// side has accepted it.
inline constexpr int kDispatchCountsEdition = 3;
/// From here on a consultation keeps that its letter came back (Consultation::returned_on).
inline constexpr int kConsultationReturnsEdition = 4;

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
    int edition = kRuleEdition;  ///< of the rules under which it was granted
};

}  // namespace workflow
