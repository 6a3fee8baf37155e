#include "workflow/letters/evidence.hpp"

#include <memory>
#include <optional>
#include <utility>

#include "server/api/cases/case_access.hpp"
#include "server/api/files/case_file.hpp"
#include "server/api/letters/letter_json.hpp"
#include "server/api/letters/operations.hpp"
#include "server/api/letters/sheet_source.hpp"
#include "server/archive/case_archive.hpp"
#include "server/letters/pdf.hpp"
#include "server/runtime/offload.hpp"
#include "storage/cases/case_entries.hpp"

/// The 案卷 of a case, and the list of evidence for court.
namespace server::api {
namespace {

using archive::CaseArchive;
using archive::Paper;
using http::verb;
using storage::Connection;
using workflow::SheetKind;

constexpr std::string_view kZip = "application/zip";

http::Problem already_erased() {
    return {
        .status = http::status::gone, .code = "case_erased", .detail = "这件申请的个人信息已经销毁，案卷不能再调取。"};
}

std::string whole_file(storage::Files const& files, std::string const& sha256) {
    storage::Files::Reader reader(files, sha256);
    std::string bytes;
    std::string piece(64 * 1024, '\0');
    while (auto const count = reader.read(piece)) bytes.append(piece, 0, count);
    return bytes;
}

/// One case, with what its file is put together from; on a worker.
class WholeFile {
public:
    WholeFile(Services& services, Call const& call, VisibleCase const& found, Connection& connection)
        : services_(services),
          found_(found),
          connection_(connection),
          source_(services, call, found, connection),
          letters_(services.store.letters().list(connection, found.stored.id)) {
        std::erase_if(letters_, [](auto const& letter) { return !letter.frozen; });
    }

    /// 案卷目录 first, then forms, letters and material, at last the list of evidence.
    std::vector<Paper> papers() const {
        std::vector<Paper> papers;
        papers.push_back({"案卷目录.pdf", workflow::compose_sheet(SheetKind::Contents, source_.view())});
        std::size_t number = 0;
        for (auto const kind : sheets()) {
            auto const name = std::string(workflow::label(kind)).append(".pdf");
            papers.push_back(
                {archive::paper_name("表单", ++number, name), workflow::compose_sheet(kind, source_.view())}
            );
        }
        for (auto const& letter : letters_) {
            auto const name = name_of(letter).append(".pdf");
            papers.push_back(
                {archive::paper_name("文书", static_cast<std::size_t>(letter.n), name),
                 archive::StoredFile{letter.frozen->sha256}}
            );
        }
        number = 0;
        for (auto const& file : material()) {
            papers.push_back({archive::paper_name("材料", ++number, file.name), archive::StoredFile{file.sha256.value}}
            );
        }
        papers.push_back({"证据目录.pdf", evidence()});
        return papers;
    }

    workflow::Document evidence() const {
        auto const view = source_.view();
        std::vector<workflow::EvidencePaper> list;
        auto const& fonts = services_.config.letter_fonts;
        for (auto const kind : sheets()) {
            auto const pages = letters::page_count(letters::render_pdf(workflow::compose_sheet(kind, view), fonts));
            list.push_back({std::string(workflow::label(kind)), std::nullopt, workflow::proof_purpose(kind), pages});
        }
        for (auto const& letter : letters_) {
            auto const pages = letters::page_count(whole_file(services_.store.files(), letter.frozen->sha256));
            list.push_back({name_of(letter), letter.dated, workflow::proof_purpose(letter.kind), pages});
        }
        for (auto const& file : material()) {
            list.push_back({file.name, std::nullopt, workflow::kMaterialPurpose, std::nullopt});
        }
        return workflow::evidence_list(view.c, view.issuer, list, view.on);
    }

private:
    /// All sheets but the table of contents, which is not a paper of its own.
    std::vector<SheetKind> sheets() const {
        auto kinds = workflow::sheets_of(source_.view());
        std::erase(kinds, SheetKind::Contents);
        return kinds;
    }

    /// The files but those that are quarantined or still to be scanned.
    std::vector<workflow::Attachment> material() const {
        std::vector<workflow::Attachment> open;
        std::int64_t n = 0;
        for (auto const& file : found_.stored.facts.attachments) {
            storage::FileRef const ref{found_.stored.id, ++n};
            auto const state = services_.store.case_files().state(connection_, ref);
            if (state == workflow::FileState::Available) open.push_back(file);
        }
        return open;
    }

    static std::string name_of(storage::StoredLetter const& letter) {
        auto name = std::string(workflow::label(letter.kind));
        return letter.number ? name.append(" ").append(letter.number->value) : name;
    }

    Services& services_;
    VisibleCase const& found_;
    Connection& connection_;
    SheetSource source_;
    std::vector<storage::StoredLetter> letters_;
};

/// The journal only grows, so its entries up to one head are consistent whatever is written meanwhile.
archive::Proofs proofs_of(Connection& connection, std::string_view id) {
    archive::Proofs proofs{storage::read_head(connection), storage::read_entries_about(connection, id), {}};
    std::erase_if(proofs.entries, [&](auto const& entry) { return entry.seq > proofs.head.size; });
    for (auto const& entry : proofs.entries) {
        proofs.paths.push_back(storage::prove_inclusion(connection, entry.seq, proofs.head.size).value());
    }
    return proofs;
}

/// The case of the path, if its file can still be assembled.
boost::system::result<VisibleCase, http::Problem> find_filed_case(Services& services, Call const& call) {
    auto found = visible_case(services, services.reader, call, call.parameter(0));
    if (found && services.store.retention().standing(services.reader, found->stored.id).erasure)
        return already_erased();
    return found;
}

http::Response paper_of(
    VisibleCase const& found, std::string_view type, std::string_view paper, std::string_view ending
) {
    http::Response response;
    response.content_type = type;
    as_download(response, letter_file_name(found.stored.facts, paper).append(ending));
    return response;
}

net::awaitable<Answer> read_file(Services& services, Call& call) {
    auto const found = find_filed_case(services, call);
    if (!found) co_return found.error();
    auto make = [&services, &call, &found](Connection& connection) {
        WholeFile const file(services, call, *found, connection);
        return std::make_shared<CaseArchive>(
            services.store.files(), services.config.letter_fonts, file.papers(), proofs_of(connection, found->stored.id)
        );
    };
    auto archive = co_await services.pool.read(std::move(make));
    auto read = [archive = std::move(archive), &services](std::span<char> buffer) {
        return offload(services.pool.threads(), [archive, buffer] { return archive->read(buffer); });
    };
    auto response = paper_of(*found, kZip, "案卷", ".zip");
    response.stream = http::BodySource{.read = std::move(read)};
    co_return response;
}

net::awaitable<Answer> read_evidence(Services& services, Call& call) {
    auto const found = find_filed_case(services, call);
    if (!found) co_return found.error();
    auto make = [&services, &call, &found](Connection& connection) {
        WholeFile const file(services, call, *found, connection);
        return letters::render_pdf(file.evidence(), services.config.letter_fonts);
    };
    auto pages = co_await services.pool.read(std::move(make));
    auto response = paper_of(*found, media::kPdf, "证据目录", ".pdf");
    response.body = std::move(pages);
    co_return response;
}

}  // namespace

std::vector<Operation> archive_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/file.zip",
         .id = "readCaseFile",
         .summary = "案卷：全部文书、表单、材料和可以独立验证的日志证明",
         .tag = "archive",
         .who = Who::Staff,
         .handler = read_file,
         .roles = workflow::table::kCaseRoles,
         .problems = {http::status::gone},
         .produces = kZip},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/evidence.pdf",
         .id = "readEvidence",
         .summary = "证据目录",
         .tag = "archive",
         .who = Who::Staff,
         .handler = read_evidence,
         .roles = workflow::table::kCaseRoles,
         .problems = {http::status::gone},
         .produces = media::kPdf},
    };
}

}  // namespace server::api
