#include "storage/cases/follow_ups.hpp"

#include "storage/cases/case_scope.hpp"
#include "storage/engine/columns.hpp"
#include "storage/engine/query.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace storage {
namespace {

using workflow::Code;
using workflow::FollowUp;
using workflow::Result;

/// A follow-up as the table has it.
struct FollowUpRow {
    std::string kind;
    std::string id;
    std::string since;
    bool open;
    std::string mark;
    auto operator<=>(FollowUpRow const&) const = default;
};

constexpr auto fields(std::type_identity<FollowUpRow>) {
    using T = FollowUpRow;
    return std::tuple{
        workflow::field("kind", &T::kind),
        workflow::field("id", &T::id),
        workflow::field("since", &T::since),
        workflow::field("open", &T::open),
        workflow::field("mark", &T::mark)};
}

std::vector<FollowUpRow> rows_of(workflow::Case const& facts) {
    std::vector<FollowUpRow> rows;
    for (FollowUp const& each : workflow::follow_ups(facts)) {
        rows.push_back(
            {std::string(workflow::code(each.kind)),
             each.id.value,
             workflow::to_string(each.since),
             each.open,
             std::string(each.mark)}
        );
    }
    return rows;
}

void add_days(Query& select, Sql from, Sql to, FollowUpFilter const& filter) {
    if (filter.from) {
        select += from;
        select.bind(workflow::to_string(*filter.from));
    }
    if (filter.to) {
        select += to;
        select.bind(workflow::to_string(*filter.to));
    }
}

void add_conditions(Query& select, CaseScope const& scope, FollowUpFilter const& filter) {
    select += " FROM case_matters JOIN cases USING (row_id) WHERE kind = ";
    select.bind(std::string(workflow::code(filter.kind)));
    if (filter.open) select += *filter.open ? Sql(" AND open = 1") : Sql(" AND open = 0");
    add_scope(select, scope);
    select.and_one_of("agency", filter.agencies);
    add_days(select, " AND since >= ", " AND since <= ", filter);
}

/// One way of sorting; a place in the list is (since, row_id, id).
struct FollowUpOrder {
    std::string_view name;  ///< for cursors
    Sql after;              ///< up to the first placeholder
    Sql by;
};

constexpr FollowUpOrder kOldestFirst{
    "oldest", " AND (since, row_id, case_matters.id) > (", " ORDER BY since, row_id, case_matters.id LIMIT "};
constexpr FollowUpOrder kNewestFirst{
    "newest",
    " AND (since, row_id, case_matters.id) < (",
    " ORDER BY since DESC, row_id DESC, case_matters.id DESC LIMIT "};

}  // namespace

void save_follow_ups(Connection& connection, std::int64_t row, workflow::Case const& facts) {
    for (FollowUpRow const& each : rows_of(facts)) {
        connection.execute(
            "INSERT INTO case_matters (row_id, kind, id, since, open, mark) VALUES ($1, $2, $3, $4, $5, $6) "
            "ON CONFLICT (row_id, kind, id) DO UPDATE SET open = excluded.open",
            row,
            each.kind,
            each.id,
            each.since,
            each.open,
            each.mark
        );
    }
}

bool follow_ups_agree(Connection& connection, std::string_view case_id, workflow::Case const& facts) {
    std::vector<FollowUpRow> stored;
    auto rows = connection.query(
        "SELECT kind, id, since, open, mark FROM case_matters WHERE row_id = (SELECT row_id FROM cases WHERE id = $1)",
        case_id
    );
    while (rows.next()) stored.push_back(read_row<FollowUpRow>(rows));
    auto said = rows_of(facts);
    std::ranges::sort(stored);
    std::ranges::sort(said);
    return stored == said;
}

Result<ListSlice<FollowUpPlace>> list_follow_ups(
    Connection& connection, CaseScope const& scope, FollowUpFilter const& filter
) {
    FollowUpOrder const& order = filter.open == true ? kOldestFirst : kNewestFirst;
    Query select;
    select += "SELECT cases.id, case_matters.id, since, row_id";
    add_conditions(select, scope, filter);
    if (!filter.cursor.empty()) {
        auto place = parse_cursor(order.name, filter.cursor, ListedBy::ItemOfRow);
        if (!place) return bad_cursor();
        select.after(order.after, std::move(*place));
    }
    select += order.by;
    auto const read = [](Rows const& rows) {
        return FollowUpPlace{std::string(rows.text(0)), std::string(rows.text(1))};
    };
    return select.read_slice(connection, filter.limit, read, [&](Rows const& rows) {
        return to_cursor(order.name, {std::string(rows.text(2)), rows.int64(3), std::string(rows.text(1))});
    });
}

std::vector<MarkCount> count_marks(Connection& connection, CaseScope const& scope, FollowUpFilter const& filter) {
    Query select;
    select += "SELECT agency, mark, open, count(*)";
    add_conditions(select, scope, filter);
    select += " GROUP BY agency, mark, open";
    std::vector<MarkCount> counts;
    auto rows = select.run(connection);
    while (rows.next()) {
        counts.push_back({Code{std::string(rows.text(0))}, std::string(rows.text(1)), rows.boolean(2), rows.int64(3)});
    }
    return counts;
}

std::vector<MarkCount> count_concluded(Connection& connection, CaseScope const& scope, FollowUpFilter const& filter) {
    Query select;
    select += "SELECT agency, count(*) FROM cases WHERE concluded_on IS NOT NULL";
    add_scope(select, scope);
    select.and_one_of("agency", filter.agencies);
    add_days(select, " AND concluded_on >= ", " AND concluded_on <= ", filter);
    select += " GROUP BY agency";
    std::vector<MarkCount> counts;
    auto rows = select.run(connection);
    while (rows.next()) counts.push_back({Code{std::string(rows.text(0))}, {}, false, rows.int64(1)});
    return counts;
}

std::vector<std::string> new_replies_to(Connection& connection, Code const& number) {
    std::vector<std::string> ids;
    auto rows = connection.query("SELECT id FROM cases WHERE origin = $1 ORDER BY row_id", number.value);
    while (rows.next()) ids.emplace_back(rows.text(0));
    return ids;
}

std::string case_of_number(Connection& connection, Code const& number) {
    auto rows = connection.query("SELECT id FROM cases WHERE number = $1", number.value);
    return rows.next() ? std::string(rows.text(0)) : std::string();
}

}  // namespace storage
