#pragma once

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "server/http/listener.hpp"

namespace server::http {

struct Answer {
    int status = 0;  ///< 0: the connection ended without one
    std::string head;
    std::string body;

    [[nodiscard]] bool has(std::string_view line) const { return head.find(line) != std::string::npos; }
};

/// A plain blocking client that sends exactly the bytes it is given. No read waits longer than 5 s.
class Client {
public:
    Client() : socket_(*io_, net::ip::tcp::v4()) {}
    explicit Client(net::ip::tcp::endpoint const& endpoint) : Client() { connect(endpoint); }

    void connect(net::ip::tcp::endpoint const& endpoint) {
        socket_.connect(endpoint);
        timeval const patience{.tv_sec = 5, .tv_usec = 0};
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }

    void send(std::string_view bytes) {
        boost::system::error_code gone;  // the server may have answered and closed already
        while (!bytes.empty() && !gone) bytes.remove_prefix(socket_.send(net::buffer(bytes), MSG_NOSIGNAL, gone));
    }
    void end() { socket_.shutdown(net::ip::tcp::socket::shutdown_send); }

    /// The next answer, delimited by its own length, chunks or the end of the connection.
    Answer receive(bool head_only = false) {
        while (bytes_.find("\r\n\r\n") == std::string::npos) {
            if (!more()) return {};
        }
        Answer answer;
        answer.head = take(bytes_.find("\r\n\r\n") + 4);
        answer.status = std::stoi(answer.head.substr(9, 3));
        if (head_only || answer.status < 200 || answer.status == 204 || answer.status == 304) return answer;
        if (auto const length = answer.head.find("Content-Length: "); length != std::string::npos) {
            auto const size = std::stoul(answer.head.substr(length + 16));
            while (bytes_.size() < size && more()) {
            }
            answer.body = take(size);
        } else if (answer.has("Transfer-Encoding: chunked")) {
            std::size_t size = 0;
            do {
                while (bytes_.find("\r\n") == std::string::npos && more()) {
                }
                if (bytes_.find("\r\n") == std::string::npos) return {};
                size = std::stoul(take(bytes_.find("\r\n") + 2), nullptr, 16);
                while (bytes_.size() < size + 2 && more()) {
                }
                answer.body += take(size);
                take(2);
            } while (size > 0);
        } else {
            answer.body = rest();
        }
        return answer;
    }

    /// Everything up to and with `text`; what there is when the connection ends before.
    std::string until(std::string_view text) {
        while (bytes_.find(text) == std::string::npos && more()) {
        }
        auto const found = bytes_.find(text);
        return take(found == std::string::npos ? bytes_.size() : found + text.size());
    }
    /// Everything up to the end of the connection.
    std::string rest() {
        while (more()) {
        }
        return take(bytes_.size());
    }
    [[nodiscard]] bool closed() { return rest().empty() && ended_; }

private:
    bool more() {
        char buffer[65'536];
        auto const size = ::recv(socket_.native_handle(), buffer, sizeof buffer, 0);
        ended_ = size == 0 || (size < 0 && errno == ECONNRESET);
        if (size <= 0) return false;
        bytes_.append(buffer, static_cast<std::size_t>(size));
        return true;
    }
    std::string take(std::size_t size) {
        auto const taken = bytes_.substr(0, size);
        bytes_.erase(0, size);
        return taken;
    }

    std::unique_ptr<net::io_context> io_ = std::make_unique<net::io_context>();
    net::ip::tcp::socket socket_;
    std::string bytes_;
    bool ended_ = false;
};

/// A running listener on a free port of 127.0.0.1, with the routes and limits of one test. Stops and joins at the end.
class TestServer {
public:
    explicit TestServer(
        std::function<void(Router&)> const& routes,
        Limits const& limits = {},
        Networks proxies = {},
        std::function<WaitingClock::time_point()> now = WaitingClock::now
    ) {
        routes(router_);
        ListenerOptions options;
        options.endpoint = {net::ip::address_v4::loopback(), 0};
        options.limits = limits;
        options.trusted_proxies = std::move(proxies);
        options.now = std::move(now);
        listener_.emplace(io_, std::move(options), router_, *log_, metrics_);
        endpoint_ = listener_->endpoint();
        listener_->start();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~TestServer() {
        if (thread_.joinable()) {
            stop();
            stop();
            join();
        }
        std::filesystem::remove(log_path_);
    }
    TestServer(TestServer const&) = delete;
    TestServer& operator=(TestServer const&) = delete;

    [[nodiscard]] net::ip::tcp::endpoint endpoint() const { return endpoint_; }
    Client connect() { return Client(endpoint_); }
    Answer ask(std::string_view bytes) {
        auto client = connect();
        client.send(bytes);
        return client.receive();
    }
    Answer get(std::string const& target) { return ask("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"); }

    void stop() {
        net::post(io_, [this] { listener_->stop(); });
    }
    /// Returns when nothing is left to run.
    void join() { thread_.join(); }

    std::string metrics() {
        if (!thread_.joinable()) return metrics_.exposition();
        std::promise<std::string> exposition;
        net::post(io_, [&] { exposition.set_value(metrics_.exposition()); });
        return exposition.get_future().get();
    }
    /// The log so far; call after join().
    std::string log() {
        log_.reset();
        std::ifstream file(log_path_);
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }

private:
    static std::filesystem::path new_path() {
        static int count = 0;
        auto const name = "server_test_" + std::to_string(::getpid()) + "_" + std::to_string(count++);
        return std::filesystem::temp_directory_path() / name;
    }

    net::io_context io_{1};
    std::filesystem::path log_path_ = new_path();
    std::optional<Log> log_{std::in_place, LogOptions{.file = log_path_}};
    Metrics metrics_;
    Router router_;
    std::optional<Listener> listener_;
    net::ip::tcp::endpoint endpoint_;
    std::thread thread_;
};

}  // namespace server::http
