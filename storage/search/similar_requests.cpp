#include "storage/search/similar_requests.hpp"

#include "storage/engine/query.hpp"
#include "storage/engine/search_index.hpp"
#include "storage/search/search.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <set>
#include <utility>

namespace storage {
namespace {

constexpr std::size_t kLeastShared = 3;  // pairs: four characters in a row
constexpr double kLeastShare = 0.12;     // of the weight of the text
constexpr std::size_t kMostPairs = 200;  // of a request: what comes later adds little
constexpr std::size_t kLeastOfName = 2;  // pairs: three characters
constexpr int kLeastNameScore = 65;      // of the pairs of a name

/// The different tokens of the request's titles and descriptions.
std::vector<std::string> tokens_of(Vault const& vault, std::vector<workflow::RequestedItem> const& items) {
    std::vector<std::string_view> texts;
    for (auto const& item : items) {
        texts.push_back(item.title);
        texts.push_back(item.description);
    }
    std::string const line = search_tokens(vault, texts);
    std::set<std::string_view> seen;
    std::vector<std::string> tokens;
    for (std::string_view rest = line; !rest.empty() && tokens.size() < kMostPairs;) {
        auto const end = std::min(rest.find(' '), rest.size());
        auto const token = rest.substr(0, end);
        if (token.size() > 1 && seen.insert(token).second) tokens.emplace_back(token);  // one character: a boundary
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return tokens;
}

std::vector<std::int64_t> cases_with(Connection& connection, std::string const& token) {
    Query select;
    select += "SELECT * FROM (";
    connection.search_index().select_objects(select, token);
    select += ") AS found LIMIT ";
    select.bind(Parameter(Resemblance::kTooCommon));
    std::set<std::int64_t> found;  // a case has several texts
    auto rows = select.run(connection);
    while (rows.next()) found.insert(rows.int64(0));
    return {found.begin(), found.end()};
}

std::set<std::int64_t> rows_of(Connection& connection, Vault const& vault, std::string_view value) {
    std::set<std::int64_t> found;
    auto rows =
        connection.query("SELECT row_id FROM applicant_index WHERE digest = $1", applicant_digest(vault, value));
    while (rows.next()) found.insert(rows.int64(0));
    return found;
}

std::set<std::int64_t> rows_of_applicant(
    Connection& connection, Vault const& vault, workflow::Applicant const& applicant
) {
    for (auto const* number : {&applicant.id_number, &applicant.uscc}) {
        if (*number && !(*number)->empty()) return rows_of(connection, vault, **number);
    }
    if (!applicant.phone || applicant.phone->empty() || applicant.name.empty()) return {};
    auto const named = rows_of(connection, vault, applicant.name);
    auto const called = rows_of(connection, vault, *applicant.phone);
    std::set<std::int64_t> both;
    std::ranges::set_intersection(named, called, std::inserter(both, both.end()));
    return both;
}

/// What a row of `cases` says here.
struct SimilarRequestRow {
    std::string id;
    std::string agency;
    std::string month;
    bool first_reply = false;  ///< no case in which a reply is made anew
};

SimilarRequestRow read_similar_requests(Connection& connection, std::int64_t row) {
    auto rows = connection.query(
        "SELECT id, agency, substr(coalesce(received_on, submitted_on), 1, 7), origin IS NULL FROM cases "
        "WHERE row_id = $1",
        row
    );
    if (!rows.next()) return {};
    return {std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)), rows.boolean(3)};
}

std::int64_t count(Connection& connection) {
    auto rows = connection.query("SELECT coalesce(max(row_id), 0) FROM cases");
    rows.next();
    return rows.int64(0);
}

std::int64_t row_of(Connection& connection, std::string_view id) {
    auto rows = connection.query("SELECT row_id FROM cases WHERE id = $1", id);
    return rows.next() ? rows.int64(0) : count(connection) + 1;
}

/// How many of a name's pairs are among those of a text.
struct NameMatch {
    std::size_t shared = 0;
    int score = 0;

    /// A long name says more than a short one.
    auto operator<=>(NameMatch const&) const = default;
};

NameMatch match_name(std::string_view name, std::set<std::string_view> const& pairs_of_text) {
    std::string const folded = fold(name);
    auto const pairs = pairs_of(folded);
    NameMatch match;
    for (auto const pair : pairs) match.shared += pairs_of_text.count(pair);
    if (match.shared < std::min(kLeastOfName, pairs.size()) || match.shared == 0) return {};
    match.score = static_cast<int>(100 * match.shared / pairs.size());
    return match.score < kLeastNameScore ? NameMatch{} : match;
}

}  // namespace

void Resemblance::add(std::vector<std::int64_t> const& rows) {
    ++pairs_;
    if (std::ssize(rows) >= kTooCommon) return;
    double const weight = std::log((all_ + 1) / static_cast<double>(std::max<std::size_t>(rows.size(), 1)));
    total_ += weight;
    for (std::int64_t const row : rows) {
        auto& shared = shared_[row];
        shared.weight += weight;
        ++shared.pairs;
    }
}

std::vector<Resemblance::Match> Resemblance::ranked() const {
    std::vector<std::pair<double, std::int64_t>> best;
    for (auto const& [row, shared] : shared_) {
        bool const enough = shared.pairs >= std::min(kLeastShared, pairs_) && shared.weight >= kLeastShare * total_;
        if (enough) best.emplace_back(shared.weight, row);
    }
    std::ranges::sort(best, std::greater());
    std::vector<Match> matches;
    for (auto const& [weight, row] : best) {
        matches.push_back({row, total_ > 0 ? static_cast<int>(std::lround(100 * weight / total_)) : 100});
    }
    return matches;
}

SimilarRequests find_similar_requests(
    Connection& connection, Vault const& vault, SimilarRequestsQuery const& query, std::size_t most
) {
    Resemblance resemblance(count(connection));
    for (auto const& token : tokens_of(vault, query.items)) resemblance.add(cases_with(connection, token));
    auto own = rows_of_applicant(connection, vault, query.applicant);
    auto const self = row_of(connection, query.case_id);

    SimilarRequests similar_requests;
    std::string const month = workflow::to_string(query.month).substr(0, 7);
    similar_requests.piece_of_month = 1;
    for (std::int64_t const row : own) {
        SimilarRequestRow const found = read_similar_requests(connection, row);
        bool const counts = found.agency == query.agency.value && found.month == month && found.first_reply;
        if (row < self && counts) ++similar_requests.piece_of_month;
    }
    auto const add = [&](std::int64_t row, int score, bool same_applicant) {
        if (row == self || similar_requests.cases.size() == most) return;
        SimilarRequestRow found = read_similar_requests(connection, row);
        if (found.agency != query.agency.value || !found.first_reply) return;
        similar_requests.cases.push_back({std::move(found.id), score, same_applicant});
    };
    for (auto const& [row, score] : resemblance.ranked()) add(row, score, own.erase(row) > 0);
    std::for_each(own.rbegin(), own.rend(), [&](std::int64_t row) { add(row, 0, true); });
    return similar_requests;
}

std::vector<CatalogueMatch> find_in_catalogue(std::string_view text, std::size_t most) {
    static constexpr std::string_view kComma = "、";
    std::string const folded = fold(text);
    auto const pairs = pairs_of(folded);
    std::set<std::string_view> const pairs_of_text(pairs.begin(), pairs.end());
    std::vector<std::pair<NameMatch, workflow::CatalogueItem const*>> found;
    for (auto const& item : workflow::catalogue()) {
        NameMatch best = match_name(item.name, pairs_of_text);
        for (std::string_view rest = item.also; !rest.empty();) {
            auto const end = std::min(rest.find(kComma), rest.size());
            best = std::max(best, match_name(rest.substr(0, end), pairs_of_text));
            rest.remove_prefix(std::min(end + kComma.size(), rest.size()));
        }
        if (best.score > 0) found.emplace_back(best, &item);
    }
    std::ranges::stable_sort(found, std::greater(), &decltype(found)::value_type::first);
    if (found.size() > most) found.resize(most);
    std::vector<CatalogueMatch> matches;
    for (auto const& [match, item] : found) matches.push_back({item, match.score});
    return matches;
}

}  // namespace storage
