#pragma once

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <utility>

#include "server/api/kit/writing.hpp"
#include "server/api/shapes/input.hpp"

/// What agencies, departments, accounts and settings have in common: records that administrators make and change.
namespace server::api {

inline constexpr workflow::RoleSet kSystemAdmin{workflow::Role::SystemAdmin};

/// Whether an administrator may touch what belongs to this agency: the own one and those below it. To them the rest of
/// the tree is as if it were not there.
inline bool administers(Call const& call, workflow::Code const& agency) {
    auto const reach = call.directory->subtree(call.actor.agency);
    return std::ranges::find(reach, agency) != reach.end();
}

/// What is the same for every agency is kept where no other agency is above.
inline std::optional<http::Problem> kept_at_the_top(Call const& call) {
    auto const* own = call.directory->agency(call.actor.agency);
    if (own != nullptr && !own->parent) return std::nullopt;
    return http::Problem{
        .status = http::status::forbidden,
        .code = "kept_at_the_top",
        .detail = "这一项对所有机关都有效，由最上级机关的系统管理员维护。"};
}

/// A form that would reach beyond the agencies of its administrator.
inline http::Problem beyond_reach(std::string pointer) {
    return invalid_input({{std::move(pointer), "beyond_reach", "这个机关不在您的管理范围内。"}});
}

/// A new record whose code another one has.
inline workflow::Refusal code_in_use() {
    workflow::Refusal refusal{workflow::RefusalKind::Invalid, "code_in_use", "这个代码已经使用，请换一个。"};
    refusal.errors.push_back({"/code", refusal.code, refusal.detail});
    return refusal;
}

/// Stores `record`, which `by` one of its roles the caller may. Answers with `body` and the new version.
template <typename Record>
net::awaitable<Answer> put_record(
    Services& services, Call& call, Record record, workflow::RoleSet by, std::string (*body)(Record const&, Call const&)
) {
    std::function<workflow::Result<Record>(storage::Connection&)> work =
        [&services, &call, &record, by](storage::Connection& connection) -> workflow::Result<Record> {
        auto const put = services.store.directory().put(connection, record, journal_author(call, by), call.now);
        if (!put) return put.error();
        if constexpr (std::same_as<Record, storage::Agency>) {
            services.store.cases().reschedule_checks(connection, record.code, call.now);
        }
        ++record.version;
        return record;
    };
    auto const stored = co_await commit_write<Record>(services, std::move(work));
    if (!stored) co_return http::problem_of(stored.error());
    call.directory = services.store.directory().current();
    auto response = http::text_response(http::status::ok, "application/json", body(*stored, call));
    response.set("ETag", version_tag(stored->version));
    co_return response;
}

/// The same for a new one: 201, once for each Idempotency-Key.
template <typename Record>
net::awaitable<Answer> create_record(
    Services& services, Call& call, Record record, std::string location, std::string (*body)(Record const&, Call const&)
) {
    std::function<workflow::Result<Created>(storage::Connection&)> make =
        [&services, &call, &record, &location, body](storage::Connection& connection) -> workflow::Result<Created> {
        auto const by = journal_author(call, kSystemAdmin);
        auto const put = services.store.directory().put(connection, record, by, call.now);
        if (!put && put.error().kind == workflow::RefusalKind::Stale) return code_in_use();
        if (!put) return put.error();
        ++record.version;
        return Created{location, body(record, call)};
    };
    co_return co_await create_once(services, call, call.request.body, std::move(make));
}

}  // namespace server::api
