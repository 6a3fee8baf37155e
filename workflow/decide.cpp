#include "workflow/decide.hpp"

#include "workflow/fees.hpp"
#include "workflow/guards.hpp"
#include "workflow/text.hpp"

#include <algorithm>
#include <set>

namespace workflow {

namespace {

Refusal refuse(RefusalKind kind, std::string refusal_code, std::string detail, std::string_view article = {}) {
    return Refusal{kind, std::move(refusal_code), std::move(detail), std::string(article)};
}

bool reaches(Scope scope, Case const& c, Actor const& actor, std::span<Code const> agency_line) {
    switch (scope) {
        case Scope::Nothing: return false;
        case Scope::OwnCase: return actor.own_case == c.number && !c.number.empty();
        case Scope::OwnDepartment:
            return c.application.agency == actor.agency &&
                   (c.department == actor.department ||
                    std::ranges::find(c.co_departments, actor.department) != c.co_departments.end());
        case Scope::OwnAgency: return c.application.agency == actor.agency;
        case Scope::AgencyTree: return std::ranges::find(agency_line, actor.agency) != agency_line.end();
        case Scope::Everything: return true;
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

Role first_role(RoleSet mine, RoleSet wanted) {
    for (auto const& role : kRoles) {
        if (mine.has(role.value) && wanted.has(role.value)) return role.value;
    }
    return Role::System;
}

/// The row that lets this actor take the step, or why none does.
Result<Transition const*> choose(Situation const& situation, std::optional<State> from, Action action, RoleSet roles) {
    RoleSet wanted;
    GuardRule const* failed = nullptr;
    Transition const* chosen = nullptr;
    bool lawful = false;
    for_each_row(from, action, [&](Transition const& row) {
        lawful = true;
        for (auto const& role : kRoles) {
            if (row.by.has(role.value)) wanted.add(role.value);
        }
        if (chosen != nullptr || !row.by.intersects(roles)) return;
        auto const broken = std::ranges::find_if(row.guards, [&](Guard guard) { return !rule_of(guard).holds(situation); });
        if (broken == row.guards.end()) {
            chosen = &row;
        } else {
            failed = &rule_of(*broken);
        }
    });
    if (chosen != nullptr) return chosen;
    if (failed != nullptr) {
        auto refusal = refuse(RefusalKind::IllegalStep, std::string(failed->code), std::string(failed->detail), failed->article);
        if (failed->faults != nullptr && situation.input != nullptr) refusal.errors = failed->faults(situation);
        return refusal;
    }
    if (lawful) {
        return refuse(
            RefusalKind::Forbidden, "role_required", "“" + std::string(label(action)) + "”要由" + names_of(wanted) + "办理。"
        );
    }
    return refuse(
        RefusalKind::IllegalStep,
        "not_in_this_state",
        "申请件在“" + std::string(from ? label(*from) : "新建") + "”时不能“" + std::string(label(action)) + "”。",
        "条例第四十五条"
    );
}

/// The day a fact in the payload took effect; nullopt for a step that takes effect as it is entered.
std::optional<Date> effective_date(Payload const& payload) {
    return std::visit(
        []<typename T>(T const& p) -> std::optional<Date> {
            if constexpr (requires { p.paid_on; }) return p.paid_on;
            if constexpr (requires { p.dispatched_on; }) return p.dispatched_on;
            if constexpr (requires { p.ended_on; }) return p.ended_on;
            if constexpr (std::is_same_v<T, Supplement> || std::is_same_v<T, Opinion> || std::is_same_v<T, Registration>) {
                return p.received_on;
            }
            return std::nullopt;
        },
        payload
    );
}

/// Every date of the input against its bounds: a fact lies between the receipt of the request and today, a limit lies
/// after today.
std::vector<FieldError> check_dates(Payload const& payload, std::optional<Date> received, Date today) {
    std::vector<FieldError> errors;
    auto const check = [&](auto const& field, Date date) {
        std::string const pointer = "/" + std::string(field.name);
        if (field.bounds.when == When::Fact && date > today) {
            errors.push_back({pointer, "in_the_future", std::string(field.label) + "不能晚于今天。"});
        } else if (field.bounds.when == When::Fact && received && date < *received) {
            errors.push_back({pointer, "before_receipt", std::string(field.label) + "不能早于收到申请之日。"});
        } else if (field.bounds.when == When::Limit && date <= today) {
            errors.push_back({pointer, "not_after_today", std::string(field.label) + "应当晚于今天。"});
        }
    };
    std::visit(
        [&]<typename T>(T const& p) {
            for_each_field<T>([&](auto const& field) {
                auto const& value = p.*field.member;
                using M = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<M, Date>) check(field, value);
                if constexpr (std::is_same_v<M, std::optional<Date>>) {
                    if (value) check(field, *value);
                }
            });
        },
        payload
    );
    return errors;
}

/// Writes in what the procedure itself gives; what it has nothing to add to stays as it is.
struct Complete {
    Case const& c;
    Context const& context;

    void operator()(auto&) const {}
    void operator()(Submission& p) const {
        bool const at_once = context.policy.online_receipt == OnlineReceipt::OnSubmission;
        p.received_on = at_once ? std::optional(context.today()) : std::nullopt;
    }
    void operator()(CorrectionRequest& p) const {
        int const days = context.policy.correction_days;
        if (!p.reply_by) p.reply_by = context.calendar.add_workdays(context.today(), days).date;
    }
    void operator()(FeeNotice& p) const {
        p.amount_fen = p.basis == FeeBasis::PerItem ? fee_of_piece(p.quantity) : fee_of_pages(p.quantity);
    }
    void operator()(ConsultationLetter& p) const { p.id.value = "c" + std::to_string(c.consultations.size() + 1); }
    void operator()(DisputeOpening& p) const { p.id.value = "d" + std::to_string(c.disputes.size() + 1); }
    void operator()(ExtensionApproval& p) const {
        if (c.proposed_extension) p.days = c.proposed_extension->proposal.days;
    }
};

Refusal invalid(std::vector<FieldError> errors) {
    Refusal refusal{RefusalKind::Invalid, "invalid_input", "填写的内容有误,请按提示改正。"};
    refusal.errors = std::move(errors);
    return refusal;
}

Event make_event(Case const& c, Command const& command, Context const& context, Transition const& row, RoleSet roles) {
    Event event{
        .action = command.action,
        .role = first_role(roles, row.by),
        .by = context.actor.id,
        .at = context.now,
        .to = row.to.value_or(c.state),
        .document = std::nullopt,
        .payload = command.payload};
    std::visit(Complete{c, context}, event.payload);
    event.on = effective_date(event.payload).value_or(context.today());
    return event;
}

/// The limit whose passing is what this step of the system records.
std::optional<DeadlineKind> lapsing(Action action) {
    if (action == Action::LapseCorrection) return DeadlineKind::Correction;
    if (action == Action::LapsePayment) return DeadlineKind::FeePayment;
    return std::nullopt;
}

std::optional<Date> unmet(Reckoning const& clock, DeadlineKind kind) {
    auto const found = std::ranges::find_if(clock.deadlines, [&](Deadline const& d) { return d.kind == kind && !d.met; });
    return found == clock.deadlines.end() ? std::nullopt : std::optional(found->due);
}

}  // namespace

RoleSet roles_on(Case const& c, Actor const& actor, std::span<Code const> agency_line) {
    RoleSet roles;
    for (auto const& role : kRoles) {
        if (actor.roles.has(role.value) && reaches(scope_of(role.value), c, actor, agency_line)) roles.add(role.value);
    }
    return roles;
}

Result<Decision> decide_new(Command const& command, Context const& context) {
    Case const blank;
    Reckoning const no_clock;
    Situation const situation{blank, context, no_clock, &command.payload};
    auto const row = choose(situation, std::nullopt, command.action, context.actor.roles);
    if (!row) return row.error();

    auto errors = check_dates(command.payload, std::nullopt, context.today());
    auto const* registration = std::get_if<Registration>(&command.payload);
    auto const* submission = std::get_if<Submission>(&command.payload);
    Application const& application = registration != nullptr ? registration->application : submission->application;
    if (registration != nullptr && application.agency != context.actor.agency) {
        return refuse(RefusalKind::Forbidden, "other_agency", "登记员只能登记本机关收到的申请。");
    }
    auto const intake = registration != nullptr ? Intake::Counter : Intake::Online;
    bool const excused = registration != nullptr && registration->id_exception;
    auto form_errors = check_application(application, intake, excused, context.today());
    std::ranges::move(form_errors, std::back_inserter(errors));
    if (!errors.empty()) return invalid(std::move(errors));

    return Decision{make_event(blank, command, context, **row, context.actor.roles), (*row)->letter};
}

Result<Decision> decide(Case const& c, Command const& command, Context const& context) {
    RoleSet const roles = roles_on(c, context.actor, context.agency_line);
    if (roles.empty()) return refuse(RefusalKind::NotFound, "case_not_found", "没有找到这件申请。");

    auto const clock = reckon(c.timeline(), context.today(), context.calendar, Detail::Brief);
    if (!clock) return clock.error();
    Situation const situation{c, context, *clock, &command.payload};
    auto const row = choose(situation, c.state, command.action, roles);
    if (!row) return row.error();
    if (auto errors = check_dates(command.payload, c.timeline().received, context.today()); !errors.empty()) {
        return invalid(std::move(errors));
    }

    Event event = make_event(c, command, context, **row, roles);
    if (auto const kind = lapsing(command.action)) {
        if (auto const due = unmet(*clock, *kind)) event.on = add_days(*due, 1);
    }
    // The clock knows rules of its own (contracts.md 2); what it would refuse must not enter the journal.
    auto const after = reckon(evolve(c, event).timeline(), context.today(), context.calendar, Detail::Brief);
    if (!after) {
        Refusal refusal = after.error();
        refusal.kind = RefusalKind::IllegalStep;
        return refusal;
    }
    return Decision{std::move(event), (*row)->letter};
}

std::vector<Permission> permissions(Case const& c, Context const& context) {
    RoleSet const roles = roles_on(c, context.actor, context.agency_line);
    if (roles.empty()) return {};
    auto const clock = reckon(c.timeline(), context.today(), context.calendar, Detail::Brief);
    Reckoning const no_clock;
    Situation const situation{c, context, clock ? *clock : no_clock, nullptr};

    RoleSet accounts;  // what applicants and the system do is on nobody's menu but theirs
    for (auto const& role : kRoles) {
        bool const machine = role.value == Role::System || role.value == Role::Applicant;
        if (!machine || roles.has(role.value)) accounts.add(role.value);
    }
    std::vector<Permission> menu;
    for (auto const& action : kActions) {
        Transition const* any = nullptr;
        for_each_row(c.state, action.value, [&](Transition const& row) {
            if (row.by.intersects(accounts)) any = &row;
        });
        if (any == nullptr) continue;
        auto const chosen = choose(situation, c.state, action.value, roles);
        if (chosen) {
            menu.push_back({action.value, true, {}, (*chosen)->article});
        } else {
            menu.push_back({action.value, false, chosen.error().detail, any->article});
        }
    }
    return menu;
}

std::optional<Command> due_step(Case const& c, Context const& context) {
    auto const clock = reckon(c.timeline(), context.today(), context.calendar, Detail::Brief);
    if (!clock) return std::nullopt;
    std::vector<Command> candidates;
    for (OpenConsultation const& open : clock->open_consultations) {
        candidates.push_back({Action::LapseConsultation, ConsultationEnd{Code{open.id}, NoOpinion::Silent, open.limit, {}}});
    }
    candidates.push_back({Action::LapseCorrection, Nothing{}});
    candidates.push_back({Action::LapsePayment, Nothing{}});
    auto const due = std::ranges::find_if(candidates, [&](Command const& step) { return decide(c, step, context).has_value(); });
    return due == candidates.end() ? std::nullopt : std::optional(*due);
}

std::optional<Date> next_check_on(Case const& c, Date today, WorkdayCalendar const& calendar) {
    auto const clock = reckon(c.timeline(), today, calendar, Detail::Brief);
    return clock ? clock->next_change : std::nullopt;
}

std::vector<FieldError> missing_evidence(Case const& c, ReplyDraft const& draft) {
    std::set<SearchPlace> searched;
    for (SearchRecord const& record : c.searches) searched.insert(record.places.begin(), record.places.end());
    bool const searched_all = searched.contains(SearchPlace::BusinessUnit) && searched.contains(SearchPlace::ArchiveRoom) &&
                              searched.contains(SearchPlace::OfficeSystem);
    bool const consulted = std::ranges::any_of(c.consultations, [](Consultation const& consultation) {
        return consultation.letter.kind == ConsultationKind::ThirdParty && !consultation.open();
    });
    bool const corrected = std::ranges::any_of(c.clock_events, [](ClockEvent const& e) {
        return e.type == ClockEventType::CorrectionReceived;
    });
    auto const holds = [&](Evidence evidence, ItemReply const& item) {
        switch (evidence) {
            case Evidence::Limb: return item.limb.has_value();
            case Evidence::Reference: return item.reference && !item.reference->empty();
            case Evidence::Reason: return item.reason && characters(*item.reason) >= kShortestReason;
            case Evidence::Separation: return item.separation && characters(*item.separation) >= kShortestReason;
            case Evidence::SearchRecord: return searched_all;
            case Evidence::ThirdPartyConsulted: return consulted;
            case Evidence::Corrected: return corrected;
            case Evidence::ReasonsAsked: return c.explanation_request.has_value();
        }
        return false;
    };

    std::vector<FieldError> missing;
    for (std::size_t i = 0; i < draft.items.size(); ++i) {
        OutcomeRule const& rule = rule_of(draft.items[i].outcome);
        for (auto const& evidence : kEvidence) {
            if (!rule.evidence.has(evidence.value) || holds(evidence.value, draft.items[i])) continue;
            std::string detail = "第" + std::to_string(i + 1) + "项“" + std::string(label(rule.outcome)) + "”:请" +
                                 std::string(evidence.label);
            if (evidence.value == Evidence::Reference) detail += ":" + std::string(rule.reference);
            missing.push_back(
                {"/items/" + std::to_string(i) + "/" + std::string(evidence.code), std::string(evidence.code), detail + "。"}
            );
        }
    }
    return missing;
}

}  // namespace workflow
