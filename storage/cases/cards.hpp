#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/engine/driver.hpp"
#include "storage/engine/list_slice.hpp"
#include "workflow/cases/case.hpp"
#include "workflow/words/fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

/// The cards of all cases in one table, for lists and counts. What they say follows from the facts of their cases.
namespace storage {

/// The columns of the table `cards` that follow from the facts.
struct CardColumns {
    std::string id;
    std::string level;
    std::string cause;
    std::string standing;
    bool lifted = false;
    bool escalated = false;
    std::string issued_on;
    std::string due;
    std::optional<std::string> next_step;
    bool operator==(CardColumns const&) const = default;
};

/// "<case id>-k1": by this the outside knows a card.
std::string card_id(std::string_view case_id, workflow::Code const& card);

/// In the order in which they were issued.
std::vector<CardColumns> cards_of(std::string_view case_id, workflow::Case const& c);

/// Writes what has changed between two states of a case. Writer thread, inside a job.
void save_cards(
    Connection& connection,
    std::int64_t case_row,
    std::vector<CardColumns> const& before,
    std::vector<CardColumns> const& after
);

/// As the table has them.
std::vector<CardColumns> stored_cards(Connection& connection, std::string_view case_id);

/// How many red cards other cases of the agency were given from `first` on: neither revoked nor lifted.
/// Counted to 100.
std::int64_t count_other_reds(
    Connection& connection, workflow::Code const& agency, std::int64_t case_row, workflow::Date first
);

/// One line of the list of cards.
struct CardRow {
    // of its case
    std::string case_id;
    workflow::Code number;
    workflow::Code agency;
    std::optional<workflow::Code> department;
    std::optional<workflow::Code> assignee;
    // its own; fields() are the columns of the table `cards`
    std::string id;
    workflow::CardLevel level{};
    workflow::CardCause cause{};
    workflow::CardState state{};
    bool lifted = false;
    bool escalated = false;
    workflow::Date issued_on{};
    workflow::Date due{};
    std::optional<workflow::Action> next_step;
};

enum class CardSort : std::uint8_t { Issued, Due };
inline constexpr std::array kCardSorts{
    workflow::Term{CardSort::Issued, "issued", "最近发出的在前"},
    workflow::Term{CardSort::Due, "due", "期限早的在前"},
};
constexpr auto const& terms(CardSort) { return kCardSorts; }
static_assert(workflow::is_well_formed<CardSort>());

/// What is empty does not restrict.
struct CardFilter {
    std::vector<workflow::CardLevel> levels = {};
    std::vector<workflow::CardState> states = {};
    std::vector<workflow::Code> agencies = {};  ///< already widened to subtrees by the caller
    std::optional<workflow::Date> issued_on = {};
    std::optional<bool> escalated = {};
    CardSort sort = CardSort::Issued;
    std::int64_t limit = 50;  ///< 1 to 200
    std::string cursor = {};
};

/// Refused as invalid for a cursor that this program did not make.
workflow::Result<ListSlice<CardRow>> list_cards(
    Connection& connection, CaseScope const& scope, CardFilter const& filter
);

/// Open cards of one agency and level.
struct CardCount {
    workflow::Code agency;
    workflow::CardLevel level{};
    std::int64_t open = 0;
    std::int64_t issued = 0;  ///< of these on the day asked about
};
std::vector<CardCount> count_cards(Connection& connection, workflow::Date day);

constexpr auto fields(std::type_identity<CardColumns>) {
    using T = CardColumns;
    return std::tuple{
        workflow::field("id", &T::id),
        workflow::field("level", &T::level),
        workflow::field("cause", &T::cause),
        workflow::field("standing", &T::standing),
        workflow::field("lifted", &T::lifted),
        workflow::field("escalated", &T::escalated),
        workflow::field("issued_on", &T::issued_on),
        workflow::field("due", &T::due),
        workflow::field("next_step", &T::next_step)};
}

constexpr auto fields(std::type_identity<CardRow>) {
    using T = CardRow;
    return std::tuple{
        workflow::field("id", &T::id),
        workflow::field("level", &T::level),
        workflow::field("cause", &T::cause),
        workflow::field("standing", &T::state),
        workflow::field("lifted", &T::lifted),
        workflow::field("escalated", &T::escalated),
        workflow::field("issued_on", &T::issued_on),
        workflow::field("due", &T::due),
        workflow::field("next_step", &T::next_step)};
}

}  // namespace storage
