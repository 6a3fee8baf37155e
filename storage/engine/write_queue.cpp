#include "storage/engine/write_queue.hpp"

#include <algorithm>
#include <bit>

namespace storage {
namespace {

using workflow::Refusal;
using workflow::RefusalKind;

Refusal unavailable(char const* code, char const* detail) { return {RefusalKind::Unavailable, code, detail}; }

Refusal queue_full() { return unavailable("queue_full", "系统正忙，请稍后重试。"); }
Refusal storage_fault() { return unavailable("storage_fault", "存储设备出错，本次操作没有保存。"); }
Refusal storage_busy() { return unavailable("storage_busy", "数据库正被占用，本次操作没有保存，请稍后重试。"); }
Refusal storage_failed() { return unavailable("storage_failed", "系统暂时不能保存数据，请联系管理员。"); }
Refusal storage_stopped() { return unavailable("storage_stopped", "系统正在停止，请稍后重试。"); }

/// What to tell the jobs of a batch that was undone because of the exception now being handled.
Refusal refusal_for_current_exception() {
    try {
        throw;
    } catch (StorageFull const&) {
        return storage_full();
    } catch (DatabaseBusy const&) {
        return storage_busy();
    } catch (...) {
        return storage_fault();
    }
}

}  // namespace

Refusal storage_full() {
    return {
        RefusalKind::Unavailable,
        std::string(kStorageFull),
        "服务器的存储空间已满，没有保存。请联系管理员清理后再试。"};
}

bool passes(Refusal const& refusal) {
    return refusal.code != storage_failed().code && refusal.code != storage_stopped().code;
}

WriteQueue::WriteQueue(std::unique_ptr<Connection> writer, std::vector<Participant*> participants, WriteLimits limits)
    : connection_(std::move(writer)),
      participants_(std::move(participants)),
      limits_(limits),
      bounds_{
          Bounds{.most_jobs = limits.queued_jobs, .most_bytes = limits.queued_bytes},
          Bounds{.most_jobs = limits.service_jobs, .most_bytes = limits.service_bytes}},
      thread_(&WriteQueue::loop, this) {}

WriteQueue::~WriteQueue() { stop(); }

void WriteQueue::submit(std::unique_ptr<WriteJob> job, Share share) {
    std::size_t const bytes = job->bytes();
    std::optional<Refusal> refusal;
    std::unique_lock lock(mutex_);
    Bounds& queued = bounds_of(share);
    if (stopping_) {
        refusal = storage_stopped();
    } else if (statistics_.failed) {
        refusal = storage_failed();
    } else if (queued.jobs >= queued.most_jobs || queued.bytes + bytes > queued.most_bytes) {
        ++statistics_.rejected;
        refusal = queue_full();
    } else {
        ++queued.jobs;
        queued.bytes += bytes;
        queue_.push_back({std::move(job), bytes, share, {}});
        lock.unlock();
        ready_.notify_one();
        return;
    }
    lock.unlock();
    job->finished(std::move(*refusal));
}

void WriteQueue::stop() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    ready_.notify_one();
    if (thread_.joinable()) thread_.join();
}

WriteStatistics WriteQueue::statistics() const {
    std::lock_guard const lock(mutex_);
    WriteStatistics statistics = statistics_;
    statistics.queued_jobs = queue_.size();
    for (Bounds const& queued : bounds_) statistics.queued_bytes += queued.bytes;
    return statistics;
}

void WriteQueue::loop() {
    for (;;) {
        Wake const wake = wait();
        if (wake == Wake::stop) break;
        if (wake == Wake::idle) {
            checkpoint(Checkpoint::passive);
            continue;
        }
        auto batch = take_batch();
        process(batch);
        if (log_bytes() >= limits_.log_bytes) checkpoint(Checkpoint::passive);
    }
    checkpoint(Checkpoint::truncate);
    connection_.reset();
}

WriteQueue::Wake WriteQueue::wait() {
    std::int64_t const unsaved = log_bytes();
    std::unique_lock lock(mutex_);
    statistics_.log_bytes = unsaved;
    auto const wanted = [this] { return stopping_ || !queue_.empty(); };
    if (unsaved == 0 || statistics_.failed) {
        ready_.wait(lock, wanted);
    } else if (!ready_.wait_for(lock, limits_.idle_checkpoint, wanted)) {
        return Wake::idle;
    }
    return queue_.empty() ? Wake::stop : Wake::jobs;
}

std::vector<WriteQueue::Slot> WriteQueue::take_batch() {
    std::vector<Slot> batch;
    std::size_t bytes = 0;
    std::lock_guard const lock(mutex_);
    while (!queue_.empty() && batch.size() < limits_.batch_jobs) {
        bytes += queue_.front().bytes;
        if (!batch.empty() && bytes > limits_.batch_bytes) break;
        Bounds& queued = bounds_of(queue_.front().share);
        --queued.jobs;
        queued.bytes -= queue_.front().bytes;
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return batch;
}

void WriteQueue::process(std::vector<Slot>& batch) {
    bool const failed = [this] {
        std::lock_guard const lock(mutex_);
        return statistics_.failed;
    }();
    if (failed) {
        refuse(batch, storage_failed());
    } else {
        write(batch);
    }
    {
        std::lock_guard const lock(mutex_);
        ++statistics_.batches;
        statistics_.jobs += batch.size();
        ++statistics_
              .batch_sizes[std::min(std::size_t(std::bit_width(batch.size())), statistics_.batch_sizes.size()) - 1];
    }
    for (Slot& slot : batch) slot.job->finished(std::move(slot.outcome));
}

void WriteQueue::write(std::vector<Slot>& batch) {
    bool committing = false;
    try {
        connection_->begin(Access::write);
        for (Slot& slot : batch) run_job(slot);
        committing = true;
        commit();
    } catch (...) {
        Refusal refusal = refusal_for_current_exception();
        bool const full = refusal.code == kStorageFull;
        // After a commit that found no room the batch cannot come back after a crash; after any other that failed it
        // may.
        bool const known = !committing || full;
        if (full) {
            std::lock_guard const lock(mutex_);
            statistics_.full = true;
        }
        if (!undo_batch() || !known) {
            fail();
            refusal = storage_failed();
        }
        refuse(batch, refusal);
    }
}

void WriteQueue::run_job(Slot& slot) {
    for (Participant* participant : participants_) participant->mark();
    connection_->execute("SAVEPOINT job");
    try {
        auto const result = slot.job->run(*connection_);
        if (result) {
            connection_->execute("RELEASE job");
            return;
        }
        slot.outcome = result.error();
    } catch (StorageFull const&) {
        throw;
    } catch (StorageFault const&) {
        throw;
    } catch (...) {
        slot.outcome = std::current_exception();
    }
    // Fails, and with it the batch, when the database has already rolled back everything on its own.
    connection_->execute("ROLLBACK TO job");
    connection_->execute("RELEASE job");
    for (Participant* participant : participants_) participant->rollback_to_mark();
}

void WriteQueue::commit() {
    auto const start = std::chrono::steady_clock::now();
    connection_->commit();
    auto const took = std::chrono::steady_clock::now() - start;
    for (Participant* participant : participants_) participant->commit();
    std::lock_guard const lock(mutex_);
    statistics_.full = false;
    statistics_.commit_total += took;
    statistics_.commit_longest = std::max<std::chrono::nanoseconds>(statistics_.commit_longest, took);
}

bool WriteQueue::undo_batch() {
    for (Participant* participant : participants_) participant->rollback();
    try {
        if (connection_->in_transaction()) connection_->rollback();
    } catch (DatabaseError const&) {
        return false;
    }
    return !connection_->in_transaction();
}

void WriteQueue::refuse(std::vector<Slot>& batch, Refusal const& refusal) {
    for (Slot& slot : batch) {
        if (std::holds_alternative<Committed>(slot.outcome)) slot.outcome = refusal;
    }
}

void WriteQueue::fail() {
    std::lock_guard const lock(mutex_);
    statistics_.failed = true;
}

std::int64_t WriteQueue::log_bytes() const {
    auto const* const maintenance = connection_->maintenance();
    return maintenance == nullptr ? 0 : maintenance->log_bytes();
}

void WriteQueue::checkpoint(Checkpoint kind) {
    auto* const maintenance = connection_->maintenance();
    if (maintenance == nullptr) return;
    {
        std::lock_guard const lock(mutex_);
        if (statistics_.failed) return;
        ++statistics_.checkpoints;
    }
    try {
        maintenance->checkpoint(kind);
    } catch (StorageFull const&) {
        // Everything is still in the log; the next checkpoint tries again.
    } catch (DatabaseError const&) {
        fail();  // after a failed fsync nobody knows what the disk holds
    }
}

}  // namespace storage
