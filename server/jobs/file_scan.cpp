#include "server/jobs/file_scan.hpp"

#include "workflow/reply/secrecy.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cerrno>
#include <exception>
#include <functional>
#include <limits>
#include <map>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "server/files/clamd.hpp"
#include "server/files/examine.hpp"
#include "server/files/plain_copy.hpp"
#include "server/runtime/offload.hpp"

namespace server::jobs {
namespace {

using storage::FileVerdict;
using storage::KeptFile;
using workflow::FileState;

constexpr std::chrono::minutes kBetweenTries{1};
constexpr std::int64_t kFilesAtOnce = 100;
constexpr std::int64_t kFilesListed = 1000;
constexpr std::int64_t kOlderAtOnce = 20;
constexpr int kMoreTime = 4;              ///< times the limit of the previous try
constexpr int kLastInLine = 19;           ///< the lowest priority there is
constexpr std::uint64_t kMoreMemory = 4;  ///< times the limit of an upload

constexpr std::string_view kNotReadToTheEnd = "检查没有读完";
constexpr std::string_view kBroken = "文件的内容已经损坏，不能读取";

/// Why two people have to decide about the file, in words; empty if they need not.
std::string mark_of(files::Examination const& examination, std::string_view name) {
    if (examination.fault) return examination.fault->detail;
    std::string mark(workflow::secrecy_mark(name));
    if (mark.empty()) mark = examination.secrecy_mark;
    if (mark.empty() && examination.reading == files::Reading::Unfinished) mark = kNotReadToTheEnd;
    return mark;
}

}  // namespace

FileScan::FileScan(net::io_context& io, Config const& config, storage::Store& store, TimeSource const& time, Log& log)
    : config_(config),
      store_(store),
      time_(time),
      log_(log),
      reader_(store.connect()),
      timer_(io),
      own_(io.get_executor(), store.writes(), log) {}

void FileScan::start() { net::co_spawn(timer_.get_executor(), watch(), net::detached); }

void FileScan::stop() {
    stopping_.request_stop();
    own_.stop();
    timer_.cancel();
}

net::awaitable<std::int64_t> FileScan::scan_all() {
    std::int64_t settled = 0;
    bool answered = true;
    while (answered && !stopping_.stop_requested()) {
        settled += co_await scan_waiting();
        auto const next = next_waiting();
        if (!next) break;
        answered = co_await examine_again(*next, time_for(*next), settled);
    }
    for (auto const& older : store_.case_files().examined_before(*reader_, files::kExaminationRules, kOlderAtOnce)) {
        if (!answered || stopping_.stop_requested()) break;
        answered = co_await examine_again(older, longest_time(), settled);
    }
    co_return settled;
}

std::optional<KeptFile> FileScan::next_waiting() const {
    auto const waiting = store_.case_files().awaiting_examination(*reader_, kFilesListed);
    std::map<std::string_view, int> of_case;
    std::optional<KeptFile> next;
    auto least = std::pair(std::numeric_limits<int>::max(), 0);
    for (KeptFile const& kept : waiting) {
        auto const place = std::pair(tries_of(kept), of_case[kept.file.case_id]++);
        if (place >= least) continue;
        least = place;
        next = kept;
    }
    return next;
}

int FileScan::tries_of(KeptFile const& kept) const {
    auto const tried = tries_.find({kept.file.case_id, kept.file.n});
    return tried == tries_.end() ? 0 : tried->second;
}

std::chrono::seconds FileScan::longest_time() const {
    return std::chrono::ceil<std::chrono::seconds>(config_.reexamination_time);
}

std::chrono::seconds FileScan::time_for(KeptFile const& kept) const {
    auto time = std::chrono::ceil<std::chrono::seconds>(config_.examination_time);
    for (int more = tries_of(kept); more >= 0 && time < longest_time(); --more) time *= kMoreTime;
    return std::min(time, longest_time());
}

net::awaitable<std::int64_t> FileScan::scan_waiting() {
    std::int64_t answered = 0;
    if (config_.clamd.empty()) co_return answered;
    for (auto const& waiting : store_.case_files().awaiting_scan(*reader_, kFilesAtOnce)) {
        if (stopping_.stop_requested()) break;
        auto scan = [this, &waiting] {
            return files::Clamd(config_.clamd).scan(files::plain_copy(store_.files(), waiting.sha256));
        };
        auto const state = files::state_after(co_await offload(thread_, std::move(scan)));
        if (state == FileState::AwaitingScan) break;
        std::function<void(storage::Connection&)> work = [this, &waiting, state](storage::Connection& connection) {
            store_.case_files().scanned(connection, waiting.file, state, time_.now());
        };
        co_await own_.commit(std::move(work));
        ++answered;
    }
    co_return answered;
}

net::awaitable<bool> FileScan::examine_again(KeptFile kept, std::chrono::seconds time, std::int64_t& settled) {
    auto const stored = store_.cases().find(*reader_, kept.file.case_id);
    if (!stored) throw std::runtime_error("a file of no case");
    bool const erased = store_.retention().standing(*reader_, kept.file.case_id).erasure.has_value();
    FileVerdict const gone{FileState::Destroyed, {}, files::kExaminationRules};
    std::optional<FileVerdict> verdict = gone;
    if (!erased) {
        auto const& name = stored->facts.attachments.at(static_cast<std::size_t>(kept.file.n) - 1).name;
        auto look = [this, &kept, &name, time] { return judge(kept, name, time); };
        verdict = co_await offload(thread_, std::move(look));
    }
    if (!verdict) {
        if (!stopping_.stop_requested()) log_.warning("files cannot be examined: a program is missing");
        co_return false;
    }
    std::pair const key(kept.file.case_id, kept.file.n);
    if (verdict->mark == kNotReadToTheEnd && time < longest_time()) {
        ++tries_[key];
        co_return true;
    }
    std::function<void(storage::Connection&)> work = [this, &kept, &verdict](storage::Connection& connection) {
        store_.case_files().examined(connection, kept.file, *verdict, time_.now());
    };
    co_await own_.commit(std::move(work));
    tries_.erase(key);
    ++settled;
    co_return true;
}

std::optional<FileVerdict> FileScan::judge(KeptFile const& kept, std::string const& name, std::chrono::seconds time)
    const {
    FileVerdict verdict{FileState::Available, {}, files::kExaminationRules};
    std::optional<files::PlainFile> plain;
    try {
        plain.emplace(files::plain_copy(store_.files(), kept.sha256));
    } catch (storage::SealBroken const&) {
        verdict.mark = kBroken;
    } catch (std::system_error const& error) {
        if (error.code() != std::errc::no_such_file_or_directory) throw;
        verdict.mark = kBroken;
    }
    if (!plain) return verdict;
    auto const memory = kMoreMemory * static_cast<std::uint64_t>(config_.examination_memory);
    files::ChildLimits const limits{
        .cpu = time, .wall = 3 * time, .memory = memory, .niceness = kLastInLine, .stop = stopping_.get_token()};
    auto const examination = files::examine(files::file_type(name)->format, *plain, limits);
    if (examination.reading == files::Reading::Impossible) return std::nullopt;
    verdict.mark = mark_of(examination, name);
    // A file in use was scanned when it was uploaded.
    bool const to_be_scanned = kept.state == FileState::AwaitingExamination && !config_.clamd.empty();
    if (to_be_scanned && verdict.mark.empty())
        verdict.state = files::state_after(files::Clamd(config_.clamd).scan(*plain));
    return verdict;
}

net::awaitable<void> FileScan::watch() {
    while (!stopping_.stop_requested()) {
        std::int64_t settled = 0;
        try {
            settled = co_await scan_all();
            if (settled > 0) log_.info("waiting files looked into", {{"files", settled}});
        } catch (std::exception const& error) {
            log_.error("a waiting file could not be looked into, next try in a minute", {{"error", error.what()}});
        }
        if (settled > 0) continue;  // there may be more
        timer_.expires_after(kBetweenTries);
        boost::system::error_code cancelled;
        auto token = net::redirect_error(net::use_awaitable, cancelled);
        if (!stopping_.stop_requested()) co_await timer_.async_wait(token);
    }
}

}  // namespace server::jobs
