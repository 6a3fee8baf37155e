#include "tests/workflow/golden.hpp"
#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

#include <array>
#include <iomanip>

namespace workflow {
namespace {

/// Where an actor stands towards a case.
struct Standing {
    char letter;
    std::string_view meaning;
    void (*place)(Actor&);
};

constexpr std::array kStandings{
    Standing{
        'O',
        "the case one handed in oneself",
        [](Actor& a) { a.own_case = Code{"430500-01-2026-000001"}, a.agency = a.department = {}; }},
    Standing{'D', "a case of one's own department", [](Actor&) {}},
    Standing{'A', "a case of one's agency, in another department", [](Actor& a) { a.department = Code{"d9"}; }},
    Standing{
        'T',
        "a case of an agency below one's own",
        [](Actor& a) { a.agency = Office::kCity, a.department = Code{"d9"}; }},
    Standing{'X', "a case of an unrelated agency", [](Actor& a) { a.agency = Code{"430501-01"}; }},
};

/// Whether some state of the case lets this role take the step, where nothing stands in its way but guards.
bool may(Actor const& actor, Action action) {
    Office office;
    auto const open_to = [&] {
        auto const decision = office.ask(actor, action, office.sample(action));
        if (decision) return true;
        std::string const& why = decision.error().code;
        return why != "role_required" && why != "case_not_found" && why != "not_in_this_state" && why != "other_agency";
    };
    if (open_to()) return true;
    office.registered();
    office.c.department = Office::kDepartment;
    return std::ranges::any_of(kStates, [&](auto const& state) {
        office.c.state = state.value;
        return open_to();
    });
}

std::string standings_of(Role role, Action action) {
    std::string allowed;
    for (Standing const& standing : kStandings) {
        Actor actor{Code{std::string(code(role))}, {role}, Office::kAgency, Office::kDepartment, {}};
        standing.place(actor);
        if (may(actor, action)) allowed += standing.letter;
    }
    return allowed;
}

std::string matrix() {
    std::ostringstream text;
    text << std::left
         << "Who may take which step, on which cases. Generated from the transition table and the scopes of the "
            "roles.\n\n";
    for (Standing const& standing : kStandings) text << standing.letter << "  " << standing.meaning << "\n";
    for (auto const& action : kActions) {
        text << "\n" << action.code << "\n";
        for (auto const& role : kRoles) {
            auto const where = standings_of(role.value, action.value);
            if (!where.empty()) text << "    " << std::setw(17) << role.code << where << "\n";
        }
    }
    return text.str();
}

TEST(Authorization, IsAsFrozen) {
    expect_source("tests/workflow/procedure/authorization_matrix.txt", matrix(), "UPDATE_MATRIX");
}

}  // namespace
}  // namespace workflow
