#include <memory>
#include <utility>
#include <vector>

#include "server/api/applicants/contact_check.hpp"
#include "server/api/applicants/operations.hpp"
#include "server/api/files/case_file.hpp"
#include "server/api/kit/writing.hpp"

namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using workflow::Result;

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kFirstBytes = 16;

/// Reads on until `buffer` is full or the body has ended; returns how much there is.
net::awaitable<std::size_t> fill(http::BodyReader& body, std::span<char> buffer) {
    std::size_t have = 0;
    while (have < buffer.size()) {
        auto const count = co_await body.read_some(buffer.subspan(have));
        if (count == 0) break;
        have += count;
    }
    co_return have;
}

/// Receives the body piece by piece; stops early where the beginning already contradicts the name.
net::awaitable<void> receive(Services& services, http::BodyReader& body, IncomingFile& file) {
    auto const bytes = std::make_unique_for_overwrite<char[]>(kPiece);  // takes no memory until it is written to
    std::span<char> const buffer(bytes.get(), kPiece);
    auto have = co_await fill(body, buffer);
    std::string_view const first(buffer.data(), std::min(have, kFirstBytes));
    bool const promising = files::begins_as(file.type().format, first);
    while (have > 0) {
        auto write = [&file, buffer, have] { file.write(buffer.first(have)); };
        co_await offload(services.pool.threads(), std::move(write));
        if (!promising) break;
        have = co_await fill(body, buffer);
    }
}

net::awaitable<Answer> upload(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    if (auto problem = refuses_files(services, services.reader, call, *found)) co_return std::move(*problem);
    auto const name = accepted_name(call.request.query("name").value_or(""));
    if (!name) co_return name.error();
    services.file_work.examinations.expect_room(asker(call));
    FileLoad const load{
        1, static_cast<std::int64_t>(call.request.content_length.value_or(services.config.upload_bytes))};
    auto const room = make_room(services, services.reader, call, found->stored, load);
    if (!room) co_return room.error();
    IncomingFile file(services, *name);
    co_await receive(services, *call.request.body_reader, file);
    auto taken = co_await take(services, call, file);
    if (!taken) co_return taken.error();

    auto const& id = found->stored.id;
    std::function<Result<Created>(Connection&)> make = [&services, &call, &taken, &id](Connection& connection
                                                       ) -> Result<Created> {
        auto const made = attach(services, connection, call, id, *taken);
        if (!made) return made.error();
        storage::FileRef const ref{id, static_cast<std::int64_t>(made->facts.attachments.size())};
        auto const kept = services.store.case_files().find(connection, ref);
        return Created{
            "/api/v1/cases/" + id + "/attachments/" + std::to_string(ref.n),
            case_file_json(taken->attachment, ref, kept)};
    };
    co_return co_await create_once(services, call, *name + '\n' + taken->attachment.sha256.value, std::move(make));
}

Answer list_files(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) return found.error();
    auto const kept = services.store.case_files().of_case(services.reader, found->stored.id);
    JsonWriter json;
    json.open_object().key("items").open_list();
    std::int64_t n = 0;
    for (auto const& attachment : found->stored.facts.attachments) {
        storage::FileRef const ref{found->stored.id, ++n};
        auto const own = std::ranges::find(kept, ref, &storage::KeptFile::file);
        json.value(CaseFileView{attachment, ref, own == kept.end() ? nullptr : &*own});
    }
    json.close_list().close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

Answer read_attachment(Services& services, Call& call) {
    auto const file = readable_file(services, services.reader, call);
    if (!file) return file.error();
    return download(services, call.request, file->attachment);
}

std::optional<std::uint64_t> upload_limit(Config const& config) { return config.upload_bytes; }

}  // namespace

std::vector<Operation> attachment_operations() {
    return {
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/attachments",
         .id = "uploadAttachment",
         .summary = "上传材料（严禁上传涉密内容）",
         .tag = "attachments",
         .who = Who::StaffOrApplicant,
         .handler = upload,
         .response = answer_schema<CaseFileView>,
         .success = http::status::created,
         .query = {{.name = "name", .description = "文件名", .required = true}},
         .problems = {http::status::conflict, http::status::too_many_requests},
         .creates = true,
         .upload_limit = upload_limit},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/attachments",
         .id = "listAttachments",
         .summary = "材料及其状态",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = list_files,
         .response = [] { return items_of("CaseFileList", answer_schema<CaseFileView>()); }},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/attachments/{n}",
         .id = "readAttachment",
         .summary = "下载材料，可以分段续传",
         .tag = "attachments",
         .who = Who::StaffOrApplicant,
         .handler = read_attachment,
         .problems = {http::status::conflict, http::status::range_not_satisfiable},
         .produces = "application/octet-stream"},
    };
}

}  // namespace server::api
