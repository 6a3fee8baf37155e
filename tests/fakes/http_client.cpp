#include "tests/fakes/http_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace fakes {

namespace json = boost::json;
namespace http = boost::beast::http;

namespace {

std::string encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string result;
    for (unsigned char const c : text) (result += '%').append({kHex[c >> 4], kHex[c & 15]});
    return result;
}

}  // namespace

// ---- an answer -----------------------------------------------------------------------------------------------------

Reply::Reply(unsigned status, std::vector<std::pair<std::string, std::string>> headers, std::string body)
    : status_(status), headers_(std::move(headers)), body_(std::move(body)) {}

std::string Reply::header(std::string_view name) const {
    for (auto const& [field, value] : headers_) {
        if (boost::beast::iequals(field, name)) return value;
    }
    return "";
}

json::object const& Reply::json() const& {
    if (!parsed_) parsed_ = json::parse(body_).as_object();
    return *parsed_;
}

json::object Reply::json() && { return json::parse(body_).as_object(); }

std::string Reply::code() const { return std::string(json().at("code").as_string()); }

// ---- the client ----------------------------------------------------------------------------------------------------

struct HttpClient::Connection {
    explicit Connection(std::uint16_t port) : host("127.0.0.1:" + std::to_string(port)) {
        socket.connect({boost::asio::ip::address_v4::loopback(), port});
    }

    boost::asio::io_context io;
    boost::asio::ip::tcp::socket socket{io};
    boost::beast::flat_buffer buffer;
    std::string host;
};

HttpClient::HttpClient(std::uint16_t port) : connection_(std::make_unique<Connection>(port)) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

Reply HttpClient::send(
    std::string_view method,
    std::string_view target,
    std::string_view body,
    std::string_view content_type,
    Headers headers
) {
    http::request<http::string_body> request;
    request.method_string(method);
    request.target(target);
    request.version(11);
    request.set(http::field::host, connection_->host);
    if (!cookies.empty()) request.set(http::field::cookie, cookie());
    if (!csrf.empty()) request.set("X-CSRF-Token", csrf);
    if (!content_type.empty()) request.set(http::field::content_type, content_type);
    for (auto const& [name, value] : headers) request.set(name, value);
    request.body() = body;
    request.prepare_payload();
    http::write(connection_->socket, request);

    http::response_parser<http::string_body> parser;
    parser.body_limit(64 * 1024 * 1024);
    parser.skip(method == "HEAD");
    http::read(connection_->socket, connection_->buffer, parser);
    auto message = parser.release();
    std::vector<std::pair<std::string, std::string>> fields;
    for (auto const& field : message) {
        if (field.name() == http::field::set_cookie) keep_cookie(std::string(field.value()));
        fields.emplace_back(field.name_string(), field.value());
    }
    Reply reply(message.result_int(), std::move(fields), std::move(message.body()));
    if (witness) witness(method, target, reply);
    return reply;
}

Reply HttpClient::post(std::string_view target, json::value const& body, Headers headers) {
    return send("POST", target, json::serialize(body), "application/json", headers);
}

Reply HttpClient::put(std::string_view target, json::value const& body, Headers headers) {
    return send("PUT", target, json::serialize(body), "application/json", headers);
}

Reply HttpClient::post_form(std::string_view target, Fields const& fields, Headers headers) {
    std::string body;
    for (auto const& [name, value] : fields) {
        body.append(body.empty() ? "" : "&").append(encoded(name) + '=' + encoded(value));
    }
    return send("POST", target, body, "application/x-www-form-urlencoded", headers);
}

std::string HttpClient::cookie() const {
    std::string field;
    for (auto const& [name, value] : cookies) field.append(field.empty() ? "" : "; ").append(name + '=' + value);
    return field;
}

void HttpClient::keep_cookie(std::string const& set) {
    auto const equals = set.find('=');
    auto const name = set.substr(0, equals);
    if (set.find("Max-Age=0") == std::string::npos) {
        cookies[name] = set.substr(equals + 1, set.find(';') - equals - 1);
    } else {
        cookies.erase(name);
    }
}

}  // namespace fakes
