#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "server/delivery/deliveries.hpp"
#include "tests/server/api/service.hpp"

namespace server::api {

/// Plans and sends what is due now, and the digests of the day, as a running service does by itself.
inline void send_messages(Service& service) {
    net::io_context io;
    Log log{{.level = LogLevel::Error}};
    delivery::Deliveries deliveries(io, service.store(), service.config(), service.time, log);
    jobs::OutboxWorker worker(io, service.store(), service.config(), service.time, log);
    deliveries.join(worker);
    auto task = [&]() -> net::awaitable<void> {
        auto const now = service.time.now();
        co_await deliveries.lay_out_digests(now);
        co_await worker.work_off(now);
    };
    net::co_spawn(io, task(), net::detached);
    io.run();
    deliveries.finish();
}

}  // namespace server::api
