#pragma once

#include "workflow/cases/case.hpp"
#include "workflow/words/result.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Why agencies lose in court, as checks of a drafted reply: what can be put right before anybody signs. Conditions
/// that no reply may miss are guards of the procedure (every item answered, limbs fit, evidence complete); what is here
/// looks at what the reply says. Pure: any thread.
namespace workflow {

/// An answered request of the same applicant to the same agency.
struct EarlierReply {
    Code number;
    Code reply_number;
    Date signed_on{};
    bool operator==(EarlierReply const&) const = default;
};

/// What the agency has published already, and resembles a requested item.
struct SimilarPublication {
    std::size_t item = 0;  ///< in the order of the application
    std::string title;
};

/// A file that goes with the reply (随答复提供).
struct EnclosedFile {
    std::string name;
    std::optional<int> pages;  ///< where they can be counted
    bool operator==(EnclosedFile const&) const = default;
};

/// What a reply is checked against besides its case; read by storage.
struct ReplyBackground {
    std::vector<EarlierReply> earlier;
    std::vector<SimilarPublication> published;
    std::string department;   ///< the name of the one that handles the case
    std::string review_body;  ///< of the agency: what every remedy names
    std::string court;
    std::vector<EnclosedFile> enclosed = {};
    std::vector<Code> released = {};  ///< the files that go with the reply, by their SHA-256; read for an approval
};

struct CheckRule {
    Check check;
    Severity severity;
    std::string_view article;
    std::string_view advice;  ///< what to do where it does not hold
    /// What is wrong and where; empty where the check holds.
    std::vector<FieldError> (*find)(Case const&, ReplyDraft const&, ReplyBackground const&);
};

std::span<CheckRule const> check_rules();
CheckRule const& rule_of(Check check);

struct CheckResult {
    CheckRule const* rule;
    std::vector<FieldError> findings;  ///< pointers into the draft; the code is that of the check
    bool holds() const { return findings.empty(); }
};

/// Every check, in the order of the rules. The draft may still lack items.
std::vector<CheckResult> check_reply(Case const& c, ReplyDraft const& draft, ReplyBackground const& background);

/// What still keeps the reply from going up: findings of checks that are not waived, and waivers of checks that hold or
/// that nobody can waive.
std::vector<FieldError> unresolved_findings(
    std::vector<CheckResult> const& results, std::vector<Waiver> const& waivers
);

/// The statements that an item answered so must make. For a partial reply they follow from its limb.
std::vector<Statement> statements_for(ItemReply const& item);
/// Whether an answer with this outcome can make the statement at all.
bool may_state(Outcome outcome, Statement statement);

/// The members of an item that only answers with some outcomes have, by the names that they have in the form.
std::span<std::string_view const> conditional_members();
bool has_member(Outcome outcome, std::string_view member);

}  // namespace workflow
