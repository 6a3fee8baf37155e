#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/engine/driver.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/files.hpp"
#include "storage/vault/vault.hpp"
#include "workflow/words/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// How long the 案卷 of archived cases are kept, and their erasure. At the end of its term two people, one after the
/// other, may have the personal data of a case destroyed; a hold stands in the way (a court, an auditor wants it kept).
/// Every step is a journal entry of the object {"retention", case id}, so the version of the case stands still.
class Retention {
public:
    Retention(Vault const& vault, Journal& journal, CaseStore& cases, Files& files)
        : vault_(vault), journal_(journal), cases_(cases), files_(files) {}

    /// What somebody has decided about a 案卷: who and when.
    struct Decision {
        std::int64_t entry;
        Author by;
        workflow::Instant at;
    };
    struct Standing {
        std::optional<workflow::Date> keep_until;  ///< nullopt: not archived, or a dispute is open
        std::optional<Decision> hold;
        std::optional<std::string> hold_reason;
        std::optional<Decision> proposal;
        std::optional<Decision> erasure;
    };
    /// One archived case of the list of terms.
    struct Row {
        std::string id;
        std::string number;
        std::string agency;
        workflow::Date keep_until;
        bool held;
        std::optional<std::string> proposed_by;
    };

    // ---- writer thread, inside a job ----

    workflow::Result<void> hold(
        Connection& connection, std::string_view id, std::string const& reason, Author const& by, workflow::Instant now
    );
    workflow::Result<void> lift_hold(
        Connection& connection, std::string_view id, std::string const& reason, Author const& by, workflow::Instant now
    );
    /// Refused before the term is over, and while the 案卷 is held.
    workflow::Result<void> propose_erasure(
        Connection& connection, std::string_view id, Author const& by, workflow::Instant now
    );
    /// The second person says no.
    workflow::Result<void> reject_erasure(
        Connection& connection, std::string_view id, Author const& by, workflow::Instant now
    );
    /// The second person says yes: the key of the case is destroyed. Its files go with remove_files().
    workflow::Result<void> erase(Connection& connection, std::string_view id, Author const& by, workflow::Instant now);

    /// Deletes the files that belong to erased cases alone; repeated until nothing is left, it makes good what a kill
    /// has interrupted.
    void remove_files(Connection& connection);

    // ---- any connection, its own thread ----

    Standing standing(Connection& connection, std::string_view id) const;
    /// Cases whose term has ended before `today` and that are not erased, the oldest term first.
    std::vector<Row> expired(Connection& connection, workflow::Date today, std::int64_t limit) const;

    /// `journal verify`: what the table says otherwise than the journal, and erased cases whose key is still there; one
    /// sentence per difference.
    std::vector<std::string> differences(Connection& connection) const;

private:
    /// A journal entry of this case; returns its number.
    std::int64_t append(
        Connection& connection,
        std::string_view id,
        std::string_view action,
        std::optional<std::string> const& reason,
        Author const& by,
        workflow::Instant now
    );
    std::optional<Decision> read_decision(
        Connection& connection, std::string_view id, std::optional<std::int64_t> entry
    ) const;

    Vault const& vault_;
    Journal& journal_;
    CaseStore& cases_;
    Files& files_;
};

ObjectRef retention_object(std::string_view case_id);

}  // namespace storage
