#include "server/service/service.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <fmt/format.h>

#include <charconv>

#include "server/config/machine.hpp"
#include "server/files/child.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/metrics.hpp"
#include "server/runtime/time_source.hpp"
#include "server/service/app.hpp"
#include "server/service/signals.hpp"

namespace server {
namespace {

using workflow::Result;

LogLevel level_of(std::string_view name) {
    if (name == "debug") return LogLevel::Debug;
    if (name == "warning") return LogLevel::Warning;
    return name == "error" ? LogLevel::Error : LogLevel::Info;
}

std::string url_of(net::ip::tcp::endpoint const& endpoint) {
    auto const address = endpoint.address().to_string();
    return fmt::format(
        "http://{}:{}/", endpoint.address().is_v6() ? fmt::format("[{}]", address) : address, endpoint.port()
    );
}

void log_warnings(Log& log, Config const& config) {
    for (auto const& [code, detail] : warnings_of(config)) {
        log.warning("configuration", {{"code", code}, {"detail", detail}});
    }
}

/// Applies a configuration that was read again to the running service. Io thread.
struct Reload {
    Config& config;
    App& app;
    Jobs& jobs;
    Log& log;

    void operator()(Result<Config> const& fresh) const {
        if (fresh) {
            take(*fresh);
        } else {
            tell_faults(fresh.error().detail);
        }
        try {
            log.reopen(config.log_file);
        } catch (std::runtime_error const& error) {
            log.error("the log goes on in its old file", {{"file", config.log_file}, {"error", error.what()}});
        }
    }

private:
    void take(Config const& fresh) const {
        auto const [changed, at_restart] = take_over(config, fresh);
        jobs.apply_settings();
        app.apply_settings();
        log.set_level(level_of(config.log_level));
        log.info(
            "configuration reloaded",
            {{"changed", fmt::format("{}", fmt::join(changed, " "))},
             {"at_restart", fmt::format("{}", fmt::join(at_restart, " "))}}
        );
        log_warnings(log, config);
    }

    void tell_faults(std::string_view lines) const {
        while (!lines.empty()) {
            auto const end = std::min(lines.find('\n'), lines.size());
            log.error("configuration refused, nothing has changed", {{"fault", lines.substr(0, end)}});
            lines.remove_prefix(std::min(end + 1, lines.size()));
        }
    }
};

workflow::Refusal bad_listen(std::string detail) {
    return {workflow::RefusalKind::Invalid, "bad_listen", std::move(detail)};
}

}  // namespace

Result<void> apply_listen(std::string const& listen, Config& config) {
    auto const colon = listen.rfind(':');
    if (colon == std::string::npos) return bad_listen("--listen 应写作 地址:端口，例如 127.0.0.1:8080。");
    auto address = listen.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    auto const port = std::string_view(listen).substr(colon + 1);
    boost::system::error_code failed;
    net::ip::make_address(address, failed);
    std::uint16_t number = 0;
    auto const [end, bad] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (failed || bad != std::errc() || end != port.data() + port.size()) {
        return bad_listen(fmt::format("“{}”不是 地址:端口，例如 127.0.0.1:8080。", listen));
    }
    config.address = address;
    config.port = number;
    return {};
}

storage::WriteLimits write_limits(Config const& config) {
    storage::WriteLimits limits;
    limits.queued_jobs = static_cast<std::size_t>(config.write_queue_jobs);
    limits.queued_bytes = static_cast<std::size_t>(config.write_queue_bytes);
    limits.service_jobs = static_cast<std::size_t>(config.write_queue_service_jobs);
    limits.service_bytes = static_cast<std::size_t>(config.write_queue_service_bytes);
    limits.batch_jobs = static_cast<std::size_t>(config.write_batch_jobs);
    limits.batch_bytes = static_cast<std::size_t>(config.write_batch_bytes);
    return limits;
}

Result<void> run_service(
    Config config,
    std::unique_ptr<storage::Store> opened,
    std::span<Command const> commands,
    std::function<void(std::string const&)> const& announce,
    Reread reread
) {
    Log log({.level = level_of(config.log_level), .file = config.log_file});
    Metrics metrics;
    SystemTime const time;
    net::io_context io(1);
    Signals signals(log);  // before the store, so that signals are received until that is closed
    auto const store = std::move(opened);
    App app({config, *store, time, log, metrics}, {web::public_assets(), web::staff_assets()});
    auto const made = Jobs::make(io, app, commands);
    if (!made) return made.error();
    Jobs& jobs = **made;

    Reload const reload{config, app, jobs, log};
    if (!reread) reread = [same = config] { return same; };
    signals.hear(
        [&io, &jobs] { net::post(io, [&jobs] { jobs.stop(); }); },
        [&io, reload, reread] { net::post(io, [reload, fresh = reread()] { reload(fresh); }); }
    );
    jobs.start();
    auto const url = url_of(jobs.endpoint());
    log.info("started", {{"url", url}});
    log_warnings(log, config);
    for (auto const& [code, detail] : warnings_of_machine(config)) {
        log.warning("machine", {{"code", code}, {"detail", detail}});
    }
    announce(url);
    io.run();
    files::end_children();  // nobody waits for them any more
    jobs.finish();
    app.finish();
    log.info("stopped");
    return {};
}

}  // namespace server
