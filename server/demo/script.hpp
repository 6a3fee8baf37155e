#pragma once

#include <array>
#include <span>
#include <string_view>

#include "server/demo/topics.hpp"
#include "workflow/procedure/procedure.hpp"
#include "workflow/reply/checks.hpp"

/// What happens in the demo city, as tables: a path is a chain of legs, a leg a few steps of the procedure. The steps
/// are commands like any others; workflow::decide refuses a path that the law does not allow.
namespace server::demo {

/// One case in the making: all that the payload of its next step depends on.
struct Scene {
    std::size_t number;  ///< 0, 1, 2 …
    Topic const& topic;
    workflow::Outcome outcome;
    workflow::WorkdayCalendar const& calendar;
    workflow::Date today;
    workflow::Code handler;                ///< whom the head of the department would assign
    workflow::Code investigator;           ///< whom the head of the office would let look into a bad mark
    workflow::Case facts;                  ///< as last stored; blank before the first step
    workflow::ReplyBackground background;  ///< when a reply is submitted
};

struct Step {
    workflow::Action action;
    workflow::Role by;
    int after;  ///< working days after the step before; 0: later the same day
    workflow::Payload (*payload)(Scene const&);
};
using Leg = std::span<Step const>;

/// Cases that go the same way.
struct Path {
    int count;
    workflow::Outcome outcome;  ///< what it comes to, or would
    int began;                  ///< working days ago; 0: at some time in the last two years, and it is long over
    std::array<Leg, 7> legs;
    std::string_view agency = {};  ///< empty: where the topic belongs
};

std::span<Path const> paths();

}  // namespace server::demo
