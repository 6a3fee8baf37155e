#pragma once

#include "storage/cases/case_files.hpp"
#include "storage/cases/case_store.hpp"
#include "storage/engine/write_queue.hpp"
#include "storage/journal/journal.hpp"
#include "storage/office/calendar_store.hpp"
#include "storage/office/contact_checks.hpp"
#include "storage/office/daily_counts.hpp"
#include "storage/office/directory.hpp"
#include "storage/office/drafts.hpp"
#include "storage/office/idempotency.hpp"
#include "storage/office/outbox.hpp"
#include "storage/office/publications.hpp"
#include "storage/open_database.hpp"
#include "storage/papers/letters.hpp"
#include "storage/papers/retention.hpp"
#include "storage/vault/data_folder.hpp"
#include "storage/vault/files.hpp"

#include <memory>

namespace storage {

/// Everything that is kept, in one data folder: owns the folder's lock, the writer and the stores. One per process.
class Store {
public:
    /// Makes the database of a folder, given the file of DataFolder::database().
    using MakeDatabase = std::unique_ptr<Database> (*)(std::filesystem::path const& file);

    /// Opens the folder for writing, migrates, reads the tails. Throws DamagedDatabase, SchemaTooNew …; refused as
    /// data_folder says.
    static workflow::Result<std::unique_ptr<Store>> open(
        DataFolder folder, WriteLimits limits = {}, MakeDatabase make = open_database
    );
    /// A new folder: schema, statutory calendar.
    static workflow::Result<std::unique_ptr<Store>> create(
        std::filesystem::path const& root, WriteLimits limits = {}, MakeDatabase make = open_database
    );
    /// Drains the write queue.
    ~Store();

    DataFolder const& folder() const;
    Database const& database() const;
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
