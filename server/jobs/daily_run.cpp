#include "server/jobs/daily_run.hpp"

#include "workflow/time/missing_year.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <optional>

namespace server::jobs {
namespace {

constexpr std::chrono::minutes kBetweenLooks{1};

/// Louder with the weeks, as workflow::find_missing_year() has it.
void report_missing_year(Log& log, workflow::WorkdayCalendar const& calendar, workflow::Date today) {
    auto const missing = workflow::find_missing_year(calendar, today);
    if (!missing) return;
    constexpr std::string_view kMessage = "the calendar of a year is missing";
    LogFields const fields{{"year", missing->year}, {"week", missing->week}};
    switch (missing->urgency) {
        case workflow::Urgency::Reminder:
            return log.info(kMessage, fields);
        case workflow::Urgency::Warning:
            return log.warning(kMessage, fields);
        case workflow::Urgency::Alarm:
            return log.error(kMessage, fields);
    }
}

}  // namespace

DailyRun::DailyRun(net::io_context& io, storage::Store& store, Config const& config, TimeSource const& time, Log& log)
    : store_(store),
      config_(config),
      time_(time),
      log_(log),
      timer_(io),
      own_(io.get_executor(), store.writes(), log) {}

void DailyRun::start() { net::co_spawn(timer_.get_executor(), watch(), net::detached); }

void DailyRun::stop() {
    stopping_ = true;
    own_.stop();
    timer_.cancel();
}

net::awaitable<std::int64_t> DailyRun::run_day(workflow::Instant now) {
    struct Bite {
        std::int64_t cases = 0;
        std::int64_t drafts = 0;
        std::int64_t messages = 0;
    };
    std::int64_t touched = 0;
    auto const bite = std::make_shared<Bite>();
    auto const settled_before = now - std::chrono::days(config_.outbox_kept_days);
    do {
        std::function<void(storage::Connection&)> work = [=, this](storage::Connection& connection) {
            store_.idempotency().purge(connection, now);
            bite->drafts = store_.drafts().purge(connection, now, kDraftsPerJob);
            store_.daily_counts().purge(connection, workflow::local_date(now));
            store_.retention().remove_files(connection);
            bite->messages = store_.outbox().clear(connection, settled_before, kMessagesPerJob);
            bite->cases = store_.cases().run_due(connection, now, kCasesPerJob);
        };
        co_await own_.commit(std::move(work));
        touched += bite->cases;
    } while ((bite->cases > 0 || bite->drafts > 0 || bite->messages == kMessagesPerJob) && !stopping_);
    report_missing_year(log_, *store_.calendar().current(), workflow::local_date(now));
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
