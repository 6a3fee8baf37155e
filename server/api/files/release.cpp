#include <charconv>
#include <utility>

#include "server/api/files/case_file.hpp"
#include "server/api/files/operations.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/shapes/input.hpp"
#include "server/files/clean.hpp"
#include "server/files/pdf_pages.hpp"
#include "server/files/release_check.hpp"

/// The check of a file before it is released with a reply: what it contains beside its visible content, and how each
/// finding is settled.
namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using storage::FileRef;
using workflow::Result;

/// Those who work on the case prepare its papers; a second person of them confirms.
constexpr workflow::RoleSet kPreparers = workflow::table::kCaseRoles;

struct Cleaning {
    bool mask = false;
};
constexpr auto fields(std::type_identity<Cleaning>) {
    return std::tuple{workflow::field("mask", &Cleaning::mask, "同时对个人信息打码")};
}

void write_findings(
    JsonWriter& json, Services& services, Connection& connection, Call const& call, FileRef const& file
) {
    auto const& files = services.store.case_files();
    auto const kept = files.find(connection, file);
    json.open_object();
    json.member("checked", kept && kept->checked).member("released", kept && kept->released);
    json.key("items").open_list();
    for (auto const& [k, finding, reason, waived_by, confirmed_by] : files.findings(connection, file)) {
        auto const name = [&](std::optional<std::string> const& id) -> std::optional<std::string> {
            auto const* const account = id ? call.directory->staff({*id}) : nullptr;
            return account != nullptr ? std::optional(account->name) : id;
        };
        json.open_object().member("k", k);
        json.members(finding);
        json.member("reason", reason).member("waived_by", name(waived_by)).member("confirmed_by", name(confirmed_by));
        json.member("yours", waived_by == call.actor.id.value);
        json.close_object();
    }
    json.close_list().close_object();
}

json::object findings_schema() {
    auto const finding = ObjectSchema()
                             .member<int>("k", "第几条")
                             .members<workflow::Finding>()
                             .member<std::optional<std::string>>("reason", "不需处理的理由")
                             .member<std::optional<std::string>>("waived_by", "说明理由的人")
                             .member<std::optional<std::string>>("confirmed_by", "复核的人")
                             .member<bool>("yours", "理由由自己说明，须由他人复核")
                             .named("FileFinding");
    return ObjectSchema()
        .member<bool>("checked", "做过外发检查")
        .member<bool>("released", "随答复提供")
        .member("items", list_of(finding))
        .named("FileFindings");
}

Answer findings_answer(Services& services, Call const& call, FileRef const& file) {
    JsonWriter json;
    write_findings(json, services, services.reader, call, file);
    return http::text_response(http::status::ok, "application/json", json.take());
}

Answer read_findings(Services& services, Call& call) {
    auto const file = visible_file(services, services.reader, call);
    if (!file) return file.error();
    return findings_answer(services, call, file->ref);
}

/// Carries out `work` on the file, on the writer thread, and answers with its findings.
net::awaitable<Answer> changed(
    Services& services, Call& call, FileRef file, std::function<Result<void>(Connection&)> work
) {
    std::function<Result<bool>(Connection&)> job = [&work](Connection& connection) -> Result<bool> {
        auto const done = work(connection);
        if (!done) return done.error();
        return true;
    };
    auto const done = co_await commit_write<bool>(services, std::move(job));
    if (!done) co_return http::problem_of(done.error());
    co_return findings_answer(services, call, file);
}

/// What goes with a reply is what everybody who approved it has seen. On the writer thread.
Result<void> not_approved_yet(Services& services, Connection& connection, FileRef const& file) {
    auto const stored = services.store.cases().find(connection, file.case_id);
    if (!stored || (!stored->facts.signed_on && stored->facts.approvals.empty())) return {};
    return workflow::Refusal{
        workflow::RefusalKind::IllegalStep,
        "reply_approved",
        "答复已经审批，审批人看过的附件不能再变动。要改变的，请先退回修改；已经签发的，请另行办理。",
        "条例第三十六条"};
}

/// Where they can be counted.
std::optional<int> pages_of(files::Format format, files::PlainFile const& file) {
    if (format != files::Format::Pdf) return std::nullopt;
    auto const count = files::page_count(file);
    return count ? std::optional(*count) : std::nullopt;
}

net::awaitable<Answer> check(Services& services, Call& call) {
    auto const file = readable_file(services, services.reader, call);
    if (!file) co_return file.error();
    auto look = [&services, &file] {
        auto const& attachment = file->attachment;
        auto const plain = files::plain_copy(services.store.files(), attachment.sha256.value);
        auto const format = files::file_type(attachment.name)->format;
        return std::pair(files::release_check(format, plain), pages_of(format, plain));
    };
    auto const [findings, pages] = co_await services.file_work.long_checks.run(asker(call), std::move(look));
    std::function<Result<void>(Connection&)> save = [&](Connection& connection) -> Result<void> {
        auto& files = services.store.case_files();
        auto const kept = files.find(connection, file->ref);
        // A new check takes the place of an earlier release.
        if (kept && kept->released) {
            if (auto const refused = not_approved_yet(services, connection, file->ref); !refused) return refused;
        }
        auto const by = journal_author(call, file->found.roles);
        if (!kept) {  // older than the checks
            files.add(connection, file->ref, file->attachment.sha256.value, {}, by, call.now);
        }
        files.save_findings(connection, file->ref, findings, pages, by, call.now);
        return {};
    };
    co_return co_await changed(services, call, file->ref, std::move(save));
}

std::int64_t finding_number(Call const& call) {
    auto const text = call.parameter(2);
    std::int64_t k = 0;
    std::from_chars(text.data(), text.data() + text.size(), k);
    return k;
}

net::awaitable<Answer> waive(Services& services, Call& call) {
    auto const file = visible_file(services, services.reader, call);
    if (!file) co_return file.error();
    auto const reason = read_body<workflow::Reason>(call.request.body);
    if (!reason) co_return reason.error();
    std::function<Result<void>(Connection&)> work = [&](Connection& connection) {
        auto const by = journal_author(call, file->found.roles);
        return services.store.case_files().waive(
            connection, file->ref, finding_number(call), reason->reason, by, call.now
        );
    };
    co_return co_await changed(services, call, file->ref, std::move(work));
}

net::awaitable<Answer> confirm_waiver(Services& services, Call& call) {
    auto const file = visible_file(services, services.reader, call);
    if (!file) co_return file.error();
    std::function<Result<void>(Connection&)> work = [&](Connection& connection) {
        auto const by = journal_author(call, file->found.roles);
        return services.store.case_files().confirm_waiver(connection, file->ref, finding_number(call), by, call.now);
    };
    co_return co_await changed(services, call, file->ref, std::move(work));
}

net::awaitable<Answer> release(Services& services, Call& call) {
    auto const file = visible_file(services, services.reader, call);
    if (!file) co_return file.error();
    std::function<Result<void>(Connection&)> work = [&](Connection& connection) -> Result<void> {
        if (auto const refused = not_approved_yet(services, connection, file->ref); !refused) return refused;
        auto const by = journal_author(call, file->found.roles);
        return services.store.case_files().release(connection, file->ref, by, call.now);
    };
    co_return co_await changed(services, call, file->ref, std::move(work));
}

net::awaitable<Answer> clean(Services& services, Call& call) {
    auto const file = readable_file(services, services.reader, call);
    if (!file) co_return file.error();
    auto const wanted = read_body<Cleaning>(call.request.body);
    if (!wanted) co_return wanted.error();
    auto const mask = wanted->mask ? files::Mask::Yes : files::Mask::No;
    auto make = [&services, &file, mask] {
        auto const& attachment = file->attachment;
        auto const plain = files::plain_copy(services.store.files(), attachment.sha256.value);
        return files::clean_copy(files::file_type(attachment.name)->format, plain, mask);
    };
    auto made = co_await services.file_work.long_checks.run(asker(call), std::move(make));
    if (!made) {
        co_return http::Problem{
            .status = http::status::conflict,
            .code = "cannot_be_cleaned",
            .detail = "这种文件不能自动清理：PDF 请用涂黑功能重新生成，其他文件请在原软件中处理后再上传。"};
    }
    auto const name = files::derived_name(file->attachment.name, "（清理）");
    workflow::Redaction const nothing;
    co_return co_await derive(services, call, *file, name, *std::move(made), nothing);
}

}  // namespace

std::vector<Operation> release_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/attachments/{n}/findings",
         .id = "readFindings",
         .summary = "外发检查的结果",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = read_findings,
         .response = findings_schema},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/attachments/{n}/findings",
         .id = "checkFile",
         .summary = "做外发检查",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = check,
         .roles = kPreparers,
         .response = findings_schema,
         .problems = {http::status::conflict}},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/attachments/{n}/findings/{k}/waiver",
         .id = "waiveFinding",
         .summary = "说明一条检查结果不需处理的理由",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = waive,
         .roles = kPreparers,
         .request = shape_schema<workflow::Reason>,
         .response = findings_schema,
         .problems = {http::status::conflict}},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/attachments/{n}/findings/{k}/confirmation",
         .id = "confirmWaiver",
         .summary = "由另一人复核这条理由",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = confirm_waiver,
         .roles = kPreparers,
         .response = findings_schema,
         .problems = {http::status::conflict}},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/attachments/{n}/cleaned",
         .id = "cleanFile",
         .summary = "生成清理后的副本",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = clean,
         .roles = kPreparers,
         .request = shape_schema<Cleaning>,
         .response = answer_schema<CaseFileView>,
         .success = http::status::created,
         .problems = {http::status::conflict, http::status::too_many_requests},
         .creates = true},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/attachments/{n}/release",
         .id = "releaseFile",
         .summary = "检查结果都已处理，随答复提供",
         .tag = "attachments",
         .who = Who::Staff,
         .handler = release,
         .roles = kPreparers,
         .response = findings_schema,
         .problems = {http::status::conflict}},
    };
}

}  // namespace server::api
