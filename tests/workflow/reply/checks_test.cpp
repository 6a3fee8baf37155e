#include "workflow/reply/checks.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>

namespace workflow {
namespace {

/// Everything a check looks at. As it is made, every check holds.
struct Reply {
    Case c;
    ReplyDraft draft;
    ReplyBackground background;

    Reply() {
        Office office;
        office.drafted();
        c = office.c;
        draft = *office.c.draft;
        background = office.background;
    }

    ItemReply& item() { return draft.items.front(); }

    void answers(Outcome outcome) { draft.outcome = item().outcome = outcome; }

    void search(bool found) {
        c.searches.push_back({{SearchPlace::ArchiveRoom}, {"公路"}, "李四", {}, found, "见附件"});
    }

    void third_party(Stance stance, bool reasonable) {
        Opinion opinion;
        opinion.stance = stance;
        opinion.grounds_reasonable = reasonable;
        ConsultationLetter letter;
        letter.kind = ConsultationKind::ThirdParty;
        c.consultations.push_back({letter, {}, opinion, {}});
    }

    std::vector<FieldError> findings(Check check) const {
        auto const results = check_reply(c, draft, background);
        return std::ranges::find(results, check, [](CheckResult const& r) { return r.rule->check; })->findings;
    }
};

/// What spoils one check, where it is found, and what puts it right.
struct CheckCase {
    Check check;
    void (*spoil)(Reply&);
    std::string_view pointer;
    void (*mend)(Reply&);
};

// clang-format off
constexpr std::array kCheckCases{
    CheckCase{Check::FeeSplit,
        [](Reply& r) { r.c.fee = FeeNotice{}; r.c.fee->pieces = 2; }, "/items",
        [](Reply& r) { r.c.fee->pieces = 1; }},
    CheckCase{Check::SearchAgrees,
        [](Reply& r) { r.answers(Outcome::NotHeld); r.search(true); }, "/items/0/outcome",
        [](Reply& r) { r.c.searches.front().found = false; }},
    CheckCase{Check::NotInOwnRegistry,
        [](Reply& r) { r.answers(Outcome::NotOurAgency); r.background.published = {{0, "农村公路养护资金分配公示"}}; }, "/items/0/outcome",
        [](Reply& r) { r.answers(Outcome::AlreadyPublic); }},
    CheckCase{Check::ObjectionRespected,
        [](Reply& r) { r.third_party(Stance::Objected, true); }, "/items/0/outcome",
        [](Reply& r) { r.answers(Outcome::Partial); }},
    CheckCase{Check::ExceptionsConsidered,
        [](Reply& r) { r.answers(Outcome::RefusedProcess); r.item().statements = {Statement::ProceedingOpen}; }, "/items/0/statements",
        [](Reply& r) { r.item().statements.push_back(Statement::NoLawOrdersDisclosure); }},
    CheckCase{Check::ReasonIsSpecific,
        [](Reply& r) { r.answers(Outcome::RefusedInternal); r.item().limb = Limb::Personnel; r.item().reason = "根据《政府信息公开条例》第十六条第一款的规定，属于人事管理信息，不予公开"; }, "/items/0/reason",
        [](Reply& r) { r.item().reason = "面试考官的个人打分只用于内部核对，不对外产生效力"; }},
    CheckCase{Check::AnsweredBefore,
        [](Reply& r) { r.answers(Outcome::Repeated); r.item().reference = "邵政公开〔2026〕答第8号"; }, "/items/0/reference",
        [](Reply& r) { r.background.earlier = {{Code{"1"}, Code{"邵政公开〔2026〕答第8号"}, {}}}; }},
    CheckCase{Check::NotARequest,
        [](Reply& r) { r.answers(Outcome::Petition); }, "/items/0/statements",
        [](Reply& r) { r.item().statements = {Statement::AsksForNoDocument}; }},
    CheckCase{Check::LocationNamed,
        [](Reply& r) { r.answers(Outcome::SpecialLaw); r.item().location = Location::OwnArchiveRoom; }, "/items/0/location",
        [](Reply& r) { r.item().location = Location::OtherBody; }},
    CheckCase{Check::FormAsAsked,
        [](Reply& r) { r.item().provided_as = ProvideAs::Disc; }, "/items/0/reason",
        [](Reply& r) { r.item().reason = "原件为大幅图纸，复印会损害载体安全"; }},
    CheckCase{Check::RemedyKnown,
        [](Reply& r) { r.background.court.clear(); }, "",
        [](Reply& r) { r.background.court = "邵阳市双清区人民法院"; }},
    CheckCase{Check::RemedyNotTyped,
        [](Reply& r) { r.draft.text = "如不服，可以在三个月内提起行政诉讼。"; }, "/text",
        [](Reply& r) { r.draft.text = "现将所申请的信息提供给您。"; }},
    CheckCase{Check::SignedByTheAgency,
        [](Reply& r) { r.draft.text = "现将所申请的信息提供给您。\n  城乡建设科\n"; }, "/text",
        [](Reply& r) { r.draft.text = "现将所申请的信息提供给您，由城乡建设科寄出。"; }},
    CheckCase{Check::AddressOpened,
        [](Reply& r) { r.answers(Outcome::AlreadyPublic); r.item().reference = "门户网站 https://www.example.gov.cn/a"; }, "/items/0/opened_on",
        [](Reply& r) { r.item().opened_on = day("2026-03-02"); }},
    CheckCase{Check::NoPersonalData,
        [](Reply& r) { r.item().reference = "张三 430502199003070014"; }, "/items/0/reference",
        [](Reply& r) { r.item().reference = "附件一份"; }},
    CheckCase{Check::DatesAgree,
        [](Reply& r) { r.draft.text = "本机关于2026年3月1日收到您的申请。"; }, "/text",
        [](Reply& r) { r.draft.text = "本机关于2026年3月2日收到您的申请。"; }},
    CheckCase{Check::OwnJudgement,
        [](Reply& r) { r.third_party(Stance::Objected, true); r.answers(Outcome::RefusedThirdParty); r.item().limb = Limb::TradeSecret;
                       r.c.consultations.front().opinion->text = "涉及我公司报价构成，公开会损害我公司利益。"; r.item().reason = "涉及我公司报价构成；公开会损害我公司利益"; }, "/items/0/reason",
        [](Reply& r) { r.item().reason = "报价构成反映该公司的成本和利润，没有公开过，公开后其他投标人可以据此压价"; }},
    CheckCase{Check::EnclosuresThere,
        [](Reply& r) { r.background.enclosed.clear(); r.draft.text = "信息见附件。"; r.item().reference = "复印件一份"; }, "/text",
        [](Reply& r) { r.background.enclosed = {{"分配表.pdf", {}}}; }},
    CheckCase{Check::SomethingProvided,
        [](Reply& r) { r.background.enclosed.clear(); r.item().reference = "现提供本月份的情况，请凭身份证明"; }, "/items/0/reference",
        [](Reply& r) { r.item().reference = "工作日到本机关档案室查阅、抄录"; }},
    CheckCase{Check::CoOpinionsGiven,
        [](Reply& r) { r.c.state = State::Handling; r.c.co_departments = {Code{"d2"}}; }, "",
        [](Reply& r) { r.c.co_opinions.push_back({{Code{"d2"}, "我科没有意见"}, Code{"u2"}, {}}); }},
    CheckCase{Check::ApplicantHidden,
        [](Reply& r) { r.draft.third_party_notices = {{Code{"c1"}, "张三申请的合同价款", "价款是财政资金的支出"}}; }, "/third_party_notices/0/content",
        [](Reply& r) { r.draft.third_party_notices.front().content = "合同价款"; }},
    CheckCase{Check::ProhibitionNamed,
        [](Reply& r) { r.answers(Outcome::RefusedLaw); r.item().reference = "《湖南省某条例》第三条、某部规章第五条"; }, "/items/0/reference",
        [](Reply& r) { r.item().reference = "《中华人民共和国统计法》第二十八条"; }},
};
// clang-format on

void PrintTo(CheckCase const& each, std::ostream* out) { *out << code(each.check); }

class EachCheck : public testing::TestWithParam<CheckCase> {};

TEST_P(EachCheck, HoldsUntilSpoiltAndAgainWhenMended) {
    CheckCase const& each = GetParam();
    Reply reply;
    EXPECT_TRUE(reply.findings(each.check).empty());
    each.spoil(reply);
    auto const findings = reply.findings(each.check);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().pointer, each.pointer);
    EXPECT_EQ(findings.front().code, code(each.check));
    EXPECT_FALSE(findings.front().detail.empty());
    each.mend(reply);
    EXPECT_TRUE(reply.findings(each.check).empty());
}

INSTANTIATE_TEST_SUITE_P(Checks, EachCheck, testing::ValuesIn(kCheckCases));

TEST(Checks, ARemedyIsKnownByHowItIsSpokenOf) {
    Reply reply;
    for (auto const* typed :
         {"如不服本答复，可在三个月内向人民法院提起诉讼。",
          "对本答复不服的，可以申请复议。",
          "可依法向法院起诉。",
          "不服的，60日内提出行政复议。"}) {
        reply.draft.text = typed;
        EXPECT_EQ(reply.findings(Check::RemedyNotTyped).size(), 1U) << typed;
    }
    for (auto const* harmless : {"该案的民事判决书由人民法院作出。", "附行政复议决定书一份。"}) {
        reply.draft.text = harmless;
        EXPECT_TRUE(reply.findings(Check::RemedyNotTyped).empty()) << harmless;
    }
}

TEST(Checks, TheDayOfTheRequestIsTheOneOnWhichItWasMade) {
    Reply reply;
    reply.draft.text = "你于2026年1月1日提出政府信息公开申请。";
    EXPECT_EQ(reply.findings(Check::DatesAgree).size(), 1U);
    reply.draft.text = "您于2026年3月2日提出的申请收悉；第三方于2026年3月9日提出不同意公开。";
    EXPECT_TRUE(reply.findings(Check::DatesAgree).empty());
}

TEST(Checks, OnlyALawOfTheNationForbids) {
    Reply reply;
    reply.answers(Outcome::RefusedLaw);
    auto const holds = [&](char const* reference) {
        reply.item().reference = reference;
        return reply.findings(Check::ProhibitionNamed).empty();
    };
    EXPECT_TRUE(holds("《统计法》第二十八条") && holds("《征信业管理条例》第四条") && holds("《城市供水条例》第三条"));
    EXPECT_TRUE(holds("《国务院关于某事项的决定》第二条") && holds("统计法第二十八条"));
    EXPECT_FALSE(
        holds("部门规章") || holds("《某部信访工作办法》") || holds("《邵阳市物业管理条例》") ||
        holds("《湖南省某办法》")
    );
    // Of a file that is disclosed in part, the reason names the law.
    reply.answers(Outcome::Partial);
    reply.item().limb = Limb::ForbiddenByLaw;
    reply.item().reason = "第5页是法律禁止公开的内容，因此不能公开。";
    EXPECT_EQ(reply.findings(Check::ProhibitionNamed).size(), 1U);
    reply.item().reason = "第5页是《中华人民共和国统计法》第二十八条禁止公开的内容。";
    EXPECT_TRUE(reply.findings(Check::ProhibitionNamed).empty());
}

TEST(Checks, WhatWasFoundForOneItemDoesNotContradictAnother) {
    Reply reply;
    reply.c.application.items.push_back(reply.c.application.items.front());
    reply.draft.items = {{Outcome::RefusedSecret, {}, {}, {}, {}}, {Outcome::NotHeld, {}, {}, {}, {}}};
    reply.search(true);
    EXPECT_EQ(reply.findings(Check::SearchAgrees).size(), 1U) << "it names no item";
    reply.c.searches.front().items = {1};
    EXPECT_TRUE(reply.findings(Check::SearchAgrees).empty());
    reply.c.searches.front().items = {2};
    EXPECT_EQ(reply.findings(Check::SearchAgrees).front().pointer, "/items/1/outcome");
}

TEST(Checks, WhatWasHandedOverBeforeItsTermIsStillAnsweredHere) {
    Reply reply;
    reply.answers(Outcome::Transferred);
    reply.item().location = Location::NationalArchives;
    ASSERT_EQ(reply.findings(Check::LocationNamed).size(), 1U);
    EXPECT_EQ(reply.findings(Check::LocationNamed).front().pointer, "/items/0/statements");
    reply.item().statements = {Statement::TransferTermOver};
    EXPECT_TRUE(reply.findings(Check::LocationNamed).empty());
}

TEST(Checks, EveryCheckHasItsCase) {
    for (auto const& check : kChecks) {
        EXPECT_NE(std::ranges::find(kCheckCases, check.value, &CheckCase::check), kCheckCases.end()) << check.code;
    }
}

TEST(Checks, AWaiverAnswersForWhatMayBeWaivedAndForNothingElse) {
    Reply reply;
    reply.draft.text = "请与13800000000联系领取。";
    auto const waived = [&](Check check) {
        return unresolved_findings(
            check_reply(reply.c, reply.draft, reply.background), {{check, "经办电话，已征得本人同意"}}
        );
    };
    EXPECT_TRUE(waived(Check::NoPersonalData).empty());
    // One that holds needs no waiver, and the failing one still stands.
    auto const useless = waived(Check::DatesAgree);
    ASSERT_EQ(useless.size(), 2U);
    EXPECT_EQ(useless.front().pointer, "/text");
    EXPECT_EQ(useless.back().pointer, "/waivers/0/check");

    reply.draft.text = "现将所申请的信息提供给您。";
    reply.background.court.clear();
    auto const refused = waived(Check::RemedyKnown);
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused.front().pointer, "/waivers/0/check");
}

TEST(Checks, APartialReplyStatesWhatItsLimbAsksFor) {
    ItemReply item;
    item.outcome = Outcome::Partial;
    EXPECT_TRUE(statements_for(item).empty());
    item.limb = Limb::Draft;
    EXPECT_EQ(statements_for(item), (std::vector{Statement::ProceedingOpen, Statement::NoLawOrdersDisclosure}));
    EXPECT_TRUE(may_state(Outcome::Partial, Statement::NoOutsideEffect));
    EXPECT_FALSE(may_state(Outcome::Partial, Statement::AsksForNoDocument));
}

TEST(Checks, DatesThatDoNotExistAreFound) {
    Reply reply;
    reply.draft.text = "该文件于2025年2月30日印发，2025年12月1日废止。";
    auto const findings = reply.findings(Check::DatesAgree);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().detail, "2025年2月30日不是真实的日期。");
}

TEST(Missing, NamesWhatTheProcedureWouldRefuse) {
    Office office;
    office.handling();
    auto draft = std::get<ReplyDraft>(office.sample(Action::DraftReply));
    auto const context = office.context(office.person(Role::Handler));
    EXPECT_TRUE(missing_from(office.c, draft, context).empty());

    draft.outcome = Outcome::NotHeld;  // not that of the only item
    draft.items.front().outcome = Outcome::RefusedInternal;
    office.must(Role::Handler, Action::Consult);
    std::vector<std::string> codes;
    for (auto const& each : missing_from(office.c, draft, context)) codes.push_back(each.code);
    EXPECT_EQ(
        codes,
        (std::vector<std::string>{"main_outcome_does_not_fit", "consultation_open", "limb", "reason", "separation"})
    );
    draft.text.clear();
    EXPECT_EQ(missing_from(office.c, draft, context).front().code, "required");
}

}  // namespace
}  // namespace workflow
