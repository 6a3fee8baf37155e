#include "server/api/files/case_file.hpp"

#include "workflow/reply/secrecy.hpp"

#include <array>
#include <charconv>
#include <memory>
#include <ranges>
#include <utility>

#include "server/api/kit/overloaded.hpp"
#include "server/files/clamd.hpp"
#include "server/http/byte_range.hpp"
#include "server/http/peer.hpp"

namespace server::api {
namespace {

using workflow::FileState;

workflow::Refusal refusal_of_file(std::string code, std::string detail) {
    std::vector<workflow::FieldError> errors;
    errors.push_back({"/name", std::move(code), std::move(detail)});
    return {workflow::RefusalKind::Invalid, "invalid_input", "这个文件没有接收。", {}, std::move(errors)};
}

http::Problem refused_file(std::string code, std::string detail) {
    return http::problem_of(refusal_of_file(std::move(code), std::move(detail)));
}

http::Problem not_readable(FileState state) {
    return http::Problem{
        .status = http::status::conflict,
        .code = "file_not_available",
        .detail = "这个文件" + std::string(workflow::label(state)) + "，不能下载。"};
}

/// The number of files added since the last other step; copies made from files of the case do not count.
std::int64_t files_of_this_step(
    Services& services, storage::Connection& connection, storage::StoredCase const& stored
) {
    if (stored.facts.attachments.empty()) return 0;
    auto const kept = services.store.case_files().of_case(connection, stored.id);
    auto is_copy = [&kept, n = std::ssize(stored.facts.attachments)]() mutable {
        auto const own = std::ranges::find(kept, n--, [](auto const& each) { return each.file.n; });
        return own != kept.end() && own->source.has_value();
    };
    std::int64_t count = 0;
    auto const events = services.store.cases().timeline(connection, stored.id);
    for (auto const& [seq, event] : events | std::views::reverse) {
        if (event.action != workflow::Action::Attach) break;
        if (!is_copy()) ++count;
    }
    return count;
}

/// Why `more` files do not fit into a case: 办理一步之内的附件数, 一件申请全部附件的大小.
std::optional<workflow::Refusal> over_quota(
    Services& services, storage::Connection& connection, storage::StoredCase const& stored, FileLoad const& more
) {
    auto const& config = services.config;
    auto const files = files_of_this_step(services, connection, stored) + more.files;
    if (files > config.files_per_step) {
        auto const most = std::to_string(config.files_per_step);
        return refusal_of_file("too_many_files", "办理一步之内最多上传" + most + "个文件。");
    }
    auto bytes = more.bytes;
    for (auto const& file : stored.facts.attachments) bytes += file.size;
    if (bytes <= config.bytes_per_case) return std::nullopt;
    return refusal_of_file("case_full", "这件申请的材料总量已到上限，不能再上传。");
}

bool may_see(Services& services, storage::Connection& connection, Call const& call, FoundFile const& file) {
    if (call.account != nullptr) return true;
    auto const own = applicants_files(services, connection, file.found.stored);
    return std::ranges::find(own, static_cast<std::size_t>(file.ref.n)) != own.end();
}

http::BodySource source_of(Services& services, std::string const& sha256, std::uint64_t offset, std::uint64_t count) {
    auto reader = std::make_shared<storage::Files::Reader>(services.store.files(), sha256);
    if (offset > 0) reader->start_at(static_cast<std::int64_t>(offset));
    auto left = std::make_shared<std::uint64_t>(count);
    auto read = [reader = std::move(reader), left = std::move(left), &services](std::span<char> buffer) {
        return offload(services.pool.threads(), [reader, left, buffer] {
            auto const wanted = std::min<std::uint64_t>(buffer.size(), *left);
            auto const got = reader->read(buffer.first(static_cast<std::size_t>(wanted)));
            *left -= got;
            return got;
        });
    };
    return {.read = std::move(read), .size = count};
}

}  // namespace

// ---- in ------------------------------------------------------------------------------------------------------------

IncomingFile::IncomingFile(Services& services, std::string name)
    : name_(std::move(name)), type_(files::file_type(name_)), writer_(services.store.files()) {}

IncomingFile::IncomingFile(Services& services, std::string name, files::PlainFile const& content)
    : IncomingFile(services, std::move(name)) {
    std::array<char, 64 * 1024> piece;
    for (std::uint64_t at = 0; at < content.size(); at += piece.size()) {
        write(std::span(piece).first(content.read(at, piece)));
    }
}

boost::system::result<std::string, http::Problem> accepted_name(std::string_view name) {
    auto const clean = files::clean_name(name);
    if (!clean) return refused_file("bad_name", "请给出文件名：不超过120个字，不含不可见的字符。");
    if (files::file_type(*clean) == nullptr) {
        return refused_file("type_not_accepted", "不接受这种文件，可以上传的有：" + files::accepted_types() + "。");
    }
    return *clean;
}

boost::system::result<UploadRoom::Taken, http::Problem> make_room(
    Services& services,
    storage::Connection& connection,
    Call const& call,
    storage::StoredCase const& stored,
    FileLoad const& load
) {
    auto there = services.uploads.of_case(stored.id);
    there += load;
    if (auto refusal = over_quota(services, connection, stored, there)) return http::problem_of(std::move(*refusal));
    return services.uploads.take(stored.id, http::client_network(call.request.peer), load);
}

/// The parts of take() that run on a worker.
struct FileIntake {
    Services& services;
    IncomingFile& file;

    boost::system::result<TakenFile, http::Problem> operator()() const {
        auto const plain = in_the_clear();
        auto examination = files::examine(file.type().format, plain, limits());
        if (auto& fault = examination.fault) return refused_file(std::move(fault->code), std::move(fault->detail));
        auto state = scan(plain);
        if (state == FileState::Infected) return refused_file("infected", "文件里有病毒，没有接收。");
        if (examination.reading != files::Reading::ToItsEnd) state = FileState::AwaitingExamination;
        auto const stored = file.writer_.seal();
        std::string mark(workflow::secrecy_mark(file.name()));
        if (mark.empty()) mark = std::move(examination.secrecy_mark);
        return TakenFile{
            {file.name(), {std::string(file.type().media_type)}, stored.size, {stored.sha256}},
            {state, std::move(mark), files::kExaminationRules},
            std::move(file.writer_)};
    }

    /// Short limits, because somebody waits. What they do not suffice for, the file scan repeats with larger ones.
    files::ChildLimits limits() const {
        auto const time = std::chrono::ceil<std::chrono::seconds>(services.config.examination_time);
        auto const memory = static_cast<std::uint64_t>(services.config.examination_memory);
        return {.cpu = time, .wall = 3 * time, .memory = memory};
    }

    /// Unsealed only here and only while this worker examines it, so no more files are in the clear than there are
    /// workers.
    files::PlainFile in_the_clear() const {
        storage::Files::Reader reader(file.writer_);
        return files::plain_copy(reader);
    }

    FileState scan(files::PlainFile const& plain) const {
        auto const& address = services.config.clamd;
        if (address.empty()) return FileState::Available;
        return files::state_after(files::Clamd(address).scan(plain));
    }
};

net::awaitable<boost::system::result<TakenFile, http::Problem>> take(
    Services& services, Call const& call, IncomingFile& file
) {
    FileIntake intake{services, file};
    try {
        co_return co_await services.file_work.examinations.run(asker(call), intake);
    } catch (Overloaded const& error) {
        co_return overloaded(error);
    }
}

workflow::Result<storage::StoredCase> attach(
    Services& services, storage::Connection& connection, Call const& call, std::string_view id, TakenFile& taken
) {
    workflow::Command command;
    command.action = workflow::Action::Attach;
    command.payload = taken.attachment;
    auto made = services.store.cases().act(connection, id, std::nullopt, command, call.actor, call.now);
    if (!made) return made;
    storage::FileRef const ref{std::string(id), static_cast<std::int64_t>(made->facts.attachments.size())};
    auto const reaching =
        workflow::roles_on(made->facts, call.actor, call.directory->line(made->facts.application.agency));
    auto const by = journal_author(call, reaching);
    auto& files = services.store.case_files();
    files.add(connection, ref, taken.attachment.sha256.value, taken.verdict, by, call.now);
    if (auto const& origin = taken.origin) {
        files.derived(connection, ref, origin->source, origin->areas, by, call.now);
    }
    if (auto refusal = over_quota(services, connection, *made, {})) return std::move(*refusal);
    taken.content.keep();
    return made;
}

net::awaitable<Answer> derive(
    Services& services,
    Call& call,
    FoundFile const& source,
    std::string name,
    files::PlainFile content,
    workflow::Redaction const& areas
) {
    FileLoad const load{0, static_cast<std::int64_t>(content.size())};
    auto const room = make_room(services, services.reader, call, source.found.stored, load);
    if (!room) co_return room.error();
    auto fill = [&services, &name, content = std::move(content)] {
        return std::make_unique<IncomingFile>(services, name, content);
    };
    auto const file = co_await offload(services.pool.threads(), std::move(fill));
    auto taken = co_await take(services, call, *file);
    if (!taken) co_return taken.error();
    taken->origin = TakenFile::Origin{source.ref.n, areas};
    std::function<workflow::Result<Created>(storage::Connection&)> make =
        [&services, &call, &taken, &source](storage::Connection& connection) -> workflow::Result<Created> {
        auto const& id = source.ref.case_id;
        auto const made = attach(services, connection, call, id, *taken);
        if (!made) return made.error();
        storage::FileRef const ref{id, static_cast<std::int64_t>(made->facts.attachments.size())};
        return Created{
            "/api/v1/cases/" + id + "/attachments/" + std::to_string(ref.n),
            case_file_json(taken->attachment, ref, services.store.case_files().find(connection, ref))};
    };
    co_return co_await create_once(services, call, call.request.body, std::move(make));
}

// ---- out -----------------------------------------------------------------------------------------------------------

boost::system::result<FoundFile, http::Problem> visible_file(
    Services& services, storage::Connection& connection, Call const& call
) {
    auto found = visible_case(services, connection, call, call.parameter(0));
    if (!found) return found.error();
    auto const& files = found->stored.facts.attachments;
    auto const text = call.parameter(1);
    std::size_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const known =
        error == std::errc() && end == text.data() + text.size() && number >= 1 && number <= files.size();
    auto missing = not_found("file_not_found", "没有找到这个文件。");
    if (!known) return missing;
    FoundFile file{std::move(*found), {}, {}, {}};
    file.ref = {file.found.stored.id, static_cast<std::int64_t>(number)};
    file.attachment = file.found.stored.facts.attachments[number - 1];
    file.kept = services.store.case_files().find(connection, file.ref);
    if (!may_see(services, connection, call, file)) return missing;
    return file;
}

boost::system::result<FoundFile, http::Problem> readable_file(
    Services& services, storage::Connection& connection, Call const& call
) {
    auto file = visible_file(services, connection, call);
    if (!file) return file;
    if (services.store.retention().standing(connection, file->ref.case_id).erasure) {
        return not_readable(FileState::Destroyed);
    }
    bool const readable = !file->kept || file->kept->state == FileState::Available;
    if (!readable) return not_readable(file->kept->state);
    return file;
}

void as_download(http::Response& response, std::string_view name) {
    response.set("Content-Disposition", "attachment; filename*=UTF-8''" + files::percent_encoded(name));
    response.set("Content-Security-Policy", "default-src 'none'; sandbox");
}

http::Response download(Services& services, http::Request const& request, workflow::Attachment const& file) {
    auto const& sha256 = file.sha256.value;
    auto const open = [&](std::uint64_t offset, std::uint64_t count) {
        return source_of(services, sha256, offset, count);
    };
    auto response = http::ranged_response(request, '"' + sha256 + '"', static_cast<std::uint64_t>(file.size), open);
    if (response.content_type.empty()) response.content_type = file.media_type.value;
    as_download(response, file.name);
    return response;
}

std::string case_file_json(
    workflow::Attachment const& attachment, storage::FileRef const& ref, std::optional<storage::KeptFile> const& kept
) {
    JsonWriter json;
    json.value(CaseFileView{attachment, ref, kept ? &*kept : nullptr});
    return json.take();
}

}  // namespace server::api
