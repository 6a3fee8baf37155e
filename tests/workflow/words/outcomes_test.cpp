#include "workflow/words/outcomes.hpp"

#include <gtest/gtest.h>

#include <set>

namespace workflow {
namespace {

TEST(Outcomes, FillEveryResultRowOfTable3) {
    std::set<int> rows;
    for (OutcomeRule const& rule : kOutcomeRules) rows.insert(rule.table3_row);
    for (int row = 3; row <= 23; ++row) EXPECT_TRUE(rows.contains(row)) << row;
}

TEST(Outcomes, RefusalsUnderArticles14To16GoToReviewFirst) {
    for (OutcomeRule const& rule : kOutcomeRules) {
        bool const refusal = rule.table3_row >= 5 && rule.table3_row <= 11;
        EXPECT_EQ(rule.remedy == Remedy::ReviewFirst, refusal) << code(rule.outcome);
    }
    EXPECT_EQ(rule_of(Outcome::Partial).remedy, Remedy::Split);
}

TEST(Outcomes, RefusalsNameTheirLimbAndSayWhyNothingCanBeSeparated) {
    for (OutcomeRule const& rule : kOutcomeRules) {
        if (!refuses(rule.outcome)) continue;
        EXPECT_TRUE(rule.evidence.has(Evidence::Limb) && rule.evidence.has(Evidence::Separation)) << code(rule.outcome);
    }
}

TEST(Outcomes, WhatTheProcedureItselfEndsCannotBeDrafted) {
    for (OutcomeRule const& rule : kOutcomeRules) {
        bool const by_procedure = rule.outcome == Outcome::Uncorrected || rule.outcome == Outcome::Unpaid ||
                                  rule.outcome == Outcome::Withdrawn;
        EXPECT_EQ(!rule.drafted, by_procedure) << code(rule.outcome);
    }
}

TEST(Outcomes, OnlyTheFirstTwoGroupsOfTable3Disclose) {
    for (OutcomeRule const& rule : kOutcomeRules) {
        bool const disclosing = rule.outcome == Outcome::Disclosed || rule.outcome == Outcome::AlreadyPublic ||
                                rule.outcome == Outcome::Partial;
        EXPECT_EQ(discloses(rule.outcome), disclosing) << code(rule.outcome);
    }
}

TEST(Outcomes, DemandTheProofThatCourtsAskFor) {
    EXPECT_TRUE(rule_of(Outcome::NotHeld).evidence.has(Evidence::SearchRecord));
    EXPECT_TRUE(rule_of(Outcome::RefusedThirdParty).evidence.has(Evidence::ThirdPartyConsulted));
    EXPECT_TRUE(rule_of(Outcome::StillUnclear).evidence.has(Evidence::Corrected));
    EXPECT_TRUE(rule_of(Outcome::Abusive).evidence.has(Evidence::ReasonsAsked));
}

TEST(Outcomes, EveryRefusalGivesAReasonThatCanBePrinted) {
    for (OutcomeRule const& rule : kOutcomeRules) {
        if (refuses(rule.outcome)) {
            EXPECT_TRUE(rule.evidence.has(Evidence::Reason)) << code(rule.outcome);
        }
    }
    EXPECT_TRUE(rule_of(Outcome::RefusedThirdParty).evidence.has(Evidence::PublicInterest));
}

TEST(Outcomes, NoDecisionRestsOnTheFormatOfAReport) {
    for (OutcomeRule const& rule : kOutcomeRules) {
        bool const by_law = rule.article.starts_with("条例") || rule.article.starts_with("档案法");
        EXPECT_TRUE(by_law || (rule.article.empty() && rule.reading)) << code(rule.outcome);
    }
}

TEST(Readings, MoveTheRowOfTheirOutcomeAlone) {
    std::vector<OutcomeReading> const own{{Outcome::Transferred, {}, 13}};
    EXPECT_EQ(table3_row_of(Outcome::Transferred, own), 13);
    EXPECT_EQ(table3_row_of(Outcome::Transferred, {}), 12);
    EXPECT_EQ(table3_row_of(Outcome::SpecialLaw, own), 12);
}

TEST(Limbs, RestOnTheArticleOfTheirOutcome) {
    for (LimbRule const& limb : kLimbRules) {
        if (!refuses(limb.outcome)) continue;
        EXPECT_EQ(limb.article, rule_of(limb.outcome).article) << code(limb.limb);
    }
}

TEST(Limbs, FitTheirOwnOutcomeAndTheWithheldPartOfAPartialReply) {
    for (LimbRule const& limb : kLimbRules) {
        for (OutcomeRule const& rule : kOutcomeRules) {
            bool const withheld = rule.outcome == Outcome::Partial &&
                                  (refuses(limb.outcome) || limb.limb == Limb::NotGovernmentInformation);
            EXPECT_EQ(fits(limb.limb, rule.outcome), limb.outcome == rule.outcome || withheld)
                << code(limb.limb) << " for " << code(rule.outcome);
        }
    }
}

}  // namespace
}  // namespace workflow
