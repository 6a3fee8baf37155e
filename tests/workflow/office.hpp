#pragma once

#include "tests/workflow/day.hpp"
#include "workflow/decide.hpp"
#include "workflow/holidays.hpp"

#include <array>
#include <string>
#include <vector>

namespace workflow {

/// One agency with one person for each role and one case: what decide() and evolve() need around them in a test. Steps
/// that are done are kept; the day moves by hand.
class Office {
public:
    inline static Code const kAgency{"430500-01"};
    inline static Code const kCity{"430500"};
    inline static Code const kDepartment{"d1"};

    Office() { policy.fees_enabled = true; }

    AgencyPolicy policy;
    Date today = day("2026-03-02");
    Case c;
    std::vector<Event> events;

    /// The person who holds just this role; the account is named like the role.
    Actor person(Role role) const { return person(std::string(code(role)), {role}); }

    Actor person(std::string name, RoleSet roles) const {
        Actor actor{Code{std::move(name)}, roles, kAgency, kDepartment, {}};
        if (roles.has(Role::Supervisor)) actor.agency = kCity;
        if (roles.intersects(kNotAccounts)) actor.id = {};
        if (roles.has(Role::Applicant)) actor.own_case = c.number;
        return actor;
    }

    Context context(Actor const& actor) const {
        return {actor, start_of(today) + std::chrono::hours(9), calendar(), policy, line_};
    }

    /// Judges the command; nothing changes.
    Result<Decision> ask(Actor const& actor, Action action, Payload const& payload) const {
        Command const command{action, payload};
        return events.empty() ? decide_new(command, context(actor)) : decide(c, command, context(actor));
    }

    /// Does it, if it is lawful.
    Result<void> does(Actor const& actor, Action action, Payload const& payload) {
        auto decision = ask(actor, action, payload);
        if (!decision) return decision.error();
        if (events.empty()) decision->event.document = Code{"430500-01-2026-000001"};
        if (decision->letter)
            decision->event.document = Code{"邵政公开〔2026〕" + std::string(label(*decision->letter)) + "第1号"};
        c = evolve(c, decision->event);
        events.push_back(decision->event);
        return {};
    }

    Result<void> does(Role role, Action action) { return does(person(role), action, sample(action)); }

    /// A lawful step of a test's story; throws where it is refused.
    void must(Role role, Action action) { must(role, action, sample(action)); }
    void must(Role role, Action action, Payload const& payload) { does(person(role), action, payload).value(); }

    /// The daily run; returns how many steps it took.
    int run_daily() {
        int steps = 0;
        for (; auto const due = due_step(c, today, calendar()); ++steps) must(Role::System, due->action, due->payload);
        return steps;
    }

    Reckoning clock() const { return reckon(c.timeline(), today, calendar()).value(); }

    /// A filled-in form for the action, as it is when nothing is wrong with it.
    Payload sample(Action action) const;

    static Application application() {
        Application form;
        form.agency = kAgency;
        form.applicant.name = "张三";
        form.applicant.id_type = IdType::ResidentId;
        form.applicant.id_number = "430502199003070014";
        form.applicant.phone = "13800000000";
        form.applicant.address = "湖南省邵阳市双清区";
        form.items = {{"2025年农村公路养护资金分配表", {}, "各乡镇的分配金额和依据"}};
        return form;
    }

    static WorkdayCalendar const& calendar() {
        static WorkdayCalendar const statutory = statutory_calendar();
        return statutory;
    }

    // Stories: each brings a new case into a state, all on one day.
    void submitted() { must(Role::Applicant, Action::Submit); }
    void registered() { must(Role::Registrar, Action::Register); }
    void correcting() { registered(), must(Role::Reviewer, Action::RequestCorrection); }
    void explaining() { registered(), must(Role::Reviewer, Action::RequestExplanation); }
    void accepted() { registered(), must(Role::Reviewer, Action::Accept); }
    void handling() { accepted(), must(Role::Handler, Action::Claim); }
    void awaiting_payment() { handling(), must(Role::OfficeHead, Action::NotifyFee); }
    void consulting() { handling(), must(Role::Handler, Action::Consult); }
    void extension_proposed() { handling(), must(Role::Handler, Action::ProposeExtension); }
    void drafted() { handling(), must(Role::Handler, Action::DraftReply); }
    void approving(ApprovalStep step) {
        static constexpr std::array kChain{
            Role::DepartmentHead, Role::SecrecyReviewer, Role::LegalReviewer, Role::OfficeHead};
        drafted(), must(Role::Handler, Action::SubmitReply);
        while (c.next_approval() != step) must(kChain[c.approvals.size()], Action::ApproveReply);
    }
    void dispatching() { approving(ApprovalStep::Sign), must(Role::OfficeHead, Action::ApproveReply); }
    void replied() { dispatching(), must(Role::Registrar, Action::DispatchReply); }
    void archived() { replied(), must(Role::Registrar, Action::Archive); }
    void lapsed_uncorrected() { correcting(), today = day("2026-04-20"), run_daily(); }
    void lapsed_unpaid() { awaiting_payment(), today = day("2026-04-20"), run_daily(); }
    void disputed() { replied(), must(Role::LegalReviewer, Action::OpenDispute); }
    void dispute_lost() { disputed(), must(Role::LegalReviewer, Action::CloseDispute); }

private:
    std::vector<Code> line_{kAgency, kCity};
};

inline Payload Office::sample(Action action) const {
    if (auto due = due_step(c, today, calendar()); due && due->action == action) return due->payload;
    Payload payload = payload_for(action);
    struct Fill {
        Office const& office;

        void operator()(Nothing&) const {}
        void operator()(Submission& p) const { p.application = application(); }
        void operator()(Registration& p) const {
            p.application = application();
            p.channel = Channel::Counter;
            p.received_on = office.today;
            p.evidence = "窗口当面提交";
        }
        void operator()(Lapse& p) const { p.lapsed_on = office.today; }
        void operator()(Reason& p) const { p.reason = "情况说明如附件"; }
        void operator()(Remark&) const {}
        void operator()(CorrectionRequest& p) const {
            p.points = {"请写明所需信息的年度"};
            p.guidance = "可以参考本机关信息公开指南";
            p.content_unclear = true;
        }
        void operator()(Supplement& p) const {
            p.received_on = office.today;
            p.text = "补充如下:2025年度";
            if (office.c.state == State::Lapsed) p.excuse = "申请人住院治疗";
        }
        void operator()(ExplanationRequest& p) const {
            p.volume = "本月已提交12件申请";
            p.reply_by = add_days(office.today, 10);
        }
        void operator()(FeeNotice& p) const {
            p.basis = FeeBasis::PerPage;
            p.quantity = 44;
            p.alternative = "可以到场查阅、抄录";
        }
        void operator()(Payment& p) const {
            p.paid_on = office.today;
            p.receipt_number = Code{"NO20260001"};
            if (office.c.state == State::Lapsed) p.excuse = "申请人住院治疗";
        }
        void operator()(Acceptance& p) const { p.department = kDepartment; }
        void operator()(Assignment& p) const { p.assignee = office.person(Role::Handler).id; }
        void operator()(Transfer& p) const {
            p.department = Code{"d2"};
            p.reason = "属于该科室职责";
        }
        void operator()(SearchRecord& p) const {
            p.places = {SearchPlace::BusinessUnit, SearchPlace::ArchiveRoom, SearchPlace::OfficeSystem};
            p.keywords = {"农村公路", "养护资金"};
            p.searchers = "李四、王五";
            p.searched_on = office.today;
            p.result = "均未检索到相关信息";
        }
        void operator()(ConsultationLetter& p) const {
            p.addressee = "某某公司";
            p.question = "是否同意公开合同价款";
        }
        void operator()(Opinion& p) const {
            p.consultation = Code{"c1"};
            p.received_on = office.today;
            p.text = "同意公开";
        }
        void operator()(ConsultationEnd& p) const {
            p.consultation = Code{"c1"};
            p.ended_on = office.today;
        }
        void operator()(ExtensionProposal& p) const {
            p.days = 10;
            p.reason = "需要调阅历史档案";
        }
        void operator()(ExtensionApproval&) const {}
        void operator()(Deferral& p) const {
            p.to = add_days(office.today, 120);
            p.reason = "申请数量较大,分批办理";
        }
        void operator()(ReplyDraft& p) const {
            p.text = "现将所申请的信息提供给您。";
            for (std::size_t i = 0; i < office.c.application.items.size(); ++i) {
                p.items.push_back({Outcome::Disclosed, {}, "附件:分配表一份", {}, {}});
            }
        }
        void operator()(Dispatch& p) const {
            p.dispatched_on = office.today;
            p.tracking_number = Code{"EMS1234567890"};
        }
        void operator()(Delivery& p) const {
            p.delivered_on = office.today;
            if (office.c.state == State::Handling) p.consultation = Code{"c1"};
        }
        void operator()(ArchiveNote& p) const { p.retention_years = 10; }
        void operator()(DisputeOpening& p) const {
            p.authority = "邵阳市人民政府";
            p.received_on = office.today;
            p.reference = Code{"邵府复〔2026〕1号"};
        }
        void operator()(DisputeEnd& p) const {
            p.dispute = Code{"d1"};
            p.result = DisputeResult::Corrected;
            p.decided_on = office.today;
        }
        void operator()(NewReplyOrder& p) const {
            p.dispute = Code{"d1"};
            p.received_on = office.today;
            p.due = add_days(office.today, 28);
        }
        void operator()(RatingGiven& p) const { p.score = 5; }
        void operator()(CardIssue& p) const { p.cause = Code{"reply_overdue"}; }
        void operator()(Attachment& p) const {
            p = {"清单.pdf", Code{"application/pdf"}, 1024, Code{std::string(64, 'a')}};
        }
    };
    std::visit(Fill{*this}, payload);
    return payload;
}

}  // namespace workflow
