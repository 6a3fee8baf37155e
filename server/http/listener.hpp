#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

#include <cstddef>
#include <functional>
#include <map>

#include "server/http/exchange.hpp"
#include "server/http/limits.hpp"
#include "server/http/peer.hpp"
#include "server/http/router.hpp"
#include "server/http/session.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/metrics.hpp"

namespace server::http {

struct ListenerOptions {
    net::ip::tcp::endpoint endpoint;
    Limits limits = {};
    Networks trusted_proxies = {};
    bool strict_transport = false;                                      ///< send HSTS: the public address is https
    std::function<WaitingClock::time_point()> now = WaitingClock::now;  ///< the clock of the time limits
    std::function<void()> give_up = [] {};  ///< called when the grace time is over, to end what requests still wait for
};

/// Accepts connections and runs a Session for each, on one io_context that one thread runs. Stops in order: no new
/// connections, idle ones closed, requests in flight answered; then io_context::run() has nothing of it left to do and
/// returns. Outlives the run of its io_context.
class Listener {
public:
    /// Binds and listens. Throws boost::system::system_error, e.g. when the port is taken. The router is complete.
    Listener(net::io_context& io, ListenerOptions options, Router const& router, Log& log, Metrics& metrics);

    /// Begins to accept.
    void start();

    /// The first call stops in order and gives requests in flight Limits::grace_time; the second closes at once.
    void stop();
    /// Replaces limits and trusted proxies; the other options stay.
    void apply(ListenerOptions const& options);

    [[nodiscard]] net::ip::tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
    [[nodiscard]] std::size_t connections() const { return connections_; }
    [[nodiscard]] bool stopping() const { return context_.stopping; }

private:
    net::awaitable<void> accept();
    net::awaitable<void> serve(net::ip::tcp::socket socket);
    net::awaitable<void> watch_deadlines();

    void admit(net::ip::tcp::socket socket);
    void leave(net::ip::address const& network);
    void refuse(net::ip::tcp::socket socket);
    void spawn(net::awaitable<void> coroutine, std::string_view what);
    void report(std::exception_ptr const& error, std::string_view what);
    void close_all();
    void end_if_drained();

    net::io_context& io_;
    Log& log_;
    Counter& accepted_;
    Counter& refused_;
    Counter& accept_errors_;
    Counter& exceptions_;
    Exchange exchange_;
    SessionContext context_;
    net::ip::tcp::acceptor acceptor_;
    net::steady_timer deadline_timer_;
    net::steady_timer accept_timer_;
    std::function<void()> give_up_;
    Session::Clock::time_point stop_at_ = Session::Clock::time_point::max();
    boost::intrusive::list<Session, boost::intrusive::constant_time_size<false>> sessions_;
    std::map<net::ip::address, std::size_t> per_network_;
    std::size_t connections_ = 0;
};

}  // namespace server::http
