#include "server/http/listener.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <chrono>
#include <future>
#include <vector>

#include "server/runtime/offload.hpp"
#include "tests/server/http/test_server.hpp"

namespace server::http {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view kWait = "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n";

/// A route that answers when the test says so.
class Gate {
public:
    void routes(Router& router) {
        router.add(verb::get, "/", [](Request&) { return hello(); });
        router.add(verb::get, "/wait", [this](Request&) { return wait(); });
    }
    /// Returns when a request waits in its handler.
    void await_entry() { entered_.get_future().wait(); }
    void open() { open_(); }

private:
    static net::awaitable<Response> hello() { co_return text_response(status::ok, "text/plain", "hello"); }
    net::awaitable<Response> wait() {
        auto submit = [this](std::function<void(int)> const& done) {
            open_ = [done] { done(0); };
            entered_.set_value();
        };
        co_await await_value<int>(submit);
        co_return text_response(status::ok, "text/plain", "waited");
    }

    std::promise<void> entered_;
    std::function<void()> open_;
};

TEST(Listener, RefusesConnectionsAboveTheLimits) {
    for (auto const member : {&Limits::connections, &Limits::connections_per_address}) {
        Gate gate;
        Limits limits;
        limits.*member = 2;
        TestServer server([&](Router& router) { gate.routes(router); }, limits);
        std::vector<Client> clients;
        for (int i = 0; i < 2; ++i) {
            clients.push_back(server.connect());
            clients.back().send(kGet);
            EXPECT_EQ(clients.back().receive().status, 200);
        }
        auto third = server.connect();
        auto const answer = third.receive();
        EXPECT_EQ(answer.status, 503);
        EXPECT_TRUE(answer.has("Retry-After: 5"));
        EXPECT_TRUE(third.closed());
        EXPECT_NE(server.metrics().find("http_connections_refused_total 1\n"), std::string::npos);

        clients.pop_back();  // its place is free as soon as the server has seen it go
        int status = 503;
        for (int i = 0; i < 100 && status == 503; ++i) {
            std::this_thread::sleep_for(10ms);
            status = server.ask(kGet).status;
        }
        EXPECT_EQ(status, 200);
    }
}

TEST(Listener, DatesItsRefusalWhenItIsSent) {
    Gate gate;
    Limits limits;
    limits.connections = 1;
    TestServer server([&](Router& router) { gate.routes(router); }, limits);
    auto only = server.connect();
    auto const date_of = [](Answer const& answer) {
        auto const at = answer.head.find("\r\nDate: ");
        return answer.head.substr(at, answer.head.find('\r', at + 2) - at);
    };
    auto const dates = [&] {
        only.send(kGet);
        auto const before = date_of(only.receive());
        auto const refused = server.connect().receive();
        EXPECT_EQ(refused.status, 503);
        only.send(kGet);
        return std::array{before, date_of(refused), date_of(only.receive())};
    };
    auto const first = dates()[0];
    auto now = dates();
    while (now[0] == first || now[0] != now[2]) now = dates();  // another second, and one that has not just ended
    EXPECT_EQ(now[1], now[0]);
}

TEST(Listener, CountsNoLimitForATrustedProxy) {
    Gate gate;
    Limits limits;
    limits.connections_per_address = 1;
    Networks proxies;
    proxies.add("127.0.0.1");
    TestServer server([&](Router& router) { gate.routes(router); }, limits, proxies);
    auto first = server.connect();
    first.send(kGet);
    EXPECT_EQ(first.receive().status, 200);
    EXPECT_EQ(server.ask(kGet).status, 200);
}

TEST(Listener, WaitsWhenThereAreNoDescriptorsLeft) {
    Gate gate;
    TestServer server([&](Router& router) { gate.routes(router); });
    auto const accept_errors = [&] {
        auto const text = server.metrics();
        std::string const name = "\nhttp_accept_errors_total ";
        return std::stoi(text.substr(text.find(name) + name.size()));
    };
    Client client;
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    int const lowest_free = ::dup(STDERR_FILENO);
    ::close(lowest_free);
    rlimit const none{.rlim_cur = static_cast<rlim_t>(lowest_free), .rlim_max = before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
    client.connect(server.endpoint());
    client.send(kGet);
    for (int i = 0; i < 100 && accept_errors() < 3; ++i) std::this_thread::sleep_for(20ms);
    ::setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_GE(accept_errors(), 3);
    EXPECT_LE(accept_errors(), 30);  // it paused between its attempts
}

TEST(Listener, StopsInOrder) {
    Gate gate;
    TestServer server([&](Router& router) { gate.routes(router); });
    auto idle = server.connect();
    idle.send(kGet);
    EXPECT_EQ(idle.receive().status, 200);
    auto busy = server.connect();
    busy.send(kWait);
    gate.await_entry();

    server.stop();
    EXPECT_TRUE(idle.closed());
    EXPECT_THROW(server.connect(), boost::system::system_error);
    gate.open();
    auto const answer = busy.receive();
    EXPECT_EQ(answer.body, "waited");
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(busy.closed());
    server.join();
}

TEST(Listener, ClosesEverythingAtTheSecondStop) {
    Gate gate;
    TestServer server([&](Router& router) { gate.routes(router); });
    auto busy = server.connect();
    busy.send(kWait);
    gate.await_entry();
    server.stop();
    server.stop();
    EXPECT_TRUE(busy.closed());
    gate.open();  // what runs is never torn down in the middle
    server.join();
}

TEST(Listener, ClosesEverythingAfterTheGraceTime) {
    Gate gate;
    Limits limits;
    limits.grace_time = 200ms;
    TestServer server([&](Router& router) { gate.routes(router); }, limits);
    auto busy = server.connect();
    busy.send(kWait);
    gate.await_entry();
    server.stop();
    EXPECT_TRUE(busy.closed());
    gate.open();
    server.join();
}

TEST(Listener, TakesOverLimitsAndProxiesWhileItRuns) {
    Router router;
    router.add(verb::get, "/", [](Request& request) -> net::awaitable<Response> {
        co_return text_response(status::ok, "text/plain", request.peer.to_string());
    });
    Log log({.level = LogLevel::Error});
    Metrics metrics;
    net::io_context io{1};
    ListenerOptions options;
    options.endpoint = {net::ip::address_v4::loopback(), 0};
    Listener listener(io, options, router, log, metrics);
    listener.start();
    std::thread thread([&] { io.run(); });
    auto const ask = [&](std::string const& fields) {
        Client client(listener.endpoint());
        client.send("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
        return client.receive();
    };
    std::string const forwarded = "X-Forwarded-For: 203.0.113.7\r\n";
    EXPECT_EQ(ask(forwarded).body, "127.0.0.1");
    std::promise<void> applied;
    net::post(io, [&] {
        options.limits.fields = 2;
        options.trusted_proxies.add("127.0.0.1");
        listener.apply(options);
        applied.set_value();
    });
    applied.get_future().wait();
    EXPECT_EQ(ask(forwarded).body, "203.0.113.7");
    EXPECT_EQ(ask(forwarded + "A: b\r\n").status, 431);
    net::post(io, [&] {
        listener.stop();
        listener.stop();
    });
    thread.join();
}

TEST(Listener, RefusesAPortThatIsTaken) {
    Router router;
    Log log({.level = LogLevel::Error});
    Metrics metrics;
    net::io_context io{1};
    ListenerOptions options;
    options.endpoint = {net::ip::address_v4::loopback(), 0};
    Listener first(io, options, router, log, metrics);
    options.endpoint = first.endpoint();
    EXPECT_THROW(Listener(io, options, router, log, metrics), boost::system::system_error);
}

}  // namespace
}  // namespace server::http
