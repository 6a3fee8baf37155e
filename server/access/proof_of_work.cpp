#include "server/access/proof_of_work.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <bit>
#include <charconv>

namespace server::access {
namespace {

constexpr std::size_t kSignature = 32;  // hexadecimal digits: 128 bits
constexpr std::size_t kLongestSolution = 20;

/// "<issued, milliseconds>.<bits>.<random>.<signature>"
struct Head {
    workflow::Instant issued;
    int bits;
};

/// Reads a challenge whose signature has been verified.
Head read_head(std::string_view text) {
    std::int64_t issued = 0;
    int bits = 0;
    auto const dot = text.find('.');
    auto const before = text.substr(0, dot);
    auto const behind = text.substr(dot + 1);
    std::from_chars(before.data(), before.data() + before.size(), issued);
    std::from_chars(behind.data(), behind.data() + behind.size(), bits);
    return {workflow::Instant{std::chrono::milliseconds{issued}}, bits};
}

int leading_zeros(storage::Digest const& digest) {
    int zeros = 0;
    for (auto const byte : digest) {
        zeros += std::countl_zero(byte);
        if (byte != 0) break;
    }
    return zeros;
}

bool solves(std::string_view challenge, std::string_view solution, int bits) {
    if (solution.empty() || solution.size() > kLongestSolution) return false;
    auto const parts = {storage::as_bytes(challenge), storage::as_bytes(":"), storage::as_bytes(solution)};
    return leading_zeros(storage::sha256(parts)) >= bits;
}

}  // namespace

ProofOfWork::ProofOfWork(std::chrono::milliseconds wait, std::chrono::milliseconds valid)
    : wait_(wait), valid_(valid), waited_(1, wait) {}

std::string ProofOfWork::signature(std::string_view head, std::string_view purpose, std::string_view network) const {
    // Neither head nor network contains a line end, so the parts stay distinct.
    auto const text = fmt::format("{}\n{}\n{}", head, network, purpose);
    return storage::to_hex(storage::hmac_sha256(key_.bytes(), {storage::as_bytes(text)})).substr(0, kSignature);
}

std::optional<Task> ProofOfWork::left_to_do(
    std::string_view purpose,
    std::string_view network,
    int bits,
    std::string_view challenge,
    std::string_view solution,
    workflow::Instant now
) {
    auto const head = challenge.substr(0, challenge.rfind('.'));
    auto const expected = fmt::format("{}.{}", head, signature(head, purpose, network));
    bool const ours =
        expected.size() == challenge.size() && sodium_memcmp(expected.data(), challenge.data(), challenge.size()) == 0;
    auto const known = ours ? read_head(head) : Head{};
    if (!ours || now - known.issued >= wait_ + valid_ || used_.find(challenge) != nullptr) {
        auto const fresh =
            fmt::format("{}.{}.{}", workflow::to_milliseconds(now), bits, storage::random_id().substr(0, 16));
        return Task{
            fmt::format("{}.{}", fresh, signature(fresh, purpose, network)),
            bits,
            std::chrono::ceil<std::chrono::seconds>(wait_)};
    }
    if (!solves(challenge, solution, known.bits)) {
        auto left = wait_ - (now - known.issued);
        if (left <= left.zero())
            left = waited_.take(std::string(network).append(1, ' ').append(purpose), now)
                       .value_or(std::chrono::seconds{0});
        if (left > left.zero()) {
            return Task{std::string(challenge), known.bits, std::chrono::ceil<std::chrono::seconds>(left)};
        }
    }
    used_.find_or_make(challenge, true);
    return std::nullopt;
}

}  // namespace server::access
