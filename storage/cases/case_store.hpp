#pragma once

#include "storage/engine/driver.hpp"
#include "storage/engine/list_slice.hpp"
#include "storage/journal/journal.hpp"
#include "storage/office/calendar_store.hpp"
#include "storage/office/contact_checks.hpp"
#include "storage/office/directory.hpp"
#include "storage/office/outbox.hpp"
#include "storage/office/publications.hpp"
#include "storage/vault/vault.hpp"
#include "workflow/procedure/decide.hpp"
#include "workflow/reply/checks.hpp"
#include "workflow/words/fields.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace storage {

struct CaseSummary;
struct ClockColumns;

/// What stands where personal data stood.
inline constexpr std::string_view kErasedText = "已销毁个人信息";

/// A case with the id by which the outside knows it (ordered_id: 26 characters that nobody guesses).
struct StoredCase {
    std::string id;
    workflow::Case facts;
};

/// Proves to the applicant that the request is in the journal; `check-receipt` verifies it offline.
struct Receipt {
    std::int64_t seq;
    std::string record;  ///< the journal entry, byte for byte
    std::int64_t tree_size;
    Digest root;
    std::vector<Digest> path;  ///< RFC 9162 inclusion proof of seq - 1 in the tree of tree_size
};

struct NewCase {
    StoredCase stored;
    std::string query_code;  ///< shown once; only its digest is kept
    Receipt receipt;
};

/// One line of a work list.
struct CaseRow {
    std::string id;
    std::string number;
    std::string agency;
    std::optional<std::string> department;
    std::optional<std::string> assignee;
    workflow::State state;
    workflow::Channel channel;
    workflow::ApplicantKind applicant_kind;
    std::optional<workflow::Outcome> outcome;
    workflow::Date submitted_on;
    std::optional<workflow::Date> received_on;
    std::optional<workflow::Date> reply_due;  ///< as of today: the daily run keeps paused cases up to date
    bool paused;                              ///< 征求意见中
    std::optional<workflow::Date> concluded_on;
    std::optional<workflow::Role> awaits;
    std::optional<workflow::CardLevel> card;            ///< the highest that stands
    std::optional<workflow::ApprovalStep> returned_at;  ///< 退回修改: until the reply goes up again
    std::optional<std::string> returned_by;
    std::optional<workflow::Date> returned_on;
    bool imported;           ///< from an earlier ledger
    bool contact_unchecked;  ///< nobody has checked the applicant's contact yet
    bool letter_unsent;      ///< 文书待送出
    std::int64_t version;
    std::string applicant;  ///< masked
    std::string title;      ///< of the first item
};

/// The columns of the table `cases` that a list shows as they are.
constexpr auto fields(std::type_identity<CaseRow>) {
    using T = CaseRow;
    return std::tuple{
        workflow::field("id", &T::id),
        workflow::field("number", &T::number),
        workflow::field("agency", &T::agency),
        workflow::field("department", &T::department),
        workflow::field("assignee", &T::assignee),
        workflow::field("state", &T::state),
        workflow::field("channel", &T::channel),
        workflow::field("applicant_kind", &T::applicant_kind),
        workflow::field("outcome", &T::outcome),
        workflow::field("submitted_on", &T::submitted_on),
        workflow::field("received_on", &T::received_on),
        workflow::field("reply_due", &T::reply_due),
        workflow::field("paused", &T::paused),
        workflow::field("concluded_on", &T::concluded_on),
        workflow::field("awaits", &T::awaits),
        workflow::field("card", &T::card),
        workflow::field("returned_at", &T::returned_at),
        workflow::field("returned_by", &T::returned_by),
        workflow::field("returned_on", &T::returned_on),
        workflow::field("version", &T::version),
        workflow::field("letter_unsent", &T::letter_unsent)};
}

enum class CaseSort : std::uint8_t { Due, Received, Number, Concluded };

/// Which rows the reader of a list may see. Every list has one, so nobody's list holds a case that is not his to see.
struct CaseScope {
    bool everything = false;
    std::vector<workflow::Code> agencies;             ///< whole agencies
    std::optional<workflow::Code> department_agency;  ///< … and the cases of one department of this agency
    workflow::Code department;
};

/// The filter of GET /cases; what is empty does not restrict. Before and after leave out the day itself.
struct CaseFilter {
    std::vector<workflow::State> states;
    std::vector<workflow::Code> agencies;  ///< already widened to subtrees by the caller
    std::optional<workflow::Code> department;
    std::optional<workflow::Code> assignee;
    std::optional<workflow::Channel> channel;
    std::vector<workflow::Outcome> outcomes;
    std::optional<workflow::ApplicantKind> applicant_kind;
    std::optional<workflow::Date> due_before;
    std::optional<workflow::Date> due_after;
    std::optional<workflow::Date> last_day_before;  ///< of the reply, of concluded cases too
    std::optional<workflow::Date> last_day_after;
    std::optional<workflow::Date> received_before;  ///< or submitted, while the receipt is not confirmed
    std::optional<workflow::Date> received_after;
    std::optional<workflow::Date> concluded_before;
    std::optional<workflow::Date> concluded_after;
    std::optional<workflow::Date> open_on;  ///< received by the end of this day and not concluded then
    std::optional<bool> open;               ///< not concluded
    std::optional<bool> paused;             ///< 征求意见中
    std::optional<bool> contact_unchecked;  ///< see contact_checks.hpp
    std::optional<bool> on_time;            ///< replied within the deadline, or after it
    std::optional<bool> anew;  ///< begun because a reply was ordered anew (such cases are not in the annual report)
    std::optional<workflow::CardLevel> card;
    std::optional<workflow::Code> batch;  ///< brought by this import
    /// Cases with a dispute of this kind that ended so in the year, or was pending at its end; without a result,
    /// either.
    struct InDispute {
        std::optional<workflow::DisputeKind> kind;
        std::optional<workflow::DisputeResult> result;
        bool pending = false;  ///< instead of a result
        int year = 0;
    };
    std::optional<InDispute> dispute;
    std::string text;  ///< a number, an exact name, phone or document number of the applicant, or part of a title or
                       ///< description
    /// 我的待办: waiting for the handler and assigned to one of `accounts` (oneself, and those one stands in for), or
    /// waiting for one of `roles`, or for the 协办意见 of `helping`.
    struct Mine {
        std::vector<workflow::Code> accounts;
        workflow::RoleSet roles;
        workflow::Code helping = {};  ///< a department; empty: none
    };
    std::optional<Mine> mine;
    bool unclaimed = false;                    ///< 待认领: given to a department, and nobody there has it
    std::optional<workflow::Code> watched_by;  ///< 关注: of this account
    CaseSort sort = CaseSort::Due;             ///< Concluded lists nothing else
    std::int64_t limit = 50;                   ///< 1 to 200
    std::string cursor;                        ///< empty: from the start
};

/// An account as the procedure knows it on that day.
workflow::Actor actor_of(Staff const& account, Directory const& directory, workflow::Date day);
/// What waits for an actor.
CaseFilter::Mine mine_of(workflow::Actor const& actor);

/// The rows that an account may see, from the same table as workflow::roles_on (a test compares the two).
CaseScope scope_of(workflow::Actor const& actor, Directory const& directory);

/// The cases: events in the journal, and the projection that queries read, written in one transaction.
class CaseStore {
public:
    CaseStore(
        Vault const& vault,
        Journal& journal,
        DirectoryStore& directory,
        CalendarStore& calendar,
        Publications const& publications
    );

    // ---- writer thread, inside a job ----

    /// Submit, Register or Import.
    workflow::Result<NewCase> create(
        Connection& connection, workflow::Command const& command, workflow::Actor const& actor, workflow::Instant now
    );

    /// Loads the case, decides, appends the event, saves the projection, and brings the cards of the case up to date
    /// before and after: each with an event of its own, so the version may grow by more than one. What an account does
    /// ends the check of the applicant's contact. `expected` is the version the caller has seen;
    /// another one is refused as stale. Nullopt: whatever it is (applicants and the daily run).
    workflow::Result<StoredCase> act(
        Connection& connection,
        std::string_view id,
        std::optional<std::int64_t> expected,
        workflow::Command const& command,
        workflow::Actor const& actor,
        workflow::Instant now
    );

    /// Does what is due for at most `limit` cases (lapses, cards, and the reply dates of paused cases that moved with
    /// the day); returns how many were touched. Call until 0: the daily run.
    std::int64_t run_due(Connection& connection, workflow::Instant now, std::int64_t limit);

    /// Computes anew on which day the daily run checks each open case of the agency, after its settings have changed.
    void reschedule_checks(Connection& connection, workflow::Code const& agency, workflow::Instant now);

    /// Computes the clock of every open case anew after the calendar has changed, with a journal entry old → new for
    /// each reply date that moved.
    void reproject_open(Connection& connection, Author const& by, workflow::Instant now);

    /// Destroys the key of a case and every other trace of its personal data but its files: what the projection and the
    /// indexes hold. Its journal entries stay, and their sealed text can be read no more. Retention decides whether.
    void erase(Connection& connection, std::string_view id);

    // ---- any connection, its own thread ----

    std::optional<StoredCase> find(Connection& connection, std::string_view id) const;
    /// By number and query code; nullopt alike for an unknown number and a wrong code, in the same time.
    std::optional<StoredCase> find_for_applicant(Connection& connection, std::string_view number, std::string_view code)
        const;

    /// What a reply to the case is checked against: the applicant's answered requests to the same agency, records that
    /// the agency has published already, and its master data.
    workflow::ReplyBackground reply_background(
        Connection& connection, StoredCase const& stored, Directory const& directory
    ) const;

    /// Refused as invalid for a cursor that this program did not make.
    workflow::Result<ListSlice<CaseRow>> list(Connection& connection, CaseScope const& scope, CaseFilter const& filter)
        const;

    /// How many the list has, whatever its sort, limit and cursor; counts no further than `most`.
    workflow::Result<std::int64_t> count(
        Connection& connection, CaseScope const& scope, CaseFilter const& filter, std::int64_t most
    ) const;

    /// One step: the event, the case right before it and right after.
    struct StepTaken {
        workflow::Case before;
        workflow::Event event;
        workflow::Case after;
    };
    /// Nullopt when journal entry `seq` is no event of this case.
    std::optional<StepTaken> step(Connection& connection, std::string_view id, std::int64_t seq) const;
    /// Whether an earlier import has brought this line of the ledger of `agency`; never of one without a number.
    bool in_ledger(Connection& connection, workflow::Code const& agency, workflow::LedgerSource const& source) const;

    struct TimelineEntry {
        std::int64_t seq;
        workflow::Event event;
    };
    /// The events of a case, oldest first, with their sealed text.
    std::vector<TimelineEntry> timeline(Connection& connection, std::string_view id) const;

    /// Open cases whose reply date another calendar would move: number, old, new.
    struct Moved {
        std::string number;
        std::optional<workflow::Date> before;
        std::optional<workflow::Date> after;
    };
    std::vector<Moved> moved_by(Connection& connection, workflow::WorkdayCalendar const& calendar, workflow::Date today)
        const;

    /// `journal verify`: folds every case from its events and compares it with its projection; one sentence per
    /// difference. `progress(done, of)` now and then.
    std::vector<std::string> refold(
        Connection& connection, std::function<void(std::int64_t, std::int64_t)> const& progress
    ) const;

private:
    struct Loaded;
    struct Folded;
    struct Begun;

    // Writer thread.
    /// Gives the decided case its number.
    void give_number(Connection& connection, workflow::Event& event, workflow::Code const& agency);
    /// Enters the first event of a case that has its number; `query` is the digest of the code that will open it.
    Begun begin(Connection& connection, workflow::Event const& event, Digest const& query);
    /// The case in which the reply is made anew, as `order` says; the query code of this one opens it.
    void begin_new_reply(
        Connection& connection, Loaded const& from, workflow::NewReplyOrder const& order, workflow::Instant now
    );
    /// Gives the decided letter its number, appends the event and saves what the case has become.
    workflow::Result<void> apply(Connection& connection, Loaded& loaded, workflow::Decision decision);
    /// Puts into the outbox what follows the commit of the event: letters to make, people to tell.
    void queue_messages(
        Connection& connection,
        StoredCase const& stored,
        workflow::Case const& before,
        workflow::Event const& event,
        std::int64_t seq
    );
    /// Issues, lifts and escalates what the cards of the case call for today (workflow/supervision/cards.hpp). False
    /// when it cannot.
    bool update_cards(Connection& connection, Loaded& loaded, workflow::Instant now);
    /// The row of a case that has just begun; returns its row_id.
    std::int64_t insert(
        Connection& connection, StoredCase const& stored, Digest const& query, ClockColumns const& clock
    );
    /// As the clock of the case stands at the end of `today`.
    ClockColumns clock_on(workflow::Case const& c, workflow::Date today) const;
    void save_clock(Connection& connection, Loaded& loaded, ClockColumns clock);
    void index_applicant(Connection& connection, std::int64_t row, workflow::Case const& facts);
    void forget_search(Connection& connection, Loaded const& loaded);
    void index_form(Connection& connection, std::int64_t row, workflow::Application const& application);
    Agency const& agency_of(workflow::Case const& c) const;

    // Any thread.
    void add_event(Folded& folded, Rows const& row) const;
    std::string difference(Connection& connection, Folded const& folded, workflow::WorkdayCalendar const& calendar)
        const;
    std::optional<Loaded> load(Connection& connection, std::string_view id) const;
    workflow::Case open_body(std::string_view id, BytesView body) const;
    Bytes seal_body(std::string_view id, workflow::Case const& c) const;
    Bytes seal_summary(std::string_view id, CaseSummary const& summary) const;
    CaseSummary open_summary(std::string_view id, BytesView summary) const;
    Digest digest_of_query(std::string_view number, std::string_view code) const;

    Vault const& vault_;
    Journal& journal_;
    DirectoryStore& directory_;
    CalendarStore& calendar_;
    Publications const& publications_;
    Outbox outbox_;
    ContactChecks contact_checks_;
};

}  // namespace storage
