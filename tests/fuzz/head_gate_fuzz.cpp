#include "server/http/head_gate.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// Whatever the bytes: no crash, and what passes keeps the promises that the session builds on.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    server::http::Limits const limits;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    auto const head_bytes = server::http::head_size(bytes, limits);
    if (!head_bytes || *head_bytes == 0) return 0;
    if (*head_bytes > size || *head_bytes > limits.head_bytes) std::abort();
    auto const head = server::http::check_head(bytes.substr(0, *head_bytes), limits);
    if (!head) return 0;
    bool const ambiguous = head->chunked && head->content_length;
    bool const lonely_target = head->target.empty() || (head->target.front() != '/' && head->target != "*");
    if (head->size != *head_bytes || ambiguous || lonely_target) std::abort();
    return 0;
}
