#include "server/http/session.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <random>
#include <utility>
#include <vector>

#include "server/http/response_head.hpp"

namespace server::http {
namespace {

namespace beast_http = boost::beast::http;

constexpr std::size_t kBufferLimit = 64 * 1024;  // also bounds what a chunked body can insert between two chunks
constexpr std::size_t kReadSize = 4 * 1024;
constexpr std::size_t kIdleBuffer = 2 * kReadSize;  // what an idle connection may keep
constexpr std::size_t kPieceSize = 64 * 1024;
constexpr std::size_t kOwnBody = 64 * 1024;  // memory for each body that counts against no limit: a form of usual size
constexpr std::chrono::seconds kRetryBody{5};

std::string_view view(boost::beast::flat_buffer const& buffer) {
    return {static_cast<char const*>(buffer.data().data()), buffer.size()};
}

/// The trace id a trusted proxy gave the request (W3C traceparent), or a new one. It only identifies the request.
std::string trace_id(std::string_view traceparent) {
    constexpr std::size_t kDigits = 32;
    constexpr std::string_view kHex = "0123456789abcdef";
    if (traceparent.size() >= 55 && traceparent.starts_with("00-")) {
        auto const given = traceparent.substr(3, kDigits);
        if (given.find_first_not_of(kHex) == std::string_view::npos) return std::string(given);
    }
    static thread_local std::mt19937_64 random{std::random_device{}()};
    std::string made(kDigits, '0');
    for (std::size_t i = 0; i < kDigits; i += 16) {
        auto bits = random();
        for (std::size_t digit = 0; digit < 16; ++digit, bits >>= 4) made[i + digit] = kHex[bits & 0xF];
    }
    return made;
}

std::string join_values(beast_http::fields const& headers, std::string_view name) {
    std::string list;
    auto const [first, last] = headers.equal_range(name);
    for (auto field = first; field != last; ++field) {
        if (!list.empty()) list += ',';
        list.append(field->value().data(), field->value().size());
    }
    return list;
}

/// Whether the request has a forwarding header.
bool is_forwarded(beast_http::fields const& headers) {
    constexpr std::array<std::string_view, 3> kNames{"X-Forwarded-For", "Forwarded", "X-Real-IP"};
    return std::ranges::any_of(kNames, [&](std::string_view name) { return headers.count(name) > 0; });
}

Problem too_large(std::uint64_t limit) {
    return {
        .status = status::payload_too_large,
        .code = "body_too_large",
        .detail = "正文超过上限 " + std::to_string(limit) + " 字节。"};
}

Problem too_many_bodies() {
    return {
        .status = status::service_unavailable,
        .code = "too_many_bodies",
        .detail = "同时收到的内容太多，请稍后再试。",
        .retry_after = kRetryBody};
}

Problem bad_framing(std::string_view code, std::string_view detail) {
    return {.status = status::bad_request, .code = std::string(code), .detail = std::string(detail)};
}

/// Reads from a refused head what its answer depends on: target and accepted types. A head that was cut off before is
/// taken to come from a browser: nobody else sends heads of that length.
void read_refused_head(Request& request, std::string_view bytes) {
    auto target = bytes.substr(std::min(bytes.find(' ') + 1, bytes.size()));
    target = target.substr(0, target.find_first_of("? \r"));
    if (auto parsed = parse_target(target.starts_with('/') ? target : "/")) request.target = *std::move(parsed);
    constexpr std::string_view kAccept = "\r\nAccept:";
    auto const lower = [](unsigned char c) { return std::tolower(c); };
    auto const found = std::ranges::search(bytes, kAccept, {}, lower, lower);
    std::string_view const rest(found.end(), bytes.end());
    if (!found.empty()) {
        request.headers.set(field::accept, rest.substr(0, rest.find('\r')));
    } else if (!bytes.ends_with("\r\n\r\n")) {
        request.headers.set(field::accept, "text/html");
    }
}

}  // namespace

/// Reads the body through the parser and enforces its limit, its pace and its framing.
class Session::Body final : public BodyReader {
public:
    /// `invite`: the client waits for 100 Continue, which is sent when the body is first read.
    Body(Session& session, Parser& parser, std::uint64_t limit, bool invite)
        : session_(session),
          parser_(parser),
          limit_(limit),
          invite_(invite),
          patience_(session.context_.limits.body_time) {}
    ~Body() override { session_.context_.body_bytes -= shared_; }

    net::awaitable<std::size_t> read_some(std::span<char> buffer) override {
        std::size_t got = 0;
        while (got == 0 && !parser_.is_done()) {
            if (std::exchange(invite_, false)) {
                bool const invited = co_await session_.write("HTTP/1.1 100 Continue\r\n\r\n");
                if (!invited) throw BodyFailure(std::nullopt);
            }
            auto& body = parser_.get().body();
            body.data = buffer.data();
            body.size = buffer.size();
            auto const started = session_.context_.now();
            session_.wait_until(started + patience_);
            auto [error, size] =
                co_await beast_http::async_read_some(session_.socket_, session_.buffer_, parser_, kAwait);
            session_.wait_over();
            got = buffer.size() - body.size;
            received_ += got;
            auto const& limits = session_.context_.limits;
            patience_ -= session_.context_.now() - started;
            patience_ += std::chrono::microseconds(got * 1'000'000 / limits.body_rate);
            patience_ = std::min<Clock::duration>(patience_, limits.body_time);  // a fast start buys no silence
            if (error && error != beast_http::error::need_buffer) throw BodyFailure(answer_to(error));
            if (received_ > limit_) throw BodyFailure(too_large(limit_));
        }
        // The head's fields have been moved out of the parser: fields found there now are trailers.
        if (parser_.is_done() && parser_.get().begin() != parser_.get().end()) {
            throw BodyFailure(bad_framing("trailer_fields", "正文之后不得再有字段。"));
        }
        co_return got;
    }

    /// Reads the rest into a string that grows with the bytes received: an announced length alone reserves nothing.
    net::awaitable<void> read_all(std::string& body, std::uint64_t announced) {
        while (!parser_.is_done()) {
            auto const before = body.size();
            auto room = std::clamp(before, kReadSize, kPieceSize);
            if (announced > before) room = static_cast<std::size_t>(std::min<std::uint64_t>(room, announced - before));
            body.resize(before + room);
            std::span<char> const free(body.data() + before, room);
            auto const got = co_await read_some(free);
            body.resize(before + got);
            share(body.size());
        }
    }

private:
    /// Counts a body of `size` in the memory of all bodies.
    void share(std::size_t size) {
        auto const more = std::max(size, kOwnBody) - kOwnBody - shared_;
        auto& all = session_.context_.body_bytes;
        if (all + more > session_.context_.limits.bodies_in_flight_bytes) throw BodyFailure(too_many_bodies());
        all += more;
        shared_ += more;
    }

    static std::optional<Problem> answer_to(boost::system::error_code const& error) {
        bool const parser_refused = error.category() == make_error_code(beast_http::error::bad_chunk).category();
        bool const broken_off =
            error == beast_http::error::end_of_stream || error == beast_http::error::partial_message;
        if (!parser_refused || broken_off) return std::nullopt;
        return bad_framing("bad_chunk", "正文的分块格式不合法。");
    }

    Session& session_;
    Parser& parser_;
    std::uint64_t limit_;
    bool invite_;
    std::uint64_t received_ = 0;
    std::uint64_t shared_ = 0;  ///< its part of SessionContext::body_bytes
    Clock::duration patience_;  ///< the time left to wait for this client
};

Session::Session(SessionContext& context, net::ip::tcp::socket socket)
    : context_(context), socket_(std::move(socket)), buffer_(kBufferLimit) {
    boost::system::error_code gone;
    peer_ = socket_.remote_endpoint(gone).address();
    socket_.set_option(net::ip::tcp::no_delay(true), gone);
}

void Session::finish() {
    if (idle_) close();
    end_stream();
}

void Session::close_if_late(Clock::time_point now) {
    if (deadline_ < now) close();
}

void Session::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
    end_stream();
}

void Session::end_stream() {
    if (streaming_ != nullptr && streaming_->end) streaming_->end();
}

net::awaitable<void> Session::run() {
    bool again = true;
    while (again && !context_.stopping) again = co_await serve_one();
    co_await linger();
}

net::awaitable<bool> Session::serve_one() {
    auto const size = co_await read_head();
    if (size && *size == 0) co_return false;
    RequestInHand in_hand;
    in_hand.started = Clock::now();
    in_hand.request.peer = peer_;
    in_hand.request.trace_id = trace_id({});
    auto const bytes = view(buffer_).substr(0, size ? *size : buffer_.size());
    auto const head = size ? check_head(bytes, context_.limits) : size.error();
    if (!head) {
        read_refused_head(in_hand.request, bytes);
        co_return co_await refuse(in_hand, head.error());
    }

    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(context_.limits.head_bytes));
    parser.body_limit(boost::none);  // Body enforces the limit of the route
    boost::system::error_code error;
    parser.put(net::buffer(bytes), error);
    if (error) {
        auto const problem = bad_framing("bad_head", "请求头不合法。");
        co_return co_await refuse(in_hand, problem);
    }
    co_return co_await serve(in_hand, *head, parser);
}

net::awaitable<bool> Session::serve(RequestInHand& in_hand, Head const& head, Parser& parser) {
    auto& request = in_hand.request;
    request.method = head.method;
    request.content_length = head.content_length;
    request.headers = std::move(parser.get().base());
    in_hand.http_1_0 = head.http_1_0;
    in_hand.keep_alive = parser.keep_alive();
    if (context_.trusted_proxies.contains(peer_)) {
        request.peer = client_address(peer_, join_values(request.headers, "X-Forwarded-For"), context_.trusted_proxies);
        request.trace_id = trace_id(request.header("traceparent"));
        request.unnamed = context_.trusted_proxies.contains(request.peer);
    }
    // A forwarding header from an untrusted address, or one from a trusted proxy that names no client.
    if (is_forwarded(request.headers) && (request.unnamed || !context_.trusted_proxies.contains(peer_))) {
        request.unnamed = true;
        context_.exchange.count_misforwarded(request);
    }

    bool const whole_server = head.target == "*";
    auto target = parse_target(whole_server ? "/" : head.target);
    buffer_.consume(head.size);  // the views of `head` end here
    if (!target) co_return co_await refuse(in_hand, target.error());
    if (whole_server) {
        Response response;
        response.status = status::no_content;
        response.set("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        co_return co_await send(in_hand, std::move(response));
    }
    request.target = *std::move(target);
    auto match = context_.router.match(request.method, request.target.segments);
    request.parameters = std::move(match.parameters);
    in_hand.route = match.route;

    RouteOptions const options = match.route != nullptr ? match.route->options : RouteOptions{};
    auto const limit = options.body_limit.value_or(context_.limits.body_bytes);
    if (head.content_length.value_or(0) > limit) {
        auto const problem = too_large(limit);
        co_return co_await refuse(in_hand, problem);
    }
    // The body is read even for a request without a route, so that bad framing is found; but it is not invited.
    bool const body_unwanted = match.route == nullptr && head.expects_continue;
    Body body(*this, parser, limit, head.expects_continue);
    std::optional<BodyFailure> failure;
    Response response;
    try {
        if (options.body == BodyMode::Streamed) {
            request.body_reader = &body;
        } else if (!body_unwanted) {
            co_await body.read_all(request.body, head.content_length.value_or(0));
        }
        response = co_await context_.exchange.respond(match, request);
    } catch (BodyFailure const& caught) {
        failure = caught;
    }
    if (!failure) {
        if (!parser.is_done()) in_hand.keep_alive = false;
        co_return co_await send(in_hand, std::move(response));
    }
    if (failure->answer()) co_return co_await refuse(in_hand, *failure->answer());
    context_.exchange.count_abandoned();
    co_return false;
}

net::awaitable<bool> Session::refuse(RequestInHand& in_hand, Problem const& problem) {
    in_hand.keep_alive = false;
    auto response = context_.router.show(problem, in_hand.request);
    co_return co_await send(in_hand, std::move(response));
}

net::awaitable<bool> Session::send(RequestInHand& in_hand, Response response) {
    auto const& request = in_hand.request;
    bool const close_delimited = response.stream && !response.stream->size && in_hand.http_1_0;
    HeadContext context;
    context.http_1_0 = in_hand.http_1_0;
    context.keep_alive = in_hand.keep_alive && !context_.stopping && !close_delimited;
    context.strict_transport = context_.strict_transport;
    head_.clear();
    write_head(head_, response, context);

    bool const head_only = request.method == verb::head || is_bodiless(response.status);
    std::uint64_t sent = 0;
    bool complete = false;
    if (response.stream && !head_only) {
        streaming_ = &*response.stream;
        complete = co_await send_stream(in_hand, *response.stream, sent);
        streaming_ = nullptr;
    } else {
        auto const body = head_only ? std::string_view() : std::string_view(response.body);
        complete = co_await write(head_, body);
        sent = body.size();
    }
    context_.exchange.record(in_hand.route, request, response.status, sent, Clock::now() - in_hand.started);
    co_return complete&& context.keep_alive;
}

net::awaitable<bool> Session::send_stream(RequestInHand const& in_hand, BodySource& source, std::uint64_t& sent) {
    bool const chunked = !source.size && !in_hand.http_1_0;
    std::vector<char> piece(kPieceSize);
    std::string& frame = head_;  // goes out with the first piece; afterwards it holds the frame of each chunk
    std::size_t size = 0;
    do {
        bool failed = false;
        try {
            size = co_await source.read(piece);
        } catch (std::exception const& error) {
            context_.exchange.log_failure(in_hand.request, "response body", error);
            failed = true;
        }
        if (failed) co_return false;
        if (chunked) {
            std::array<char, 16> digits{};
            auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
            frame.append(digits.data(), end).append("\r\n");
        }
        std::string_view const data(piece.data(), size);
        std::string_view const end_of_chunk(chunked ? "\r\n" : "");
        bool const written = co_await write(frame, data, end_of_chunk);
        if (!written) co_return false;
        frame.clear();
        sent += size;
    } while (size > 0);
    co_return !source.size || *source.size == sent;
}

net::awaitable<boost::system::result<std::size_t, Problem>> Session::read_head() {
    auto const now = context_.now();
    idle_ = buffer_.size() == 0;
    if (idle_ && buffer_.capacity() > kIdleBuffer) buffer_.shrink_to_fit();
    wait_until(now + (idle_ ? context_.limits.idle_time : context_.limits.head_time));
    boost::system::result<std::size_t, Problem> size = std::size_t{0};
    bool gone = false;
    while (true) {
        // RFC 9112 section 2.2: an empty line before the request line is ignored.
        if (view(buffer_).starts_with("\r\n")) buffer_.consume(2);
        size = head_size(view(buffer_), context_.limits);
        if (gone || !size || *size > 0) break;
        auto const room = buffer_.prepare(kReadSize);
        auto [error, received] = co_await socket_.async_read_some(room, kAwait);
        buffer_.commit(received);
        gone = error.failed();
        if (idle_ && !gone) {
            idle_ = false;
            wait_until(context_.now() + context_.limits.head_time);
        }
    }
    idle_ = false;
    wait_over();
    co_return size;
}

net::awaitable<bool> Session::write(std::string_view one, std::string_view two, std::string_view three) {
    std::array const pieces{
        net::const_buffer(one.data(), one.size()),
        net::const_buffer(two.data(), two.size()),
        net::const_buffer(three.data(), three.size())};
    wait_until(context_.now() + context_.limits.write_time);
    auto [error, size] = co_await net::async_write(socket_, pieces, kAwait);
    wait_over();
    co_return !error;
}

net::awaitable<void> Session::linger() {
    boost::system::error_code error;
    socket_.shutdown(net::ip::tcp::socket::shutdown_send, error);
    wait_until(context_.now() + context_.limits.linger_time);
    idle_ = true;
    std::array<char, kReadSize> discarded;
    while (!error && !context_.stopping) {
        std::tie(error, std::ignore) = co_await socket_.async_read_some(net::buffer(discarded), kAwait);
    }
}

}  // namespace server::http
