#include "workflow/procedure/decide.hpp"

#include "workflow/cases/form.hpp"
#include "workflow/procedure/guards.hpp"
#include "workflow/reply/fees.hpp"
#include "workflow/reply/third_parties.hpp"
#include "workflow/words/text.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace workflow {

namespace {

Refusal refuse(RefusalKind kind, std::string refusal_code, std::string detail, std::string_view article = {}) {
    return Refusal{kind, std::move(refusal_code), std::move(detail), std::string(article)};
}

bool reaches(Scope scope, Case const& c, Actor const& actor, std::span<Code const> agency_line) {
    switch (scope) {
        case Scope::Nothing:
            return false;
        case Scope::OwnCase:
            return actor.own_case == c.number && !c.number.empty();
        case Scope::OwnDepartment:
            return c.application.agency == actor.agency &&
                   (c.department == actor.department ||
                    std::ranges::find(c.co_departments, actor.department) != c.co_departments.end());
        case Scope::OwnAgency:
            return c.application.agency == actor.agency;
        case Scope::AgencyTree:
            return std::ranges::find(agency_line, actor.agency) != agency_line.end();
        case Scope::Everything:
            return true;
    }
    return false;
}

/// The rows by which `action` starts from the state of the case.
template <typename Visit>
void for_each_row(std::optional<State> from, Action action, Visit&& visit) {
    for (Transition const& row : kProcedure) {
        if (row.action == action && (from ? row.from.has(*from) : row.from.empty())) visit(row);
    }
}

Role first_of(RoleSet roles) {
    return std::ranges::find_if(kRoles, [&](auto const& role) { return roles.has(role.value); })->value;
}

bool judges_input(Guard guard) { return rule_of(guard).kind == RefusalKind::Invalid; }

Refusal refusal_of(GuardRule const& rule, Situation const& situation) {
    Refusal refusal = refuse(rule.kind, std::string(rule.code), std::string(rule.detail), rule.article);
    if (rule.faults != nullptr) refusal.errors = rule.faults(situation);
    return refusal;
}

Refusal no_such_case() { return refuse(RefusalKind::NotFound, "case_not_found", "没有找到这件申请。"); }

/// Whether the row is meant by what was filled in; before anything is, every row may be.
bool is_chosen(Transition const& row, Situation const& situation) {
    return situation.input == nullptr || std::ranges::all_of(row.guards, [&](Guard guard) {
               return !rule_of(guard).chooses || rule_of(guard).holds(situation);
           });
}

/// The row that lets this actor take the step, whatever the input, or why none does.
Result<Transition const*> choose_row(
    Situation const& situation, std::optional<State> from, Action action, RoleSet roles
) {
    RoleSet wanted;
    GuardRule const* failed = nullptr;
    Transition const* chosen = nullptr;
    for_each_row(from, action, [&](Transition const& row) {
        if (!is_chosen(row, situation)) return;
        wanted = wanted | row.by;
        if (chosen != nullptr || !row.by.intersects(roles)) return;
        auto const broken = std::ranges::find_if(row.guards, [&](Guard guard) {
            return !judges_input(guard) && !rule_of(guard).holds(situation);
        });
        if (broken == row.guards.end()) {
            chosen = &row;
        } else {
            failed = &rule_of(*broken);
        }
    });
    if (chosen != nullptr) return chosen;
    if (failed != nullptr) return refusal_of(*failed, situation);
    std::string const step = "“" + std::string(label(action)) + "”";
    if (!wanted.empty())
        return refuse(RefusalKind::Forbidden, "role_required", step + "要由" + names_of(wanted) + "办理。");
    std::string const state(from ? label(*from) : "新建");
    return refuse(
        RefusalKind::IllegalStep, "not_in_this_state", "申请件在“" + state + "”时不能" + step + "。", "条例第四十五条"
    );
}

/// Everything wrong with the form at once; where it is in form, every guard of the row that judges what it says. The
/// refusal goes by the name of the first.
std::optional<Refusal> check_input(Situation const& situation, Transition const& row, std::vector<FieldError> errors) {
    std::optional<Refusal> refusal;
    if (!errors.empty()) {
        refusal = refuse(RefusalKind::Invalid, "invalid_input", "填写的内容有误，请按提示改正。");
        refusal->errors = std::move(errors);
        return refusal;
    }
    for (Guard const guard : row.guards) {
        GuardRule const& rule = rule_of(guard);
        if (!judges_input(guard) || rule.holds(situation)) continue;
        if (!refusal) refusal = refusal_of(rule, situation);
        refusal->errors.push_back({std::string(rule.field), std::string(rule.code), std::string(rule.detail)});
    }
    return refusal;
}

/// Fills in what the procedure itself gives, like numbers and usual limits; other payloads stay as they are.
struct FillIn {
    Case const& c;
    Context const& context;

    void operator()(auto&) const {}
    /// 条例第三十一条第三项: the agency either takes the day of submission for the day of receipt, or confirms it
    /// later.
    void operator()(Submission& p) const {
        bool const at_once = context.policy.online_receipt == OnlineReceipt::OnSubmission;
        p.received_on = at_once ? std::optional(context.today()) : std::nullopt;
    }
    /// 合理的补正期限 (条例第三十条): the agency's usual one from the receipt of the letter, unless the reviewer names
    /// a day.
    void operator()(CorrectionRequest& p) const { p.days = p.reply_by ? 0 : context.policy.correction_days; }
    /// The last day of a correction, its letter having gone out or been received on `from`. A day that the letter names
    /// holds where it leaves the shortest period, else a later one.
    std::optional<Date> corrected_by(NoticeKind letter, Date from) const {
        if (letter != NoticeKind::Correction || !c.correction) return std::nullopt;
        auto const& named = c.correction->reply_by;
        auto const counted = context.calendar.add_workdays(from, named ? kShortestCorrection : c.correction->days).date;
        return named ? std::max(*named, counted) : counted;
    }
    /// Whether the letter went out in time is measured against the clock that runs on until it does.
    void operator()(NoticeDispatch& p) const {
        p.limit = last_day_of(p.letter, p.dispatched_on);
        p.late = p.limit && p.dispatched_on > *p.limit;
        p.reply_by = corrected_by(p.letter, p.dispatched_on);
    }
    std::optional<Date> last_day_of(NoticeKind letter, Date on) const {
        auto const clock = compute_clock(c.timeline(), on, context.calendar, Detail::Brief);
        return clock ? last_day_to_send(c, letter, *clock, context.calendar) : std::nullopt;
    }
    /// The notice that the case waits on need not be named.
    void operator()(DeliveryRecord& p) const {
        NoticeRule const* const awaited = notice_where(&NoticeRule::waits_in, std::optional(c.state));
        bool const unnamed = !p.consultation && !p.letter;
        if (unnamed && awaited != nullptr && find_notice(c, awaited->kind) != nullptr) p.letter = awaited->kind;
        p.reply_by = p.letter ? corrected_by(*p.letter, p.delivered_on) : std::nullopt;
        if (!p.consultation) p.sent_on.reset();  // other letters have a step for it
    }
    void operator()(Supplement& p) const {
        if (context.actor.roles.has(Role::Applicant)) p.received_on = context.today();
    }
    void operator()(Withdrawal& p) const {
        if (!context.actor.roles.has(Role::Applicant)) return;
        p = {.reason = std::move(p.reason), .means = WithdrawalMeans::Online, .withdrawn_on = context.today()};
    }
    /// 国办函〔2020〕109号: the amount follows from the tariff and is never typed.
    void operator()(FeeNotice& p) const {
        p.served_on.reset();  // its service is recorded once it has gone out
        if (p.quantity >= 1) p.amount_fen = amount_of(p);
    }
    /// A department that handles the request does not help itself, and none helps twice.
    void operator()(Acceptance& p) const {
        std::vector<Code> helping;
        for (Code const& each : p.co_departments) {
            if (each != p.department && std::ranges::find(helping, each) == helping.end()) helping.push_back(each);
        }
        p.co_departments = std::move(helping);
    }
    void operator()(CoOpinion& p) const { p.department = context.actor.department; }
    /// 条例第三十二条、第三十四条: a consultation names its items; where there is one, it is about that.
    void operator()(ConsultationLetter& p) const {
        p.id.value = "c" + std::to_string(c.consultations.size() + 1);
        if (p.items.empty() && c.application.items.size() == 1) p.items = {1};
        std::ranges::sort(p.items);
        p.items.erase(std::unique(p.items.begin(), p.items.end()), p.items.end());
    }
    void operator()(DisputeOpening& p) const { p.id.value = "d" + std::to_string(c.disputes.size() + 1); }
    /// 法释〔2025〕8号: where the decision sets no period.
    void operator()(NewReplyOrder& p) const {
        if (!p.due) p.due = context.calendar.add_workdays(p.received_on, kNewReplyPeriod.length).date;
    }
    void operator()(CardIssue& p) const { p.id.value = "k" + std::to_string(c.cards.size() + 1); }
    void operator()(ExtensionApproval& p) const {
        if (c.proposed_extension) p.days = c.proposed_extension->proposal.days;
    }
};

/// What is wrong with the identity or the contact that a correction brings; of the rest of the form it says nothing.
std::vector<FieldError> supplement_faults(Case const& c, Payload const& payload, Date today) {
    auto const* supplement = std::get_if<Supplement>(&payload);
    if (supplement == nullptr) return {};
    Application corrected = c.application;
    corrected.applicant = with_supplement(std::move(corrected.applicant), *supplement);
    auto faults = check_application(corrected, Intake::Counter, false, today);
    constexpr std::string_view kMember = "/applicant";
    for (FieldError& fault : faults) fault.pointer.erase(0, kMember.size());
    std::erase_if(faults, [&](FieldError const& fault) {
        if (fault.pointer == "/id_number" || fault.pointer == "/id_type") return !supplement->id_number;
        if (fault.pointer == "/phone") return !supplement->phone;
        return fault.pointer != "/email" || !supplement->email;
    });
    return faults;
}

Payload filled_in(Command const& command, Case const& c, Context const& context) {
    if (command.payload.index() != payload_for(command.action).index()) {
        throw std::logic_error("a command carries the payload of another action");
    }
    Payload payload = command.payload;
    std::visit(FillIn{c, context}, payload);
    return payload;
}

Decision decision_of(Situation const& situation, Transition const& row, Action action, RoleSet roles) {
    Context const& context = situation.context;
    Event const event{
        .action = action,
        .role = first_of(roles & row.by),
        .by = context.actor.id,
        .at = context.now,
        .on = effective_date(*situation.input).value_or(context.today()),
        .to = row.to.value_or(situation.c.state),
        .document = std::nullopt,
        .payload = *situation.input};
    return {event, row.letter};
}

/// The limits of the applicant, and the step that follows when one has passed.
struct LapseRule {
    DeadlineKind kind;
    Action action;
};
constexpr std::array kLapses{
    LapseRule{DeadlineKind::Correction, Action::LapseCorrection},
    LapseRule{DeadlineKind::FeePayment, Action::LapsePayment},
};

/// Whether the third party was heard, or could not be, and its objection was found to be reasonable (条例第三十二条).
bool supports_refusal(Consultation const& consultation) {
    if (consultation.letter.kind != ConsultationKind::ThirdParty) return false;
    if (auto const& opinion = consultation.opinion)
        return opinion->stance != Stance::Agreed && opinion->grounds_reasonable == true;
    return consultation.end && consultation.end->why != NoOpinion::Withdrawn;
}

/// Whether an answer rests on this evidence. The withheld part of a partial reply (条例第三十七条) needs what its
/// refusal would need, except the reason why nothing can be separated.
bool demands(ItemReply const& item, Evidence evidence) {
    if (rule_of(item.outcome).evidence.has(evidence)) return true;
    return item.outcome == Outcome::Partial && item.limb && evidence != Evidence::Separation &&
           rule_of(rule_of(*item.limb).outcome).evidence.has(evidence);
}

}  // namespace

bool answers_for(Actor const& actor, std::optional<Code> const& account) {
    if (!account) return false;
    auto const& others = actor.stands_in_for;
    return *account == actor.id || std::ranges::find(others, *account) != others.end();
}

RoleSet roles_on(Case const& c, Actor const& actor, std::span<Code const> agency_line) {
    RoleSet roles;
    for (auto const& role : kRoles) {
        if (actor.roles.has(role.value) && reaches(scope_of(role.value), c, actor, agency_line)) roles.add(role.value);
    }
    return roles;
}

Application const& application_of(Payload const& payload) {
    if (auto const* registration = std::get_if<Registration>(&payload)) return registration->application;
    if (auto const* anew = std::get_if<NewReply>(&payload)) return anew->application;
    if (auto const* record = std::get_if<LedgerRecord>(&payload)) return record->application;
    return std::get<Submission>(payload).application;
}

Result<Decision> decide_new(Command const& command, Context const& context) {
    ClockResult const no_clock;
    Payload const payload = filled_in(command, Case{}, context);
    Case begun;
    Situation const situation{begun, context, no_clock, &payload};
    auto const row = choose_row(situation, std::nullopt, command.action, context.actor.roles);
    if (!row) return row.error();

    begun.application = application_of(payload);
    if (auto const* record = std::get_if<LedgerRecord>(&payload)) begun.state = record->state;
    bool const online = std::holds_alternative<Submission>(payload);
    bool const anew = std::holds_alternative<NewReply>(payload);
    if (!online && !anew && !(*row)->by.intersects(roles_on(begun, context.actor, context.agency_line))) {
        return refuse(RefusalKind::Forbidden, "other_agency", "登记员只能登记本机关收到的申请。");
    }
    auto errors = check_form(payload, std::nullopt, context.today());
    // What an old ledger does not hold cannot be asked for; the form of a new reply was taken when it was handed in.
    if (!anew && !std::holds_alternative<LedgerRecord>(payload)) {
        auto const* registration = std::get_if<Registration>(&payload);
        bool const excused = registration != nullptr && registration->id_exception;
        auto const intake = online ? Intake::Online : Intake::Counter;
        std::ranges::move(
            check_application(begun.application, intake, excused, context.today()), std::back_inserter(errors)
        );
    }
    if (auto refusal = check_input(situation, **row, std::move(errors))) return *refusal;
    return decision_of(situation, **row, command.action, context.actor.roles);
}

Result<Decision> decide(Case const& c, Command const& command, Context const& context) {
    RoleSet const roles = roles_on(c, context.actor, context.agency_line);
    if (roles.empty()) return no_such_case();

    auto const clock = compute_clock(c.timeline(), context.today(), context.calendar, Detail::Brief);
    if (!clock) return clock.error();
    Payload const payload = filled_in(command, c, context);
    Code const* const card = named_card(payload);
    Situation const situation{c, context, *clock, &payload, command.action, card ? find_card(c, *card) : nullptr};
    auto const row = choose_row(situation, c.state, command.action, roles);
    if (!row) return row.error();
    auto errors = check_form(payload, c.timeline().received, context.today());
    std::ranges::move(supplement_faults(c, payload, context.today()), std::back_inserter(errors));
    if (auto refusal = check_input(situation, **row, std::move(errors))) return *refusal;

    Decision decided = decision_of(situation, **row, command.action, roles);
    // The clock has the last word on periods and their order: what it would refuse must not enter the journal. A step
    // that tells the clock nothing new needs no second look.
    Case const decided_case = evolve(c, decided.event);
    // A letter that has just been decided must be able to go out: its clock is asked as if it did so today.
    bool const new_letter = decided_case.notices.size() > c.notices.size();
    Timeline const timeline = new_letter ? decided_case.timeline_if_sent(context.today()) : decided_case.timeline();
    if (timeline == c.timeline()) return decided;
    if (auto const after = compute_clock(timeline, context.today(), context.calendar, Detail::Brief); !after) {
        Refusal refusal = after.error();
        refusal.kind = RefusalKind::IllegalStep;
        refusal.errors.clear();  // they point into the timeline, not into what was handed in
        return refusal;
    }
    return decided;
}

Result<void> permitted(Case const& c, Action action, Context const& context) {
    RoleSet const roles = roles_on(c, context.actor, context.agency_line);
    if (roles.empty()) return no_such_case();
    auto const clock = compute_clock(c.timeline(), context.today(), context.calendar, Detail::Brief);
    if (!clock) return clock.error();
    auto const row = choose_row({c, context, *clock, nullptr, action, nullptr}, c.state, action, roles);
    return row ? Result<void>() : Result<void>(row.error());
}

namespace {

/// The actions on `card`, or where it is null those on the case itself.
std::vector<Permission> menu_of(Case const& c, Card const* card, Context const& context) {
    RoleSet const roles = roles_on(c, context.actor, context.agency_line);
    auto const clock = compute_clock(c.timeline(), context.today(), context.calendar, Detail::Brief);
    if (roles.empty() || !clock) return {};

    bool const account = !roles.intersects(kNotAccounts);
    std::vector<Permission> menu;
    for (auto const& action : kActions) {
        if (concerns_card(action.value) != (card != nullptr)) continue;
        Situation const situation{c, context, *clock, nullptr, action.value, card};
        Transition const* listed = nullptr;
        for_each_row(c.state, action.value, [&](Transition const& row) {
            if (account ? !(row.by - kNotAccounts).empty() : row.by.intersects(roles)) listed = &row;
        });
        if (listed == nullptr) continue;
        auto const chosen = choose_row(situation, c.state, action.value, roles);
        menu.push_back(
            {action.value,
             chosen.has_value(),
             chosen ? "" : chosen.error().detail,
             chosen ? (*chosen)->article : listed->article}
        );
    }
    return menu;
}

}  // namespace

std::vector<Permission> permissions(Case const& c, Context const& context) { return menu_of(c, nullptr, context); }

std::vector<Permission> card_permissions(Case const& c, Card const& card, Context const& context) {
    return menu_of(c, &card, context);
}

std::optional<Command> due_step(Case const& c, ClockResult const& clock, Date today) {
    auto const possible = [&](Action action) {
        bool found = false;
        for_each_row(c.state, action, [&](Transition const&) { found = true; });
        return found;
    };
    // 条例第三十二条、第三十四条: 逾期未提出意见 ends the consultation on its last day. Nothing ends on a day that may
    // still move because its year has no published calendar.
    for (OpenConsultation const& open : clock.open_consultations) {
        if (open.limit >= today || open.provisional || !possible(Action::LapseConsultation)) continue;
        if (find_consultation(c, Code{open.id})->returned_on) continue;  // who was not asked is not silent
        return Command{Action::LapseConsultation, ConsultationEnd{Code{open.id}, NoOpinion::Silent, open.limit, {}}};
    }
    // 条例第三十条、第四十二条: a correction or a payment that does not come in time is 视为放弃申请.
    for (auto const& [kind, action] : kLapses) {
        auto const due = unmet(clock, kind);
        if (due && *due < today && !came_back(c, kind) && possible(action))
            return Command{action, Lapse{add_days(*due, 1)}};
    }
    return std::nullopt;
}

std::optional<Command> due_step(Case const& c, Date today, WorkdayCalendar const& calendar) {
    auto const clock = compute_clock(c.timeline(), today, calendar, Detail::Brief);
    return clock ? due_step(c, *clock, today) : std::nullopt;
}

std::optional<Date> next_check_on(Case const& c, ClockResult const& clock, Date today) {
    return due_step(c, clock, today) ? today : clock.next_change;
}

std::vector<FieldError> missing_from(Case const& c, ReplyDraft const& draft, Context const& context) {
    Payload const payload = draft;
    auto missing = check_form(payload, c.timeline().received, context.today());
    auto const clock = compute_clock(c.timeline(), context.today(), context.calendar, Detail::Brief);
    if (!missing.empty() || !clock) return missing;

    Case drafted = c;
    drafted.draft = draft;
    Situation const situation{drafted, context, *clock, &payload};
    auto const judge = [&](Action action, RefusalKind kind) {
        for_each_row(State::Handling, action, [&](Transition const& row) {
            for (Guard const guard : row.guards) {
                GuardRule const& rule = rule_of(guard);
                if (rule.kind != kind || rule.holds(situation)) continue;
                auto const faults = rule.faults != nullptr ? rule.faults(situation) : std::vector<FieldError>{};
                missing.insert(missing.end(), faults.begin(), faults.end());
                if (faults.empty())
                    missing.push_back({std::string(rule.field), std::string(rule.code), std::string(rule.detail)});
            }
        });
    };
    judge(Action::DraftReply, RefusalKind::Invalid);
    judge(Action::SubmitReply, RefusalKind::IllegalStep);
    return missing;
}

std::vector<FieldError> missing_evidence(Case const& c, ReplyDraft const& draft) {
    // 条例第三十六条第四项, 指导案例101号: 信息不存在 needs a search in all three places, each in vain.
    std::set<SearchPlace> searched;
    for (SearchRecord const& record : c.searches) {
        if (!record.found) searched.insert(record.places.begin(), record.places.end());
    }
    bool const searched_all = searched.contains(SearchPlace::BusinessUnit) &&
                              searched.contains(SearchPlace::ArchiveRoom) &&
                              searched.contains(SearchPlace::OfficeSystem);
    auto const explains = [](std::optional<std::string> const& text) {
        return text && characters(*text) >= kShortestReason;
    };
    auto const place_of = [&](ItemReply const& item) { return static_cast<std::size_t>(&item - draft.items.data()); };
    auto const holds = [&](Evidence evidence, ItemReply const& item) {
        switch (evidence) {
            case Evidence::Limb:
                return item.limb.has_value();
            case Evidence::Reference:
                return item.reference && !item.reference->empty();
            case Evidence::Reason:
                return explains(item.reason);
            case Evidence::Separation:
                return explains(item.separation);
            case Evidence::SearchRecord:
                return searched_all;
            case Evidence::ThirdPartyConsulted:
                return std::ranges::any_of(c.consultations, [&](Consultation const& each) {
                    return concerns(each.letter, place_of(item)) && supports_refusal(each);
                });
            case Evidence::Corrected:
                return c.corrected.has_value();
            case Evidence::ReasonsAsked:
                return reasons_asked(c);
            case Evidence::PublicInterest:
                return explains(item.public_interest);
        }
        return false;
    };

    std::vector<FieldError> missing;
    for (std::size_t i = 0; i < draft.items.size(); ++i) {
        ItemReply const& item = draft.items[i];
        OutcomeRule const& rule = rule_of(item.outcome);
        for (auto const& evidence : kEvidence) {
            if (!demands(item, evidence.value) || holds(evidence.value, item)) continue;
            std::string detail = "第" + std::to_string(i + 1) + "项“" + std::string(label(rule.outcome)) + "”：请" +
                                 std::string(evidence.label);
            if (evidence.value == Evidence::Reference) detail += "：" + std::string(rule.reference);
            std::string const pointer = "/items/" + std::to_string(i) + "/" + std::string(evidence.code);
            missing.push_back({pointer, std::string(evidence.code), detail + "。"});
        }
    }
    // 条例第三十二条: 将决定公开的政府信息内容和理由书面告知第三方.
    for (Code const& consultation : overruled_parties(c, draft)) {
        if (notice_for(draft, consultation) != nullptr) continue;
        std::string detail = "第三方“";
        detail.append(find_consultation(c, consultation)->letter.addressee);
        detail.append("”没有同意公开：请写明告知它的公开内容和理由。");
        missing.push_back({"/third_party_notices", "third_party_notice", std::move(detail)});
    }
    return missing;
}

}  // namespace workflow
