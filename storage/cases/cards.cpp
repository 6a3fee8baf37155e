#include "storage/cases/cards.hpp"

#include "storage/cases/case_scope.hpp"
#include "storage/engine/columns.hpp"
#include "storage/engine/query.hpp"
#include "workflow/supervision/cards.hpp"

#include <array>
#include <utility>

namespace storage {
namespace {

/// More other red cards than this are not counted: the repetition is proved.
constexpr std::int64_t kMostCounted = 100;

using workflow::Code;

/// One way of sorting; a place in the list is (key, card_row).
struct CardOrder {
    CardSort sort;
    Sql key;
    Sql after;  ///< up to the first placeholder
    Sql by;
};

// clang-format off
constexpr std::array kCardOrders{
    CardOrder{CardSort::Issued, "issued_on", " AND (issued_on, card_row) < (", " ORDER BY issued_on DESC, card_row DESC LIMIT "},
    CardOrder{CardSort::Due,    "due",       " AND (due, card_row) > (",       " ORDER BY due, card_row LIMIT "},
};
// clang-format on

/// Of the case that a card is about.
struct CaseOfCard {
    std::string id;
    Code number;
    Code agency;
    std::optional<Code> department;
    std::optional<Code> assignee;
};

constexpr auto fields(std::type_identity<CaseOfCard>) {
    using T = CaseOfCard;
    return std::tuple{
        workflow::field("id", &T::id),
        workflow::field("number", &T::number),
        workflow::field("agency", &T::agency),
        workflow::field("department", &T::department),
        workflow::field("assignee", &T::assignee)};
}

void add_filter(Query& select, CardFilter const& filter) {
    select.and_one_of("level", filter.levels);
    select.and_one_of("standing", filter.states);
    select.and_one_of("agency", filter.agencies);
    if (filter.issued_on) {
        select += " AND issued_on = ";
        select.bind(workflow::to_string(*filter.issued_on));
    }
    if (filter.escalated) select += *filter.escalated ? Sql(" AND escalated = 1") : Sql(" AND escalated = 0");
}

/// From the columns of CardRow and CaseOfCard, beginning at `column`.
CardRow read_card(Rows const& rows, int column) {
    auto row = read_columns<CardRow>(rows, column);
    auto about = read_columns<CaseOfCard>(rows, column);
    row.case_id = std::move(about.id);
    row.number = std::move(about.number);
    row.agency = std::move(about.agency);
    row.department = std::move(about.department);
    row.assignee = std::move(about.assignee);
    return row;
}

}  // namespace

std::string card_id(std::string_view case_id, Code const& card) {
    std::string id(case_id);
    id += '-';
    id += card.value;
    return id;
}

std::vector<CardColumns> cards_of(std::string_view case_id, workflow::Case const& c) {
    std::vector<CardColumns> columns;
    for (workflow::Card const& card : c.cards) {
        auto const missing = workflow::missing_steps(card);
        auto const open = card.state() == workflow::CardState::Open;
        columns.push_back(
            {.id = card_id(case_id, card.issue.id),
             .level = std::string(workflow::code(card.issue.level)),
             .cause = std::string(workflow::code(card.issue.cause)),
             .standing = std::string(workflow::code(card.state())),
             .lifted = card.lifted_on.has_value(),
             .escalated = !card.escalated.empty(),
             .issued_on = workflow::to_string(card.on),
             .due = workflow::to_string(card.issue.due),
             .next_step = {}}
        );
        if (open && !missing.empty()) columns.back().next_step = workflow::code(missing.front()->action);
    }
    return columns;
}

void save_cards(
    Connection& connection,
    std::int64_t case_row,
    std::vector<CardColumns> const& before,
    std::vector<CardColumns> const& after
) {
    for (std::size_t i = 0; i < after.size(); ++i) {
        CardColumns const& card = after[i];
        if (i < before.size() && before[i] == card) continue;
        Query insert;
        insert += "INSERT INTO cards (row_id, of_agency, ";
        insert.columns<CardColumns>();
        insert += ") VALUES (";
        insert.bind(Parameter(case_row));
        insert += ", (SELECT agency FROM cases WHERE row_id = ";
        insert.same();
        insert += "), ";
        insert.values(card);
        insert +=
            ") ON CONFLICT (id) DO UPDATE SET standing = excluded.standing, lifted = excluded.lifted, "
            "escalated = excluded.escalated, next_step = excluded.next_step";
        insert.execute(connection);
    }
}

std::vector<CardColumns> stored_cards(Connection& connection, std::string_view case_id) {
    std::vector<CardColumns> cards;
    Query select;
    select += "SELECT ";
    select.columns<CardColumns>("c.");
    select += " FROM cards AS c JOIN cases USING (row_id) WHERE cases.id = ";
    select.bind(Parameter(case_id));
    select += " ORDER BY c.card_row";
    auto rows = select.run(connection);
    while (rows.next()) cards.push_back(read_row<CardColumns>(rows));
    return cards;
}

std::int64_t count_other_reds(Connection& connection, Code const& agency, std::int64_t case_row, workflow::Date first) {
    auto rows = connection.query(
        "SELECT count(*) FROM (SELECT 1 FROM cards WHERE issued_on >= $1 AND level = $2 AND of_agency = $3 "
        "AND row_id <> $4 AND lifted = 0 AND standing <> $5 LIMIT $6) AS counted",
        workflow::to_string(first),
        workflow::code(workflow::CardLevel::Red),
        agency.value,
        case_row,
        workflow::code(workflow::CardState::Revoked),
        kMostCounted
    );
    rows.next();
    return rows.int64(0);
}

workflow::Result<ListSlice<CardRow>> list_cards(
    Connection& connection, CaseScope const& scope, CardFilter const& filter
) {
    CardOrder const& order = kCardOrders[static_cast<std::size_t>(filter.sort)];
    Query select;
    select += "SELECT card_row, ";
    select += order.key;
    select += ", ";
    select.columns<CardRow>("cards.");
    select += ", ";
    select.columns<CaseOfCard>("cases.");
    select += " FROM cards JOIN cases USING (row_id) WHERE 1 = 1";
    add_scope(select, scope);
    add_filter(select, filter);
    if (!filter.cursor.empty()) {
        auto place = parse_cursor(workflow::code(filter.sort), filter.cursor);
        if (!place) return bad_cursor();
        select.after(order.after, std::move(*place));
    }
    select += order.by;
    auto const read = [](Rows const& rows) { return read_card(rows, 2); };
    return select.read_slice(connection, filter.limit, read, [&](Rows const& rows) {
        return to_cursor(workflow::code(filter.sort), {std::string(rows.text(1)), rows.int64(0)});
    });
}

std::vector<CardCount> count_cards(Connection& connection, workflow::Date day) {
    std::vector<CardCount> counts;
    auto rows = connection.query(
        "SELECT of_agency, level, count(*), count(CASE WHEN issued_on = $1 THEN 1 END) FROM cards "
        "WHERE standing = 'open' GROUP BY of_agency, level",  // as the index has it
        workflow::to_string(day)
    );
    while (rows.next()) {
        counts.push_back(
            {Code{std::string(rows.text(0))}, read_column<workflow::CardLevel>(rows, 1), rows.int64(2), rows.int64(3)}
        );
    }
    return counts;
}

}  // namespace storage
