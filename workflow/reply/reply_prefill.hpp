#pragma once

#include "workflow/reply/checks.hpp"

#include <optional>
#include <string>
#include <vector>

namespace workflow {

/// What the case already says towards a reply with this outcome: a beginning for whoever drafts, to be read and
/// changed.
struct Prefill {
    Outcome outcome{};
    std::optional<std::string> reference;
    std::optional<std::string> reason;
    std::string text;  ///< 答复正文
};

/// One for each outcome that an officer may choose, in their order: from the search records, the opinions of third
/// parties, the correction and the applicant's earlier replies. Pure: any thread.
std::vector<Prefill> prefills(Case const& c, ReplyBackground const& background);

/// What third parties that did not agree would be told of a disclosure, from their consultations: without a word of
/// whoever asks.
std::vector<ThirdPartyNotice> prefilled_notices(Case const& c);

}  // namespace workflow
