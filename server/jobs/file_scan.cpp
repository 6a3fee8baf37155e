#include "server/jobs/file_scan.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <functional>

#include "server/api/case_file.hpp"
#include "server/files/clamd.hpp"
#include "server/offload.hpp"

namespace server::jobs {
namespace {

constexpr std::chrono::minutes kBetweenTries{1};
constexpr std::int64_t kFilesAtOnce = 100;

}  // namespace

FileScan::FileScan(
    net::io_context& io,
    net::thread_pool& workers,
    Config const& config,
    storage::Store& store,
    TimeSource const& time,
    Log& log
)
    : workers_(workers),
      config_(config),
      store_(store),
      time_(time),
      log_(log),
      reader_(store.connect()),
      timer_(io),
      own_(io.get_executor(), store.writes(), log) {}

void FileScan::start() {
    if (!config_.clamd.empty()) net::co_spawn(timer_.get_executor(), watch(), net::detached);
}

void FileScan::stop() {
    stopping_ = true;
    own_.stop();
    timer_.cancel();
}

net::awaitable<std::int64_t> FileScan::scan_waiting() {
    std::int64_t answered = 0;
    for (auto const& waiting : store_.case_files().awaiting_scan(*reader_, kFilesAtOnce)) {
        if (stopping_) break;
        auto scan = [this, &waiting] {
            return files::Clamd(config_.clamd).scan(api::plain_copy(store_.files(), waiting.sha256));
        };
        auto const verdict = co_await offload(workers_, std::move(scan));
        if (verdict == files::ScanVerdict::Unknown) break;
        bool const clean = verdict == files::ScanVerdict::Clean;
        auto const state = clean ? workflow::FileState::Available : workflow::FileState::Infected;
        std::function<void(storage::Connection&)> record = [this, &waiting, state](storage::Connection& connection) {
            store_.case_files().scanned(connection, waiting.file, state, time_.now());
        };
        co_await own_.commit(std::move(record));
        ++answered;
    }
    co_return answered;
}

net::awaitable<void> FileScan::watch() {
    while (!stopping_) {
        try {
            auto const answered = co_await scan_waiting();
            if (answered > 0) log_.info("waiting files scanned", {{"files", answered}});
        } catch (std::exception const& error) {
            log_.error("scan failed, next try in a minute", {{"error", error.what()}});
        }
        timer_.expires_after(kBetweenTries);
        boost::system::error_code cancelled;
        auto token = net::redirect_error(net::use_awaitable, cancelled);
        if (!stopping_) co_await timer_.async_wait(token);
    }
}

}  // namespace server::jobs
