#include "server/demo/demo.hpp"

#include <gtest/gtest.h>

#include <map>

#include "server/access/passwords.hpp"
#include "server/demo/city.hpp"
#include "server/demo/script.hpp"
#include "server/demo/topics.hpp"
#include "storage/cases/follow_ups.hpp"
#include "storage/journal/journal_verify.hpp"
#include "tests/server/verbs/program.hpp"

namespace {

using namespace server;
using workflow::Outcome;
using workflow::State;

workflow::Instant at(char const* text) { return workflow::parse_instant(text).value(); }

/// The city as it stands at one moment, made once for all tests that look at it.
class DemoCityTest : public testing::Test {
protected:
    static constexpr char const* kNow = "2026-11-20T15:00:00+08:00";

    static void SetUpTestSuite() {
        folder = new program::TemporaryFolder;
        auto made = demo::make_city(*folder / "city", at(kNow));
        ASSERT_TRUE(made) << made.error().code << made.error().detail;
        city = new demo::DemoCity(std::move(*made));
        reader = city->store->connect().release();
        cases = new std::vector<workflow::Case>;
        for (auto const& each : city->cases) cases->push_back(city->store->cases().find(*reader, each.id)->facts);
        for (std::size_t i = 0; i < city->cases.size(); ++i) {  // behind them those in which a reply is made anew
            for (auto const& id : storage::new_replies_to(*reader, cases->at(i).number))
                cases->push_back(city->store->cases().find(*reader, id)->facts);
        }
    }
    static void TearDownTestSuite() {
        delete cases;
        delete reader;
        delete city;
        delete folder;
    }

    template <typename Test>
    static long count(Test&& test) {
        return std::ranges::count_if(*cases, test);
    }
    static workflow::ClockResult clock(workflow::Case const& c) {
        return workflow::compute_clock(c.timeline(), workflow::local_date(at(kNow)), *city->store->calendar().current())
            .value();
    }

    inline static program::TemporaryFolder* folder = nullptr;
    inline static demo::DemoCity* city = nullptr;
    inline static storage::Connection* reader = nullptr;
    inline static std::vector<workflow::Case>* cases = nullptr;
};

TEST_F(DemoCityTest, HasTwoHundredCasesInEveryStateWithEveryOutcome) {
    EXPECT_EQ(city->cases.size(), 200u);
    for (auto const& state : workflow::kStates) {
        EXPECT_GE(count([&](auto const& c) { return c.state == state.value; }), 1) << state.code;
    }
    for (auto const& outcome : workflow::kOutcomes) {
        EXPECT_GE(count([&](auto const& c) { return c.outcome == outcome.value; }), 2) << outcome.code;
    }
    for (auto const& kind : workflow::kApplicantKinds) {
        EXPECT_GE(count([&](auto const& c) { return c.application.applicant.kind == kind.value; }), 5) << kind.code;
    }
    for (auto const& channel : workflow::kChannels) {
        EXPECT_GE(count([&](auto const& c) { return c.channel == channel.value; }), 3) << channel.code;
    }
}

TEST_F(DemoCityTest, EndsEachPathAsItsScriptSays) {
    std::size_t number = 0;
    for (auto const& path : demo::paths()) {
        for (int i = 0; i < path.count; ++i, ++number) {
            auto const& c = cases->at(number);
            if (path.began == 0) {
                EXPECT_EQ(c.outcome, path.outcome) << c.number.value;
            }
        }
    }
}

TEST_F(DemoCityTest, ShowsEveryKindOfClock) {
    auto const open = [](workflow::Case const& c) { return !c.outcome; };
    EXPECT_GE(count([&](auto const& c) { return open(c) && clock(c).overdue_workdays > 0; }), 4);
    EXPECT_GE(
        count([&](auto const& c) {
            auto const now = clock(c);
            return open(c) && now.reply_due && now.overdue_workdays == 0 && now.remaining_workdays <= 2;
        }),
        3
    );
    EXPECT_GE(count([&](auto const& c) { return clock(c).status == workflow::ClockStatus::Paused; }), 3);
    EXPECT_GE(count([&](auto const& c) { return c.receipt_unconfirmed() && open(c); }), 2);
    EXPECT_GE(count([&](auto const& c) { return c.outcome && clock(c).overdue_workdays > 0; }), 3) << "late replies";
    auto const had = [&](workflow::ClockEventType type) {
        return count([&](auto const& c) {
            return std::ranges::any_of(c.clock_events, [&](auto const& e) { return e.type == type; });
        });
    };
    for (auto const& type : workflow::kClockEventTypes) EXPECT_GE(had(type.value), 2) << type.code;
    EXPECT_GE(
        count([](auto const& c) { return std::ranges::any_of(c.clock_events, [](auto const& e) { return e.excused; }); }
        ),
        2
    );
}

TEST_F(DemoCityTest, HasDisputesAndRatings) {
    EXPECT_GE(count([](auto const& c) { return !c.disputes.empty(); }), 5);
    EXPECT_GE(count([](auto const& c) { return !c.disputes.empty() && c.disputes.back().order; }), 1);
    EXPECT_GE(count([](auto const& c) { return c.rating.has_value(); }), 20);
    EXPECT_GE(count([](auto const& c) { return c.origin.has_value(); }), 2);
    EXPECT_GE(count([](auto const& c) { return c.rating_procedure.callback.has_value(); }), 2);
    for (auto const& kind : workflow::kFollowUpKinds) {
        auto const has = [&](auto const& c) {
            return std::ranges::any_of(workflow::follow_ups(c), [&](auto const& m) { return m.kind == kind.value; });
        };
        EXPECT_GE(count(has), 1) << kind.code;
    }
    auto const waits = [](workflow::FollowUpKind kind) {
        return count([&](auto const& c) {
            return std::ranges::any_of(workflow::follow_ups(c), [&](auto const& m) {
                return m.open && m.kind == kind;
            });
        });
    };
    EXPECT_GE(waits(workflow::FollowUpKind::Rating), 1);
    EXPECT_GE(waits(workflow::FollowUpKind::Dispute), 1);
    EXPECT_GE(waits(workflow::FollowUpKind::Suggestion), 1);
}

TEST_F(DemoCityTest, LeavesAJournalThatVerifies) {
    auto const report = storage::verify_journal(*reader);
    EXPECT_FALSE(report.fault) << report.fault->seq << report.fault->what;
    EXPECT_GT(report.head.size, 2000);
    EXPECT_EQ(city->store->cases().refold(*reader, {}), std::vector<std::string>());
}

TEST_F(DemoCityTest, HasPublishedSomeOfWhatPeopleAskFor) {
    auto const& publications = city->store->publications();
    storage::PublicationFilter filter;
    filter.limit = 100;
    auto const published = publications.list(*reader, filter)->items;
    EXPECT_GE(published.size(), 40u);
    for (auto const& category : workflow::kPublicationCategories) {
        EXPECT_NE(std::ranges::find(published, category.value, &storage::Publication::category), published.end())
            << category.code;
    }
    std::map<std::string_view, std::string> best;
    for (auto const& topic : demo::topics()) {
        auto const found = publications.suggest(*reader, {}, topic.description, 5);
        if (!found.empty()) best[topic.keyword] = found.front().publication.title;
    }
    EXPECT_EQ(best["征收补偿办法"], "示范市国有土地上房屋征收与补偿办法");
    EXPECT_EQ(best["征地补偿安置"], "东塔区石桥村2025年度第二批次建设用地征地补偿安置方案公告");
    EXPECT_EQ(best["学区划分"], "2026年城区义务教育学校招生学区划分方案");
    EXPECT_EQ(best["环评批复"], "南屏垃圾焚烧发电项目环境影响报告书批复");
    EXPECT_FALSE(best.contains("投诉")) << best["投诉"];
}

TEST_F(DemoCityTest, LetsEverybodyIn) {
    auto const directory = city->store->directory().current();
    for (auto const& account : demo::first_accounts()) {
        auto const* staff = directory->staff_by_username(account.username);
        ASSERT_NE(staff, nullptr) << account.username;
        EXPECT_FALSE(staff->must_change_password);
        EXPECT_EQ(access::password_fault(demo::kPassword, account.username), std::nullopt);
    }
    auto const text = demo::describe(city->cases);
    for (auto const& role : workflow::kRoles) {
        if (role.value == workflow::Role::Applicant || role.value == workflow::Role::System) continue;
        EXPECT_NE(text.find(role.label), std::string::npos) << role.code;
    }
    auto const& first = city->cases.front();
    EXPECT_TRUE(city->store->cases().find_for_applicant(*reader, first.number, first.query_code));
}

TEST_F(DemoCityTest, SpreadsItsCasesOverTwoYears) {
    std::map<int, int> by_year;
    for (auto const& c : *cases) ++by_year[workflow::year_of(c.submitted_on)];
    EXPECT_GE(by_year[2025], 50);
    EXPECT_GE(by_year[2026], 50);
    EXPECT_GE(by_year[2024], 1);
}

/// Whatever the day, a weekend, a festival, the year's first, the script is lawful.
class DemoDay : public testing::TestWithParam<char const*> {};

TEST_P(DemoDay, CanBeTheDayOfTheDemo) {
    program::TemporaryFolder const folder;
    auto const made = demo::make_city(folder / "city", at(GetParam()));
    ASSERT_TRUE(made) << made.error().code << made.error().detail;
    for (auto const& state : workflow::kStates) {
        EXPECT_NE(std::ranges::find(made->cases, state.value, &demo::DemoCase::state), made->cases.end()) << state.code;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Days,
    DemoDay,
    testing::Values(
        "2026-02-20T03:00:00+08:00",
        "2026-10-11T09:00:00+08:00",
        "2027-01-01T00:10:00+08:00",
        "2027-12-30T23:50:00+08:00"
    )
);

}  // namespace
