#include "storage/store.hpp"

#include "storage/open_database.hpp"

#include <utility>

namespace storage {

struct Store::Parts {
    Parts(
        DataFolder opened,
        std::unique_ptr<Database> opened_database,
        std::unique_ptr<Connection> connection,
        WriteLimits limits
    )
        : folder(std::move(opened)),
          database(std::move(opened_database)),
          journal(*connection),
          directory(*connection, folder.vault(), journal),
          calendar(*connection, journal),
          publications(folder.vault(), journal),
          cases(folder.vault(), journal, directory, calendar, publications),
          case_files(folder.vault(), journal),
          contact_checks(folder.vault()),
          daily_counts(folder.vault()),
          drafts(folder.vault()),
          idempotency(folder.vault()),
          files(folder.files(), folder.vault()),
          letters(folder.vault(), journal),
          retention(folder.vault(), journal, cases, files),
          writes(std::move(connection), {&journal, &directory, &calendar, &files}, limits) {
        files.remove_leftovers();
    }

    DataFolder folder;
    std::unique_ptr<Database> database;
    Journal journal;
    DirectoryStore directory;
    CalendarStore calendar;
    Publications publications;
    CaseStore cases;
    CaseFiles case_files;
    ContactChecks contact_checks;
    DailyCounts daily_counts;
    Drafts drafts;
    Idempotency idempotency;
    Outbox outbox;
    Files files;
    Letters letters;
    Retention retention;
    WriteQueue writes;  // last: it drains before the stores go
};

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Store::~Store() = default;

workflow::Result<std::unique_ptr<Store>> Store::open(DataFolder folder, WriteLimits limits, MakeDatabase make) {
    auto database = make(folder.database());
    auto connection = database->open_writer();
    migrate(*connection, database->schema());
    auto parts = std::make_unique<Parts>(std::move(folder), std::move(database), std::move(connection), limits);
    return std::unique_ptr<Store>(new Store(std::move(parts)));
}

workflow::Result<std::unique_ptr<Store>> Store::create(
    std::filesystem::path const& root, WriteLimits limits, MakeDatabase make
) {
    auto folder = DataFolder::create(root);
    if (!folder) return folder.error();
    auto database = make(folder->database());
    auto connection = database->create();
    migrate(*connection, database->schema());
    Transaction transaction(*connection, Access::write);
    CalendarStore::fill(*connection);
    transaction.commit();
    auto parts = std::make_unique<Parts>(std::move(*folder), std::move(database), std::move(connection), limits);
    return std::unique_ptr<Store>(new Store(std::move(parts)));
}

DataFolder const& Store::folder() const { return parts_->folder; }
Database const& Store::database() const { return *parts_->database; }
Vault const& Store::vault() const { return parts_->folder.vault(); }
WriteQueue& Store::writes() { return parts_->writes; }
Journal& Store::journal() { return parts_->journal; }
DirectoryStore& Store::directory() { return parts_->directory; }
CalendarStore& Store::calendar() { return parts_->calendar; }
CaseStore& Store::cases() { return parts_->cases; }
CaseFiles& Store::case_files() { return parts_->case_files; }
ContactChecks& Store::contact_checks() { return parts_->contact_checks; }
DailyCounts& Store::daily_counts() { return parts_->daily_counts; }
Drafts& Store::drafts() { return parts_->drafts; }
Idempotency& Store::idempotency() { return parts_->idempotency; }
Outbox& Store::outbox() { return parts_->outbox; }
Publications& Store::publications() { return parts_->publications; }
Files& Store::files() { return parts_->files; }
Letters& Store::letters() { return parts_->letters; }
Retention& Store::retention() { return parts_->retention; }

std::unique_ptr<Connection> Store::connect() const {
    auto connection = parts_->database->open_reader();
    require_current_schema(*connection, parts_->database->schema());
    return connection;
}

}  // namespace storage
