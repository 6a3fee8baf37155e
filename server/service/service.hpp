#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "server/config/config.hpp"
#include "server/runtime/control.hpp"
#include "storage/store.hpp"

namespace server {

/// Reads the configuration once more. Any thread.
using Reread = std::function<workflow::Result<Config>()>;

/// Runs the service on an open store until SIGTERM or SIGINT: requests in flight are answered, the write queue is
/// drained; a second signal ends it at once (Signals). SIGHUP reopens the log file and takes over what `reread` finds
/// changed; without `reread` the settings stay. `commands` are what other processes may ask of it (ControlServer).
/// `announce(url)` is called when it listens. Refused when the address cannot be had or the log file not written.
workflow::Result<void> run_service(
    Config config,
    std::unique_ptr<storage::Store> opened,
    std::span<Command const> commands,
    std::function<void(std::string const& url)> const& announce,
    Reread reread = {}
);

/// "127.0.0.1:8080" or "[::1]:8080" into the configuration.
workflow::Result<void> apply_listen(std::string const& listen, Config& config);

/// The limits of the write queue, as configured.
storage::WriteLimits write_limits(Config const& config);

}  // namespace server
