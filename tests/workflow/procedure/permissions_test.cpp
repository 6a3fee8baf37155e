#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace workflow {
namespace {

using A = Action;
using R = Role;

std::vector<Permission> menu(Office const& office, Actor const& actor) {
    return permissions(office.c, office.context(actor));
}
std::vector<Permission> menu(Office const& office, Role role) { return menu(office, office.person(role)); }

Permission const* find(std::vector<Permission> const& permissions, Action action) {
    auto const found = std::ranges::find(permissions, action, &Permission::action);
    return found == permissions.end() ? nullptr : &*found;
}

TEST(Permissions, GreyWhatIsNotAllowedAndSayWhy) {
    Office office;
    office.accepted();
    auto const handler = menu(office, R::Handler);
    EXPECT_TRUE(find(handler, A::Claim)->allowed);
    EXPECT_FALSE(find(handler, A::SubmitReply)->allowed);
    EXPECT_EQ(
        find(handler, A::SubmitReply)->reason,
        "只有这件申请的承办人（外出时为代办人）才能办理这一步，请先认领或由负责人指派。"
    );
    EXPECT_EQ(find(handler, A::NotifyFee)->reason, "“通知缴费”要由公开工作机构负责人办理。");
    EXPECT_EQ(find(handler, A::ApproveReply), nullptr) << "no step of this state";
}

TEST(Permissions, OfWhoeverIsAwayAreTheDeputysToo) {
    Office office;
    office.handling();
    auto deputy = office.person(R::Handler);
    deputy.id = Code{"deputy"};
    EXPECT_FALSE(find(menu(office, deputy), A::Consult)->allowed);
    deputy.stands_in_for = {office.c.assignee.value()};
    EXPECT_TRUE(find(menu(office, deputy), A::Consult)->allowed);
    deputy.stands_in_for = {Code{"another"}};
    EXPECT_FALSE(find(menu(office, deputy), A::Consult)->allowed);
}

TEST(Permissions, LeaveOutWhatOnlyApplicantsOrTheSystemDo) {
    Office office;
    office.delivered();
    auto const registrar = menu(office, R::Registrar);
    EXPECT_EQ(find(registrar, A::Rate), nullptr);
    EXPECT_TRUE(find(registrar, A::Archive)->allowed);
}

TEST(Permissions, ShowAnApplicantTheirOwnStepsOnly) {
    Office office;
    office.correcting();
    std::vector<Action> actions;
    for (Permission const& permission : menu(office, R::Applicant)) {
        EXPECT_TRUE(permission.allowed);
        actions.push_back(permission.action);
    }
    EXPECT_EQ(actions, (std::vector{A::RecordCorrection, A::Withdraw, A::Attach}));
}

TEST(Permissions, OneStepIsJudgedWhateverItTakes) {
    Office office;
    office.delivered();
    auto const may = [&](Role role) {
        auto const actor = office.person(role);
        return permitted(office.c, A::Attach, office.context(actor));
    };
    EXPECT_TRUE(may(R::Applicant));
    EXPECT_TRUE(may(R::Registrar));
    auto const watching = may(R::Supervisor);
    ASSERT_FALSE(watching);
    EXPECT_EQ(watching.error().code, "role_required");
    office.must(R::Registrar, A::Archive);
    for (auto const role : {R::Applicant, R::Registrar, R::LegalReviewer}) {
        auto const late = may(role);
        ASSERT_FALSE(late);
        EXPECT_EQ(late.error().kind, RefusalKind::IllegalStep);
        EXPECT_EQ(late.error().detail, "申请件在“已归档”时不能“上传材料”。");
    }
    auto stranger = office.person(R::Applicant);
    stranger.own_case = Code{"430500-01-2026-000009"};
    EXPECT_EQ(permitted(office.c, A::Attach, office.context(stranger)).error().kind, RefusalKind::NotFound);
}

TEST(Permissions, AreEmptyForACaseThatOneMayNotSee) {
    Office office;
    office.handling();
    Actor stranger = office.person(R::Handler);
    stranger.agency = Code{"430500-02"};
    EXPECT_TRUE(menu(office, stranger).empty());
    EXPECT_TRUE(menu(office, R::Auditor).empty());
}

TEST(Permissions, TellBeforeTheClickThatTheFileIsIncomplete) {
    Office office;
    office.drafted();
    EXPECT_TRUE(find(menu(office, R::Handler), A::SubmitReply)->allowed);
    office.c.draft->items[0].reference.reset();
    EXPECT_FALSE(find(menu(office, R::Handler), A::SubmitReply)->allowed);
}

TEST(Permissions, AgreeWithDecide) {
    using Story = void (*)(Office&);
    for (Story const story : std::initializer_list<Story>{
             [](Office& o) { o.submitted(); },
             [](Office& o) { o.registered(); },
             [](Office& o) { o.correcting(); },
             [](Office& o) { o.awaiting_payment(); },
             [](Office& o) { o.consulting(); },
             [](Office& o) { o.drafted(); },
             [](Office& o) { o.approving(ApprovalStep::Legal); },
             [](Office& o) { o.dispatching(); },
             [](Office& o) { o.sending(); },
             [](Office& o) { o.replied(); },
             [](Office& o) { o.archived(); }}) {
        Office office;
        story(office);
        for (auto const& role : kRoles) {
            if (role.value == R::System) continue;  // its steps hang on the day they name
            for (Permission const& permission : menu(office, role.value)) {
                auto const decision =
                    office.ask(office.person(role.value), permission.action, office.sample(permission.action));
                EXPECT_EQ(permission.allowed, decision.has_value())
                    << role.code << " " << code(permission.action) << " in " << code(office.c.state) << ": "
                    << (decision ? "" : decision.error().code);
            }
        }
    }
}

}  // namespace
}  // namespace workflow
