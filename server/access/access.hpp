#pragma once

#include "server/access/lockout.hpp"
#include "server/access/passwords.hpp"
#include "server/access/recent_map.hpp"
#include "server/access/sessions.hpp"
#include "server/access/throttle.hpp"
#include "server/config.hpp"

namespace server::access {

/// Everything that remembers who may come in, and how often somebody has tried. Io thread only.
struct Access {
    explicit Access(Config const& config)
        : sessions({config.staff_session_idle, config.public_session_idle, config.session_absolute}),
          password_cost{config.argon2_memory_kib, config.argon2_passes},
          passwords(password_cost, static_cast<std::size_t>(config.password_queue)),
          accounts({config.lockout_failures, config.lockout_delay, config.lockout_delay_limit}),
          addresses(
              {kAccountsBehindOneAddress * config.lockout_failures, config.lockout_delay, config.lockout_delay_limit}
          ),
          public_writes(config.public_writes_per_minute, std::chrono::minutes{1}),
          tracking_by_address(config.tracking_tries_per_address, std::chrono::hours{1}),
          tracking_by_number(config.tracking_tries_per_number, std::chrono::hours{24}) {}

    /// Takes over the limits that may change while the service runs.
    void apply(Config const& config) {
        accounts.apply({config.lockout_failures, config.lockout_delay, config.lockout_delay_limit});
        addresses.apply(
            {kAccountsBehindOneAddress * config.lockout_failures, config.lockout_delay, config.lockout_delay_limit}
        );
        public_writes.allow(config.public_writes_per_minute);
        tracking_by_address.allow(config.tracking_tries_per_address);
        tracking_by_number.allow(config.tracking_tries_per_number);
    }

    static constexpr std::int64_t kAccountsBehindOneAddress = 4;  ///< an office shares one address

    Sessions sessions;
    PasswordCost password_cost;
    Passwords passwords;
    Lockout accounts;
    Lockout addresses;
    RecentMap<std::int64_t> totp_steps{10'000};  ///< the last one-time password an account has used
    Throttle public_writes;
    Throttle tracking_by_address;
    Throttle tracking_by_number;
};

}  // namespace server::access
