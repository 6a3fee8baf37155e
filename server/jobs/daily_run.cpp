#include "server/jobs/daily_run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <variant>

#include "server/jobs/committed.hpp"

namespace server::jobs {
namespace {

constexpr std::chrono::minutes kBetweenLooks{1};

}  // namespace

DailyRun::DailyRun(net::io_context& io, storage::Store& store, TimeSource const& time, Log& log)
    : store_(store), time_(time), log_(log), timer_(io) {}

void DailyRun::start() { net::co_spawn(timer_.get_executor(), watch(), net::detached); }

void DailyRun::stop() {
    stopping_ = true;
    timer_.cancel();
}

net::awaitable<std::int64_t> DailyRun::run_day(workflow::Instant now) {
    std::int64_t touched = 0;
    struct Batch {
        std::int64_t cases = 0;
        std::int64_t drafts = 0;
    };
    auto const batch = std::make_shared<Batch>();
    do {
        std::function<void(storage::Connection&)> work = [this, now, batch](storage::Connection& connection) {
            store_.idempotency().purge(connection, now);
            batch->drafts = store_.drafts().purge(connection, now, kDraftsPerJob);
            store_.daily_counts().purge(connection, workflow::local_date(now));
            store_.retention().remove_files(connection);
            batch->cases = store_.cases().run_due(connection, now, kCasesPerJob);
        };
        co_await committed(store_.writes(), std::move(work));
        touched += batch->cases;
    } while ((batch->cases > 0 || batch->drafts > 0) && !stopping_);
    co_return touched;
}

net::awaitable<void> DailyRun::watch() {
    std::optional<workflow::Date> done;
    while (!stopping_) {
        workflow::Instant const now = time_.now();
        workflow::Date const today = workflow::local_date(now);
        if (today != done) {
            try {
                std::int64_t const touched = co_await run_day(now);
                done = today;
                log_.info("daily run", {{"date", workflow::to_string(today)}, {"cases", touched}});
            } catch (std::exception const& error) {
                log_.error("daily run failed, next try in a minute", {{"error", error.what()}});
            }
        }
        if (stopping_) break;
        timer_.expires_after(kBetweenLooks);
        boost::system::error_code cancelled;
        auto token = net::redirect_error(net::use_awaitable, cancelled);
        co_await timer_.async_wait(token);
    }
}

}  // namespace server::jobs
