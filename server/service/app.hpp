#pragma once

#include "storage/store.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <span>

#include "server/access/access.hpp"
#include "server/api/kit/services.hpp"
#include "server/config/config.hpp"
#include "server/config/file_work.hpp"
#include "server/delivery/deliveries.hpp"
#include "server/http/listener.hpp"
#include "server/http/router.hpp"
#include "server/jobs/daily_run.hpp"
#include "server/jobs/file_scan.hpp"
#include "server/jobs/letter_maker.hpp"
#include "server/jobs/outbox_worker.hpp"
#include "server/pages/kit/html_page.hpp"
#include "server/runtime/control.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/metrics.hpp"
#include "server/runtime/read_pool.hpp"
#include "server/runtime/time_source.hpp"
#include "web/assets.hpp"

/// The composition root: the one place where the parts of the service are put together, for the program and for the
/// tests alike. App is what answers requests, Jobs what runs by itself.
namespace server {

/// The files handed out to browsers.
struct Assets {
    std::span<web::Asset const> pages;  ///< of the public pages
    std::span<web::Asset const> staff;  ///< the staff application
};

/// What the parts are made from; outlives them.
struct Environment {
    Config const& config;
    storage::Store& store;
    TimeSource const& time;
    Log& log;
    Metrics& metrics;
};

/// What answers requests. Lives on the io thread and outlives the run of its io_context.
class App {
public:
    App(Environment const& environment, Assets assets);
    ~App();

    /// Complete from the start.
    http::Router const& router() const { return router_; }
    /// Listens at the configured address, but accepts nothing before its start(). Throws boost::system::system_error.
    std::unique_ptr<http::Listener> listen(net::io_context& io);

    Environment const& environment() const { return environment_; }
    /// For work that must not hold up the io thread.
    net::thread_pool& workers() { return pool_.threads(); }
    ReadPool& readers() { return pool_; }

    /// The configuration has changed, as far as it may while the service runs. Io thread.
    void apply_settings() { access_.apply(environment_.config); }

    /// After the io_context has run out of work: waits for the threads.
    void finish();

private:
    Environment const environment_;
    std::unique_ptr<storage::Connection> reader_;
    ReadPool pool_;
    FileWork file_work_;
    access::Access access_;
    http::EventStreams streams_;
    ledger::Progresses imports_;
    api::UploadRoom uploads_;
    api::Services services_;
    pages::Site site_;
    http::Router router_;
};

/// What runs by itself in a service. Lives on the io thread and outlives the run of its io_context; the App outlives
/// it.
class Jobs {
public:
    /// Refused when the address cannot be had, or files for the delivery cannot be read. `commands` are what other
    /// processes may ask of the service.
    static workflow::Result<std::unique_ptr<Jobs>> make(
        net::io_context& io, App& app, std::span<Command const> commands
    );

    /// Starts all of them.
    void start();
    /// Asks all of them to end; the io_context runs out of work when they have. Again: the listener closes at once.
    void stop();
    /// After the io_context has run out of work: waits for what is being sent.
    void finish() { deliveries_->finish(); }

    /// The configuration has changed, as far as it may while the service runs.
    void apply_settings();

    [[nodiscard]] net::ip::tcp::endpoint endpoint() const { return listener_->endpoint(); }

private:
    Jobs(
        net::io_context& io,
        Environment const& environment,
        App& app,
        std::span<Command const> commands,
        std::unique_ptr<http::Listener> listener,
        std::unique_ptr<delivery::Deliveries> deliveries
    );

    /// The jobs in the order in which they start and in which they stop: those that take work in come first. The letter
    /// maker is none of them, but works for the outbox.
    template <typename Act>
    void for_each(Act act) {
        act(*listener_);    // requests
        act(control_);      // commands of other processes
        act(daily_run_);    // what the calendar does at midnight
        act(file_scan_);    // files that wait for the virus scanner or for a longer examination
        act(*deliveries_);  // digests
        act(outbox_);       // letters, notices, mail and text messages
    }

    App& app_;
    std::unique_ptr<http::Listener> listener_;
    ControlServer control_;
    jobs::DailyRun daily_run_;
    jobs::FileScan file_scan_;
    std::unique_ptr<delivery::Deliveries> deliveries_;
    jobs::OutboxWorker outbox_;
    jobs::LetterMaker letters_;
};

}  // namespace server
