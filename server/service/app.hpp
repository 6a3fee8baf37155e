#pragma once

#include "storage/store.hpp"

#include <memory>
#include <span>

#include "server/access/access.hpp"
#include "server/api/kit/services.hpp"
#include "server/config/config.hpp"
#include "server/config/file_work.hpp"
#include "server/http/router.hpp"
#include "server/pages/kit/page.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/metrics.hpp"
#include "server/runtime/read_pool.hpp"
#include "server/runtime/time_source.hpp"
#include "web/assets.hpp"

namespace server {

/// The files handed out to browsers.
struct Assets {
    std::span<web::Asset const> pages;  ///< of the public pages
    std::span<web::Asset const> staff;  ///< the staff application
};

/// The service without its socket: the one place where the concrete parts of the API are put together, for the verbs
/// and for the tests alike. Lives on the io thread and outlives the run of its io_context; what it is given outlives
/// it.
class App {
public:
    App(Config const& config, storage::Store& store, TimeSource const& time, Log& log, Metrics& metrics, Assets assets);

    ~App();

    /// Complete from the start.
    http::Router const& router() const { return router_; }
    /// For work that must not hold up the io thread.
    net::thread_pool& workers() { return pool_.threads(); }
    ReadPool& readers() { return pool_; }

    /// The configuration has changed, as far as it may while the service runs. Io thread.
    void apply_settings() { access_.apply(config_); }

    /// After the io_context has run out of work: waits for the threads.
    void stop();

private:
    void watch_deliveries();
    void watch_waiting();
    void watch_letters();

    Config const& config_;
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

}  // namespace server
