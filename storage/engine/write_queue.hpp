#pragma once

#include "storage/engine/driver.hpp"
#include "storage/engine/maintenance.hpp"
#include "workflow/words/result.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace storage {

/// The job's effects are on disk.
struct Committed {};

/// How a job ended. In the last two cases nothing it did is stored: it was refused (by itself, or by the queue with
/// kind `unavailable` and code `queue_full`, `storage_full`, `storage_fault`, `storage_busy`, `storage_failed` or
/// `storage_stopped`), or it threw.
using WriteOutcome = std::variant<Committed, workflow::Refusal, std::exception_ptr>;

/// The refusal where there is no room on the disk, and its code: the queue gives it, and so does whoever meets
/// StorageFull outside the queue.
inline constexpr std::string_view kStorageFull = "storage_full";
workflow::Refusal storage_full();

/// Whether the queue refused what it may take later: all but `storage_failed` and `storage_stopped`, which last until
/// the next start.
bool passes(workflow::Refusal const& refusal);

/// Whose a job is. Each has a share of the queue that the other cannot take, so what the service does by itself
/// (letters, lapses, cards) is never turned away because of visitors, however many they are.
enum class Share : std::uint8_t {
    Visitors,  ///< whatever comes with a request, also of staff
    Service    ///< jobs that nobody waits for, verbs and control commands
};

/// One atomic piece of work for the writer thread.
class WriteJob {
public:
    virtual ~WriteJob() = default;
    /// Writer thread, inside a savepoint of its own. A refusal or an exception undoes all of it.
    virtual workflow::Result<void> run(Connection& connection) = 0;
    /// Exactly once: on the writer thread after the commit, or inside submit() when refused at once.
    /// Must not block: post to your own executor.
    virtual void finished(WriteOutcome outcome) noexcept = 0;
    /// Rough size of what it writes, for the queue's byte limits.
    virtual std::size_t bytes() const { return 1024; }
};

/// State in memory that has to move with the transaction: the journal's tail, number counters. Writer thread only.
class Participant {
public:
    virtual ~Participant() = default;
    virtual void mark() = 0;              ///< a job begins
    virtual void rollback_to_mark() = 0;  ///< that job was undone
    virtual void commit() = 0;            ///< the batch is on disk: publish
    virtual void rollback() = 0;          ///< the batch was undone: back to what was last published
};

struct WriteLimits {
    std::size_t queued_jobs = 512;  ///< of visitors, as the next
    std::size_t queued_bytes = 16 * 1024 * 1024;
    std::size_t service_jobs = 64;  ///< of the service itself, as the next
    std::size_t service_bytes = 16 * 1024 * 1024;
    std::size_t batch_jobs = 256;  ///< 62,000 rows/s at 128 per commit, 72,000 at 512: little left to gain
    std::size_t batch_bytes = 1024 * 1024;
    std::int64_t log_bytes = 64 * 1024 * 1024;        ///< checkpoint when the write-ahead log has grown to this
    std::chrono::milliseconds idle_checkpoint{1000};  ///< … or nothing was written for this long
};

/// A snapshot for /metrics.
struct WriteStatistics {
    std::size_t queued_jobs = 0;
    std::size_t queued_bytes = 0;
    std::uint64_t batches = 0;
    std::uint64_t jobs = 0;      ///< run, whatever their outcome
    std::uint64_t rejected = 0;  ///< turned away because the queue was full
    /// Batches by size: element k counts sizes in [2^k, 2^(k+1)).
    std::array<std::uint64_t, 9> batch_sizes{};
    std::chrono::nanoseconds commit_total{};
    std::chrono::nanoseconds commit_longest{};
    std::uint64_t checkpoints = 0;
    std::int64_t log_bytes = 0;
    bool full = false;  ///< the last commit found no room on the disk
    bool failed = false;
};

/// One thread owning the one connection that writes. Takes whatever is queued when the previous commit ends (natural
/// group commit, no added delay), runs each job in a savepoint, commits once, then tells every job.
///
/// Jobs run in the order in which they came, whosever they are: what has been let in waits at most for what stood
/// before it. The bounds are counted for each Share by itself.
///
/// After a failed commit the state of the disk is unknown, so the queue refuses everything until the program is
/// restarted; reads go on. The exception is a full disk (see Connection::commit): the batch is certainly not there, it
/// is refused with `storage_full`, and the queue goes on.
class WriteQueue {
public:
    /// The participants must outlive the queue.
    WriteQueue(std::unique_ptr<Connection> writer, std::vector<Participant*> participants, WriteLimits limits = {});
    /// Drains; see stop().
    ~WriteQueue();

    /// Any thread.
    void submit(std::unique_ptr<WriteJob> job, Share share = Share::Visitors);
    /// `work(Connection&) -> workflow::Result<void>` on the writer thread, then `done(WriteOutcome)`; both may own what
    /// they capture.
    template <typename Work, typename Done>
    void submit(Work work, Done done, std::size_t bytes = 1024, Share share = Share::Visitors);

    /// Runs `work(Connection&) -> workflow::Result<T>` and waits for the commit, in the service's share. For verbs,
    /// control commands and tests, never on a thread that must not block. Rethrows what the work threw.
    template <typename Work>
    auto run(Work work) -> std::invoke_result_t<Work&, Connection&>;

    /// Refuses newcomers with `storage_stopped`, works off what is queued, empties the write-ahead log, ends the
    /// thread.
    void stop();

    WriteStatistics statistics() const;

private:
    struct Slot {
        std::unique_ptr<WriteJob> job;
        std::size_t bytes;
        Share share;
        WriteOutcome outcome;  ///< Committed until something says otherwise
    };
    /// What is queued of one share, and how much may be.
    struct Bounds {
        std::size_t most_jobs;
        std::size_t most_bytes;
        std::size_t jobs = 0;
        std::size_t bytes = 0;
    };
    template <typename Work, typename Done>
    class FunctionJob;
    enum class Wake { jobs, idle, stop };

    // All on the writer thread.
    void loop();
    Wake wait();
    std::vector<Slot> take_batch();
    void process(std::vector<Slot>& batch);
    void write(std::vector<Slot>& batch);
    void run_job(Slot& slot);
    void commit();
    bool undo_batch();  ///< true when the database has certainly rolled back
    void refuse(std::vector<Slot>& batch, workflow::Refusal const& refusal);
    void fail();
    std::int64_t log_bytes() const;
    void checkpoint(Checkpoint kind);
    Bounds& bounds_of(Share share) { return bounds_[static_cast<std::size_t>(share)]; }

    std::unique_ptr<Connection> connection_;  // writer thread
    std::vector<Participant*> participants_;  // writer thread
    WriteLimits const limits_;

    mutable std::mutex mutex_;  // guards what follows
    std::condition_variable ready_;
    std::deque<Slot> queue_;
    std::array<Bounds, 2> bounds_;  ///< by Share
    bool stopping_ = false;
    WriteStatistics statistics_;

    std::thread thread_;  // last: starts when everything above exists
};

template <typename Work, typename Done>
class WriteQueue::FunctionJob final : public WriteJob {
public:
    FunctionJob(Work work, Done done, std::size_t bytes)
        : work_(std::move(work)), done_(std::move(done)), bytes_(bytes) {}
    workflow::Result<void> run(Connection& connection) override { return work_(connection); }
    void finished(WriteOutcome outcome) noexcept override { done_(std::move(outcome)); }
    std::size_t bytes() const override { return bytes_; }

private:
    Work work_;
    Done done_;
    std::size_t bytes_;
};

template <typename Work, typename Done>
void WriteQueue::submit(Work work, Done done, std::size_t bytes, Share share) {
    std::unique_ptr<WriteJob> job = std::make_unique<FunctionJob<Work, Done>>(std::move(work), std::move(done), bytes);
    submit(std::move(job), share);
}

template <typename Work>
auto WriteQueue::run(Work work) -> std::invoke_result_t<Work&, Connection&> {
    std::promise<WriteOutcome> promise;
    std::optional<std::invoke_result_t<Work&, Connection&>> result;
    submit(
        [&](Connection& connection) -> workflow::Result<void> {
            result.emplace(work(connection));
            if (!*result) return result->error();
            return {};
        },
        [&](WriteOutcome outcome) { promise.set_value(std::move(outcome)); },
        1024,
        Share::Service
    );
    WriteOutcome outcome = promise.get_future().get();
    if (auto* thrown = std::get_if<std::exception_ptr>(&outcome)) std::rethrow_exception(*thrown);
    if (auto* refusal = std::get_if<workflow::Refusal>(&outcome)) return std::move(*refusal);
    return std::move(*result);
}

}  // namespace storage
