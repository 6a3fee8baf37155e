#pragma once

#include "tests/workflow/time/day.hpp"
#include "workflow/procedure/decide.hpp"
#include "workflow/reply/checks.hpp"
#include "workflow/reply/third_parties.hpp"
#include "workflow/supervision/cards.hpp"
#include "workflow/time/holidays.hpp"

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

    Office() {
        policy.fees_enabled = true;
        policy.fee_payee = "邵阳市财政局非税收入专户";
        policy.fee_account = "某银行邵阳分行 4300123456";
    }

    AgencyPolicy policy;
    ReplyBackground background{{}, {}, "城乡建设科", "邵阳市人民政府", "邵阳市双清区人民法院", {{"分配表.pdf", 2}}};
    std::vector<std::string> open_deliveries;
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
        return {
            actor, start_of(today) + std::chrono::hours(9), calendar(), policy, line_, &background, open_deliveries};
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

    /// The letter that has just been decided is handed over to the applicant: from here it counts.
    void hand_over() { must(Role::Registrar, Action::DispatchLetter); }

    /// The daily run; returns how many steps it took.
    int run_daily() {
        int steps = 0;
        for (; auto const due = due_step(c, today, calendar()); ++steps) must(Role::System, due->action, due->payload);
        return steps;
    }

    /// What the system does about the cards of the case today.
    int update_cards() {
        int steps = 0;
        for (; auto const due = card_step(c, today, calendar(), policy); ++steps) {
            must(Role::System, due->action, due->payload);
        }
        return steps;
    }

    ClockResult clock() const { return compute_clock(c.timeline(), today, calendar()).value(); }

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
    void rejection_proposed() { submitted(), must(Role::Registrar, Action::ProposeRejection); }
    void registered() { must(Role::Registrar, Action::Register); }
    void correcting() { registered(), must(Role::Reviewer, Action::RequestCorrection), hand_over(); }
    void explaining() { registered(), must(Role::Reviewer, Action::RequestExplanation), hand_over(); }
    void accepted() { registered(), must(Role::Reviewer, Action::Accept); }
    void handling() { accepted(), must(Role::Handler, Action::Claim); }
    void awaiting_payment() { handling(), must(Role::OfficeHead, Action::NotifyFee), hand_over(); }
    void consulting() { handling(), must(Role::Handler, Action::Consult); }
    void extension_proposed() { handling(), must(Role::Handler, Action::ProposeExtension); }
    void drafted() { handling(), must(Role::Handler, Action::DraftReply); }
    void climb_to(ApprovalStep step) {
        static constexpr std::array kChain{
            Role::DepartmentHead, Role::SecrecyReviewer, Role::LegalReviewer, Role::OfficeHead};
        must(Role::Handler, Action::DraftReply), must(Role::Handler, Action::SubmitReply);
        while (c.next_approval() != step) must(kChain[c.approvals.size()], Action::ApproveReply);
    }
    void answer() {
        climb_to(ApprovalStep::Sign), must(Role::OfficeHead, Action::ApproveReply);
        must(Role::Registrar, Action::DispatchReply);
    }
    void approving(ApprovalStep step) { handling(), climb_to(step); }
    void dispatching() { approving(ApprovalStep::Sign), must(Role::OfficeHead, Action::ApproveReply); }
    void replied() { dispatching(), must(Role::Registrar, Action::DispatchReply); }
    void sending() {
        dispatching();
        Dispatch by_download = std::get<Dispatch>(sample(Action::DispatchReply));
        by_download.method = ObtainBy::Download;
        must(Role::Registrar, Action::DispatchReply, by_download);
    }
    void delivered() { replied(), must(Role::Registrar, Action::RecordDelivery); }
    void archived() { delivered(), must(Role::Registrar, Action::Archive); }
    void lapsed_uncorrected() { correcting(), today = day("2026-04-20"), run_daily(); }
    void lapsed_unpaid() { awaiting_payment(), today = day("2026-04-20"), run_daily(); }
    void disputed() { replied(), must(Role::LegalReviewer, Action::OpenDispute); }
    void dispute_lost() { disputed(), must(Role::LegalReviewer, Action::CloseDispute); }
    void rated_badly() { replied(), must(Role::Applicant, Action::Rate, RatingGiven{1, "等了很久"}); }
    void investigated() { rated_badly(), must(Role::OfficeHead, Action::AssignRating); }
    void contacted() { investigated(), must(Role::LegalReviewer, Action::ContactRater); }
    void rectified() { contacted(), must(Role::LegalReviewer, Action::RectifyRating); }
    void suggested() { replied(), must(Role::Applicant, Action::SuggestPublication); }
    void amendment_asked() { replied(), must(Role::Applicant, Action::RequestAmendment); }

    void late() { handling(), today = day("2026-03-31"), update_cards(); }
    void revocation_proposed() { late(), must(Role::OfficeHead, Action::ProposeRevocation); }
    void explained_card() { late(), must(Role::OfficeHead, Action::ExplainCard); }
    void revisited_card() {
        explained_card(), must(Role::Supervisor, Action::InspectCard), must(Role::Supervisor, Action::RevisitCard);
        answer();
    }
    void complete_card() {
        revisited_card(), must(Role::Supervisor, Action::SettleCard), must(Role::Supervisor, Action::CirculateCard);
    }
    void reminded() { handling(), must(Role::Supervisor, Action::Remind); }

private:
    std::vector<Code> line_{kAgency, kCity};
};

inline Payload Office::sample(Action action) const {
    if (auto due = due_step(c, today, calendar()); due && due->action == action) return due->payload;
    if (auto due = card_step(c, today, calendar(), policy); due && due->action == action) return due->payload;
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
            p.text = "补充如下：2025年度";
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
        void operator()(CoOpinion& p) const { p.text = "我科没有保存这份文件。"; }
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
            p.content = "农村公路养护合同的价款部分";
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
            p.reason = "申请数量较大，分批办理";
        }
        void operator()(ReplyDraft& p) const {
            p.text = "现将所申请的信息提供给您。";
            for (std::size_t i = 0; i < office.c.application.items.size(); ++i) {
                p.items.push_back({Outcome::Disclosed, {}, "附件：分配表一份", {}, {}});
            }
            for (Code const& party : overruled_parties(office.c, p)) {
                p.third_party_notices.push_back({party, "农村公路养护合同的价款", "价款是财政资金的支出，应当接受监督"}
                );
            }
        }
        void operator()(RejectionProposal& p) const { p = {RejectionGround::TestEntry, {}, "培训时录入的一件"}; }
        void operator()(Withdrawal& p) const {
            p = {
                .reason = "申请人来电撤回",
                .means = WithdrawalMeans::Oral,
                .withdrawn_on = office.today,
                .recording = "录音0302"};
        }
        void operator()(ReplySubmission&) const {}
        void operator()(ReplyApproval&) const {}
        void operator()(Dispatch& p) const {
            p.dispatched_on = office.today;
            p.tracking_number = Code{"EMS1234567890"};
        }
        void operator()(NoticeDispatch& p) const {
            if (auto const unsent = unsent_notices(office.c); !unsent.empty()) p.letter = unsent.front()->kind;
            p.method = ObtainBy::PickUp;
            p.dispatched_on = office.today;
            p.recipient = "张三";
        }
        void operator()(SendingFailure& p) const { p = {ObtainBy::Email, "对方邮件服务器拒收"}; }
        void operator()(DeliveryRecord& p) const {
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
        void operator()(RatingAddition& p) const { p.text = "已经收到补充材料"; }
        void operator()(RatingAssignment& p) const { p.investigator = office.person(Role::LegalReviewer).id; }
        void operator()(RatingContact& p) const {
            p.contacted_on = office.today;
            p.text = "电话联系，反映答复过于简单";
        }
        void operator()(RatingRectification& p) const {
            p.rectified_on = office.today;
            p.measures = "补充说明了分配依据";
        }
        void operator()(RatingCallback& p) const {
            p.called_on = office.today;
            p.satisfied = true;
            p.text = "表示满意";
        }
        void operator()(DisputeAnswer& p) const {
            p.dispute = Code{"d1"};
            p.answered_on = office.today;
        }
        void operator()(NewReply& p) const {
            p.application = application();
            p.origin = Code{"430500-01-2026-000001"};
            p.dispute = Code{"d1"};
            p.received_on = office.today;
            p.due = add_days(office.today, 28);
        }
        void operator()(SuggestionAnswer& p) const { p.publication = Code{std::string(26, '0')}; }
        void operator()(AmendmentRequest& p) const {
            p.record = "本人的出生日期应为1990年3月7日";
            p.evidence = "户口簿复印件";
        }
        void operator()(AmendmentAnswer& p) const { p.text = "经核实，已经更正"; }
        void operator()(CardIssue& p) const { p.due = office.today; }
        void operator()(CardRemark&) const {}
        void operator()(CardReport& p) const { p.text = "情况说明如附件"; }
        void operator()(CardExplanation& p) const { p = {{}, "承办人请假，没有交接", "李四", "由副职代办"}; }
        void operator()(CardInspection& p) const { p.text = "已调阅案卷核实"; }
        void operator()(CardSettlement& p) const { p.text = "已补发答复并道歉"; }
        void operator()(CardEscalation& p) const { p.step = Action::ExplainCard; }
        void operator()(SupervisionOrder& p) const {
            p.requirement = "请在期限前送出答复";
            p.due = add_days(office.today, 3);
        }
        void operator()(Acknowledgement& p) const { p.reminder = Code{"u1"}; }
        void operator()(Attachment& p) const {
            p = {"清单.pdf", Code{"application/pdf"}, 1024, Code{std::string(64, 'a')}};
        }
        void operator()(LedgerRecord& p) const {
            p.application = application();
            p.received_on = day("2025-03-03");
            p.state = State::Archived;
            p.outcome = Outcome::NotHeld;
            p.concluded_on = day("2025-03-20");
            p.source = {Code{"b1"}, "2025-17", {}};
        }
    };
    std::visit(Fill{*this}, payload);
    if (Code* const card = named_card(payload)) *card = Code{"k1"};
    return payload;
}

}  // namespace workflow
