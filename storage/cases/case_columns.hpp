#pragma once

#include "workflow/cases/case.hpp"
#include "workflow/cases/policy.hpp"
#include "workflow/time/calendar.hpp"
#include "workflow/words/fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>

namespace storage {

/// What a case is registered with, and no step changes.
struct CaseRegistration {
    std::string number;
    std::string agency;
    std::string channel;
    std::string applicant_kind;
    std::string submitted_on;
    std::optional<std::string> origin;  ///< number of the case whose reply is made anew
    std::optional<std::string> batch;   ///< of the import that brought it
};

/// What follows from the facts of a case alone and changes with its steps.
struct CaseColumns {
    std::int64_t version = 0;
    std::string state;
    std::optional<std::string> department;
    std::string departments;  ///< that one and the helping ones: ",d1,d2,"
    std::string co_awaited;   ///< the helping ones whose opinion is awaited, likewise; or empty
    std::optional<std::string> assignee;
    std::optional<std::string> awaits;
    std::optional<std::string> outcome;
    std::optional<std::string> card;  ///< the highest that stands
    std::optional<std::string> received_on;
    std::optional<std::string> concluded_on;
    std::optional<std::int64_t> rating;      ///< 1 to 5
    std::optional<std::string> keep_until;   ///< the last day of the term of its 案卷
    std::optional<std::string> returned_at;  ///< the step at which the reply was sent back; until it goes up again
    std::optional<std::string> returned_by;
    std::optional<std::string> returned_on;
    bool letter_unsent = false;  ///< 文书待送出
};

/// Where the clock of a case stood on the day for which it was last computed (reckoned_on). What follows from it day by
/// day (remaining days, overdue) is not stored.
struct ClockColumns {
    std::optional<std::string> reply_due;
    std::string due_sort;
    bool paused = false;
    std::optional<std::string> next_check_on;
    std::string reckoned_on;
};

/// What a list shows of the sealed text of a case.
struct CaseSummary {
    std::string applicant;  ///< masked
    std::string title;      ///< of the first item
};

CaseRegistration registration_of(workflow::Case const& c);
CaseColumns columns_of(workflow::Case const& c);
ClockColumns clock_of(
    workflow::Case const& c,
    workflow::Date today,
    workflow::WorkdayCalendar const& calendar,
    workflow::AgencyPolicy const& policy
);

/// The columns of the table `cases` by their names: all that writes, reads or compares them follows these lists.
constexpr auto fields(std::type_identity<CaseRegistration>) {
    using T = CaseRegistration;
    return std::tuple{
        workflow::field("number", &T::number),
        workflow::field("agency", &T::agency),
        workflow::field("channel", &T::channel),
        workflow::field("applicant_kind", &T::applicant_kind),
        workflow::field("submitted_on", &T::submitted_on),
        workflow::field("origin", &T::origin),
        workflow::field("batch", &T::batch)};
}

constexpr auto fields(std::type_identity<CaseColumns>) {
    using T = CaseColumns;
    return std::tuple{
        workflow::field("version", &T::version),
        workflow::field("state", &T::state),
        workflow::field("department", &T::department),
        workflow::field("departments", &T::departments),
        workflow::field("co_awaited", &T::co_awaited),
        workflow::field("assignee", &T::assignee),
        workflow::field("awaits", &T::awaits),
        workflow::field("outcome", &T::outcome),
        workflow::field("card", &T::card),
        workflow::field("received_on", &T::received_on),
        workflow::field("concluded_on", &T::concluded_on),
        workflow::field("rating", &T::rating),
        workflow::field("keep_until", &T::keep_until),
        workflow::field("returned_at", &T::returned_at),
        workflow::field("returned_by", &T::returned_by),
        workflow::field("returned_on", &T::returned_on),
        workflow::field("letter_unsent", &T::letter_unsent)};
}

constexpr auto fields(std::type_identity<ClockColumns>) {
    using T = ClockColumns;
    return std::tuple{
        workflow::field("reply_due", &T::reply_due),
        workflow::field("due_sort", &T::due_sort),
        workflow::field("paused", &T::paused),
        workflow::field("next_check_on", &T::next_check_on),
        workflow::field("reckoned_on", &T::reckoned_on)};
}

constexpr auto fields(std::type_identity<CaseSummary>) {
    using T = CaseSummary;
    return std::tuple{workflow::field("applicant", &T::applicant), workflow::field("title", &T::title)};
}

}  // namespace storage
