#pragma once

#include "storage/engine/driver.hpp"
#include "storage/engine/list_slice.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/vault.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/publication.hpp"
#include "workflow/words/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace storage {

/// Something an agency has published by itself, where people should look before they ask for it.
struct Publication {
    workflow::Code id;  ///< random_id
    workflow::Code agency;
    std::string title;
    std::optional<std::string> document_number;
    workflow::Date published_on{};
    workflow::PublicationCategory category{};
    std::optional<std::string> url;  ///< https, or a path of this site
    std::string summary;
    std::optional<workflow::Instant> withdrawn_at;
    std::int64_t version = 0;
};

/// Also the form in which a publication is handed in: what is `given` comes from the program, not from its author.
constexpr auto fields(std::type_identity<Publication>) {
    using T = Publication;
    using workflow::field;
    using workflow::kShortText;
    return std::tuple{
        field("id", &T::id, "编号", {.given = true}),
        field("agency", &T::agency, "发布机关", {.given = true}),
        field("title", &T::title, "标题", {2, kShortText}),
        field("document_number", &T::document_number, "文号", {1, kShortText}),
        field("published_on", &T::published_on, "发布日期"),
        field("category", &T::category, "类别"),
        field("url", &T::url, "网址", {1, 500}),
        field("summary", &T::summary, "摘要", {2, 1000}),
        field("version", &T::version, "", {.given = true})};
}

/// What is empty does not restrict; what is withdrawn is never listed.
struct PublicationFilter {
    std::vector<workflow::Code> agencies;  ///< already widened to subtrees by the caller
    std::optional<workflow::PublicationCategory> category;
    std::string text;  ///< part of a title, a document number or a summary, whatever its case and blanks
    std::int64_t limit = 20;
    std::string cursor;  ///< empty: from the newest
};

struct Suggestion {
    Publication publication;
    int score;  ///< 1 to 100: how much of what is said in the description stands there, rare words counting most
};

/// The published records of all agencies. put() and withdraw() on the writer thread, inside a job; the rest on any
/// connection.
class Publications {
public:
    Publications(Vault const& vault, Journal& journal) : vault_(vault), journal_(journal) {}

    /// A new one (version 0), or the same changed; `version` is the one the caller has seen. Refused as stale, as not
    /// found, or with `publication_withdrawn`.
    workflow::Result<Publication> put(
        Connection& connection, Publication publication, Author const& by, workflow::Instant at
    );
    /// Takes it out of lists, searches and suggestions for good. Refused as put() refuses. `reason` stands sealed in
    /// the journal.
    workflow::Result<Publication> withdraw(
        Connection& connection,
        workflow::Code const& id,
        std::int64_t version,
        std::string_view reason,
        Author const& by,
        workflow::Instant at
    );

    std::optional<Publication> find(Connection& connection, std::string_view id) const;

    /// Newest first. Refused as invalid for a text of one character or a cursor that this program did not make.
    workflow::Result<ListSlice<Publication>> list(Connection& connection, PublicationFilter const& filter) const;

    /// The likeliest matches of a description, at most `most`, best first; `agencies` as in a filter.
    std::vector<Suggestion> suggest(
        Connection& connection,
        std::vector<workflow::Code> const& agencies,
        std::string_view description,
        std::size_t most
    ) const;

private:
    workflow::Result<Publication> changeable(Connection& connection, workflow::Code const& id, std::int64_t version)
        const;
    /// Saves it and notes in the journal what was done.
    void keep(
        Connection& connection,
        Publication const& publication,
        std::string action,
        boost::json::object open,
        boost::json::object sealed,
        Author const& by,
        workflow::Instant at
    );

    Vault const& vault_;
    Journal& journal_;
};

}  // namespace storage
