#pragma once

#include "storage/engine/driver.hpp"
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

/// Where the clock of a case stood on the day it was last reckoned. What follows from it day by day (remaining days,
/// overdue) is not stored.
struct ClockColumns {
    std::optional<std::string> reply_due;
    std::string due_sort;
    bool paused = false;
    std::optional<std::string> next_check_on;
    std::string reckoned_on;
};

/// The columns of the table `cases` that follow from the facts of a case alone.
struct CaseColumns {
    std::string number;
    std::string agency;
    std::string channel;
    std::string applicant_kind;
    std::string submitted_on;
    std::int64_t version = 0;
    std::string state;
    std::optional<std::string> department;
    std::string departments;
    std::string co_awaited;
    std::optional<std::string> assignee;
    std::optional<std::string> awaits;
    std::optional<std::string> outcome;
    std::optional<std::string> card;
    std::optional<std::string> received_on;
    std::optional<std::string> concluded_on;
    std::optional<std::string> origin;
    std::optional<std::string> batch;       ///< of the import that brought it
    std::optional<std::int64_t> rating;     ///< 1 to 5
    std::optional<std::string> keep_until;  ///< the term of the archived file
};

/// What a list shows of the sealed text of a case.
struct CaseSummary {
    std::string applicant;  ///< masked
    std::string title;      ///< of the first item
};

CaseColumns columns_of(workflow::Case const& c);
ClockColumns clock_of(
    workflow::Case const& c,
    workflow::Date today,
    workflow::WorkdayCalendar const& calendar,
    workflow::AgencyPolicy const& policy
);

/// Described to be read and compared column by column; the names are those of the table, in its order.
constexpr auto fields(std::type_identity<ClockColumns>) {
    using T = ClockColumns;
    return std::tuple{
        workflow::field("reply_due", &T::reply_due),
        workflow::field("due_sort", &T::due_sort),
        workflow::field("paused", &T::paused),
        workflow::field("next_check_on", &T::next_check_on),
        workflow::field("reckoned_on", &T::reckoned_on)};
}

constexpr auto fields(std::type_identity<CaseColumns>) {
    using T = CaseColumns;
    return std::tuple{
        workflow::field("number", &T::number),
        workflow::field("agency", &T::agency),
        workflow::field("channel", &T::channel),
        workflow::field("applicant_kind", &T::applicant_kind),
        workflow::field("submitted_on", &T::submitted_on),
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
        workflow::field("origin", &T::origin),
        workflow::field("batch", &T::batch),
        workflow::field("rating", &T::rating),
        workflow::field("keep_until", &T::keep_until)};
}

constexpr auto fields(std::type_identity<CaseSummary>) {
    using T = CaseSummary;
    return std::tuple{workflow::field("applicant", &T::applicant), workflow::field("title", &T::title)};
}

/// The members of T from the row, beginning at `column`, which moves on.
template <workflow::Shape T>
T read_columns(Rows const& rows, int& column) {
    T columns;
    workflow::for_each_field<T>([&](auto const& field) {
        auto& member = columns.*field.member;
        using M = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::is_same_v<M, std::string>) {
            member = rows.text(column);
        } else if constexpr (std::is_same_v<M, std::optional<std::string>>) {
            member = rows.optional_text(column);
        } else if constexpr (std::is_same_v<M, std::optional<std::int64_t>>) {
            member = rows.optional_int64(column);
        } else {
            member = static_cast<M>(rows.int64(column));
        }
        ++column;
    });
    return columns;
}

/// The name of the first column in which two rows differ; empty if there is none.
template <workflow::Shape T>
std::string_view first_difference(T const& a, T const& b) {
    std::string_view name;
    workflow::for_each_field<T>([&](auto const& field) {
        if (name.empty() && a.*field.member != b.*field.member) name = field.name;
    });
    return name;
}

}  // namespace storage
