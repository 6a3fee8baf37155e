#include "storage/journal/case_events.hpp"
#include "storage/vault/vault.hpp"
#include "tests/storage/journal/journal_fixture.hpp"

#include <gtest/gtest.h>

namespace {

class CaseEvents : public JournalFixture {
protected:
    workflow::Event event_ = [] {
        workflow::Event event;
        event.action = workflow::Action::Claim;
        event.role = workflow::Role::Handler;
        event.by = workflow::Code{"u7"};
        event.at = workflow::parse_instant("2026-04-24T09:30:00.123+08:00").value();
        event.on = workflow::parse_date("2026-04-24").value();
        event.to = workflow::State::Handling;
        event.payload = workflow::Nothing{};
        return event;
    }();

    /// The record of the event as the journal has it.
    boost::json::object record() {
        storage::Transaction transaction(*writer_, storage::Access::write);
        auto const appended = journal_->append(*writer_, storage::to_entry("case1", event_, key_, {}));
        transaction.commit();
        journal_->commit();
        return boost::json::parse(appended.record).as_object();
    }
};

TEST_P(CaseEvents, AnEventKeepsTheEditionOfItsRules) {
    boost::json::object const written = record();
    EXPECT_EQ(written.at("data").at("edition").as_int64(), workflow::kRuleEdition);
    EXPECT_EQ(storage::to_event(written, {})->edition, workflow::kRuleEdition);
}

TEST_P(CaseEvents, AnEntryThatNamesNoEditionIsOfTheFirst) {
    event_.edition = 1;
    boost::json::object const written = record();
    EXPECT_FALSE(written.at("data").as_object().contains("edition"));
    EXPECT_EQ(storage::to_event(written, {})->edition, 1);
}

RUN_ON_EACH_DATABASE(CaseEvents);

}  // namespace
