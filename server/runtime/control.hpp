#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/json/object.hpp>

#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

#include "server/runtime/asio.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/time_source.hpp"
#include "storage/store.hpp"

/// How a writing verb reaches a running service: a socket in the data folder that only its owner can open. One line of
/// JSON asks, one answers, then the connection ends:
///
///     {"command": "user.add", "arguments": {…}}
///     {"result": {…}}   or   {"refusal": {"code": "…", "detail": "…"}}
namespace server {

/// The work of a writing verb: the same function whether a service runs it or the verb itself. Blocks; any thread that
/// may block.
struct Command {
    std::string_view name;
    workflow::Result<boost::json::object> (*run
    )(storage::Store& store, boost::json::object const& arguments, workflow::Instant now);
};

/// The side of the service. io thread; commands run on the worker pool.
class ControlServer {
public:
    struct Parts {
        net::io_context& io;
        net::thread_pool& workers;
        storage::Store& store;
        TimeSource const& time;
        Log& log;
    };

    /// Listens at `path`, replacing what a killed service left there. Throws boost::system::system_error.
    ControlServer(Parts parts, std::filesystem::path path, std::span<Command const> commands);
    ~ControlServer();  ///< removes the socket

    void start();
    /// Accepts no further commands; a command that has begun is answered.
    void stop();

private:
    net::awaitable<void> accept();
    net::awaitable<void> serve(net::local::stream_protocol::socket socket);
    boost::json::object answer(std::string_view line) const;

    Parts parts_;
    std::filesystem::path path_;
    std::span<Command const> commands_;
    net::local::stream_protocol::acceptor acceptor_;
};

/// The side of the verb: sends a command to the service that runs on this data folder; nullopt when none does. Blocks.
std::optional<workflow::Result<boost::json::object>> ask_service(
    std::filesystem::path const& path, std::string_view command, boost::json::object const& arguments
);

}  // namespace server
