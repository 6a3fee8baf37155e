#pragma once

#include "storage/calendar_store.hpp"
#include "storage/case_files.hpp"
#include "storage/case_store.hpp"
#include "storage/contact_checks.hpp"
#include "storage/daily_counts.hpp"
#include "storage/data_folder.hpp"
#include "storage/directory.hpp"
#include "storage/drafts.hpp"
#include "storage/files.hpp"
#include "storage/idempotency.hpp"
#include "storage/journal.hpp"
#include "storage/letters.hpp"
#include "storage/outbox.hpp"
#include "storage/publications.hpp"
#include "storage/retention.hpp"
#include "storage/write_queue.hpp"

#include <memory>

namespace storage {

/// Everything that is kept, in one data folder: owns the folder's lock, the writer and the stores. One per process.
class Store {
public:
    /// Opens the folder for writing, migrates, reads the tails. Throws DamagedDatabase, SchemaTooNew …; refused as
    /// data_folder says.
    static workflow::Result<std::unique_ptr<Store>> open(DataFolder folder, WriteLimits limits = {});
    /// A new folder: schema, statutory calendar.
    static workflow::Result<std::unique_ptr<Store>> create(std::filesystem::path const& root, WriteLimits limits = {});
    /// Drains the write queue.
    ~Store();

    DataFolder const& folder() const;
    Vault const& vault() const;
    WriteQueue& writes();
    Journal& journal();
    DirectoryStore& directory();
    CalendarStore& calendar();
    CaseStore& cases();
    CaseFiles& case_files();
    ContactChecks& contact_checks();
    DailyCounts& daily_counts();
    Drafts& drafts();
    Idempotency& idempotency();
    Outbox& outbox();
    Publications& publications();
    Files& files();
    Letters& letters();
    Retention& retention();

    /// A further read-only connection, for one thread.
    std::unique_ptr<Connection> connect() const;

private:
    struct Parts;
    explicit Store(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace storage
