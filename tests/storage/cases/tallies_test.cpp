#include "storage/cases/tallies.hpp"

#include "storage/cases/case_columns.hpp"
#include "tests/storage/city.hpp"

#include <map>
#include <tuple>

namespace {

using storage::TallyKind;
using workflow::Action;
using workflow::Code;
using workflow::Outcome;

class TalliesTest : public City {
protected:
    /// What a kind counts, as "period agency key" → n.
    std::map<std::string, std::int64_t> kept(TallyKind kind, std::string_view first_period = {}) {
        std::map<std::string, std::int64_t> cells;
        for (auto const& [tally, n] : storage::read_tallies(*reader_, kind, first_period)) {
            cells[tally.period + ' ' + tally.agency.value + ' ' + tally.key] = n;
        }
        return cells;
    }
    using Cells = std::map<std::string, std::int64_t>;

    std::string due(std::string const& id) {
        auto rows = reader_->query("SELECT due_sort FROM cases WHERE id = $1", id);
        EXPECT_TRUE(rows.next());
        return std::string(rows.text(0));
    }

    void withdraw(std::string const& id, std::string_view on) {
        must(id, Action::Withdraw, oral_withdrawal("申请人不再需要该信息", on), top("registrar"), on);
    }

    void tamper(storage::Sql sql) {
        ASSERT_TRUE(write([&](Connection& c) -> workflow::Result<int> {
            c.execute(sql);
            return 0;
        }));
    }
};

TEST_P(TalliesTest, AWeekBeginsOnMonday) {
    EXPECT_EQ(storage::monday_of(day("2026-04-20")), day("2026-04-20"));
    EXPECT_EQ(storage::monday_of(day("2026-04-26")), day("2026-04-20"));
    EXPECT_EQ(storage::monday_of(day("2026-04-27")), day("2026-04-27"));
    EXPECT_EQ(storage::monday_of(day("2026-01-01")), day("2025-12-29"));
}

TEST_P(TalliesTest, FollowACaseFromItsSubmissionToTheReply) {
    std::string const id = submitted("2026-04-24");
    EXPECT_EQ(kept(TallyKind::Open), (Cells{{due(id) + " 430500-01 2026-04-24/unread", 1}}));

    must(id, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-24");
    EXPECT_EQ(kept(TallyKind::Open), (Cells{{due(id) + " 430500-01 2026-04-24/", 1}}));
    must(id, Action::Accept, workflow::Acceptance{{"430500-01-d1"}, {}, {}}, top("reviewer"), "2026-04-24");
    must(id, Action::Claim, workflow::Nothing{}, top("handler"), "2026-04-24");
    consult(id, "2026-04-27");
    EXPECT_EQ(kept(TallyKind::Open), (Cells{{due(id) + " 430500-01 2026-04-24/paused", 1}}));

    auto const before = due(id);
    run_due("2026-04-29");
    EXPECT_LT(before, due(id)) << "a pause moves the deadline from day to day";
    EXPECT_EQ(kept(TallyKind::Open), (Cells{{due(id) + " 430500-01 2026-04-24/paused", 1}}));

    workflow::Opinion opinion;
    opinion.consultation = Code{"c1"};
    opinion.received_on = day("2026-04-30");
    opinion.text = "同意公开";
    must(id, Action::RecordOpinion, opinion, top("handler"), "2026-04-30");
    EXPECT_EQ(kept(TallyKind::Open), (Cells{{due(id) + " 430500-01 2026-04-24/", 1}}));
    EXPECT_TRUE(kept(TallyKind::Received).empty()) << "in its cell of open cases until it is concluded";
    EXPECT_TRUE(kept(TallyKind::Concluded).empty());

    reply(id, "2026-05-07");
    EXPECT_EQ(kept(TallyKind::Received), (Cells{{"2026-04-20 430500-01 ", 1}}));
    EXPECT_TRUE(kept(TallyKind::Open).empty());
    EXPECT_EQ(kept(TallyKind::Concluded), (Cells{{"2026-05-04 430500-01 ", 1}}));
    EXPECT_EQ(kept(TallyKind::Replied), (Cells{{"2026 430500-01 on_time", 1}}));
    EXPECT_EQ(kept(TallyKind::Ended), (Cells{{"2026 430500-01 disclosed", 1}}));
    EXPECT_TRUE(refold().empty());
}

TEST_P(TalliesTest, KnowLateRepliesFromWithdrawals) {
    std::string const late = handled("2026-03-02");
    reply(late, "2026-06-01");
    withdraw(submitted("2026-05-20"), "2026-05-21");
    EXPECT_EQ(kept(TallyKind::Replied), (Cells{{"2026 430500-01 late", 1}})) << "what ends without a reply is not late";
    EXPECT_EQ(kept(TallyKind::Ended), (Cells{{"2026 430500-01 disclosed", 1}, {"2026 430500-01 withdrawn", 1}}));
}

TEST_P(TalliesTest, AReplyCountsInTheYearOfItsLastDay) {
    reply(handled("2026-12-15"), "2026-12-30");  // due in January
    EXPECT_EQ(kept(TallyKind::Replied), (Cells{{"2027 430500-01 on_time", 1}}));
    EXPECT_EQ(kept(TallyKind::Ended), (Cells{{"2026 430500-01 disclosed", 1}}));
}

TEST_P(TalliesTest, ALateCorrectionWithGoodReasonOpensTheCaseAgain) {
    std::string const id = submitted("2026-04-24");
    must(id, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-24");
    workflow::CorrectionRequest const request{{"请写明项目名称"}, "可在网站查询项目名称", true, day("2026-05-21")};
    must(id, Action::RequestCorrection, request, top("reviewer"), "2026-04-28");
    hand_over(id, "2026-04-28");
    EXPECT_EQ(kept(TallyKind::Open), (Cells{{"9999-01-01 430500-01 2026-04-24/", 1}})) << "nothing is due meanwhile";
    run_due("2026-05-22");
    EXPECT_EQ(kept(TallyKind::Ended), (Cells{{"2026 430500-01 uncorrected", 1}}));

    workflow::Supplement const supplement{day("2026-05-25"), "2025年资江二桥项目", "申请人住院治疗"};
    must(id, Action::RecordCorrection, supplement, top("reviewer"), "2026-05-25");
    EXPECT_TRUE(kept(TallyKind::Received).empty());
    EXPECT_TRUE(kept(TallyKind::Concluded).empty());
    EXPECT_TRUE(kept(TallyKind::Ended).empty());
    EXPECT_EQ(kept(TallyKind::Open), (Cells{{due(id) + " 430500-01 2026-04-24/", 1}}));
    EXPECT_TRUE(refold().empty());
}

TEST_P(TalliesTest, AreReadFromAPeriodOn) {
    for (auto const* on : {"2026-04-17", "2026-04-20", "2026-04-26"}) withdraw(submitted(on), on);
    EXPECT_EQ(kept(TallyKind::Received, "2026-04-20"), (Cells{{"2026-04-20 430500-01 ", 2}}));
}

TEST_P(TalliesTest, OfOpenCasesTellWhatTheyStandFor) {
    std::string const id = handled("2026-04-17");
    consult(id, "2026-04-20");
    submitted("2026-04-24", form(kLow));
    submitted("2026-04-24", form(kLow));
    auto const cells = storage::read_open_tallies(*reader_);
    ASSERT_EQ(cells.size(), 2U);
    EXPECT_EQ(cells[0].agency.value, kTop);
    EXPECT_EQ(cells[0].due_sort, due(id));
    EXPECT_EQ(cells[0].received, day("2026-04-17"));
    EXPECT_EQ(cells[0].waiting, storage::kPaused);
    EXPECT_EQ(cells[0].n, 1);
    EXPECT_EQ(cells[1].agency.value, kLow);
    EXPECT_EQ(cells[1].waiting, storage::kUnread);
    EXPECT_EQ(cells[1].n, 2);
}

TEST_P(TalliesTest, AreRolledBackWithTheirJob) {
    auto const refused = write([&](Connection& c) -> workflow::Result<int> {
        workflow::Command const command{Action::Submit, workflow::Submission{.application = form(), .received_on = {}}};
        EXPECT_TRUE(store_->cases().create(c, command, applicant(), morning("2026-04-24")));
        return workflow::Refusal{workflow::RefusalKind::Invalid, "no", "不"};
    });
    EXPECT_FALSE(refused);
    EXPECT_TRUE(kept(TallyKind::Open).empty());
}

TEST_P(TalliesTest, AFolderOfAnEarlierProgramIsCountedOnce) {
    reply(handled("2026-03-02"), "2026-03-09");
    consult(handled("2026-04-17"), "2026-04-20");
    submitted("2026-04-24", form(kLow));
    withdraw(submitted("2026-01-01"), "2026-01-02");
    std::map<TallyKind, Cells> before;
    for (auto const& kind : storage::kTallyKinds) before[kind.value] = kept(kind.value);
    ASSERT_TRUE(write([&](Connection& c) -> workflow::Result<int> {
        c.run_script("DROP TABLE tallies; DROP VIEW tallies_recounted; DROP INDEX cases_by_conclusion");
        for (std::size_t const version : {3U, 14U}) c.run_script(store_->database().schema()[version - 1].sql);
        return 0;
    }));
    for (auto const& kind : storage::kTallyKinds) EXPECT_EQ(kept(kind.value), before[kind.value]) << kind.code;
}

TEST_P(TalliesTest, VerifyFindsAWrongCount) {
    withdraw(submitted("2026-04-24"), "2026-04-24");
    EXPECT_TRUE(refold().empty());
    tamper("UPDATE tallies SET n = 7 WHERE kind = 'received'");
    auto const wrong = refold();
    ASSERT_EQ(wrong.size(), 1U);
    EXPECT_NE(wrong[0].find("received 2026-04-20 430500-01"), std::string::npos) << wrong[0];
    EXPECT_NE(wrong[0].find("记为 7，按申请件应为 1"), std::string::npos) << wrong[0];
    tamper("DELETE FROM tallies WHERE kind = 'received'");
    EXPECT_EQ(refold().size(), 1U);
    tamper("INSERT INTO tallies SELECT * FROM tallies_recounted WHERE kind = 'received'");
    EXPECT_TRUE(refold().empty());
    tamper("INSERT INTO tallies VALUES ('late', '2026', '430500-01', '', 1)");
    EXPECT_EQ(refold().size(), 1U);
}

TEST_P(TalliesTest, AReplyMadeAnewIsNotCountedAgainInTheAnnualReport) {
    std::string const id = submitted("2026-04-24");
    EXPECT_EQ(kept(TallyKind::Annual), (Cells{{"2026 430500-01 /natural_person/", 1}}));
    workflow::Case anew = facts(id);
    auto const clock = storage::ClockColumns();
    auto const counted = [&] {
        return std::ranges::count(storage::tallies_of(anew, clock), TallyKind::Annual, &storage::Tally::kind);
    };
    EXPECT_EQ(counted(), 1);
    anew.origin.emplace();
    EXPECT_EQ(counted(), 0);
}

RUN_ON_EACH_DATABASE(TalliesTest);

}  // namespace
