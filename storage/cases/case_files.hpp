#pragma once

#include "storage/journal/journal.hpp"
#include "workflow/cases/case_files.hpp"
#include "workflow/cases/payloads.hpp"
#include "workflow/reply/checks.hpp"
#include "workflow/words/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// A file of a case: the n-th of its attachments, from 1.
struct FileRef {
    std::string case_id;
    std::int64_t n;
    bool operator==(FileRef const&) const = default;
};

struct KeptFile {
    FileRef file;
    std::string sha256;
    workflow::FileState state{};
    bool checked = false;
    bool released = false;
    std::optional<std::int64_t> source = {};  ///< of a derived file
    std::optional<int> pages = {};            ///< where they could be counted
};

/// What looking into a file has come to.
struct FileVerdict {
    workflow::FileState state{};
    std::string mark = {};   ///< why two people have to look at it: a mark of secrecy, or in words; empty for no reason
    std::int64_t rules = 0;  ///< the version of the rules it was examined by
};

/// A quarantined file that may hold a state secret, or of which nobody could tell; open until two people have decided.
struct Incident {
    std::int64_t id;
    FileRef file;
    std::string number;  ///< of the case
    std::string mark;
    workflow::Instant opened_at;
    std::optional<workflow::QuarantineDecision> decision;
    std::optional<std::string> reason;
    std::optional<std::string> proposed_by;
    std::optional<std::string> confirmed_by;
};

/// A finding and what has been done about it; `k` counts from 1.
struct SettledFinding {
    std::int64_t k;
    workflow::Finding finding;
    std::optional<std::string> reason;
    std::optional<std::string> waived_by;
    std::optional<std::string> confirmed_by;
};

/// What becomes of the files of cases: their states, quarantine, findings, release. Every change is a journal entry of
/// its own (object "file"), so the case and its version stand still. Writing functions on the writer thread, inside a
/// job; reading ones on any connection.
class CaseFiles {
public:
    CaseFiles(Vault const& vault, Journal& journal) : vault_(vault), journal_(journal) {}

    /// A file that has just been attached. A mark opens an incident and quarantines it.
    void add(
        Connection& connection,
        FileRef const& file,
        std::string_view sha256,
        FileVerdict const& verdict,
        Author const& by,
        workflow::Instant now
    );
    /// What the scan of a waiting file has come to.
    void scanned(Connection& connection, FileRef const& file, workflow::FileState state, workflow::Instant now);
    /// What another examination has come to, of a file that waits for it or was examined by older rules. What two
    /// people have decided about it before stands.
    void examined(Connection& connection, FileRef const& file, FileVerdict const& verdict, workflow::Instant now);

    /// Refused unless the incident is open.
    workflow::Result<void> propose(
        Connection& connection,
        std::int64_t incident,
        workflow::QuarantineProposal const& proposal,
        Author const& by,
        workflow::Instant now
    );
    /// Somebody else than who proposed. Gives the content to be destroyed, which nothing uses any more.
    workflow::Result<std::optional<std::string>> confirm(
        Connection& connection, std::int64_t incident, Author const& by, workflow::Instant now
    );

    /// Takes the place of earlier findings and their waivers, and of an earlier release. `pages`: of the file, where
    /// they can be counted.
    void save_findings(
        Connection& connection,
        FileRef const& file,
        std::vector<workflow::Finding> const& findings,
        std::optional<int> pages,
        Author const& by,
        workflow::Instant now
    );
    workflow::Result<void> waive(
        Connection& connection,
        FileRef const& file,
        std::int64_t k,
        std::string_view reason,
        Author const& by,
        workflow::Instant now
    );
    /// Somebody else than who waived it.
    workflow::Result<void> confirm_waiver(
        Connection& connection, FileRef const& file, std::int64_t k, Author const& by, workflow::Instant now
    );
    /// Refused unless the file is available, checked, and every finding settled.
    workflow::Result<void> release(
        Connection& connection, FileRef const& file, Author const& by, workflow::Instant now
    );
    /// `file` has been made from the `source`-th.
    void derived(
        Connection& connection,
        FileRef const& file,
        std::int64_t source,
        workflow::Redaction const& areas,
        Author const& by,
        workflow::Instant now
    );

    /// Whether a case or a letter still needs this content.
    bool is_used(Connection& connection, std::string_view sha256) const;
    std::optional<KeptFile> find(Connection& connection, FileRef const& file) const;
    std::vector<KeptFile> of_case(Connection& connection, std::string_view case_id) const;
    /// Available where nothing is known.
    workflow::FileState state(Connection& connection, FileRef const& file) const;
    std::vector<KeptFile> awaiting_scan(Connection& connection, std::int64_t limit) const;
    std::vector<KeptFile> awaiting_examination(Connection& connection, std::int64_t limit) const;
    /// Files in use that were examined by older rules than these, the oldest first.
    std::vector<KeptFile> examined_before(Connection& connection, std::int64_t rules, std::int64_t limit) const;
    /// Open ones first, the newest first; at most `limit`.
    std::vector<Incident> incidents(Connection& connection, std::int64_t limit) const;
    std::vector<SettledFinding> findings(Connection& connection, FileRef const& file) const;
    /// What was blacked out in a derived file.
    std::optional<workflow::Redaction> redaction(Connection& connection, FileRef const& file) const;

private:
    struct Change;
    void quarantine(
        Connection& connection, FileRef const& file, std::string_view mark, Author const& by, workflow::Instant now
    );
    void set_state(Connection& connection, FileRef const& file, workflow::FileState state);
    void record(Connection& connection, Change const& change);

    Vault const& vault_;
    Journal& journal_;
};

/// What goes with the reply (随答复提供): released, and available. `attachments` are those of the case.
struct ReleasedFile {
    workflow::Attachment const& attachment;
    std::optional<int> pages;
};
std::vector<ReleasedFile> released_files(
    Connection& connection, std::string_view case_id, std::vector<workflow::Attachment> const& attachments
);
/// The same as letters and checks speak of it.
std::vector<workflow::EnclosedFile> enclosed_files(
    Connection& connection, std::string_view case_id, std::vector<workflow::Attachment> const& attachments
);
/// The same by their SHA-256.
std::vector<workflow::Code> released_contents(Connection& connection, std::string_view case_id);

}  // namespace storage
