#include "storage/office/outbox.hpp"

#include "storage/engine/columns.hpp"
#include "storage/engine/query.hpp"
#include "workflow/letters/notifications.hpp"

#include <algorithm>
#include <string_view>

namespace storage {
namespace {

using workflow::Instant;

constexpr std::string_view kMessageOrder = "newest";  // as the cursors of the list say

/// Begins the selection of messages.
Query select_messages() {
    Query select;
    select += "SELECT ";
    select.columns<Outbox::Message>();
    select += ", error FROM outbox WHERE ";
    return select;
}

Outbox::Message read_message(Rows const& rows) {
    int column = 0;
    auto message = read_columns<Outbox::Message>(rows, column);
    message.error = rows.optional_text(column).value_or("");  // null before the first attempt
    return message;
}

std::vector<Outbox::Message> read_messages(Rows rows) {
    std::vector<Outbox::Message> messages;
    while (rows.next()) messages.push_back(read_message(rows));
    return messages;
}

/// Reads rows of a state, its count and its oldest.
Outbox::Figures read_figures(Rows rows) {
    Outbox::Figures figures;
    while (rows.next()) {
        auto const state = read_column<MessageState>(rows, 0);
        if (state == MessageState::Held) continue;
        if (state == MessageState::Dead || state == MessageState::Bounced) {
            figures.dead += rows.int64(1);
            continue;
        }
        figures.waiting += rows.int64(1);
        auto const oldest = read_column<Instant>(rows, 2);
        if (!figures.oldest || oldest < *figures.oldest) figures.oldest = oldest;
    }
    return figures;
}

std::vector<std::string> statutory_topics() {
    std::vector<std::string> topics;
    for (auto const& term : workflow::kNotifications) {
        if (workflow::rule_of(term.value).statutory) topics.emplace_back(term.code);
    }
    return topics;
}

/// After the attempt of this number: 1, 2, 4 … times the first wait.
std::chrono::minutes wait_after(Backoff const& backoff, std::int64_t attempt) {
    return std::min(backoff.first * (std::int64_t{1} << std::min<std::int64_t>(attempt - 1, 30)), backoff.longest);
}

}  // namespace

std::int64_t Outbox::add(Connection& connection, NewMessage const& message, Instant now) {
    auto const state = message.held ? MessageState::Held : MessageState::Waiting;
    auto rows = connection.query(
        "INSERT INTO outbox (kind, case_id, seq, agency, topic, recipient, state, created_at, due_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        workflow::code(message.kind),
        message.case_id,
        message.seq,
        message.agency.value,
        message.topic,
        message.recipient,
        workflow::code(state),
        workflow::to_milliseconds(now),
        message.held ? std::nullopt : std::optional(workflow::to_milliseconds(now))
    );
    rows.next();
    auto const id = rows.int64(0);
    rows.next();  // runs the statement to its end
    return id;
}

std::vector<Outbox::Message> Outbox::due(Connection& connection, MessageKind kind, Instant now, std::int64_t limit)
    const {
    auto select = select_messages();
    select += "kind = ";
    select.bind(std::string(workflow::code(kind)));
    select += " AND due_at <= ";
    select.bind(Parameter(workflow::to_milliseconds(now)));
    select += " ORDER BY due_at, id LIMIT ";
    select.bind(Parameter(limit));
    return read_messages(select.run(connection));
}

std::vector<Outbox::Message> Outbox::claim(
    Connection& connection, MessageKind kind, Instant now, std::int64_t limit, std::chrono::milliseconds lease
) const {
    auto messages = due(connection, kind, now, limit);
    for (Message& message : messages) {
        message.state = MessageState::Sending;
        ++message.attempts;
        message.due_at = now + lease;
        connection.execute(
            "UPDATE outbox SET state = 'sending', attempts = $2, due_at = $3 WHERE id = $1",
            message.id,
            message.attempts,
            workflow::to_milliseconds(*message.due_at)
        );
    }
    return messages;
}

void Outbox::release_held(Connection& connection, std::string_view case_id, Instant now) {
    connection.execute(
        "UPDATE outbox SET state = 'waiting', due_at = $2 WHERE case_id = $1 AND state = 'held'",
        case_id,
        workflow::to_milliseconds(now)
    );
}

void Outbox::release(Connection& connection, Instant now) {
    connection.execute(
        "UPDATE outbox SET state = 'waiting', attempts = attempts - 1, due_at = $1 WHERE state = 'sending'",
        workflow::to_milliseconds(now)
    );
}

MessageState Outbox::settle(Connection& connection, Message const& message, Settlement const& settlement, Instant now) {
    Backoff const& backoff = backoff_of(message.kind);
    MessageState state = MessageState::Sent;
    std::int64_t attempts = message.attempts + (message.state == MessageState::Sending ? 0 : 1);
    std::optional<std::int64_t> due_at;
    switch (settlement.verdict) {
        case Verdict::Sent:
            break;
        case Verdict::Later:
            --attempts;
            state = attempts == 0 ? MessageState::Waiting : MessageState::Retrying;
            due_at = workflow::to_milliseconds(settlement.again);
            break;
        case Verdict::Failed:
            state = attempts < backoff.attempts ? MessageState::Retrying : MessageState::Dead;
            if (state == MessageState::Retrying)
                due_at = workflow::to_milliseconds(now + wait_after(backoff, attempts));
            break;
        case Verdict::Hopeless:
            state = MessageState::Dead;
            break;
        case Verdict::Needless:
            state = MessageState::Cancelled;
            break;
    }
    std::optional<std::int64_t> done_at;
    if (state == MessageState::Sent) done_at = workflow::to_milliseconds(now);
    // What a person has cancelled in the meantime stays so; and whoever has taken it anew has counted one attempt more.
    auto const changed = connection.execute(
        "UPDATE outbox SET state = $2, attempts = $3, due_at = $4, done_at = $5, error = $6 "
        "WHERE id = $1 AND attempts = $7 AND state IN ('waiting', 'sending', 'retrying')",
        message.id,
        workflow::code(state),
        attempts,
        due_at,
        done_at,
        settlement.error,
        message.attempts
    );
    return changed == 0 ? MessageState::Cancelled : state;
}

void Outbox::drop(Connection& connection, MessageKind kind, Instant before) {
    connection.execute(
        "UPDATE outbox SET state = 'cancelled', due_at = NULL WHERE kind = $1 AND created_at < $2 AND state = "
        "'waiting'",
        workflow::code(kind),
        workflow::to_milliseconds(before)
    );
}

std::int64_t Outbox::clear(Connection& connection, Instant before, std::int64_t limit) {
    return connection.execute(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN ('sent', 'cancelled') "
        "AND coalesce(done_at, created_at) < $1 AND id < (SELECT max(id) FROM outbox) AND NOT EXISTS "
        "(SELECT 1 FROM cases WHERE cases.id = outbox.case_id AND cases.state <> 'archived') LIMIT $2)",
        workflow::to_milliseconds(before),
        limit
    );
}

void Outbox::move(Connection& connection, std::int64_t id, MessageState to, Instant now, std::string_view reference) {
    std::optional<std::int64_t> due_at;
    std::optional<std::int64_t> done_at;
    if (to == MessageState::Waiting) due_at = workflow::to_milliseconds(now);
    if (to == MessageState::Sent) done_at = workflow::to_milliseconds(now);
    connection.execute(
        "UPDATE outbox SET state = $2, due_at = $3, done_at = coalesce($4, done_at), reference = $5, "
        "attempts = CASE WHEN $2 = 'waiting' THEN 0 ELSE attempts END WHERE id = $1",
        id,
        workflow::code(to),
        due_at,
        done_at,
        reference
    );
}

void Outbox::close(
    Connection& connection,
    std::string_view case_id,
    std::vector<std::string> const& topics,
    std::string_view reference,
    Instant now
) {
    if (topics.empty()) return;
    Query done;
    done +=
        "UPDATE outbox SET due_at = NULL, state = CASE WHEN kind = 'print' THEN 'sent' ELSE 'cancelled' END, done_at "
        "= ";
    done.bind(Parameter(workflow::to_milliseconds(now)));
    done += ", reference = CASE WHEN kind = 'print' THEN ";
    done.bind(std::string(reference));
    done += " ELSE reference END WHERE case_id = ";
    done.bind(std::string(case_id));
    done +=
        " AND recipient = 'applicant' AND (kind = 'print' AND state = 'waiting' OR kind = 'email' AND state IN "
        "('waiting', 'retrying', 'dead', 'bounced')) AND ";
    done.one_of("topic", topics);
    done.execute(connection);
}

std::vector<std::string> Outbox::open_deliveries(Connection& connection, std::string_view case_id) const {
    auto select = select_messages();
    select += "case_id = ";
    select.bind(std::string(case_id));
    select += " AND kind IN ('print', 'email') AND state NOT IN ('sent', 'cancelled') AND ";
    select.one_of("topic", statutory_topics());
    std::vector<std::string> open;
    for (Message const& message : read_messages(select.run(connection))) {
        auto const topic = workflow::parse<workflow::Notification>(message.topic);
        std::string words(workflow::label(message.kind));
        words.append("“").append(topic ? workflow::label(*topic) : std::string_view(message.topic)).append("”（");
        words.append(workflow::label(message.state)).append("，");
        open.push_back(words.append(workflow::to_string(workflow::local_date(message.created_at))).append("产生）"));
    }
    return open;
}

std::optional<Outbox::Message> Outbox::find(Connection& connection, std::int64_t id) const {
    auto select = select_messages();
    select += "id = ";
    select.bind(Parameter(id));
    auto found = read_messages(select.run(connection));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

workflow::Result<ListSlice<Outbox::Message>> Outbox::list(Connection& connection, Filter const& filter) const {
    auto select = select_messages();
    select += "1 = 1";
    if (!filter.everything) select += " AND ", select.one_of("agency", filter.agencies);
    select.and_one_of("kind", filter.kinds);
    select.and_one_of("state", filter.states);
    if (!filter.case_id.empty()) select += " AND case_id = ", select.bind(filter.case_id);
    if (!filter.cursor.empty()) {
        auto const place = parse_cursor(kMessageOrder, filter.cursor);
        if (!place) return bad_cursor();
        select += " AND id < ";
        select.bind(Parameter(place->row));
    }
    select += " ORDER BY id DESC LIMIT ";
    return select.read_slice(connection, filter.limit, read_message, [](Rows const& rows) {
        return to_cursor(kMessageOrder, {{}, read_message(rows).id});
    });
}

bool Outbox::is_pending(
    Connection& connection, MessageKind kind, std::string_view case_id, std::optional<std::int64_t> seq
) const {
    return connection
        .query(
            "SELECT 1 FROM outbox WHERE case_id = $1 AND kind = $2 AND seq = coalesce($3, seq) "
            "AND state IN ('waiting', 'sending', 'retrying')",
            case_id,
            workflow::code(kind),
            seq
        )
        .next();
}

Outbox::Figures Outbox::figures(
    Connection& connection, std::vector<MessageKind> const& kinds, workflow::Code const& agency
) const {
    Query select;
    select += "SELECT state, count(*), min(created_at) FROM outbox WHERE state NOT IN ('sent', 'cancelled') AND ";
    select.one_of("kind", kinds);
    if (!agency.empty()) {
        select += " AND agency = ";
        select.bind(agency.value);
    }
    select += " GROUP BY state";
    return read_figures(select.run(connection));
}

Outbox::Figures Outbox::statutory_figures(Connection& connection) const {
    Query select;
    select +=
        "SELECT state, count(*), min(created_at) FROM outbox WHERE state NOT IN ('sent', 'cancelled') AND "
        "(kind IN ('letter', 'notification') OR (kind IN ('email', 'sms') AND ";
    select.one_of("topic", statutory_topics());
    select += ")) GROUP BY state";
    return read_figures(select.run(connection));
}

std::int64_t Outbox::past_lease(Connection& connection, Instant now) const {
    // The first condition is the one of the index.
    auto rows = connection.query(
        "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'cancelled') AND state = 'sending' AND due_at <= $1",
        workflow::to_milliseconds(now)
    );
    rows.next();
    return rows.int64(0);
}

bool Outbox::has_since(
    Connection& connection, MessageKind kind, std::string_view topic, std::string_view recipient, Instant since
) const {
    return connection
        .query(
            "SELECT 1 FROM outbox WHERE kind = $1 AND topic = $2 AND recipient = $3 AND created_at >= $4 LIMIT 1",
            workflow::code(kind),
            topic,
            recipient,
            workflow::to_milliseconds(since)
        )
        .next();
}

}  // namespace storage
