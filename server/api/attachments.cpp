#include "storage/files.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <utility>
#include <vector>

#include "server/api/case_access.hpp"
#include "server/api/file_types.hpp"
#include "server/api/input.hpp"
#include "server/api/resources.hpp"
#include "server/api/writing.hpp"

namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using workflow::Result;

constexpr std::size_t kFilesPerCase = 50;
constexpr std::size_t kPiece = 64 * 1024;

http::Problem refused_file(std::string code, std::string detail) {
    std::vector<workflow::FieldError> errors;
    errors.push_back({"/name", std::move(code), std::move(detail)});
    return invalid_input(std::move(errors));
}

boost::system::result<std::string, http::Problem> file_name(Call const& call) {
    auto const name = clean_name(call.request.query("name").value_or(""));
    if (!name) return refused_file("bad_name", "请在 ?name= 中给出文件名:不超过120个字,不含不可见的字符。");
    if (file_type(*name) == nullptr) {
        return refused_file("type_not_accepted", "不接受这种文件,可以上传的有:" + accepted_types() + "。");
    }
    return *name;
}

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

/// The body, piece by piece, into the store of files; null where the content is not what the name says.
net::awaitable<std::optional<storage::Files::Writer::Stored>> store_body(
    Services& services, http::BodyReader& body, FileType const& type
) {
    std::vector<char> buffer(kPiece);
    auto have = co_await fill(body, buffer);
    std::string_view const first(buffer.data(), std::min(have, kFirstBytes));
    if (first.empty() || !type.fits(first)) co_return std::nullopt;
    storage::Files::Writer writer(services.store.files());
    while (have > 0) {
        auto write = [&writer, &buffer, have] { writer.write(std::span(buffer).first(have)); };
        co_await offload(services.pool.threads(), std::move(write));
        have = co_await fill(body, buffer);
    }
    auto finish = [&writer] { return writer.finish(); };
    co_return co_await offload(services.pool.threads(), std::move(finish));
}

net::awaitable<Answer> upload(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const name = file_name(call);
    if (!name) co_return name.error();
    if (found->stored.facts.attachments.size() >= kFilesPerCase) {
        co_return refused_file("too_many_files", "一件申请最多上传" + std::to_string(kFilesPerCase) + "个文件。");
    }
    FileType const& type = *file_type(*name);
    auto const stored = co_await store_body(services, *call.request.body_reader, type);
    if (!stored) co_return refused_file("content_differs", "文件是空的,或者内容与扩展名不符。");

    workflow::Command command;
    command.action = workflow::Action::Attach;
    command.payload = workflow::Attachment{
        *name, workflow::Code{std::string(type.media_type)}, stored->size, workflow::Code{stored->sha256}};
    auto const& id = found->stored.id;
    std::function<Result<Created>(Connection&)> make = [&services, &call, &command, &id](Connection& connection
                                                       ) -> Result<Created> {
        auto const made = services.store.cases().act(connection, id, std::nullopt, command, call.actor, call.now);
        if (!made) return made.error();
        auto const& files = made->facts.attachments;
        JsonWriter json;
        write_attachment(json, files.back(), id, files.size());
        return Created{"/api/v1/cases/" + id + "/attachments/" + std::to_string(files.size()), json.take()};
    };
    co_return co_await created(services, call, *name + '\n' + stored->sha256, std::move(make));
}

/// Staff see every file of a case, its applicant those handed in by applicants.
bool may_read(Services& services, Call const& call, VisibleCase const& found, std::size_t number) {
    if (call.account != nullptr) return true;
    auto const own = applicants_files(services, services.reader, found.stored);
    return std::ranges::find(own, number) != own.end();
}

http::BodySource source_of(Services& services, workflow::Attachment const& file) {
    auto reader = std::make_shared<storage::Files::Reader>(services.store.files(), file.sha256.value);
    auto read = [reader = std::move(reader), &services](std::span<char> buffer) {
        return offload(services.pool.threads(), [reader, buffer] { return reader->read(buffer); });
    };
    return {.read = std::move(read), .size = static_cast<std::uint64_t>(file.size)};
}

Answer download(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) return found.error();
    auto const& files = found->stored.facts.attachments;
    auto const text = call.parameter(1);
    std::size_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const known =
        error == std::errc() && end == text.data() + text.size() && number >= 1 && number <= files.size();
    if (!known || !may_read(services, call, *found, number)) return not_found("file_not_found", "没有找到这个文件。");

    auto const& file = files[number - 1];
    http::Response response;
    response.content_type = file.media_type.value;
    response.stream = source_of(services, file);
    response.set("Content-Disposition", "attachment; filename*=UTF-8''" + percent_encoded(file.name));
    response.set("Content-Security-Policy", "default-src 'none'; sandbox");
    return response;
}

std::optional<std::uint64_t> upload_limit(Config const& config) { return config.upload_bytes; }

}  // namespace

std::vector<Operation> attachment_operations() {
    return {
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/attachments",
         .id = "uploadAttachment",
         .summary = "上传材料",
         .tag = "attachments",
         .who = Who::StaffOrApplicant,
         .handler = upload,
         .response = attachment_schema,
         .success = http::status::created,
         .query = {{.name = "name", .description = "文件名", .required = true}},
         .creates = true,
         .upload_limit = upload_limit},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/attachments/{n}",
         .id = "readAttachment",
         .summary = "下载材料",
         .tag = "attachments",
         .who = Who::StaffOrApplicant,
         .handler = download,
         .produces = "application/octet-stream"},
    };
}

}  // namespace server::api
