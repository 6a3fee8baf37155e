#pragma once

#include "workflow/cases/payloads.hpp"

#include <optional>
#include <vector>

namespace workflow {

/// Every member of the payload, at any depth, against the bounds that its shape states. Pointers are those of the form,
/// where the members of the application stand beside the others. `received` is null while there is no case yet.
std::vector<FieldError> check_form(Payload const& payload, std::optional<Date> received, Date today);

/// The day on which a step with this payload takes effect, where the payload states one.
std::optional<Date> effective_date(Payload const& payload);

}  // namespace workflow
