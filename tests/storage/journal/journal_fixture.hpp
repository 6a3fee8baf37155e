#pragma once

#include "storage/engine/maintenance.hpp"
#include "storage/journal/journal.hpp"
#include "tests/storage/each_database.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

/// A database with a journal, and entries to put in.
class JournalFixture : public NewDatabase {
protected:
    void SetUp() override {
        NewDatabase::SetUp();
        journal_ = std::make_unique<storage::Journal>(*writer_);
    }

    static storage::Entry entry(std::string const& case_id, std::string action = "accept") {
        return {
            .at = workflow::parse_instant("2026-04-24T09:30:00.123+08:00").value(),
            .on = workflow::parse_date("2026-04-24").value(),
            .action = std::move(action),
            .by = {"reviewer", "u7"},
            .object = {"case", case_id},
            .data = {{"note", "转\"承办\"科室"}, {"days", 20}},
        };
    }
    storage::Entry sealed_entry(std::string const& case_id) const {
        storage::Entry result = entry(case_id, "submit");
        result.sealed = {{"name", "张三"}, {"phone", "13800000000"}};
        result.key = &key_;
        return result;
    }

    /// `count` committed entries of three cases by turns, every fifth with sealed members.
    void fill(int count) {
        storage::Transaction transaction(*writer_, storage::Access::write);
        for (int i = 0; i < count; ++i) {
            std::string const id = "case" + std::to_string(i % 3);
            journal_->append(*writer_, i % 5 == 0 ? sealed_entry(id) : entry(id));
        }
        transaction.commit();
        journal_->commit();
    }

    /// The file of the database with all that is in it.
    std::filesystem::path whole_file() {
        writer_->maintenance()->checkpoint(storage::Checkpoint::truncate);
        return file_;
    }

    std::unique_ptr<storage::Journal> journal_;
    storage::Key key_ = storage::Key::random();
};
