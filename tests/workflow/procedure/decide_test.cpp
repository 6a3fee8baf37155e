#include "workflow/procedure/decide.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

using A = Action;
using R = Role;

std::string refusal(Result<Decision> const& decision) { return decision ? "" : decision.error().code; }

template <typename T>
T with(Payload const& payload, void (*change)(T&)) {
    T changed = std::get<T>(payload);
    change(changed);
    return changed;
}

TEST(Decide, LeavesOneEventThatSaysWhoWhenAndWhereTo) {
    Office office;
    office.registered();
    auto const decision = office.ask(office.person(R::Reviewer), A::Accept, office.sample(A::Accept)).value();
    EXPECT_EQ(decision.event.action, A::Accept);
    EXPECT_EQ(decision.event.role, R::Reviewer);
    EXPECT_EQ(decision.event.by, Code{"reviewer"});
    EXPECT_EQ(decision.event.on, office.today);
    EXPECT_EQ(local_date(decision.event.at), office.today);
    EXPECT_EQ(decision.event.to, State::Handling);
    EXPECT_FALSE(decision.letter);
}

TEST(Decide, AsksForADocumentNumberWhereALetterGoesOut) {
    Office office;
    office.registered();
    auto const decision =
        office.ask(office.person(R::Reviewer), A::RequestCorrection, office.sample(A::RequestCorrection));
    EXPECT_EQ(decision.value().letter, LetterClass::Correction);
}

TEST(Decide, AFactTakesEffectOnItsOwnDayNotWhenItIsEntered) {
    Office office;
    office.correcting();
    office.today = day("2026-03-06");
    auto const correction =
        with<Supplement>(office.sample(A::RecordCorrection), [](Supplement& p) { p.received_on = day("2026-03-05"); });
    auto const decision = office.ask(office.person(R::Registrar), A::RecordCorrection, correction).value();
    EXPECT_EQ(decision.event.on, day("2026-03-05"));
    EXPECT_EQ(local_date(decision.event.at), day("2026-03-06"));
}

TEST(Decide, AnApplicantCannotDateBack) {
    Office office;
    office.correcting();
    office.today = day("2026-03-06");
    auto const correction =
        with<Supplement>(office.sample(A::RecordCorrection), [](Supplement& p) { p.received_on = day("2026-03-03"); });
    EXPECT_EQ(office.ask(office.person(R::Applicant), A::RecordCorrection, correction).value().event.on, office.today);
}

TEST(Decide, OtherPeoplesCasesDoNotExist) {
    Office office;
    office.handling();
    Actor stranger = office.person(R::Handler);
    stranger.department = Code{"d2"};
    auto const decision = office.ask(stranger, A::Consult, office.sample(A::Consult));
    EXPECT_EQ(refusal(decision), "case_not_found");
    EXPECT_EQ(decision.error().kind, RefusalKind::NotFound);
}

TEST(Decide, TheWrongRoleIsToldWhoMay) {
    Office office;
    office.registered();
    auto const decision = office.ask(office.person(R::Registrar), A::Accept, office.sample(A::Accept));
    EXPECT_EQ(refusal(decision), "role_required");
    EXPECT_EQ(decision.error().kind, RefusalKind::Forbidden);
    EXPECT_NE(decision.error().detail.find("审核分办"), std::string::npos);
}

TEST(Decide, TheWrongStateIsNamed) {
    Office office;
    office.registered();
    auto const decision = office.ask(office.person(R::OfficeHead), A::ApproveReply, office.sample(A::ApproveReply));
    EXPECT_EQ(refusal(decision), "not_in_this_state");
    EXPECT_EQ(decision.error().kind, RefusalKind::IllegalStep);
    EXPECT_NE(decision.error().detail.find("待审核"), std::string::npos);
}

TEST(Decide, RegistersOnlyForOnesOwnAgency) {
    Office const office;
    Actor elsewhere = office.person(R::Registrar);
    elsewhere.agency = Code{"430500-02"};
    EXPECT_EQ(refusal(office.ask(elsewhere, A::Register, office.sample(A::Register))), "other_agency");
}

TEST(Decide, ReportsEveryFaultOfAFormAtOnce) {
    Office const office;
    auto const form = with<Registration>(office.sample(A::Register), [](Registration& p) {
        p.received_on = day("2026-03-03");
        p.evidence.clear();
        p.application.items[0].title.clear();
        p.application.applicant.id_number = "430502199003070015";
    });
    auto const decision = office.ask(office.person(R::Registrar), A::Register, form);
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.error().kind, RefusalKind::Invalid);
    std::vector<std::string> pointers;
    for (auto const& error : decision.error().errors) pointers.push_back(error.pointer);
    EXPECT_EQ(
        pointers, (std::vector<std::string>{"/items/0/title", "/received_on", "/evidence", "/applicant/id_number"})
    );
}

TEST(Decide, AStatedReasonExcusesANumberAtTheCounterOnly) {
    Office const office;
    auto const form = with<Registration>(office.sample(A::Register), [](Registration& p) {
        p.application.applicant.id_number = "430502199003070015";
        p.id_exception = "证件原件号码如此，已复印存档";
    });
    EXPECT_EQ(refusal(office.ask(office.person(R::Registrar), A::Register, form)), "");
    Submission const online{form.application, Channel::Online, {}};
    EXPECT_EQ(refusal(office.ask(office.person(R::Applicant), A::Submit, online)), "invalid_input");
}

TEST(Decide, WhatTheClockWouldRefuseDoesNotHappen) {
    Office office;
    office.explaining();
    office.must(R::Applicant, A::RecordExplanation);
    auto const deferral = with<Deferral>(office.sample(A::Defer), [](Deferral& p) { p.to = day("2026-03-27"); });
    EXPECT_EQ(refusal(office.ask(office.person(R::OfficeHead), A::Defer, deferral)), "deferral_not_later");
}

TEST(Decide, TheDayOfReceiptIsTheAgencysSetting) {
    Office at_once;
    at_once.submitted();
    EXPECT_EQ(at_once.c.received_on, at_once.today);

    Office by_staff;
    by_staff.policy.online_receipt = OnlineReceipt::ByStaff;
    by_staff.submitted();
    EXPECT_TRUE(by_staff.c.receipt_unconfirmed());
    EXPECT_EQ(by_staff.clock().reply_due, day("2026-03-30"));
    by_staff.today = day("2026-03-04");
    by_staff.must(R::Registrar, A::ConfirmReceipt);
    EXPECT_EQ(by_staff.c.received_on, day("2026-03-04"));
    EXPECT_EQ(by_staff.clock().reply_due, day("2026-04-01"));
}

TEST(Decide, TheFeeIsReckonedNeverTyped) {
    Office office;
    office.handling();
    auto const notice = with<FeeNotice>(office.sample(A::NotifyFee), [](FeeNotice& p) { p.amount_fen = 1; });
    office.must(R::OfficeHead, A::NotifyFee, notice);
    EXPECT_EQ(office.c.fee->amount_fen, 140'00);
}

TEST(Decide, ACommandWithAnotherActionsPayloadIsAProgrammingError) {
    Office office;
    office.registered();
    EXPECT_THROW(static_cast<void>(office.ask(office.person(R::Reviewer), A::Accept, Nothing{})), std::logic_error);
}

// What the file must hold before a reply can go up for approval.

std::vector<std::string> missing(Office const& office, ItemReply item) {
    std::vector<std::string> codes;
    for (auto const& error : missing_evidence(office.c, {item.outcome, {item}, ""})) codes.push_back(error.code);
    return codes;
}

using Codes = std::vector<std::string>;
constexpr char const* kReason = "公开后将泄露企业的技术方案和报价策略";

TEST(MissingEvidence, EveryOutcomeAsksForWhatItsRowSays) {
    Office office;
    office.handling();
    for (OutcomeRule const& rule : kOutcomeRules) {
        Codes expected;
        for (auto const& evidence : kEvidence) {
            if (rule.evidence.has(evidence.value)) expected.emplace_back(evidence.code);
        }
        EXPECT_EQ(missing(office, {rule.outcome, {}, {}, {}, {}}), expected) << code(rule.outcome);
    }
}

TEST(MissingEvidence, PointsAtTheItemAndSaysWhatToDo) {
    Office office;
    office.handling();
    ReplyDraft const draft{
        Outcome::Disclosed, {{Outcome::Disclosed, {}, "附件", {}, {}}, {Outcome::AlreadyPublic, {}, {}, {}, {}}}, ""};
    auto const errors = missing_evidence(office.c, draft);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].pointer, "/items/1/reference");
    EXPECT_EQ(errors[0].detail, "第2项“已主动公开”：请填写所依据的材料或去向：公开的网址或者地点。");
}

TEST(MissingEvidence, ASearchCountsWhereItLookedInVain) {
    Office office;
    office.handling();
    ItemReply const not_held{Outcome::NotHeld, Limb::NotMade, {}, "经检索本机关未制作也未保存该信息", {}};
    EXPECT_EQ(missing(office, not_held), Codes{"search_record"});
    office.must(
        R::Handler,
        A::AddSearchRecord,
        with<SearchRecord>(office.sample(A::AddSearchRecord), [](SearchRecord& p) { p.found = true; })
    );
    EXPECT_EQ(missing(office, not_held), Codes{"search_record"});
    office.must(
        R::Handler,
        A::AddSearchRecord,
        with<SearchRecord>(office.sample(A::AddSearchRecord), [](SearchRecord& p) { p.places.pop_back(); })
    );
    EXPECT_EQ(missing(office, not_held), Codes{"search_record"});
    office.must(R::Handler, A::AddSearchRecord);
    EXPECT_EQ(missing(office, not_held), Codes{});
}

TEST(MissingEvidence, OnlyAReasonableObjectionOrSilenceCarriesARefusal) {
    ItemReply refused{Outcome::RefusedThirdParty, Limb::TradeSecret, {}, kReason, kReason};
    ItemReply withheld{Outcome::Partial, Limb::TradeSecret, "遮去单价", kReason, {}};
    refused.public_interest = withheld.public_interest = "单价只涉及该公司，不公开不影响公共利益";
    auto const after = [&](A action, Payload const& payload) {
        Office office;
        office.consulting();
        office.must(R::Handler, action, payload);
        auto needed = missing(office, withheld);
        std::erase(needed, "third_party_notice");
        EXPECT_EQ(missing(office, refused), needed);
        return missing(office, refused);
    };
    Opinion const agreed{Code{"c1"}, day("2026-03-02"), Stance::Agreed, {}, "同意"};
    Opinion const sound{Code{"c1"}, day("2026-03-02"), Stance::Objected, true, "属于商业秘密"};
    Opinion const unsound{Code{"c1"}, day("2026-03-02"), Stance::PartlyAgreed, false, "不愿公开"};
    EXPECT_EQ(after(A::RecordOpinion, sound), Codes{});
    EXPECT_EQ(after(A::RecordOpinion, unsound), Codes{"third_party_consulted"});
    EXPECT_EQ(after(A::RecordOpinion, agreed), Codes{"third_party_consulted"});
    EXPECT_EQ(
        after(A::CloseConsultation, ConsultationEnd{Code{"c1"}, NoOpinion::Undeliverable, day("2026-03-02"), {}}),
        Codes{}
    );
    EXPECT_EQ(
        after(A::CloseConsultation, ConsultationEnd{Code{"c1"}, NoOpinion::Withdrawn, day("2026-03-02"), {}}),
        Codes{"third_party_consulted"}
    );
}

TEST(MissingEvidence, AReasonOfAFewWordsExplainsNothing) {
    Office office;
    office.handling();
    auto const other = [&](std::string reason) {
        return missing(office, {Outcome::Other, Limb::Inquiry, {}, std::move(reason), {}});
    };
    EXPECT_EQ(other("不属于政府信息"), Codes{"reason"});
    EXPECT_EQ(other("询问政策怎样执行，没有要求提供文件"), Codes{});
}

TEST(MissingEvidence, WhoeverIsOverruledIsToldWhatAndWhy) {
    Office office;
    office.consulting();
    office.must(R::Handler, A::RecordOpinion, Opinion{Code{"c1"}, office.today, Stance::Objected, false, "不同意"});
    ReplyDraft draft{Outcome::Disclosed, {{Outcome::Disclosed, {}, "见附件", {}, {}}}, "现答复如下。"};
    auto const errors = missing_evidence(office.c, draft);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].pointer, "/third_party_notices");
    draft.third_party_notices = {{Code{"c1"}, "合同价款", "价款是财政资金的支出，应当接受监督"}};
    EXPECT_TRUE(missing_evidence(office.c, draft).empty());
    draft.items[0].outcome = Outcome::RefusedThirdParty;
    draft.third_party_notices.clear();
    EXPECT_NE(missing_evidence(office.c, draft).back().code, "third_party_notice") << "nothing is disclosed";
}

TEST(MissingEvidence, AThirdPartyOfAnotherItemIsNotOverruled) {
    Office office;
    office.handling();
    office.c.application.items.push_back({"合同", {}, "养护合同全文"});
    office.must(R::Handler, A::Consult, with<ConsultationLetter>(office.sample(A::Consult), [](ConsultationLetter& p) {
                    p.items = {2};
                }));
    office.must(R::Handler, A::RecordOpinion, Opinion{Code{"c1"}, office.today, Stance::Objected, true, "不同意"});
    ItemReply const given{Outcome::Disclosed, {}, "见附件", {}, {}};
    ItemReply const refused{Outcome::RefusedThirdParty, Limb::TradeSecret, {}, kReason, kReason};
    EXPECT_TRUE(overruled_parties(office.c, {Outcome::Partial, {given, refused}, ""}).empty());
    EXPECT_EQ(overruled_parties(office.c, {Outcome::Disclosed, {given, given}, ""}), std::vector{Code{"c1"}});
}

}  // namespace
}  // namespace workflow
