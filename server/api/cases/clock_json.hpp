#pragma once

#include "workflow/time/clock.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string_view>
#include <vector>

/// The clock as JSON, in the form of the verb `disclosure clock`, of POST /clock and of GET /cases/{id}/clock.
namespace server::api {

struct TimelineInput {
    workflow::Timeline timeline;
    std::optional<workflow::Date> as_of;  ///< null: today
};

/// Reads `{"received", "as_of", "events": […]}`. Strict: each type of event has its own members, others are refused.
/// A refusal is `invalid`; `detail` is the first fault and names the event by its position, from 1; `errors` has all.
workflow::Result<TimelineInput> read_timeline(boost::json::value const& json);
boost::json::object timeline_input_schema();

/// The members that an event of this type may have beside `type` and `on`.
std::vector<std::string_view> clock_event_members(workflow::ClockEventType type);

boost::json::object clock_json(workflow::ClockResult const& clock);
boost::json::object clock_schema();

}  // namespace server::api
