#pragma once

#include "server/config/config.hpp"
#include "server/runtime/bounded_pool.hpp"
#include "server/runtime/metrics.hpp"

namespace server {

/// Thread pools for the work that foreign programs do on files, one pool for each kind, so that no kind delays another,
/// a database read, or the sealing of a file. io thread.
struct FileWork {
    explicit FileWork(Config const& config)
        : examinations(config.examinations), pictures(config.pictures), long_checks(config.long_checks) {}

    /// Registers its figure, read as long as the pools live.
    void report_to(Metrics& metrics) const {
        metrics.gauge("file_jobs_waiting", "Examinations, pictures and checks that wait for a thread.", [this] {
            return static_cast<double>(examinations.waiting() + pictures.waiting() + long_checks.waiting());
        });
    }

    /// After the io_context has run out of work: waits for the threads.
    void stop() {
        examinations.stop();
        pictures.stop();
        long_checks.stop();
    }

    BoundedPool examinations;  ///< of uploads
    BoundedPool pictures;      ///< of pages
    BoundedPool long_checks;   ///< release checks, cleaned copies, blacking out
};

}  // namespace server
