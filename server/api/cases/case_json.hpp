#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/office/directory.hpp"
#include "workflow/time/calendar.hpp"
#include "workflow/time/clock.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <type_traits>

#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

/// Cases as staff see them.
namespace server::api {

/// What a case is shown with. Borrowed for the time of the call.
struct View {
    storage::Directory const& directory;
    workflow::WorkdayCalendar const& calendar;
    workflow::Date today;
    bool watched = false;            ///< the case in question, by the account that asks
    bool shows_rating = false;       ///< of the case in question, see workflow::sees_rating
    bool contact_unchecked = false;  ///< of the case in question, see storage/office/contact_checks.hpp
};

/// The whole case, its applicant masked: no staff list or file shows more of a person than the work needs.
std::string case_json(storage::StoredCase const& stored, View const& view);
/// Its members, into the object that is open.
void write_case(JsonWriter& json, storage::StoredCase const& stored, View const& view);
json::object case_schema();
ObjectSchema case_members();

/// `{seq, record, tree_size, root, path}`: what `disclosure journal check-receipt` reads.
void write_receipt(JsonWriter& json, storage::Receipt const& receipt);
json::object receipt_schema();

/// The working days a case in a list has left or is late: both 0 where it has no deadline any more.
struct WorkdaysLeft {
    int remaining = 0;
    int overdue = 0;
};
WorkdaysLeft workdays_left(storage::CaseRow const& row, View const& view);

/// One line of a work list.
void write_row(JsonWriter& json, storage::CaseRow const& row, View const& view);
json::object row_schema();

/// Masks the applicant for people who do not correspond with them.
workflow::Applicant mask(workflow::Applicant applicant);
workflow::Agent mask(workflow::Agent agent);

/// The clock in short.
struct ClockSummaryView {
    workflow::ClockResult clock;
    workflow::Case const& about;
};
/// Null for a case whose clock cannot be computed.
std::optional<ClockSummaryView> clock_summary(workflow::Case const& facts, View const& view);

constexpr auto fields(std::type_identity<ClockSummaryView>) {
    using A = ClockSummaryView;
    using workflow::Case;
    return std::tuple{
        answer("status", [](A const& a) { return a.clock.status; }),
        answer("reply_due", "答复期限", [](A const& a) { return a.clock.reply_due; }),
        answer("remaining_workdays", "剩余工作日", [](A const& a) { return a.clock.remaining_workdays; }),
        answer("overdue_workdays", "超期工作日", [](A const& a) { return a.clock.overdue_workdays; }),
        answer("provisional", "暂定：涉及放假安排尚未公布的年份", [](A const& a) { return a.clock.provisional; }),
        answer("paused", "征求意见中", [](A const& a) { return a.clock.status == workflow::ClockStatus::Paused; }),
        answer("shadow", "收到日期未确认，从提交之日起算", &Case::receipt_unconfirmed),
        answer("submitted_on", "提交日期", &Case::submitted_on),
        answer("received_on", "收到日期", &Case::received_on)};
}

/// A 复议 or suit.
struct DisputeView {
    workflow::Dispute const& about;
};

constexpr auto fields(std::type_identity<DisputeView>) {
    using workflow::Dispute;
    return std::tuple{
        spread(&Dispute::opening),
        answer("answer", "答复或答辩", &Dispute::answer),
        answer("end", "结果", &Dispute::end),
        answer("order", "责令重新答复", &Dispute::order)};
}

}  // namespace server::api
