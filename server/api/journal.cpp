#include "storage/journal.hpp"

#include <utility>

#include "server/api/json_writer.hpp"
#include "server/api/resources.hpp"

namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using workflow::Result;

constexpr std::int64_t kPage = 100;
constexpr std::int64_t kLongestPage = 1000;

void write_path(JsonWriter& json, std::vector<storage::Digest> const& path) {
    json.key("path").open_list();
    for (auto const& digest : path) json.value(storage::to_hex(digest));
    json.close_list();
}

/// `object_type` and `object_id` name one object; `from` and `limit` a range of numbers.
struct ListJob {
    storage::ObjectRef object;
    std::int64_t from;
    std::int64_t limit;

    std::string operator()(Connection& connection) const {
        auto entries = object.type.empty() ? storage::read_entries(connection, from, limit + 1)
                                           : storage::read_entries_of(connection, object, from, limit + 1);
        std::optional<std::string> next;
        if (std::cmp_greater(entries.size(), limit)) {
            next = std::to_string(entries.back().seq);
            entries.pop_back();
        }
        JsonWriter json;
        json.open_object().key("items").open_list();
        for (auto const& entry : entries) {
            json.open_object().member("seq", entry.seq);
            json.key("record").raw(entry.record);  // canonical JSON, byte for byte what was hashed
            json.member("leaf", storage::to_hex(entry.leaf)).member("chain", storage::to_hex(entry.chain));
            json.close_object();
        }
        json.close_list().member("next_cursor", next).close_object();
        return json.take();
    }
};

net::awaitable<Answer> list_journal(Services& services, Call& call) {
    auto const& request = call.request;
    auto const from = query_number(request, request.query("cursor") ? "cursor" : "from", 1, INT64_MAX, 1);
    if (!from) co_return from.error();
    auto const limit = query_number(request, "limit", 1, kLongestPage, kPage);
    if (!limit) co_return limit.error();
    auto const type = request.query("object_type");
    auto const id = request.query("object_id");
    if (type.has_value() != id.has_value()) co_return bad_request("bad_query", "object_type 和 object_id 要一起给出。");
    ListJob job{{std::string(type.value_or("")), std::string(id.value_or(""))}, *from, *limit};
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

Answer prove(Services& services, Call& call) {
    auto const seq = query_number(call.request, "seq", 1, INT64_MAX, 0);
    if (!seq) return seq.error();
    auto const size = query_number(call.request, "size", 1, INT64_MAX, services.store.journal().head().size);
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

Answer prove_consistency(Services& services, Call& call) {
    auto const from = query_number(call.request, "from", 1, INT64_MAX, 0);
    if (!from) return from.error();
    auto const to = query_number(call.request, "to", 1, INT64_MAX, services.store.journal().head().size);
    if (!to) return to.error();
    auto const path = storage::prove_consistency(services.reader, *from, *to);
    if (!path) return http::problem_of(path.error());
    JsonWriter json;
    json.open_object().member("from", *from).member("to", *to);
    write_path(json, *path);
    json.close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
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
         .query =
             {{"object_type", "对象类别,例如 case"},
              {"object_id", "对象编号"},
              {"from", "起始序号"},
              {"limit", "每页条数,1 到 1000"},
              {"cursor", "上一页的 next_cursor"}}},
        {.method = verb::get,
         .path = "/api/v1/journal/head",
         .id = "readJournalHead",
         .summary = "日志当前的根",
         .tag = "journal",
         .who = Who::Anyone,
         .handler = read_head},
        {.method = verb::get,
         .path = "/api/v1/journal/proof",
         .id = "proveEntry",
         .summary = "一条日志在树中的证明",
         .tag = "journal",
         .who = Who::Staff,
         .handler = prove,
         .roles = kAuditor,
         .query = {{"seq", "序号"}, {"size", "树的大小;省略时为当前"}}},
        {.method = verb::get,
         .path = "/api/v1/journal/consistency",
         .id = "proveConsistency",
         .summary = "较早的树是较晚的树的前缀",
         .tag = "journal",
         .who = Who::Staff,
         .handler = prove_consistency,
         .roles = kAuditor,
         .query = {{"from", "较早的大小"}, {"to", "较晚的大小;省略时为当前"}}},
    };
}

}  // namespace server::api
