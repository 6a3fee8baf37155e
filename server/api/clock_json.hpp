#pragma once

#include "workflow/clock.hpp"

#include <boost/json/object.hpp>

#include <optional>

/// The clock as JSON, in the form of the verb `disclosure clock` and of GET /cases/{id}/clock.
namespace server::api {

struct TimelineInput {
    workflow::Timeline timeline;
    std::optional<workflow::Date> as_of;  ///< null: today
};

/// Reads `{"received", "as_of", "events": […]}`. Strict: each type of event has its own members, others are refused.
/// A refusal is `invalid`; `detail` is the first fault and names the event by its position, from 1; `errors` has all.
workflow::Result<TimelineInput> read_timeline(boost::json::value const& json);

boost::json::object clock_json(workflow::Reckoning const& clock);

}  // namespace server::api
