#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "server/api/case_json.hpp"

namespace server::api {

/// A case as its applicant sees it: how far it is, which unit has it (never which person), the dates and why they are
/// so, what can be done now, and after the reply the last days for review and suit (domain.md 1.14). No internal notes.
/// `actions` are the names of what the applicant may do now, `files` the numbers of those they handed in.
std::string progress_json(
    storage::StoredCase const& stored,
    storage::Agency const& agency,
    View const& view,
    std::span<std::string_view const> actions,
    std::span<std::size_t const> files
);

}  // namespace server::api
