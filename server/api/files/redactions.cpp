#include "workflow/letters/redaction_note.hpp"

#include <charconv>
#include <utility>

#include "server/api/files/case_file.hpp"
#include "server/api/files/operations.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/shapes/input.hpp"
#include "server/files/pdf_pages.hpp"
#include "server/letters/pdf.hpp"

/// Blacking out (条例第三十七条): pictures of the pages to mark areas on, and the PDF that is made of them.
namespace server::api {
namespace {

using http::verb;
using storage::Connection;

http::Problem not_pages() {
    return http::Problem{
        .status = http::status::conflict,
        .code = "no_pages",
        .detail = "只有 PDF 可以涂黑（最多" + std::to_string(files::kMostPages) + "页）；其他文件请先转成 PDF。"};
}

/// The answer when pages could not be rendered.
http::Problem pages_not_made(files::ChildOutcome const& outcome, http::Problem const& otherwise) {
    if (outcome.gave_up()) return otherwise;
    if (outcome.says_nothing()) {
        return http::Problem{
            .status = http::status::service_unavailable,
            .code = "no_pictures",
            .detail = "服务器现在不能生成页面的图像，请稍后再试；如果还是这样，请联系管理员。"};
    }
    return http::Problem{
        .status = http::status::conflict,
        .code = "page_too_complex",
        .detail = "这个文件的页面过于复杂，不能生成图像。请重新打印成 PDF 后再上传。"};
}

bool is_pdf(workflow::Attachment const& attachment) {
    return files::file_type(attachment.name)->format == files::Format::Pdf;
}

net::awaitable<Answer> read_pages(Services& services, Call& call) {
    auto const file = readable_file(services, services.reader, call);
    if (!file) co_return file.error();
    if (!is_pdf(file->attachment)) co_return not_pages();
    auto count = [&services, &file] {
        return files::page_count(files::plain_copy(services.store.files(), file->attachment.sha256.value));
    };
    auto const pages = co_await services.file_work.pictures.run(asker(call), std::move(count));
    if (!pages) co_return pages_not_made(pages.error(), not_pages());
    if (*pages > files::kMostPages) co_return not_pages();
    JsonWriter json;
    json.open_object().member("count", *pages).close_object();
    co_return http::text_response(http::status::ok, "application/json", json.take());
}

json::object pages_schema() { return ObjectSchema().member<int>("count", "页数").named("FilePages"); }

net::awaitable<Answer> read_page(Services& services, Call& call) {
    auto const file = readable_file(services, services.reader, call);
    if (!file) co_return file.error();
    auto const text = call.parameter(2);
    int number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const is_page =
        error == std::errc() && end == text.data() + text.size() && number >= 1 && number <= files::kMostPages;
    if (!is_page || !is_pdf(file->attachment)) co_return not_found("page_not_found", "没有这一页。");
    auto render = [&services, &file, number] {
        return files::page_png(files::plain_copy(services.store.files(), file->attachment.sha256.value), number);
    };
    auto const png = co_await services.file_work.pictures.run(asker(call), std::move(render));
    if (!png) co_return pages_not_made(png.error(), not_found("page_not_found", "没有这一页。"));
    http::Response response;
    response.content_type = "image/png";
    response.body = *png;
    co_return response;
}

net::awaitable<Answer> redact(Services& services, Call& call) {
    auto const file = readable_file(services, services.reader, call);
    if (!file) co_return file.error();
    auto const wanted = read_body<workflow::Redaction>(call.request.body);
    if (!wanted) co_return wanted.error();
    if (!is_pdf(file->attachment)) co_return not_pages();
    auto make = [&services, &file, &wanted] {
        return files::black_out(files::plain_copy(services.store.files(), file->attachment.sha256.value), *wanted);
    };
    auto made = co_await services.file_work.long_checks.run(asker(call), std::move(make));
    if (!made) co_return pages_not_made(made.error(), not_pages());
    auto const name = files::derived_name(file->attachment.name, "（区分处理）");
    co_return co_await derive(services, call, *file, name, *std::move(made), *wanted);
}

/// What was blacked out in the file of the path, where it was made by blacking out.
boost::system::result<workflow::Redaction, http::Problem> redaction_of(Services& services, FoundFile const& file) {
    auto redaction = services.store.case_files().redaction(services.reader, file.ref);
    if (!redaction) return not_found("not_redacted", "这个文件没有作过涂黑处理。");
    return *redaction;
}

Answer read_redaction(Services& services, Call& call) {
    auto const file = visible_file(services, services.reader, call);
    if (!file) return file.error();
    auto const redaction = redaction_of(services, *file);
    if (!redaction) return redaction.error();
    JsonWriter json;
    json.value(*redaction);
    return http::text_response(http::status::ok, "application/json", json.take());
}

net::awaitable<Answer> read_note(Services& services, Call& call) {
    auto const file = visible_file(services, services.reader, call);
    if (!file) co_return file.error();
    auto const redaction = redaction_of(services, *file);
    if (!redaction) co_return redaction.error();
    auto render = [&services, &file, &redaction] {
        auto const note = workflow::redaction_note(file->attachment.name, *redaction);
        return letters::render_pdf(note, services.config.letter_fonts);
    };
    auto pages = co_await offload(services.pool.threads(), std::move(render));
    auto response = http::text_response(http::status::ok, "application/pdf", std::move(pages));
    as_download(response, files::derived_name(file->attachment.name, "的删除说明", ".pdf"));
    co_return response;
}

}  // namespace

std::vector<Operation> redaction_operations() {
    constexpr auto kPreparers = workflow::table::kCaseRoles;
    return {
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/attachments/{n}/pages",
         .id = "countPages",
         .summary = "文件的页数",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = read_pages,
         .response = pages_schema,
         .problems = {http::status::conflict}},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/attachments/{n}/pages/{page}.png",
         .id = "readPage",
         .summary = "一页的图像",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = read_page,
         .problems = {http::status::conflict},
         .produces = "image/png"},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/attachments/{n}/redactions",
         .id = "redactFile",
         .summary = "涂黑后重新生成",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = redact,
         .roles = kPreparers,
         .request = shape_schema<workflow::Redaction>,
         .response = answer_schema<CaseFileView>,
         .success = http::status::created,
         .problems = {http::status::conflict, http::status::too_many_requests},
         .creates = true},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/attachments/{n}/redaction",
         .id = "readRedaction",
         .summary = "涂黑的区域",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = read_redaction,
         .response = answer_schema<workflow::Redaction>},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/attachments/{n}/redaction.pdf",
         .id = "readRedactionNote",
         .summary = "删除说明：涂黑的区域和依据",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = read_note,
         .produces = "application/pdf"},
    };
}

}  // namespace server::api
