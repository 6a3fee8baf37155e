#include <array>
#include <memory>

#include "server/api/applicants/contact_check.hpp"
#include "server/api/files/case_file.hpp"
#include "server/http/multipart.hpp"
#include "server/pages/kit/form.hpp"
#include "server/pages/own/own_case.hpp"
#include "server/pages/own/pages.hpp"

/// Where applicants add files to their own case: 授权委托书, 补正材料, 证明. Works without a script.
namespace server::pages {
namespace {

using http::status;
using http::verb;
using workflow::FieldError;
using workflow::Result;

constexpr std::string_view kFiles = "/track/files";

/// The result of one posted form: each file is taken or refused by itself.
struct Posted {
    std::vector<api::UploadRoom::Taken> room;  ///< the first is the form's own, with its bytes and one file
    std::size_t files = 0;                     ///< that have come to be examined
    std::vector<api::TakenFile> taken;
    std::vector<FieldError> errors;
};

http::Response show(Site& site, Visit& visit, storage::StoredCase const& stored, Posted const& posted, status code) {
    json::array taken;
    for (auto const& file : posted.taken) taken.push_back(json::value(file.attachment.name));
    json::object data{
        {"token", form_token(site.services, visit)},
        {"action", about_case(kFiles, stored.facts.number.value)},
        {"types", files::accepted_types()},
        {"most", site.services.config.files_per_step},
        {"size", site.services.config.upload_bytes / (1024 * 1024)},
        {"some_taken", !taken.empty()},
        {"taken", std::move(taken)},
        {"wrong", !posted.errors.empty()},
        {"errors", error_links(posted.errors, [](auto const&) { return std::string(); })}};
    add_case_frame(visit, stored.facts, data);
    return render(site, visit, "track/files", std::move(data), code);
}

Answer open_files(Site& site, Visit& visit) {
    auto const found = own_case(site, visit);
    if (!found) return see_other(address_of_door(named_case(visit)));
    if (found->contact_unchecked) return see_other(about_case(kContact, found->stored.facts.number.value));
    if (auto problem = api::refuses_files(site.services, site.services.reader, visit.call, *found)) return *problem;
    return show(site, visit, found->stored, {}, status::ok);
}

/// Adds why a file was refused, with its name, because the form has several.
void add_errors(Posted& posted, std::string_view name, http::Problem const& problem) {
    auto const line = [&](std::string const& detail) {
        posted.errors.push_back({"", problem.code, "“" + std::string(name) + "”：" + detail});
    };
    if (problem.errors.empty()) line(problem.detail);
    for (auto const& error : problem.errors) line(error.detail);
}

/// Room for one more file of the form.
std::optional<http::Problem> make_room_for_next(
    api::Services& services, api::Call const& call, storage::StoredCase const& stored, Posted& posted
) {
    if (++posted.files == 1) return std::nullopt;
    api::FileLoad const one{1, 0};
    auto room = api::make_room(services, services.reader, call, stored, one);
    if (!room) return room.error();
    posted.room.push_back(std::move(*room));
    return std::nullopt;
}

/// Takes in the file that the present part holds.
net::awaitable<void> take_part(
    Site& site,
    Visit const& visit,
    storage::StoredCase const& stored,
    http::MultipartReader& form,
    std::string const& given_name,
    Posted& posted
) {
    auto& services = site.services;
    auto const name = api::accepted_name(given_name);
    if (!name) {
        add_errors(posted, given_name, name.error());
        co_return;
    }
    if (auto const problem = make_room_for_next(services, visit.call, stored, posted)) {
        add_errors(posted, *name, *problem);
        co_return;
    }
    api::IncomingFile file(services, *name);
    constexpr std::size_t kPiece = 64 * 1024;
    auto const bytes = std::make_unique_for_overwrite<char[]>(kPiece);  // takes no memory until it is written to
    std::span<char> const piece(bytes.get(), kPiece);
    std::uint64_t size = 0;
    while (auto const got = co_await form.read_some(piece)) {
        size += got;
        if (size > services.config.upload_bytes) break;
        auto write = [&file, piece, got] { file.write(piece.first(got)); };
        co_await offload(services.pool.threads(), std::move(write));
    }
    if (size > services.config.upload_bytes) {
        posted.errors.push_back({"", "too_large", "“" + *name + "”太大，没有接收。"});
        co_return;
    }
    auto taken = co_await api::take(services, visit.call, file);
    if (taken) {
        posted.taken.push_back(std::move(*taken));
    } else {
        add_errors(posted, *name, taken.error());
    }
}

/// Attaches all accepted files in one job.
net::awaitable<Result<bool>> attach_all(Site& site, Visit& visit, std::string id, Posted& posted) {
    auto& services = site.services;
    std::function<Result<bool>(storage::Connection&)> work = [&](storage::Connection& connection) -> Result<bool> {
        for (auto& file : posted.taken) {
            auto const made = api::attach(services, connection, visit.call, id, file);
            if (!made) return made.error();
        }
        return true;
    };
    co_return co_await api::commit_write<bool>(services, std::move(work), 1024 * (1 + posted.taken.size()));
}

http::Problem expired_form() {
    return http::Problem{
        .status = status::forbidden,
        .code = "expired_form",
        .detail = "这个页面打开太久，或者浏览器没有保存 Cookie，所以没有提交成功。"};
}

/// Reads the form to its end; token and number come before the first file. False: it is not of this browser, or not
/// about the case of its page.
net::awaitable<bool> read_form(
    Site& site, Visit& visit, storage::StoredCase const& stored, http::MultipartReader& form, Posted& posted
) {
    auto const most = static_cast<std::size_t>(site.services.config.files_per_step);
    bool own = false;
    std::size_t count = 0;
    while (auto const part = co_await form.next()) {
        if (part->name == "token" || part->name == "number") {
            auto text = co_await form.read_text(200);
            visit.form.push_back({part->name, std::move(text)});
            own = has_form_token(site.services, visit) && !misdirected(visit);
        }
        if (!own || !part->file_name || part->file_name->empty()) continue;
        if (++count <= most) co_await take_part(site, visit, stored, form, *part->file_name, posted);
    }
    if (count > most) {
        auto detail = "一次最多上传" + std::to_string(most) + "个文件，多出的没有接收。";
        posted.errors.push_back({"", "too_many_files", std::move(detail)});
    }
    co_return own;
}

/// What the form announces, or the most it can be.
api::FileLoad load_of(http::Request const& request, Config const& config) {
    auto const most = config.upload_bytes * static_cast<std::uint64_t>(config.files_per_step);
    return {1, static_cast<std::int64_t>(request.content_length.value_or(most))};
}

/// The page again, where its files do not fit the case; nullopt: the refusal is none of the files.
std::optional<http::Response> refused_files(
    Site& site, Visit& visit, storage::StoredCase const& stored, http::Problem const& problem
) {
    if (problem.errors.empty()) return std::nullopt;
    Posted nothing;
    for (auto const& error : problem.errors) nothing.errors.push_back({"", error.code, error.detail});
    return show(site, visit, stored, nothing, problem.status);
}

net::awaitable<Answer> take_files(Site& site, Visit& visit) {
    auto const found = own_case(site, visit);
    if (!found) co_return see_other(address_of_door(named_case(visit)));
    auto& request = visit.call.request;
    auto const boundary = http::multipart_boundary(request.header(http::field::content_type));
    if (!boundary) {
        co_return http::Problem{
            .status = status::unsupported_media_type, .code = "not_a_form", .detail = "这里只接受网页表单。"};
    }
    auto& services = site.services;
    if (auto problem = api::refuses_files(services, services.reader, visit.call, *found)) co_return *std::move(problem);
    services.file_work.examinations.expect_room(api::asker(visit.call));
    auto const load = load_of(request, services.config);
    auto room = api::make_room(services, services.reader, visit.call, found->stored, load);
    if (!room) {
        if (auto page = refused_files(site, visit, found->stored, room.error())) co_return std::move(*page);
        co_return room.error();
    }
    Posted posted;
    posted.room.push_back(std::move(*room));
    http::MultipartReader form(*request.body_reader, *boundary);
    bool const own = co_await read_form(site, visit, found->stored, form, posted);
    if (!own) {
        auto const misled = has_form_token(services, visit) ? misdirected(visit) : std::nullopt;
        co_return misled.value_or(expired_form());
    }
    if (posted.taken.empty() && posted.errors.empty()) {
        posted.errors.push_back({"/files", "missing", "请选择要上传的文件。"});
    }
    auto const done = co_await attach_all(site, visit, found->stored.id, posted);
    if (!done) {
        auto const problem = http::problem_of(done.error());
        if (auto page = refused_files(site, visit, found->stored, problem)) co_return std::move(*page);
        co_return problem;
    }
    if (!posted.errors.empty()) co_return show(site, visit, found->stored, posted, status::unprocessable_entity);
    co_return see_other(about_case(kProgress, found->stored.facts.number.value) + "&done=files");
}

}  // namespace

std::vector<HtmlPage> own_file_pages() {
    return {
        {verb::get, kFiles, open_files},
        {.method = verb::post, .path = kFiles, .handler = take_files, .with_files = true},
    };
}

}  // namespace server::pages
