#pragma once

#include "storage/engine/sha256.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/roles.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server::access {

enum class SessionKind { Staff, Applicant };

/// A case whose number and query code were given in this browser.
struct OwnCase {
    std::string number;
    std::string case_id;
    std::string about;  ///< the first words of what was asked, to tell it from the others
};

/// Who is signed in: an account, or an applicant with the cases they have opened.
struct Session {
    SessionKind kind{};
    workflow::Code account = {};          ///< of staff: its id
    std::vector<OwnCase> own_cases = {};  ///< of an applicant: in the order in which they were opened
    // The account's roles and password at sign-in: the session ends when either changes.
    workflow::RoleSet roles = {};
    workflow::Instant password_changed_at = {};

    std::string csrf_token = {};       ///< given by open()
    workflow::Instant opened_at = {};  ///< given by open(), but where the session goes on from an earlier one
    workflow::Instant seen_at = {};
};

struct SessionLimits {
    std::chrono::milliseconds staff_idle;
    std::chrono::milliseconds applicant_idle;
    std::chrono::milliseconds absolute;
};

/// The open sessions, in memory: a restart signs everybody out. Only the SHA-256 of a session's id is kept. One session
/// for each account: signing in again ends the other. Io thread only.
class Sessions {
public:
    explicit Sessions(SessionLimits const& limits) : limits_(limits) {}

    /// `ended` is called whenever a session has been closed.
    void watch(std::function<void()> ended) { ended_ = std::move(ended); }

    /// Returns the secret id: 256 random bits in hexadecimal.
    std::string open(Session session, workflow::Instant now);
    /// Null when there is none or it has expired; otherwise marks it as seen now. Valid until the next call.
    Session const* find(std::string_view id, workflow::Instant now);
    /// The same without marking it as seen: for event streams, which are no activity of a person.
    Session const* peek(std::string_view id, workflow::Instant now) const;
    void close(std::string_view id);
    void close_all_of(workflow::Code const& account);

    std::size_t size() const { return sessions_.size(); }

private:
    bool over(Session const& session, workflow::Instant now) const;
    void sweep(workflow::Instant now);

    SessionLimits limits_;
    std::function<void()> ended_ = [] {};
    std::map<storage::Digest, Session> sessions_;
    workflow::Instant next_sweep_{};
};

}  // namespace server::access
