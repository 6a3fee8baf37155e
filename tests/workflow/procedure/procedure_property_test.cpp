#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace workflow {
namespace {

/// Somebody tries something: any role, any action, the form filled in or left empty, some days later.
struct Attempt {
    Role role;
    Action action;
    bool filled_in;
    int days_later;
};

rc::Gen<Attempt> attempts() {
    return rc::gen::build<Attempt>(
        rc::gen::set(
            &Attempt::role,
            rc::gen::map(rc::gen::inRange<std::size_t>(0, kRoles.size()), [](auto i) { return kRoles[i].value; })
        ),
        rc::gen::set(
            &Attempt::action,
            rc::gen::map(rc::gen::inRange<std::size_t>(0, kActions.size()), [](auto i) { return kActions[i].value; })
        ),
        rc::gen::set(&Attempt::filled_in, rc::gen::weightedElement<bool>({{9, true}, {1, false}})),
        rc::gen::set(&Attempt::days_later, rc::gen::weightedElement<int>({{6, 0}, {3, 1}, {2, 9}, {1, 40}}))
    );
}

/// Something that brings the case nearer to its end.
Attempt onward(Office const& office, Attempt attempt) {
    std::vector<Attempt> steps;
    for (auto const& role : kRoles) {
        for (Permission const& permission : permissions(office.c, office.context(office.person(role.value)))) {
            Action const action = permission.action;
            bool const prepares = action == Action::Claim || (action == Action::DraftReply && !office.c.draft);
            bool const leads_on = prepares || std::ranges::any_of(kProcedure, [&](Transition const& row) {
                                      return row.action == action && row.from.has(office.c.state) &&
                                             row.to > office.c.state && row.to != State::Lapsed;
                                  });
            if (permission.allowed && leads_on) steps.push_back({role.value, action, true, attempt.days_later});
        }
    }
    return steps.empty() ? attempt : *rc::gen::elementOf(steps);
}

bool is_in_the_table(State from, Event const& event) {
    return std::ranges::any_of(kProcedure, [&](Transition const& row) {
        return row.action == event.action && row.from.has(from) && row.by.has(event.role) &&
               row.to.value_or(from) == event.to;
    });
}

RC_GTEST_PROP(Procedure, NoSequenceOfAttemptsBreaksACase, ()) {
    Office office;
    *rc::gen::arbitrary<bool>() ? office.submitted() : office.registered();
    auto const script = *rc::gen::container<std::vector<Attempt>>(attempts());
    for (Attempt attempt : script) {
        Case const before = office.c;
        office.today = add_days(office.today, attempt.days_later);
        office.run_daily();  // throws where the system is refused its own due step
        RC_ASSERT(!due_step(office.c, office.today, Office::calendar()));
        if (*rc::gen::inRange(0, 4) > 0) attempt = onward(office, attempt);

        Case const previous = office.c;
        std::size_t const count = office.events.size();
        Payload const payload = attempt.filled_in ? office.sample(attempt.action) : payload_for(attempt.action);
        bool const done = office.does(office.person(attempt.role), attempt.action, payload).has_value();

        RC_ASSERT(compute_clock(office.c.timeline(), office.today, Office::calendar()).has_value());
        RC_ASSERT(office.c.version == previous.version + (done ? 1 : 0));
        RC_ASSERT(before.state != kFinalState || office.c.state == kFinalState);
        if (done) {
            RC_ASSERT(is_in_the_table(previous.state, office.events.back()));
        } else {
            RC_ASSERT(office.c == previous && office.events.size() == count);
        }
        bool const concluded =
            office.c.state == State::Replied || office.c.state == State::Lapsed || office.c.state == kFinalState;
        RC_ASSERT(office.c.outcome.has_value() == concluded);
        RC_ASSERT(office.c.concluded_on.has_value() == concluded);
    }
    RC_TAG(std::string(code(office.c.state)));
}

RC_GTEST_PROP(Evolve, NeverThrowsWhateverTheJournalHolds, ()) {
    Office office;
    auto const script = *rc::gen::container<std::vector<Attempt>>(attempts());
    Case c;
    for (Attempt const& attempt : script) {
        Payload const payload = attempt.filled_in ? office.sample(attempt.action) : payload_for(attempt.action);
        auto const to = kStates[*rc::gen::inRange<std::size_t>(0, kStates.size())].value;
        Event const event{
            attempt.action, attempt.role, Code{"x"}, start_of(office.today), office.today, to, {}, payload};
        auto const version = c.version;
        c = evolve(std::move(c), event);
        RC_ASSERT(c.version == version + 1);
        RC_ASSERT(c.state == to);
    }
}

}  // namespace
}  // namespace workflow
