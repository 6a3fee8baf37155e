#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "server/access/passwords.hpp"
#include "storage/store.hpp"

/// What the operator does to accounts from the command line: the commands behind `disclosure user` and `disclosure
/// init`. Passwords are made here and shown once; whoever gets one must change it at first login.
namespace server {

/// The cost of hashing a password made on the command line; the service's own cost is a setting.
inline constexpr access::PasswordCost kDefaultPasswordCost{19'456, 2};

struct NewAccount {
    std::string username;
    std::string name;
    std::string agency;
    std::string department;  ///< empty for roles that belong to none
    std::vector<std::string> roles;
};
boost::json::object to_json(NewAccount const& account);

/// {"username", "name", "agency", "department", "roles", "disabled"}; never a password.
boost::json::object account_json(storage::Staff const& staff);

/// "user.add": to_json(NewAccount) → account_json and "password".
workflow::Result<boost::json::object> add_account(
    storage::Store& store, boost::json::object const& arguments, workflow::Instant now
);
/// "user.disable": {"username"} → account_json.
workflow::Result<boost::json::object> disable_account(
    storage::Store& store, boost::json::object const& arguments, workflow::Instant now
);
/// "user.reset": {"username"} → account_json and "password".
workflow::Result<boost::json::object> reset_account(
    storage::Store& store, boost::json::object const& arguments, workflow::Instant now
);

/// How the journal names the person at the command line of the machine.
inline storage::Author const kOperator{"system_admin", "operator"};

}  // namespace server
