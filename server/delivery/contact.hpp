#pragma once

#include "storage/engine/driver.hpp"
#include "storage/office/drafts.hpp"
#include "workflow/words/fields.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace server::delivery {

/// How an account wants to be notified: entered by the account itself, stored sealed, in no journal.
struct Contact {
    std::optional<std::string> email;
    std::optional<std::string> phone;
    bool digest = true;  ///< one mail each working day
    bool sms = false;    ///< what is urgent also by text message
    bool operator==(Contact const&) const = default;
};

constexpr auto fields(std::type_identity<Contact>) {
    using T = Contact;
    return std::tuple{
        workflow::field("email", &T::email, "电子邮箱", {3, workflow::kShortText}),
        workflow::field("phone", &T::phone, "手机号码", {11, 11}),
        workflow::field("digest", &T::digest, "每个工作日收一封摘要邮件"),
        workflow::field("sms", &T::sms, "催办时另发短信")};
}

/// Without a stored contact the account gets no messages.
Contact load_contact(
    storage::Drafts const& drafts, storage::Connection& connection, std::string_view account, workflow::Instant now
);
/// Writer thread, inside a job.
workflow::Result<void> save_contact(
    storage::Drafts& drafts, storage::Connection& connection, std::string_view account, Contact const& contact
);

}  // namespace server::delivery
