#include "server/access/accounts.hpp"

#include <boost/json/array.hpp>

#include <fmt/format.h>

namespace server {
namespace {

namespace json = boost::json;
using workflow::Code;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

/// A text member of the arguments; empty when it is missing, since the sender may be another version of the program.
std::string text(json::object const& arguments, std::string_view name) {
    auto const* value = arguments.if_contains(name);
    auto const* found = value == nullptr ? nullptr : value->if_string();
    return found == nullptr ? std::string() : std::string(*found);
}

Result<workflow::RoleSet> roles_of(json::object const& arguments) {
    workflow::RoleSet roles;
    auto const* value = arguments.if_contains("roles");
    auto const* list = value == nullptr ? nullptr : value->if_array();
    if (list == nullptr) return roles;
    for (auto const& each : *list) {
        auto const code = each.is_string() ? std::string(each.get_string()) : std::string();
        auto const role = workflow::parse<workflow::Role>(code);
        if (!role) {
            std::string known;
            for (auto const& term : workflow::kRoles) known += fmt::format(" {}", term.code);
            return Refusal{
                RefusalKind::Invalid,
                "unknown_role",
                fmt::format("没有“{}”这个角色，可用的有：{}。", code, known.substr(1))};
        }
        roles.add(*role);
    }
    return roles;
}

/// Gives the account a fresh password that its owner must change, and returns it.
std::string renew_password(storage::Staff& staff, workflow::Instant now) {
    auto password = access::random_password();
    staff.password_hash = access::hash_password(password, kDefaultPasswordCost);
    staff.password_changed_at = now;
    staff.must_change_password = true;
    return password;
}

Result<void> store_account(storage::Store& store, storage::Staff const& staff, workflow::Instant now) {
    return store.writes().run([&](storage::Connection& connection) {
        return store.directory().put(connection, staff, kOperator, now);
    });
}

Result<storage::Staff> find_account(storage::Store& store, json::object const& arguments) {
    auto const username = text(arguments, "username");
    auto const directory = store.directory().current();
    auto const* staff = directory->staff_by_username(username);
    if (staff != nullptr) return *staff;
    return Refusal{
        RefusalKind::NotFound,
        "unknown_account",
        fmt::format("没有用户名为“{}”的账号，可用 disclosure user list 查看。", username)};
}

}  // namespace

json::object to_json(NewAccount const& account) {
    json::array roles(account.roles.begin(), account.roles.end());
    return {
        {"username", account.username},
        {"name", account.name},
        {"agency", account.agency},
        {"department", account.department},
        {"roles", std::move(roles)}};
}

json::object account_json(storage::Staff const& staff) {
    json::array roles;
    for (auto const& role : workflow::kRoles) {
        if (staff.roles.has(role.value)) roles.push_back(json::value(role.code));
    }
    return {
        {"username", staff.username},
        {"name", staff.name},
        {"agency", staff.agency.value},
        {"department", staff.department.value},
        {"roles", std::move(roles)},
        {"disabled", staff.disabled}};
}

Result<json::object> add_account(storage::Store& store, json::object const& arguments, workflow::Instant now) {
    auto const roles = roles_of(arguments);
    if (!roles) return roles.error();
    storage::Staff staff;
    staff.id = Code{storage::random_id()};
    staff.username = text(arguments, "username");
    staff.name = text(arguments, "name");
    staff.agency = Code{text(arguments, "agency")};
    staff.department = Code{text(arguments, "department")};
    staff.roles = *roles;
    auto const password = renew_password(staff, now);
    if (auto const stored = store_account(store, staff, now); !stored) return stored.error();
    auto result = account_json(staff);
    result["password"] = password;
    return result;
}

Result<json::object> disable_account(storage::Store& store, json::object const& arguments, workflow::Instant now) {
    auto staff = find_account(store, arguments);
    if (!staff) return staff.error();
    staff->disabled = true;
    if (auto const stored = store_account(store, *staff, now); !stored) return stored.error();
    return account_json(*staff);
}

Result<json::object> reset_account(storage::Store& store, json::object const& arguments, workflow::Instant now) {
    auto staff = find_account(store, arguments);
    if (!staff) return staff.error();
    staff->disabled = false;
    auto const password = renew_password(*staff, now);
    if (auto const stored = store_account(store, *staff, now); !stored) return stored.error();
    auto result = account_json(*staff);
    result["password"] = password;
    return result;
}

}  // namespace server
