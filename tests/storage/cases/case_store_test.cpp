#include "tests/storage/city.hpp"

#include "storage/journal/journal_verify.hpp"
#include "storage/journal/merkle_verify.hpp"
#include "storage/office/serials.hpp"

#include <algorithm>
#include <set>

namespace {

using storage::MessageKind;
using storage::StoredCase;
using workflow::Action;
using workflow::Code;
using workflow::Outcome;
using workflow::Reason;
using workflow::RefusalKind;
using workflow::Result;
using workflow::State;

class CaseStoreTest : public City {
protected:
    Reason const reason_{"申请人书面提出的理由"};
};

// ---- create --------------------------------------------------------------------------------------------------------

TEST_P(CaseStoreTest, CreatesACaseThatBothSidesFind) {
    auto const made = submit(form(), "2026-04-24");
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(made->stored.id.size(), 26U);
    EXPECT_EQ(made->query_code.size(), 16U);
    EXPECT_EQ(made->stored.facts.number.value, "430500-01-2026-000001");
    EXPECT_EQ(made->stored.facts.state, State::Submitted);
    EXPECT_EQ(made->stored.facts.version, 1);
    EXPECT_EQ(made->stored.facts.application, form());

    EXPECT_EQ(facts(made->stored.id), made->stored.facts);
    auto const own = store_->cases().find_for_applicant(*reader_, made->stored.facts.number.value, made->query_code);
    ASSERT_TRUE(own);
    EXPECT_EQ(own->id, made->stored.id);
    EXPECT_EQ(own->facts, made->stored.facts);
}

TEST_P(CaseStoreTest, AQueryCodeOpensItsOwnCaseOnly) {
    auto const one = submit(form(), "2026-04-24");
    auto const two = submit(form(), "2026-04-24");
    auto const open = [&](std::string const& number, std::string const& code) {
        return store_->cases().find_for_applicant(*reader_, number, code).has_value();
    };
    std::string const& number = one->stored.facts.number.value;
    std::string lower = one->query_code;
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    EXPECT_TRUE(open(number, ' ' + lower + ' ')) << "as people type it";
    EXPECT_FALSE(open(number, two->query_code));
    EXPECT_FALSE(open(number, ""));
    EXPECT_FALSE(open("430500-01-2026-000009", one->query_code));
}

TEST_P(CaseStoreTest, TheReceiptProvesTheEntry) {
    for (int i = 0; i < 20; ++i) {
        auto const made = submit(form(), "2026-04-24");
        auto const& receipt = made->receipt;
        EXPECT_EQ(receipt.tree_size, receipt.seq);
        EXPECT_EQ(receipt.root, store_->journal().head().root);
        EXPECT_EQ(receipt.record, storage::read_entries(*reader_, receipt.seq, 1).at(0).record);
        EXPECT_EQ(receipt.path, storage::prove_inclusion(*reader_, receipt.seq, receipt.tree_size).value());
        std::vector<storage::Bytes> path;
        for (auto const& hash : receipt.path) path.emplace_back(hash.begin(), hash.end());
        EXPECT_TRUE(storage::merkle::verify_inclusion(
            static_cast<std::uint64_t>(receipt.seq - 1),
            static_cast<std::uint64_t>(receipt.tree_size),
            storage::merkle::leaf_hash(storage::as_bytes(receipt.record)),
            path,
            receipt.root
        ));
    }
}

TEST_P(CaseStoreTest, NumbersHaveNoGapAndBelongToAgencyAndYear) {
    workflow::Application bad = form();
    bad.applicant.id_number = "110105194912310021";
    std::set<std::string> numbers;
    for (int i = 0; i < 5; ++i) {
        numbers.insert(submit(form(), "2026-04-24")->stored.facts.number.value);
        EXPECT_FALSE(submit(bad, "2026-04-24")) << "refused in between";
    }
    EXPECT_EQ(*numbers.begin(), "430500-01-2026-000001");
    EXPECT_EQ(*numbers.rbegin(), "430500-01-2026-000005");
    EXPECT_EQ(submit(form(kLow), "2026-04-24")->stored.facts.number.value, "430521-02-2026-000001");
    EXPECT_EQ(submit(form(), "2026-12-31")->stored.facts.number.value, "430500-01-2026-000006");
    EXPECT_EQ(submit(form(), "2027-01-01")->stored.facts.number.value, "430500-01-2027-000001");
}

TEST_P(CaseStoreTest, AJobThatFailsAfterTheCreationLeavesNothing) {
    submitted("2026-04-24");
    std::int64_t const entries = store_->journal().head().size;
    workflow::Command const command{Action::Submit, workflow::Submission{.application = form(), .received_on = {}}};
    std::string id;
    auto const undone = write([&](Connection& c) -> Result<int> {
        id = store_->cases().create(c, command, applicant(), morning("2026-04-24"))->stored.id;
        return workflow::Refusal{RefusalKind::Unavailable, "later_step_failed", "后面的步骤失败"};
    });
    ASSERT_FALSE(undone);
    EXPECT_EQ(store_->journal().head().size, entries);
    EXPECT_FALSE(store_->cases().find(*reader_, id));
    for (char const* table : {"cases", "object_keys", "search_pending"}) {
        auto rows = reader_->query("SELECT count(*) FROM object_keys WHERE object_id = $1", id);
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.int64(0), 0) << table;
    }
    EXPECT_EQ(number("SELECT count(*) FROM search_pending"), 1);
    EXPECT_EQ(submit(form(), "2026-04-24")->stored.facts.number.value, "430500-01-2026-000002") << "no gap";
    EXPECT_TRUE(refold().empty());
}

TEST_P(CaseStoreTest, RefusesAnUnknownOrClosedAgency) {
    for (std::string const& code : {std::string("999999-01"), std::string(), std::string(kLow)}) {
        if (code == kLow) {
            ASSERT_TRUE(write([&](Connection& c) {
                storage::Agency closed = *directory()->agency({code});
                closed.active = false;
                return store_->directory().put(c, closed, kAdmin, morning("2026-01-05"));
            }));
        }
        auto const refused = submit(form(code), "2026-04-24");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, RefusalKind::Invalid);
        EXPECT_EQ(refused.error().errors.at(0).pointer, "/agency");
        EXPECT_EQ(refused.error().errors.at(0).code, "unknown_agency");
    }
    EXPECT_EQ(number("SELECT count(*) FROM serials"), 0);
}

TEST_P(CaseStoreTest, RegistersAnOfflineRequest) {
    workflow::Registration paper{
        form(), workflow::Channel::RegisteredMail, day("2026-04-22"), "挂号信 XA12345678943,收发室签收", {}};
    workflow::Command const command{Action::Register, paper};
    auto const made = write([&](Connection& c) {
        return store_->cases().create(c, command, top("registrar"), morning("2026-04-24"));
    });
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(made->stored.facts.state, State::Registered);
    EXPECT_EQ(made->stored.facts.received_on, day("2026-04-22"));
    EXPECT_EQ(made->stored.facts.submitted_on, day("2026-04-24"));
    EXPECT_EQ(facts(made->stored.id), made->stored.facts);
}

// ---- act -----------------------------------------------------------------------------------------------------------

TEST_P(CaseStoreTest, AnActionLeavesOneEventAndTheCaseItMakes) {
    std::string const id = submitted("2026-04-24");
    std::int64_t const entries = store_->journal().head().size;
    auto const after = act(id, Action::ConfirmReceipt, workflow::Remark{"材料齐全"}, top("registrar"), "2026-04-24", 1);
    ASSERT_TRUE(after) << after.error().detail;
    EXPECT_EQ(after->facts.state, State::Registered);
    EXPECT_EQ(after->facts.version, 2);
    EXPECT_EQ(facts(id), after->facts);
    EXPECT_EQ(store_->journal().head().size, entries + 1);
}

TEST_P(CaseStoreTest, TheTimelineTellsEveryEventWithItsText) {
    std::string const id = handled("2026-04-24");
    auto const timeline = store_->cases().timeline(*reader_, id);
    ASSERT_EQ(timeline.size(), 4U);
    workflow::Case folded;
    for (auto const& entry : timeline) folded = workflow::evolve(std::move(folded), entry.event);
    EXPECT_EQ(folded, facts(id));
    EXPECT_EQ(timeline[0].event.action, Action::Submit);
    EXPECT_EQ(timeline[0].event.document->value, "430500-01-2026-000001");
    EXPECT_EQ(std::get<workflow::Submission>(timeline[0].event.payload).application, form());
    EXPECT_EQ(timeline[3].event.by.value, "430500-01-handler");
    EXPECT_EQ(timeline[3].event.role, workflow::Role::Handler);
    EXPECT_EQ(timeline[3].event.at, morning("2026-04-24"));
    EXPECT_TRUE(store_->cases().timeline(*reader_, "nosuchcase").empty());
}

TEST_P(CaseStoreTest, RefusesWhatSomebodyElseHasOvertaken) {
    std::string const id = submitted("2026-04-24");
    must(id, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-24");
    auto const late = act(id, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-24", 1);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, RefusalKind::Stale) << "even where the step itself has become impossible";
    EXPECT_EQ(facts(id).version, 2);
}

TEST_P(CaseStoreTest, AForeignCaseIsNotThere) {
    std::string const id = submitted("2026-04-24");
    workflow::Actor const stranger = account(std::string(kLow) + "-registrar");
    for (std::int64_t const version : {1, 7}) {
        auto const refused = act(id, Action::ConfirmReceipt, workflow::Remark{}, stranger, "2026-04-24", version);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, RefusalKind::NotFound) << "whatever version was guessed";
        EXPECT_EQ(
            refused.error().code,
            act("00000000000000000000000000", Action::Claim, workflow::Nothing{}, stranger, "2026-04-24").error().code
        );
    }
}

TEST_P(CaseStoreTest, RefusesDepartmentsAndPeopleThatAreNotThere) {
    std::string const id = submitted("2026-04-24");
    must(id, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-24");
    auto const expect = [&](Action action, workflow::Payload payload, std::string const& role, std::string_view pointer
                        ) {
        auto const refused = act(id, action, std::move(payload), top(role), "2026-04-24");
        ASSERT_FALSE(refused) << pointer;
        ASSERT_EQ(refused.error().errors.size(), 1U) << refused.error().code;
        EXPECT_EQ(refused.error().errors[0].pointer, pointer);
    };
    expect(Action::Accept, workflow::Acceptance{{"430500-01-d9"}, {}, {}}, "reviewer", "/department");
    expect(Action::Accept, workflow::Acceptance{{"430521-01-d1"}, {}, {}}, "reviewer", "/department");
    expect(
        Action::Accept,
        workflow::Acceptance{{"430500-01-d1"}, {Code{"430500-01-d2"}, Code{"x"}}, {}},
        "reviewer",
        "/co_departments/1"
    );
    must(
        id,
        Action::Accept,
        workflow::Acceptance{{"430500-01-d1"}, {Code{"430500-01-d2"}}, {}},
        top("reviewer"),
        "2026-04-24"
    );
    expect(Action::TransferDepartment, workflow::Transfer{{"x"}, "应由其他科室办理"}, "reviewer", "/department");
    expect(Action::Assign, workflow::Assignment{{"430521-01-handler"}}, "department-head", "/assignee");
    expect(Action::Assign, workflow::Assignment{{"430500-01-registrar"}}, "department-head", "/assignee");
    must(id, Action::Assign, workflow::Assignment{{"430500-01-handler"}}, top("department-head"), "2026-04-24");
}

TEST_P(CaseStoreTest, LettersAreNumberedWithoutGapAndWaitInTheOutbox) {
    auto const withdraw = [&](std::string const& id) {
        return act(id, Action::Withdraw, oral_withdrawal("申请人来电撤回", "2026-04-27"), top("registrar"), "2026-04-27");
    };
    std::string const one = submitted("2026-04-24");
    std::string const two = submitted("2026-04-24");
    ASSERT_TRUE(withdraw(one));
    EXPECT_FALSE(withdraw(one)) << "no number is drawn for a refusal";
    ASSERT_TRUE(withdraw(two));
    auto const document = [&](std::string const& id) {
        return store_->cases().timeline(*reader_, id).back().event.document.value().value;
    };
    EXPECT_EQ(document(one), "邵430500-01公开〔2026〕终第1号");
    EXPECT_EQ(document(two), "邵430500-01公开〔2026〕终第2号");

    auto const messages = store_->outbox().due(*reader_, MessageKind::Letter, morning("2026-04-27"), 10);
    ASSERT_EQ(messages.size(), 4U) << "two receipts, two ends";
    EXPECT_EQ(messages[0].seq, store_->cases().timeline(*reader_, one).front().seq);
    EXPECT_EQ(messages[2].topic, "withdraw");
    EXPECT_EQ(messages[2].agency, Code{"430500-01"});
    EXPECT_EQ(messages[2].case_id, one);
    EXPECT_EQ(messages[2].seq, store_->cases().timeline(*reader_, one).back().seq);
}

// ---- the daily run -------------------------------------------------------------------------------------------------

TEST_P(CaseStoreTest, ALapseAfterDaysOfDowntimeHasItsOwnDateAndHappensOnce) {
    std::string const id = submitted("2026-04-24");
    must(id, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-24");
    workflow::CorrectionRequest request{{"请写明项目名称"}, "可在网站查询项目名称", true, day("2026-05-21")};
    must(id, Action::RequestCorrection, request, top("reviewer"), "2026-04-28");
    hand_over(id, "2026-04-28");
    EXPECT_EQ(run_due("2026-05-21"), 0) << "its last day is still the applicant's";
    EXPECT_EQ(facts(id).state, State::Correcting);

    EXPECT_EQ(run_due("2026-06-08"), 1);
    auto const after = facts(id);
    EXPECT_EQ(after.state, State::Lapsed);
    EXPECT_EQ(after.outcome, Outcome::Uncorrected);
    EXPECT_EQ(after.concluded_on, day("2026-05-22"));
    auto const last = store_->cases().timeline(*reader_, id).back().event;
    EXPECT_EQ(last.action, Action::LapseCorrection);
    EXPECT_EQ(last.role, workflow::Role::System);
    EXPECT_EQ(workflow::local_date(last.at), day("2026-06-08"));
    EXPECT_EQ(run_due("2026-06-08"), 0);
    EXPECT_EQ(run_due("2026-06-09"), 0);
    EXPECT_EQ(facts(id), after);
}

TEST_P(CaseStoreTest, APausedCaseIsReckonedAnewEveryDayAndItsConsultationLapses) {
    std::string const id = handled("2026-04-24");
    consult(id, "2026-04-27");
    auto const due = [&] {
        auto rows = reader_->query("SELECT reply_due, paused FROM cases WHERE id = $1", id);
        EXPECT_TRUE(rows.next());
        return std::pair(std::string(rows.text(0)), rows.boolean(1));
    };
    auto const first = due();
    EXPECT_TRUE(first.second);
    std::int64_t const entries = store_->journal().head().size;
    EXPECT_EQ(run_due("2026-04-29"), 1);
    EXPECT_GT(due().first, first.first) << "two working days later";
    EXPECT_EQ(run_due("2026-04-29"), 0);
    EXPECT_EQ(store_->journal().head().size, entries) << "the passing of time is no event";
    EXPECT_TRUE(refold().empty());

    EXPECT_EQ(run_due("2026-07-01"), 1);
    EXPECT_FALSE(due().second);
    auto const consultation = facts(id).consultations.at(0);
    ASSERT_TRUE(consultation.end);
    EXPECT_EQ(consultation.end->why, workflow::NoOpinion::Silent);
    EXPECT_EQ(consultation.end->ended_on, store_->calendar().current()->add_workdays(day("2026-04-27"), 15).date);
    auto const lapses = [&] {
        return std::ranges::count_if(store_->cases().timeline(*reader_, id), [](auto const& entry) {
            return entry.event.action == Action::LapseConsultation;
        });
    };
    EXPECT_EQ(lapses(), 1);
    EXPECT_EQ(run_due("2026-07-01"), 0);
    EXPECT_EQ(lapses(), 1);
    EXPECT_TRUE(refold().empty());
}

TEST_P(CaseStoreTest, TheDailyRunTakesNoMoreThanItsLimit) {
    for (int i = 0; i < 5; ++i) consult(handled("2026-04-24"), "2026-04-27");
    auto const run = [&] {
        return *write([&](Connection& c) -> Result<std::int64_t> {
            return store_->cases().run_due(c, morning("2026-04-29"), 2);
        });
    };
    EXPECT_EQ(run(), 2);
    EXPECT_EQ(run(), 2);
    EXPECT_EQ(run(), 1);
    EXPECT_EQ(run(), 0);
}

// ---- erasure -------------------------------------------------------------------------------------------------------

TEST_P(CaseStoreTest, WithoutItsKeyTheTextIsGoneAndTheJournalWhole) {
    std::string const id = handled("2026-04-24");
    ASSERT_TRUE(write([&](Connection& c) -> Result<int> {
        c.execute("DELETE FROM object_keys WHERE object_type = 'case' AND object_id = $1", id);
        return 0;
    }));
    auto const timeline = store_->cases().timeline(*reader_, id);
    ASSERT_EQ(timeline.size(), 4U);
    auto const& submission = std::get<workflow::Submission>(timeline[0].event.payload);
    EXPECT_EQ(submission.application.applicant.name, "");
    EXPECT_FALSE(submission.application.applicant.id_number);
    EXPECT_EQ(submission.application.agency.value, kTop);
    EXPECT_FALSE(storage::verify_journal(*reader_).fault);
    EXPECT_TRUE(refold().empty());
    auto const refused = act(id, Action::Note, reason_, top("handler"), "2026-04-27");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "case_erased");
}

// ---- serials -------------------------------------------------------------------------------------------------------

TEST_P(CaseStoreTest, SerialsCountEachAgencyYearAndClassByItself) {
    ASSERT_TRUE(write([&](Connection& c) -> Result<int> {
        workflow::Code const one{std::string(kTop)};
        workflow::Code const other{std::string(kLow)};
        EXPECT_EQ(storage::next_serial(c, one, 2026, "reply"), 1);
        EXPECT_EQ(storage::next_serial(c, one, 2026, "reply"), 2);
        EXPECT_EQ(storage::next_serial(c, one, 2026, "fee"), 1);
        EXPECT_EQ(storage::next_serial(c, one, 2027, "reply"), 1);
        EXPECT_EQ(storage::next_serial(c, other, 2026, "reply"), 1);
        EXPECT_EQ(storage::next_serial(c, one, 2026, "reply"), 3);
        return 0;
    }));
}

RUN_ON_EACH_DATABASE(CaseStoreTest);

}  // namespace
