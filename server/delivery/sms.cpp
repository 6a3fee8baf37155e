#include "server/delivery/sms.hpp"

#include "storage/vault/vault.hpp"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

#include "server/delivery/curl_handle.hpp"
#include "workflow/words/ascii.hpp"

namespace server::delivery {
namespace {

constexpr std::size_t kLongestAnswer = 4096;

/// Only the status of the answer matters; an endless body is cut off.
std::size_t count(char*, std::size_t size, std::size_t count, void* total) {
    auto& bytes = *static_cast<std::size_t*>(total);
    bytes += size * count;
    return bytes <= kLongestAnswer ? size * count : 0;
}

/// 408 and 429 mean: try again later. Any other 4xx refuses this message.
Transfer outcome_of(long status) {
    if (status >= 200 && status < 300) return {Fate::Accepted};
    bool const refused =
        status >= 400 && status < 500 && status != 408 && status != 429 && status != 401 && status != 403;
    return {refused ? Fate::Refused : Fate::Failed, fmt::format("http_{}", status)};
}

}  // namespace

struct SmsSender::Connection : CurlHandle {};

SmsSender::SmsSender(SmsGateway gateway) : gateway_(std::move(gateway)) {
    set_up_transfers();
    connection_ = std::make_unique<Connection>();
}

SmsSender::~SmsSender() = default;

Transfer SmsSender::send(TextMessage const& message) {
    if (!is_mobile(message.phone)) return {Fate::Refused, "bad_address"};
    auto const body = boost::json::serialize(boost::json::object{
        {"id", message.id}, {"phone", message.phone}, {"text", message.text}});
    auto const timestamp = workflow::to_string(message.at);
    CurlList headers;
    append(headers, "Content-Type: application/json");
    append(headers, "X-Timestamp: " + timestamp);
    append(headers, "X-Signature: " + sms_signature(gateway_.key, timestamp, body));
    std::size_t answered = 0;

    CURL* curl = connection_->curl;
    curl_easy_reset(curl);  // the connection stays
    curl_easy_setopt(curl, CURLOPT_URL, gateway_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (!gateway_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, gateway_.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(gateway_.time.count()));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &count);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answered);
    CURLcode const result = curl_easy_perform(curl);
    if (result != CURLE_OK) return {Fate::Failed, fmt::format("curl_{}", static_cast<int>(result))};
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return outcome_of(status);
}

bool is_mobile(std::string_view phone) {
    return phone.size() == 11 && phone.front() == '1' && std::ranges::all_of(phone, workflow::is_digit);
}

std::string sms_signature(std::string_view key, std::string_view timestamp, std::string_view body) {
    using storage::as_bytes;
    return storage::to_hex(storage::hmac_sha256(as_bytes(key), {as_bytes(timestamp), as_bytes("\n"), as_bytes(body)}));
}

}  // namespace server::delivery
