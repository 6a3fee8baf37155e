#include "tests/workflow/golden.hpp"
#include "server/letters/pdf.hpp"
#include "tests/server/letters/papers.hpp"
#include "workflow/letters/letter_sample.hpp"
#include "workflow/letters/sheets.hpp"
#include "workflow/time/holidays.hpp"

#include <gtest/gtest.h>

/// Every letter and every sheet of a made-up case, as it reads on paper. UPDATE_LETTERS=1 writes the texts anew; look
/// at what changed.
namespace server::letters {
namespace {

using namespace workflow;

WorkdayCalendar const& calendar() {
    static WorkdayCalendar const statutory = statutory_calendar();
    return statutory;
}

void expect_golden(std::string_view name, Document const& paper) {
    std::string const path = "tests/server/letters/golden/" + std::string(name) + ".txt";
    expect_source(path, papers::text_of(render_pdf(paper, papers::fonts())), "UPDATE_LETTERS");
}

void expect_letter(std::string const& name, LetterKind kind, SampleLetter const& sample) {
    auto const paper = compose(kind, usual_template(kind), sample.facts(calendar()));
    ASSERT_TRUE(paper) << name << ": " << paper.error().detail;
    expect_golden(name, *paper);
}

TEST(GoldenLetters, EveryLetterThatIsNoReply) {
    for (LetterRule const& rule : kLetterRules) {
        if (!rule.is_reply) expect_letter(std::string(code(rule.kind)), rule.kind, sample_letter(rule.kind));
    }
}

TEST(GoldenLetters, TheReplyOfEveryOutcome) {
    for (OutcomeRule const& rule : kOutcomeRules) {
        if (!rule.drafted) continue;
        expect_letter("reply_" + std::string(code(rule.outcome)), letter_of(rule.outcome), sample_reply(rule.outcome));
    }
}

TEST(GoldenLetters, EverySheet) {
    SampleLetter sample = sample_reply(Outcome::Disclosed);
    Case& c = sample.c;
    c.department = Code{"征地管理科"};
    c.assignee = Code{"李四"};
    c.drafted_by = Code{"李四"};
    c.reply_number = sample.number;
    c.signed_on = sample.on;
    c.dispatch = Dispatch{ObtainBy::Post, sample.on, Code{"1164300000123"}, {}};
    std::vector<Event> events;
    for (Role const role : {Role::DepartmentHead, Role::SecrecyReviewer, Role::LegalReviewer, Role::OfficeHead}) {
        Event event;
        event.action = Action::ApproveReply;
        event.role = role;
        event.by = Code{std::string(label(role))};
        event.on = sample.on;
        event.payload = ReplyApproval{"同意。"};
        events.push_back(event);
    }
    std::vector<DossierLetter> const letters{{LetterKind::Receipt, Code{"示自然资公开〔2026〕收第1号"}, sample.on}};
    std::function<std::string(Code const&)> const name_of = [](Code const& account) { return account.value; };
    std::string_view const first = "应当先申请行政复议。";
    std::string_view const free = "行政复议和行政诉讼可以任选。";
    std::vector<StandingRemedy> const remedies{
        {RemedyKind::Review, "不予公开的部分", "示范市人民政府", add_days(sample.on, -1), first, true},
        {RemedyKind::Review, "提供的部分", "示范市人民政府", add_days(sample.on, 60), free, false},
        {RemedyKind::Suit, "提供的部分", "示范市中级人民法院", add_months(sample.on, 6), free, false}};
    SheetFacts const facts{c, events, sample.issuer, name_of, letters, sample.on, remedies};
    EXPECT_EQ(sheets_of(facts).size(), kSheetKinds.size());
    for (SheetKind const kind : sheets_of(facts)) {
        expect_golden("sheet_" + std::string(code(kind)), compose_sheet(kind, facts));
    }
}

}  // namespace
}  // namespace server::letters
