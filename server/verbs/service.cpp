#include "server/verbs/service.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>

#include <fmt/format.h>

#include <charconv>
#include <csignal>

#include "server/app.hpp"
#include "server/control.hpp"
#include "server/delivery/deliveries.hpp"
#include "server/http/listener.hpp"
#include "server/jobs/daily_run.hpp"
#include "server/jobs/file_scan.hpp"
#include "server/jobs/letter_maker.hpp"
#include "server/jobs/outbox_worker.hpp"
#include "server/log.hpp"
#include "server/metrics.hpp"
#include "server/time_source.hpp"
#include "server/verbs/words.hpp"

namespace server::verbs {
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
    return options;
}

std::string url_of(net::ip::tcp::endpoint const& endpoint) {
    auto const address = endpoint.address().to_string();
    return fmt::format(
        "http://{}:{}/", endpoint.address().is_v6() ? fmt::format("[{}]", address) : address, endpoint.port()
    );
}

/// How far the letters are: what waits in the outbox for them.
void watch_letters(Metrics& metrics, storage::Store& store) {
    auto read = [&store, reader = std::shared_ptr(store.connect())] {
        return static_cast<double>(store.outbox().figures(*reader, {storage::MessageKind::Letter}).waiting);
    };
    metrics.gauge("letters_waiting", "Steps whose letters have still to be made.", std::move(read));
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
                    describe(std::error_code(error))
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
    limits.batch_jobs = static_cast<std::size_t>(config.write_batch_jobs);
    limits.batch_bytes = static_cast<std::size_t>(config.write_batch_bytes);
    return limits;
}

Result<ExitCode> run_service(
    Config const& config, std::unique_ptr<storage::Store> store, std::function<void(std::string const&)> const& announce
) {
    Log log({.level = level_of(config.log_level), .file = config.log_file});
    Metrics metrics;
    SystemTime const time;
    net::io_context io(1);
    App app(config, *store, time, log, metrics, {web::public_assets(), web::staff_assets()});
    std::unique_ptr<http::Listener> listener;
    try {
        listener = std::make_unique<http::Listener>(io, listener_options(config), app.router(), log, metrics);
    } catch (boost::system::system_error const& error) {
        return cannot_listen(config, error.code());
    }
    ControlServer control({io, app.workers(), *store, time, log}, store->folder().control_socket(), commands());
    jobs::DailyRun daily_run(io, *store, time, log);
    jobs::FileScan file_scan(io, app.workers(), config, *store, time, log);
    std::unique_ptr<delivery::Deliveries> deliveries;
    try {
        deliveries = std::make_unique<delivery::Deliveries>(io, *store, config, time, log);
    } catch (std::runtime_error const& error) {
        return wrong("cannot_deliver", fmt::format("邮件和短信的设置不能使用（{}）。", error.what()));
    }
    jobs::OutboxWorker outbox(io, *store, time, log);
    deliveries->join(outbox);
    jobs::LetterMaker letters(*store, app.readers(), time, config);
    letters.join(outbox);
    watch_letters(metrics, *store);

    net::signal_set signals(io, SIGTERM, SIGINT);  // the listener hears them too, and stops by itself
    signals.async_wait([&](boost::system::error_code const& error, int) {
        if (error) return;
        control.stop();
        daily_run.stop();
        file_scan.stop();
        deliveries->stop();
        outbox.stop();
    });
    listener->stop_on_signals();
    listener->start();
    control.start();
    daily_run.start();
    file_scan.start();
    deliveries->start();
    outbox.start();
    log.info("started", {{"url", url_of(listener->endpoint())}});
    announce(url_of(listener->endpoint()));
    io.run();
    deliveries->finish();
    app.stop();
    log.info("stopped");
    return kDone;
}

}  // namespace server::verbs
