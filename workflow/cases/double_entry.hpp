#pragma once

#include "workflow/cases/case.hpp"

#include <string_view>

namespace workflow {

/// Why `remaining` cannot take the place of an entry that is said to double it; empty where it can. The applicant must
/// lose nothing: it is the same person's request to the same agency, received no later, and it gets its reply.
std::string_view fault_of_double(Case const& doubled, Case const& remaining);

}  // namespace workflow
