#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/config.hpp"
#include "server/verbs/verb.hpp"

namespace server::verbs {

/// Runs the service on an open store until SIGTERM or SIGINT: requests in flight are answered, the write queue is
/// drained; a second signal closes what is left at once. `announce(url)` is called when it listens. Refused when the
/// address cannot be had or the log file not written.
workflow::Result<ExitCode> run_service(
    Config const& config,
    std::unique_ptr<storage::Store> store,
    std::function<void(std::string const& url)> const& announce
);

/// "127.0.0.1:8080" or "[::1]:8080" into the configuration.
workflow::Result<void> apply_listen(std::string const& listen, Config& config);

/// The limits of the write queue, as configured.
storage::WriteLimits write_limits(Config const& config);

}  // namespace server::verbs
