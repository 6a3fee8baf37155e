#include "server/api/applicants/applications.hpp"

#include "workflow/cases/payloads.hpp"

#include <utility>

#include "server/api/applicants/operations.hpp"
#include "server/api/cases/case_json.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/shapes/input.hpp"
#include "server/http/peer.hpp"

namespace server::api {
namespace {

using storage::Connection;
using workflow::Result;

json::object submitted_schema() {
    return ObjectSchema()
        .member<workflow::Code>("number", "受理编号")
        .member<std::string>("query_code", "查询码，只显示这一次")
        .member<workflow::Instant>("submitted_at", "提交时间")
        .member<std::optional<workflow::Date>>("received_on", "收到日期；待工作人员确认时为 null")
        .member("receipt", receipt_schema(), "日志中的凭证")
        .named("SubmittedApplication");
}

net::awaitable<Answer> submit(Services& services, Call& call) {
    auto application = read_body<workflow::Application>(call.request.body);
    if (!application) co_return application.error();
    std::function<Result<Created>(Connection&)> make = [&services, &call, &application](Connection& connection
                                                       ) -> Result<Created> {
        auto const made = hand_in(services, connection, call, *application);
        if (!made) return made.error();
        auto const& facts = made->stored.facts;
        JsonWriter json;
        json.open_object();
        json.member("number", facts.number).member("query_code", made->query_code);
        json.member("submitted_at", call.now).member("received_on", facts.received_on).key("receipt");
        write_receipt(json, made->receipt);
        json.close_object();
        return Created{"/api/v1/tracking", json.take()};
    };
    co_return co_await create_once(services, call, call.request.body, std::move(make));
}

}  // namespace

Result<storage::NewCase> hand_in(
    Services& services, Connection& connection, Call const& call, workflow::Application application
) {
    workflow::Command command;
    command.action = workflow::Action::Submit;
    command.payload = workflow::Submission{std::move(application), workflow::Channel::Online, std::nullopt};
    workflow::Actor applicant;
    applicant.roles = {workflow::Role::Applicant};
    auto made = services.store.cases().create(connection, command, applicant, call.now);
    if (!made) return made;
    auto const network = http::client_network(call.request.peer).to_string();
    auto const today = services.store.daily_counts().add(connection, "applications", network, call.today());
    if (today > services.config.applications_per_day) {
        services.store.contact_checks().begin(connection, made->stored.id);
    }
    return made;
}

std::vector<Operation> application_operations() {
    return {
        {.method = http::verb::post,
         .path = "/api/v1/applications",
         .id = "submitApplication",
         .summary = "提交申请",
         .tag = "applications",
         .who = Who::Anyone,
         .handler = submit,
         .request = shape_schema<workflow::Application>,
         .response = submitted_schema,
         .success = http::status::created,
         .creates = true,
         .unpaced = true},
    };
}

}  // namespace server::api
