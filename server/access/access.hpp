#pragma once

#include "server/access/door.hpp"
#include "server/access/passwords.hpp"
#include "server/access/proof_of_work.hpp"
#include "server/access/recent_map.hpp"
#include "server/access/sessions.hpp"
#include "server/access/throttle.hpp"
#include "server/config/config.hpp"
#include "server/runtime/metrics.hpp"

namespace server::access {

/// What the service remembers of sign-ins: sessions, failed attempts, used one-time passwords. Io thread only.
struct Access {
    explicit Access(Config const& config)
        : sessions({config.staff_session_idle, config.public_session_idle, config.session_absolute}),
          password_cost{config.argon2_memory_kib, config.argon2_passes},
          passwords(password_cost, static_cast<std::size_t>(config.password_queue)),
          sign_in_wait(sign_in_wait_of(config)),
          sign_in(sign_in_rule_of(config)),
          tracking(tracking_rule_of(config)),
          proof_of_work(config.work_wait, config.work_valid),
          public_writes(config.public_writes_per_minute, std::chrono::minutes{1}) {}

    /// Forgets all failures at the account.
    void forgive(std::string_view account) {
        sign_in.forget(account);
        second_factors.forget(account);
    }

    /// Takes over the limits that may change while the service runs.
    void apply(Config const& config) {
        sign_in_wait = sign_in_wait_of(config);
        sign_in.apply(sign_in_rule_of(config));
        tracking.apply(tracking_rule_of(config));
        public_writes.allow(config.public_writes_per_minute);
    }

    /// Registers its figure, read as long as this lives.
    void report_to(Metrics& metrics) const {
        metrics.gauge("sessions_open", "Open sessions.", [this] { return static_cast<double>(sessions.size()); });
    }

    Sessions sessions;
    PasswordCost password_cost;
    Passwords passwords;
    WaitRule sign_in_wait;
    Door sign_in;
    Door tracking;
    Failures second_factors;  ///< wrong one-time passwords that came with the right password, by account
    RecentMap<std::int64_t> totp_steps{10'000};  ///< the last one-time password an account has used
    ProofOfWork proof_of_work;
    Throttle public_writes;

private:
    static WaitRule sign_in_wait_of(Config const& config) {
        return {config.lockout_failures, config.lockout_delay, config.lockout_delay_limit};
    }
    static DoorRule sign_in_rule_of(Config const& config) {
        return {
            sign_in_wait_of(config),
            config.login_failures_per_address,
            config.login_failures_per_account,
            static_cast<int>(config.work_bits),
            static_cast<int>(config.work_bits_limit)};
    }
    static DoorRule tracking_rule_of(Config const& config) {
        return {
            {config.tracking_failures, config.tracking_delay, config.tracking_delay_limit},
            config.tracking_tries_per_address,
            config.tracking_tries_per_number,
            static_cast<int>(config.work_bits),
            static_cast<int>(config.work_bits_limit)};
    }
};

}  // namespace server::access
