// The least a Beast server can be: one thread, one coroutine per connection, no limits, no time-outs, no log. What
// the service adds to it is measured against this. Usage: hello_beast PORT
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <cstdlib>
#include <utility>

namespace net = boost::asio;
namespace http = boost::beast::http;
using tcp = net::ip::tcp;
constexpr auto kAwait = net::as_tuple(net::use_awaitable);

net::awaitable<void> serve(tcp::socket socket) {
    boost::beast::flat_buffer buffer;
    while (true) {
        http::request<http::string_body> request;
        auto [read_error, read] = co_await http::async_read(socket, buffer, request, kAwait);
        if (read_error) break;
        http::response<http::string_body> response(http::status::ok, request.version());
        response.set(http::field::content_type, "text/plain");
        response.keep_alive(request.keep_alive());
        response.body() = "hello, world\n";
        response.prepare_payload();
        auto [write_error, written] = co_await http::async_write(socket, response, kAwait);
        if (write_error || !response.keep_alive()) break;
    }
}

net::awaitable<void> listen(tcp::acceptor acceptor) {
    while (true) {
        auto [error, socket] = co_await acceptor.async_accept(kAwait);
        if (error) continue;
        socket.set_option(tcp::no_delay(true));
        net::co_spawn(acceptor.get_executor(), serve(std::move(socket)), net::detached);
    }
}

int main(int count, char** arguments) {
    if (count != 2) return 2;
    net::io_context io{1};
    tcp::endpoint const endpoint(
        net::ip::make_address("127.0.0.1"), static_cast<unsigned short>(std::atoi(arguments[1]))
    );
    net::co_spawn(io, listen(tcp::acceptor(io, endpoint)), net::detached);
    io.run();
}
