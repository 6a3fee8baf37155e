#pragma once

#include "workflow/letters/document.hpp"
#include "workflow/letters/letters.hpp"
#include "workflow/letters/sheets.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The list of evidence (证据目录) with which an agency answers for its reply: 行政诉讼法第三十四条 puts the burden of
/// proof on it, 第六十七条 gives it 15 days. Pure: any thread.
namespace workflow {

/// One paper as evidence.
struct EvidencePaper {
    std::string paper;
    std::optional<Date> on;
    std::string_view proof_purpose;
    std::optional<int> pages;
};

/// What a paper of this kind proves (证明目的).
std::string_view proof_purpose(LetterKind kind);
std::string_view proof_purpose(SheetKind kind);
/// What material proves that was handed in or obtained.
inline constexpr std::string_view kMaterialPurpose = "申请人提交的材料，或者办理中形成、取得的材料";

/// Numbered, in the order given.
Document evidence_list(Case const& c, Issuer const& issuer, std::vector<EvidencePaper> const& evidence, Date on);

}  // namespace workflow
