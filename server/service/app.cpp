#include "server/service/app.hpp"

#include "server/api/resources.hpp"
#include "server/pages/pages.hpp"
#include "server/service/staff_application.hpp"

namespace server {
namespace {

void watch_writes(Metrics& metrics, storage::WriteQueue const& writes) {
    struct Gauge {
        std::string_view name;
        std::string_view help;
        double (*read)(storage::WriteStatistics const&);
    };
    static constexpr Gauge kGauges[] = {
        {"write_queue_jobs",
         "Jobs waiting for the writer.",
         [](storage::WriteStatistics const& s) { return static_cast<double>(s.queued_jobs); }},
        {"write_queue_bytes",
         "Bytes waiting for the writer.",
         [](storage::WriteStatistics const& s) { return static_cast<double>(s.queued_bytes); }},
        {"write_batches",
         "Commits since the start.",
         [](storage::WriteStatistics const& s) { return static_cast<double>(s.batches); }},
        {"write_jobs",
         "Jobs run since the start.",
         [](storage::WriteStatistics const& s) { return static_cast<double>(s.jobs); }},
        {"write_rejected",
         "Jobs turned away because the queue was full.",
         [](storage::WriteStatistics const& s) { return static_cast<double>(s.rejected); }},
        {"write_commit_seconds",
         "Time spent in commits since the start.",
         [](storage::WriteStatistics const& s) { return std::chrono::duration<double>(s.commit_total).count(); }},
        {"write_log_bytes",
         "Size of the write-ahead log.",
         [](storage::WriteStatistics const& s) { return static_cast<double>(s.log_bytes); }},
        {"write_full",
         "1 while the disk is full.",
         [](storage::WriteStatistics const& s) { return s.full ? 1.0 : 0.0; }},
        {"write_failed",
         "1 after a failed commit: nothing is written until a restart.",
         [](storage::WriteStatistics const& s) { return s.failed ? 1.0 : 0.0; }},
    };
    for (auto const& gauge : kGauges) {
        metrics.gauge(gauge.name, gauge.help, [&writes, read = gauge.read] { return read(writes.statistics()); });
    }
}

}  // namespace

App::App(Config const& config, storage::Store& store, TimeSource const& time, Log& log, Metrics& metrics, Assets assets)
    : config_(config),
      reader_(store.connect()),
      pool_(store, config_.reads),
      file_work_(config_),
      access_(config_),
      uploads_(config_, store.files()),
      services_{config_, time, metrics, store, *reader_, pool_, file_work_, access_, streams_, imports_, uploads_},
      site_(services_, assets.pages) {
    api::mount(router_, services_, api::operations());
    pages::mount(router_, site_, pages::all_pages());
    mount_staff_application(router_, assets.staff);
    watch_writes(metrics, store.writes());
    metrics.gauge("sessions_open", "Open sessions.", [this] { return static_cast<double>(access_.sessions.size()); });
    metrics.gauge("event_streams", "Open event streams.", [this] { return static_cast<double>(streams_.size()); });
    metrics.gauge("log_lines_dropped", "Log lines dropped because the disk was too slow.", [&log] {
        return static_cast<double>(log.dropped());
    });
    metrics.gauge("uploads_in_flight", "Files that are being uploaded.", [this] {
        return static_cast<double>(uploads_.all().files);
    });
    metrics.gauge("uploads_in_flight_bytes", "Room that uploads have been promised.", [this] {
        return static_cast<double>(uploads_.all().bytes);
    });
    watch_deliveries();
    watch_waiting();
    watch_letters();
    // What a stream may tell follows from the journal, and whether it may go on from the session and the accounts.
    store.journal().watch([this] { streams_.ring(); });
    access_.sessions.watch([this] { streams_.ring(); });
}

void App::watch_deliveries() {
    using storage::MessageKind;
    static std::vector const kinds{
        MessageKind::Letter, MessageKind::Notification, MessageKind::Email, MessageKind::Sms, MessageKind::DailyDigest};
    auto const figures = [this] { return services_.store.outbox().figures(*reader_, kinds); };
    services_.metrics.gauge("outbox_waiting", "Messages still to be sent.", [figures] {
        return static_cast<double>(figures().waiting);
    });
    services_.metrics.gauge("outbox_dead", "Messages that could not be sent.", [figures] {
        return static_cast<double>(figures().dead);
    });
    services_.metrics.gauge("outbox_oldest_seconds", "Age of the oldest message still to be sent.", [this, figures] {
        auto const oldest = figures().oldest;
        return oldest ? std::chrono::duration<double>(services_.time.now() - *oldest).count() : 0.0;
    });
}

void App::watch_waiting() {
    services_.metrics.gauge("reads_waiting", "Slow reads that wait for a thread.", [this] {
        return static_cast<double>(pool_.waiting());
    });
    services_.metrics.gauge("file_jobs_waiting", "Examinations, pictures and checks that wait for a thread.", [this] {
        auto const& [examinations, pictures, long_checks] = file_work_;
        return static_cast<double>(examinations.waiting() + pictures.waiting() + long_checks.waiting());
    });
}

void App::watch_letters() {
    auto const figures = [this] { return services_.store.outbox().statutory_figures(*reader_); };
    services_.metrics.gauge("letters_waiting", "Letters and notices of the law still to be made or sent.", [figures] {
        return static_cast<double>(figures().waiting);
    });
    services_.metrics.gauge("letters_oldest_seconds", "Age of the oldest of them.", [this, figures] {
        auto const oldest = figures().oldest;
        return oldest ? std::chrono::duration<double>(services_.time.now() - *oldest).count() : 0.0;
    });
    services_.metrics.gauge("outbox_past_lease", "Messages in hand for longer than their lease.", [this] {
        return static_cast<double>(services_.store.outbox().past_lease(*reader_, services_.time.now()));
    });
}

App::~App() { services_.store.journal().watch({}); }

void App::stop() {
    access_.passwords.stop();
    pool_.stop();
    file_work_.stop();
}

}  // namespace server
