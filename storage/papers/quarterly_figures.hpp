#pragma once

#include "storage/engine/driver.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"

#include <cstdint>
#include <map>

namespace storage {

/// What one agency by itself did in a span of days, as the 季度通报 counts it.
struct QuarterlyFigures {
    std::int64_t received = 0;
    std::int64_t concluded = 0;
    std::int64_t on_time = 0;       ///< of those whose last day lies in the span: replied by then
    std::int64_t late = 0;          ///< likewise, replied later
    std::int64_t unanswered = 0;    ///< likewise, the last day is over and there is no reply (超期未答复)
    std::int64_t yellow_cards = 0;  ///< issued in the span and not revoked since
    std::int64_t red_cards = 0;     ///< likewise, severe ones included
    std::int64_t ratings = 0;       ///< of the concluded cases
    std::int64_t rating_points = 0;
    std::int64_t disputes = 0;   ///< 复议、诉讼 received in the span
    std::int64_t corrected = 0;  ///< decided in it: 结果纠正
};

/// From `first` to `last`, both included, as it stands on `today`; an agency that did nothing is not there. One
/// snapshot; any connection, its own thread.
std::map<workflow::Code, QuarterlyFigures> read_quarterly_figures(
    Connection& connection, workflow::Date first, workflow::Date last, workflow::Date today
);

}  // namespace storage
