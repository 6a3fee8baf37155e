#pragma once

#include "workflow/procedure/decide.hpp"

#include <string_view>
#include <vector>

namespace workflow {

/// What a guard looks at. `input` is null while only the possibility of an action is asked about.
struct Situation {
    Case const& c;
    Context const& context;
    ClockResult const& clock;
    Payload const* input = nullptr;
    Action action{};             ///< what is asked for
    Card const* card = nullptr;  ///< what an action on a card is about

    template <typename T>
    T const& the() const {
        return std::get<T>(*input);
    }
};

/// One guard as a row. Its kind says what it is about: the case (IllegalStep), the person (Forbidden), or what was
/// filled in (Invalid; judged only when there is an input).
struct GuardRule {
    Guard guard;
    RefusalKind kind;
    std::string_view code;
    std::string_view article;
    std::string_view detail;  ///< why not, in one sentence
    bool (*holds)(Situation const&);
    std::string_view field = {};  ///< the member at fault, where it is one
    std::vector<FieldError> (*faults
    )(Situation const&) = nullptr;  ///< what exactly is missing, where it can be many things
    bool chooses = false;           ///< by the input it chooses the row: where it does not hold, the row is not meant
};

GuardRule const& rule_of(Guard guard);

/// The limit of this kind that is still to be met. None where it rests on a year without a published calendar: such a
/// day may still move, so nobody misses it.
std::optional<Date> unmet(ClockResult const& clock, DeadlineKind kind);

}  // namespace workflow
