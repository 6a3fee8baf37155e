#include "workflow/reply/reply_prefill.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace workflow {
namespace {

Prefill of(std::vector<Prefill> const& all, Outcome outcome) {
    return *std::ranges::find(all, outcome, &Prefill::outcome);
}

TEST(Prefill, ThereIsOneForEveryOutcomeThatMayBeDrafted) {
    auto const all = prefills(Case{}, {});
    for (OutcomeRule const& rule : kOutcomeRules) {
        EXPECT_EQ(std::ranges::count(all, rule.outcome, &Prefill::outcome), rule.drafted ? 1 : 0)
            << label(rule.outcome);
    }
    for (Prefill const& each : all) {
        EXPECT_FALSE(each.text.empty());
        EXPECT_FALSE(each.reference || each.reason) << label(each.outcome);
    }
}

TEST(Prefill, SaysWhatTheFileSays) {
    Office office;
    office.handling();
    office.must(Role::Handler, Action::AddSearchRecord);
    auto found = std::get<SearchRecord>(office.sample(Action::AddSearchRecord));
    found.found = true;
    found.result = "在档案室找到分配表一份";
    office.must(Role::Handler, Action::AddSearchRecord, found);
    office.must(Role::Handler, Action::Consult);
    auto opinion = std::get<Opinion>(office.sample(Action::RecordOpinion));
    opinion.stance = Stance::Objected;
    opinion.grounds_reasonable = true;
    opinion.text = "涉及报价构成";
    office.must(Role::Handler, Action::RecordOpinion, opinion);
    office.background.earlier = {{Code{"1"}, Code{"邵政公开〔2026〕答第8号"}, day("2026-02-03")}};

    auto const all = prefills(office.c, office.background);
    EXPECT_EQ(of(all, Outcome::Disclosed).reference, "在档案室找到分配表一份");
    EXPECT_EQ(
        of(all, Outcome::NotHeld).reason,
        "本机关于2026-03-02检索了业务科室、档案室、办公系统（检索词：农村公路、养护资金），没有发现您申请的信息。"
    );
    EXPECT_EQ(of(all, Outcome::RefusedThirdParty).reason, "涉及报价构成");
    EXPECT_EQ(of(all, Outcome::Repeated).reference, "邵政公开〔2026〕答第8号，2026-02-03");
}

}  // namespace
}  // namespace workflow
