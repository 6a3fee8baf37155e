#include "tests/workflow/golden.hpp"
#include "tests/workflow/office.hpp"
#include "workflow/letters/letter_sample.hpp"
#include "workflow/reply/reply_prefill.hpp"

#include <gtest/gtest.h>

/// Letters as a lawyer reads them, kept in letters/golden/ beside this file: every reply as it is prefilled, every pair
/// of outcomes of different remedy in one letter, every ending, every notice. UPDATE_LETTERS=1 writes them anew; read
/// the difference.
namespace workflow {
namespace {

std::string whole_text(Document const& document) {
    std::string all = document.title + "\n" + document.addressee + "：\n";
    for (Block const& block : document.body) {
        if (auto const* heading = std::get_if<Heading>(&block)) all += "# " + heading->text + "\n";
        if (auto const* paragraph = std::get_if<Paragraph>(&block)) all += paragraph->text + "\n";
        if (auto const* quotation = std::get_if<Quotation>(&block)) all += "> " + quotation->text + "\n";
    }
    for (std::string const& each : document.attachments) all += "附件：" + each + "\n";
    return all;
}

std::string composed(LetterKind kind, SampleLetter const& sample) {
    auto const paper = compose(kind, usual_template(kind), sample.facts(Office::calendar()));
    EXPECT_TRUE(paper) << code(kind) << ": " << (paper ? "" : paper.error().detail);
    return paper ? whole_text(*paper) : std::string();
}

/// The reply with this outcome as the workshop prefills it, with the texts of the sample where the file says nothing.
SampleLetter prefilled(Outcome outcome) {
    SampleLetter sample = sample_reply(outcome);
    ReplyBackground background{};
    background.enclosed = sample.enclosed;
    for (Prefill const& prefill : prefills(sample.c, background)) {
        if (prefill.outcome != outcome) continue;
        sample.c.draft->text = prefill.text;
        ItemReply& item = sample.c.draft->items.front();
        if (prefill.reference) item.reference = prefill.reference;
        if (prefill.reason) item.reason = prefill.reason;
    }
    return sample;
}

/// What no letter may say, whatever is filled in.
void expect_signable(std::string const& letter) {
    for (std::string_view const fault :
         {"{", "}", "。。", "？。", "！。", "：。", "，。", "；。", "不予公开。本机关决定不予公开"})
        EXPECT_EQ(letter.find(fault), std::string::npos) << fault << "\n" << letter;
    for (std::size_t begin = 0; begin < letter.size();) {
        std::size_t const end = std::min(letter.find("。", begin), letter.size());
        auto const sentence = letter.substr(begin, end - begin);
        bool const long_enough = sentence.size() > 24;
        EXPECT_TRUE(!long_enough || letter.find(sentence + "。" + sentence) == std::string::npos) << sentence;
        begin = end + std::string_view("。").size();
    }
}

constexpr std::string_view kFolder = "tests/workflow/letters/golden/";

void expect_golden(std::string_view name, std::string const& letters) {
    expect_source(std::string(kFolder) + std::string(name) + ".txt", letters, "UPDATE_LETTERS");
}

TEST(GoldenLetters, EveryOutcomeAsPrefilled) {
    std::string letters;
    for (OutcomeRule const& rule : kOutcomeRules) {
        if (!rule.drafted) continue;
        std::string const letter = composed(letter_of(rule.outcome), prefilled(rule.outcome));
        expect_signable(letter);
        EXPECT_NE(letter.find("# 法律依据"), std::string::npos) << code(rule.outcome);
        EXPECT_NE(letter.find("# 救济途径"), std::string::npos) << code(rule.outcome);
        letters.append("==== ").append(label(rule.outcome)).append("\n").append(letter).append("\n");
    }
    expect_golden("replies", letters);
}

TEST(GoldenLetters, EveryLimbAsPrefilled) {
    std::string letters;
    for (LimbRule const& rule : kLimbRules) {
        SampleLetter sample = prefilled(rule.outcome);
        sample.c.draft->items.front().limb = rule.limb;
        std::string const letter = composed(letter_of(rule.outcome), sample);
        expect_signable(letter);
        auto const begin = letter.find(kUsualReplyText) + kUsualReplyText.size() + 1;
        letters.append(label(rule.outcome)).append("：").append(label(rule.limb)).append("\n    ");
        letters.append(letter.substr(begin, letter.find("\n", begin) - begin)).append("\n");
    }
    expect_golden("limbs", letters);
}

TEST(GoldenLetters, EveryPairOfOutcomesOfDifferentRemedy) {
    std::string letters;
    for (OutcomeRule const& refusal : kOutcomeRules) {
        if (!refuses(refusal.outcome)) continue;
        for (OutcomeRule const& other : kOutcomeRules) {
            if (!other.drafted || other.remedy == Remedy::ReviewFirst) continue;
            SampleLetter sample = prefilled(refusal.outcome);
            SampleLetter const second = prefilled(other.outcome);
            sample.c.application.items.push_back({"会议纪要", {}, "研究该方案的会议纪要"});
            sample.c.draft->items.push_back(second.c.draft->items.front());
            sample.enclosed = second.enclosed;
            bool const partial = discloses(other.outcome);
            sample.c.draft->outcome = partial ? Outcome::Partial : refusal.outcome;
            if (second.c.corrected) sample.c.corrected = second.c.corrected, sample.c.correction = second.c.correction;
            std::string const letter = composed(letter_of(sample.c.draft->outcome), sample);
            expect_signable(letter);
            auto const remedies = letter.substr(letter.find("# 救济途径"));
            std::string const whole =
                other.remedy == Remedy::Split ? "、第2项（“会议纪要”）不予公开的部分的答复" : "的答复";
            EXPECT_NE(
                remedies.find("中关于第1项（“石桥村集体土地征收补偿安置方案”）" + whole + "不服的，应当"),
                std::string::npos
            ) << remedies;
            EXPECT_NE(remedies.find("不服的，可以自收到"), std::string::npos) << remedies;
            letters.append("==== ")
                .append(label(refusal.outcome))
                .append(" + ")
                .append(label(other.outcome))
                .append("\n");
            letters.append(letter.substr(letter.find("# 审查和答复"))).append("\n");
        }
    }
    expect_golden("mixed_replies", letters);
}

TEST(GoldenLetters, EveryEndingNamesItsFactsAndItsLaw) {
    std::string letters;
    for (OutcomeRule const& rule : kOutcomeRules) {
        if (rule.drafted && rule.outcome != Outcome::Other) continue;
        SampleLetter sample = sample_letter(LetterKind::Termination);
        sample.c.outcome = rule.outcome;
        sample.c.correction = sample_letter(LetterKind::CorrectionNotice).c.correction;
        sample.c.fee = sample_letter(LetterKind::FeeNotice).c.fee;
        if (rule.outcome != Outcome::Withdrawn) sample.step = Nothing{};
        std::string const letter = composed(LetterKind::Termination, sample);
        expect_signable(letter);
        EXPECT_EQ(letter.find("# 法律依据") == std::string::npos, rule.article.empty()) << letter;
        EXPECT_NE(letter.find("# 救济途径"), std::string::npos) << letter;
        letters.append("==== ").append(label(rule.outcome)).append("\n").append(letter).append("\n");
    }
    Withdrawal const written{
        .reason = "所需信息已经公布", .means = WithdrawalMeans::Written, .withdrawn_on = day("2026-03-16")};
    Withdrawal const oral{
        .reason = "所需信息已经公布",
        .means = WithdrawalMeans::Oral,
        .withdrawn_on = day("2026-03-16"),
        .recording = "03-16-2"};
    for (Withdrawal const& withdrawal : {written, oral}) {
        SampleLetter sample = sample_letter(LetterKind::Termination);
        sample.c.withdrawal = withdrawal;
        sample.step = withdrawal;
        letters.append("==== ").append(label(*withdrawal.means)).append("撤回\n");
        letters.append(composed(LetterKind::Termination, sample)).append("\n");
    }
    RejectionProposal const test{RejectionGround::TestEntry, {}, "培训时录入，没有实际的申请人"};
    RejectionProposal const doubled{RejectionGround::DoubleEntry, Code{"430500-01-2026-000001"}, "同一封信登记了两次"};
    for (RejectionProposal const& proposal : {test, doubled}) {
        SampleLetter sample = sample_letter(LetterKind::Termination);
        sample.c.outcome = Outcome::Other;
        sample.c.rejection = ProposedRejection{proposal, Code{"registrar"}, Role::Registrar};
        sample.step = Reason{"已经核对"};
        letters.append("==== ").append(label(proposal.ground)).append("\n");
        letters.append(composed(LetterKind::Termination, sample)).append("\n");
    }
    expect_golden("endings", letters);
}

TEST(GoldenLetters, EveryNotice) {
    std::string letters;
    for (LetterRule const& rule : kLetterRules) {
        if (rule.is_reply || rule.kind == LetterKind::Termination) continue;
        std::string const letter = composed(rule.kind, sample_letter(rule.kind));
        expect_signable(letter);
        letters.append("==== ").append(label(rule.kind)).append("\n").append(letter).append("\n");
    }
    // 条例第二十九条第二款: the form lacked something; 109号第四条: one form that was split.
    SampleLetter incomplete = sample_letter(LetterKind::CorrectionNotice);
    incomplete.c.correction->content_unclear = false;
    incomplete.c.correction->missing = {FormGap::Identity, FormGap::Authorization};
    incomplete.c.correction->reply_by = day("2027-01-08");
    letters.append("==== 没有附证明的申请\n").append(composed(LetterKind::CorrectionNotice, incomplete)).append("\n");
    SampleLetter split = sample_letter(LetterKind::FeeNotice);
    split.c.fee = FeeNotice{FeeBasis::PerItem, 9, "到本机关档案室查阅、抄录", {}, 30000, 5};
    letters.append("==== 分为几件的申请\n").append(composed(LetterKind::FeeNotice, split)).append("\n");
    expect_golden("notices", letters);
}

TEST(GoldenLetters, WhatOthersReadHoldsNothingOfTheApplicant) {
    for (LetterRule const& rule : kLetterRules) {
        if (rule.addressee == Addressee::Applicant) continue;
        SampleLetter const sample = sample_letter(rule.kind);
        std::string const letter = composed(rule.kind, sample);
        EXPECT_TRUE(revealed_by(letter, sample.c.application).empty()) << letter;
        EXPECT_EQ(letter.find(sample.c.application.items.front().description), std::string::npos) << letter;
        EXPECT_EQ(letter.find(sample.c.consultations.front().opinion->text), std::string::npos) << letter;
    }
}

TEST(GoldenLetters, NoteOfTheSearchStaysInTheFile) {
    for (OutcomeRule const& rule : kOutcomeRules) {
        if (!rule.drafted) continue;
        SampleLetter const sample = prefilled(rule.outcome);
        std::string const letter = composed(letter_of(rule.outcome), sample);
        EXPECT_EQ(letter.find(sample.c.searches.front().result), std::string::npos) << letter;
        bool const told = letter.find("# 检索情况") != std::string::npos;
        if (refuses(rule.outcome)) {
            EXPECT_FALSE(told) << "unless it is chosen";
        }
    }
    SampleLetter chosen = prefilled(Outcome::RefusedInternal);
    chosen.c.draft->tells_searches = true;
    EXPECT_NE(composed(LetterKind::Refused, chosen).find("检索到与申请内容相符的材料"), std::string::npos);
}

}  // namespace
}  // namespace workflow
