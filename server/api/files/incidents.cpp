#include <charconv>
#include <utility>

#include "server/api/files/case_file.hpp"
#include "server/api/files/operations.hpp"
#include "server/api/kit/writing.hpp"

/// Incidents: files that may contain state secrets, and the decisions about them, each of which takes two people. None
/// of them sees the content.
namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using workflow::Result;

constexpr workflow::RoleSet kDeciders{workflow::Role::SecurityAdmin, workflow::Role::SecrecyReviewer};
constexpr std::int64_t kMost = 200;

/// 安全管理员 look after all of them, 保密审查员 after those of their own agency.
bool may_decide(Call const& call, workflow::Code const& agency) {
    return call.actor.roles.has(workflow::Role::SecurityAdmin) || call.actor.agency == agency;
}

void write_incident(JsonWriter& json, Services& services, Call const& call, storage::Incident const& incident) {
    auto const stored = services.store.cases().find(services.reader, incident.file.case_id);
    if (!stored || !may_decide(call, stored->facts.application.agency)) return;
    json.open_object();
    json.member("id", incident.id).member("case_id", incident.file.case_id).member("number", incident.number);
    json.member("n", incident.file.n).member("mark", incident.mark).member("opened_at", incident.opened_at);
    json.member("decision", incident.decision).member("reason", incident.reason);
    json.member("proposed_by", incident.proposed_by).member("confirmed_by", incident.confirmed_by);
    json.member("yours", incident.proposed_by == call.actor.id.value);
    json.close_object();
}

json::object incident_schema() {
    return ObjectSchema()
        .member<std::int64_t>("id")
        .member<std::string>("case_id")
        .member<std::string>("number", "受理编号")
        .member<std::int64_t>("n", "第几个文件")
        .member<std::string>("mark", "发现的标志")
        .member<workflow::Instant>("opened_at", "隔离时间")
        .member<std::optional<workflow::QuarantineDecision>>("decision", "处理意见")
        .member<std::optional<std::string>>("reason", "理由")
        .member<std::optional<std::string>>("proposed_by", "提出人")
        .member<std::optional<std::string>>("confirmed_by", "复核人")
        .member<bool>("yours", "由自己提出，须由他人复核")
        .named("Incident");
}

Answer list_incidents(Services& services, Call& call) {
    JsonWriter json;
    json.open_object().key("items").open_list();
    for (auto const& incident : services.store.case_files().incidents(services.reader, kMost)) {
        write_incident(json, services, call, incident);
    }
    json.close_list().close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

/// The incident of the path, where this account may decide on it.
boost::system::result<std::int64_t, http::Problem> incident_of(Services& services, Call const& call) {
    auto const text = call.parameter(0);
    std::int64_t id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    for (auto const& incident : services.store.case_files().incidents(services.reader, kMost)) {
        if (incident.id != id) continue;
        auto const stored = services.store.cases().find(services.reader, incident.file.case_id);
        if (stored && may_decide(call, stored->facts.application.agency)) return id;
    }
    return not_found("incident_not_found", "没有这个隔离事件。");
}

net::awaitable<Answer> propose_decision(Services& services, Call& call) {
    auto const id = incident_of(services, call);
    if (!id) co_return id.error();
    auto const proposal = read_body<workflow::QuarantineProposal>(call.request.body);
    if (!proposal) co_return proposal.error();
    std::function<Result<bool>(Connection&)> work = [&](Connection& connection) -> Result<bool> {
        auto const by = journal_author(call, kDeciders);
        auto const made = services.store.case_files().propose(connection, *id, *proposal, by, call.now);
        if (!made) return made.error();
        return true;
    };
    auto const done = co_await commit_write<bool>(services, std::move(work));
    if (!done) co_return http::problem_of(done.error());
    co_return no_content();
}

net::awaitable<Answer> confirm(Services& services, Call& call) {
    auto const id = incident_of(services, call);
    if (!id) co_return id.error();
    std::function<Result<std::optional<std::string>>(Connection&)> work = [&](Connection& connection) {
        return services.store.case_files().confirm(connection, *id, journal_author(call, kDeciders), call.now);
    };
    auto const content = co_await commit_write<std::optional<std::string>>(services, std::move(work));
    if (!content) co_return http::problem_of(content.error());
    if (!*content) co_return no_content();
    // After the commit, on the writer thread, because the same content may have been uploaded again meanwhile.
    std::function<Result<bool>(Connection&)> destroy = [&services, &content](Connection& connection) -> Result<bool> {
        bool const unused = !services.store.case_files().is_used(connection, **content);
        if (unused) services.store.files().destroy(**content);
        return unused;
    };
    auto const destroyed = co_await commit_write<bool>(services, std::move(destroy));
    if (!destroyed) co_return http::problem_of(destroyed.error());
    co_return no_content();
}

}  // namespace

std::vector<Operation> incident_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/incidents",
         .id = "listIncidents",
         .summary = "疑似涉密而隔离的文件",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = list_incidents,
         .roles = kDeciders,
         .response = [] { return items_of("IncidentList", incident_schema()); }},
        {.method = verb::post,
         .path = "/api/v1/incidents/{id}/proposal",
         .id = "proposeFileDecision",
         .summary = "对隔离的文件提出处理意见",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = propose_decision,
         .roles = kDeciders,
         .request = shape_schema<workflow::QuarantineProposal>,
         .success = http::status::no_content,
         .problems = {http::status::conflict}},
        {.method = verb::post,
         .path = "/api/v1/incidents/{id}/confirmation",
         .id = "confirmFileDecision",
         .summary = "由另一人复核，随即执行",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = confirm,
         .roles = kDeciders,
         .success = http::status::no_content,
         .problems = {http::status::conflict}},
    };
}

}  // namespace server::api
