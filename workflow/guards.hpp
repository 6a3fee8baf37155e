#pragma once

#include "workflow/decide.hpp"

#include <string_view>
#include <vector>

namespace workflow {

/// What a guard looks at. `input` is null while only the possibility of an action is asked about: guards of the input hold
/// then.
struct Situation {
    Case const& c;
    Context const& context;
    Reckoning const& clock;
    Payload const* input;

    template <typename T>
    T const* as() const {
        return input == nullptr ? nullptr : std::get_if<T>(input);
    }
};

struct GuardRule {
    Guard guard;
    std::string_view code;
    std::string_view article;
    std::string_view detail;  ///< why not, in one sentence
    bool (*holds)(Situation const&);
    std::vector<FieldError> (*faults)(Situation const&) = nullptr;  ///< the fields at fault, where it can name them
};

GuardRule const& rule_of(Guard guard);

}  // namespace workflow
