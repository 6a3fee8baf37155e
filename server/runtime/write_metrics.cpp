#include "server/runtime/write_metrics.hpp"

#include <chrono>
#include <string_view>

namespace server {

void report_writes(Metrics& metrics, storage::WriteQueue const& writes) {
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

}  // namespace server
