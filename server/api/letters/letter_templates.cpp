#include "storage/papers/document_json.hpp"
#include "workflow/letters/letter_sample.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <optional>
#include <utility>

#include "server/api/cases/case_access.hpp"
#include "server/api/kit/master_data.hpp"
#include "server/api/letters/letter_json.hpp"
#include "server/api/letters/operations.hpp"
#include "server/api/shapes/document_schema.hpp"
#include "server/config/issuer.hpp"
#include "server/letters/fonts.hpp"
#include "server/letters/pdf.hpp"

/// The texts of the letters: read, changed with versions, and tried on a case.
namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using storage::TemplateVersion;
using workflow::LetterKind;
using workflow::LetterTemplate;

/// Those responsible for the texts read them; only the administrator changes them.
constexpr workflow::RoleSet kTemplateReaders =
    kSystemAdmin | workflow::RoleSet{workflow::Role::OfficeHead, workflow::Role::LegalReviewer};

boost::system::result<LetterKind, http::Problem> kind_of(Call const& call) {
    auto const kind = workflow::parse<LetterKind>(call.parameter(0));
    if (!kind) return not_found("letter_kind_not_found", "没有这种文书。");
    return *kind;
}

// ---- reading -------------------------------------------------------------------------------------------------------

void write_summary(JsonWriter& json, workflow::LetterRule const& rule, TemplateVersion const& version) {
    json.member("kind", rule.kind).member("document", rule.document).member("addressee", rule.addressee);
    json.member("article", rule.article).member("remedy", rule.remedy);
    json.member("title", version.text.title).member("version", version.version).member("hash", version.hash);
}

ObjectSchema summary_members() {
    return ObjectSchema()
        .member<LetterKind>("kind", "文书")
        .member<std::string>("document", "文书编号")
        .member<workflow::Addressee>("addressee", "主送")
        .member<std::string>("article", "依据")
        .member<workflow::Remedy>("remedy", "救济途径")
        .member<std::string>("title", "标题")
        .member<std::int64_t>("version", "版本，0 为系统自带")
        .member("hash", digest_schema(), "标题和正文的 SHA-256");
}

Answer list_templates(Services& services, Call&) {
    JsonWriter json;
    json.open_object().key("items").open_list();
    for (auto const& rule : workflow::kLetterRules) {
        json.open_object();
        write_summary(json, rule, services.store.letters().letter_template(services.reader, rule.kind));
        json.close_object();
    }
    json.close_list().close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

void write_fields(JsonWriter& json, workflow::LetterRule const& rule) {
    json.key("fields").open_list();
    for (auto const& field : workflow::kLetterFields) {
        if (!fields_of(rule).has(field.value)) continue;
        json.open_object().member("name", field.code).member("label", field.label);
        json.member("required", rule.required.has(field.value)).member("alone", workflow::is_part(field.value));
        json.close_object();
    }
    json.close_list();
}

/// Who wrote a version and when, as its journal entry says.
void write_version(JsonWriter& json, TemplateVersion const& version, Connection& connection, Call const& call) {
    auto const entry = storage::read_entries(connection, version.entry, 1).front();
    auto const record = boost::json::parse(entry.record).as_object();
    auto const* staff = call.directory->staff({std::string(record.at("by").at("id").as_string())});
    json.open_object().member("version", version.version).member("hash", version.hash);
    json.member("title", version.text.title).member("body", version.text.body);
    json.member("at", std::string_view(record.at("at").as_string())).member("journal_seq", version.entry);
    json.member("by_name", staff != nullptr ? std::optional(staff->name) : std::nullopt).close_object();
}

http::Response template_response(Services& services, Call const& call, LetterKind kind) {
    auto& letters = services.store.letters();
    auto const current = letters.letter_template(services.reader, kind);
    JsonWriter json;
    json.open_object();
    write_summary(json, workflow::rule_of(kind), current);
    json.member("body", current.text.body).member("usual", workflow::usual_template(kind));
    write_fields(json, workflow::rule_of(kind));
    json.key("versions").open_list();
    for (auto const& version : letters.versions(services.reader, kind)) {
        write_version(json, version, services.reader, call);
    }
    json.close_list().close_object();
    auto response = http::text_response(http::status::ok, "application/json", json.take());
    response.set("ETag", version_tag(current.version));
    return response;
}

json::object template_schema() {
    auto const field = ObjectSchema()
                           .member<std::string>("name", "字段")
                           .member<std::string>("label", "含义")
                           .member<bool>("required", "必须写入")
                           .member<bool>("alone", "单独占一行")
                           .named("LetterField");
    auto const version = ObjectSchema()
                             .member<std::int64_t>("version", "版本")
                             .member("hash", digest_schema())
                             .member<std::string>("title", "标题")
                             .member<std::string>("body", "正文")
                             .member<workflow::Instant>("at", "时间")
                             .member<std::int64_t>("journal_seq", "日志序号")
                             .member<std::optional<std::string>>("by_name", "修改人")
                             .named("LetterTemplateVersion");
    return summary_members()
        .member<std::string>("body", "正文")
        .member<LetterTemplate>("usual", "系统自带的文本")
        .member("fields", list_of(field), "可以使用的字段")
        .member("versions", list_of(version), "历次版本，新的在前")
        .named("LetterTemplateDetail");
}

Answer read_template(Services& services, Call& call) {
    auto const kind = kind_of(call);
    if (!kind) return kind.error();
    return template_response(services, call, *kind);
}

// ---- changing ------------------------------------------------------------------------------------------------------

boost::system::result<LetterTemplate, http::Problem> read_text(Call const& call, LetterKind kind) {
    auto text = read_body<LetterTemplate>(call.request.body);
    if (!text) return text.error();
    if (auto errors = workflow::check_template(kind, *text); !errors.empty()) return invalid_input(std::move(errors));
    return text;
}

net::awaitable<Answer> put_template(Services& services, Call& call) {
    if (auto const elsewhere = kept_at_the_top(call)) co_return *elsewhere;
    auto const kind = kind_of(call);
    if (!kind) co_return kind.error();
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto const text = read_text(call, *kind);
    if (!text) co_return text.error();
    std::function<workflow::Result<TemplateVersion>(Connection&)> put =
        [&services, &call, &kind, &text, &expected](Connection& connection) {
            auto const by = journal_author(call, kSystemAdmin);
            return services.store.letters().put_template(connection, *kind, *text, *expected, by, call.now);
        };
    auto const stored = co_await commit_write<TemplateVersion>(services, std::move(put));
    if (!stored) co_return http::problem_of(stored.error());
    co_return template_response(services, call, *kind);
}

// ---- trying --------------------------------------------------------------------------------------------------------

struct Preview {
    workflow::Document document;
    std::vector<workflow::FieldError> missing;
};

Preview preview_of(LetterKind kind, LetterTemplate const& text, workflow::LetterFacts const& facts) {
    return {workflow::compose_preview(kind, text, facts), workflow::missing_fields(kind, facts)};
}

/// On a case of the caller's: as the last step that made such a letter left it, else as the case is now.
struct CasePreview {
    Services& services;
    VisibleCase const& found;
    LetterKind kind;
    LetterTemplate const& text;
    workflow::Date today;

    Preview operator()(Connection& connection) const {
        auto const issuer = issuer_of(*found.agency, services.config.public_url);
        auto& store = services.store;
        for (auto const& letter : store.letters().list(connection, found.stored.id)) {
            if (letter.kind != kind) continue;
            auto const step = store.cases().step(connection, found.stored.id, letter.event).value();
            return preview_of(
                kind,
                text,
                {step.after,
                 step.before,
                 step.event.payload,
                 issuer,
                 *found.calendar,
                 letter.dated,
                 letter.number,
                 letter.consultation}
            );
        }
        auto const& facts = found.stored.facts;
        workflow::Payload const nothing = workflow::Nothing{};
        return preview_of(kind, text, {facts, facts, nothing, issuer, *found.calendar, today});
    }
};

/// On the case that `?case=` names, if the caller may see it; without one on the made-up case.
net::awaitable<boost::system::result<Preview, http::Problem>> make_preview(
    Services& services, Call& call, LetterKind kind, LetterTemplate const& text
) {
    auto const id = call.request.query("case").value_or("");
    if (id.empty()) {
        auto const sample = workflow::sample_letter(kind);
        auto const calendar = services.store.calendar().current();
        co_return preview_of(kind, text, sample.facts(*calendar));
    }
    auto const found = visible_case(services, services.reader, call, id);
    if (!found) co_return found.error();
    CasePreview const job{services, *found, kind, text, call.today()};
    co_return co_await services.pool.read(job);
}

net::awaitable<Answer> preview_template(Services& services, Call& call) {
    auto const kind = kind_of(call);
    if (!kind) co_return kind.error();
    auto const text = read_text(call, *kind);
    if (!text) co_return text.error();
    auto const preview = co_await make_preview(services, call, *kind, *text);
    if (!preview) co_return preview.error();
    JsonWriter json;
    json.open_object();
    json.key("document").raw(json::serialize(storage::document_to_json(preview->document)));
    json.key("missing").open_list();
    for (auto const& [pointer, code, detail] : preview->missing) {
        json.open_object().member("pointer", pointer).member("code", code).member("detail", detail).close_object();
    }
    json.close_list().close_object();
    co_return http::text_response(http::status::ok, "application/json", json.take());
}

json::object preview_schema() {
    return ObjectSchema()
        .member("document", document_schema(), "文书")
        .member("missing", list_of(field_error_schema()), "这件申请还缺少的内容")
        .named("LetterPreview");
}

net::awaitable<Answer> preview_pages(Services& services, Call& call) {
    auto const kind = kind_of(call);
    if (!kind) co_return kind.error();
    auto const text = read_text(call, *kind);
    if (!text) co_return text.error();
    auto const preview = co_await make_preview(services, call, *kind, *text);
    if (!preview) co_return preview.error();
    auto const& fonts = services.config.letter_fonts;
    auto render = [&preview, &fonts] { return letters::render_pdf(preview->document, fonts); };
    auto pages = co_await offload(services.pool.threads(), std::move(render));
    co_return http::text_response(http::status::ok, "application/pdf", std::move(pages));
}

}  // namespace

std::vector<Operation> letter_template_operations() {
    constexpr std::string_view kList = "/api/v1/letter-templates";
    constexpr std::string_view kOne = "/api/v1/letter-templates/{kind}";
    std::vector<QueryParameter> const on_case{{"case", "申请件的 id；省略时用虚构的申请件"}};
    return {
        {.method = verb::get,
         .path = kList,
         .id = "listLetterTemplates",
         .summary = "文书模板",
         .tag = "letters",
         .who = Who::Staff,
         .handler = list_templates,
         .roles = kTemplateReaders,
         .response = [] { return items_of("LetterTemplates", summary_members().named("LetterTemplateSummary")); }},
        {.method = verb::get,
         .path = kOne,
         .id = "readLetterTemplate",
         .summary = "一种文书的模板、字段和历次版本",
         .tag = "letters",
         .who = Who::Staff,
         .handler = read_template,
         .roles = kTemplateReaders,
         .response = template_schema},
        {.method = verb::put,
         .path = kOne,
         .id = "putLetterTemplate",
         .summary = "修改文书模板，留下新的版本",
         .tag = "letters",
         .who = Who::Staff,
         .handler = put_template,
         .roles = kSystemAdmin,
         .request = shape_schema<LetterTemplate>,
         .response = template_schema,
         .versioned = true},
        {.method = verb::post,
         .path = "/api/v1/letter-templates/{kind}/preview",
         .id = "previewLetterTemplate",
         .summary = "用这个文本试制文书，不保存",
         .tag = "letters",
         .who = Who::Staff,
         .handler = preview_template,
         .roles = kTemplateReaders,
         .request = shape_schema<LetterTemplate>,
         .response = preview_schema,
         .query = on_case},
        {.method = verb::post,
         .path = "/api/v1/letter-templates/{kind}/preview.pdf",
         .id = "previewLetterTemplatePages",
         .summary = "同上，PDF",
         .tag = "letters",
         .who = Who::Staff,
         .handler = preview_pages,
         .roles = kTemplateReaders,
         .request = shape_schema<LetterTemplate>,
         .query = on_case,
         .produces = "application/pdf"},
    };
}

}  // namespace server::api
