#include "storage/cases/case_files.hpp"
#include "storage/cases/case_store.hpp"
#include "storage/search/search.hpp"

#include <algorithm>

namespace storage {

namespace {

/// Of one applicant, the latest; nobody reads through more.
constexpr std::int64_t kEarlierReplies = 50;

/// From how much of a description on (Suggestion::score) a published record is worth a second look.
constexpr int kAlike = 60;

/// By what two requests are known to come from the same applicant: the identity number, never the name.
std::optional<std::string> const& identity_of(workflow::Applicant const& applicant) {
    return applicant.id_number ? applicant.id_number : applicant.uscc;
}

}  // namespace

workflow::ReplyBackground CaseStore::reply_background(
    Connection& connection, StoredCase const& stored, Directory const& directory
) const {
    workflow::ReplyBackground background;
    auto const& [id, facts] = stored;
    auto const& application = facts.application;
    if (auto const& identity = identity_of(application.applicant)) {
        auto rows = connection.query(
            // From the few of this applicant, never from all the cases of the agency.
            "SELECT id, body FROM cases WHERE row_id IN (SELECT i.row_id FROM applicant_index AS i WHERE i.digest = $1 "
            "AND EXISTS (SELECT 1 FROM cases AS c WHERE c.row_id = i.row_id AND c.agency = $2 AND c.id <> $3) "
            "ORDER BY i.row_id DESC LIMIT $4) ORDER BY row_id DESC",
            applicant_digest(vault_, *identity),
            application.agency.value,
            id,
            kEarlierReplies
        );
        while (rows.next()) {
            auto const earlier = open_body(rows.text(0), rows.blob(1));
            if (!earlier.reply_number || !earlier.dispatch) continue;
            background.earlier.push_back({earlier.number, *earlier.reply_number, earlier.signed_on.value()});
        }
    }
    for (std::size_t i = 0; i < application.items.size(); ++i) {
        auto const& item = application.items[i];
        for (auto const& like : publications_.suggest(connection, {application.agency}, item.title, 1)) {
            if (like.score >= kAlike) background.published.push_back({i, like.publication.title});
        }
    }
    if (auto const* agency = directory.agency(application.agency)) {
        background.review_body = agency->review_body;
        background.court = agency->court;
    }
    if (auto const* department = facts.department ? directory.department(*facts.department) : nullptr)
        background.department = department->name;
    background.enclosed = enclosed_files(connection, id, facts.attachments);
    return background;
}

}  // namespace storage
