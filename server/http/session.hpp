#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/intrusive/list_hook.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/exchange.hpp"
#include "server/http/head_gate.hpp"
#include "server/http/limits.hpp"
#include "server/http/peer.hpp"
#include "server/http/router.hpp"
#include "server/runtime/asio.hpp"

namespace server::http {

/// The clock for all waiting on clients.
using WaitingClock = std::chrono::steady_clock;

/// What the sessions of one listener have in common. Outlives them all.
struct SessionContext {
    Limits limits;
    Router const& router;
    Exchange& exchange;
    Networks trusted_proxies;
    bool strict_transport = false;
    std::function<WaitingClock::time_point()> now = WaitingClock::now;
    std::uint64_t body_bytes = 0;  ///< of bodies in memory, beyond what each may have by itself
    bool stopping = false;         ///< set once: each answer from then on closes its connection
};

/// One connection: reads requests one by one, also pipelined ones, and answers each before reading the next. Lives in
/// the coroutine frame of its listener; io thread only.
///
/// Time limits: each wait for the client sets a deadline, and the listener closes the sessions that are past theirs.
/// One timer serves all connections, so that a request costs no timer operations.
class Session : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    using Clock = WaitingClock;

    Session(SessionContext& context, net::ip::tcp::socket socket);

    /// Returns when the connection is over.
    net::awaitable<void> run();

    /// Closes the connection if it waits for the next request or for the client to hang up; ends an answer that would
    /// not end by itself.
    void finish();
    /// Closes the connection if its client is too slow.
    void close_if_late(Clock::time_point now);
    void close();

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;
    class Body;

    /// What the session knows of a request while it is answered.
    struct RequestInHand {
        Request request;
        Route const* route = nullptr;
        Clock::time_point started;
        bool http_1_0 = false;
        bool keep_alive = false;
    };

    /// Each of these four returns whether the connection can carry a next request.
    net::awaitable<bool> serve_one();
    net::awaitable<bool> serve(RequestInHand& in_hand, Head const& head, Parser& parser);
    net::awaitable<bool> send(RequestInHand& in_hand, Response response);
    net::awaitable<bool> refuse(RequestInHand& in_hand, Problem const& problem);

    /// Reads until the buffer holds a whole head, and returns its length: 0 when the client is gone.
    net::awaitable<boost::system::result<std::size_t, Problem>> read_head();
    /// Sends the body in pieces and counts it; false when it was broken off.
    net::awaitable<bool> send_stream(RequestInHand const& in_hand, BodySource& source, std::uint64_t& sent);
    /// Sends all three in one gather write; false when the client is gone.
    net::awaitable<bool> write(std::string_view one, std::string_view two = {}, std::string_view three = {});
    /// Closes in two steps (RFC 9112 section 9.6): closed at once, a connection with unread bytes would be reset and
    /// the client might lose the answer.
    net::awaitable<void> linger();

    void end_stream();
    void wait_until(Clock::time_point deadline) { deadline_ = deadline; }
    void wait_over() { deadline_ = Clock::time_point::max(); }

    SessionContext& context_;
    net::ip::tcp::socket socket_;
    net::ip::address peer_;
    boost::beast::flat_buffer buffer_;  ///< bytes received and not yet consumed
    std::string head_;                  ///< the answer's head, kept for its capacity
    Clock::time_point deadline_ = Clock::time_point::max();
    bool idle_ = true;
    BodySource* streaming_ = nullptr;  ///< the body being sent
};

}  // namespace server::http
