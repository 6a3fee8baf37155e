#include "server/service/service.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <fmt/format.h>

#include <charconv>

#include "server/delivery/deliveries.hpp"
#include "server/files/child.hpp"
#include "server/http/listener.hpp"
#include "server/jobs/daily_run.hpp"
#include "server/jobs/file_scan.hpp"
#include "server/jobs/letter_maker.hpp"
#include "server/jobs/outbox_worker.hpp"
#include "server/runtime/control.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/metrics.hpp"
#include "server/runtime/system_fault.hpp"
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

http::ListenerOptions listener_options(Config const& config) {
    http::ListenerOptions options;
    options.endpoint = {net::ip::make_address(config.address), static_cast<net::ip::port_type>(config.port)};
    options.limits = config.limits;
    for (auto const& proxy : config.trusted_proxies) options.trusted_proxies.add(proxy);
    options.strict_transport = config.public_url.starts_with("https://");
    options.give_up = files::end_children;
    return options;
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

/// What a configuration that was read again changes in a running service. Io thread.
struct Reload {
    Config& config;
    App& app;
    http::Listener& listener;
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
        listener.apply(listener_options(config));
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

workflow::Refusal wrong(std::string code, std::string detail) {
    return {workflow::RefusalKind::Invalid, std::move(code), std::move(detail)};
}

workflow::Refusal cannot_listen(Config const& config, boost::system::error_code const& error) {
    bool const taken = error == boost::system::errc::address_in_use;
    return wrong(
        "cannot_listen",
        taken ? fmt::format("{}:{} 已被别的程序占用，请停止它或用 --listen 换一个端口。", config.address, config.port)
              : fmt::format(
                    "不能在 {}:{} 监听（{}），请检查地址和权限。",
                    config.address,
                    config.port,
                    describe_system_fault(error)
                )
    );
}

}  // namespace

Result<void> apply_listen(std::string const& listen, Config& config) {
    auto const colon = listen.rfind(':');
    if (colon == std::string::npos) return wrong("bad_listen", "--listen 应写作 地址:端口，例如 127.0.0.1:8080。");
    auto address = listen.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    auto const port = std::string_view(listen).substr(colon + 1);
    boost::system::error_code failed;
    net::ip::make_address(address, failed);
    std::uint16_t number = 0;
    auto const [end, bad] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (failed || bad != std::errc() || end != port.data() + port.size()) {
        return wrong("bad_listen", fmt::format("“{}”不是 地址:端口，例如 127.0.0.1:8080。", listen));
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
    Signals signals(log);  // before the store, so that they are heard until that is closed
    auto const store = std::move(opened);
    App app(config, *store, time, log, metrics, {web::public_assets(), web::staff_assets()});
    std::unique_ptr<http::Listener> listener;
    try {
        listener = std::make_unique<http::Listener>(io, listener_options(config), app.router(), log, metrics);
    } catch (boost::system::system_error const& error) {
        return cannot_listen(config, error.code());
    }
    ControlServer control({io, app.workers(), *store, time, log}, store->folder().control_socket(), commands);
    jobs::DailyRun daily_run(io, *store, config, time, log);
    jobs::FileScan file_scan(io, config, *store, time, log);
    std::unique_ptr<delivery::Deliveries> deliveries;
    try {
        deliveries = std::make_unique<delivery::Deliveries>(io, *store, config, time, log);
    } catch (std::runtime_error const& error) {
        return wrong("cannot_deliver", fmt::format("邮件和短信的设置不能使用（{}）。", error.what()));
    }
    jobs::OutboxWorker outbox(io, *store, config, time, log);
    metrics.gauge("outbox_retries", "Outcomes of messages that the storage had to be asked again to take.", [&outbox] {
        return static_cast<double>(outbox.retries());
    });
    deliveries->join(outbox);
    jobs::LetterMaker letters(*store, app.readers(), time, config);
    letters.join(outbox);

    auto const stop = [&] {
        listener->stop();
        control.stop();
        daily_run.stop();
        file_scan.stop();
        deliveries->stop();
        outbox.stop();
    };
    Reload const reload{config, app, *listener, log};
    if (!reread) reread = [same = config] { return same; };
    signals.hear(
        [&io, stop] { net::post(io, stop); },
        [&io, reload, reread] { net::post(io, [reload, fresh = reread()] { reload(fresh); }); }
    );
    listener->start();
    control.start();
    daily_run.start();
    file_scan.start();
    deliveries->start();
    outbox.start();
    log.info("started", {{"url", url_of(listener->endpoint())}});
    log_warnings(log, config);
    announce(url_of(listener->endpoint()));
    io.run();
    files::end_children();  // nobody waits for them any more
    deliveries->finish();
    app.stop();
    log.info("stopped");
    return {};
}

}  // namespace server
