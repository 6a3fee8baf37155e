#include "workflow/procedure/guards.hpp"

#include "workflow/people/postal.hpp"
#include "workflow/reply/checks.hpp"
#include "workflow/reply/main_outcome.hpp"
#include "workflow/reply/third_parties.hpp"
#include "workflow/supervision/cards.hpp"
#include "workflow/supervision/follow_ups.hpp"

#include <algorithm>
#include <array>

namespace workflow {

namespace {

/// A letter on its way out: a notice or the reply.
struct Outgoing {
    ObtainBy method;
    Date on;
    std::optional<Code> const& tracking_number;
    std::optional<std::string> const& recipient;
    std::optional<std::string> const& fax_report;
};

Outgoing outgoing(Situation const& s) {
    auto const view = [](auto const& p) -> Outgoing {
        return {p.method, p.dispatched_on, p.tracking_number, p.recipient, p.fax_report};
    };
    auto const* const notice = std::get_if<NoticeDispatch>(s.input);
    return notice != nullptr ? view(*notice) : view(s.the<Dispatch>());
}

/// The notice whose dispatch or delivery is recorded; null where the case has none of this kind.
NoticeLetter const* named_notice(Situation const& s) {
    if (auto const* dispatch = std::get_if<NoticeDispatch>(s.input)) return find_notice(s.c, dispatch->letter);
    auto const& letter = s.the<DeliveryRecord>().letter;
    return letter ? find_notice(s.c, *letter) : nullptr;
}

/// Whether the notice named by the input is such a one; without input, whether any is.
bool notice_is(Situation const& s, bool (*such)(NoticeLetter const&)) {
    if (s.input == nullptr) return std::ranges::any_of(s.c.notices, such);
    NoticeLetter const* const notice = named_notice(s);
    return notice != nullptr && such(*notice);
}

/// The letter that asked for what this step records has gone out (国办公开办函〔2016〕235号).
bool letter_handed_over(Situation const& s) {
    NoticeRule const* const asked = notice_where(&NoticeRule::answered_by, std::optional(s.action));
    NoticeLetter const* const notice = asked != nullptr ? find_notice(s.c, asked->kind) : nullptr;
    return notice == nullptr || notice->dispatch;
}

bool is_electronic(ObtainBy method) { return method == ObtainBy::Email || method == ObtainBy::Download; }

std::vector<FieldError> open_deliveries(Situation const& s) {
    std::vector<FieldError> faults;
    for (std::string const& task : s.context.open_deliveries) {
        faults.push_back({"", "delivery_open", task + "：请登记已送出或送达，不再需要的请取消。"});
    }
    return faults;
}

bool asked(Situation const& s, ClockEventType type) {
    return std::ranges::any_of(s.c.clock_events, [&](ClockEvent const& e) { return e.type == type; });
}

bool has_role(Situation const& s, Role role) { return s.context.actor.roles.has(role); }

/// 视为放弃申请 (条例第三十条、第四十二条): the daily run names the day after the limit that passed.
bool lapsed(Situation const& s, DeadlineKind kind) {
    auto const due = unmet(s.clock, kind);
    return due && !came_back(s.c, kind) && s.the<Lapse>().lapsed_on == add_days(*due, 1);
}

/// 逾期未提出意见 (条例第三十二条、第三十四条): the consultation named by the input ends on the last day of its limit.
bool consultation_lapsed(Situation const& s) {
    auto const& end = s.the<ConsultationEnd>();
    return std::ranges::any_of(s.clock.open_consultations, [&](OpenConsultation const& open) {
        return open.id == end.consultation.value && open.limit == end.ended_on && open.limit < s.context.today() &&
               !open.provisional && !find_consultation(s.c, end.consultation)->returned_on;
    });
}

/// The consultation that the input names; null where it names none.
Code const* named_consultation(Situation const& s) {
    if (auto const* opinion = std::get_if<Opinion>(s.input)) return &opinion->consultation;
    if (auto const* end = std::get_if<ConsultationEnd>(s.input)) return &end->consultation;
    auto const* delivery = std::get_if<DeliveryRecord>(s.input);
    return delivery != nullptr && delivery->consultation ? &*delivery->consultation : nullptr;
}

bool consultation_sent_first(Situation const& s) {
    auto const& delivery = s.the<DeliveryRecord>();
    Consultation const* const asked = delivery.consultation ? find_consultation(s.c, *delivery.consultation) : nullptr;
    if (asked == nullptr) return true;
    Date const sent = delivery.sent_on.value_or(asked->sent_on);
    return asked->sent_on <= sent && sent <= delivery.delivered_on;
}

/// Whether the consultation named by the input is such a one; without input, whether any is.
bool consultation_is(Situation const& s, bool (*such)(Consultation const&)) {
    if (s.input == nullptr) return std::ranges::any_of(s.c.consultations, such);
    Code const* id = named_consultation(s);
    Consultation const* consultation = id == nullptr ? nullptr : find_consultation(s.c, *id);
    return consultation != nullptr && such(*consultation);
}

/// The dispute that the input names.
Code const& named_dispute(Situation const& s) {
    if (auto const* order = std::get_if<NewReplyOrder>(s.input)) return order->dispute;
    if (auto const* answer = std::get_if<DisputeAnswer>(s.input)) return answer->dispute;
    return s.the<DisputeEnd>().dispute;
}

/// Whether the dispute named by the input is such a one; without input, whether any is.
bool dispute_is(Situation const& s, bool (*such)(Dispute const&)) {
    if (s.input == nullptr) return std::ranges::any_of(s.c.disputes, such);
    Dispute const* dispute = find_dispute(s.c, named_dispute(s));
    return dispute != nullptr && such(*dispute);
}

bool rating_waits_for(Situation const& s, Action step) { return next_rating_step(s.c) == step; }

/// A step of the procedure of a bad mark is not dated before the step it follows.
bool rating_dates_in_order(Situation const& s) {
    RatingProcedure const& file = s.c.rating_procedure;
    if (auto const* contact = std::get_if<RatingContact>(s.input)) return contact->contacted_on >= file.rated_on;
    if (auto const* work = std::get_if<RatingRectification>(s.input))
        return work->rectified_on >= file.contact->contacted_on;
    Date const done = file.rectification ? file.rectification->rectified_on : file.contact->contacted_on;
    return s.the<RatingCallback>().called_on >= done;
}

bool suggestion_open(Case const& c) { return !c.suggestions.empty() && !c.suggestions.back().answer; }
bool amendment_open(Case const& c) { return !c.amendments.empty() && !c.amendments.back().answer; }

/// 条例第四十四条: a decision to publish names the publication; a decision not to publish gives its reason.
bool suggestion_decided(Situation const& s) {
    auto const& answer = s.the<SuggestionAnswer>();
    bool const published = answer.decision == SuggestionDecision::Published;
    return published ? answer.publication.has_value() : answer.reason.has_value();
}

/// 正当理由 for a late correction or payment (条例第三十条、第四十二条) is for a reviewer to accept.
bool excuse_by_reviewer(Situation const& s) {
    auto const* payment = std::get_if<Payment>(s.input);
    auto const& excuse = payment != nullptr ? payment->excuse : s.the<Supplement>().excuse;
    return !excuse || has_role(s, Role::Reviewer);
}

/// 合理的补正期限 (条例第三十条).
bool correction_period(Situation const& s) {
    auto const& named = s.the<CorrectionRequest>();
    int const days =
        named.reply_by ? s.context.calendar.workdays_between(s.context.today(), *named.reply_by) : named.days;
    // The last day of a period is a working day (民法典第二百零三条).
    bool const ends_well = !named.reply_by || s.context.calendar.is_workday(*named.reply_by);
    return ends_well && days >= kShortestCorrection && days <= kLongestCorrection;
}

/// 条例第三十五条 names no number for 合理期限: more than a year is none.
constexpr int kLongestDeferralMonths = 12;

/// What the form shows to be there is not asked for. A copy of the identity document is no part of the form.
bool missing_indeed(Situation const& s) {
    Application const& form = s.c.application;
    Applicant const& who = form.applicant;
    return std::ranges::all_of(s.the<CorrectionRequest>().missing, [&](FormGap gap) {
        if (gap == FormGap::Contact) return !who.phone && !who.email && !who.address;
        return gap != FormGap::Authorization || form.agent;
    });
}

/// Where the case is not 部分公开 as a whole, the officer names the outcome of one of its items.
bool main_outcome_fits(Situation const& s) {
    auto const& draft = s.the<ReplyDraft>();
    auto const has = [&](auto&& test) { return std::ranges::any_of(draft.items, test, &ItemReply::outcome); };
    if (is_partial_as_a_whole(draft.items)) return draft.outcome == Outcome::Partial;
    return has([&](Outcome o) { return o == draft.outcome; });
}

/// A line of a ledger is either in hand, or has an outcome, the day of the reply and a state that fits both.
bool ledger_state_fits(Situation const& s) {
    auto const& record = s.the<LedgerRecord>();
    if (!record.outcome || !record.concluded_on)
        return !record.outcome && !record.concluded_on && record.state == State::Handling;
    bool const by_reply = rule_of(*record.outcome).drafted;
    return record.state == State::Archived || record.state == State::Lapsed ||
           (record.state == State::Replied && by_reply);
}

/// A step is not dated before the one it follows.
bool dates_in_order(Situation const& s) {
    if (auto const* record = std::get_if<LedgerRecord>(s.input))
        return !record->concluded_on || *record->concluded_on >= record->received_on;
    if (std::holds_alternative<NoticeDispatch>(*s.input)) return outgoing(s).on >= named_notice(s)->decided_on;
    if (auto const* dispatch = std::get_if<Dispatch>(s.input)) return dispatch->dispatched_on >= s.c.signed_on;
    if (auto const* delivery = std::get_if<DeliveryRecord>(s.input)) {
        NoticeLetter const* const notice = named_notice(s);
        return delivery->delivered_on >=
               (notice != nullptr ? notice->dispatch->dispatched_on : s.c.dispatch->dispatched_on);
    }
    if (auto const* order = std::get_if<NewReplyOrder>(s.input)) {
        return order->received_on >= find_dispute(s.c, order->dispute)->end->decided_on;
    }
    if (auto const* answer = std::get_if<DisputeAnswer>(s.input))
        return answer->answered_on >= find_dispute(s.c, answer->dispute)->opening.received_on;
    auto const* end = std::get_if<DisputeEnd>(s.input);
    if (end == nullptr) return rating_dates_in_order(s);
    return end->decided_on >= find_dispute(s.c, end->dispute)->opening.received_on;
}

/// How the letter that the input is about went out, and on which day it came back; nothing where it did not.
struct Attempt {
    std::optional<ObtainBy> method;
    std::optional<Date> came_back;
};
Attempt attempt_to_serve(Situation const& s) {
    auto const came_back = [](std::optional<DeliveryRecord> const& delivery) {
        return delivery && !is_service(delivery->result) ? std::optional(delivery->delivered_on) : std::nullopt;
    };
    auto const& input = s.the<DeliveryRecord>();
    if (input.consultation) {
        auto const* const asked = find_consultation(s.c, *input.consultation);
        return {{}, asked != nullptr ? asked->returned_on : std::nullopt};
    }
    if (NoticeLetter const* const notice = named_notice(s); notice != nullptr)
        return {notice->dispatch ? std::optional(notice->dispatch->method) : std::nullopt, came_back(notice->delivery)};
    return {s.c.dispatch ? std::optional(s.c.dispatch->method) : std::nullopt, came_back(s.c.delivery)};
}

/// 民事诉讼法第八十九条: 留置送达 is witnessed. 第九十五条: 公告送达 is for whom no other way has reached, and serves
/// thirty days after the announcement. A system accepts only what was sent to it.
bool service_proved(Situation const& s) {
    constexpr int kAnnouncementDays = 30;
    auto const& input = s.the<DeliveryRecord>();
    auto const attempt = attempt_to_serve(s);
    if (input.result == DeliveryResult::Left) return input.signer.has_value();
    if (input.result == DeliveryResult::Accepted) return !attempt.method || is_electronic(*attempt.method);
    if (input.result != DeliveryResult::Announced) return true;
    return attempt.came_back && input.delivered_on >= add_days(*attempt.came_back, kAnnouncementDays);
}

/// The applicant withdraws here under the query code; for a withdrawal outside there is a paper or a recording.
bool withdrawal_proved(Situation const& s) {
    auto const& p = s.the<Withdrawal>();
    if (!p.means || !p.withdrawn_on) return false;
    switch (*p.means) {
        case WithdrawalMeans::Online:
            return has_role(s, Role::Applicant);
        case WithdrawalMeans::Written:
            return p.file && *p.file <= std::ssize(s.c.attachments);
        case WithdrawalMeans::Oral:
            return p.recording.has_value();
    }
    return false;
}

/// Findings of the checks that keep the drafted reply from being submitted for approval.
std::vector<FieldError> unresolved_checks(Situation const& s) {
    static ReplyBackground const kNothingKnown;
    auto const& background = s.context.background != nullptr ? *s.context.background : kNothingKnown;
    auto const results = check_reply(s.c, s.c.draft.value_or(ReplyDraft{}), background);
    return unresolved_findings(results, s.the<ReplySubmission>().waivers);
}

/// 条例第三十二条: where a third party objected and the information is disclosed all the same, it is told in writing
/// and has some days to ask a court for help. The deadline of the reply (第三十三条) is kept even so.
bool third_party_had_time(Situation const& s) {
    if (!s.c.draft || !s.c.signed_on || overruled_parties(s.c, *s.c.draft).empty()) return true;
    Date const on = s.the<Dispatch>().dispatched_on;
    Date const held_until = s.context.calendar.add_workdays(*s.c.signed_on, kHoldForThirdParty).date;
    return on >= held_until || (s.clock.reply_due && on >= *s.clock.reply_due);
}

bool within_application(std::vector<int> const& items, Case const& c) {
    return std::ranges::all_of(items, [&](int item) { return item >= 1 && item <= std::ssize(c.application.items); });
}

/// 条例第三十二条、第三十四条: which of the items the consultation is about.
bool consulted_items_named(Situation const& s) {
    auto const& items = s.the<ConsultationLetter>().items;
    return !items.empty() && within_application(items, s.c);
}

/// 条例第三十二条: what a consultation gives away of whoever asks.
std::vector<FieldError> revealing_texts(Situation const& s) {
    auto const& letter = s.the<ConsultationLetter>();
    std::vector<FieldError> faults;
    auto const look = [&](std::string_view text, std::string pointer) {
        auto const revealed = revealed_by(text, s.c.application);
        if (revealed.empty()) return;
        faults.push_back(
            {std::move(pointer), "applicant_revealed", std::string("写了").append(revealed).append("，请删去。")}
        );
    };
    look(letter.content.value_or(""), "/content");
    look(letter.question, "/question");
    return faults;
}

/// 条例第三十九条第一款: a request is treated as a petition only where two people say so, the handler and the legal
/// reviewer.
bool legal_reviewer_explains(Situation const& s) {
    auto const& remark = s.the<ReplyApproval>().remark;
    bool const petition = s.c.draft && std::ranges::any_of(s.c.draft->items, [](ItemReply const& item) {
                              return item.outcome == Outcome::Petition;
                          });
    return !petition || (remark && !remark->empty());
}

/// 条例第三十六条: what is approved is what was looked at, the draft of this round and the files that go with it.
bool seen_as_it_stands(Situation const& s) {
    auto const& approval = s.the<ReplyApproval>();
    if (!approval.seen_round && approval.seen_files.empty()) return true;
    auto const sorted = [](std::vector<Code> codes) {
        std::ranges::sort(codes);
        return codes;
    };
    auto const& now = s.context.background != nullptr ? s.context.background->released : std::vector<Code>{};
    return approval.seen_round == s.c.round() && sorted(approval.seen_files) == sorted(now);
}

/// Whether the step is the next one that the procedure of the card asks for.
bool is_next_card_step(Situation const& s) {
    if (s.card == nullptr) return false;
    auto const missing = missing_steps(*s.card);
    return !missing.empty() && missing.front()->action == s.action;
}

std::vector<FieldError> missing_card_steps(Situation const& s) {
    std::vector<FieldError> faults;
    if (s.card == nullptr) return faults;
    for (CardStep const* step : missing_steps(*s.card)) {
        faults.push_back({"", std::string(code(step->action)), "还没有" + std::string(label(step->action)) + "。"});
    }
    return faults;
}

/// 条例第四十七条: 督办 comes from the agency above. An agency with none above it has its own supervisor.
bool from_above(Situation const& s) {
    return s.context.actor.agency != s.c.application.agency || s.context.agency_line.size() == 1;
}

/// Whether the reminder or order named by the input is unsigned for; without input, whether any is.
bool reminder_open(Situation const& s) {
    auto const* named = s.input == nullptr ? nullptr : &s.the<Acknowledgement>().reminder;
    return std::ranges::any_of(s.c.reminders, [&](Reminder const& each) {
        return !each.received_on && (named == nullptr || each.id == *named);
    });
}

/// What is wrong with the number of a posted reply.
std::vector<FieldError> postal_faults(Situation const& s) {
    auto const dispatch = outgoing(s);
    if (dispatch.method != ObtainBy::Post || !dispatch.tracking_number) return {};
    auto const fault = check_postal_number(normalise_number(dispatch.tracking_number->value));
    if (!fault) return {};
    return {{"/tracking_number", std::string(code(*fault)), std::string(label(*fault))}};
}

/// Whether somebody at the other end has to be written down: who signed, or which machine took the fax.
bool names_recipient(ObtainBy method) {
    return method == ObtainBy::PickUp || method == ObtainBy::ReadOnSite || method == ObtainBy::Fax;
}

template <ApprovalStep step>
bool is_next(Situation const& s) {
    return s.c.next_approval() == step;
}

// clang-format off
using G = Guard;
using S = Situation const&;
constexpr auto kCase = RefusalKind::IllegalStep;
constexpr auto kPerson = RefusalKind::Forbidden;
constexpr auto kInput = RefusalKind::Invalid;
constexpr std::array kGuards{
    // 登记
    GuardRule{G::HandedInOnline, kInput, "not_an_online_channel", "条例第二十九条", "申请人自行提交的渠道只能是网站或移动端。",
        [](S s) { return is_online(s.the<Submission>().channel); }, "/channel"},
    GuardRule{G::HandedInOffline, kInput, "not_an_offline_channel", "条例第三十一条", "网站和移动端的申请由申请人提交，不由登记员登记。",
        [](S s) { return !is_online(s.the<Registration>().channel); }, "/channel"},
    GuardRule{G::NotTakenUpYet, kCase, "already_taken_up", "条例第二十九条", "申请已经开始审核、办理，不能再不予登记，请照常办理、答复。",
        [](S s) { return !s.c.correction && !s.c.explanation_request && !s.c.fee && !s.c.department; }},
    GuardRule{G::NoRejectionProposed, kCase, "rejection_already_proposed", "条例第二十九条", "已经有人提出不予登记，等待另一人核对。",
        [](S s) { return !s.c.rejection; }},
    GuardRule{G::DoubleNamed, kInput, "double_not_named", "条例第二十九条", "重复录入的，请填写保留的那一件的受理编号；测试录入的不填。",
        [](S s) { auto const& p = s.the<RejectionProposal>(); return (p.ground == RejectionGround::DoubleEntry) == p.double_of.has_value(); }, "/double_of"},
    GuardRule{G::RejectionProposed, kCase, "no_rejection_proposed", "条例第二十九条", "不予登记要先由一人提出，再由另一人核对。只有测试录入和重复录入可以不予登记；其他来件都要登记、答复。",
        [](S s) { return s.c.rejection.has_value(); }},
    GuardRule{G::RejectionByAnother, kPerson, "four_eyes", "条例第二十九条", "提出不予登记的人不能自己核对。",
        [](S s) { return s.c.rejection && s.c.rejection->by != s.context.actor.id; }},
    GuardRule{G::WithdrawalProved, kInput, "withdrawal_not_proved", "条例第二十七条", "代申请人登记撤回的，要有凭据：写明日期和方式，书面的填写撤回书的文件号，口头的填写录音或者签字笔录的编号。",
        withdrawal_proved, "/means"},
    // 补正
    GuardRule{G::FirstCorrection, kCase, "already_corrected", "条例第三十条", "补正只能要求一次，这件申请已经要求过补正。",
        [](S s) { return !s.c.correction; }},
    GuardRule{G::CorrectionWindow, kCase, "correction_too_late", "条例第三十条", "收到申请已超过7个工作日，不能再要求补正。",
        [](S s) { return s.context.today() <= correction_notice_limit(s.c.timeline().received, s.context.calendar); }},
    GuardRule{G::ContentUnclear, kInput, "content_not_confirmed_unclear", "条例第三十条", "只有申请内容不明确，或者没有附条例第二十九条要求的材料，才能要求补正，请先确认是哪一种。",
        [](S s) { return s.the<CorrectionRequest>().has_ground(); }, "/content_unclear"},
    GuardRule{G::CorrectionPeriod, kInput, "correction_period_unreasonable", "条例第三十条", "补正期限应当合理：自今日起5至30个工作日，最后一天是工作日。",
        correction_period, "/reply_by"},
    GuardRule{G::MissingIndeed, kInput, "not_missing", "条例第二十九条第二款", "申请写明了联系方式，或者没有代理人，就不能以此要求补正。",
        missing_indeed, "/missing"},
    GuardRule{G::CorrectionOverdue, kInput, "correction_not_overdue", "条例第三十条", "补正期限还没有过。",
        [](S s) { return lapsed(s, DeadlineKind::Correction); }, "/lapsed_on"},
    GuardRule{G::LapsedUncorrected, kCase, "not_lapsed_for_this", "条例第三十条", "这件申请不是因逾期不补正而终止的。",
        [](S s) { return s.c.outcome == Outcome::Uncorrected; }},
    GuardRule{G::ExcuseByReviewer, kInput, "excuse_not_yours_to_accept", "条例第三十条", "逾期是否有正当理由，由审核人员认定。",
        excuse_by_reviewer, "/excuse"},
    // 说明理由
    GuardRule{G::FirstExplanation, kCase, "already_explained", "条例第三十五条", "已经要求过申请人说明理由。",
        [](S s) { return !s.c.explanation_request; }},
    GuardRule{G::ExplanationPeriod, kInput, "explanation_period_too_long", "条例第三十五条", "说明理由的期限不能超过答复期限：答复期限在等待说明时照常计算。",
        [](S s) { return !s.clock.reply_due || s.the<ExplanationRequest>().reply_by <= *s.clock.reply_due; }, "/reply_by"},
    GuardRule{G::ExplanationOverdue, kCase, "explanation_still_awaited", "条例第三十五条", "申请人说明理由的期限还没有过。",
        [](S s) { return reasons_asked(s.c) && s.context.today() > s.c.explanation_request->reply_by; }},
    GuardRule{G::Explained, kCase, "reasons_not_given", "条例第三十五条", "申请人说明的理由合理，才能延迟答复；还没有收到理由说明。",
        [](S s) { return s.c.explained.has_value(); }},
    GuardRule{G::DeferralReasonable, kInput, "deferral_too_long", "条例第三十五条", "延迟答复的期限应当合理，最长不超过今日起12个月。",
        [](S s) { return s.the<Deferral>().to <= add_months(s.context.today(), kLongestDeferralMonths); }, "/to"},
    // 收费
    GuardRule{G::FeesEnabled, kCase, "fees_not_enabled", "条例第四十二条", "本机关没有启用信息处理费。",
        [](S s) { return s.context.policy.fees_enabled; }},
    GuardRule{G::FirstFeeNotice, kCase, "already_charged", "国办函〔2020〕109号", "一件申请只收一次信息处理费，已经通知过缴费。",
        [](S s) { return !s.c.fee; }},
    GuardRule{G::PaymentPossible, kCase, "no_way_to_pay", "国办函〔2020〕109号第六条", "本机关还没有填写信息处理费的缴纳方式。请先在设置中填写收款单位，以及账号或者缴款码。",
        [](S s) { return s.context.policy.says_how_to_pay(); }},
    GuardRule{G::PiecesByItem, kInput, "pieces_by_item_only", "国办函〔2020〕109号第三条", "按量计费不分件，只有按件计费才填写分为几件。",
        [](S s) { auto const& p = s.the<FeeNotice>(); return p.basis == FeeBasis::PerItem || !p.pieces; }, "/pieces"},
    GuardRule{G::FeeIsDue, kInput, "nothing_to_charge", "国办函〔2020〕109号", "没有超过免费的件数或页数，不收信息处理费。",
        [](S s) { return s.the<FeeNotice>().amount_fen > 0; }, "/quantity"},
    GuardRule{G::FeeNoticeUnserved, kCase, "fee_notice_already_served", "条例第四十二条", "收费通知书的送达已经登记。",
        [](S s) { auto const* notice = find_notice(s.c, NoticeKind::Fee); return s.c.fee && !s.c.fee->served_on && (notice == nullptr || notice->dispatch); }},
    GuardRule{G::PaymentOverdue, kInput, "payment_not_overdue", "条例第四十二条", "缴费期限还没有过。",
        [](S s) { return lapsed(s, DeadlineKind::FeePayment); }, "/lapsed_on"},
    GuardRule{G::LapsedUnpaid, kCase, "not_lapsed_for_this", "条例第四十二条", "这件申请不是因逾期未缴费而终止的。",
        [](S s) { return s.c.outcome == Outcome::Unpaid; }},
    // 分办
    GuardRule{G::NotYetAccepted, kCase, "already_accepted", "条例第四十五条", "这件申请已经分办。",
        [](S s) { return !s.c.department; }},
    GuardRule{G::AlreadyAccepted, kCase, "not_yet_accepted", "条例第四十五条", "这件申请还没有分办。",
        [](S s) { return s.c.department.has_value(); }},
    GuardRule{G::Unassigned, kCase, "already_assigned", "条例第四十五条", "这件申请已有承办人。",
        [](S s) { return !s.c.assignee; }},
    GuardRule{G::IsAssignee, kPerson, "not_the_assignee", "条例第四十五条", "只有这件申请的承办人（外出时为代办人）才能办理这一步，请先认领或由负责人指派。",
        [](S s) { return answers_for(s.context.actor, s.c.assignee); }},
    GuardRule{G::CoOpinionAwaited, kPerson, "no_opinion_awaited", "条例第四十五条", "现在不等您的部门提交协办意见。",
        [](S s) { return std::ranges::count(awaited_co_departments(s.c), s.context.actor.department) > 0; }},
    GuardRule{G::SearchedItemsExist, kInput, "no_such_item", "条例第三十六条第四项", "申请没有这一项。",
        [](S s) { return within_application(s.the<SearchRecord>().items, s.c); }, "/items"},
    // 征求意见
    GuardRule{G::ConsultedItemsNamed, kInput, "items_not_named", "条例第三十二条、第三十四条", "请选择涉及申请的第几项。",
        consulted_items_named, "/items"},
    GuardRule{G::ConsultedContentStated, kInput, "content_not_stated", "条例第三十二条、第三十四条", "请用本机关的话写明涉及的信息内容。",
        [](S s) { return s.the<ConsultationLetter>().content.has_value(); }, "/content"},
    GuardRule{G::ApplicantHidden, kInput, "applicant_revealed", "条例第三十二条", "征求意见不透露申请人是谁，也不照抄申请人的原话。",
        [](S s) { return revealing_texts(s).empty(); }, "/content", revealing_texts},
    GuardRule{G::ConsultationOpen, kCase, "no_open_consultation", "条例第三十二条", "没有这一件正在征求的意见。",
        [](S s) { return consultation_is(s, [](Consultation const& each) { return each.open(); }); }},
    GuardRule{G::ConsultationUnserved, kCase, "no_unserved_consultation", "国办公开办函〔2016〕235号", "没有这一件等待送达的征求意见书。",
        [](S s) { return consultation_is(s, [](Consultation const& each) { return each.open() && !each.letter.served_on; }); }},
    GuardRule{G::ConsultationSentFirst, kInput, "before_the_step_it_follows", "国办公开办函〔2016〕235号", "征求意见书的送达日期不能早于寄出日期，寄出日期不能早于登记征求意见的那一天。",
        consultation_sent_first, "/sent_on"},
    GuardRule{G::ConsultationOverdue, kInput, "consultation_not_overdue", "条例第三十二条", "征求意见的期限还没有过。",
        consultation_lapsed, "/ended_on"},
    GuardRule{G::NoOpenConsultation, kCase, "consultation_open", "条例第三十二条", "还有征求意见没有结束。",
        [](S s) { return std::ranges::none_of(s.c.consultations, &Consultation::open); }},
    GuardRule{G::ObjectionJudged, kInput, "objection_not_judged", "条例第三十二条", "对方不同意公开时，应当写明其理由是否成立。",
        [](S s) { auto const& o = s.the<Opinion>(); return o.stance == Stance::Agreed || o.grounds_reasonable; }, "/grounds_reasonable"},
    GuardRule{G::SilenceBySystemOnly, kInput, "silence_is_found_by_the_system", "条例第三十二条", "逾期未答由系统在期满次日自动登记。",
        [](S s) { return s.the<ConsultationEnd>().why != NoOpinion::Silent; }, "/why"},
    GuardRule{G::NamesNoConsultation, kInput, "not_a_consultation", "国办公开办函〔2016〕235号", "现在登记的不是征求意见书的送达，请不要填写它的编号。",
        [](S s) { return !s.the<DeliveryRecord>().consultation; }, "/consultation"},
    // 期限
    GuardRule{G::BeforeDeadline, kCase, "deadline_passed", "条例第三十三条", "答复期限已过，不能再办理这一步。",
        [](S s) { return !s.clock.reply_due || s.context.today() <= *s.clock.reply_due; }},
    GuardRule{G::ExtensionUnused, kCase, "already_extended", "条例第三十三条", "延长答复期限只能一次，这件申请已经延长过。",
        [](S s) { return !asked(s, ClockEventType::Extended) && find_notice(s.c, NoticeKind::Extension) == nullptr; }},
    GuardRule{G::NoExtensionProposed, kCase, "extension_already_proposed", "条例第三十三条", "已有一份延期申请等待批准。",
        [](S s) { return !s.c.proposed_extension; }},
    GuardRule{G::ExtensionProposed, kCase, "no_extension_proposed", "条例第三十三条", "没有等待批准的延期申请。",
        [](S s) { return s.c.proposed_extension.has_value(); }},
    GuardRule{G::ProposedByAnother, kPerson, "four_eyes", "条例第三十三条", "提出延期的人不能自己批准。",
        [](S s) { return s.c.proposed_extension && s.c.proposed_extension->by != s.context.actor.id; }},
    // 答复
    GuardRule{G::OutcomesForReply, kInput, "outcome_not_for_a_reply", "条例第三十六条", "这个结果由撤回或逾期产生，不能在答复中选用。",
        [](S s) { return std::ranges::all_of(s.the<ReplyDraft>().items, [](ItemReply const& item) { return rule_of(item.outcome).drafted; }); }, "/items"},
    GuardRule{G::EveryItemAnswered, kInput, "item_without_outcome", "条例第三十六条", "申请的每一项都要有一个办理结果，顺序与申请一致。",
        [](S s) { return s.the<ReplyDraft>().items.size() == s.c.application.items.size(); }, "/items"},
    GuardRule{G::LimbsFit, kInput, "limb_does_not_fit", "条例第十四条、第十五条、第十六条", "所选的具体情形与办理结果不符。",
        [](S s) { return std::ranges::all_of(s.the<ReplyDraft>().items, [](ItemReply const& item) { return !item.limb || fits(*item.limb, item.outcome); }); }, "/items"},
    GuardRule{G::MainOutcomeFits, kInput, "main_outcome_does_not_fit", "条例第三十七条", "有一项部分公开，或者有的公开、有的依照第十四条至第十六条不予公开的，应当选“部分公开”；否则应当选其中一项的结果。",
        main_outcome_fits, "/outcome"},
    GuardRule{G::ReplyDrafted, kCase, "no_draft", "条例第三十六条", "还没有拟写答复。",
        [](S s) { return s.c.draft.has_value(); }},
    GuardRule{G::EvidenceComplete, kCase, "evidence_missing", "条例第三十六条", "答复所依据的材料还不齐，补齐后才能提交审批。",
        [](S s) { return s.c.draft && missing_evidence(s.c, *s.c.draft).empty(); }, {},
        [](S s) { return s.c.draft ? missing_evidence(s.c, *s.c.draft) : std::vector<FieldError>{}; }},
    GuardRule{G::ChecksHold, kInput, "check_failed", "条例第三十六条", "答复还有检查没有通过：请改正，或者说明理由。",
        [](S s) { return unresolved_checks(s).empty(); }, "/waivers", unresolved_checks},
    GuardRule{G::LegalReviewerExplains, kInput, "second_reader_silent", "条例第三十九条第一款", "按信访、投诉、举报处理的，法制审核员要写明同意的理由。",
        legal_reviewer_explains, "/remark"},
    GuardRule{G::SeenAsItStands, kInput, "not_what_was_seen", "条例第三十六条", "您看过的答复或者附件已经有了变化，请看过现在的再审批。",
        seen_as_it_stands, "/seen_round"},
    GuardRule{G::StepDepartment, kCase, "not_this_step", "条例第四十五条", "部门负责人已经审核。", is_next<ApprovalStep::Department>},
    GuardRule{G::StepSecrecy, kCase, "not_this_step", "条例第十七条", "现在不是保密审查这一步。", is_next<ApprovalStep::Secrecy>},
    GuardRule{G::StepLegal, kCase, "not_this_step", "条例第四十五条", "现在不是法制审核这一步。", is_next<ApprovalStep::Legal>},
    GuardRule{G::StepSign, kCase, "not_this_step", "条例第四十五条", "现在不是签发这一步。", is_next<ApprovalStep::Sign>},
    GuardRule{G::NotTheHandler, kPerson, "four_eyes", "条例第四十五条", "承办人和拟写答复的人不能自己审批。",
        [](S s) { return s.c.drafted_by != s.context.actor.id && s.c.assignee != s.context.actor.id; }},
    GuardRule{G::NotAnEarlierApprover, kPerson, "four_eyes", "条例第四十五条", "前面审过的人不能再签发。",
        [](S s) { return std::ranges::none_of(s.c.approvals, [&](Approval const& a) { return a.by == s.context.actor.id; }); }},
    GuardRule{G::PostIsTracked, kInput, "tracking_number_missing", "国办公开办函〔2016〕235号", "邮寄应当交邮政企业并填写邮政单号。",
        [](S s) { auto const d = outgoing(s); return d.method != ObtainBy::Post || d.tracking_number; }, "/tracking_number"},
    GuardRule{G::ThirdPartyHadTime, kInput, "third_party_needs_time", "条例第三十二条", "第三方不同意而决定公开的，签发后先书面告知第三方，满5个工作日再送出；答复期限更早的，期限当日送出。",
        third_party_had_time, "/dispatched_on"},
    GuardRule{G::PostalNumber, kInput, "not_a_postal_number", "国办公开办函〔2016〕235号", "邮寄应当交邮政企业，请填写13位的邮政单号。",
        [](S s) { return postal_faults(s).empty(); }, "/tracking_number", postal_faults},
    GuardRule{G::RecipientNamed, kInput, "recipient_missing", "国办公开办函〔2016〕235号", "直接送达以签收为准，请填写签收人；传真送达请填写接收的号码。",
        [](S s) { auto const d = outgoing(s); return !names_recipient(d.method) || d.recipient; }, "/recipient"},
    GuardRule{G::EmailKnown, kInput, "no_email_address", "条例第四十条", "申请人没有留下电子邮箱，请选择其他送达方式。",
        [](S s) { return outgoing(s).method != ObtainBy::Email || s.c.application.applicant.email; }, "/method"},
    GuardRule{G::ReplyDispatched, kCase, "no_reply_dispatched", "国办公开办函〔2016〕235号", "只有已经送出的答复才能登记送达。",
        [](S s) { return s.c.dispatch.has_value(); }},
    GuardRule{G::DatesInOrder, kInput, "before_the_step_it_follows", "国办公开办函〔2016〕235号", "日期不能早于它所接续的那一步。", dates_in_order},
    GuardRule{G::ServiceProved, kInput, "service_not_proved", "民事诉讼法第八十九条、第九十五条", "留置送达要写明见证人；公告送达要先有拒收或者退回，并在公告满30日后登记；“对方系统已接收”只用于电子方式送出的文书。",
        service_proved, "/result"},
    GuardRule{G::LetterUnsent, kCase, "no_letter_to_send", "国办公开办函〔2016〕235号", "没有这一份等待送出的文书。",
        [](S s) { return notice_is(s, [](NoticeLetter const& each) { return each.waits_to_go_out(); }); }},
    GuardRule{G::LetterHandedOver, kCase, "letter_not_sent", "国办公开办函〔2016〕235号", "告知书还没有送出：工作人员请先登记“送出文书”，申请人请在收到告知书以后再办理。", letter_handed_over},
    GuardRule{G::NothingAwaited, kCase, "applicant_has_time", "条例第三十条", "申请人的期限还在计算，不能分办；文书没有送出或者超期送出的，才可以直接分办。",
        [](S s) { return s.clock.status == ClockStatus::Running || s.clock.status == ClockStatus::Paused; }},
    GuardRule{G::NamesNotice, kInput, "not_a_notice", "国办公开办函〔2016〕235号", "请选择是哪一份文书。",
        [](S s) { return s.the<DeliveryRecord>().letter.has_value(); }, "/letter", nullptr, true},
    GuardRule{G::NamesNoNotice, kInput, "not_this_letter", "国办公开办函〔2016〕235号", "这里登记的不是告知书的送达。",
        [](S s) { return !s.the<DeliveryRecord>().letter; }, "/letter", nullptr, true},
    GuardRule{G::ReplyUnserved, kCase, "reply_already_served", "国办公开办函〔2016〕235号", "答复的送达已经登记，不能改写；登记有误的，请用“备注”说明。",
        [](S s) { return !s.c.served_on(); }},
    GuardRule{G::GoesOutByHand, kInput, "sent_by_the_system", "电子签名法第十一条", "电子邮件由系统发送，对方接收以后自动登记；这里登记邮寄、当面和传真送出的。",
        [](S s) { return !is_electronic(outgoing(s).method) || has_role(s, Role::System); }, "/method"},
    GuardRule{G::NoticeUnserved, kCase, "no_unserved_letter", "国办公开办函〔2016〕235号", "这份文书还没有送出，或者已经登记送达。",
        [](S s) { return notice_is(s, [](NoticeLetter const& each) { return each.dispatch && !each.served(); }); }},
    GuardRule{G::FaxReported, kInput, "fax_report_missing", "国办公开办函〔2016〕235号", "传真送达以发送报告为凭，请填写报告的编号，或者上传后填写附件的名称。",
        [](S s) { auto const d = outgoing(s); return d.method != ObtainBy::Fax || d.fax_report; }, "/fax_report"},
    GuardRule{G::GoesElectronically, kInput, "not_electronic", "电子签名法第十一条", "这样送出的，由系统在对方接收后确认。",
        [](S s) { return is_electronic(outgoing(s).method); }, "/method", nullptr, true},
    GuardRule{G::GoesByHand, kInput, "electronic", "电子签名法第十一条", "电子方式送出的，等对方接收。",
        [](S s) { return !is_electronic(outgoing(s).method); }, "/method", nullptr, true},
    GuardRule{G::NothingUnderWay, kCase, "sending_under_way", "电子签名法第十一条", "答复正在发送，等对方接收或者发送失败；不能等的，请改用邮寄、当面或者传真。",
        [](S s) { return !s.c.sending; }},
    GuardRule{G::UnderWay, kCase, "nothing_under_way", "电子签名法第十一条", "没有正在发送的答复。",
        [](S s) { return s.c.sending.has_value(); }},
    GuardRule{G::ReplyDelivered, kCase, "reply_not_delivered", "国办公开办函〔2016〕235号", "答复书还没有送达：请登记送达；被退回、拒收的，再次送达后登记，或者登记留置送达、公告送达。",
        [](S s) { return !s.c.dispatch || s.c.served_on(); }},
    GuardRule{G::NoDeliveryOpen, kCase, "delivery_open", "国办公开办函〔2016〕235号", "还有送达任务没有办完，不能归档。",
        [](S s) { return s.context.open_deliveries.empty(); }, {}, open_deliveries},
    // 监督与救济
    GuardRule{G::DisputeOpen, kCase, "no_open_dispute", "条例第五十一条", "没有这一件正在进行的复议或诉讼。",
        [](S s) { return dispute_is(s, [](Dispute const& each) { return !each.end; }); }},
    GuardRule{G::DisputeLost, kCase, "no_dispute_to_follow", "法释〔2025〕8号", "没有这一件结果为纠正、还没有登记重新答复的复议或诉讼。",
        [](S s) { return dispute_is(s, [](Dispute const& each) { return each.end && each.end->result == DisputeResult::Corrected && !each.order; }); }},
    GuardRule{G::NotRated, kCase, "already_rated", "国办发〔2019〕51号", "一件申请只评价一次，已经评价过。",
        [](S s) { return !s.c.rating; }},
    GuardRule{G::WithinRatingWindow, kCase, "rating_window_closed", "国办发〔2019〕51号", "评价在办结后30日内进行。",
        [](S s) { return s.c.concluded_on && s.context.today() <= add_days(*s.c.concluded_on, kRatingWindowDays); }},
    GuardRule{G::FileStored, kInput, "no_file", "条例第四十五条", "请选择要上传的文件。",
        [](S s) { return !s.the<Attachment>().sha256.empty(); }},
    // 好差评
    GuardRule{G::NotTheRated, kPerson, "not_for_the_rated", "国办发〔2019〕51号", "被评价的人不参与评价的核实。",
        [](S s) { return !is_rated(s.c, s.context.actor.id); }},
    GuardRule{G::Rated, kCase, "not_rated", "国办发〔2019〕51号", "还没有评价，不能追加。",
        [](S s) { return s.c.rating.has_value(); }},
    GuardRule{G::AdditionUnused, kCase, "already_added", "国办发〔2019〕51号", "评价只能追加一次。",
        [](S s) { return !s.c.rating_procedure.addition; }},
    GuardRule{G::WithinAdditionWindow, kCase, "addition_window_closed", "国办发〔2019〕51号", "追加评价在评价后30日内进行。",
        [](S s) { return s.c.rating_procedure.rated_on && s.context.today() <= add_days(*s.c.rating_procedure.rated_on, kAdditionWindowDays); }},
    GuardRule{G::RatingProcedureOpen, kCase, "no_bad_rating", "国办发〔2019〕51号", "没有正在核实的差评。",
        [](S s) { return next_rating_step(s.c).has_value(); }},
    GuardRule{G::InvestigatorNotRated, kInput, "investigator_is_rated", "国办发〔2019〕51号", "被评价的人不能核实对自己的评价。",
        [](S s) { return !is_rated(s.c, s.the<RatingAssignment>().investigator); }, "/investigator"},
    GuardRule{G::IsInvestigator, kPerson, "not_the_investigator", "国办发〔2019〕51号", "只有指派的核实人才能办理这一步。",
        [](S s) { return s.c.rating_procedure.assignment && s.c.rating_procedure.assignment->investigator == s.context.actor.id; }},
    GuardRule{G::RatingToContact, kCase, "not_this_step", "国办发〔2019〕51号", "没有等待联系评价人的差评。",
        [](S s) { return rating_waits_for(s, Action::ContactRater); }},
    GuardRule{G::RatingToRectify, kCase, "not_this_step", "国办发〔2019〕51号", "没有等待整改的差评。",
        [](S s) { return rating_waits_for(s, Action::RectifyRating); }},
    GuardRule{G::RatingToCallBack, kCase, "not_this_step", "国办发〔2019〕51号", "没有等待回访的差评。",
        [](S s) { return rating_waits_for(s, Action::CallBackRater); }},
    // 复议诉讼的答复,主动公开,更正
    GuardRule{G::DisputeUnanswered, kCase, "no_dispute_to_answer", "条例第五十一条", "没有这一件等待答复或答辩的复议或诉讼。",
        [](S s) { return dispute_is(s, [](Dispute const& each) { return !each.end && !each.answer; }); }},
    GuardRule{G::NoOpenSuggestion, kCase, "suggestion_open", "条例第四十四条", "已有一份公开建议正在处理。",
        [](S s) { return !suggestion_open(s.c); }},
    GuardRule{G::SuggestionOpen, kCase, "no_open_suggestion", "条例第四十四条", "没有等待答复的公开建议。",
        [](S s) { return suggestion_open(s.c); }},
    GuardRule{G::SuggestionDecided, kInput, "decision_incomplete", "条例第四十四条", "已主动公开的，应当写明公开信息的编号；不予公开的，应当说明理由。",
        suggestion_decided, "/decision"},
    GuardRule{G::NoOpenAmendment, kCase, "amendment_open", "条例第四十一条", "已有一份更正申请正在处理。",
        [](S s) { return !amendment_open(s.c); }},
    GuardRule{G::AmendmentOpen, kCase, "no_open_amendment", "条例第四十一条", "没有等待答复的更正申请。",
        [](S s) { return amendment_open(s.c); }},
    // 红黄牌
    GuardRule{G::CardStands, kCase, "no_open_card", "条例第四十七条", "没有这一张还在处理的红黄牌。",
        [](S s) { return s.card != nullptr && s.card->state() == CardState::Open; }},
    GuardRule{G::CardStepIsNext, kCase, "card_step_not_next", "条例第四十七条", "这张牌没有这一步，或者这一步已经完成、前面的步骤还没有完成。",
        is_next_card_step},
    GuardRule{G::CardStepsDone, kCase, "card_step_missing", "条例第四十七条", "每牌必查：还有步骤没有完成，不能办结。",
        [](S s) { return missing_card_steps(s).empty(); }, {}, missing_card_steps},
    GuardRule{G::RequestAnswered, kCase, "request_unanswered", "条例第四十七条", "出错必改：申请还没有答复，这张牌不能办结。",
        [](S s) { return s.c.concluded_on.has_value(); }},
    GuardRule{G::RectifiedIndeed, kInput, "not_rectified", "条例第四十七条", "出错必改：申请还没有答复，不能说已经整改到位。",
        [](S s) { return s.c.concluded_on || s.the<CardSettlement>().result != CardResult::Rectified; }, "/result"},
    GuardRule{G::NoRevocationProposed, kCase, "revocation_already_proposed", "条例第四十七条", "已有一份撤销申请等待批准。",
        [](S s) { return s.card != nullptr && !s.card->revocation_by; }},
    GuardRule{G::RevocationProposed, kCase, "no_revocation_proposed", "条例第四十七条", "没有等待批准的撤销申请。",
        [](S s) { return s.card != nullptr && s.card->revocation_by; }},
    GuardRule{G::RevokedByAnother, kPerson, "four_eyes", "条例第四十七条", "申请撤销的人不能自己批准。",
        [](S s) { return s.card != nullptr && s.card->revocation_by != s.context.actor.id; }},
    GuardRule{G::FromAbove, kPerson, "not_from_above", "条例第四十七条", "督办由上级机关的监督员发出。", from_above},
    GuardRule{G::ReminderOpen, kCase, "nothing_to_acknowledge", "条例第四十七条", "没有这一件等待签收的催办或督办。", reminder_open},
    // 从台账导入
    GuardRule{G::LedgerStateFits, kInput, "ledger_state_does_not_fit", "条例第四十五条",
        "办理结果和答复日期应当同时填写，并与状态相符；没有办理结果的是办理中。", ledger_state_fits, "/state"},
};
// clang-format on

static_assert(kGuards.size() == kGuardCount && is_in_order(kGuards, &GuardRule::guard));

}  // namespace

GuardRule const& rule_of(Guard guard) { return kGuards[static_cast<std::size_t>(guard)]; }

std::optional<Date> unmet(ClockResult const& clock, DeadlineKind kind) {
    auto const found = std::ranges::find_if(clock.deadlines, [&](Deadline const& d) {
        return d.kind == kind && !d.met && !d.provisional;
    });
    return found == clock.deadlines.end() ? std::nullopt : std::optional(found->due);
}

}  // namespace workflow
