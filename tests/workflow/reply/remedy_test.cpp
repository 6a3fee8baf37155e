#include "workflow/reply/remedy.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace workflow {
namespace {

RemedyBodies const kBodies{"某市人民政府", "", "", "某区人民法院", ""};

struct Asked {
    Application application;
    ReplyDraft draft;

    Asked& item(std::string title, Outcome outcome, std::optional<Limb> limb = {}) {
        application.items.push_back({std::move(title), {}, "说明"});
        draft.items.push_back({outcome, limb, {}, {}, {}});
        return *this;
    }
    std::vector<RemedyGroup> groups() const { return remedies_of(application, draft, "答复书"); }
    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (RemedyGroup const& group : groups()) all.push_back(group.name);
        return all;
    }
};
using Names = std::vector<std::string>;

TEST(Remedies, OneSentenceWhereEverythingIsContestedAlike) {
    EXPECT_EQ(Asked().item("甲", Outcome::Disclosed).names(), Names{"本答复书"});
    EXPECT_EQ(Asked().item("甲", Outcome::RefusedInternal).names(), Names{"本答复书"});
    EXPECT_EQ(Asked().item("甲", Outcome::Disclosed).item("乙", Outcome::NotHeld).names(), Names{"本答复书"});
}

TEST(Remedies, ARefusedItemBesideAnotherGoesToReviewFirst) {
    auto const groups = Asked().item("甲", Outcome::RefusedSecret).item("乙", Outcome::NotHeld).groups();
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[0].remedy, Remedy::ReviewFirst);
    EXPECT_EQ(groups[0].name, "本答复书中关于第1项（“甲”）的答复");
    EXPECT_EQ(groups[1].remedy, Remedy::Free);
    EXPECT_EQ(groups[1].name, "本答复书中关于第2项（“乙”）的答复");
    std::string const first = remedy_text(groups[0], "答复书", kBodies, {}, Office::calendar());
    EXPECT_NE(first.find("先向某市人民政府申请行政复议"), std::string::npos) << first;
    EXPECT_NE(first.find("15日内向某区人民法院"), std::string::npos) << first;
}

TEST(Remedies, ThePartsOfOneItemAreNamed) {
    EXPECT_EQ(
        Asked().item("甲", Outcome::Partial, Limb::TradeSecret).names(),
        (Names{"本答复书中不予公开的部分", "本答复书中提供的部分"})
    );
    EXPECT_EQ(
        Asked()
            .item("甲", Outcome::Partial, Limb::Draft)
            .item("乙", Outcome::RefusedLaw)
            .item("丙", Outcome::Petition)
            .names(),
        (Names{
            "本答复书中关于第1项（“甲”）不予公开的部分、第2项（“乙”）的答复",
            "本答复书中关于第1项（“甲”）提供的部分、第3项（“丙”）的答复"})
    );
}

/// 条例第三十七条: 不属于政府信息的内容 is withheld without being refused under 条例第十四条至第十六条.
TEST(Remedies, WhatIsNoGovernmentInformationIsNotRefused) {
    EXPECT_EQ(Asked().item("甲", Outcome::Partial, Limb::NotGovernmentInformation).names(), Names{"本答复书"});
    EXPECT_EQ(
        Asked()
            .item("甲", Outcome::Partial, Limb::NotGovernmentInformation)
            .item("乙", Outcome::RefusedSafety, Limb::PublicSecurity)
            .names(),
        (Names{"本答复书中关于第2项（“乙”）的答复", "本答复书中关于第1项（“甲”）的答复"})
    );
}

/// Whatever is answered, each part of each item stands in exactly one sentence, and it is that of its outcome.
TEST(Remedies, EveryPartHasExactlyItsOwn) {
    std::mt19937 random(20260330);
    auto const any = [&](std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(random); };
    for (int round = 0; round < 20'000; ++round) {
        Asked asked;
        for (std::size_t i = 0, items = 1 + any(6); i < items; ++i) {
            OutcomeRule const* rule = nullptr;
            do rule = &kOutcomeRules[any(kOutcomeRules.size())];
            while (!rule->drafted);
            std::vector<Limb> limbs;
            for (auto const& limb : kLimbs) {
                if (fits(limb.value, rule->outcome)) limbs.push_back(limb.value);
            }
            auto const limb = limbs.empty() ? std::nullopt : std::optional(limbs[any(limbs.size())]);
            asked.item("第" + std::to_string(i), rule->outcome, limb);
        }
        auto const groups = asked.groups();
        std::size_t seen = 0;
        for (RemedyGroup const& group : groups) {
            for (AnsweredPart const& part : group.parts) {
                ItemReply const& item = asked.draft.items.at(part.item);
                bool const withheld = item.outcome == Outcome::Partial && part.portion == Portion::Withheld;
                bool const refused = withheld ? refuses(rule_of(*item.limb).outcome) : refuses(item.outcome);
                ASSERT_EQ(group.remedy, refused ? Remedy::ReviewFirst : Remedy::Free) << code(item.outcome);
                ++seen;
            }
        }
        auto const partial = std::ranges::count(asked.draft.items, Outcome::Partial, &ItemReply::outcome);
        ASSERT_EQ(seen, asked.draft.items.size() + static_cast<std::size_t>(partial));
        ASSERT_EQ(parts_of(asked.draft).size(), seen);
        ASSERT_LE(groups.size(), 2U);
        if (groups.size() == 2) {
            ASSERT_NE(groups[0].name, groups[1].name);
        }
    }
}

TEST(StandingRemedies, AreThoseOfTheLetterWithTheirLastDays) {
    Office office;
    office.delivered();
    office.c.draft->items = {{Outcome::Partial, Limb::TradeSecret, {}, {}, {}}};
    auto const today = day("2026-05-15");
    auto const standing = standing_remedies(office.c, kBodies, today, Office::calendar());
    ASSERT_EQ(standing.size(), 3U);
    EXPECT_EQ(standing[0].about, "本答复书中不予公开的部分");
    EXPECT_EQ(standing[0].kind, RemedyKind::Review);
    EXPECT_EQ(standing[0].last_day, day("2026-05-06")) << "5-01 to 5-05 are days off";
    EXPECT_TRUE(standing[0].over);
    EXPECT_EQ(standing[2].kind, RemedyKind::Suit);
    EXPECT_EQ(standing[2].authority, "某区人民法院");
    EXPECT_FALSE(standing[2].over);
    office.c.delivery->result = DeliveryResult::Returned;
    for (auto const& remedy : standing_remedies(office.c, kBodies, today, Office::calendar()))
        EXPECT_FALSE(remedy.over) << "nobody has received the letter";
}

TEST(StandingRemedies, AnEndWithoutAReplyHasThemToo) {
    Office office;
    office.lapsed_uncorrected();
    auto const standing = standing_remedies(office.c, kBodies, office.today, Office::calendar());
    ASSERT_EQ(standing.size(), 2U);
    EXPECT_EQ(standing[0].about, "本告知书");
    office.c.draft = ReplyDraft{.outcome = Outcome::Disclosed, .items = {}, .text = ""};
    office.c.outcome = Outcome::Other;
    EXPECT_EQ(standing_remedies(office.c, kBodies, office.today, Office::calendar()).front().about, "本告知书")
        << "a double entry that had been drafted before it was found to be one";
    office = Office();
    office.handling();
    EXPECT_TRUE(standing_remedies(office.c, kBodies, office.today, Office::calendar()).empty()) << "still open";
}

}  // namespace
}  // namespace workflow
