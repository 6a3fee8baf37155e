#include "server/api/openapi.hpp"

#include "storage/sha256.hpp"

#include <boost/beast/http/verb.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "server/api/resources.hpp"

namespace server::api {
namespace {

namespace json = boost::json;
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
    Tag{"attachments", "材料"},
    Tag{"journal", "审计日志及其证明"},
    Tag{"calendar", "工作日历"},
    Tag{"departments", "内设机构"},
    Tag{"staff", "账号"},
    Tag{"settings", "各机关的设置"},
    Tag{"operation", "运行状态和接口说明"},
};

json::object reference(std::string_view to) { return {{"$ref", to}}; }

json::object text(std::string_view description = {}) {
    json::object schema{{"type", "string"}};
    if (!description.empty()) schema.emplace("description", description);
    return schema;
}

/// Of a problem+json answer (RFC 9457) with the members this service adds.
json::object problem_schema() {
    json::object error{
        {"type", "object"},
        {"required", {"pointer", "code", "detail"}},
        {"properties",
         {{"pointer", text("JSON pointer (RFC 6901)")}, {"code", text()}, {"detail", text("给填写人看的一句话")}}}};
    return {
        {"type", "object"},
        {"required", {"type", "title", "status", "detail", "code"}},
        {"properties",
         {{"type", text()},
          {"title", text()},
          {"status", {{"type", "integer"}}},
          {"detail", text("一句话说明")},
          {"code", text("稳定的英文代码")},
          {"instance", text("跟踪编号")},
          {"article", text("所依据的条文")},
          {"errors", {{"type", "array"}, {"items", std::move(error)}}},
          {"state", text("409:申请件现在的状态")},
          {"allowed_actions", {{"type", "array"}, {"items", text()}, {"description", "409:现在可以做的"}}},
          {"current", {{"type", "object"}, {"description", "412:现在的申请件"}}}}}};
}

json::object problem_answer(std::string_view description) {
    return {
        {"description", description},
        {"content", {{"application/problem+json", {{"schema", reference("#/components/schemas/Problem")}}}}}};
}

/// The parameters in braces of a path.
void add_path_parameters(json::array& parameters, std::string_view path) {
    for (auto open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1)) {
        auto const name = path.substr(open + 1, path.find('}', open) - open - 1);
        parameters.push_back(json::object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", text()}});
    }
}

json::object header(std::string_view name, bool required, std::string_view description) {
    return {{"name", name}, {"in", "header"}, {"required", required}, {"description", description}, {"schema", text()}};
}

json::array parameters_of(Operation const& operation) {
    json::array parameters;
    add_path_parameters(parameters, operation.path);
    for (auto const& [name, description] : operation.query) {
        parameters.push_back(json::object{
            {"name", name}, {"in", "query"}, {"description", description}, {"schema", text()}});
    }
    if (operation.versioned) parameters.push_back(header("If-Match", true, "您看到的版本,例如 \"3\""));
    if (operation.creates) {
        parameters.push_back(header("Idempotency-Key", false, "同一个键再次提交,得到第一次的回答"));
    }
    return parameters;
}

json::object success_of(Operation const& operation) {
    json::object answer{{"description", operation.summary}};
    if (operation.success == http::status::no_content) return answer;
    auto const schema = operation.response != nullptr ? operation.response() : json::object{{"type", "object"}};
    bool const is_json = operation.produces == "application/json";
    answer.emplace("content", json::object{{operation.produces, {{"schema", is_json ? schema : text()}}}});
    return answer;
}

json::object responses_of(Operation const& operation) {
    json::object responses{{std::to_string(static_cast<unsigned>(operation.success)), success_of(operation)}};
    bool const writes = operation.method != verb::get;
    auto const add = [&](std::string_view status, bool when, std::string_view description) {
        if (when) responses.emplace(status, problem_answer(description));
    };
    bool const private_access = operation.who != Who::Anyone;
    add("400", true, "请求格式不正确");
    add("401", private_access || operation.id == "signIn", "没有登录,或登录信息不正确");
    add("403", private_access || writes, "无权办理");
    add("404", operation.path.find('{') != std::string_view::npos || operation.who == Who::Applicant, "没有找到");
    add("409", operation.id == "actOnCase" || operation.id == "actOnOwnCase", "当前状态不允许");
    add("412", operation.versioned, "内容已被他人更新");
    add("413", operation.upload_limit != nullptr, "文件过大");
    add("415", operation.request != nullptr, "不是 JSON");
    add("422", writes, "填写的内容有误");
    add("428", operation.versioned, "缺少 If-Match");
    add("429", operation.id == "signIn" || operation.id == "openTracking", "次数过多");
    add("503", writes, "系统暂时无法处理");
    return responses;
}

json::object operation_json(Operation const& operation) {
    json::object result{
        {"operationId", operation.id},
        {"summary", operation.summary},
        {"tags", {operation.tag}},
        {"responses", responses_of(operation)}};
    if (!operation.roles.empty()) {
        result.emplace("description", "需要的角色:" + workflow::names_of(operation.roles) + "。");
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
        response.status = http::status::not_modified;
        return response;
    }
    response.content_type = "application/json";
    response.body = document.body;
    return response;
}

}  // namespace

json::object openapi_document() {
    json::array tags;
    for (auto const& [name, description] : kTags) {
        tags.push_back(json::object{{"name", name}, {"description", description}});
    }
    json::object paths;
    for (Operation const& operation : operations()) {
        auto& path = paths[operation.path];
        if (!path.is_object()) path = json::object();
        path.as_object().emplace(method_name(operation.method), operation_json(operation));
    }
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
        {"paths", std::move(paths)},
        {"components", {{"schemas", {{"Problem", problem_schema()}}}, {"securitySchemes", std::move(schemes)}}}};
}

std::vector<Operation> openapi_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/openapi.json",
         .id = "readOpenapi",
         .summary = "本接口的 OpenAPI 说明",
         .tag = "operation",
         .who = Who::Anyone,
         .handler = read_openapi},
    };
}

}  // namespace server::api
