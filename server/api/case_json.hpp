#pragma once

#include "storage/case_store.hpp"
#include "storage/directory.hpp"
#include "workflow/calendar.hpp"
#include "workflow/clock.hpp"

#include <string>

#include "server/api/json_writer.hpp"

/// Cases as staff see them.
namespace server::api {

/// What a case is looked at with. Borrowed for the time of the call.
struct View {
    storage::Directory const& directory;
    workflow::WorkdayCalendar const& calendar;
    workflow::Date today;
};

/// The whole case, its applicant masked (domain.md 7.3).
std::string case_json(storage::StoredCase const& stored, View const& view);
/// Its members, into the object that is open.
void write_case(JsonWriter& json, storage::StoredCase const& stored, View const& view);

/// `{seq, record, tree_size, root, path}`: what `disclosure journal check-receipt` reads.
void write_receipt(JsonWriter& json, storage::Receipt const& receipt);

/// One line of a work list.
void write_row(JsonWriter& json, storage::CaseRow const& row, View const& view);

/// Who asks, so far as those need to know who do not write to them.
workflow::Applicant masked(workflow::Applicant applicant);
workflow::Agent masked(workflow::Agent agent);

/// `{status, reply_due, remaining_workdays, …}`: the clock in short.
void write_clock_summary(JsonWriter& json, workflow::Case const& facts, View const& view);

/// One stored file, with the address it is read at.
void write_attachment(
    JsonWriter& json, workflow::Attachment const& attachment, std::string_view case_id, std::size_t number
);

}  // namespace server::api
