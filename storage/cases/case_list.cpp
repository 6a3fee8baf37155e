#include "storage/cases/case_columns.hpp"
#include "storage/cases/case_scope.hpp"
#include "storage/cases/case_store.hpp"
#include "storage/engine/columns.hpp"
#include "storage/engine/query.hpp"
#include "storage/engine/search_index.hpp"
#include "storage/search/search.hpp"
#include "workflow/procedure/procedure.hpp"
#include "workflow/words/numbers.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace storage {
namespace {

using workflow::Code;
using workflow::Date;
using workflow::Result;

// ---- the order of a list and the place in it -----------------------------------------------------------------------

/// One way of sorting. Ties are broken by row_id in the same direction, so a place in the list is (key, row_id).
struct CaseOrder {
    CaseSort sort;
    std::string_view name;  ///< for cursors
    Sql key;
    Sql after;  ///< up to the first placeholder
    Sql by;
};

// clang-format off
constexpr std::array kCaseOrders{
    CaseOrder{CaseSort::Due,       "due",       "due_sort",                            " AND (due_sort, row_id) > (",                            " ORDER BY due_sort, row_id LIMIT "},
    CaseOrder{CaseSort::Received,  "received",  "coalesce(received_on, submitted_on)", " AND (coalesce(received_on, submitted_on), row_id) < (", " ORDER BY coalesce(received_on, submitted_on) DESC, row_id DESC LIMIT "},
    CaseOrder{CaseSort::Number,    "number",    "number",                              " AND (number, row_id) > (",                              " ORDER BY number, row_id LIMIT "},
    CaseOrder{CaseSort::Concluded, "concluded", "concluded_on",                        " AND (concluded_on, row_id) < (",                        " AND concluded_on IS NOT NULL ORDER BY concluded_on DESC, row_id DESC LIMIT "},
};
// clang-format on

// ---- the conditions ------------------------------------------------------------------------------------------------

template <workflow::Vocabulary E>
std::optional<std::string_view> code_of(std::optional<E> word) {
    return word ? std::optional(workflow::code(*word)) : std::nullopt;
}

void add_mine(Query& select, CaseFilter::Mine const& mine) {
    std::vector<workflow::Role> roles;
    for (auto const& role : workflow::kRoles) {
        if (mine.roles.has(role.value) && role.value != workflow::Role::Handler) roles.push_back(role.value);
    }
    select += " AND ((awaits = 'handler' AND ";
    select.one_of("assignee", mine.accounts);
    select += ")";
    if (!roles.empty()) {
        select += " OR ";
        select.one_of("awaits", roles);
    }
    if (!mine.helping.empty()) {
        select += " OR co_awaited LIKE ";
        select.bind("%," + mine.helping.value + ",%");
    }
    select += ")";
}

void add_dispute(Query& select, CaseFilter::InDispute const& dispute) {
    select += " AND row_id IN (SELECT case_row FROM disputes WHERE 1 = 1";
    if (dispute.kind) {
        select += " AND kind = ";
        select.bind(Parameter(workflow::code(*dispute.kind)));
    }
    if (dispute.result) {
        select += " AND result = ";
        select.bind(Parameter(workflow::code(*dispute.result)));
    }
    auto const year = std::to_string(dispute.year);
    if (dispute.pending) {
        select += " AND received_on <= ";
        select.bind(year + "-12-31");
        select += " AND (decided_on IS NULL OR decided_on > ";
        select.same();
        select += ")";
    } else if (dispute.result) {
        select += " AND substr(decided_on, 1, 4) = ";
        select.bind(year);
    } else {
        select += " AND received_on <= ";
        select.bind(year + "-12-31");
        select += " AND (decided_on IS NULL OR decided_on >= ";
        select.bind(year + "-01-01");
        select += ")";
    }
    select += ")";
}

/// The states in which a handler takes a case that nobody has.
std::vector<workflow::State> claimed_from() {
    std::vector<workflow::State> states;
    for (auto const& row : workflow::kProcedure) {
        if (row.action == workflow::Action::Claim) states.insert(states.end(), row.from.begin(), row.from.end());
    }
    return states;
}

void add_filter(Query& select, CaseFilter const& filter) {
    // Columns without an index: the condition is always there, so that the database prepares few different texts.
    auto const equal = [&](Sql column, std::optional<std::string_view> value) {
        select += " AND (";
        select.bind(Parameter(value));
        select += " IS NULL OR ";
        select += column;
        select += " = ";
        select.same();
        select += ")";
    };
    equal("department", filter.department ? std::optional<std::string_view>(filter.department->value) : std::nullopt);
    equal("channel", code_of(filter.channel));
    equal("applicant_kind", code_of(filter.applicant_kind));
    equal("card", code_of(filter.card));

    select.and_one_of("outcome", filter.outcomes);
    select.and_one_of("state", filter.states);
    select.and_one_of("agency", filter.agencies);
    if (filter.assignee) {
        select += " AND assignee = ";
        select.bind(Parameter(filter.assignee->value));
    }
    auto const when = [&](Sql condition, std::optional<Date> const& date) {
        if (!date) return;
        select += condition;
        select.bind(workflow::to_string(*date));
    };
    when(" AND due_sort < ", filter.due_before);
    when(" AND due_sort < '9999' AND due_sort > ", filter.due_after);
    when(" AND reply_due < ", filter.last_day_before);
    when(" AND reply_due > ", filter.last_day_after);
    when(" AND coalesce(received_on, submitted_on) < ", filter.received_before);
    when(" AND coalesce(received_on, submitted_on) > ", filter.received_after);
    when(" AND concluded_on < ", filter.concluded_before);
    when(" AND concluded_on > ", filter.concluded_after);
    if (filter.open_on) {
        std::string const day = workflow::to_string(*filter.open_on);
        select += " AND coalesce(received_on, submitted_on) <= ";
        select.bind(day);
        select += " AND (concluded_on IS NULL OR concluded_on > ";
        select.same();
        select += ")";
    }
    if (filter.batch) {
        select += " AND batch = ";
        select.bind(Parameter(filter.batch->value));
    }
    if (filter.dispute) add_dispute(select, *filter.dispute);
    auto const either = [&](std::optional<bool> wanted, Sql if_so, Sql if_not) {
        if (wanted) select += *wanted ? if_so : if_not;
    };
    either(filter.open, " AND due_sort < '9999-12-31'", " AND due_sort = '9999-12-31'");
    either(filter.paused, " AND paused = 1", " AND paused = 0");
    either(
        filter.contact_unchecked,
        " AND id IN (SELECT case_id FROM contact_checks)",
        " AND id NOT IN (SELECT case_id FROM contact_checks)"
    );
    either(filter.anew, " AND origin IS NOT NULL", " AND origin IS NULL");
    either(filter.on_time, " AND concluded_on <= reply_due", " AND concluded_on > reply_due");
    if (filter.mine) add_mine(select, *filter.mine);
    if (filter.unclaimed) {
        select += " AND assignee IS NULL AND ";
        select.one_of("state", claimed_from());
    }
    if (filter.watched_by) {
        select += " AND row_id IN (SELECT row_id FROM watches WHERE account = ";
        select.bind(Parameter(filter.watched_by->value));
        select += ")";
    }
}

/// The number of a case, what identifies an applicant, or part of a title or description.
Result<void> add_text(Query& select, SearchIndex const& search, Vault const& vault, std::string const& text) {
    if (workflow::parse_case_number(text)) {
        select += " AND number = ";
        select.bind(text);
        return {};
    }
    auto phrase = search_phrase(vault, text);
    if (!phrase) return phrase.error();
    select += " AND row_id IN (SELECT row_id FROM applicant_index WHERE digest = ";
    select.bind(applicant_digest(vault, text));
    select += " UNION ";
    search.select_objects(select, std::move(*phrase));
    select += ")";
    return {};
}

Result<void> add_conditions(
    Query& select, SearchIndex const& search, CaseScope const& scope, CaseFilter const& filter, Vault const& vault
) {
    add_scope(select, scope);
    add_filter(select, filter);
    return filter.text.empty() ? Result<void>() : add_text(select, search, vault, filter.text);
}

}  // namespace

void add_scope(Query& select, CaseScope const& scope) {
    if (scope.everything) return;
    select += " AND (";
    if (scope.agencies.empty()) {
        select += "1 = 0";
    } else {
        select.one_of("agency", scope.agencies);
    }
    if (scope.department_agency) {
        select += " OR (agency = ";
        select.bind(scope.department_agency->value);
        select += " AND departments LIKE ";
        select.bind("%," + scope.department.value + ",%");
        select += ")";
    }
    select += ")";
}

workflow::Actor actor_of(Staff const& account, Directory const& directory, workflow::Date day) {
    workflow::Actor actor;
    actor.id = account.id;
    actor.roles = account.roles;
    actor.agency = account.agency;
    actor.department = account.department;
    actor.stands_in_for = directory.stood_in_for(account.id, day);
    return actor;
}

CaseFilter::Mine mine_of(workflow::Actor const& actor) {
    CaseFilter::Mine mine{actor.stands_in_for, actor.roles};
    if (actor.roles.intersects(workflow::table::kGivesCoOpinions)) mine.helping = actor.department;
    mine.accounts.insert(mine.accounts.begin(), actor.id);
    return mine;
}

CaseScope scope_of(workflow::Actor const& actor, Directory const& directory) {
    CaseScope scope;
    auto const add = [&](Code const& agency) {
        if (std::ranges::find(scope.agencies, agency) == scope.agencies.end()) scope.agencies.push_back(agency);
    };
    for (auto const& role : workflow::kRoles) {
        if (!actor.roles.has(role.value)) continue;
        switch (workflow::scope_of(role.value)) {
            case workflow::Scope::Nothing:
            case workflow::Scope::OwnCase:
                break;  // lists are for staff; an applicant has one case and no list
            case workflow::Scope::OwnDepartment:
                scope.department_agency = actor.agency;
                scope.department = actor.department;
                break;
            case workflow::Scope::OwnAgency:
                add(actor.agency);
                break;
            case workflow::Scope::AgencyTree:
                std::ranges::for_each(directory.subtree(actor.agency), add);
                break;
            case workflow::Scope::Everything:
                scope.everything = true;
                break;
        }
    }
    if (!scope.agencies.empty()) scope.department_agency.reset();  // one's department lies in one's agency
    scope.everything = scope.everything || scope.agencies.size() == directory.agencies().size();
    return scope;
}

Result<ListSlice<CaseRow>> CaseStore::list(Connection& connection, CaseScope const& scope, CaseFilter const& filter)
    const {
    CaseOrder const& order = kCaseOrders[static_cast<std::size_t>(filter.sort)];
    Query select;
    select += "SELECT row_id, ";
    select += order.key;
    select += ", ";
    select.columns<CaseRow>();
    select += ", summary, batch, EXISTS (SELECT 1 FROM contact_checks WHERE case_id = cases.id) FROM cases WHERE 1 = 1";
    auto const added = add_conditions(select, connection.search_index(), scope, filter, vault_);
    if (!added) return added.error();
    if (!filter.cursor.empty()) {
        auto place = parse_cursor(order.name, filter.cursor);
        if (!place) return bad_cursor();
        select.after(order.after, std::move(*place));
    }
    select += order.by;
    auto const read = [this](Rows const& rows) {
        int column = 2;
        auto row = read_columns<CaseRow>(rows, column);
        auto summary = open_summary(row.id, rows.blob(column));
        row.applicant = std::move(summary.applicant);
        row.title = std::move(summary.title);
        row.imported = !rows.is_null(column + 1);
        row.contact_unchecked = rows.boolean(column + 2);
        return row;
    };
    return select.read_slice(connection, filter.limit, read, [&](Rows const& rows) {
        return to_cursor(order.name, {std::string(rows.text(1)), rows.int64(0)});
    });
}

Result<std::int64_t> CaseStore::count(
    Connection& connection, CaseScope const& scope, CaseFilter const& filter, std::int64_t most
) const {
    Query select;
    select += "SELECT count(*) FROM (SELECT 1 FROM cases WHERE 1 = 1";
    auto const added = add_conditions(select, connection.search_index(), scope, filter, vault_);
    if (!added) return added.error();
    select += " LIMIT ";
    select.bind(Parameter(most));
    select += ") AS counted";
    auto rows = select.run(connection);
    rows.next();
    return rows.int64(0);
}

}  // namespace storage
