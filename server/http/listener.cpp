#include "server/http/listener.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <utility>

#include "server/http/response_head.hpp"

namespace server::http {
namespace {

constexpr std::chrono::milliseconds kSweep{100};        // the resolution of the time limits
constexpr std::chrono::milliseconds kAcceptPause{100};  // when the process has no descriptors left
constexpr std::chrono::seconds kRetryAfter{5};

/// The whole answer to a connection above the limits.
std::string full_answer(bool strict_transport) {
    Problem const problem{
        .status = status::service_unavailable,
        .code = "too_many_connections",
        .detail = "连接数已满，请稍后再试。",
        .retry_after = kRetryAfter};
    auto const response = problem_response(problem, "");
    HeadContext context;
    context.keep_alive = false;
    context.strict_transport = strict_transport;
    std::string answer;
    write_head(answer, response, context);
    return answer + response.body;
}

}  // namespace

Listener::Listener(net::io_context& io, ListenerOptions options, Router const& router, Log& log, Metrics& metrics)
    : io_(io),
      log_(log),
      accepted_(metrics.counter("http_connections_total", "Accepted connections.")),
      refused_(metrics.counter("http_connections_refused_total", "Connections above the limits.")),
      accept_errors_(metrics.counter("http_accept_errors_total", "Failures to accept a connection.")),
      exceptions_(metrics.counter("http_exceptions_total", "Exceptions that reached the HTTP layer.")),
      exchange_(router, log, metrics),
      context_{
          .limits = options.limits,
          .router = router,
          .exchange = exchange_,
          .trusted_proxies = std::move(options.trusted_proxies),
          .strict_transport = options.strict_transport,
          .now = std::move(options.now)},
      acceptor_(io, options.endpoint),
      deadline_timer_(io),
      accept_timer_(io),
      give_up_(std::move(options.give_up)) {
    metrics.gauge("http_connections", "Open connections.", [this] { return static_cast<double>(connections_); });
    metrics.gauge("http_body_bytes", "Bytes of bodies in memory, without the first 64 KiB of each.", [this] {
        return static_cast<double>(context_.body_bytes);
    });
}

void Listener::start() {
    spawn(accept(), "accept");
    spawn(watch_deadlines(), "deadlines");
}

void Listener::stop() {
    if (context_.stopping) {
        close_all();
        return;
    }
    log_.info("stopping", {{"connections", connections_}});
    context_.stopping = true;
    stop_at_ = context_.now() + context_.limits.grace_time;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    accept_timer_.cancel();
    for (Session& session : sessions_) session.finish();
    end_if_drained();
}

void Listener::apply(ListenerOptions const& options) {
    context_.limits = options.limits;
    context_.trusted_proxies = options.trusted_proxies;
}

net::awaitable<void> Listener::accept() {
    while (!context_.stopping) {
        auto [error, socket] = co_await acceptor_.async_accept(kAwait);
        if (!error) {
            admit(std::move(socket));
        } else if (!context_.stopping) {
            // No descriptor or memory left: the connection stays in the backlog, and accepting again at once would fail
            // again.
            if (accept_errors_.value() % 100 == 0) log_.error("accept", {{"what", error.message()}});
            accept_errors_.add();
            accept_timer_.expires_after(kAcceptPause);
            co_await accept_timer_.async_wait(kAwait);
        }
    }
}

void Listener::admit(net::ip::tcp::socket socket) {
    boost::system::error_code gone;
    auto const address = socket.remote_endpoint(gone).address();
    if (gone) return;
    auto const network = client_network(address);
    auto& here = per_network_[network];
    bool const exempt = context_.trusted_proxies.contains(address);
    if (connections_ >= context_.limits.connections || (here >= context_.limits.connections_per_address && !exempt)) {
        if (here == 0) per_network_.erase(network);
        refuse(std::move(socket));
        return;
    }
    ++here;
    ++connections_;
    accepted_.add();
    net::co_spawn(io_, serve(std::move(socket)), [this, network](std::exception_ptr const& error) {
        report(error, "session");
        leave(network);
    });
}

net::awaitable<void> Listener::serve(net::ip::tcp::socket socket) {
    Session session(context_, std::move(socket));
    sessions_.push_back(session);  // the session removes itself
    co_await session.run();
}

void Listener::leave(net::ip::address const& network) {
    auto const here = per_network_.find(network);
    if (--here->second == 0) per_network_.erase(here);
    --connections_;
    end_if_drained();
}

void Listener::refuse(net::ip::tcp::socket socket) {
    refused_.add();
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.send(net::buffer(full_answer(context_.strict_transport)), 0, ignored);
}

net::awaitable<void> Listener::watch_deadlines() {
    while (!context_.stopping || connections_ != 0) {
        deadline_timer_.expires_after(kSweep);
        co_await deadline_timer_.async_wait(kAwait);
        auto const now = context_.now();
        for (Session& session : sessions_) session.close_if_late(now);
        if (now >= stop_at_) {
            stop_at_ = Session::Clock::time_point::max();
            close_all();
            give_up_();
        }
    }
}

void Listener::close_all() {
    log_.warning("closing connections with requests in flight", {{"connections", connections_}});
    for (Session& session : sessions_) session.close();
}

void Listener::end_if_drained() {
    if (!context_.stopping || connections_ > 0) return;
    deadline_timer_.cancel();
}

void Listener::spawn(net::awaitable<void> coroutine, std::string_view what) {
    net::co_spawn(io_, std::move(coroutine), [this, what](std::exception_ptr const& error) { report(error, what); });
}

void Listener::report(std::exception_ptr const& error, std::string_view what) {
    if (!error) return;
    exceptions_.add();
    try {
        std::rethrow_exception(error);
    } catch (std::exception const& exception) {
        log_.error("exception", {{"where", what}, {"what", exception.what()}});
    }
}

}  // namespace server::http
