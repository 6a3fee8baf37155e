#pragma once

#include "workflow/time/date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Time-based one-time passwords (RFC 6238): SHA-1, 6 digits, steps of 30 seconds, as every authenticator speaks it.
namespace server::access {

/// 160 random bits in base32 (RFC 4648), as authenticators take them.
std::string new_totp_seed();

/// The code of one step, counted from 1970. Throws std::invalid_argument for a seed that is not base32.
std::string totp_code(std::string_view seed, std::int64_t step);

/// The step `code` belongs to: the present one, the one before or the one after. A step may be used once; the caller
/// remembers the last and refuses those up to it.
std::optional<std::int64_t> match_totp(std::string_view seed, std::string_view code, workflow::Instant now);

}  // namespace server::access
