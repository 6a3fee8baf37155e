#include "server/service/app.hpp"

#include "workflow/time/missing_year.hpp"

#include <fmt/format.h>

#include "server/api/resources.hpp"
#include "server/files/child.hpp"
#include "server/pages/pages.hpp"
#include "server/runtime/system_fault.hpp"
#include "server/runtime/write_metrics.hpp"
#include "server/service/staff_application.hpp"

namespace server {
namespace {

http::ListenerOptions listener_options(Config const& config) {
    http::ListenerOptions options;
    options.endpoint = {net::ip::make_address(config.address), static_cast<net::ip::port_type>(config.port)};
    options.limits = config.limits;
    for (auto const& proxy : config.trusted_proxies) options.trusted_proxies.add(proxy);
    options.strict_transport = config.public_url.starts_with("https://");
    options.give_up = files::end_children;
    return options;
}

workflow::Refusal cannot_listen(Config const& config, boost::system::error_code const& error) {
    bool const taken = error == boost::system::errc::address_in_use;
    auto detail =
        taken ? fmt::format("{}:{} 已被别的程序占用，请停止它或用 --listen 换一个端口。", config.address, config.port)
              : fmt::format(
                    "不能在 {}:{} 监听（{}），请检查地址和权限。",
                    config.address,
                    config.port,
                    describe_system_fault(error)
                );
    return {workflow::RefusalKind::Invalid, "cannot_listen", std::move(detail)};
}

void report_missing_year(Metrics& metrics, storage::CalendarStore const& calendar, TimeSource const& time) {
    metrics.gauge(
        "calendar_missing_weeks",
        "Weeks, begun, since the holidays of a missing year should have been entered; 0 while none is missing.",
        [&calendar, &time] {
            auto const missing = workflow::find_missing_year(*calendar.current(), workflow::local_date(time.now()));
            return missing ? static_cast<double>(missing->week) : 0.0;
        }
    );
}

}  // namespace

// ---- what answers requests ---------------------------------------------------------------------------------------

App::App(Environment const& environment, Assets assets)
    : environment_(environment),
      reader_(environment.store.connect()),
      pool_(environment.store, environment.config.reads),
      file_work_(environment.config),
      access_(environment.config),
      uploads_(environment.config, environment.store.files()),
      services_{
          environment.config,
          environment.time,
          environment.metrics,
          environment.store,
          *reader_,
          pool_,
          file_work_,
          access_,
          streams_,
          imports_,
          uploads_},
      site_(services_, assets.pages) {
    api::mount(router_, services_, api::operations());
    pages::mount(router_, site_, pages::all_pages());
    mount_staff_application(router_, assets.staff);

    auto& metrics = environment.metrics;
    report_writes(metrics, environment.store.writes());
    access_.report_to(metrics);
    streams_.report_to(metrics);
    environment.log.report_to(metrics);
    uploads_.report_to(metrics);
    pool_.report_to(metrics);
    file_work_.report_to(metrics);
    report_missing_year(metrics, environment.store.calendar(), environment.time);

    // A stream depends on the journal for its events, and on the session and the accounts for its right to continue.
    environment.store.journal().watch([this] { streams_.ring(); });
    access_.sessions.watch([this] { streams_.ring(); });
}

App::~App() { environment_.store.journal().watch({}); }

std::unique_ptr<http::Listener> App::listen(net::io_context& io) {
    auto const& [config, store, time, log, metrics] = environment_;
    return std::make_unique<http::Listener>(io, listener_options(config), router_, log, metrics);
}

void App::finish() {
    access_.passwords.stop();
    pool_.stop();
    file_work_.stop();
}

// ---- what runs by itself -----------------------------------------------------------------------------------------

workflow::Result<std::unique_ptr<Jobs>> Jobs::make(net::io_context& io, App& app, std::span<Command const> commands) {
    auto const& [config, store, time, log, metrics] = app.environment();
    std::unique_ptr<http::Listener> listener;
    try {
        listener = app.listen(io);
    } catch (boost::system::system_error const& error) {
        return cannot_listen(config, error.code());
    }
    std::unique_ptr<delivery::Deliveries> deliveries;
    try {
        deliveries = std::make_unique<delivery::Deliveries>(io, store, config, time, log);
    } catch (std::runtime_error const& error) {
        return workflow::Refusal{
            workflow::RefusalKind::Invalid,
            "cannot_deliver",
            fmt::format("邮件和短信的设置不能使用（{}）。", error.what())};
    }
    return std::unique_ptr<Jobs>(
        new Jobs(io, app.environment(), app, commands, std::move(listener), std::move(deliveries))
    );
}

Jobs::Jobs(
    net::io_context& io,
    Environment const& environment,
    App& app,
    std::span<Command const> commands,
    std::unique_ptr<http::Listener> listener,
    std::unique_ptr<delivery::Deliveries> deliveries
)
    : app_(app),
      listener_(std::move(listener)),
      control_(
          {io, app.workers(), environment.store, environment.time, environment.log},
          environment.store.folder().control_socket(),
          commands
      ),
      daily_run_(io, environment.store, environment.config, environment.time, environment.log),
      file_scan_(io, environment.config, environment.store, environment.time, environment.log),
      deliveries_(std::move(deliveries)),
      outbox_(io, environment.store, environment.config, environment.time, environment.log),
      letters_(environment.store, app.readers(), environment.time, environment.config) {
    deliveries_->join(outbox_);
    letters_.join(outbox_);
    outbox_.report_to(environment.metrics);
}

void Jobs::start() {
    for_each([](auto& job) { job.start(); });
}

void Jobs::stop() {
    for_each([](auto& job) { job.stop(); });
}

void Jobs::apply_settings() { listener_->apply(listener_options(app_.environment().config)); }

}  // namespace server
