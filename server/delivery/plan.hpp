#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/office/outbox.hpp"
#include "workflow/letters/notifications.hpp"

#include <functional>
#include <string>
#include <vector>

#include "server/delivery/contact.hpp"

/// Plans the messages of a notification: which recipient has which address, and what the settings can carry.
namespace server::delivery {

/// Who a message is for, as the outbox writes it; anything else is the id of an account.
inline constexpr std::string_view kApplicant = "applicant";
inline constexpr std::string_view kThirdParty = "third_party";

struct Channels {
    bool mail = false;
    bool sms = false;
};

/// The contact of an account; read by its id.
using ContactOf = std::function<Contact(workflow::Code const& account)>;

struct Planned {
    storage::MessageKind kind{};
    std::string recipient;
    bool operator==(Planned const&) const = default;
};

/// The messages of this notification, one for each recipient and channel. What the law requires is printed where no
/// electronic channel can carry it; other notices are then left out. What goes to an assignee goes to the deputy
/// (代办人) as well while the assignee is away.
std::vector<Planned> plan(
    workflow::NotificationRule const& rule,
    workflow::Case const& facts,
    storage::Directory const& directory,
    Channels channels,
    ContactOf const& contact_of,
    workflow::Date today
);

/// Whether a message that cannot be sent has to be printed instead.
bool must_be_printed(workflow::NotificationRule const& rule, storage::MessageKind kind);

}  // namespace server::delivery
