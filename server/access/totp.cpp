#include "server/access/totp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace server::access {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::int64_t kStepSeconds = 30;
constexpr std::size_t kSeedBytes = 20;  // RFC 4226 section 4 recommends 160 bits

std::string to_base32(std::array<std::uint8_t, kSeedBytes> const& bytes) {
    std::string text;
    std::uint32_t pending = 0;
    int bits = 0;
    for (std::uint8_t const byte : bytes) {
        pending = pending << 8 | byte;
        for (bits += 8; bits >= 5; bits -= 5) text += kAlphabet[pending >> (bits - 5) & 31U];
    }
    return text;  // 160 bits are 32 characters exactly
}

std::vector<std::uint8_t> from_base32(std::string_view text) {
    std::vector<std::uint8_t> bytes;
    std::uint32_t pending = 0;
    int bits = 0;
    for (char const c : text) {
        auto const value = kAlphabet.find(c);
        if (value == std::string_view::npos) throw std::invalid_argument("a TOTP seed that is not base32");
        pending = pending << 5 | static_cast<std::uint32_t>(value);
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<std::uint8_t>(pending >> bits));
    }
    return bytes;
}

}  // namespace

std::string new_totp_seed() {
    std::array<std::uint8_t, kSeedBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return to_base32(bytes);
}

std::string totp_code(std::string_view seed, std::int64_t step) {
    auto const key = from_base32(seed);
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) {
        counter[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
    }
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(), mac.data(), &size) ==
        nullptr) {
        throw std::runtime_error("HMAC-SHA-1 failed");
    }
    std::size_t const offset = mac[size - 1] & 0xFU;  // RFC 4226 section 5.3, dynamic truncation
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[offset + i];
    auto const digits = std::to_string((number & 0x7FFF'FFFFU) % 1'000'000U);
    return std::string(6 - digits.size(), '0') + digits;
}

std::optional<std::int64_t> match_totp(std::string_view seed, std::string_view code, workflow::Instant now) {
    auto const present = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count() / kStepSeconds;
    for (auto const step : {present - 1, present, present + 1}) {
        auto const right = totp_code(seed, step);
        if (code.size() == right.size() && sodium_memcmp(code.data(), right.data(), right.size()) == 0) return step;
    }
    return std::nullopt;
}

}  // namespace server::access
