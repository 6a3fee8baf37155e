#include "workflow/letters/letters.hpp"

#include "workflow/letters/letter_sample.hpp"
#include "workflow/words/articles.hpp"

#include <gtest/gtest.h>

#include "tests/workflow/office.hpp"

namespace workflow {
namespace {

std::string text_of(Document const& document) {
    std::string all;
    for (Block const& block : document.body) {
        if (auto const* heading = std::get_if<Heading>(&block)) all += "# " + heading->text + "\n";
        if (auto const* paragraph = std::get_if<Paragraph>(&block)) all += paragraph->text + "\n";
        if (auto const* quotation = std::get_if<Quotation>(&block)) all += "> " + quotation->text + "\n";
    }
    return all;
}

bool has(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::vector<std::string> codes(std::vector<FieldError> const& errors) {
    std::vector<std::string> list;
    for (FieldError const& error : errors) list.push_back(error.code);
    return list;
}

// ---- tables --------------------------------------------------------------------------------------------------------

TEST(LetterTables, EveryArticleOfTheRegulationThatALetterRestsOnIsQuoted) {
    for (LetterRule const& rule : kLetterRules) {
        bool const quoted = !rule.article.starts_with("条例") || !text_of_article(rule.article).empty();
        EXPECT_TRUE(quoted) << rule.article;
    }
    for (LimbRule const& limb : kLimbRules) EXPECT_FALSE(text_of_article(limb.article).empty()) << limb.article;
    for (OutcomeRule const& rule : kOutcomeRules) {
        bool const quoted = !rule.article.starts_with("条例") || !text_of_article(rule.article).empty();
        EXPECT_TRUE(quoted) << rule.article;
    }
}

TEST(LetterTables, EveryUsualTextNamesWhatItMustAndNothingElse) {
    for (auto const& kind : kLetterKinds) {
        auto const errors = check_template(kind.value, usual_template(kind.value));
        EXPECT_TRUE(errors.empty()) << kind.code << ": " << (errors.empty() ? "" : errors.front().detail);
    }
}

TEST(LetterTables, WhoeverIsConsultedIsNotToldWhoAsks) {
    for (LetterRule const& rule : kLetterRules) {
        if (rule.addressee == Addressee::Applicant) continue;
        EXPECT_FALSE(fields_of(rule).has(LetterField::CaseNumber)) << code(rule.kind);
        auto const sample = sample_letter(rule.kind);
        auto const paper = compose(rule.kind, usual_template(rule.kind), sample.facts(Office::calendar()));
        ASSERT_TRUE(paper) << code(rule.kind);
        EXPECT_FALSE(has(text_of(*paper), sample.c.application.applicant.name)) << code(rule.kind);
        EXPECT_NE(paper->addressee, sample.c.application.applicant.name) << code(rule.kind);
    }
}

// ---- composing -----------------------------------------------------------------------------------------------------

TEST(Letters, EveryKindIsComposedForTheSample) {
    for (auto const& kind : kLetterKinds) {
        auto const sample = sample_letter(kind.value);
        auto const paper = compose(kind.value, usual_template(kind.value), sample.facts(Office::calendar()));
        ASSERT_TRUE(paper) << kind.code << ": " << paper.error().detail;
        EXPECT_FALSE(has(text_of(*paper), "{")) << kind.code;
        EXPECT_FALSE(has(text_of(*paper), "。。")) << kind.code << text_of(*paper);
        EXPECT_EQ(paper->signed_by, sample.issuer.name);
    }
}

TEST(Letters, EveryReplyQuotesItsArticleAndNamesItsRemedy) {
    for (OutcomeRule const& rule : kOutcomeRules) {
        if (!rule.drafted) continue;
        LetterKind const kind = letter_of(rule.outcome);
        auto const sample = sample_reply(rule.outcome);
        auto const paper = compose(kind, usual_template(kind), sample.facts(Office::calendar()));
        ASSERT_TRUE(paper) << code(rule.outcome) << ": " << paper.error().detail;
        std::string const text = text_of(*paper);
        auto const& limb = sample.c.draft->items.front().limb;
        std::string_view const article = limb ? rule_of(*limb).article : rule.article;
        EXPECT_TRUE(has(text, citation(article) + "：“")) << code(rule.outcome) << text;
        bool const review_first = has(text, "先向示范市人民政府");
        bool const free = has(text, "或者自收到本") && has(text, "6个月内");
        EXPECT_EQ(review_first, rule.remedy == Remedy::ReviewFirst || rule.remedy == Remedy::Split)
            << code(rule.outcome);
        EXPECT_EQ(free, rule.remedy == Remedy::Free || rule.remedy == Remedy::Split) << code(rule.outcome);
    }
}

TEST(Letters, APartialReplyStatesBothRemediesApart) {
    auto const sample = sample_reply(Outcome::Partial);
    auto const paper =
        compose(LetterKind::Partial, usual_template(LetterKind::Partial), sample.facts(Office::calendar()));
    std::string const text = text_of(paper.value());
    EXPECT_TRUE(has(text, "对本答复书中不予公开的部分不服的"));
    EXPECT_TRUE(has(text, "对本答复书中提供的部分不服的"));
}

TEST(Letters, EachOfSeveralItemsGetsItsAnswerAndItsLaw) {
    auto sample = sample_reply(Outcome::Disclosed);
    sample.c.application.items.push_back({"会议讨论记录", {}, "研究该方案的会议讨论记录"});
    ItemReply refused{Outcome::RefusedProcess, Limb::DiscussionRecord, "尚在研究阶段", "公开会影响讨论", "不能分开"};
    sample.c.draft->outcome = Outcome::Partial;
    sample.c.draft->items.push_back(refused);
    auto const paper =
        compose(LetterKind::Partial, usual_template(LetterKind::Partial), sample.facts(Office::calendar()));
    std::string const text = text_of(paper.value());
    EXPECT_TRUE(has(text, "关于第2项“会议讨论记录”：您申请的信息是行政机关在履行行政管理职能过程中形成的讨论记录"))
        << text;
    EXPECT_TRUE(has(text, "第三十六条第三项")) << text;
    EXPECT_TRUE(has(text, "第十六条第二款")) << text;
    EXPECT_TRUE(has(text, "第三十六条第二项")) << text;
}

/// Where no article says so expressly, an agency may cite another basis (AgencyPolicy::outcome_readings).
TEST(Letters, TheBasisThatAnAgencySetsStandsInPlaceOfOurs) {
    std::string const own = "《示范市政府信息公开规定》第八条";
    for (OutcomeRule const& rule : kOutcomeRules) {
        auto const kind = letter_of(rule.outcome);
        auto sample = rule.drafted ? sample_reply(rule.outcome) : sample_letter(kind);
        if (!rule.drafted) sample.c.outcome = rule.outcome;
        auto const told = [&] {
            return text_of(compose(kind, usual_template(kind), sample.facts(Office::calendar())).value());
        };
        auto const ours = told();
        EXPECT_FALSE(has(ours, own)) << code(rule.outcome);
        sample.issuer.readings = {{rule.outcome, {}, 23}};
        EXPECT_EQ(told(), ours) << "a row of 表三 alone changes no letter";
        sample.issuer.readings = {{rule.outcome, own, {}}};
        EXPECT_TRUE(has(told(), own)) << code(rule.outcome);
        if (rule.drafted && rule.reading) {
            auto const article = rule_of(kind).article;
            EXPECT_TRUE(has(ours, short_citation({&article, 1}))) << code(rule.outcome);
            EXPECT_FALSE(has(told(), short_citation({&article, 1}))) << told();
        }
    }
}

TEST(Letters, WhatIsClassifiedIsNotDescribed) {
    auto const sample = sample_reply(Outcome::RefusedSecret);
    auto const paper =
        compose(LetterKind::Refused, usual_template(LetterKind::Refused), sample.facts(Office::calendar()));
    EXPECT_FALSE(has(text_of(paper.value()), *sample.c.draft->items.front().reference));
}

/// 条例第十四条: what a search has found of a refused item does not come to light because another item is 信息不存在.
TEST(Letters, WhatWasFoundOfARefusedItemIsNotToldBesideAnother) {
    auto sample = sample_reply(Outcome::NotHeld);
    sample.c.application.items.push_back({"重点目标防控方案", {}, "全文"});
    sample.c.draft->items.push_back({Outcome::RefusedSecret, {}, "《保密事项范围》第三条", "公开会危害安全", {}});
    SearchRecord const nothing{{SearchPlace::ArchiveRoom}, {"公路"}, "李四", {}, false, "没有", "没有查找到相关记录"};
    SearchRecord const secret{{SearchPlace::ArchiveRoom}, {"方案"}, "李四", {}, true, "有", "已查找到《某方案》"};
    auto const told = [&] {
        return text_of(
            compose(LetterKind::NotHeld, usual_template(LetterKind::NotHeld), sample.facts(Office::calendar())).value()
        );
    };
    sample.c.searches = {nothing, secret};
    EXPECT_TRUE(has(told(), "没有查找到相关记录"));
    EXPECT_FALSE(has(told(), "某方案"));
    sample.c.searches[1].items = {2};
    EXPECT_FALSE(has(told(), "某方案"));
    sample.c.searches[1].items = {1};
    EXPECT_TRUE(has(told(), "某方案")) << "that one was not refused";
    sample.c.searches[1].items = {};
    sample.c.draft->tells_searches = true;
    EXPECT_TRUE(has(told(), "某方案")) << "chosen";
}

TEST(Letters, ParagraphsOfWhatIsNotThereAreLeftOut) {
    auto sample = sample_reply(Outcome::Disclosed);
    sample.c.searches.clear();
    auto const paper =
        compose(LetterKind::Disclosed, usual_template(LetterKind::Disclosed), sample.facts(Office::calendar()));
    std::string const text = text_of(paper.value());
    EXPECT_FALSE(has(text, "# 检索情况"));
    EXPECT_FALSE(has(text, "补正材料"));
}

TEST(Letters, ALetterThatLacksSomethingIsRefusedAndSaysWhat) {
    auto sample = sample_letter(LetterKind::CorrectionNotice);
    sample.c.correction->points.clear();
    auto const facts = sample.facts(Office::calendar());
    auto const paper = compose(LetterKind::CorrectionNotice, usual_template(LetterKind::CorrectionNotice), facts);
    ASSERT_FALSE(paper);
    ASSERT_EQ(paper.error().errors.size(), 1U);
    EXPECT_EQ(paper.error().errors.front().pointer, "/correction.points");
    auto const preview =
        compose_preview(LetterKind::CorrectionNotice, usual_template(LetterKind::CorrectionNotice), facts);
    EXPECT_FALSE(preview.body.empty());
}

TEST(Letters, AnOrganisationIsAddressedAsOne) {
    auto sample = sample_letter(LetterKind::Receipt);
    sample.c.application.applicant.kind = ApplicantKind::Business;
    auto const paper =
        compose(LetterKind::Receipt, usual_template(LetterKind::Receipt), sample.facts(Office::calendar()));
    EXPECT_TRUE(has(text_of(paper.value()), "贵单位"));
    EXPECT_FALSE(has(text_of(paper.value()), "您"));
}

// ---- templates -----------------------------------------------------------------------------------------------------

TEST(LetterTemplates, FaultsAreNamed) {
    auto text = usual_template(LetterKind::Receipt);
    text.body += "\n{no.such.field}";
    EXPECT_EQ(codes(check_template(LetterKind::Receipt, text)), std::vector<std::string>{"unknown_field"});
    text = usual_template(LetterKind::Receipt);
    text.body += "\n{fee.amount}";
    EXPECT_EQ(codes(check_template(LetterKind::Receipt, text)), std::vector<std::string>{"field_not_offered"});
    text = usual_template(LetterKind::Receipt);
    text.body += "\n内容：{case.items}";
    EXPECT_EQ(codes(check_template(LetterKind::Receipt, text)), std::vector<std::string>{"part_not_alone"});
    text = usual_template(LetterKind::Receipt);
    text.body += "\n没有关上的{you";
    EXPECT_EQ(codes(check_template(LetterKind::Receipt, text)), std::vector<std::string>{"unbalanced_brace"});
    text.body = "本机关已收到申请。";
    auto const missing = check_template(LetterKind::Receipt, text);
    EXPECT_EQ(missing.size(), 5U) << "nobody can leave out what the letter must say";
    text = usual_template(LetterKind::Receipt);
    text.title = "回执{case.number}";
    EXPECT_EQ(codes(check_template(LetterKind::Receipt, text)), std::vector<std::string>{"field_in_title"});
}

TEST(LetterTemplates, TheRemedyCannotBeLeftOut) {
    auto text = usual_template(LetterKind::Refused);
    text.body.erase(text.body.find("{remedy}"));
    auto const errors = check_template(LetterKind::Refused, text);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_TRUE(has(errors.front().detail, "{remedy}"));
}

TEST(Letters, WhatTheAgencyWritesHasChinesePunctuation) {
    auto sample = sample_letter(LetterKind::Receipt);
    LetterTemplate const text{"回执", "收到(编号:{case.number}),电话:0739-1(9:00,12:00)。(a, b)"};
    auto const paper = compose_preview(LetterKind::Receipt, text, sample.facts(Office::calendar()));
    EXPECT_EQ(text_of(paper), "收到（编号：430500-02-2026-000128），电话：0739-1(9:00,12:00)。（a, b）\n");
}

TEST(LetterTemplates, LinesMakeParagraphsHeadingsAndQuotations) {
    auto const sample = sample_letter(LetterKind::Receipt);
    LetterTemplate const text{"回执", "# 空的标题\n\n# 标题\n  一段\n> 引文\n# 末尾"};
    auto const paper = compose_preview(LetterKind::Receipt, text, sample.facts(Office::calendar()));
    EXPECT_EQ(text_of(paper), "# 标题\n一段\n> 引文\n");
}

// ---- remedies ------------------------------------------------------------------------------------------------------

TEST(Remedies, HaveTheirLastDaysOnceDeliveryIsKnown) {
    RemedyBodies const bodies{"某市人民政府", "", "", "某区人民法院", ""};
    RemedyGroup const whole{Remedy::Free, {}, "本答复书"};
    auto const text = remedy_text(whole, "答复书", bodies, day("2026-08-02"), Office::calendar());
    EXPECT_TRUE(has(text, "60日内（最后一日为2026年10月8日）")) << text;
    EXPECT_EQ(last_suit_day(day("2026-08-31"), Office::calendar()), day("2027-03-01")) << "2027-02-28 is a Sunday";
    EXPECT_TRUE(remedy_text({Remedy::None, {}, "本回执"}, "回执", bodies, {}, Office::calendar()).empty());
}

// ---- which step makes which ----------------------------------------------------------------------------------------

/// The kinds that the last step of the office's case made.
class LetterSteps : public testing::Test {
protected:
    std::vector<LetterKind> made() const {
        Case before;
        for (std::size_t i = 0; i + 1 < office.events.size(); ++i) before = evolve(before, office.events[i]);
        std::vector<LetterKind> kinds;
        due = letters_of(before, office.events.back(), office.c);
        for (DueLetter const& letter : due) kinds.push_back(letter.kind);
        EXPECT_TRUE(kinds.empty() || makes_letters(office.events.back().action));
        return kinds;
    }
    using Kinds = std::vector<LetterKind>;
    Office office;
    mutable std::vector<DueLetter> due;
};

TEST_F(LetterSteps, AReceiptComesWhenTheRequestCountsAsReceivedAndOnce) {
    office.submitted();
    EXPECT_EQ(made(), Kinds{LetterKind::Receipt});
    EXPECT_EQ(due.front().own_class, LetterClass::Receipt);
    office.must(Role::Registrar, Action::ConfirmReceipt);
    EXPECT_EQ(made(), Kinds{});

    Office by_staff;
    by_staff.policy.online_receipt = OnlineReceipt::ByStaff;
    office = by_staff;
    office.submitted();
    EXPECT_EQ(made(), Kinds{});
    office.must(Role::Registrar, Action::ConfirmReceipt);
    EXPECT_EQ(made(), Kinds{LetterKind::Receipt});
}

TEST_F(LetterSteps, AConsultationMakesItsLetterAndTellsTheApplicant) {
    office.consulting();
    EXPECT_EQ(made(), (Kinds{LetterKind::ThirdPartyConsultation, LetterKind::ConsultationNotice}));
    EXPECT_FALSE(due[0].own_class) << "bears the number of the step";
    EXPECT_EQ(due[1].own_class, LetterClass::Notice);
    EXPECT_EQ(due[0].consultation, Code{"c1"});
    ConsultationLetter letter{ConsultationKind::JointAgency, "某局", "是否同意公开", {}, {}, {1}, "养护资金分配表"};
    office.must(Role::Handler, Action::Consult, letter);
    EXPECT_EQ(made().front(), LetterKind::JointAgencyConsultation);
    letter.kind = ConsultationKind::Authority;
    office.must(Role::Handler, Action::Consult, letter);
    EXPECT_EQ(made().front(), LetterKind::AuthorityConsultation);
}

TEST_F(LetterSteps, OnlyTheSignatureMakesTheReply) {
    office.approving(ApprovalStep::Sign);
    EXPECT_EQ(made(), Kinds{});
    EXPECT_FALSE(is_sent(rule_of(LetterKind::Disclosed), office.c));
    office.must(Role::OfficeHead, Action::ApproveReply);
    EXPECT_EQ(made(), Kinds{LetterKind::Disclosed});
    EXPECT_FALSE(is_sent(rule_of(LetterKind::Disclosed), office.c));
    office.must(Role::Registrar, Action::DispatchReply);
    EXPECT_EQ(made(), Kinds{});
    EXPECT_TRUE(is_sent(rule_of(LetterKind::Disclosed), office.c));
}

TEST_F(LetterSteps, AThirdPartyThatIsOverruledIsToldBeforeDisclosure) {
    office.consulting();
    Opinion const objection{Code{"c1"}, office.today, Stance::Objected, false, "不同意公开，理由不成立。"};
    office.must(Role::Handler, Action::RecordOpinion, objection);
    office.must(Role::Handler, Action::DraftReply);
    office.must(Role::Handler, Action::SubmitReply);
    for (Role const role : {Role::DepartmentHead, Role::SecrecyReviewer, Role::LegalReviewer, Role::OfficeHead}) {
        office.must(role, Action::ApproveReply);
    }
    EXPECT_EQ(made(), (Kinds{LetterKind::Disclosed, LetterKind::DisclosureDecision}));
    EXPECT_EQ(due[1].consultation, Code{"c1"});
}

TEST_F(LetterSteps, EveryEndWithoutAReplyIsTold) {
    office.lapsed_uncorrected();
    EXPECT_EQ(made(), Kinds{LetterKind::Termination});
    office = Office();
    office.lapsed_unpaid();
    EXPECT_EQ(made(), Kinds{LetterKind::Termination});
    office = Office();
    office.registered();
    office.must(Role::Registrar, Action::Withdraw);
    EXPECT_EQ(made(), Kinds{LetterKind::Termination});
}

/// A whole story: whatever a step makes can be composed from that step.
TEST_F(LetterSteps, WhatAStepMakesCanBeComposedFromIt) {
    auto const play = [](void (Office::*story)(), auto&&... more) {
        Office told;
        (told.*story)();
        (more(told), ...);
        Case before;
        auto const issuer = sample_letter(LetterKind::Receipt).issuer;
        for (Event const& event : told.events) {
            Case const after = evolve(before, event);
            for (DueLetter const& letter : letters_of(before, event, after)) {
                LetterFacts const facts{
                    after,
                    before,
                    event.payload,
                    issuer,
                    Office::calendar(),
                    local_date(event.at),
                    event.document,
                    letter.consultation};
                auto const paper = compose(letter.kind, usual_template(letter.kind), facts);
                EXPECT_TRUE(paper) << code(letter.kind) << " " << (paper ? "" : paper.error().detail);
            }
            before = after;
        }
    };
    play(&Office::archived);
    play(&Office::lapsed_uncorrected);
    play(&Office::lapsed_unpaid);
    play(&Office::explaining);
    play(&Office::consulting);
    play(&Office::extension_proposed, [](Office& o) { o.must(Role::OfficeHead, Action::ApproveExtension); });
    play(&Office::explaining, [](Office& o) {
        o.must(Role::Registrar, Action::RecordExplanation);
        o.must(Role::OfficeHead, Action::Defer);
    });
    play(&Office::rejection_proposed, [](Office& o) { o.must(Role::Reviewer, Action::RejectSubmission); });
    play(&Office::registered, [](Office& o) { o.must(Role::Registrar, Action::Withdraw); });
}

}  // namespace
}  // namespace workflow
