#include "storage/office/publications.hpp"

#include "storage/engine/columns.hpp"
#include "storage/engine/query.hpp"
#include "storage/engine/shape_json.hpp"
#include "storage/journal/object_keys.hpp"
#include "storage/office/directory.hpp"
#include "storage/search/search.hpp"
#include "storage/search/similar_requests.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace storage {
namespace {

using workflow::Code;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

constexpr std::string_view kPublicationOrder = "newest";  // as the cursors of the list say

/// Begins the selection of publications, each behind its row.
Query select_publications() {
    Query select;
    select += "SELECT row_id, ";
    select.columns<Publication>();
    select += ", withdrawn_at FROM publications WHERE ";
    return select;
}

Publication read_publication(Rows const& rows) {
    int column = 1;
    auto publication = read_columns<Publication>(rows, column);
    publication.withdrawn_at = read_column<std::optional<workflow::Instant>>(rows, column);
    return publication;
}

/// As searches compare it; no pair of characters runs from one text into the next.
std::string folded_text(Publication const& publication) {
    return fold(publication.title) + ' ' + fold(publication.document_number.value_or("")) + ' ' +
           fold(publication.summary);
}

/// The different pairs of a text that fold() has made, or of several with a blank between each.
std::set<std::string_view> different_pairs(std::string_view folded) {
    std::set<std::string_view> pairs;
    while (!folded.empty()) {
        auto const end = std::min(folded.find(' '), folded.size());
        auto const list = pairs_of(folded.substr(0, end));
        pairs.insert(list.begin(), list.end());
        folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return pairs;
}

std::int64_t save(Connection& connection, Publication const& publication) {
    std::optional<std::int64_t> withdrawn_at;
    if (publication.withdrawn_at) withdrawn_at = workflow::to_milliseconds(*publication.withdrawn_at);
    auto rows = connection.query(
        "INSERT INTO publications (id, version, agency, title, document_number, published_on, category, url, summary, "
        "withdrawn_at, folded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        "ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title, "
        "document_number = excluded.document_number, published_on = excluded.published_on, "
        "category = excluded.category, url = excluded.url, summary = excluded.summary, "
        "withdrawn_at = excluded.withdrawn_at, folded = excluded.folded RETURNING row_id",
        publication.id.value,
        publication.version,
        publication.agency.value,
        publication.title,
        publication.document_number,
        workflow::to_string(publication.published_on),
        workflow::code(publication.category),
        publication.url,
        publication.summary,
        withdrawn_at,
        folded_text(publication)
    );
    rows.next();
    auto const row = rows.int64(0);
    rows.next();  // runs the statement to its end
    return row;
}

void index(Connection& connection, std::int64_t row, Publication const& publication) {
    connection.execute("DELETE FROM publication_pairs WHERE row_id = $1", row);
    if (publication.withdrawn_at) return;
    std::string const folded = folded_text(publication);
    for (std::string_view const pair : different_pairs(folded)) {
        connection.execute("INSERT INTO publication_pairs (pair, row_id) VALUES ($1, $2)", pair, row);
    }
}

// ---- lists ---------------------------------------------------------------------------------------------------------

std::vector<std::int64_t> rows_with(Connection& connection, std::string_view pair) {
    std::vector<std::int64_t> found;
    auto rows = connection.query(
        "SELECT row_id FROM publication_pairs WHERE pair = $1 LIMIT $2", pair, Resemblance::kTooCommon
    );
    while (rows.next()) found.push_back(rows.int64(0));
    return found;
}

/// The pair of the text that fewest publications have.
std::string_view rarest_pair(Connection& connection, std::string_view folded) {
    return std::ranges::min(different_pairs(folded), {}, [&](std::string_view pair) {
        return rows_with(connection, pair).size();
    });
}

void add_text(Query& select, Connection& connection, std::string folded) {
    select += " AND row_id IN (SELECT row_id FROM publication_pairs WHERE pair = ";
    select.bind(std::string(rarest_pair(connection, folded)));
    select += ") AND folded LIKE ";
    select.bind('%' + std::move(folded) + '%');  // fold() has left no % and no _
}

// ---- suggestions ---------------------------------------------------------------------------------------------------

constexpr std::size_t kMostComparedPairs = 400;  // of a description: what comes later adds little

/// The different pairs of a description.
std::set<std::string_view> leading_pairs(std::string_view folded) {
    auto pairs = pairs_of(folded);
    pairs.resize(std::min(pairs.size(), kMostComparedPairs));
    return {pairs.begin(), pairs.end()};
}

Publication read_one(Connection& connection, std::int64_t row) {
    auto select = select_publications();
    select += "row_id = ";
    select.bind(Parameter(row));
    auto rows = select.run(connection);
    rows.next();
    return read_publication(rows);
}

}  // namespace

void Publications::keep(
    Connection& connection,
    Publication const& publication,
    std::string action,
    boost::json::object open,
    boost::json::object sealed,
    Author const& by,
    workflow::Instant at
) {
    index(connection, save(connection, publication), publication);
    ObjectRef const object{"publication", publication.id.value};
    auto key = find_key(connection, vault_, object);
    if (!key) key = make_key(connection, vault_, object);
    journal_.append(
        connection,
        {at, workflow::local_date(at), std::move(action), by, object, std::move(open), std::move(sealed), &*key}
    );
}

Result<Publication> Publications::changeable(Connection& connection, Code const& id, std::int64_t version) const {
    auto found = find(connection, id.value);
    if (!found) return Refusal{RefusalKind::NotFound, "publication_not_found", "没有找到这条公开信息。"};
    if (found->withdrawn_at) {
        return Refusal{RefusalKind::IllegalStep, "publication_withdrawn", "这条公开信息已经撤下，不能再修改。"};
    }
    if (found->version != version) return stale_record();
    return std::move(*found);
}

Result<Publication> Publications::put(
    Connection& connection, Publication publication, Author const& by, workflow::Instant at
) {
    if (publication.version > 0) {
        auto const before = changeable(connection, publication.id, publication.version);
        if (!before) return before.error();
    }
    ++publication.version;
    boost::json::object open;
    boost::json::object sealed;
    split(publication, open, sealed);
    keep(connection, publication, "put_publication", std::move(open), std::move(sealed), by, at);
    return publication;
}

Result<Publication> Publications::withdraw(
    Connection& connection,
    Code const& id,
    std::int64_t version,
    std::string_view reason,
    Author const& by,
    workflow::Instant at
) {
    auto publication = changeable(connection, id, version);
    if (!publication) return publication.error();
    publication->withdrawn_at = at;
    ++publication->version;
    boost::json::object open{{"version", publication->version}};
    keep(connection, *publication, "withdraw_publication", std::move(open), {{"reason", reason}}, by, at);
    return publication;
}

std::optional<Publication> Publications::find(Connection& connection, std::string_view id) const {
    auto select = select_publications();
    select += "id = ";
    select.bind(std::string(id));
    auto rows = select.run(connection);
    return rows.next() ? std::optional(read_publication(rows)) : std::nullopt;
}

Result<ListSlice<Publication>> Publications::list(Connection& connection, PublicationFilter const& filter) const {
    auto select = select_publications();
    select += "withdrawn_at IS NULL";
    select.and_one_of("agency", filter.agencies);
    if (filter.category) {
        select += " AND category = ";
        select.bind(std::string(workflow::code(*filter.category)));
    }
    if (!filter.text.empty()) {
        auto folded = fold(filter.text);
        if (pairs_of(folded).empty()) return text_too_short();
        add_text(select, connection, std::move(folded));
    }
    if (!filter.cursor.empty()) {
        auto place = parse_cursor(kPublicationOrder, filter.cursor);
        if (!place) return bad_cursor();
        select.after(" AND (published_on, row_id) < (", std::move(*place));
    }
    select += " ORDER BY published_on DESC, row_id DESC LIMIT ";
    return select.read_slice(connection, filter.limit, read_publication, [](Rows const& rows) {
        return to_cursor(kPublicationOrder, {workflow::to_string(read_publication(rows).published_on), rows.int64(0)});
    });
}

std::vector<Suggestion> Publications::suggest(
    Connection& connection, std::vector<Code> const& agencies, std::string_view description, std::size_t most
) const {
    std::string const folded = fold(description);
    auto all = connection.query("SELECT count(*) FROM publications WHERE withdrawn_at IS NULL");
    all.next();
    Resemblance resemblance(all.int64(0));
    for (std::string_view const pair : leading_pairs(folded)) resemblance.add(rows_with(connection, pair));

    std::vector<Suggestion> best;
    for (auto const& [row, score] : resemblance.ranked()) {
        if (best.size() == most) break;
        Publication publication = read_one(connection, row);
        if (!agencies.empty() && std::ranges::find(agencies, publication.agency) == agencies.end()) continue;
        best.push_back({std::move(publication), score});
    }
    return best;
}

}  // namespace storage
