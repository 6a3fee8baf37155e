#pragma once

#include "workflow/letters/letters.hpp"
#include "workflow/reply/remedy.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

/// The sheets of the 案卷: never sent, made from the case and its events whenever somebody asks.
/// Pure: any thread.
namespace workflow {

enum class SheetKind : std::uint8_t { Registration, Search, Secrecy, Legal, Approval, Delivery, Remedies, Contents };
// clang-format off
inline constexpr std::array kSheetKinds{
    Term{SheetKind::Registration, "registration", "申请登记表"},
    Term{SheetKind::Search,       "search",       "检索记录表"},
    Term{SheetKind::Secrecy,      "secrecy",      "保密审查表"},
    Term{SheetKind::Legal,        "legal",        "法制审核表"},
    Term{SheetKind::Approval,     "approval",     "答复审批单"},
    Term{SheetKind::Delivery,     "delivery",     "送达回证"},
    Term{SheetKind::Remedies,     "remedies",     "救济途径表"},
    Term{SheetKind::Contents,     "contents",     "案卷目录"},
};
// clang-format on
constexpr auto const& terms(SheetKind) { return kSheetKinds; }
static_assert(is_well_formed<SheetKind>());

/// One letter of the 案卷, as the list of contents names it.
struct DossierLetter {
    LetterKind kind{};
    std::optional<Code> number;
    Date on{};
};

/// What the sheets are made from. Borrowed for the time of the call.
struct SheetFacts {
    Case const& c;
    std::span<Event const> events;  ///< all of them, oldest first
    Issuer const& issuer;
    std::function<std::string(Code const&)> const& name_of;  ///< of an account or a department
    std::span<DossierLetter const> letters;
    Date on{};
    std::span<StandingRemedy const> remedies = {};  ///< standing_remedies() of the case on that day
};

/// The sheets that the case has so far: that of the search, for example, once somebody has searched.
std::vector<SheetKind> sheets_of(SheetFacts const& facts);

Document compose_sheet(SheetKind kind, SheetFacts const& facts);

}  // namespace workflow
