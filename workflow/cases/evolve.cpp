#include "workflow/cases/case.hpp"

#include <algorithm>
#include <concepts>
#include <utility>

namespace workflow {

namespace {

template <typename List, typename Id>
auto* find_by(List& list, Id const& id, auto&& id_of) {
    auto const found = std::ranges::find(list, id, id_of);
    return found == list.end() ? nullptr : &*found;
}

Code const& id_of_consultation(Consultation const& c) { return c.letter.id; }
Code const& id_of_dispute(Dispute const& d) { return d.opening.id; }
Code const& id_of_card(Card const& card) { return card.issue.id; }

/// Writes one event into a case. Each overload is one shape of payload; `event.action` tells shapes apart that several
/// actions share.
struct Fold {
    Case& c;
    Event const& event;

    /// Ends the case: consultations that are still open and a proposed extension end with it.
    void conclude(Outcome outcome) const {
        c.outcome = outcome;
        c.concluded_on = event.on;
        c.proposed_extension.reset();
        c.sending.reset();
        for (Consultation const& consultation : c.consultations) {
            if (consultation.open())
                (*this)(ConsultationEnd{consultation.letter.id, NoOpinion::Withdrawn, event.on, {}});
        }
    }

    /// What this event tells the clock. The first edition of the rules is not named, as in the cases stored then.
    ClockEvent told(ClockEventType type, ClockEvent effect = {}) const {
        effect.type = type;
        effect.on = event.on;
        effect.edition = event.edition > 1 ? std::optional(event.edition) : std::nullopt;
        return effect;
    }

    ClockEvent& clock(ClockEventType type) const { return c.clock_events.emplace_back(told(type)); }

    /// A letter has been decided that counts from its dispatch (国办公开办函〔2016〕235号第四条). Under the editions of
    /// the rules before that it counted from its decision.
    void decide_notice(NoticeKind kind, ClockEvent const& effect = {}) const {
        auto const type = rule_of(kind).counts_as;
        if (event.edition >= kDispatchCountsEdition) {
            auto effect_when_sent = type ? std::optional(told(*type, effect)) : std::nullopt;
            c.notices.push_back({kind, event.document, event.on, std::move(effect_when_sent), {}, {}});
        } else if (type) {
            c.clock_events.push_back(told(*type, effect));
        }
    }

    /// Whether the applicant's answer moves the clock: not where the letter that asked for it was late.
    bool moves_clock(NoticeKind asked) const {
        NoticeLetter const* const letter = find_notice(c, asked);
        return letter == nullptr || letter->counts();
    }

    void begin(Application const& application, Channel channel) const {
        c.application = application;
        c.channel = channel;
        c.submitted_on = local_date(event.at);
        if (event.document) c.number = *event.document;
    }

    // 登记 (条例第二十九条、第三十一条)

    void operator()(Submission const& p) const {
        begin(p.application, p.channel);
        c.received_on = p.received_on;
    }

    void operator()(Registration const& p) const {
        begin(p.application, p.channel);
        c.received_on = p.received_on;
        c.evidence = p.evidence;
        c.id_exception = p.id_exception;
    }

    void operator()(LedgerRecord const& p) const {
        begin(p.application, p.channel);
        c.submitted_on = p.received_on;
        c.received_on = p.received_on;
        c.department = p.department;
        c.reply_number = p.reply_number;
        c.ledger = p.source;
        c.outcome = p.outcome;
        c.concluded_on = p.concluded_on;
        if (!p.outcome || !p.concluded_on) return;
        clock(rule_of(*p.outcome).drafted ? ClockEventType::Replied : ClockEventType::Withdrawn).on = *p.concluded_on;
    }

    void operator()(Nothing const&) const {
        if (event.action == Action::Claim) c.assignee = event.by;
    }

    /// 视为放弃申请: not corrected (条例第三十条) or not paid (第四十二条) in time.
    void operator()(Lapse const&) const {
        conclude(event.action == Action::LapseCorrection ? Outcome::Uncorrected : Outcome::Unpaid);
    }

    void operator()(Remark const&) const {
        if (!c.received_on) c.received_on = event.on;
    }

    void operator()(Reason const& p) const {
        if (event.action == Action::Remind) add_reminder(p.reason, {});
        if (event.action == Action::RejectExtension) c.proposed_extension.reset();
        if (event.action == Action::ReturnReply) end_round(p.reason);
        if (event.action == Action::ReturnAssignment) {
            c.assignee.reset();
            if (event.to != c.state) {  // not only the handler but the department gives it back
                c.department.reset();
                c.co_departments.clear();
                c.co_opinions.clear();
            }
        }
        if (event.action == Action::RejectSubmission) end_without_reply(Outcome::Other);
        if (event.action == Action::DeclineRejection) c.rejection.reset();
        if (event.action == Action::SuggestPublication) c.suggestions.push_back({p, event.on, {}, {}});
    }

    void operator()(RejectionProposal const& p) const { c.rejection = ProposedRejection{p, event.by, event.role}; }

    void operator()(Withdrawal const& p) const {
        if (p.means) c.withdrawal = p;
        end_without_reply(Outcome::Withdrawn);
    }

    void end_without_reply(Outcome outcome) const {
        conclude(outcome);
        clock(ClockEventType::Withdrawn);
    }

    // 审核: 补正 (条例第三十条), 说明理由 (第三十五条), 信息处理费 (第四十二条)

    void operator()(CorrectionRequest const& p) const {
        c.correction = p;
        decide_notice(NoticeKind::Correction, {.type = {}, .on = {}, .reply_by = p.reply_by});
    }

    void operator()(Supplement const& p) const {
        if (event.action == Action::RecordExplanation) {
            c.explained = p;
            return;
        }
        c.corrected = p;
        c.application.applicant = with_supplement(std::move(c.application.applicant), p);
        if (moves_clock(NoticeKind::Correction))
            clock(ClockEventType::CorrectionReceived).excused = p.excuse.has_value();
        reopen();
    }

    void operator()(ExplanationRequest const& p) const {
        c.explanation_request = p;
        decide_notice(NoticeKind::Explanation);
    }

    void operator()(FeeNotice const& p) const {
        c.fee = p;
        decide_notice(NoticeKind::Fee, {.type = {}, .on = {}, .served = p.served_on});
    }

    void operator()(Payment const& p) const {
        c.payment = p;
        if (moves_clock(NoticeKind::Fee)) clock(ClockEventType::FeePaid).excused = p.excuse.has_value();
        reopen();
    }

    /// A late correction or payment with 正当理由 brings a lapsed case back.
    void reopen() const {
        c.outcome.reset();
        c.concluded_on.reset();
    }

    // 办理 (条例第四十五条)

    void operator()(Acceptance const& p) const {
        c.department = p.department;
        c.co_departments = p.co_departments;
        c.co_opinions.clear();
        c.rejection.reset();
        drop_unsent_questions();
        c.assignee.reset();
    }

    /// The case goes on without what has never been asked of the applicant, as if it had not been decided. An extension
    /// asks nothing, and still goes out.
    void drop_unsent_questions() const {
        std::erase_if(c.notices, [&](NoticeLetter const& letter) {
            if (letter.dispatch || !rule_of(letter.kind).waits_in) return false;
            if (letter.kind == NoticeKind::Correction) c.correction.reset();
            if (letter.kind == NoticeKind::Explanation) c.explanation_request.reset();
            if (letter.kind == NoticeKind::Fee) c.fee.reset();
            return true;
        });
    }

    void operator()(Assignment const& p) const { c.assignee = p.assignee; }

    void operator()(Transfer const& p) const {
        c.department = p.department;
        c.assignee.reset();
    }

    void operator()(CoOpinion const& p) const { c.co_opinions.push_back({p, event.by, event.on}); }

    void operator()(SearchRecord const& p) const { c.searches.push_back(p); }

    // 征求意见 (条例第三十二条、第三十四条): the clock stands still from the letter to the answer (第三十三条第三款)

    void operator()(ConsultationLetter const& p) const {
        c.consultations.push_back({p, event.on, {}, {}});
        ClockEvent& sent = clock(ClockEventType::ConsultationSent);
        sent.id = p.id.value;
        sent.kind = p.kind;
        sent.served = p.served_on;
    }

    void operator()(Opinion const& p) const {
        if (auto* consultation = find_by(c.consultations, p.consultation, id_of_consultation))
            consultation->opinion = p;
        clock(ClockEventType::ConsultationEnded).id = p.consultation.value;
    }

    void operator()(ConsultationEnd const& p) const {
        if (auto* consultation = find_by(c.consultations, p.consultation, id_of_consultation)) consultation->end = p;
        clock(ClockEventType::ConsultationEnded).id = p.consultation.value;
    }

    void operator()(ExtensionProposal const& p) const { c.proposed_extension = ProposedExtension{p, event.by}; }

    void operator()(ExtensionApproval const& p) const {
        c.proposed_extension.reset();
        decide_notice(NoticeKind::Extension, {.type = {}, .on = {}, .days = p.days});
    }

    void operator()(Deferral const& p) const {
        decide_notice(NoticeKind::Deferral, {.type = {}, .on = {}, .to = p.to});
    }

    /// From here the notice counts (国办公开办函〔2016〕235号第四条); one that was late is recorded and moves nothing.
    /// One that came back is sent again: it was in time, and the applicant's limit runs anew.
    void operator()(NoticeDispatch const& p) const {
        NoticeLetter* const letter = find_notice(c, p.letter);
        if (letter == nullptr) return;
        bool const again = letter->dispatch.has_value();
        letter->dispatch = p;
        letter->delivery.reset();
        if (!letter->effect) return;
        if (again) {
            run_limit_from(*letter, p.dispatched_on, p.reply_by);
            return;
        }
        ClockEvent& told = c.clock_events.emplace_back(*letter->effect);
        told.on = event.on;
        told.late = p.late;
        if (p.reply_by) told.reply_by = p.reply_by;
    }

    /// The applicant's limit, as the dispatch of the letter has told it to the clock, runs from this day.
    void run_limit_from(NoticeLetter const& letter, Date day, std::optional<Date> reply_by) const {
        if (!letter.effect) return;
        auto const told =
            std::ranges::find(c.clock_events.rbegin(), c.clock_events.rend(), letter.effect->type, &ClockEvent::type);
        if (told == c.clock_events.rend()) return;
        told->served = day;
        if (reply_by) told->reply_by = reply_by;
    }

    void operator()(ReplyDraft const& p) const {
        c.draft = p;
        c.drafted_by = event.by;
        c.waivers.clear();
    }

    void operator()(ReplySubmission const& p) const {
        c.approvals.clear();
        c.waivers = p.waivers;
    }

    void operator()(ReplyApproval const&) const {
        c.approvals.push_back({c.next_approval(), event.by, event.on});
        if (event.to == c.state) return;
        c.reply_number = event.document;  // the last step of the chain: signed
        c.signed_on = event.on;
    }

    void end_round(std::string const& reason) const {
        auto approvals = std::exchange(c.approvals, {});
        if (event.edition < kReturnsKeptEdition) return;
        auto const step = static_cast<ApprovalStep>(approvals.size());
        c.returns.push_back({step, event.by, event.on, reason, std::move(approvals)});
    }

    /// 送出 concludes a case when something was sent. By e-mail or for download it is under way until the other side
    /// has accepted it: then the system confirms it. Under the first editions of the rules it was taken for sent at
    /// once.
    void operator()(Dispatch const& p) const {
        c.sending_failure.reset();
        c.sending.reset();
        if (event.to == State::Dispatching) {
            c.sending = p;
            return;
        }
        c.dispatch = p;
        clock(ClockEventType::Replied);
        if (c.draft) conclude(c.draft->outcome);
    }

    void operator()(SendingFailure const& p) const {
        c.sending.reset();
        c.sending_failure = p;
    }

    void operator()(DeliveryRecord const& p) const {
        if (p.letter) {
            serve_notice(*p.letter, p);
        } else if (c.dispatch) {
            c.delivery = p;
        } else if (is_service(p.result)) {
            serve(p);
        } else if (p.consultation && event.edition >= kConsultationReturnsEdition) {
            if (auto* found = find_by(c.consultations, *p.consultation, id_of_consultation))
                found->returned_on = p.delivered_on;
        }
    }

    /// From here the applicant's limit runs.
    void serve_notice(NoticeKind kind, DeliveryRecord const& p) const {
        NoticeLetter* const letter = find_notice(c, kind);
        if (letter == nullptr) return;
        letter->delivery = p;
        if (!letter->served()) return;
        if (kind == NoticeKind::Fee && c.fee) c.fee->served_on = p.delivered_on;
        run_limit_from(*letter, p.delivered_on, p.reply_by);
    }

    /// Of a consultation or of the fee notice: from here its limit runs.
    void serve(DeliveryRecord const& p) const {
        for (ClockEvent& sent : c.clock_events) {
            bool const this_letter =
                p.consultation ? sent.id == p.consultation->value && sent.type == ClockEventType::ConsultationSent
                               : sent.type == ClockEventType::FeeNotified;
            if (!this_letter) continue;
            sent.served = p.delivered_on;
            sent.on = p.sent_on.value_or(sent.on);  // 第三十三条第三款: the clock stands still from the true day on
        }
        if (!p.consultation && c.fee) c.fee->served_on = p.delivered_on;
        if (!p.consultation) return;
        if (auto* found = find_by(c.consultations, *p.consultation, id_of_consultation)) {
            found->letter.served_on = p.delivered_on;
            found->sent_on = p.sent_on.value_or(found->sent_on);
            found->returned_on.reset();
        }
    }

    void operator()(ArchiveNote const& p) const { c.archive = p; }

    void operator()(DisputeOpening const& p) const { c.disputes.push_back({p, {}, {}}); }

    void operator()(DisputeEnd const& p) const {
        if (auto* dispute = find_by(c.disputes, p.dispute, id_of_dispute)) dispute->end = p;
    }

    void operator()(NewReplyOrder const& p) const {
        if (auto* dispute = find_by(c.disputes, p.dispute, id_of_dispute)) dispute->order = p;
    }

    void operator()(DisputeAnswer const& p) const {
        if (auto* dispute = find_by(c.disputes, p.dispute, id_of_dispute)) dispute->answer = p;
    }

    /// 法释〔2025〕8号: a case of its own, with the deadline that the decision sets.
    void operator()(NewReply const& p) const {
        begin(p.application, p.channel);
        c.received_on = p.received_on;
        c.origin = Origin{p.origin, p.dispute};
        ClockEvent& ordered = clock(ClockEventType::Ordered);
        ordered.on = p.received_on;
        ordered.to = p.due;
    }

    void operator()(RatingGiven const& p) const {
        c.rating = p;
        c.rating_procedure.rated_on = event.on;
    }

    void operator()(RatingAddition const& p) const { c.rating_procedure.addition = p; }

    void operator()(RatingAssignment const& p) const {
        c.rating_procedure.assignment = p;
        c.rating_procedure.assigned_on = event.on;
    }

    void operator()(RatingContact const& p) const { c.rating_procedure.contact = p; }

    void operator()(RatingRectification const& p) const { c.rating_procedure.rectification = p; }

    void operator()(RatingCallback const& p) const { c.rating_procedure.callback = p; }

    void operator()(SuggestionAnswer const& p) const {
        if (c.suggestions.empty()) return;
        c.suggestions.back().answer = p;
        c.suggestions.back().answered_on = event.on;
    }

    void operator()(AmendmentRequest const& p) const { c.amendments.push_back({p, event.on, {}, {}}); }

    void operator()(AmendmentAnswer const& p) const {
        if (c.amendments.empty()) return;
        c.amendments.back().answer = p;
        c.amendments.back().answered_on = event.on;
    }

    void operator()(Attachment const& p) const { c.attachments.push_back(p); }

    void operator()(CardIssue const& p) const {
        Card& card = c.cards.emplace_back();
        card.issue = p;
        card.on = event.on;
    }

    /// The steps of one card; which of them the action says.
    template <typename T>
    requires requires(T const& p) { p.card; }
    void operator()(T const& p) const {
        auto* const card = find_by(c.cards, p.card, id_of_card);
        if (card == nullptr) return;
        if constexpr (std::same_as<T, CardEscalation>) {
            card->escalated.push_back(p.step);
        } else if (event.action == Action::LiftCard) {
            card->lifted_on = event.on;
        } else if (event.action == Action::CloseCard) {
            card->closed_on = event.on;
        } else if (event.action == Action::ProposeRevocation) {
            card->revocation_by = event.by;
        } else if (event.action == Action::ApproveRevocation) {
            card->revoked_on = event.on;
        } else if (event.action == Action::RejectRevocation) {
            card->revocation_by.reset();
        } else {
            card->steps.push_back({event.action, event.by, event.on});
        }
    }

    void add_reminder(std::string text, std::optional<Date> due) const {
        Reminder& reminder = c.reminders.emplace_back();
        reminder.id.value = "u" + std::to_string(c.reminders.size());
        reminder.action = event.action;
        reminder.text = std::move(text);
        reminder.due = due;
        reminder.by = event.by;
        reminder.on = event.on;
    }

    void operator()(SupervisionOrder const& p) const { add_reminder(p.requirement, p.due); }

    void operator()(Acknowledgement const& p) const {
        auto* const reminder = find_by(c.reminders, p.reminder, &Reminder::id);
        if (reminder == nullptr) return;
        reminder->received_by = event.by;
        reminder->received_on = event.on;
    }
};

}  // namespace

Consultation const* find_consultation(Case const& c, Code const& id) {
    return find_by(c.consultations, id, id_of_consultation);
}

Dispute const* find_dispute(Case const& c, Code const& id) { return find_by(c.disputes, id, id_of_dispute); }

Card const* find_card(Case const& c, Code const& id) { return find_by(c.cards, id, id_of_card); }

CardState Card::state() const {
    if (revoked_on) return CardState::Revoked;
    if (closed_on) return CardState::Closed;
    return lifted_on && !has_procedure() ? CardState::Lifted : CardState::Open;
}

Case evolve(Case c, Event const& event) {
    std::visit(Fold{c, event}, event.payload);
    c.state = event.to;
    ++c.version;
    return c;
}

}  // namespace workflow
