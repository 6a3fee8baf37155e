#include "storage/papers/annual_reports.hpp"

#include <algorithm>
#include <utility>

#include "server/api/kit/writing.hpp"
#include "server/api/reports/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/api/supervision/report_access.hpp"
#include "server/reports/annual_report.hpp"

/// 年度报告: figures, the part that is typed in, publication and corrections.
namespace server::api {
namespace {

using http::Problem;
using http::verb;
using storage::Connection;
using storage::ReportKey;
using workflow::Result;

constexpr std::int64_t kFirstYear = 2000;
constexpr std::int64_t kLastYear = 2199;

/// Who completes and publishes a report; whoever reads one may also be a registrar.
constexpr workflow::RoleSet kReportPublishers{workflow::Role::OfficeHead, workflow::Role::Supervisor};

struct Publishing {
    std::optional<std::string> reason;
};

constexpr auto fields(std::type_identity<Publishing>) {
    return std::tuple{workflow::field("reason", &Publishing::reason, "更正的理由", {2, workflow::kLongText})};
}

// ---- what is asked for ---------------------------------------------------------------------------------------------

boost::system::result<ReportKey, Problem> report_key(Call const& call) {
    auto const year = query_number(call.request, "year", kFirstYear, kLastYear, workflow::year_of(call.today()));
    if (!year) return year.error();
    auto const reach = reach_of(call, call.request.query("agency"));
    if (!reach) return reach.error();
    ReportKey key{reach->agency, storage::ReportScope::Tree, static_cast<int>(*year)};
    bool const whole = reach->agencies.size() == call.directory->subtree(reach->agency).size();
    auto const asked = call.request.query("scope");
    auto const scope = asked ? workflow::parse<storage::ReportScope>(*asked) : std::nullopt;
    if (asked && !scope) return bad_request("bad_query", "查询参数 scope 只能是 tree 或 own。");
    // As `disclosure report annual`: with the agencies below, unless it is asked otherwise.
    key.scope = scope.value_or(storage::ReportScope::Tree);
    if (key.scope == storage::ReportScope::Tree && !whole) return out_of_reach();
    return key;
}

struct Reading {
    ReportKey key;
    std::optional<std::int64_t> version;
    std::optional<workflow::Date> as_of;
};

boost::system::result<Reading, Problem> read_wanted_report(Call const& call) {
    auto const key = report_key(call);
    if (!key) return key.error();
    Reading wanted{*key, {}, {}};
    if (call.request.query("version")) {
        auto const version = query_number(call.request, "version", 0, INT32_MAX, 0);
        if (!version) return version.error();
        wanted.version = *version;
    }
    if (auto const text = call.request.query("as_of"); text && !text->empty()) {
        wanted.as_of = workflow::parse_date(*text);
        if (!wanted.as_of || *wanted.as_of > call.today()) {
            return bad_request("bad_query", "查询参数 as_of 应当是不晚于今天的日期（YYYY-MM-DD）。");
        }
    }
    return wanted;
}

std::string file_name(ReportKey const& key, std::string_view format) {
    // 年度报告
    return "%E5%B9%B4%E5%BA%A6%E6%8A%A5%E5%91%8A-" + key.agency.value + "-" + std::to_string(key.year) + "." +
           std::string(format);
}

struct Format {
    std::string_view name;
    std::string_view media_type;
};
constexpr Format kJson{"json", "application/json"};
constexpr Format kWorkbook{"xlsx", media::kXlsx};
constexpr Format kPage{"html", "text/html; charset=utf-8"};

template <Format const& format>
net::awaitable<Answer> read_report(Services& services, Call& call) {
    auto const wanted = read_wanted_report(call);
    if (!wanted) co_return wanted.error();
    auto work = [&call, &wanted](Connection& connection) {
        auto const& [key, version, as_of] = *wanted;
        return reports::report_file(connection, *call.directory, key, format.name, version, as_of);
    };
    auto file = co_await services.pool.read(std::move(work));
    if (!file) co_return not_found("no_such_version", "没有发布过这一版年度报告。");
    auto response = http::text_response(http::status::ok, format.media_type, std::move(*file));
    if (&format == &kWorkbook) {
        response.set("Content-Disposition", "attachment; filename*=UTF-8''" + file_name(wanted->key, format.name));
    }
    co_return response;
}

// ---- what has been published ---------------------------------------------------------------------------------------

void write_publication(JsonWriter& json, storage::ReportPublication const& publication, Call const& call) {
    auto const* by = call.directory->staff(publication.by);
    json.open_object();
    json.member("version", publication.version).member("at", publication.at);
    json.member("by", publication.by).member("by_name", by == nullptr ? std::optional<std::string>() : by->name);
    json.member("reason", publication.reason).member("changes", publication.changes);
    json.close_object();
}

json::object publication_schema() {
    return ObjectSchema()
        .member<std::int64_t>("version", "第几版")
        .member<workflow::Instant>("at", "发布时间")
        .member_with_name<workflow::Code>("by", "发布人")
        .member<std::string>("reason", "更正的理由；首次发布时为空")
        .member<std::vector<storage::ReportChange>>("changes", "更正的数")
        .named("ReportPublication");
}

json::object publications_schema() {
    return ObjectSchema()
        .member("items", list_of(publication_schema()))
        .member<std::vector<storage::ReportChange>>("differences", "现在的数与最后发布的不同之处")
        .named("ReportPublications");
}

std::string publications_json(Connection& connection, ReportKey const& key, Call const& call) {
    storage::Transaction const snapshot(connection, storage::Access::read);
    auto const list = storage::publications_of(connection, key);
    std::vector<storage::ReportChange> differences;
    if (!list.empty()) {
        auto const now = reports::count_tables(connection, *call.directory, key);
        differences = storage::changes_between(list.back().tables, now);
    }
    JsonWriter json;
    json.open_object().key("items").open_list();
    for (auto const& publication : list) write_publication(json, publication, call);
    json.close_list().member("differences", differences).close_object();
    return json.take();
}

net::awaitable<Answer> list_published_reports(Services& services, Call& call) {
    auto const key = report_key(call);
    if (!key) co_return key.error();
    auto work = [&call, &key](Connection& connection) { return publications_json(connection, *key, call); };
    auto body = co_await services.pool.read(std::move(work));
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

// ---- writing -------------------------------------------------------------------------------------------------------

json::object typed_schema() {
    return ObjectSchema().member<std::int64_t>("version").members<workflow::TypedPart>().named("TypedReportPart");
}

net::awaitable<Answer> type_report(Services& services, Call& call) {
    auto const key = report_key(call);
    if (!key) co_return key.error();
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto const typed = read_body<workflow::TypedPart>(call.request.body);
    if (!typed) co_return typed.error();
    if (!workflow::is_amount(typed->table2.fees.value)) {
        std::vector<workflow::FieldError> errors;
        errors.push_back({"/table2/fees", "wrong_shape", "行政事业性收费应当是金额（万元），小数不超过六位。"});
        co_return invalid_input(std::move(errors));
    }
    std::function<Result<storage::TypedVersion>(Connection&)> work =
        [&services, &call, &key, &typed, &expected](Connection& connection) {
            auto const by = journal_author(call, kReportPublishers);
            auto& journal = services.store.journal();
            return storage::type_report(connection, journal, *key, *typed, *expected, by, call.now);
        };
    auto const stored = co_await commit_write<storage::TypedVersion>(services, std::move(work));
    if (!stored) co_return http::problem_of(stored.error());
    JsonWriter json;
    json.open_object().member("version", stored->version);
    json.members(stored->typed);
    json.close_object();
    auto response = http::text_response(http::status::ok, "application/json", json.take());
    response.set("ETag", version_tag(stored->version));
    co_return response;
}

Result<Created> publish(
    Services& services, Call const& call, ReportKey const& key, std::string reason, Connection& connection
) {
    auto const report = reports::count_report(connection, services.store.directory().pending(), key);
    std::vector<storage::ReportFile> files;
    for (std::string_view const format : reports::kReportFormats) {
        files.push_back({std::string(format), reports::render(report, format)});
    }
    auto const by = journal_author(call, kReportPublishers);
    auto const made = storage::publish_report(
        connection, services.store.journal(), key, report.tables, std::move(reason), files, by, call.now
    );
    if (!made) return made.error();
    JsonWriter json;
    write_publication(json, *made, call);
    std::string location = "/api/v1/reports/annual?agency=" + key.agency.value;
    location.append("&year=").append(std::to_string(key.year)).append("&scope=").append(workflow::code(key.scope));
    return Created{location + "&version=" + std::to_string(made->version), json.take()};
}

net::awaitable<Answer> publish_report(Services& services, Call& call) {
    auto const key = report_key(call);
    if (!key) co_return key.error();
    auto const form = read_body<Publishing>(call.request.body);
    if (!form) co_return form.error();
    std::function<Result<Created>(Connection&)> make = [&services, &call, &key, &form](Connection& connection) {
        return publish(services, call, *key, form->reason.value_or(""), connection);
    };
    std::string what = key->agency.value;
    what.append("/").append(workflow::code(key->scope)).append("/").append(std::to_string(key->year));
    co_return co_await create_once(services, call, what + '\n' + call.request.body, std::move(make));
}

// ---- the answer ----------------------------------------------------------------------------------------------------

json::object numbers(std::size_t count) {
    return {{"type", "array"}, {"items", answer_schema<std::int64_t>()}, {"minItems", count}, {"maxItems", count}};
}

json::object texts(std::size_t count) {
    return {{"type", "array"}, {"items", answer_schema<std::string>()}, {"minItems", count}, {"maxItems", count}};
}

json::object table3_schema() {
    auto const row =
        ObjectSchema()
            .member<std::string>("key")
            .member<std::string>("label")
            .member<std::string>("part", "所属的大项；没有时为空")
            .member<std::string>("group", "所属的部分；没有时为空")
            .member("cells", numbers(workflow::kTable3Columns))
            .member<std::string>("list", "GET /api/v1/cases 的查询字符串；再接上列的一段，列出的正是这一格的申请件")
            .named("Table3Row");
    return ObjectSchema()
        .member<std::string>("note", "左上角的说明")
        .member<std::string>("columns_title", "各列上方的标题")
        .member<std::string>("organisations", "第二至第六列上方的标题")
        .member("columns", texts(workflow::kTable3Columns))
        .member("column_lists", texts(workflow::kTable3Columns))
        .member("rows", list_of(row))
        .named("Table3");
}

json::object table4_schema(std::string_view name, json::object (*block)(std::size_t)) {
    ObjectSchema schema;
    for (std::string_view const key : workflow::kTable4Keys) schema.member(key, block(workflow::kTable4Columns.size()));
    return schema.named(name);
}

json::object annual_schema() {
    auto const check = ObjectSchema()
                           .member<std::string>("rule")
                           .member<std::string>("title")
                           .member<bool>("holds")
                           .member<std::string>("detail")
                           .named("EquationCheck");
    return ObjectSchema()
        .member<workflow::Code>("agency", "机关代码")
        .member<std::string>("agency_name", "机关")
        .member<storage::ReportScope>("scope")
        .member<int>("year", "年度")
        .member<std::optional<workflow::Date>>("as_of", "按这一天结束时的情况")
        .member<std::int64_t>("typed_version", "表二和总体情况的版本；0 为还没有填写")
        .member<std::string>("overview", "一、总体情况")
        .member<workflow::Table2>("table2")
        .member("table3", table3_schema())
        .member("table4", table4_schema("Table4", numbers))
        .member("table4_columns", texts(workflow::kTable4Columns.size()))
        .member("table4_lists", table4_schema("Table4Lists", texts))
        .member("checks", list_of(check))
        .named("AnnualReport");
}

std::vector<QueryParameter> which_report() {
    return {
        {"agency", "机关代码；省略时为本机关"},
        {"year", "年度；省略时为今年", whole_number(kFirstYear, kLastYear)},
        {"scope", "含下级机关，还是只有本机关", codes_schema<storage::ReportScope>()}};
}

std::vector<QueryParameter> which_version() {
    auto parameters = which_report();
    parameters.push_back(
        {"version", "已发布的第几版；0 为现在的数；省略时为最后发布的，没有发布过则为现在的数", whole_number(0)}
    );
    parameters.push_back({"as_of", "按这一天结束时的情况", answer_schema<workflow::Date>()});
    return parameters;
}

Operation reading_operation(std::string_view path, std::string_view id, std::string_view summary, SlowHandler handler) {
    return report_operation(path, id, summary, handler, which_version());
}

}  // namespace

std::vector<Operation> annual_report_operations() {
    auto json =
        reading_operation("/api/v1/reports/annual", "readAnnualReport", "年度报告：表二、表三、表四和勾稽关系", read_report<kJson>);
    json.response = annual_schema;
    auto workbook =
        reading_operation("/api/v1/reports/annual.xlsx", "readAnnualWorkbook", "年度报告的表格文件", read_report<kWorkbook>);
    workbook.produces = kWorkbook.media_type;
    auto page =
        reading_operation("/api/v1/reports/annual.html", "readAnnualPage", "年度报告的网页", read_report<kPage>);
    page.produces = "text/html";
    return {
        std::move(json),
        std::move(workbook),
        std::move(page),
        {.method = verb::put,
         .path = "/api/v1/reports/annual",
         .id = "typeAnnualReport",
         .summary = "填写表二和总体情况",
         .tag = "reports",
         .who = Who::Staff,
         .handler = type_report,
         .roles = kReportPublishers,
         .request = shape_schema<workflow::TypedPart>,
         .response = typed_schema,
         .query = which_report(),
         .problems = {http::status::not_found, http::status::bad_request},
         .versioned = true},
        {.method = verb::get,
         .path = "/api/v1/reports/annual/publications",
         .id = "listReportPublications",
         .summary = "年度报告的发布和更正",
         .tag = "reports",
         .who = Who::Staff,
         .handler = list_published_reports,
         .roles = kReportReaders,
         .response = publications_schema,
         .query = which_report(),
         .problems = {http::status::not_found, http::status::bad_request}},
        {.method = verb::post,
         .path = "/api/v1/reports/annual/publications",
         .id = "publishReport",
         .summary = "发布年度报告；已发布过的，写明理由予以更正",
         .tag = "reports",
         .who = Who::Staff,
         .handler = publish_report,
         .roles = kReportPublishers,
         .request = shape_schema<Publishing>,
         .response = publication_schema,
         .success = http::status::created,
         .query = which_report(),
         .problems = {http::status::not_found, http::status::conflict},
         .creates = true},
    };
}

}  // namespace server::api
