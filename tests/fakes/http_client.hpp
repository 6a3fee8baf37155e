#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

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

struct Reply {
    boost::beast::http::response<boost::beast::http::string_body> message;

    unsigned status() const { return message.result_int(); }
    std::string const& body() const { return message.body(); }
    std::string header(std::string_view name) const { return std::string(message[name]); }
    boost::json::object const& json() const& {
        if (!parsed_) parsed_ = boost::json::parse(body()).as_object();
        return *parsed_;
    }
    boost::json::object json() && { return boost::json::parse(body()).as_object(); }
    std::string code() const { return std::string(json().at("code").as_string()); }

private:
    mutable std::optional<boost::json::object> parsed_;
};

/// The fields of a form, in order.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// A browser of a kind: one connection, keeps cookies and sends the CSRF token back. Blocks.
class HttpClient {
public:
    explicit HttpClient(std::uint16_t port)
        : io_(std::make_unique<boost::asio::io_context>()), socket_(*io_), host_("127.0.0.1:" + std::to_string(port)) {
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    }

    Reply send(
        std::string_view method,
        std::string_view target,
        std::string_view body,
        std::string_view content_type,
        Headers headers = {}
    ) {
        namespace http = boost::beast::http;
        http::request<http::string_body> request;
        request.method_string(method);
        request.target(target);
        request.version(11);
        request.set(http::field::host, host_);
        if (!cookies.empty()) request.set(http::field::cookie, cookie());
        if (!csrf.empty()) request.set("X-CSRF-Token", csrf);
        if (!content_type.empty()) request.set(http::field::content_type, content_type);
        for (auto const& [name, value] : headers) request.set(name, value);
        request.body() = body;
        request.prepare_payload();
        http::write(socket_, request);
        Reply reply;
        http::response_parser<http::string_body> parser;
        parser.body_limit(64 * 1024 * 1024);
        parser.skip(method == "HEAD");
        http::read(socket_, buffer_, parser);
        reply.message = parser.release();
        auto const [first, last] = reply.message.equal_range(http::field::set_cookie);
        for (auto field = first; field != last; ++field) keep_cookie(std::string(field->value()));
        if (witness) witness(method, target, reply);
        return reply;
    }

    Reply get(std::string_view target, Headers headers = {}) { return send("GET", target, "", "", headers); }
    Reply post(std::string_view target, boost::json::value const& body, Headers headers = {}) {
        return send("POST", target, boost::json::serialize(body), "application/json", headers);
    }
    Reply put(std::string_view target, boost::json::value const& body, Headers headers = {}) {
        return send("PUT", target, boost::json::serialize(body), "application/json", headers);
    }

    Reply post_form(std::string_view target, Fields const& fields, Headers headers = {}) {
        std::string body;
        for (auto const& [name, value] : fields) {
            body.append(body.empty() ? "" : "&").append(encoded(name) + '=' + encoded(value));
        }
        return send("POST", target, body, "application/x-www-form-urlencoded", headers);
    }

    /// What it keeps, as the Cookie field says it.
    std::string cookie() const {
        std::string field;
        for (auto const& [name, value] : cookies) field.append(field.empty() ? "" : "; ").append(name + '=' + value);
        return field;
    }

    std::map<std::string, std::string> cookies;
    std::string csrf;
    /// Sees every answer.
    std::function<void(std::string_view method, std::string_view target, Reply const& reply)> witness;

private:
    void keep_cookie(std::string const& set) {
        auto const equals = set.find('=');
        auto const name = set.substr(0, equals);
        if (set.find("Max-Age=0") == std::string::npos) {
            cookies[name] = set.substr(equals + 1, set.find(';') - equals - 1);
        } else {
            cookies.erase(name);
        }
    }

    static std::string encoded(std::string_view text) {
        constexpr std::string_view kHex = "0123456789ABCDEF";
        std::string result;
        for (unsigned char const c : text) (result += '%').append({kHex[c >> 4], kHex[c & 15]});
        return result;
    }

    std::unique_ptr<boost::asio::io_context> io_;  // stays where it is when the client moves
    boost::asio::ip::tcp::socket socket_;
    boost::beast::flat_buffer buffer_;
    std::string host_;
};

}  // namespace fakes
