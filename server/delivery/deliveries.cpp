#include "server/delivery/deliveries.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <functional>
#include <utility>

#include "server/runtime/offload.hpp"

namespace server::delivery {
namespace {

using storage::Connection;
using storage::MessageKind;
using storage::MessageState;
using storage::Outbox;
using workflow::NotificationRule;

constexpr std::chrono::minutes kBetweenLooks{1};
constexpr std::string_view kDigest = workflow::code(workflow::Notification::Digest);

/// Refused where the case has moved on: then nothing needs to be recorded.
void act_as_system(
    storage::Store& store,
    Connection& connection,
    std::string_view case_id,
    workflow::Command const& command,
    workflow::Instant now
) {
    workflow::Actor system;
    system.roles = {workflow::Role::System};
    static_cast<void>(store.cases().act(connection, case_id, std::nullopt, command, system, now));
}

/// Whether the letter has gone out by hand before anything was planned.
bool is_sent_already(NotificationRule const& rule, workflow::Case const& facts) {
    auto const kind = workflow::notice_of(rule);
    auto const* const notice = kind ? workflow::find_notice(facts, *kind) : nullptr;
    return notice != nullptr && notice->dispatch.has_value();
}

/// Adds the messages that `rule` plans for the case of `message`, with `message` as their cause.
void add_all(
    storage::Store& store,
    Connection& connection,
    Outbox::Message const& message,
    NotificationRule const& rule,
    workflow::Case const& facts,
    Channels channels,
    workflow::Instant now
) {
    ContactOf const contact = [&](workflow::Code const& account) {
        return load_contact(store.drafts(), connection, account.value, now);
    };
    auto const topic = workflow::code(rule.notification);
    auto const& directory = store.directory().pending();
    auto const today = workflow::local_date(now);
    bool const unchecked = store.contact_checks().is_open(connection, message.case_id);
    auto const planned = plan(rule, facts, directory, channels, contact, today);
    if (is_sent_already(rule, facts)) return;
    for (Planned const& each : planned) {
        Outbox::NewMessage next{each.kind, message.case_id, message.seq, message.agency, topic, each.recipient};
        next.held = unchecked && each.kind != MessageKind::Print && each.recipient == kApplicant;
        store.outbox().add(connection, next, now);
    }
    auto const by_print = [](Planned const& each) { return each.kind == MessageKind::Print; };
    if (!planned.empty() && std::ranges::all_of(planned, by_print))
        record_failure(store, connection, message.case_id, rule, "没有可以使用的电子送达方式", now);
}

/// Whether another message carries the same to the same person.
bool is_carried(
    storage::Store& store, Connection& connection, Outbox::Message const& message, NotificationRule const& rule
) {
    Outbox::Filter filter;
    filter.everything = true;
    filter.case_id = message.case_id;
    filter.kinds = {MessageKind::Print, MessageKind::Email};
    if (rule.encloses == workflow::Enclosure::Nothing) filter.kinds.push_back(MessageKind::Sms);
    auto const others = store.outbox().list(connection, filter).value();
    return std::ranges::any_of(others.items, [&](Outbox::Message const& other) {
        bool const failed = other.state == MessageState::Dead || other.state == MessageState::Bounced;
        return other.id != message.id && !failed && other.seq == message.seq && other.topic == message.topic &&
               other.recipient == message.recipient;
    });
}

}  // namespace

Channels channels_of(Config const& config) { return {!config.mail_host.empty(), !config.sms_url.empty()}; }

void print_instead(
    storage::Store& store,
    Connection& connection,
    Outbox::Message const& message,
    Channels channels,
    workflow::Instant now
) {
    auto const notification = workflow::parse<workflow::Notification>(message.topic);
    if (!notification || !must_be_printed(workflow::rule_of(*notification), message.kind)) return;
    if (is_carried(store, connection, message, workflow::rule_of(*notification))) return;
    auto const found = store.cases().find(connection, message.case_id);
    if (!found) return;
    Outbox::NewMessage task{MessageKind::Print, message.case_id, message.seq, message.agency, message.topic};
    task.recipient = message.recipient;
    store.outbox().add(connection, task, now);
    auto const& failed = workflow::rule_of(workflow::Notification::DeliveryFailed);
    add_all(store, connection, message, failed, found->facts, channels, now);
}

void record_dispatch(
    storage::Store& store,
    Connection& connection,
    std::string_view case_id,
    NotificationRule const& rule,
    workflow::Instant now
) {
    auto const found = store.cases().find(connection, case_id);
    if (!found) return;
    auto const today = workflow::local_date(now);
    if (auto const notice = workflow::notice_of(rule)) {
        workflow::NoticeDispatch dispatch;
        dispatch.letter = *notice;
        dispatch.method = workflow::ObtainBy::Email;
        dispatch.dispatched_on = today;
        act_as_system(store, connection, case_id, {workflow::Action::DispatchLetter, dispatch}, now);
    } else if (auto sent = found->facts.sending; sent && sent->method == rule.way) {
        sent->dispatched_on = today;
        act_as_system(store, connection, case_id, {workflow::Action::ConfirmDispatch, *sent}, now);
    }
}

void record_failure(
    storage::Store& store,
    Connection& connection,
    std::string_view case_id,
    NotificationRule const& rule,
    std::string reason,
    workflow::Instant now
) {
    auto const found = store.cases().find(connection, case_id);
    if (!found || !found->facts.sending || found->facts.sending->method != rule.way) return;
    workflow::SendingFailure failure{*rule.way, std::move(reason)};
    act_as_system(store, connection, case_id, {workflow::Action::FailDispatch, std::move(failure)}, now);
}

void record_acceptance(
    storage::Store& store,
    Connection& connection,
    std::string_view case_id,
    std::optional<workflow::NoticeKind> letter,
    workflow::Instant now
) {
    auto const found = store.cases().find(connection, case_id);
    if (!found || found->facts.served_on()) return;
    workflow::DeliveryRecord record{{}, workflow::DeliveryResult::Accepted, workflow::local_date(now), {}};
    record.letter = letter;
    act_as_system(store, connection, case_id, {workflow::Action::RecordDelivery, record}, now);
}

Deliveries::Deliveries(
    net::io_context& io, storage::Store& store, Config const& config, TimeSource const& time, Log& log
)
    : store_(store),
      config_(config),
      time_(time),
      log_(log),
      channels_(channels_of(config)),
      mail_(store, config),
      sms_(store, config),
      timer_(io),
      own_(io.get_executor(), store.writes(), log) {}

void Deliveries::join(jobs::OutboxWorker& worker) {
    worker.handle(MessageKind::Notification, [this](Message message) { return lay_out(std::move(message)); });
    worker.handle(MessageKind::Email, [this](Message message) {
        return send(mail_thread_, mail_, &MailRoom::send_mail, std::move(message));
    });
    worker.handle(MessageKind::DailyDigest, [this](Message message) {
        return send(mail_thread_, mail_, &MailRoom::send_digest, std::move(message));
    });
    worker.handle(MessageKind::Sms, [this](Message message) { return send_text_message(std::move(message)); });
}

void Deliveries::start() { net::co_spawn(timer_.get_executor(), watch(), net::detached); }

void Deliveries::stop() {
    stopping_ = true;
    own_.stop();
    timer_.cancel();
}

void Deliveries::finish() {
    mail_thread_.join();
    sms_thread_.join();
}

// ---- laying out ----------------------------------------------------------------------------------------------------

net::awaitable<jobs::Attempt> Deliveries::lay_out(Message message) {
    Attempt attempt;
    attempt.record = [this, message = std::move(message)](Connection& connection, MessageState) {
        add_planned(connection, message);
    };
    co_return attempt;
}

void Deliveries::add_planned(Connection& connection, Message const& message) {
    auto const step = workflow::parse<workflow::Action>(message.topic);
    auto const found = store_.cases().find(connection, message.case_id);
    if (!step || !found) return;
    auto const told = store_.cases().step(connection, message.case_id, message.seq);
    auto const* const asked = told ? std::get_if<workflow::ConsultationLetter>(&told->event.payload) : nullptr;
    bool const served = asked != nullptr && asked->served_on;  // handed over before it was entered
    for (NotificationRule const* rule : workflow::notifications_after(*step, found->facts)) {
        if (served && rule->to == workflow::Audience::ThirdParty) continue;
        add_all(store_, connection, message, *rule, found->facts, channels_, time_.now());
    }
}

net::awaitable<void> Deliveries::lay_out_digests(workflow::Instant now) {
    auto const today = workflow::local_date(now);
    auto const midnight = workflow::start_of(today);
    bool const due = now >= midnight + std::chrono::hours(config_.digest_hour);
    if (!channels_.mail || !due || !store_.calendar().current()->is_workday(today)) co_return;
    std::function<void(Connection&)> add_digests = [this, now, midnight](Connection& connection) {
        for (auto const& [id, staff] : store_.directory().pending().staff()) {
            auto const contact = contact_of(connection, id);
            bool const wanted = !staff.disabled && contact.email && contact.digest;
            if (!wanted || store_.outbox().has_since(connection, MessageKind::DailyDigest, kDigest, id.value, midnight))
                continue;
            store_.outbox().add(connection, {MessageKind::DailyDigest, "", 0, staff.agency, kDigest, id.value}, now);
        }
    };
    co_await own_.commit(std::move(add_digests));
}

net::awaitable<void> Deliveries::watch() {
    std::optional<workflow::Date> done;
    while (!stopping_) {
        workflow::Instant const now = time_.now();
        if (workflow::local_date(now) != done) {
            try {
                co_await lay_out_digests(now);
                bool const past =
                    now >= workflow::start_of(workflow::local_date(now)) + std::chrono::hours(config_.digest_hour);
                if (past) done = workflow::local_date(now);
            } catch (std::exception const& error) {
                log_.error("digests are not laid out, next try in a minute", {{"error", error.what()}});
            }
        }
        if (stopping_) break;
        timer_.expires_after(kBetweenLooks);
        boost::system::error_code cancelled;
        auto token = net::redirect_error(net::use_awaitable, cancelled);
        co_await timer_.async_wait(token);
    }
}

// ---- sending -------------------------------------------------------------------------------------------------------

net::awaitable<jobs::Attempt> Deliveries::send(net::thread_pool& thread, MailRoom& room, Send how, Message message) {
    auto work = [&room, how, &message, now = time_.now()] { return (room.*how)(message, now); };
    Attempt attempt;
    attempt.settlement = co_await offload(thread, std::move(work));
    if (!attempt.settlement.error.empty()) {
        log_.info(
            "delivery",
            {{"id", message.id}, {"kind", workflow::code(message.kind)}, {"result", attempt.settlement.error}}
        );
    }
    attempt.record = [this, message = std::move(message)](Connection& connection, MessageState state) {
        conclude(connection, message, state);
    };
    co_return attempt;
}

net::awaitable<jobs::Attempt> Deliveries::send_text_message(Message message) {
    auto const& rule = workflow::rule_of(workflow::parse<workflow::Notification>(message.topic).value());
    auto const now = time_.now();
    auto const loud = next_loud_moment(now, config_.quiet_from, config_.quiet_until);
    bool const awaited =
        rule.notification == workflow::Notification::ContactCode;  // the applicant is waiting for the code
    if (rule.statutory || awaited || loud <= now)
        co_return co_await send(sms_thread_, sms_, &MailRoom::send_text, std::move(message));
    Attempt later;
    later.settlement.verdict = Outbox::Verdict::Later;
    later.settlement.error = "quiet_hours";
    later.settlement.again = loud;
    co_return later;
}

void Deliveries::conclude(Connection& connection, Message const& message, MessageState state) {
    if (state == MessageState::Sent) record_service(connection, message);
    if (state != MessageState::Dead) return;
    print_instead(store_, connection, message, channels_, time_.now());
    auto const& rule = workflow::rule_of(workflow::parse<workflow::Notification>(message.topic).value());
    if (is_carried(store_, connection, message, rule) && message.kind != MessageKind::Email) return;
    record_failure(store_, connection, message.case_id, rule, "没有送到，详见送达任务", time_.now());
}

void Deliveries::record_service(Connection& connection, Message const& message) {
    auto const& rule = workflow::rule_of(workflow::parse<workflow::Notification>(message.topic).value());
    bool const letter = rule.acceptance_is_service && message.kind == MessageKind::Email;
    bool const to_be_fetched = rule.way == workflow::ObtainBy::Download;
    if (letter || to_be_fetched) record_dispatch(store_, connection, message.case_id, rule, time_.now());
    if (letter) record_acceptance(store_, connection, message.case_id, workflow::notice_of(rule), time_.now());
}

Contact Deliveries::contact_of(Connection& connection, workflow::Code const& account) const {
    return load_contact(store_.drafts(), connection, account.value, time_.now());
}

}  // namespace server::delivery
