#include "workflow/letters/sheets.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include "server/api/cases/case_access.hpp"
#include "server/api/letters/letter_json.hpp"
#include "server/api/letters/operations.hpp"
#include "server/api/letters/sheet_source.hpp"
#include "server/delivery/deliveries.hpp"
#include "server/files/file_type.hpp"
#include "server/letters/docx.hpp"
#include "server/letters/pdf.hpp"
#include "server/runtime/offload.hpp"

/// The frozen letters of a case, and the sheets of its file, which are made on request.
namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using storage::StoredLetter;

constexpr auto kLetterReaders = workflow::table::kCaseRolesAndApplicant;

/// A paper to keep, never to be run in the browser.
void as_download(http::Response& response, std::string const& name) {
    response.set("Content-Disposition", "attachment; filename*=UTF-8''" + files::percent_encoded(name));
    response.set("Content-Security-Policy", "default-src 'none'; sandbox");
}

http::Response download(std::string_view type, std::string const& name, std::string body) {
    auto response = http::text_response(http::status::ok, type, std::move(body));
    as_download(response, name);
    return response;
}

// ---- letters -------------------------------------------------------------------------------------------------------

/// Staff see every letter of the case, its applicant those that have been sent to them.
std::vector<StoredLetter> visible_letters(Services& services, Call const& call, storage::StoredCase const& stored) {
    auto& letters = services.store.letters();
    return call.account != nullptr ? letters.list(services.reader, stored.id)
                                   : applicants_letters(letters, services.reader, stored);
}

Answer list_letters(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) return found.error();
    JsonWriter json;
    json.open_object().key("items").open_list();
    for (auto const& letter : visible_letters(services, call, found->stored)) {
        json.value(LetterView{letter, found->stored.id});
    }
    auto const& outbox = services.store.outbox();
    auto const kind = storage::MessageKind::Letter;
    bool const making = call.account != nullptr && outbox.is_pending(services.reader, kind, found->stored.id);
    json.close_list().member("making", making).close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object letters_schema() {
    return ObjectSchema()
        .member("items", list_of(answer_schema<LetterView>()))
        .member<bool>("making", "还有文书正在制作，稍后再看")
        .named("Letters");
}

struct FoundLetter {
    VisibleCase in;
    StoredLetter letter;

    std::string name(std::string_view ending) const {
        return letter_file_name(in.stored.facts, workflow::label(letter.kind)).append(ending);
    }
};

boost::system::result<FoundLetter, http::Problem> frozen_letter(Services& services, Call const& call) {
    auto found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) return found.error();
    if (services.store.retention().standing(services.reader, found->stored.id).erasure) {
        return http::Problem{
            .status = http::status::gone, .code = "case_erased", .detail = "这件申请的个人信息已经销毁。"};
    }
    auto const text = call.parameter(1);
    std::int64_t n = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    auto const letters = visible_letters(services, call, found->stored);
    auto const letter = std::ranges::find(letters, n, &StoredLetter::n);
    if (error != std::errc() || end != text.data() + text.size() || letter == letters.end()) {
        return not_found("letter_not_found", "没有找到这份文书。");
    }
    if (!letter->frozen) {
        return http::Problem{
            .status = http::status::conflict, .code = "letter_not_ready", .detail = "这份文书正在制作，请稍后再试。"};
    }
    return FoundLetter{std::move(*found), *letter};
}

/// A reply to be downloaded counts as served when its applicant first fetches it.
void note_download(Services& services, Call const& call, FoundLetter const& found) {
    auto const& facts = found.in.stored.facts;
    auto const& outgoing = facts.dispatch ? facts.dispatch : facts.sending;
    bool const awaited = outgoing && outgoing->method == workflow::ObtainBy::Download && !facts.delivery;
    if (call.account != nullptr || !awaited || !workflow::rule_of(found.letter.kind).is_reply) return;
    auto work = [&store = services.store, id = found.in.stored.id, now = call.now](storage::Connection& connection
                ) -> workflow::Result<void> {
        auto const& rule = workflow::rule_of(workflow::Notification::ReplyToDownload);
        delivery::record_dispatch(store, connection, id, rule, now);
        delivery::record_acceptance(store, connection, id, std::nullopt, now);
        return {};
    };
    // If this is refused, it is recorded when the reply is fetched again.
    auto const whatever_becomes_of_it = [](storage::WriteOutcome const&) {};
    services.store.writes().submit(std::move(work), whatever_becomes_of_it, 1024, storage::Share::Service);
}

Answer read_pdf(Services& services, Call& call) {
    auto const found = frozen_letter(services, call);
    if (!found) return found.error();
    note_download(services, call, *found);
    auto const& frozen = *found->letter.frozen;
    auto reader = std::make_shared<storage::Files::Reader>(services.store.files(), frozen.sha256);
    auto read = [reader = std::move(reader), &services](std::span<char> buffer) {
        return offload(services.pool.threads(), [reader, buffer] { return reader->read(buffer); });
    };
    http::Response response;
    response.content_type = media::kPdf;
    response.stream = http::BodySource{.read = std::move(read), .size = static_cast<std::uint64_t>(frozen.size)};
    as_download(response, found->name(".pdf"));
    return response;
}

net::awaitable<Answer> read_docx(Services& services, Call& call) {
    auto const found = frozen_letter(services, call);
    if (!found) co_return found.error();
    auto make = [&services, &found](Connection& connection) {
        auto const document = services.store.letters().document(connection, found->in.stored.id, found->letter);
        return letters::render_docx(document.value());
    };
    auto pages = co_await services.pool.read(std::move(make));
    co_return download(media::kDocx, found->name(".docx"), std::move(pages));
}

// ---- sheets --------------------------------------------------------------------------------------------------------

net::awaitable<Answer> list_sheets(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto make = [&services, &call, &found](Connection& connection) {
        SheetSource const source(services, call, *found, connection);
        JsonWriter json;
        json.open_object().key("items").open_list();
        for (auto const kind : workflow::sheets_of(source.view())) {
            auto const address = "/api/v1/cases/" + found->stored.id + "/sheets/" + std::string(workflow::code(kind));
            json.open_object().member("kind", kind).member("pdf", address + ".pdf").close_object();
        }
        json.close_list().close_object();
        return json.take();
    };
    auto body = co_await services.pool.read(std::move(make));
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

net::awaitable<Answer> read_sheet(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const kind = workflow::parse<workflow::SheetKind>(call.parameter(1));
    if (!kind) co_return not_found("sheet_not_found", "没有这种内部表单。");
    auto make = [&services, &call, &found, &kind](Connection& connection) -> std::optional<std::string> {
        SheetSource const source(services, call, *found, connection);
        auto const filed = workflow::sheets_of(source.view());
        if (std::ranges::find(filed, *kind) == filed.end()) return std::nullopt;
        return letters::render_pdf(workflow::compose_sheet(*kind, source.view()), services.config.letter_fonts);
    };
    auto pages = co_await services.pool.read(std::move(make));
    if (!pages) co_return not_found("sheet_not_filed", "这件申请还没有这张表单。");
    auto name = letter_file_name(found->stored.facts, workflow::label(*kind)).append(".pdf");
    co_return download(media::kPdf, name, std::move(*pages));
}

json::object sheet_schema() {
    return ObjectSchema()
        .member<workflow::SheetKind>("kind", "表单")
        .member<std::string>("pdf", "PDF 的地址")
        .named("Sheet");
}

}  // namespace

std::vector<Operation> letter_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/letters",
         .id = "listLetters",
         .summary = "一件申请的文书；申请人只见发给自己的",
         .tag = "letters",
         .who = Who::StaffOrApplicant,
         .handler = list_letters,
         .response = letters_schema},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/letters/{n}.pdf",
         .id = "readLetterPdf",
         .summary = "定稿文书的 PDF",
         .tag = "letters",
         .who = Who::StaffOrApplicant,
         .handler = read_pdf,
         .roles = kLetterReaders,
         .problems = {http::status::conflict, http::status::gone},
         .produces = media::kPdf},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/letters/{n}.docx",
         .id = "readLetterDocx",
         .summary = "同一份文书的 DOCX",
         .tag = "letters",
         .who = Who::StaffOrApplicant,
         .handler = read_docx,
         .roles = kLetterReaders,
         .problems = {http::status::conflict, http::status::gone},
         .produces = media::kDocx},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/sheets",
         .id = "listSheets",
         .summary = "案卷里的内部表单",
         .tag = "letters",
         .who = Who::Staff,
         .handler = list_sheets,
         .roles = workflow::table::kCaseRoles,
         .response = [] { return items_of("Sheets", sheet_schema()); }},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/sheets/{kind}.pdf",
         .id = "readSheet",
         .summary = "一张内部表单，按现在的情况制作",
         .tag = "letters",
         .who = Who::Staff,
         .handler = read_sheet,
         .roles = workflow::table::kCaseRoles,
         .produces = media::kPdf},
    };
}

}  // namespace server::api
