#pragma once

#include "server/config/config.hpp"
#include "server/jobs/outbox_worker.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/read_pool.hpp"

namespace server::jobs {

/// Makes the letters of what has been committed: composes them from the case as its step left it, renders the pages,
/// stores them and freezes the letter. Done twice it makes nothing twice: places and numbers are given once, the same
/// letter has the same bytes, and what is frozen stays as it is. Until it is made a letter shows as not ready. io
/// thread; pages are made on the workers.
class LetterMaker {
public:
    LetterMaker(storage::Store& store, ReadPool& pool, TimeSource const& time, Config const& config)
        : store_(store), pool_(pool), time_(time), config_(config) {}

    /// Takes the messages of its kind.
    void join(OutboxWorker& worker);

private:
    struct LettersOfStep;
    net::awaitable<Attempt> make(OutboxWorker& worker, storage::Outbox::Message message);

    storage::Store& store_;
    ReadPool& pool_;
    TimeSource const& time_;
    Config const& config_;
};

}  // namespace server::jobs
