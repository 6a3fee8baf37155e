#pragma once

#include "storage/store.hpp"
#include "workflow/letters/notifications.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/config/config.hpp"
#include "server/delivery/contact.hpp"
#include "server/delivery/mail.hpp"
#include "server/delivery/sms.hpp"

namespace server::delivery {

/// Turns one message into mail or a text message and sends it: reads the sealed case, the address and the frozen
/// letters with a connection of its own. One thread.
class MailRoom {
public:
    using Message = storage::Outbox::Message;
    using Settlement = storage::Outbox::Settlement;

    MailRoom(storage::Store& store, Config const& config);

    Settlement send_mail(Message const& message, workflow::Instant now);
    Settlement send_text(Message const& message, workflow::Instant now);
    Settlement send_digest(Message const& message, workflow::Instant now);

private:
    struct Person {
        std::string name;
        std::optional<std::string> email;
        std::optional<std::string> phone;
    };
    Person find_person(Message const& message, workflow::Case const& facts, workflow::Instant now);
    struct Enclosures {
        std::vector<MailFile> files = {};
        bool too_large = false;  ///< the files released with the reply stay on the tracking page
    };
    /// Nullopt while the letters are still being made.
    std::optional<Enclosures> gather_enclosures(
        Message const& message, workflow::NotificationRule const& rule, workflow::Case const& facts
    );
    void add_released(Enclosures& enclosed, std::string const& case_id, workflow::Case const& facts);
    std::string read_content(std::string const& sha256);
    /// The text of the message; nullopt when it is no longer valid.
    std::optional<std::string> compose_words(
        Message const& message,
        workflow::NotificationRule const& rule,
        workflow::Case const& facts,
        workflow::Instant now
    );
    std::string name_agency(workflow::Code const& code) const;

    storage::Store& store_;
    Config const& config_;
    std::unique_ptr<storage::Connection> reader_;
    Mailer mailer_;
    SmsSender sms_;
};

/// When a text message that can wait may go out: now, or at the end of the quiet hours.
workflow::Instant next_loud_moment(workflow::Instant now, std::int64_t quiet_from, std::int64_t quiet_until);

}  // namespace server::delivery
