#include "server/api/openapi.hpp"

#include "storage/engine/sha256.hpp"

#include <boost/beast/http/verb.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <utility>

#include "server/api/cases/case_json.hpp"
#include "server/api/resources.hpp"
#include "server/api/shapes/answer_schema.hpp"

namespace server::api {
namespace {

using http::status;
using http::verb;

struct Tag {
    std::string_view name;
    std::string_view description;
};
constexpr std::array kTags{
    Tag{"agencies", "行政机关"},
    Tag{"applications", "提交申请"},
    Tag{"tracking", "申请人查询"},
    Tag{"session", "登录和退出"},
    Tag{"cases", "申请件的办理"},
    Tag{"replies", "拟写答复"},
    Tag{"letters", "文书"},
    Tag{"deliveries", "送出和送达"},
    Tag{"matters", "评价、复议诉讼和建议"},
    Tag{"attachments", "材料"},
    Tag{"archive", "案卷和保管"},
    Tag{"supervision", "监督"},
    Tag{"journal", "审计日志及其证明"},
    Tag{"calendar", "工作日历和期限计算"},
    Tag{"publications", "已经主动公开的信息"},
    Tag{"reports", "台账和报表"},
    Tag{"imports", "导入台账"},
    Tag{"departments", "内设机构"},
    Tag{"staff", "账号"},
    Tag{"settings", "各机关的设置"},
    Tag{"operation", "运行状态和接口说明"},
};

/// What a name in braces stands for, in whichever path.
struct PathParameter {
    std::string_view name;
    std::string_view description;
    Schema schema = answer_schema<std::string>;
};
constexpr std::array kPathParameters{
    PathParameter{"action", "动作"},
    PathParameter{"agency", "机关代码"},
    PathParameter{"code", "代码"},
    PathParameter{"id", "编号"},
    PathParameter{"kind", "种类"},
    PathParameter{"name", "名称"},
    PathParameter{"n", "序号", [] { return whole_number(1); }},
    PathParameter{"k", "第几条", [] { return whole_number(1); }},
    PathParameter{"page", "第几页", [] { return whole_number(1); }},
    PathParameter{"year", "年份", [] { return whole_number(2000, 2199); }},
};

/// Of a problem+json answer (RFC 9457) with the members this service adds.
json::object problem_schema() {
    return ObjectSchema()
        .member<std::string>("type")
        .member<std::string>("title")
        .member<int>("status")
        .member<std::string>("detail", "一句话说明")
        .member<std::string>("code", "稳定的英文代码")
        .may_have("instance", answer_schema<std::string>(), "跟踪编号")
        .may_have("article", answer_schema<std::string>(), "所依据的条文")
        .may_have("errors", list_of(field_error_schema()))
        .may_have("state", answer_schema<workflow::State>(), "409：申请件现在的状态")
        .may_have("state_label", answer_schema<std::string>())
        .may_have("version", answer_schema<std::int64_t>(), "409：申请件现在的版本")
        .may_have("allowed_actions", answer_schema<std::vector<workflow::Action>>(), "409：现在可以做的")
        .may_have("current", case_schema(), "412：现在的申请件")
        .may_have("challenge", answer_schema<std::string>(), "proof_of_work_required：题目")
        .may_have(
            "difficulty",
            answer_schema<int>(),
            "proof_of_work_required：求十进制数 n，使“题目:n”的SHA-256以这么多个零位开头，与题目一起放在 proof_of_work "
            "中再次提交"
        )
        .may_have("wait", answer_schema<std::int64_t>(), "proof_of_work_required：不做计算，过这么多秒只提交题目也可以")
        .named("Problem");
}

json::object parameter(std::string_view in, std::string_view name, std::string_view description, bool required) {
    return {{"name", name}, {"in", in}, {"required", required}, {"description", description}};
}

json::object path_parameter(Operation const& operation, std::string_view name) {
    auto const* const known = std::ranges::find(kPathParameters, name, &PathParameter::name);
    bool const is_action = name == "action";
    if (known == kPathParameters.end() || (is_action && operation.actions.empty())) {
        throw std::logic_error(std::string(operation.id) + " does not say what its path means by " + std::string(name));
    }
    auto result = parameter("path", name, known->description, true);
    result.emplace("schema", is_action ? enumeration(operation.actions) : known->schema());
    return result;
}

json::object query_parameter(QueryParameter const& query) {
    auto result = parameter("query", query.name, query.description, query.required);
    if (query.schema.contains("items")) result.emplace("explode", false);
    result.emplace("schema", query.schema);
    return result;
}

json::object header(std::string_view name, std::string_view description, bool required) {
    auto result = parameter("header", name, description, required);
    result.emplace("schema", answer_schema<std::string>());
    return result;
}

json::array parameters_of(Operation const& operation) {
    json::array parameters;
    auto const path = operation.path;
    for (auto open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1)) {
        auto const name = path.substr(open + 1, path.find('}', open) - open - 1);
        parameters.push_back(path_parameter(operation, name));
    }
    for (auto const& query : operation.query) parameters.push_back(query_parameter(query));
    if (operation.versioned) parameters.push_back(header("If-Match", "您看到的版本，例如 \"3\"", true));
    if (operation.creates) {
        parameters.push_back(header("Idempotency-Key", "同一个键再次提交，得到第一次的回答", false));
    }
    return parameters;
}

/// A text; of one that carries JSON, such as the data of events, `contentSchema` describes that.
json::object text_around(Operation const& operation) {
    auto schema = answer_schema<std::string>();
    if (operation.response != nullptr) {
        schema.emplace("contentMediaType", "application/json");
        schema.emplace("contentSchema", operation.response());
    }
    return schema;
}

json::object success_of(Operation const& operation) {
    json::object answer{{"description", operation.summary}};
    if (operation.success == status::no_content) return answer;
    bool const is_json = operation.produces == "application/json";
    if (is_json && operation.response == nullptr) {
        throw std::logic_error("nothing describes the answer of " + std::string(operation.id));
    }
    auto schema = is_json ? operation.response() : text_around(operation);
    answer.emplace("content", json::object{{operation.produces, {{"schema", std::move(schema)}}}});
    return answer;
}

/// The problems an operation may answer with: what follows from its row, and what the row adds.
std::vector<status> problems_of(Operation const& operation) {
    bool const writes = operation.method != verb::get;
    bool const private_access = operation.who != Who::Anyone;
    auto problems = operation.problems;
    auto const add = [&](status problem, bool when) {
        if (when) problems.push_back(problem);
    };
    add(status::bad_request, true);
    add(status::unauthorized, private_access);
    add(status::forbidden, private_access || writes);
    add(status::not_found, operation.path.find('{') != std::string_view::npos);
    add(status::precondition_failed, operation.versioned);
    add(status::payload_too_large, operation.upload_limit != nullptr);
    add(status::unsupported_media_type, operation.request != nullptr);
    add(status::unprocessable_entity, writes);
    add(status::precondition_required, operation.versioned);
    add(status::too_many_requests, writes && !private_access && !operation.unpaced);
    add(status::service_unavailable, writes || std::holds_alternative<SlowHandler>(operation.handler));
    add(status::insufficient_storage, writes);
    std::ranges::sort(problems);
    return problems;
}

json::object responses_of(Operation const& operation) {
    auto const code = [](status of) { return std::to_string(static_cast<unsigned>(of)); };
    json::object responses{{code(operation.success), success_of(operation)}};
    for (auto const problem : problems_of(operation)) {
        json::object content{{"application/problem+json", {{"schema", reference("Problem")}}}};
        responses.emplace(
            code(problem),
            json::object{{"description", http::problem_title(problem).title}, {"content", std::move(content)}}
        );
    }
    return responses;
}

json::array codes_of(workflow::RoleSet roles) {
    json::array codes;
    for (auto const& role : workflow::kRoles) {
        if (roles.has(role.value)) codes.push_back(json::value(role.code));
    }
    return codes;
}

json::object operation_json(Operation const& operation) {
    json::object result{
        {"operationId", operation.id},
        {"summary", operation.summary},
        {"tags", {operation.tag}},
        {"responses", responses_of(operation)}};
    if (!operation.roles.empty()) {
        result.emplace("description", "需要的角色：" + workflow::names_of(operation.roles) + "。");
        result.emplace("x-roles", codes_of(operation.roles));
    }
    if (auto parameters = parameters_of(operation); !parameters.empty()) {
        result.emplace("parameters", std::move(parameters));
    }
    if (operation.request != nullptr) {
        result.emplace(
            "requestBody",
            json::object{{"required", true}, {"content", {{"application/json", {{"schema", operation.request()}}}}}}
        );
    } else if (operation.upload_limit != nullptr) {
        json::object file{{"type", "string"}, {"contentMediaType", "application/octet-stream"}};
        result.emplace(
            "requestBody",
            json::object{{"required", true}, {"content", {{"application/octet-stream", {{"schema", std::move(file)}}}}}}
        );
    }
    json::array security;
    if (operation.who != Who::Anyone) {
        json::object needed{{"session", json::array{}}};
        if (operation.method != verb::get) needed.emplace("csrf", json::array{});
        security.push_back(std::move(needed));
    }
    result.emplace("security", std::move(security));
    return result;
}

std::string method_name(verb method) {
    std::string name(boost::beast::http::to_string(method));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

/// Made once: the operations do not change while the program runs.
struct Document {
    Document()
        : body(json::serialize(openapi_document())),
          tag('"' + storage::to_hex(storage::sha256({storage::as_bytes(body)})).substr(0, 16) + '"') {}
    std::string body;
    std::string tag;
};

Answer read_openapi(Services&, Call& call) {
    static Document const document;
    http::Response response;
    response.set("ETag", document.tag).set("Cache-Control", "no-cache");
    if (call.request.header(http::field::if_none_match) == document.tag) {
        response.status = status::not_modified;
        return response;
    }
    response.content_type = "application/json";
    response.body = document.body;
    return response;
}

/// Moves what named() defines to `components`.
void collect_components(json::value& part, json::object& components) {
    if (auto* list = part.if_array()) {
        for (auto& each : *list) collect_components(each, components);
    }
    auto* object = part.if_object();
    if (object == nullptr) return;
    if (auto const* found = object->if_contains(kDefinition)) {
        auto definition = *found;
        object->erase(kDefinition);
        collect_components(definition, components);
        auto const name = object->at("$ref").as_string().subview(kComponents.size());
        auto const [known, fresh] = components.emplace(name, definition);
        if (!fresh && known->value() != definition) {
            throw std::logic_error("two schemas have the name " + std::string(name));
        }
    }
    for (auto& member : *object) collect_components(member.value(), components);
}

}  // namespace

json::object openapi_document() {
    json::array tags;
    for (auto const& [name, description] : kTags) {
        tags.push_back(json::object{{"name", name}, {"description", description}});
    }
    json::value described(json::object_kind);
    auto& paths = described.as_object();
    for (Operation const& operation : operations()) {
        auto& path = paths[operation.path];
        if (!path.is_object()) path = json::object();
        path.as_object().emplace(method_name(operation.method), operation_json(operation));
    }
    json::object components;
    json::value problem = problem_schema();
    collect_components(problem, components);
    collect_components(described, components);
    json::object schemes{
        {"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-sid"}}},
        {"csrf", {{"type", "apiKey"}, {"in", "header"}, {"name", "X-CSRF-Token"}}}};
    return {
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "依申请公开办理系统"},
          {"version", "1.0.0"},
          {"description", "《政府信息公开条例》依申请公开的接口。日期为 Asia/Shanghai 的当地日期。"},
          {"license", {{"name", "Proprietary"}, {"identifier", "LicenseRef-Proprietary"}}}}},
        {"servers", json::array{json::object{{"url", "/"}}}},
        {"tags", std::move(tags)},
        {"paths", std::move(described)},
        {"components", {{"schemas", std::move(components)}, {"securitySchemes", std::move(schemes)}}}};
}

std::vector<Operation> openapi_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/openapi.json",
         .id = "readOpenapi",
         .summary = "本接口的 OpenAPI 说明",
         .tag = "operation",
         .who = Who::Anyone,
         .handler = read_openapi,
         .response = any_object},
    };
}

}  // namespace server::api
