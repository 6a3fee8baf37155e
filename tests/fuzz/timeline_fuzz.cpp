#include "server/api/cases/clock_json.hpp"
#include "storage/journal/canonical_json.hpp"
#include "workflow/time/holidays.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// Whatever the timeline: an answer or a refusal in words, never both, and the figures agree with each other.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static auto const calendar = workflow::statutory_calendar();
    auto const json = storage::parse_json({reinterpret_cast<char const*>(data), size});
    if (!json) return 0;
    auto const input = server::api::read_timeline(*json);
    if (!input) {
        if (input.error().detail.empty()) std::abort();
        return 0;
    }
    auto const as_of = input->as_of.value_or(input->timeline.received);
    auto const clock = workflow::compute_clock(input->timeline, as_of, calendar);
    if (!clock) {
        if (clock.error().detail.empty()) std::abort();
        return 0;
    }
    bool const late_and_early =
        clock->remaining_workdays > 0 && clock->overdue_workdays > 0 && clock->status != workflow::ClockStatus::Replied;
    bool const counted_without_date =
        !clock->reply_due && (clock->remaining_workdays != 0 || clock->overdue_workdays != 0);
    if (late_and_early || counted_without_date) std::abort();
    (void)server::api::clock_json(*clock);
    return 0;
}
