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
    auto const all = prefills(Case{}, ReplyBackground{});
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
    found.result = "在档案室2号柜找到分配表一份，夹有某公司的报价";
    office.must(Role::Handler, Action::AddSearchRecord, found);
    office.must(Role::Handler, Action::Consult);
    auto opinion = std::get<Opinion>(office.sample(Action::RecordOpinion));
    opinion.stance = Stance::Objected;
    opinion.grounds_reasonable = true;
    opinion.text = "涉及报价构成";
    opinion.judgement = "报价构成是该公司没有公开的经营信息";
    office.must(Role::Handler, Action::RecordOpinion, opinion);
    office.background.earlier = {{Code{"1"}, Code{"邵政公开〔2026〕答第8号"}, day("2026-02-03")}};

    auto const all = prefills(office.c, office.background);
    EXPECT_EQ(of(all, Outcome::Disclosed).reference, "附件所列文件") << "the note of the search stays in the file";
    EXPECT_EQ(of(all, Outcome::NotHeld).reason, "检索了业务科室、档案室、办公系统，没有发现与申请内容相符的信息");
    EXPECT_EQ(of(all, Outcome::RefusedThirdParty).reason, "报价构成是该公司没有公开的经营信息");
    EXPECT_EQ(of(all, Outcome::Repeated).reference, "邵政公开〔2026〕答第8号，2026年2月3日");
    auto const notices = prefilled_notices(office.c);
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices.front().content, "农村公路养护合同的价款部分");
}

}  // namespace
}  // namespace workflow
