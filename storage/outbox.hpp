#pragma once

#include "storage/driver.hpp"
#include "storage/vault.hpp"
#include "workflow/date.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// What has to happen after a commit (a letter to render, mail to send): written in the transaction of the event that
/// caused it, worked off afterwards, so nothing is announced that was not stored and nothing stored goes unannounced.
class Outbox {
public:
    struct Message {
        std::int64_t id;
        std::string kind;  ///< what to do: "letter", …
        std::string case_id;
        std::int64_t seq;  ///< the journal entry that caused it
        std::int64_t attempts;
    };

    /// Writer thread, inside the job that appends the event.
    void add(
        Connection& connection, std::string_view kind, std::string_view case_id, std::int64_t seq, workflow::Instant now
    );
    /// Messages due at `now`, oldest first.
    std::vector<Message> due(Connection& connection, workflow::Instant now, std::int64_t limit) const;
    /// Writer thread.
    void done(Connection& connection, std::int64_t id, workflow::Instant now);
    /// Writer thread. The next attempt comes after 1, 2, 4 … minutes, at most a day; after 12 failures the message is
    /// dead.
    void failed(Connection& connection, std::int64_t id, workflow::Instant now, std::string_view error);
};

}  // namespace storage
