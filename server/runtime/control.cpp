#include "server/runtime/control.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/serialize.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <exception>
#include <string>

#include "server/runtime/offload.hpp"
#include "storage/journal/canonical_json.hpp"

namespace server {
namespace {

namespace json = boost::json;
using Protocol = net::local::stream_protocol;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

constexpr std::size_t kLineLimit = 1024 * 1024;

Protocol::acceptor listen_at(net::io_context& io, std::filesystem::path const& path) {
    std::error_code absent;
    std::filesystem::remove(path, absent);  // ours: we hold the lock of the folder
    Protocol::acceptor acceptor(io);
    acceptor.open();
    acceptor.bind(Protocol::endpoint(path.string()));
    if (::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) {
        throw boost::system::system_error(errno, boost::system::system_category(), "chmod");
    }
    acceptor.listen();  // only now can anybody connect
    return acceptor;
}

Refusal malformed() { return {RefusalKind::Invalid, "malformed_command", "控制命令不是有效的 JSON。"}; }

Result<json::object> run_command(
    std::span<Command const> commands, storage::Store& store, workflow::Instant now, std::string_view line
) {
    auto const asked = storage::parse_json(line);
    auto const* request = asked ? asked->if_object() : nullptr;
    auto const* name = request != nullptr ? request->if_contains("command") : nullptr;
    auto const* arguments = request != nullptr ? request->if_contains("arguments") : nullptr;
    if (name == nullptr || !name->is_string() || arguments == nullptr || !arguments->is_object()) return malformed();
    auto const command = std::ranges::find(commands, std::string_view(name->get_string()), &Command::name);
    if (command == commands.end()) {
        return Refusal{
            RefusalKind::NotFound, "unknown_command", "正在运行的服务不认识这个命令，它可能是另一个版本，请重启服务。"};
    }
    return command->run(store, arguments->get_object(), now);
}

}  // namespace

ControlServer::ControlServer(Parts parts, std::filesystem::path path, std::span<Command const> commands)
    : parts_(parts), path_(std::move(path)), commands_(commands), acceptor_(listen_at(parts.io, path_)) {}

ControlServer::~ControlServer() {
    std::error_code gone;
    std::filesystem::remove(path_, gone);
}

void ControlServer::start() { net::co_spawn(parts_.io, accept(), net::detached); }

void ControlServer::stop() { acceptor_.close(); }

net::awaitable<void> ControlServer::accept() {
    while (acceptor_.is_open()) {
        boost::system::error_code failed;
        auto token = net::redirect_error(net::use_awaitable, failed);
        auto socket = co_await acceptor_.async_accept(token);
        if (!failed) net::co_spawn(parts_.io, serve(std::move(socket)), net::detached);
    }
}

net::awaitable<void> ControlServer::serve(Protocol::socket socket) {
    boost::system::error_code failed;
    auto token = net::redirect_error(net::use_awaitable, failed);
    std::string line;
    auto buffer = net::dynamic_buffer(line, kLineLimit);
    co_await net::async_read_until(socket, buffer, '\n', token);
    if (failed) co_return;
    auto work = [this, &line] { return answer(line); };
    auto const reply = co_await offload(parts_.workers, work);
    line = json::serialize(reply) + '\n';
    auto const bytes = net::buffer(line);
    co_await net::async_write(socket, bytes, token);
}

json::object ControlServer::answer(std::string_view line) const {
    try {
        auto const result = run_command(commands_, parts_.store, parts_.time.now(), line);
        if (result) return {{"result", *result}};
        return {{"refusal", {{"code", result.error().code}, {"detail", result.error().detail}}}};
    } catch (std::exception const& error) {
        parts_.log.error("control command failed", {{"error", error.what()}});
        return {{"refusal", {{"code", "command_failed"}, {"detail", "服务执行命令时出错，详情见服务日志。"}}}};
    }
}

std::optional<Result<json::object>> ask_service(
    std::filesystem::path const& path, std::string_view command, json::object const& arguments
) {
    net::io_context io;
    Protocol::socket socket(io);
    boost::system::error_code failed;
    socket.connect(Protocol::endpoint(path.string()), failed);
    if (failed) return std::nullopt;
    std::string line = json::serialize(json::object{{"command", command}, {"arguments", arguments}}) + '\n';
    net::write(socket, net::buffer(line), failed);
    line.clear();
    if (!failed) net::read_until(socket, net::dynamic_buffer(line, kLineLimit), '\n', failed);
    auto const answer = storage::parse_json(line);
    if (failed || !answer || !answer->is_object()) {
        return Refusal{RefusalKind::Unavailable, "service_silent", "正在运行的服务没有答复，请查看服务日志后重试。"};
    }
    auto const& object = answer->get_object();
    if (auto const* result = object.if_contains("result")) return result->as_object();
    auto const& refusal = object.at("refusal").as_object();
    return Refusal{
        RefusalKind::Invalid,
        std::string(refusal.at("code").as_string()),
        std::string(refusal.at("detail").as_string())};
}

}  // namespace server
