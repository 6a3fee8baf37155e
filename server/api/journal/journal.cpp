#include "storage/journal/journal_search.hpp"

#include <boost/json/parse.hpp>

#include <utility>

#include "server/api/journal/journal_words.hpp"
#include "server/api/journal/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using workflow::Result;

constexpr std::int64_t kEntries = 100;
constexpr std::int64_t kMostEntries = 1000;
constexpr std::string_view kNewestFirst = "newest";

void write_path(JsonWriter& json, std::vector<storage::Digest> const& path) {
    json.key("path").open_list();
    for (auto const& digest : path) json.value(storage::to_hex(digest));
    json.close_list();
}

/// Writes the entry that was looked for and found.
void write_entry(JsonWriter& json, storage::StoredEntry const& entry, storage::Directory const& directory) {
    auto const record = json::parse(entry.record).as_object();
    auto const text = [&record](std::string_view object, std::string_view member) -> std::string_view {
        return record.at(object).at(member).as_string();
    };
    auto const* const staff = directory.staff(workflow::Code{std::string(text("by", "id"))});
    json.open_object().member("seq", entry.seq);
    json.key("record").raw(entry.record);  // canonical JSON, byte for byte what was hashed
    json.member("action_label", action_label(record.at("action").as_string()));
    json.member("object_label", object_label(text("object", "type")));
    json.member("role_label", role_label(text("by", "role")));
    json.member("by_name", staff == nullptr ? std::nullopt : std::optional<std::string_view>(staff->name));
    json.member("leaf", storage::to_hex(entry.leaf)).member("chain", storage::to_hex(entry.chain));
    json.close_object();
}

struct JournalListJob {
    storage::JournalSearch search;
    std::shared_ptr<storage::Directory const> directory;

    std::string operator()(Connection& connection) const {
        auto one_more = search;
        ++one_more.limit;
        auto entries = storage::find_entries(connection, one_more);
        std::optional<std::string> next;
        if (std::cmp_greater(entries.size(), search.limit)) {
            next = std::to_string(entries.back().seq);
            entries.pop_back();
        }
        JsonWriter json;
        json.open_object().key("items").open_list();
        for (auto const& entry : entries) write_entry(json, entry, *directory);
        json.close_list().member("next_cursor", next).close_object();
        return json.take();
    }
};

/// storage/journal/journal_format.md says what its members are.
json::object record_schema() {
    auto const pair = [](std::string_view first, std::string_view second) {
        return ObjectSchema().member<std::string>(first).member<std::string>(second).unnamed();
    };
    return ObjectSchema()
        .member("v", json::object{{"const", 1}}, "格式的版本")
        .member<std::int64_t>("seq")
        .member<workflow::Instant>("at", "记录的时刻")
        .member<workflow::Date>("on", "事实发生的日期")
        .member<std::string>("action", "发生了什么")
        .member("by", pair("id", "role"), "谁做的")
        .member("object", pair("id", "type"), "对什么做的")
        .member("data", any_object(), "可以查看的内容")
        .may_have("sealed", digest_schema(), "对个人信息的承诺")
        .named("JournalRecord");
}

json::object entry_schema() {
    return ObjectSchema()
        .member<std::int64_t>("seq", "序号")
        .member("record", record_schema())
        .member<std::string>("action_label")
        .member<std::string>("object_label")
        .member<std::string>("role_label")
        .member<std::optional<std::string>>("by_name", "账号的姓名；不是账号做的为 null")
        .member("leaf", digest_schema(), "记录的散列")
        .member("chain", digest_schema(), "到这一条为止的散列链")
        .named("JournalEntry");
}

net::awaitable<Answer> list_journal(Services& services, Call& call) {
    auto const& request = call.request;
    auto const text = [&request](std::string_view name) { return std::string(request.query(name).value_or("")); };
    storage::JournalSearch search{
        text("object_type"), text("object_id"), text("action"), text("order") == kNewestFirst};
    if (search.object_type.empty() && !search.object_id.empty()) {
        co_return bad_request("bad_query", "object_id 要和 object_type 一起给出。");
    }
    auto const from = query_number(
        request, request.query("cursor") ? "cursor" : "from", 1, INT64_MAX, search.newest_first ? INT64_MAX : 1
    );
    if (!from) co_return from.error();
    auto const limit = query_number(request, "limit", 1, kMostEntries, kEntries);
    if (!limit) co_return limit.error();
    search.from = *from;
    search.limit = *limit;
    JournalListJob job{std::move(search), call.directory};
    auto body = co_await services.pool.read(std::move(job));
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

Answer read_head(Services& services, Call&) {
    auto const head = services.store.journal().head();
    JsonWriter json;
    json.open_object().member("size", head.size).member("root", storage::to_hex(head.root));
    json.member("chain", storage::to_hex(head.chain));
    json.member("at", head.at.empty() ? std::nullopt : std::optional(head.at)).close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object head_schema() {
    return ObjectSchema()
        .member<std::int64_t>("size", "日志的条数")
        .member("root", digest_schema(), "树根")
        .member("chain", digest_schema(), "散列链的末端")
        .member<std::optional<workflow::Instant>>("at", "最后一条的时刻")
        .named("JournalHead");
}

Answer prove(Services& services, Call& call) {
    auto const seq = query_number(call.request, "seq", 1, INT64_MAX, 0);
    if (!seq) return seq.error();
    auto const size = query_number(call.request, "size", 1, INT64_MAX, services.store.journal().size());
    if (!size) return size.error();
    auto const path = storage::prove_inclusion(services.reader, *seq, *size);
    if (!path) return http::problem_of(path.error());
    auto const entry = storage::read_entries(services.reader, *seq, 1).front();
    JsonWriter json;
    json.open_object().member("seq", *seq).member("tree_size", *size).member("record", entry.record);
    json.member("leaf", storage::to_hex(entry.leaf));
    write_path(json, *path);
    json.close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object inclusion_schema() {
    return ObjectSchema()
        .member<std::int64_t>("seq", "序号")
        .member<std::int64_t>("tree_size", "树的大小")
        .member<std::string>("record", "日志记录，与计算散列的字节相同")
        .member("leaf", digest_schema(), "记录的散列")
        .member("path", list_of(digest_schema()), "RFC 9162 的包含证明")
        .named("InclusionProof");
}

Answer prove_consistency(Services& services, Call& call) {
    auto const from = query_number(call.request, "from", 1, INT64_MAX, 0);
    if (!from) return from.error();
    auto const to = query_number(call.request, "to", 1, INT64_MAX, services.store.journal().size());
    if (!to) return to.error();
    auto const path = storage::prove_consistency(services.reader, *from, *to);
    if (!path) return http::problem_of(path.error());
    JsonWriter json;
    json.open_object().member("from", *from).member("to", *to);
    write_path(json, *path);
    json.close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object consistency_schema() {
    return ObjectSchema()
        .member<std::int64_t>("from", "较早的大小")
        .member<std::int64_t>("to", "较晚的大小")
        .member("path", list_of(digest_schema()), "RFC 9162 的一致性证明")
        .named("ConsistencyProof");
}

}  // namespace

std::vector<Operation> journal_operations() {
    constexpr workflow::RoleSet kAuditor{workflow::Role::Auditor};
    return {
        {.method = verb::get,
         .path = "/api/v1/journal",
         .id = "listJournal",
         .summary = "审计日志",
         .tag = "journal",
         .who = Who::Staff,
         .handler = list_journal,
         .roles = kAuditor,
         .response = [] { return page_of("JournalPage", entry_schema()); },
         .query =
             {{"object_type", "对象类别", journal_objects_schema()},
              {"object_id", "对象编号"},
              {"action", "发生了什么", journal_actions_schema()},
              {"order", "newest：新的在前；省略时旧的在前", enumeration({kNewestFirst})},
              {"from", "起始序号", whole_number(1)},
              {"limit", "每页条数", whole_number(1, kMostEntries)},
              {"cursor", "上一页的 next_cursor"}}},
        {.method = verb::get,
         .path = "/api/v1/journal/head",
         .id = "readJournalHead",
         .summary = "日志当前的根",
         .tag = "journal",
         .who = Who::Anyone,
         .handler = read_head,
         .response = head_schema},
        {.method = verb::get,
         .path = "/api/v1/journal/proof",
         .id = "proveEntry",
         .summary = "一条日志在树中的证明",
         .tag = "journal",
         .who = Who::Staff,
         .handler = prove,
         .roles = kAuditor,
         .response = inclusion_schema,
         .query = {{"seq", "序号", whole_number(1), true}, {"size", "树的大小；省略时为当前", whole_number(1)}},
         .problems = {http::status::not_found}},
        {.method = verb::get,
         .path = "/api/v1/journal/consistency",
         .id = "proveConsistency",
         .summary = "较早的树是较晚的树的前缀",
         .tag = "journal",
         .who = Who::Anyone,
         .handler = prove_consistency,
         .response = consistency_schema,
         .query = {{"from", "较早的大小", whole_number(1), true}, {"to", "较晚的大小；省略时为当前", whole_number(1)}},
         .problems = {http::status::not_found}},
    };
}

}  // namespace server::api
