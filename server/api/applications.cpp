#include "workflow/payloads.hpp"

#include <utility>

#include "server/api/case_json.hpp"
#include "server/api/input.hpp"
#include "server/api/resources.hpp"
#include "server/api/schema.hpp"
#include "server/api/writing.hpp"

namespace server::api {
namespace {

using storage::Connection;
using workflow::Result;

/// Handing in needs no account: whoever does it is the applicant of the case that begins.
net::awaitable<Answer> submit(Services& services, Call& call) {
    auto application = read_body<workflow::Application>(call.request.body);
    if (!application) co_return application.error();
    workflow::Command command;
    command.action = workflow::Action::Submit;
    command.payload = workflow::Submission{std::move(*application), workflow::Channel::Online, std::nullopt};
    workflow::Actor applicant;
    applicant.roles = {workflow::Role::Applicant};
    std::function<Result<Created>(Connection&)> make = [&services, &call, &command, &applicant](Connection& connection
                                                       ) -> Result<Created> {
        auto const made = services.store.cases().create(connection, command, applicant, call.now);
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
    co_return co_await created(services, call, call.request.body, std::move(make));
}

}  // namespace

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
         .success = http::status::created,
         .creates = true},
    };
}

}  // namespace server::api
