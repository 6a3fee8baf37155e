#include "server/delivery/contact.hpp"

#include "storage/engine/shape_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace server::delivery {
namespace {

constexpr std::string_view kName = "contact";

storage::DraftOwner owner(std::string_view account) { return {storage::DraftKind::Preferences, account}; }

}  // namespace

Contact load_contact(
    storage::Drafts const& drafts, storage::Connection& connection, std::string_view account, workflow::Instant now
) {
    auto const text = drafts.load(connection, owner(account), kName, now);
    return text ? storage::from_json<Contact>(boost::json::parse(*text).as_object()) : Contact{};
}

workflow::Result<void> save_contact(
    storage::Drafts& drafts, storage::Connection& connection, std::string_view account, Contact const& contact
) {
    auto const text = boost::json::serialize(storage::to_json(contact));
    return drafts.save(connection, owner(account), kName, text, std::nullopt);
}

}  // namespace server::delivery
