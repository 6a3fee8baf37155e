#include "workflow/cases/form.hpp"
#include "workflow/time/clock.hpp"

#include <algorithm>
#include <utility>

#include "server/api/applicants/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/input.hpp"
#include "server/api/shapes/json_writer.hpp"

/// Checks a form while it is being filled in, and previews its reply date. Nothing of it is stored.
namespace server::api {

/// The form as an applicant fills it in. One with an offline channel is read as workflow::Registration.
struct ApplicantsForm {
    workflow::Application application;
    std::optional<workflow::Channel> channel;
    std::optional<workflow::Date> received_on;  ///< for a preview; else the day that the agency's policy gives
};

constexpr auto fields(std::type_identity<ApplicantsForm>) {
    using T = ApplicantsForm;
    return std::tuple{
        workflow::field("application", &T::application, "申请表"),
        workflow::field("channel", &T::channel, "渠道"),
        workflow::field("received_on", &T::received_on, "收到日期")};
}

namespace {

using workflow::Date;
using workflow::FieldError;

/// A form as far as it could be read.
struct Draft {
    workflow::Payload payload;
    workflow::Code agency;
    std::optional<Date> received_on;
    std::vector<FieldError> errors;
};

bool is_registration(json::value const& body) {
    auto const* object = body.if_object();
    auto const* channel = object != nullptr ? object->if_contains("channel") : nullptr;
    auto const* code = channel != nullptr ? channel->if_string() : nullptr;
    auto const known = code != nullptr ? workflow::parse<workflow::Channel>(*code) : std::nullopt;
    return known && !workflow::is_online(*known);
}

/// Stands for a way of obtaining that is not chosen yet: it needs no further input of the applicant.
constexpr workflow::ObtainBy kNotChosen = workflow::ObtainBy::ReadOnSite;

bool is_faulty(std::vector<FieldError> const& errors, std::string_view pointer) {
    return std::ranges::find(errors, pointer, &FieldError::pointer) != errors.end();
}

/// Adds the errors about members that have no error yet, neither themselves nor in what contains them.
void add_further(std::vector<FieldError>& errors, std::vector<FieldError> further) {
    auto const known = errors;
    for (auto& error : further) {
        bool const told = std::ranges::any_of(known, [&](FieldError const& each) {
            return error.pointer == each.pointer || error.pointer.starts_with(each.pointer + "/");
        });
        if (!told) errors.push_back(std::move(error));
    }
}

Draft read_registration(json::value const& body, Date today) {
    InputReader reader;
    workflow::Registration form;
    form.application.obtain_by = kNotChosen;
    reader.read(body, form, "");
    bool const dated = !is_faulty(reader.errors(), "/received_on") && form.received_on <= today;
    auto const received_on = dated ? std::optional(form.received_on) : std::nullopt;
    auto agency = form.application.agency;
    return {std::move(form), std::move(agency), received_on, std::move(reader.errors())};
}

Draft read_submission(json::value const& body) {
    InputReader reader;
    ApplicantsForm form;
    form.application.obtain_by = kNotChosen;
    reader.read(body, form, "");
    auto agency = form.application.agency;
    auto const channel = form.channel.value_or(workflow::Channel::Online);
    workflow::Submission submission{std::move(form.application), channel, std::nullopt};
    return {std::move(submission), std::move(agency), form.received_on, std::move(reader.errors())};
}

/// Checks what the law requires beyond the shape of the form.
void check(Draft& draft, Date today) {
    add_further(draft.errors, workflow::check_form(draft.payload, std::nullopt, today));
    auto const* registration = std::get_if<workflow::Registration>(&draft.payload);
    auto const& application =
        registration ? registration->application : std::get<workflow::Submission>(draft.payload).application;
    auto const intake = registration ? workflow::Intake::Counter : workflow::Intake::Online;
    bool const excused = registration && registration->id_exception;
    add_further(draft.errors, workflow::check_application(application, intake, excused, today));
}

/// The day of receipt, where it is known before the form is handed in.
std::optional<Date> day_of_receipt(Draft const& draft, storage::Agency const* agency, Date today) {
    if (draft.received_on || agency == nullptr) return draft.received_on;
    bool const online = std::holds_alternative<workflow::Submission>(draft.payload);
    bool const at_once = agency->policy.online_receipt == workflow::OnlineReceipt::OnSubmission;
    return online && at_once ? std::optional(today) : std::nullopt;
}

void write_deadline(JsonWriter& json, std::optional<Date> received_on, Services& services) {
    json.member("received_on", received_on);
    if (!received_on) {
        json.member("reply_due", nullptr).member("provisional", false);
        json.member("reply_due_basis", "收到日期确定以后，从次日起计算答复期限。");
        return;
    }
    workflow::Timeline const timeline{*received_on};
    auto const clock = workflow::compute_clock(timeline, *received_on, *services.store.calendar().current()).value();
    auto const& reason = clock.explain.front();
    json.member("reply_due", clock.reply_due).member("provisional", clock.provisional);
    json.member("reply_due_basis", std::string(reason.basis) + "：" + reason.text);
}

Answer check_application_form(Services& services, Call& call) {
    auto const body = parse_body(call.request.body);
    if (!body) return body.error();
    auto draft = is_registration(*body) ? read_registration(*body, call.today()) : read_submission(*body);
    check(draft, call.today());
    auto const* agency = call.directory->agency(draft.agency);
    if (agency == nullptr || !agency->active) {
        add_further(draft.errors, {{"/agency", "unknown_agency", "没有这个受理机关，或者它已不再受理申请。"}});
    }

    JsonWriter json;
    json.open_object().key("errors").open_list();
    for (auto const& error : draft.errors) {
        json.open_object().member("pointer", error.pointer).member("code", error.code);
        json.member("detail", error.detail).close_object();
    }
    json.close_list();
    write_deadline(json, day_of_receipt(draft, agency, call.today()), services);
    json.close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object checked_schema() {
    return ObjectSchema()
        .member("errors", list_of(field_error_schema()), "还要改正或补填的项目")
        .member<std::optional<Date>>("received_on", "收到日期；还不能确定时为 null")
        .member<std::optional<Date>>("reply_due", "答复期限")
        .member<bool>("provisional", "暂定：涉及放假安排尚未公布的年份")
        .member<std::string>("reply_due_basis", "答复期限的依据")
        .named("CheckedForm");
}

/// The schema of a form of which any part may still be missing.
void require_nothing(json::value& schema) {
    if (auto* object = schema.if_object()) {
        object->erase("required");
        for (auto& member : *object) require_nothing(member.value());
    }
}

json::object unfinished_schema() {
    json::value schema = shape_schema<workflow::Registration>();
    require_nothing(schema);
    return std::move(schema.as_object());
}

}  // namespace

std::vector<Operation> form_check_operations() {
    return {
        {.method = http::verb::post,
         .path = "/api/v1/applications/check",
         .id = "checkApplication",
         .summary = "检查还没有填完的申请表，并预告答复期限；不保存",
         .tag = "applications",
         .who = Who::Anyone,
         .handler = check_application_form,
         .request = unfinished_schema,
         .response = checked_schema},
    };
}

}  // namespace server::api
