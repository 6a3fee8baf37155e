#pragma once

#include "storage/store.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "server/ledger/sheet.hpp"

/// Bringing a ledger in: all of it or nothing. Reading and judging happen on a reading thread; the writer gets only
/// what is in order, as one job and so in one transaction: a row that turns out to be refused there undoes all of them.
/// While that job runs other writes wait, some ten thousand rows for a second or two; reads go on.
namespace server::ledger {

/// What the operator is: every agency is in reach.
workflow::Actor operator_actor();

/// Reads and judges a file, and finds what has been imported before. Any thread, its own connection.
workflow::Result<Sheet> examine(
    std::string_view file, storage::Connection& connection, storage::CaseStore const& cases, Reading const& reading
);

/// How far an import has come. Any thread.
struct Progress {
    workflow::Code batch;
    std::int64_t rows = 0;
    std::atomic<std::int64_t> done = 0;
    enum class Phase : std::uint8_t { Running, Done, Failed };
    std::atomic<Phase> phase = Phase::Running;
    workflow::Refusal refusal = {};  ///< written before `phase` becomes Failed
};

/// The imports of this run of the program, by their batch; the last few are remembered. Any thread.
class Progresses {
public:
    std::shared_ptr<Progress> begin(workflow::Code batch, std::int64_t rows);
    std::shared_ptr<Progress const> find(workflow::Code const& batch) const;

private:
    mutable std::mutex mutex_;
    std::map<workflow::Code, std::shared_ptr<Progress>> list_;  ///< under mutex_; batches begin with their time
};

/// An import: the cases, the file they come from, and the person.
struct Import {
    std::vector<Line> lines;
    workflow::Actor actor;
    storage::Author by;  ///< for the journal
    workflow::Instant now;
    workflow::Code batch;
    std::string sha256;  ///< of the file
};

/// Creates the cases and one journal entry about the import. Writer thread, inside a job. `done` counts them.
workflow::Result<void> bring_in(
    storage::Store& store,
    storage::Connection& connection,
    Import const& import,
    std::function<void(std::int64_t)> const& done
);

}  // namespace server::ledger
