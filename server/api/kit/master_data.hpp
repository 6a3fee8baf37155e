#pragma once

#include <concepts>
#include <string>
#include <utility>

#include "server/api/kit/writing.hpp"
#include "server/api/shapes/input.hpp"

/// What agencies, departments, accounts and settings have in common: records that administrators make and change.
namespace server::api {

inline constexpr workflow::RoleSet kSystemAdmin{workflow::Role::SystemAdmin};

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
