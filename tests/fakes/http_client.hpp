#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fakes {

using Headers = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class Reply {
public:
    Reply() = default;
    Reply(unsigned status, std::vector<std::pair<std::string, std::string>> headers, std::string body);

    unsigned status() const { return status_; }
    std::string const& body() const { return body_; }
    /// Empty when it is not there.
    std::string header(std::string_view name) const;
    boost::json::object const& json() const&;
    boost::json::object json() &&;
    std::string code() const;

private:
    unsigned status_ = 0;
    std::vector<std::pair<std::string, std::string>> headers_;
    std::string body_;
    mutable std::optional<boost::json::object> parsed_;
};

/// The fields of a form, in order.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// A browser of a kind: one connection, keeps cookies and sends the CSRF token back. Blocks.
class HttpClient {
public:
    explicit HttpClient(std::uint16_t port);
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;
    ~HttpClient();

    Reply send(
        std::string_view method,
        std::string_view target,
        std::string_view body,
        std::string_view content_type,
        Headers headers = {}
    );
    Reply get(std::string_view target, Headers headers = {}) { return send("GET", target, "", "", headers); }
    Reply post(std::string_view target, boost::json::value const& body, Headers headers = {});
    Reply put(std::string_view target, boost::json::value const& body, Headers headers = {});
    Reply post_form(std::string_view target, Fields const& fields, Headers headers = {});

    /// What it keeps, as the Cookie field says it.
    std::string cookie() const;

    std::map<std::string, std::string> cookies;
    std::string csrf;
    /// Sees every answer.
    std::function<void(std::string_view method, std::string_view target, Reply const& reply)> witness;

private:
    struct Connection;

    void keep_cookie(std::string const& set);

    std::unique_ptr<Connection> connection_;
};

}  // namespace fakes
