#pragma once

#include "workflow/time/date.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "server/delivery/transfer.hpp"

namespace server::delivery {

struct SmsGateway {
    std::string url;  ///< the only address that is ever called; redirects are not followed
    std::string key;  ///< shared with the gateway
    std::string ca_file = {};
    std::chrono::milliseconds time = std::chrono::seconds(5);  ///< for one message
};

struct TextMessage {
    std::string id;  ///< the same for every attempt
    std::string phone;
    std::string text;
    workflow::Instant at{};
};

/// Hands text messages to a gateway by the interface in README.md. One thread at a time.
class SmsSender {
public:
    explicit SmsSender(SmsGateway gateway);
    ~SmsSender();
    Transfer send(TextMessage const& message);

private:
    struct Connection;
    SmsGateway const gateway_;
    std::unique_ptr<Connection> connection_;
};

/// A mobile number of the mainland: eleven digits that begin with 1.
bool is_mobile(std::string_view phone);

/// Lower-case hex of HMAC-SHA256 over "<timestamp>\n<body>".
std::string sms_signature(std::string_view key, std::string_view timestamp, std::string_view body);

}  // namespace server::delivery
