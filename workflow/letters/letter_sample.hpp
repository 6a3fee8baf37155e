#pragma once

#include "workflow/letters/letters.hpp"

/// A made-up case that gives every letter the facts it names: for previews of templates, which must show no real case,
/// and for tests.
namespace workflow {

struct SampleLetter {
    Case before;
    Case c;
    Payload step = Nothing{};
    Issuer issuer;
    Date on{};
    std::optional<Code> number;
    std::optional<Code> consultation;
    std::vector<EnclosedFile> enclosed = {};

    /// Borrows this sample.
    LetterFacts facts(WorkdayCalendar const& calendar) const {
        return {c, before, step, issuer, calendar, on, number, consultation, enclosed};
    }
};

/// Of a reply: with the first outcome that this letter carries.
SampleLetter sample_letter(LetterKind kind);

/// The reply with this outcome; REQUIRES: an officer may draft it.
SampleLetter sample_reply(Outcome outcome);

}  // namespace workflow
