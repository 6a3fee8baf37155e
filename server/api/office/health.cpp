#include "workflow/time/missing_year.hpp"

#include <fmt/format.h>

#include "server/api/office/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/http/exchange.hpp"
#include "server/http/peer.hpp"

namespace server::api {
namespace {

using http::verb;
using workflow::Role;

constexpr std::int64_t kFilesCounted = 1000;

constexpr workflow::RoleSet kOperators{Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor};

/// Whether the caller asks from an address of server.metrics_networks, so far as its address is known.
bool is_near(Services& services, Call const& call) {
    http::Networks networks;
    for (auto const& network : services.config.metrics_networks) networks.add(network);
    return networks.contains(call.request.peer) && !call.request.unnamed;
}

bool is_operator(Call const& call) {
    return call.account != nullptr && !call.account->must_change_password && call.actor.roles.intersects(kOperators);
}

/// Whether this caller may see the internal state of the service. Behind a proxy that the settings do not name
/// everybody has that proxy's address, so there only an account counts.
bool may_watch(Services& services, Call const& call) {
    return is_operator(call) || (is_near(services, call) && !stands_behind_unnamed_proxy(services.config));
}

/// What the operator should look after.
std::vector<Warning> warnings(Services& services, workflow::Instant now) {
    auto all = warnings_of(services.config);
    auto const add = [&](bool when, std::string code, std::string detail) {
        if (when) all.push_back({std::move(code), std::move(detail)});
    };
    auto const& outbox = services.store.outbox();
    auto const past = outbox.past_lease(services.reader, now);
    auto const dead =
        outbox.figures(services.reader, {storage::MessageKind::Letter, storage::MessageKind::Notification}).dead;
    add(past > 0,
        "past_lease",
        fmt::format("有 {} 件文书或通知超过办理时限（outbox.lease_seconds）仍未办完，请查看磁盘空间和日志。", past));
    add(dead > 0, "letters_dead", fmt::format("有 {} 件文书或通知多次尝试仍未做成，请查看日志中的原因。", dead));
    auto const waiting = std::ssize(services.store.case_files().awaiting_examination(services.reader, kFilesCounted));
    add(waiting > 0,
        "files_waiting",
        fmt::format(
            "有 {} 个上传的文件待查（没有检查完）；如果一直不减少，请查看日志，并确认 poppler-utils、qpdf、exiftool "
            "已安装。",
            waiting
        ));
    auto const missing = workflow::find_missing_year(*services.store.calendar().current(), workflow::local_date(now));
    if (missing) add(true, "calendar_missing", workflow::describe(*missing));
    add(services.store.writes().statistics().full,
        "storage_full",
        "磁盘空间已满，什么也保存不了；腾出空间后自行恢复，不必重新启动。");
    add(http::misforwarded_requests(services.metrics).value() > 0,
        "misforwarded",
        "收到过带有 X-Forwarded-For、Forwarded 或 X-Real-IP 的请求，而来源不在 server.trusted_proxies "
        "之内：如果它是反向代理，请把它的地址写入该设置，否则所有访问者看起来都来自一个地址。");
    return all;
}

json::object warning_schema() {
    return ObjectSchema().member<std::string>("code").member<std::string>("detail", "给运维人员看的说明").unnamed();
}

/// The process answers.
Answer healthz(Services& services, Call& call) {
    JsonWriter json;
    json.open_object().member("status", "ok");
    if (may_watch(services, call)) json.member("sqlite", services.store.database().version());
    json.close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object health_schema() {
    return ObjectSchema()
        .member("status", constant("ok"))
        .may_have("sqlite", answer_schema<std::string>(), "数据库的版本；只告诉运维人员")
        .named("Health");
}

/// The service can also write. Conditions with which it can run appear as warnings.
Answer readyz(Services& services, Call& call) {
    if (services.store.writes().statistics().failed) {
        return http::Problem{
            .status = http::status::service_unavailable,
            .code = "storage_failed",
            .detail = "存储发生故障，需要重新启动。"};
    }
    JsonWriter json;
    json.open_object().member("status", "ready");
    json.member("journal_size", services.store.journal().size());
    if (is_near(services, call) || is_operator(call)) {
        auto const letters = services.store.outbox().statutory_figures(services.reader);
        json.key("letters").open_object();
        json.member("waiting", letters.waiting).member("oldest_at", letters.oldest).close_object();
        json.key("warnings").open_list();
        for (auto const& [code, detail] : warnings(services, call.now)) {
            json.open_object().member("code", code).member("detail", detail).close_object();
        }
        json.close_list();
    }
    json.close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object readiness_schema() {
    auto letters = ObjectSchema()
                       .member<std::int64_t>("waiting", "法定文书和通知中还没有做成或送出的件数")
                       .member<std::optional<workflow::Instant>>("oldest_at", "其中最早的产生时间")
                       .unnamed();
    return ObjectSchema()
        .member("status", constant("ready"))
        .member<std::int64_t>("journal_size", "日志的条数")
        .may_have("letters", std::move(letters), "只告诉运维人员")
        .may_have("warnings", list_of(warning_schema()), "需要运维人员留意的；只告诉运维人员")
        .named("Readiness");
}

Answer metrics(Services& services, Call& call) {
    if (!may_watch(services, call)) {
        return http::Problem{
            .status = http::status::forbidden,
            .code = "operators_only",
            .detail = "运行指标只提供给 server.metrics_networks 中的地址，以及登录的系统管理员、安全管理员和审计员。"};
    }
    return http::text_response(http::status::ok, "text/plain; version=0.0.4", services.metrics.exposition());
}

}  // namespace

std::vector<Operation> health_operations() {
    return {
        {.method = verb::get,
         .path = "/healthz",
         .id = "healthz",
         .summary = "存活检查",
         .tag = "operation",
         .who = Who::Anyone,
         .handler = healthz,
         .response = health_schema},
        {.method = verb::get,
         .path = "/readyz",
         .id = "readyz",
         .summary = "就绪检查；运维人员还看到等待的文书和需要留意的事",
         .tag = "operation",
         .who = Who::Anyone,
         .handler = readyz,
         .response = readiness_schema,
         .problems = {http::status::service_unavailable}},
        {.method = verb::get,
         .path = "/metrics",
         .id = "metrics",
         .summary = "Prometheus 指标；只提供给运维人员",
         .tag = "operation",
         .who = Who::Anyone,
         .handler = metrics,
         .problems = {http::status::forbidden},
         .produces = "text/plain"},
    };
}

}  // namespace server::api
