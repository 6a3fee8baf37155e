#include "server/api/case_json.hpp"

#include "workflow/identity.hpp"

#include <utility>

#include "server/api/account_json.hpp"

namespace server::api {
namespace {

using workflow::Code;

void mask(std::optional<std::string>& text, std::string (*how)(std::string_view)) {
    if (text) *text = how(*text);
}

void write_department(
    JsonWriter& json, std::string_view member, std::optional<Code> const& code, storage::Directory const& directory
) {
    auto const* department = code ? directory.department(*code) : nullptr;
    json.member(member, code);
    json.member(std::string(member) + "_name", department != nullptr ? std::optional(department->name) : std::nullopt);
}

void write_agency(JsonWriter& json, Code const& code, storage::Directory const& directory) {
    auto const* agency = directory.agency(code);
    json.member("agency", code);
    json.member("agency_name", agency != nullptr ? std::optional(agency->name) : std::nullopt);
}

/// A list of objects, each written by `write`.
template <typename T, typename Write>
void write_list(JsonWriter& json, std::string_view member, std::vector<T> const& list, Write&& write) {
    json.key(member).open_list();
    for (auto const& each : list) {
        json.open_object();
        write(each);
        json.close_object();
    }
    json.close_list();
}

void write_application(JsonWriter& json, workflow::Application application) {
    application.applicant = masked(std::move(application.applicant));
    if (application.agent) application.agent = masked(std::move(*application.agent));
    json.member("application", application);
}

void write_reply(JsonWriter& json, workflow::Case const& c, storage::Directory const& directory) {
    json.member("draft", c.draft);
    write_person(json, "drafted_by", c.draft ? std::optional(c.drafted_by) : std::nullopt, directory);
    write_list(json, "approvals", c.approvals, [&](workflow::Approval const& approval) {
        json.member("step", approval.step).member("on", approval.on);
        write_person(json, "by", approval.by, directory);
    });
    json.member("reply_number", c.reply_number).member("signed_on", c.signed_on);
    auto dispatch = c.dispatch;
    if (dispatch) mask(dispatch->recipient, workflow::mask_name);
    json.member("dispatch", dispatch).member("delivery", c.delivery);
}

}  // namespace

workflow::Applicant masked(workflow::Applicant applicant) {
    if (applicant.kind == workflow::ApplicantKind::NaturalPerson) applicant.name = workflow::mask_name(applicant.name);
    mask(applicant.id_number, workflow::mask_id_number);
    mask(applicant.legal_representative, workflow::mask_name);
    mask(applicant.contact_name, workflow::mask_name);
    mask(applicant.phone, workflow::mask_phone);
    mask(applicant.email, workflow::mask_email);
    mask(applicant.address, workflow::mask_address);
    return applicant;
}

workflow::Agent masked(workflow::Agent agent) {
    agent.name = workflow::mask_name(agent.name);
    mask(agent.id_number, workflow::mask_id_number);
    mask(agent.phone, workflow::mask_phone);
    return agent;
}

void write_clock_summary(JsonWriter& json, workflow::Case const& facts, View const& view) {
    auto const reckoned = workflow::reckon(facts.timeline(), view.today, view.calendar, workflow::Detail::Brief);
    if (!reckoned) return json.value(nullptr);
    auto const& clock = *reckoned;
    json.open_object();
    json.member("status", clock.status).member("reply_due", clock.reply_due);
    json.member("remaining_workdays", clock.remaining_workdays).member("overdue_workdays", clock.overdue_workdays);
    json.member("provisional", clock.provisional).member("paused", clock.status == workflow::ClockStatus::Paused);
    json.member("shadow", facts.shadow());
    json.member("submitted_on", facts.submitted_on).member("received_on", facts.received_on);
    json.close_object();
}

void write_attachment(
    JsonWriter& json, workflow::Attachment const& attachment, std::string_view case_id, std::size_t number
) {
    json.open_object();
    json.member("n", number);
    json.members(attachment);
    json.member("url", "/api/v1/cases/" + std::string(case_id) + "/attachments/" + std::to_string(number));
    json.close_object();
}

void write_case(JsonWriter& json, storage::StoredCase const& stored, View const& view) {
    auto const& c = stored.facts;
    auto const& directory = view.directory;
    json.member("id", stored.id).member("version", c.version).member("number", c.number);
    json.member("state", c.state).member("stage", workflow::stage_of(c.state)).member("channel", c.channel);
    json.member("awaits", workflow::awaited_role(c));
    write_agency(json, c.application.agency, directory);
    write_department(json, "department", c.department, directory);
    json.member("co_departments", c.co_departments);
    write_person(json, "assignee", c.assignee, directory);
    json.member("submitted_on", c.submitted_on).member("received_on", c.received_on);
    json.member("evidence", c.evidence).member("id_exception", c.id_exception);
    json.key("clock");
    write_clock_summary(json, c, view);
    write_application(json, c.application);

    json.member("correction", c.correction).member("explanation_request", c.explanation_request);
    json.member("corrected", c.corrected).member("explained", c.explained);
    json.member("fee", c.fee).member("payment", c.payment);
    json.member("searches", c.searches);
    write_list(json, "consultations", c.consultations, [&](workflow::Consultation const& consultation) {
        json.members(consultation.letter);
        json.member("sent_on", consultation.sent_on).member("open", consultation.open());
        json.member("opinion", consultation.opinion).member("end", consultation.end);
    });
    json.key("proposed_extension");
    if (c.proposed_extension) {
        json.open_object();
        json.members(c.proposed_extension->proposal);
        write_person(json, "by", c.proposed_extension->by, directory);
        json.close_object();
    } else {
        json.value(nullptr);
    }
    write_reply(json, c, directory);

    json.member("outcome", c.outcome).member("concluded_on", c.concluded_on).member("archive", c.archive);
    write_list(json, "disputes", c.disputes, [&](workflow::Dispute const& dispute) {
        json.members(dispute.opening);
        json.member("end", dispute.end).member("order", dispute.order);
    });
    json.member("rating", c.rating);
    write_list(json, "cards", c.cards, [&](workflow::Card const& card) {
        json.members(card.issue);
        json.member("on", card.on);
    });
    json.key("attachments").open_list();
    for (std::size_t i = 0; i < c.attachments.size(); ++i) write_attachment(json, c.attachments[i], stored.id, i + 1);
    json.close_list();
}

std::string case_json(storage::StoredCase const& stored, View const& view) {
    JsonWriter json;
    json.open_object();
    write_case(json, stored, view);
    json.close_object();
    return json.take();
}

void write_receipt(JsonWriter& json, storage::Receipt const& receipt) {
    json.open_object();
    json.member("seq", receipt.seq).member("record", receipt.record).member("tree_size", receipt.tree_size);
    json.member("root", storage::to_hex(receipt.root));
    json.key("path").open_list();
    for (auto const& digest : receipt.path) json.value(storage::to_hex(digest));
    json.close_list().close_object();
}

void write_row(JsonWriter& json, storage::CaseRow const& row, View const& view) {
    auto const code = [](std::optional<std::string> const& text) {
        return text ? std::optional(Code{*text}) : std::nullopt;
    };
    json.open_object();
    json.member("id", row.id).member("version", row.version).member("number", row.number);
    json.member("state", row.state).member("stage", workflow::stage_of(row.state)).member("channel", row.channel);
    json.member("awaits", row.awaits);
    write_agency(json, Code{row.agency}, view.directory);
    write_department(json, "department", code(row.department), view.directory);
    write_person(json, "assignee", code(row.assignee), view.directory);
    json.member("applicant", row.applicant).member("applicant_kind", row.applicant_kind).member("title", row.title);
    json.member("submitted_on", row.submitted_on).member("received_on", row.received_on);
    json.member("reply_due", row.reply_due).member("paused", row.paused);
    bool const running = row.reply_due && !row.concluded_on;
    json.member("remaining_workdays", running ? view.calendar.workdays_between(view.today, *row.reply_due) : 0);
    json.member("overdue_workdays", running ? view.calendar.workdays_between(*row.reply_due, view.today) : 0);
    json.member("outcome", row.outcome).member("concluded_on", row.concluded_on).member("card", row.card);
    json.close_object();
}

}  // namespace server::api
