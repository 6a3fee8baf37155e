#include "server/http/response.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/json/serialize.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include "server/runtime/offload.hpp"

namespace server::http {
namespace {

using boost::beast::iequals;

class File {
public:
    explicit File(std::filesystem::path const& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "open");
    }
    ~File() { ::close(descriptor_); }
    File(File const&) = delete;
    File& operator=(File const&) = delete;

    [[nodiscard]] std::uint64_t size() const {
        struct stat facts {};
        if (::fstat(descriptor_, &facts) != 0) throw std::system_error(errno, std::generic_category(), "fstat");
        return static_cast<std::uint64_t>(facts.st_size);
    }

    [[nodiscard]] std::size_t read(std::span<char> buffer) const {
        auto const count = ::read(descriptor_, buffer.data(), buffer.size());
        if (count < 0) throw std::system_error(errno, std::generic_category(), "read");
        return static_cast<std::size_t>(count);
    }

private:
    int descriptor_;
};

}  // namespace

Response& Response::set(std::string_view name, std::string_view value) {
    headers.push_back({std::string(name), std::string(value)});
    return *this;
}

std::string_view Response::header(std::string_view name) const {
    auto const found = std::ranges::find_if(headers, [&](Header const& header) { return iequals(header.name, name); });
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

Response json_response(http::status status, boost::json::value const& body) {
    return text_response(status, "application/json", boost::json::serialize(body));
}

Response text_response(http::status status, std::string_view content_type, std::string body) {
    return {.status = status, .content_type = std::string(content_type), .body = std::move(body)};
}

BodySource file_source(std::filesystem::path const& path, net::thread_pool& pool) {
    auto file = std::make_shared<File>(path);
    auto const size = file->size();
    auto read = [file = std::move(file), &pool](std::span<char> buffer) {
        return offload(pool, [file, buffer] { return file->read(buffer); });
    };
    return {.read = std::move(read), .size = size};
}

}  // namespace server::http
