#pragma once

#include <cstddef>
#include <string>

#include "workflow/people/application.hpp"

namespace server::demo {

/// Applicants are numbered from 0; officials take their names from here on, so that nobody meets himself.
inline constexpr std::size_t kFirstOfficial = 600;

/// An invented name; different for different numbers below 1,000.
std::string person_name(std::size_t number);

/// The applicant with this number: of all six kinds, with numbers that pass their checks and reach nobody.
workflow::Applicant make_applicant(std::size_t number, workflow::Date today);

}  // namespace server::demo
