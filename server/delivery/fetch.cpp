#include "server/delivery/fetch.hpp"

#include <fmt/format.h>

#include "server/delivery/curl_handle.hpp"
#include "server/delivery/transfer.hpp"

namespace server::delivery {
namespace {

constexpr long kSeconds = 30;

struct Body {
    std::string text;
    std::size_t most;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& body = *static_cast<Body*>(into);
    if (body.text.size() + size * count > body.most) return 0;  // ends the transfer
    body.text.append(bytes, size * count);
    return size * count;
}

}  // namespace

workflow::Result<std::string> fetch(std::string const& url, std::size_t most) {
    set_up_transfers();
    CurlHandle const handle;
    CURL* curl = handle.curl;
    Body body{{}, most};
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, kSeconds);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    CURLcode const result = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (result == CURLE_OK && status == 200) return std::move(body.text);
    auto const why =
        result == CURLE_OK ? fmt::format("答复 {}", status) : fmt::format("错误 {}", static_cast<int>(result));
    return workflow::Refusal{
        workflow::RefusalKind::Invalid, "not_fetched", fmt::format("取不到 {}（{}），请检查网址和网络。", url, why)};
}

}  // namespace server::delivery
