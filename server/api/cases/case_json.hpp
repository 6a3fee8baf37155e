#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/office/directory.hpp"
#include "workflow/time/calendar.hpp"
#include "workflow/time/clock.hpp"

#include <string>

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

/// The whole case, with its applicant masked.
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

/// `{status, reply_due, remaining_workdays, …}`: the clock in short.
void write_clock_summary(JsonWriter& json, workflow::Case const& facts, View const& view);

json::object clock_summary_schema();

/// A 复议 or suit, into the object that is open.
void write_dispute(JsonWriter& json, workflow::Dispute const& dispute);
json::object dispute_schema();

/// One stored file, with the address it is read at.
void write_attachment(
    JsonWriter& json, workflow::Attachment const& attachment, std::string_view case_id, std::size_t number
);
json::object attachment_schema();

}  // namespace server::api
