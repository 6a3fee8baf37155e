#include "server/api/kit/writing.hpp"

#include <utility>

#include "server/http/peer.hpp"

namespace server::api {
namespace {

constexpr std::size_t kLongestKey = 255;

/// An answer as it is kept: its location, a line end, its body.
std::string pack(Created const& created) { return created.location + '\n' + created.body; }

Created unpack(std::string const& text) {
    auto const end = text.find('\n');
    return {text.substr(0, end), text.substr(end + 1)};
}

/// The owner of an idempotency key: keys of different callers are distinct.
std::string caller(Call const& call) {
    if (call.account != nullptr) return call.account->id.value;
    if (!call.actor.own_case.empty()) return call.actor.own_case.value;
    return http::client_network(call.request.peer).to_string();
}

bool is_key(std::string_view key) {
    return key.size() <= kLongestKey && std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

net::awaitable<Answer> create_once(
    Services& services,
    Call& call,
    std::string request,
    std::function<workflow::Result<Created>(storage::Connection&)> make
) {
    std::string const key(call.request.header("Idempotency-Key"));
    if (!is_key(key)) {
        co_return bad_request(
            "malformed_idempotency_key", "Idempotency-Key 应当是不超过255个字符、不含空格的英文标识。"
        );
    }
    std::string path;
    for (auto const& segment : call.request.target.segments) path += '/' + segment;
    auto const bytes = request.size() + 1024;
    std::function<workflow::Result<std::string>(storage::Connection&)> work =
        [&services, make = std::move(make), who = caller(call), key, what = path + '\n' + request, now = call.now](
            storage::Connection& connection
        ) {
            return services.store.idempotency()
                .once(connection, who, key, what, now, [&]() -> workflow::Result<std::string> {
                    auto made = make(connection);
                    if (!made) return made.error();
                    return pack(*made);
                });
        };
    auto const answer = co_await commit_write<std::string>(services, std::move(work), bytes);
    if (!answer) co_return http::problem_of(answer.error());
    auto [location, body] = unpack(*answer);
    auto response = http::text_response(http::status::created, "application/json", std::move(body));
    response.set("Location", location);
    co_return response;
}

storage::Author journal_author(Call const& call, workflow::RoleSet in) {
    for (auto const& role : workflow::kRoles) {
        if (in.has(role.value) && call.actor.roles.has(role.value)) {
            return {std::string(role.code), call.actor.id.value};
        }
    }
    return {};
}

}  // namespace server::api
