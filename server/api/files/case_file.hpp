#pragma once

#include "storage/cases/case_files.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "server/api/cases/case_access.hpp"
#include "server/api/kit/writing.hpp"
#include "server/files/examine.hpp"
#include "server/files/plain_copy.hpp"

/// How files get into a case and out of it again, whatever their source: an upload, a form of the public pages, a
/// cleaned or redacted copy, a letter.
namespace server::api {

/// An incoming file: it is sealed on the disk and nowhere else. If it is destroyed before it is kept, nothing is left
/// of it.
class IncomingFile {
public:
    /// `name` is clean and of a type that is taken.
    IncomingFile(Services& services, std::string name);
    IncomingFile(Services& services, std::string name, files::PlainFile const& content);

    /// Worker thread, or io thread for small pieces.
    void write(std::span<char const> piece) { writer_.write(piece); }

    std::string const& name() const { return name_; }
    files::FileType const& type() const { return *type_; }

private:
    friend struct FileIntake;
    std::string name_;
    files::FileType const* type_;
    storage::Files::Writer writer_;
};

/// A file that has been examined and is on the disk, but not yet part of a case: unless attach() adds it, nothing is
/// left of it.
struct TakenFile {
    workflow::Attachment attachment;
    storage::FileVerdict verdict;
    storage::Files::Writer content;

    /// Of a copy: the file it was made from, and what was blacked out. Copies do not count among the files of a step.
    struct Origin {
        std::int64_t source;
        workflow::Redaction areas;
    };
    std::optional<Origin> origin = {};
};

/// A name of the query or of a form: 422 when it is none, or of a type that is not taken.
boost::system::result<std::string, http::Problem> accepted_name(std::string_view name);

/// Room for files that begin to come in. 422 where they do not fit the step and the case beside what is there and what
/// is on its way (limits.files_per_step, limits.bytes_per_case), otherwise as UploadRoom::take(). To be held until they
/// are attached.
boost::system::result<UploadRoom::Taken, http::Problem> make_room(
    Services& services,
    storage::Connection& connection,
    Call const& call,
    storage::StoredCase const& stored,
    FileLoad const& load
);

/// Examines the file, scans it, seals it. 422 with the reason where it is refused, 503 where too many files wait.
net::awaitable<boost::system::result<TakenFile, http::Problem>> take(
    Services& services, Call const& call, IncomingFile& file
);

/// Adds it to the case, if it still fits. Writer thread, inside a job.
workflow::Result<storage::StoredCase> attach(
    Services& services, storage::Connection& connection, Call const& call, std::string_view id, TakenFile& taken
);

struct FoundFile;
/// A file made from another one of the case, taken in like an upload. Answers with it.
net::awaitable<Answer> derive(
    Services& services,
    Call& call,
    FoundFile const& source,
    std::string name,
    files::PlainFile content,
    workflow::Redaction const& areas
);

/// A file that is part of a case; its number is in the path. 404 where this caller may not see it.
struct FoundFile {
    VisibleCase found;
    storage::FileRef ref;
    workflow::Attachment attachment;
    std::optional<storage::KeptFile> kept;
};
boost::system::result<FoundFile, http::Problem> visible_file(
    Services& services, storage::Connection& connection, Call const& call
);
/// The same, if it may be read: 409 while it waits for its scan, is quarantined or destroyed.
boost::system::result<FoundFile, http::Problem> readable_file(
    Services& services, storage::Connection& connection, Call const& call
);

/// Marks the answer as a file to save, which the browser does not display.
void as_download(http::Response& response, std::string_view name);
/// Stored bytes as a download: never shown by the browser in our name, resumable.
http::Response download(Services& services, http::Request const& request, workflow::Attachment const& file);

/// An attachment with what has become of it.
struct CaseFileView {
    workflow::Attachment const& about;
    storage::FileRef const& file;
    storage::KeptFile const* kept;  ///< null where nothing has become of it yet
};

constexpr auto fields(std::type_identity<CaseFileView>) {
    using A = CaseFileView;
    return std::tuple{
        answer("n", "序号，从 1 起", [](A const& a) { return a.file.n; }),
        spread([](A const& a) -> auto const& { return a.about; }),
        answer(
            "url",
            "下载地址",
            [](A const& a) { return "/api/v1/cases/" + a.file.case_id + "/attachments/" + std::to_string(a.file.n); }
        ),
        answer(
            "state",
            "状态",
            [](A const& a) { return a.kept != nullptr ? a.kept->state : workflow::FileState::Available; }
        ),
        answer("checked", "做过外发检查", [](A const& a) { return a.kept != nullptr && a.kept->checked; }),
        answer("released", "随答复提供", [](A const& a) { return a.kept != nullptr && a.kept->released; }),
        answer("source", "由第几个文件处理而成", [](A const& a) {
            return a.kept != nullptr ? a.kept->source : std::nullopt;
        })};
}

std::string case_file_json(
    workflow::Attachment const& attachment, storage::FileRef const& ref, std::optional<storage::KeptFile> const& kept
);

}  // namespace server::api
