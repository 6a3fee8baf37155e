#include <chrono>
#include <utility>
#include <variant>

#include "server/api/applicants/operations.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/shapes/input.hpp"

/// Unfinished input and display preferences of an account: a JSON object whose content is up to the pages.
namespace server::api {
namespace {

using http::Problem;
using http::verb;
using storage::Connection;
using storage::DraftKind;
using storage::DraftOwner;
using workflow::Result;

constexpr std::chrono::days kDraftsKeptFor{30};
constexpr std::size_t kLargestPreferences = 32 * 1024;
constexpr std::string_view kPreferencesName;  // an account has one

/// Where a draft of the caller is kept. Borrows from the call.
struct DraftPlace {
    DraftOwner owner;
    std::string_view name;
};

DraftPlace draft_place(Call const& call) { return {{DraftKind::Account, call.account->id.value}, call.parameter(0)}; }

DraftPlace preferences_place(Call const& call) {
    return {{DraftKind::Preferences, call.account->id.value}, kPreferencesName};
}

std::optional<Problem> object_fault(std::string_view body) {
    auto const value = parse_body(body);
    if (!value) return value.error();
    if (value->is_object()) return std::nullopt;
    return invalid_input({{"", "wrong_type", "这里应当是一个 JSON 对象。"}});
}

std::optional<std::string> load(Services& services, Call const& call, DraftPlace const& place) {
    return services.store.drafts().load(services.reader, place.owner, place.name, call.now);
}

http::Response object_response(std::string body) {
    return http::text_response(http::status::ok, "application/json", std::move(body));
}

/// Stores the body, byte for byte, replacing the earlier one.
net::awaitable<Answer> keep(
    Services& services, Call& call, DraftPlace place, std::optional<workflow::Instant> expires_at
) {
    auto const& body = call.request.body;
    if (auto problem = object_fault(body)) co_return std::move(*problem);
    std::function<Result<std::monostate>(Connection&)> work =
        [&services, &body, &place, &expires_at](Connection& connection) -> Result<std::monostate> {
        auto const saved = services.store.drafts().save(connection, place.owner, place.name, body, expires_at);
        if (!saved) return saved.error();
        return std::monostate{};
    };
    auto const kept = co_await commit_write<std::monostate>(services, std::move(work), body.size() + 1024);
    if (!kept) co_return http::problem_of(kept.error());
    co_return no_content();
}

Answer read_draft(Services& services, Call& call) {
    auto draft = load(services, call, draft_place(call));
    if (!draft) return not_found("draft_not_found", "没有保存过这份草稿，或者它已过期。");
    return object_response(std::move(*draft));
}

net::awaitable<Answer> put_draft(Services& services, Call& call) {
    return keep(services, call, draft_place(call), call.now + kDraftsKeptFor);
}

net::awaitable<Answer> remove_draft(Services& services, Call& call) {
    std::function<Result<std::monostate>(Connection&)> work =
        [&services, place = draft_place(call)](Connection& connection) -> Result<std::monostate> {
        services.store.drafts().remove(connection, place.owner, place.name);
        return std::monostate{};
    };
    auto const removed = co_await commit_write<std::monostate>(services, std::move(work));
    if (!removed) co_return http::problem_of(removed.error());
    co_return no_content();
}

Answer read_preferences(Services& services, Call& call) {
    return object_response(load(services, call, preferences_place(call)).value_or("{}"));
}

net::awaitable<Answer> put_preferences(Services& services, Call& call) {
    if (call.request.body.size() > kLargestPreferences) {
        co_return invalid_input({{"", "preferences_too_long", "要保存的内容过长，最多32 KiB。"}});
    }
    co_return co_await keep(services, call, preferences_place(call), std::nullopt);
}

json::object free_object(std::string_view description) {
    return {{"type", "object"}, {"description", description}, {"additionalProperties", true}};
}

json::object draft_schema() { return free_object("页面自定的内容，最多64 KiB"); }
json::object preferences_schema() { return free_object("页面自定的内容（视图、列、快捷键等），最多32 KiB"); }

}  // namespace

std::vector<Operation> draft_operations() {
    constexpr std::string_view kDraft = "/api/v1/drafts/{name}";
    constexpr std::string_view kPreferences = "/api/v1/session/preferences";
    return {
        {.method = verb::get,
         .path = kDraft,
         .id = "readDraft",
         .summary = "自己的一份草稿",
         .tag = "session",
         .who = Who::Staff,
         .handler = read_draft,
         .response = draft_schema},
        {.method = verb::put,
         .path = kDraft,
         .id = "putDraft",
         .summary = "保存草稿；30天内没有再保存就自动删除",
         .tag = "session",
         .who = Who::Staff,
         .handler = put_draft,
         .request = draft_schema,
         .success = http::status::no_content},
        {.method = verb::delete_,
         .path = kDraft,
         .id = "removeDraft",
         .summary = "删除草稿",
         .tag = "session",
         .who = Who::Staff,
         .handler = remove_draft,
         .success = http::status::no_content},
        {.method = verb::get,
         .path = kPreferences,
         .id = "readPreferences",
         .summary = "自己的使用习惯",
         .tag = "session",
         .who = Who::Staff,
         .handler = read_preferences,
         .response = preferences_schema},
        {.method = verb::put,
         .path = kPreferences,
         .id = "putPreferences",
         .summary = "保存自己的使用习惯",
         .tag = "session",
         .who = Who::Staff,
         .handler = put_preferences,
         .request = preferences_schema,
         .success = http::status::no_content},
    };
}

}  // namespace server::api
