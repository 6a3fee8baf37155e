#pragma once

#include "storage/engine/driver.hpp"
#include "storage/engine/list_slice.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/result.hpp"
#include "workflow/words/term.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace storage {

/// What has to be done for a message, and so who does it.
enum class MessageKind : std::uint8_t { Letter, Notification, Email, Sms, Print, DailyDigest };
/// How far a message has come. The first three go on by themselves; a printed task waits for a person, a held message
/// for the check of its address (contact_checks.hpp). Whoever sends one holds it for the time of a lease; if the lease
/// ends before the message is settled, it is due again.
enum class MessageState : std::uint8_t { Waiting, Sending, Retrying, Sent, Dead, Bounced, Cancelled, Held };

// clang-format off
inline constexpr std::array kMessageKinds{
    workflow::Term{MessageKind::Letter, "letter", "制作文书"},
    workflow::Term{MessageKind::Notification, "notification", "安排通知"},
    workflow::Term{MessageKind::Email,  "email",  "电子邮件"},
    workflow::Term{MessageKind::Sms,    "sms",    "短信"},
    workflow::Term{MessageKind::Print,  "print",  "打印送达"},
    workflow::Term{MessageKind::DailyDigest, "digest", "每日摘要"},
};
constexpr auto const& terms(MessageKind) { return kMessageKinds; }

inline constexpr std::array kMessageStates{
    workflow::Term{MessageState::Waiting,   "waiting",   "等待"},
    workflow::Term{MessageState::Sending,   "sending",   "正在发送"},
    workflow::Term{MessageState::Retrying,  "retrying",  "失败待重试"},
    workflow::Term{MessageState::Sent,      "sent",      "已送出"},
    workflow::Term{MessageState::Dead,      "dead",      "无法送出"},
    workflow::Term{MessageState::Bounced,   "bounced",   "被退回"},
    workflow::Term{MessageState::Cancelled, "cancelled", "已取消"},
    workflow::Term{MessageState::Held,      "held",      "待核验"},
};
constexpr auto const& terms(MessageState) { return kMessageStates; }
// clang-format on
static_assert(workflow::is_well_formed<MessageKind>() && workflow::is_well_formed<MessageState>());

/// How often it is tried, and how long after each failure: the first wait, doubled each time up to the longest.
struct Backoff {
    std::chrono::minutes first;
    std::chrono::minutes longest;
    std::int64_t attempts;
};
/// In the order of MessageKind. A text message of yesterday helps nobody; a letter must go out.
inline constexpr std::array kBackoffs{
    Backoff{std::chrono::minutes{1}, std::chrono::days{1}, 12},
    Backoff{std::chrono::minutes{1}, std::chrono::days{1}, 12},
    Backoff{std::chrono::minutes{1}, std::chrono::days{1}, 12},
    Backoff{std::chrono::minutes{1}, std::chrono::hours{1}, 6},
    Backoff{std::chrono::minutes{1}, std::chrono::days{1}, 1},
    Backoff{std::chrono::minutes{1}, std::chrono::hours{1}, 6},
};
static_assert(kBackoffs.size() == kMessageKinds.size());
constexpr Backoff const& backoff_of(MessageKind kind) { return kBackoffs[static_cast<std::size_t>(kind)]; }

/// What has to happen after a commit (a letter to render, mail to send): written in the transaction of the event that
/// caused it, worked off afterwards, so nothing is announced that was not stored and nothing stored goes unannounced.
/// Names and addresses are never in it. Writing: writer thread, inside a job. Reading: any connection.
class Outbox {
public:
    struct NewMessage {
        MessageKind kind{};
        std::string_view case_id = {};  ///< empty where it is about no case
        std::int64_t seq = 0;           ///< the journal entry that caused it
        workflow::Code agency = {};     ///< whose business it is
        std::string_view topic = {};    ///< what is told: a code of workflow/letters/notifications.hpp
        std::string_view recipient = {};
        bool held = false;  ///< until the address it goes to has been checked
    };
    struct Message {
        std::int64_t id = 0;
        MessageKind kind{};
        MessageState state{};
        std::string case_id;
        std::int64_t seq = 0;
        workflow::Code agency;
        std::string topic;
        std::string recipient;
        std::int64_t attempts = 0;  ///< begun
        workflow::Instant created_at{};
        std::optional<workflow::Instant> due_at;   ///< when it is next tried; while it is being sent, its lease's end
        std::optional<workflow::Instant> done_at;  ///< when it was sent
        std::string error;                         ///< of the last attempt: a code, no address in it
        std::string reference;                     ///< what proves that it went out by hand: a postal number
    };

    std::int64_t add(Connection& connection, NewMessage const& message, workflow::Instant now);

    /// Messages of a kind due at `now`, oldest first; those whose lease has run out among them.
    std::vector<Message> due(Connection& connection, MessageKind kind, workflow::Instant now, std::int64_t limit) const;

    /// Begins an attempt at up to `limit` of them. Nobody else is given them until they are settled or the lease ends.
    std::vector<Message> claim(
        Connection& connection,
        MessageKind kind,
        workflow::Instant now,
        std::int64_t limit,
        std::chrono::milliseconds lease
    ) const;

    /// Releases the held messages about this case.
    void release_held(Connection& connection, std::string_view case_id, workflow::Instant now);

    /// Puts back what a crash has interrupted. At the start, before anything is claimed.
    void release(Connection& connection, workflow::Instant now);

    /// What has become of an attempt.
    enum class Verdict : std::uint8_t {
        Sent,
        Later,     ///< not now: tried again at `again`, and this was no attempt
        Failed,    ///< tried again after the wait of its kind; dead after the last attempt
        Hopeless,  ///< dead at once
        Needless   ///< cancelled: there is nobody to tell, or nothing any more
    };
    struct Settlement {
        Verdict verdict{};
        std::string error = {};
        workflow::Instant again = {};
    };
    /// Returns the state it is in now; Cancelled where a person has cancelled it in the meantime, or somebody else has
    /// taken it after its lease: then nothing has changed. For a message that was not taken in hand the attempt begins
    /// and ends here.
    MessageState settle(
        Connection& connection, Message const& message, Settlement const& settlement, workflow::Instant now
    );

    /// Cancels what has waited since before that moment.
    void drop(Connection& connection, MessageKind kind, workflow::Instant before);

    /// Deletes up to `limit` of what was sent or cancelled before that moment, and returns how many. What of it belongs
    /// in the journal stands there since the transaction that settled it. Stays: whatever is about a case that is not
    /// archived yet, for its page shows it; and the newest message of all, so that no id is ever given twice.
    std::int64_t clear(Connection& connection, workflow::Instant before, std::int64_t limit);

    // ---- what people do ----

    /// Sets the state, and with Waiting lets it be tried anew from the first attempt.
    void move(
        Connection& connection, std::int64_t id, MessageState to, workflow::Instant now, std::string_view reference = {}
    );

    /// The letters of these topics have reached the applicant: what is printed of them is done, and what could not be
    /// mailed is needed no more.
    void close(
        Connection& connection,
        std::string_view case_id,
        std::vector<std::string> const& topics,
        std::string_view reference,
        workflow::Instant now
    );

    // ---- reading ----

    /// What still has to be delivered of a case by law, each task in words: what, how, how far.
    std::vector<std::string> open_deliveries(Connection& connection, std::string_view case_id) const;

    std::optional<Message> find(Connection& connection, std::int64_t id) const;

    struct Filter {
        bool everything = false;  ///< else of these agencies
        std::vector<workflow::Code> agencies;
        std::vector<MessageKind> kinds;    ///< empty: all of them
        std::vector<MessageState> states;  ///< empty: all of them
        std::string case_id;               ///< empty: of any
        std::int64_t limit = 50;
        std::string cursor;
    };
    /// The newest first. Refused as invalid for a cursor that this program did not make.
    workflow::Result<ListSlice<Message>> list(Connection& connection, Filter const& filter) const;

    struct Figures {
        std::int64_t waiting = 0;                 ///< or in hand, or to be tried again; what is held does not
        std::int64_t dead = 0;                    ///< or bounced, and nobody has seen to it
        std::optional<workflow::Instant> oldest;  ///< of those that wait
    };
    /// `agency` empty: of all.
    Figures figures(Connection& connection, std::vector<MessageKind> const& kinds, workflow::Code const& agency = {})
        const;

    /// Of what the law asks for and the service does by itself: letters to be made, steps of which somebody has to be
    /// told, and mail and text messages that serve a letter.
    Figures statutory_figures(Connection& connection) const;

    /// How many are in hand for longer than their lease.
    std::int64_t past_lease(Connection& connection, workflow::Instant now) const;

    /// Whether a message of this kind about this case, or this journal entry of it, has still to be seen to.
    bool is_pending(
        Connection& connection, MessageKind kind, std::string_view case_id, std::optional<std::int64_t> seq = {}
    ) const;

    /// Whether a message of this kind, topic and recipient was made at or after `since`.
    bool has_since(
        Connection& connection,
        MessageKind kind,
        std::string_view topic,
        std::string_view recipient,
        workflow::Instant since
    ) const;
};

/// The columns of the table `outbox`, but for `error`, which may be null.
constexpr auto fields(std::type_identity<Outbox::Message>) {
    using T = Outbox::Message;
    return std::tuple{
        workflow::field("id", &T::id),
        workflow::field("kind", &T::kind),
        workflow::field("state", &T::state),
        workflow::field("case_id", &T::case_id),
        workflow::field("seq", &T::seq),
        workflow::field("agency", &T::agency),
        workflow::field("topic", &T::topic),
        workflow::field("recipient", &T::recipient),
        workflow::field("attempts", &T::attempts),
        workflow::field("created_at", &T::created_at),
        workflow::field("due_at", &T::due_at),
        workflow::field("done_at", &T::done_at),
        workflow::field("reference", &T::reference)};
}

}  // namespace storage
