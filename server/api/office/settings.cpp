#include <utility>

#include "server/api/kit/master_data.hpp"
#include "server/api/office/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

/// What the law leaves to each agency (workflow/cases/policy.hpp); versioned with the agency it belongs to.
namespace server::api {
namespace {

using http::verb;
using storage::Agency;

std::string settings_json(Agency const& agency, Call const&) {
    JsonWriter json;
    json.open_object().member("agency", agency.code);
    json.members(agency.policy);
    json.member("version", agency.version).close_object();
    return json.take();
}

json::object settings_schema() {
    return ObjectSchema()
        .member<workflow::Code>("agency", "机关")
        .members<workflow::AgencyPolicy>()
        .member<std::int64_t>("version")
        .named("Settings");
}

boost::system::result<Agency, http::Problem> agency_of(Call const& call) {
    auto const* agency = call.directory->agency(workflow::Code{std::string(call.parameter(0))});
    if (agency == nullptr) return no_agency();
    return *agency;
}

Answer read_settings(Services&, Call& call) {
    auto const agency = agency_of(call);
    if (!agency) return agency.error();
    auto response = http::text_response(http::status::ok, "application/json", settings_json(*agency, call));
    response.set("ETag", version_tag(agency->version));
    return response;
}

net::awaitable<Answer> put_settings(Services& services, Call& call) {
    auto agency = agency_of(call);
    if (!agency) co_return agency.error();
    if (!administers(call, agency->code)) co_return no_agency();
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto const policy = read_body<workflow::AgencyPolicy>(call.request.body);
    if (!policy) co_return policy.error();
    agency->policy = *policy;
    agency->version = *expected;
    co_return co_await put_record(services, call, std::move(*agency), kSystemAdmin, settings_json);
}

}  // namespace

std::vector<Operation> settings_operations() {
    constexpr std::string_view kPath = "/api/v1/settings/{agency}";
    return {
        {.method = verb::get,
         .path = kPath,
         .id = "readSettings",
         .summary = "一个机关的设置",
         .tag = "settings",
         .who = Who::Staff,
         .handler = read_settings,
         .response = settings_schema},
        {.method = verb::put,
         .path = kPath,
         .id = "putSettings",
         .summary = "修改一个机关的设置",
         .tag = "settings",
         .who = Who::Staff,
         .handler = put_settings,
         .roles = kSystemAdmin,
         .request = shape_schema<workflow::AgencyPolicy>,
         .response = settings_schema,
         .versioned = true},
    };
}

}  // namespace server::api
