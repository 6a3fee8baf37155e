#pragma once

#include "workflow/time/date.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/delivery/transfer.hpp"

namespace server::delivery {

/// `Required` and `Implicit` verify the certificate. `Optional` does not, because it would also send without
/// encryption.
enum class MailTls : std::uint8_t { Required, Optional, Off, Implicit };

struct MailServer {
    std::string host;
    std::int64_t port = 587;
    MailTls tls = MailTls::Required;
    std::string ca_file = {};  ///< empty: the system's
    std::string user = {};     ///< empty: no login
    std::string password = {};
    std::string sender = {};
    std::chrono::milliseconds time = std::chrono::seconds(30);  ///< for one mail
};

/// A file that goes with a mail.
struct MailFile {
    std::string name;
    std::string media_type;
    std::string bytes;
};

struct Mail {
    std::string id;         ///< the same for every attempt, so that the other side recognizes a repetition
    std::string from_name;  ///< who writes; the address is the server's
    std::string to;
    std::string to_name;
    std::string subject;
    std::string text;
    std::vector<MailFile> files = {};
    workflow::Instant at{};
};

/// Sends mail by SMTP through libcurl, over one connection as long as it lasts. One thread at a time; blocks for at
/// most the server's time.
class Mailer {
public:
    explicit Mailer(MailServer server);
    ~Mailer();
    Transfer send(Mail const& mail);

private:
    struct Connection;
    MailServer const server_;
    std::unique_ptr<Connection> connection_;
};

/// Text for a header (RFC 2047): control characters become blanks, and what is not ASCII is encoded in words no longer
/// than a line may be.
std::string header_text(std::string_view text);

/// "Sat, 21 Nov 2026 15:12:53 +0800"
std::string mail_date(workflow::Instant at);

}  // namespace server::delivery
