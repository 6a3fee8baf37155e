#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "workflow/words/outcomes.hpp"

namespace server::demo {

/// Something people ask for, and where it would be found.
struct Topic {
    std::string_view agency;
    std::size_t department;  ///< 1 or 2
    std::string_view title;
    std::string_view document_number;  ///< empty: the applicant does not know it
    std::string_view description;
    std::string_view keyword;
    std::string_view third_party;                    ///< whose rights it touches, or who made it too
    std::optional<workflow::Outcome> only_for = {};  ///< asked in a way that can only end like this
};
std::span<Topic const> topics();

/// What a reply with one outcome says of its item.
struct Answer {
    workflow::Outcome outcome;
    std::optional<workflow::Limb> limb;
    std::string_view reference;
    std::string_view reason;
};
/// REQUIRES: an outcome that an officer may choose.
Answer const& answer_for(workflow::Outcome outcome);

/// Why an item that is refused cannot be separated (条例第三十七条).
inline constexpr std::string_view kInseparable = "该信息各部分内容相互关联，无法作区分处理后部分公开。";

}  // namespace server::demo
