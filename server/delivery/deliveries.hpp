#pragma once

#include "storage/store.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "server/config/config.hpp"
#include "server/delivery/mail_room.hpp"
#include "server/delivery/plan.hpp"
#include "server/jobs/outbox_worker.hpp"
#include "server/jobs/own_work.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/time_source.hpp"

namespace server::delivery {

/// Sends everything that leaves by network: plans who is to be notified, mails notices with their letters, hands text
/// messages to the gateway, and plans the digests once each working day. Mail and text messages have a thread each, so
/// that a slow server delays only its own kind. io thread; outlives the worker it has joined.
class Deliveries {
public:
    /// Reads the files that the settings name; throws std::runtime_error where it cannot.
    Deliveries(net::io_context& io, storage::Store& store, Config const& config, TimeSource const& time, Log& log);

    /// Takes over the kinds that are sent. Before the worker starts.
    void join(jobs::OutboxWorker& worker);

    /// Lays out the digests when they are due, looking once a minute.
    void start();
    void stop();
    /// After the io_context has run out of work: waits for what is being sent.
    void finish();

    /// Lays out the digests of the day, if it is their hour and they are not laid out yet.
    net::awaitable<void> lay_out_digests(workflow::Instant now);

private:
    using Message = storage::Outbox::Message;
    using Attempt = jobs::Attempt;
    using Send = storage::Outbox::Settlement (MailRoom::*)(Message const& message, workflow::Instant now);

    net::awaitable<Attempt> lay_out(Message message);
    net::awaitable<Attempt> send(net::thread_pool& thread, MailRoom& room, Send how, Message message);
    /// Text messages that can wait do so until the quiet hours are over.
    net::awaitable<jobs::Attempt> send_text_message(Message message);
    net::awaitable<void> watch();

    // Writer thread.
    void add_planned(storage::Connection& connection, Message const& message);
    void conclude(storage::Connection& connection, Message const& message, storage::MessageState state);
    void record_service(storage::Connection& connection, Message const& message);
    Contact contact_of(storage::Connection& connection, workflow::Code const& account) const;

    storage::Store& store_;
    Config const& config_;
    TimeSource const& time_;
    Log& log_;
    Channels const channels_;
    MailRoom mail_;
    MailRoom sms_;
    net::thread_pool mail_thread_{1};
    net::thread_pool sms_thread_{1};
    net::steady_timer timer_;
    jobs::OwnWork own_;
    bool stopping_ = false;
};

/// Adds a print task where the law requires delivery of a message that could not be sent, and notifies the registrars.
/// Writer thread, inside a job; for a message that is dead or has bounced.
void print_instead(
    storage::Store& store,
    storage::Connection& connection,
    storage::Outbox::Message const& message,
    Channels channels,
    workflow::Instant now
);

/// Records that a letter has gone out electronically, the other side having accepted it or the notice that it can be
/// fetched: from here a notice counts, and a reply concludes its case. Writer thread, inside a job.
void record_dispatch(
    storage::Store& store,
    storage::Connection& connection,
    std::string_view case_id,
    workflow::NotificationRule const& rule,
    workflow::Instant now
);

/// A reply that was on its way could not be sent: it comes back to the handler with the reason. Writer thread, inside a
/// job.
void record_failure(
    storage::Store& store,
    storage::Connection& connection,
    std::string_view case_id,
    workflow::NotificationRule const& rule,
    std::string reason,
    workflow::Instant now
);

/// Records the service of a letter that the recipient's system has accepted or the applicant has downloaded
/// (电子签名法第十一条), unless it is recorded already or the case has moved on. Writer thread, inside a job.
void record_acceptance(
    storage::Store& store,
    storage::Connection& connection,
    std::string_view case_id,
    std::optional<workflow::NoticeKind> letter,
    workflow::Instant now
);

/// The channels that the settings configure.
Channels channels_of(Config const& config);

}  // namespace server::delivery
