#include "storage/sqlite/open.hpp"

#include "server/api/answer_schema.hpp"
#include "server/api/json_writer.hpp"
#include "server/api/resources.hpp"

namespace server::api {
namespace {

using http::verb;

/// The process answers.
Answer healthz(Services&, Call&) {
    JsonWriter json;
    json.open_object().member("status", "ok");
    json.member("sqlite", storage::sqlite::library_version()).close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object health_schema() {
    return ObjectSchema()
        .member("status", constant("ok"))
        .member<std::string>("sqlite", "数据库的版本")
        .named("Health");
}

/// It can also write.
Answer readyz(Services& services, Call&) {
    if (services.store.writes().statistics().failed) {
        return http::Problem{
            .status = http::status::service_unavailable,
            .code = "storage_failed",
            .detail = "存储发生故障,需要重新启动。"};
    }
    JsonWriter json;
    json.open_object().member("status", "ready");
    json.member("journal_size", services.store.journal().size()).close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object readiness_schema() {
    return ObjectSchema()
        .member("status", constant("ready"))
        .member<std::int64_t>("journal_size", "日志的条数")
        .named("Readiness");
}

Answer metrics(Services& services, Call&) {
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
         .summary = "就绪检查",
         .tag = "operation",
         .who = Who::Anyone,
         .handler = readyz,
         .response = readiness_schema,
         .problems = {http::status::service_unavailable}},
        {.method = verb::get,
         .path = "/metrics",
         .id = "metrics",
         .summary = "Prometheus 指标",
         .tag = "operation",
         .who = Who::Anyone,
         .handler = metrics,
         .produces = "text/plain"},
    };
}

}  // namespace server::api
