#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "server/jobs/letter_maker.hpp"
#include "tests/server/api/service.hpp"

namespace server::api {

/// Makes the letters that wait, as a running service does by itself; returns how many steps it tried.
inline std::int64_t make_letters(Service& service) {
    net::io_context io;
    Log log{{.level = LogLevel::Error}};
    ReadPool pool(service.store(), service.config().reads);
    jobs::LetterMaker letters(service.store(), pool, service.time, service.config());
    jobs::OutboxWorker worker(io, service.store(), service.config(), service.time, log);
    letters.join(worker);
    std::int64_t tried = -1;
    auto task = [&]() -> net::awaitable<void> { tried = co_await worker.work_off(service.time.now()); };
    net::co_spawn(io, task(), net::detached);
    io.run();
    pool.stop();
    return tried;
}

}  // namespace server::api
