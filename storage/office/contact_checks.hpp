#pragma once

#include "storage/engine/driver.hpp"
#include "storage/office/outbox.hpp"
#include "storage/vault/vault.hpp"
#include "workflow/time/date.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace storage {

/// The longest life of a code, and how many wrong ones end it.
struct CodeLimits {
    std::chrono::milliseconds life;
    std::int64_t tries;
};

/// Cases whose applicant's contact has still to be checked: what would be sent to it is held in the outbox (state
/// `held`). A check ends when the applicant gives the code that was sent there, or with the first act of staff on the
/// case (CaseStore::act). It is work of the house and no step of the case, so the journal says nothing of it.
///
/// A code is kept nowhere: its six digits are derived from the case, the time of issue and a key of the vault.
/// Writing: writer thread, inside a job. Reading: any connection.
class ContactChecks {
public:
    explicit ContactChecks(Vault const& vault) : vault_(vault) {}

    /// The check begins. What is already waiting to be sent to the applicant is still to be laid out, and is held then.
    void begin(Connection& connection, std::string_view case_id);

    /// Ends it, if there is one: what was held goes out.
    void end(Connection& connection, std::string_view case_id, workflow::Instant now);

    bool is_open(Connection& connection, std::string_view case_id) const;

    /// Another code, in the place of the one before. Nothing happens where no check is open.
    void issue_code(Connection& connection, std::string_view case_id, workflow::Instant now);

    /// The code that is valid now; nullopt when its life or its tries are over, or none was issued.
    std::optional<std::string> code(
        Connection& connection, std::string_view case_id, CodeLimits limits, workflow::Instant now
    ) const;

    enum class Entry : std::uint8_t {
        Right,  ///< the check has ended
        Wrong,  ///< one try less
        Over    ///< no code is valid: another one has to be issued
    };
    Entry enter_code(
        Connection& connection,
        std::string_view case_id,
        std::string_view digits,
        CodeLimits limits,
        workflow::Instant now
    );

private:
    Vault const& vault_;
    Outbox outbox_;
};

}  // namespace storage
