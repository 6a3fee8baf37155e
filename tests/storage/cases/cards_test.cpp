#include "storage/cases/cards.hpp"

#include "tests/storage/city.hpp"

#include "storage/office/outbox.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using storage::CardFilter;
using storage::CardRow;
using workflow::Action;
using workflow::CardCause;
using workflow::CardLevel;
using workflow::CardState;
using workflow::Code;

/// Received 2026-04-24, due 2026-05-26.
class CardsTest : public City {
protected:
    static storage::CaseScope everything() {
        storage::CaseScope scope;
        scope.everything = true;
        return scope;
    }
    std::vector<CardRow> cards(CardFilter const& filter = {}, storage::CaseScope const& scope = everything()) {
        return storage::list_cards(*reader_, scope, filter).value().items;
    }
    static bool has(std::vector<CardRow> const& rows, CardCause cause) {
        return std::ranges::any_of(rows, [&](CardRow const& row) { return row.cause == cause; });
    }
};

TEST_P(CardsTest, TheDailyRunIssuesThemAndTouchesOnlyWhatIsDue) {
    std::string const id = handled("2026-04-24");
    EXPECT_EQ(run_due("2026-05-06"), 0) << "nothing is due before the tenth working day";
    EXPECT_TRUE(cards().empty());
    EXPECT_EQ(run_due("2026-05-27"), 1);
    EXPECT_EQ(run_due("2026-05-27"), 0);
    auto const rows = cards();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].id, id + "-k1");
    EXPECT_EQ(rows[0].case_id, id);
    EXPECT_EQ(rows[0].level, CardLevel::Red);
    EXPECT_EQ(rows[0].cause, CardCause::ReplyLate);
    EXPECT_EQ(rows[0].due, day("2026-05-26"));
    EXPECT_EQ(rows[0].issued_on, day("2026-05-27"));
    EXPECT_EQ(rows[0].next_step, Action::ExplainCard);
    EXPECT_TRUE(refold().empty());
}

TEST_P(CardsTest, AStepTakenAfterTheDeadlineFindsItsRedCardAlreadyThere) {
    std::string const id = handled("2026-04-24");
    auto const seen = facts(id).version;
    auto const noted = act(id, Action::Note, workflow::Reason{"与申请人通话"}, top("handler"), "2026-05-27", seen);
    ASSERT_TRUE(noted) << noted.error().detail;
    EXPECT_TRUE(has(cards(), CardCause::ReplyLate));
    auto const events = store_->cases().timeline(*reader_, id);
    EXPECT_EQ(events.end()[-2].event.action, Action::IssueCard);
    EXPECT_EQ(events.back().event.action, Action::Note);
}

TEST_P(CardsTest, ARefusedStepLeavesNoCardBehind) {
    std::string const id = handled("2026-04-24");
    EXPECT_FALSE(act(id, Action::Archive, workflow::ArchiveNote{10, {}}, top("registrar"), "2026-05-27"));
    EXPECT_TRUE(cards().empty());
}

TEST_P(CardsTest, ASecondRedCardOfTheAgencyIsASevereOne) {
    handled("2026-04-24");
    handled("2026-04-27");
    run_due("2026-05-27");
    EXPECT_FALSE(has(cards(), CardCause::RepeatedRed));
    run_due("2026-05-28");
    EXPECT_TRUE(has(cards({.levels = {CardLevel::SevereRed}}), CardCause::RepeatedRed));
}

TEST_P(CardsTest, ListsByLevelStateAgencyDayAndScope) {
    std::string const id = handled("2026-04-24");
    run_due("2026-05-22");
    auto const all = cards();
    ASSERT_TRUE(has(all, CardCause::ReplyDue) && has(all, CardCause::ReplyNear));
    EXPECT_TRUE(std::ranges::all_of(cards({.levels = {CardLevel::Yellow}}), [](CardRow const& row) {
        return row.level == CardLevel::Yellow;
    }));
    EXPECT_EQ(cards({.issued_on = day("2026-05-22")}).size(), all.size());
    EXPECT_TRUE(cards({.issued_on = day("2026-05-21")}).empty());
    EXPECT_EQ(cards({.agencies = {{std::string(kTop)}}}).size(), all.size());
    EXPECT_TRUE(cards({.agencies = {{std::string(kLow)}}}).empty());
    EXPECT_TRUE(cards({}, storage::scope_of(account("430521-01-supervisor"), *directory())).empty());
    EXPECT_EQ(cards({}, storage::scope_of(top("supervisor"), *directory())).size(), all.size());
    EXPECT_EQ(cards({}, storage::scope_of(top("handler"), *directory())).size(), all.size());
    run_due("2026-05-27");
    EXPECT_TRUE(std::ranges::all_of(cards({.states = {CardState::Lifted}}), [](CardRow const& row) {
        return row.lifted && row.level < CardLevel::Red;
    }));
}

TEST_P(CardsTest, PagesFollowEachOther) {
    for (char const* const on : {"2026-04-24", "2026-04-27", "2026-04-28"}) handled(on);
    for (char const* const on : {"2026-05-27", "2026-05-28", "2026-05-29"}) run_due(on);
    for (auto const sort : {storage::CardSort::Issued, storage::CardSort::Due}) {
        std::vector<std::string> whole;
        for (CardRow const& row : cards({.sort = sort})) whole.push_back(row.id);
        std::vector<std::string> pieces;
        CardFilter filter{.sort = sort, .limit = 2};
        for (bool more = true; more;) {
            auto const page = storage::list_cards(*reader_, everything(), filter).value();
            for (CardRow const& row : page.items) pieces.push_back(row.id);
            more = page.next_cursor.has_value();
            filter.cursor = page.next_cursor.value_or("");
        }
        EXPECT_EQ(pieces, whole);
    }
    EXPECT_FALSE(storage::list_cards(*reader_, everything(), {.cursor = "issued_2026-05-27"}));
    EXPECT_FALSE(storage::list_cards(*reader_, everything(), {.cursor = "due_2026-05-27_1"})) << "of another order";
}

TEST_P(CardsTest, CountsWhatIsOpenAndWhatIsOfToday) {
    handled("2026-04-24");
    run_due("2026-05-27");
    auto const counts = storage::count_cards(*reader_, day("2026-05-27"));
    ASSERT_EQ(counts.size(), 1U);
    EXPECT_EQ(counts[0].agency, Code{std::string(kTop)});
    EXPECT_EQ(counts[0].open, 1);
    EXPECT_EQ(counts[0].issued, 1);
    EXPECT_EQ(storage::count_cards(*reader_, day("2026-05-28"))[0].issued, 0);
}

TEST_P(CardsTest, AnAgencysOwnNumberMovesTheDayOfTheNextLook) {
    std::string const id = handled("2026-04-24");
    run_due("2026-05-20");
    ASSERT_FALSE(has(cards(), CardCause::ReplyDue));
    auto const changed = write([&](Connection& c) -> workflow::Result<int> {
        storage::Agency agency = *directory()->agency({std::string(kTop)});
        agency.policy.card_thresholds = {{CardCause::ReplyDue, 4}};
        if (auto put = store_->directory().put(c, agency, kAdmin, morning("2026-05-20")); !put) return put.error();
        store_->cases().reschedule_checks(c, agency.code, morning("2026-05-20"));
        return 0;
    });
    ASSERT_TRUE(changed) << changed.error().detail;
    EXPECT_TRUE(refold().empty());
    EXPECT_EQ(run_due("2026-05-20"), 1);
    EXPECT_TRUE(has(cards(), CardCause::ReplyDue));
}

TEST_P(CardsTest, SomebodyIsToldOfEach) {
    handled("2026-04-24");
    auto const before = number("SELECT count(*) FROM outbox WHERE kind = 'notification'");
    run_due("2026-05-27");
    EXPECT_EQ(number("SELECT count(*) FROM outbox WHERE kind = 'notification'"), before + 1);
}

RUN_ON_EACH_DATABASE(CardsTest);

}  // namespace
