#include "workflow/guards.hpp"

#include <algorithm>
#include <array>

namespace workflow {

namespace {

bool asked(Situation const& s, ClockEventType type) {
    return std::ranges::any_of(s.c.clock_events, [&](ClockEvent const& e) { return e.type == type; });
}

std::optional<Date> due_of(Situation const& s, DeadlineKind kind) {
    for (Deadline const& d : s.clock.deadlines) {
        if (d.kind == kind && !d.met) return d.due;
    }
    return std::nullopt;
}

bool overdue(Situation const& s, DeadlineKind kind) {
    auto const due = due_of(s, kind);
    return due && s.context.today() > *due;
}

/// The consultation or dispute that the input names; null when it names none.
Code const* named_consultation(Situation const& s) {
    if (auto const* opinion = s.as<Opinion>()) return &opinion->consultation;
    if (auto const* end = s.as<ConsultationEnd>()) return &end->consultation;
    if (auto const* delivery = s.as<Delivery>(); delivery != nullptr && delivery->consultation) return &*delivery->consultation;
    return nullptr;
}

bool names_open_consultation(Situation const& s) {
    Code const* id = named_consultation(s);
    Consultation const* consultation = id == nullptr ? nullptr : find_consultation(s.c, *id);
    return consultation != nullptr && consultation->open();
}

bool any_open_consultation(Situation const& s) { return std::ranges::any_of(s.c.consultations, &Consultation::open); }

bool consultation_overdue(Situation const& s) {
    Code const* id = named_consultation(s);
    return id == nullptr || std::ranges::any_of(s.clock.open_consultations, [&](OpenConsultation const& open) {
        return open.id == id->value && open.limit < s.context.today();
    });
}

bool correction_period(Situation const& s) {
    auto const* request = s.as<CorrectionRequest>();
    if (request == nullptr || !request->reply_by) return true;
    int const days = s.context.calendar.workdays_between(s.context.today(), *request->reply_by);
    return days >= kShortestCorrection && days <= kLongestCorrection;
}

bool limbs_fit(Situation const& s) {
    auto const* draft = s.as<ReplyDraft>();
    return draft == nullptr || std::ranges::all_of(draft->items, [](ItemReply const& item) {
        return rule_of(item.outcome).drafted && (!item.limb || fits(*item.limb, item.outcome));
    });
}

/// 部分公开 wins where the items differ in being disclosed; else the officer names the main one among them.
bool main_outcome_fits(Situation const& s) {
    auto const* draft = s.as<ReplyDraft>();
    if (draft == nullptr) return true;
    auto const has = [&](auto&& test) { return std::ranges::any_of(draft->items, test, &ItemReply::outcome); };
    bool const partial = has([](Outcome o) { return o == Outcome::Partial; });
    bool const differ = has(discloses) && has([](Outcome o) { return !discloses(o); });
    if (partial || differ) return draft->outcome == Outcome::Partial;
    return has([&](Outcome o) { return o == draft->outcome; });
}

bool not_before_signing(Situation const& s) {
    auto const* dispatch = s.as<Dispatch>();
    return dispatch == nullptr || !s.c.signed_on || dispatch->dispatched_on >= *s.c.signed_on;
}

bool within_rating_window(Situation const& s) {
    return s.c.concluded_on && s.context.today() <= add_days(*s.c.concluded_on, kRatingWindowDays);
}

bool names_dispute(Situation const& s, bool must_be_open) {
    Code const* id = nullptr;
    if (auto const* end = s.as<DisputeEnd>()) id = &end->dispute;
    if (auto const* order = s.as<NewReplyOrder>()) id = &order->dispute;
    if (id == nullptr) return true;
    Dispute const* dispute = find_dispute(s.c, *id);
    return dispute != nullptr && (!must_be_open || !dispute->end);
}

template <ApprovalStep step>
bool is_next(Situation const& s) {
    return s.c.next_approval() == step;
}

// clang-format off
using G = Guard;
using S = Situation const&;
constexpr std::array kGuards{
    GuardRule{G::FirstCorrection, "already_corrected", "条例第三十条", "补正只能要求一次,这件申请已经要求过补正。",
        [](S s) { return !asked(s, ClockEventType::CorrectionRequested); }},
    GuardRule{G::CorrectionWindow, "correction_too_late", "条例第三十条", "收到申请已超过7个工作日,不能再要求补正。",
        [](S s) { return s.context.today() <= correction_notice_limit(s.c.timeline().received, s.context.calendar); }},
    GuardRule{G::ContentUnclear, "content_not_confirmed_unclear", "条例第三十条", "只有申请内容不明确才能要求补正,请先确认。",
        [](S s) { auto const* r = s.as<CorrectionRequest>(); return r == nullptr || r->content_unclear; }},
    GuardRule{G::CorrectionPeriod, "correction_period_unreasonable", "条例第三十条", "补正期限应当合理:自今日起5至30个工作日。", correction_period},
    GuardRule{G::CorrectionOverdue, "correction_not_overdue", "条例第三十条", "补正期限还没有过。",
        [](S s) { return overdue(s, DeadlineKind::Correction); }},
    GuardRule{G::BeforeDeadline, "deadline_passed", "条例第三十三条", "答复期限已过,不能再办理这一步。",
        [](S s) { return !s.clock.reply_due || s.context.today() <= *s.clock.reply_due; }},
    GuardRule{G::FeesEnabled, "fees_not_enabled", "条例第四十二条", "本机关没有启用信息处理费。",
        [](S s) { return s.context.policy.fees_enabled; }},
    GuardRule{G::PaymentOverdue, "payment_not_overdue", "条例第四十二条", "缴费期限还没有过。",
        [](S s) { return overdue(s, DeadlineKind::FeePayment); }},
    GuardRule{G::NotYetAccepted, "already_accepted", "条例第四十五条", "这件申请已经分办。",
        [](S s) { return !s.c.department; }},
    GuardRule{G::AlreadyAccepted, "not_yet_accepted", "条例第四十五条", "这件申请还没有分办。",
        [](S s) { return s.c.department.has_value(); }},
    GuardRule{G::ExplanationDue, "explanation_still_awaited", "条例第三十五条", "申请人说明理由的期限还没有过。",
        [](S s) { return !s.c.explanation_request || s.context.today() > s.c.explanation_request->reply_by; }},
    GuardRule{G::Unassigned, "already_assigned", "条例第四十五条", "这件申请已有承办人。",
        [](S s) { return !s.c.assignee; }},
    GuardRule{G::IsAssignee, "not_the_assignee", "条例第四十五条", "只有这件申请的承办人才能办理这一步,请先认领或由负责人指派。",
        [](S s) { return s.c.assignee == s.context.actor.id; }},
    GuardRule{G::ConsultationOpen, "no_open_consultation", "条例第三十二条", "现在没有正在征求的意见。", any_open_consultation},
    GuardRule{G::ConsultationNamed, "unknown_consultation", "条例第三十二条", "没有这个编号的征求意见,或者它已经结束。",
        [](S s) { return s.input == nullptr || names_open_consultation(s); }},
    GuardRule{G::ConsultationOverdue, "consultation_not_overdue", "条例第三十二条", "征求意见的期限还没有过。", consultation_overdue},
    GuardRule{G::ObjectionJudged, "objection_not_judged", "条例第三十二条", "对方不同意公开时,应当写明其理由是否成立。",
        [](S s) { auto const* o = s.as<Opinion>(); return o == nullptr || o->stance == Stance::Agreed || o->grounds_reasonable; }},
    GuardRule{G::NoOpenConsultation, "consultation_open", "条例第三十二条", "还有征求意见没有结束。",
        [](S s) { return !any_open_consultation(s); }},
    GuardRule{G::NotSilentByHand, "silence_is_found_by_the_system", "条例第三十二条", "逾期未答由系统在期满次日自动登记。",
        [](S s) { auto const* e = s.as<ConsultationEnd>(); return e == nullptr || e->why != NoOpinion::Silent; }},
    GuardRule{G::ServiceOfConsultation, "unknown_consultation", "国办公开办函〔2016〕235号", "请写明是哪一件正在征求的意见书的送达。",
        [](S s) { return s.input == nullptr ? any_open_consultation(s) : names_open_consultation(s); }},
    GuardRule{G::ServiceOfFeeNotice, "service_of_fee_notice", "条例第四十二条", "待缴费时登记的是收费通知书的送达,而且只登记一次。",
        [](S s) { return named_consultation(s) == nullptr && s.c.fee && !s.c.fee->served_on; }},
    GuardRule{G::ServiceOfReply, "service_of_reply", "国办公开办函〔2016〕235号", "只有已经送出的答复才能登记送达。",
        [](S s) { return named_consultation(s) == nullptr && s.c.dispatch.has_value(); }},
    GuardRule{G::ExtensionUnused, "already_extended", "条例第三十三条", "延长答复期限只能一次,这件申请已经延长过。",
        [](S s) { return !asked(s, ClockEventType::Extended); }},
    GuardRule{G::NoExtensionProposed, "extension_already_proposed", "条例第三十三条", "已有一份延期申请等待批准。",
        [](S s) { return !s.c.proposed_extension; }},
    GuardRule{G::ExtensionProposed, "no_extension_proposed", "条例第三十三条", "没有等待批准的延期申请。",
        [](S s) { return s.c.proposed_extension.has_value(); }},
    GuardRule{G::ProposedByAnother, "four_eyes", "条例第三十三条", "提出延期的人不能自己批准。",
        [](S s) { return !s.c.proposed_extension || s.c.proposed_extension->by != s.context.actor.id; }},
    GuardRule{G::ReasonsAsked, "reasons_not_asked", "条例第三十五条", "延迟答复以前,应当先要求申请人说明理由。",
        [](S s) { return s.c.explanation_request.has_value(); }},
    GuardRule{G::EveryItemAnswered, "item_without_outcome", "条例第三十六条", "申请的每一项都要有一个办理结果,顺序与申请一致。",
        [](S s) { auto const* d = s.as<ReplyDraft>(); return d == nullptr || d->items.size() == s.c.application.items.size(); }},
    GuardRule{G::LimbsFit, "limb_does_not_fit", "条例第十四条、第十五条、第十六条", "办理结果不能由承办人选用,或者所选情形与办理结果不符。", limbs_fit},
    GuardRule{G::MainOutcomeFits, "main_outcome_does_not_fit", "条例第三十七条", "各项有公开有不公开的,应当选“部分公开”;否则应当选其中一项的结果。", main_outcome_fits},
    GuardRule{G::EvidenceComplete, "evidence_missing", "条例第三十六条", "答复所依据的材料还不齐,补齐后才能提交审批。",
        [](S s) { return s.input == nullptr || !s.c.draft || missing_evidence(s.c, *s.c.draft).empty(); },
        [](S s) { return missing_evidence(s.c, *s.c.draft); }},
    GuardRule{G::ReplyDrafted, "no_draft", "条例第三十六条", "还没有拟写答复。",
        [](S s) { return s.c.draft.has_value(); }},
    GuardRule{G::StepDepartment, "not_this_step", "条例第四十五条", "部门负责人已经审核。", is_next<ApprovalStep::Department>},
    GuardRule{G::StepSecrecy, "not_this_step", "条例第十七条", "现在不是保密审查这一步。", is_next<ApprovalStep::Secrecy>},
    GuardRule{G::StepLegal, "not_this_step", "条例第四十五条", "现在不是法制审核这一步。", is_next<ApprovalStep::Legal>},
    GuardRule{G::StepSign, "not_this_step", "条例第四十五条", "现在不是签发这一步。", is_next<ApprovalStep::Sign>},
    GuardRule{G::NotTheDrafter, "four_eyes", "条例第四十五条", "拟写答复的人不能审批自己的答复。",
        [](S s) { return s.c.drafted_by != s.context.actor.id; }},
    GuardRule{G::NotAnEarlierApprover, "four_eyes", "条例第四十五条", "前面审过的人不能再签发。",
        [](S s) { return std::ranges::none_of(s.c.approvals, [&](Approval const& a) { return a.by == s.context.actor.id; }); }},
    GuardRule{G::NotBeforeSigning, "before_signing", "国办公开办函〔2016〕235号", "送出日期不能早于签发日期。", not_before_signing},
    GuardRule{G::PostIsTracked, "tracking_number_missing", "国办公开办函〔2016〕235号", "邮寄应当交邮政企业并填写邮政单号。",
        [](S s) { auto const* d = s.as<Dispatch>(); return d == nullptr || d->method != ObtainBy::Post || d->tracking_number; }},
    GuardRule{G::DisputeOpen, "no_open_dispute", "条例第五十一条", "没有正在进行的复议或诉讼。",
        [](S s) { return std::ranges::any_of(s.c.disputes, [](Dispute const& d) { return !d.end; }); }},
    GuardRule{G::DisputeNamed, "unknown_dispute", "条例第五十一条", "没有这个编号的复议或诉讼,或者它已有结果。",
        [](S s) { return !s.c.disputes.empty() && names_dispute(s, s.as<DisputeEnd>() != nullptr); }},
    GuardRule{G::NotRated, "already_rated", "国办发〔2019〕51号", "一件申请只评价一次,已经评价过。",
        [](S s) { return !s.c.rating; }},
    GuardRule{G::WithinRatingWindow, "rating_window_closed", "国办发〔2019〕51号", "评价在办结后30日内进行。", within_rating_window},
    GuardRule{G::LapsedUncorrected, "not_lapsed_for_this", "条例第三十条", "这件申请不是因逾期不补正而终止的。",
        [](S s) { return s.c.outcome == Outcome::Uncorrected; }},
    GuardRule{G::LapsedUnpaid, "not_lapsed_for_this", "条例第四十二条", "这件申请不是因逾期未缴费而终止的。",
        [](S s) { return s.c.outcome == Outcome::Unpaid; }},
    GuardRule{G::FileStored, "no_file", "条例第四十五条", "请选择要上传的文件。",
        [](S s) { auto const* a = s.as<Attachment>(); return a == nullptr || !a->sha256.empty(); }},
};
// clang-format on

constexpr bool in_order() {
    for (std::size_t i = 0; i < kGuards.size(); ++i) {
        if (static_cast<std::size_t>(kGuards[i].guard) != i) return false;
    }
    return kGuards.size() == static_cast<std::size_t>(Guard::FileStored) + 1;
}
static_assert(in_order(), "kGuards has one row for each Guard, in its order");

}  // namespace

GuardRule const& rule_of(Guard guard) { return kGuards[static_cast<std::size_t>(guard)]; }

}  // namespace workflow
