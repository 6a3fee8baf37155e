#include "server/app.hpp"

#include "server/api/operation.hpp"
#include "server/staff_application.hpp"

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
      pool_(store, static_cast<std::size_t>(config_.worker_threads)),
      access_(config_),
      uploads_(config_, store.files()),
      services_{config_, time, metrics, store, *reader_, pool_, access_, streams_, imports_, uploads_},
      site_(services_, assets.pages) {
    api::mount(router_, services_);
    pages::mount(router_, site_);
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

App::~App() { services_.store.journal().watch({}); }

void App::stop() {
    access_.passwords.stop();
    pool_.stop();
}

}  // namespace server
