#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/limits.hpp"
#include "server/letters/fonts.hpp"
#include "server/runtime/pool_limits.hpp"

namespace server {

/// Every setting of the program. The initialisers are the defaults; name, range, unit and explanation of each stand in
/// one table in config.cpp, from which the parser, the listing and the sample file come.
struct Config {
    std::string address = "127.0.0.1";
    std::int64_t port = 8080;
    std::string public_url = "http://127.0.0.1:8080";  ///< what people type; https:// here turns on HSTS
    std::vector<std::string> trusted_proxies = {};     ///< addresses or networks, "10.0.0.0/8"
    std::vector<std::string> metrics_networks = {"127.0.0.0/8", "::1"};  ///< of those who watch the service
    bool secure_cookies = true;

    std::string data_folder = "data";

    http::Limits limits = {};
    std::uint64_t upload_bytes = 20 * 1024 * 1024;                ///< one attachment
    std::int64_t files_per_step = 10;                             ///< between two steps of a case
    std::int64_t bytes_per_case = 500 * 1024 * 1024;              ///< all attachments of a case
    std::int64_t uploads_in_flight_bytes = 2048LL * 1024 * 1024;  ///< until they are part of their cases
    std::int64_t upload_share_bytes = 256 * 1024 * 1024;          ///< of these, what one client and one case may have
    std::int64_t disk_reserve_bytes = 256 * 1024 * 1024;          ///< of the disk, what uploads leave free
    std::string clamd = {};  ///< "unix:/path" or "host:port"; empty: files are not scanned

    PoolLimits examinations{2, 32, std::chrono::seconds(20)};  ///< of uploads
    PoolLimits pictures{2, 32, std::chrono::seconds(20)};      ///< of pages
    PoolLimits long_checks{1, 16, std::chrono::seconds(60)};   ///< before files go out; cleaned and blackened copies
    PoolLimits reads{2, 256, std::chrono::seconds(10)};        ///< its threads are worker_threads
    std::chrono::milliseconds examination_time = std::chrono::seconds(5);  ///< of the processor, for each program
    std::int64_t examination_memory = 512 * 1024 * 1024;                   ///< likewise
    std::chrono::milliseconds reexamination_time = std::chrono::minutes(3);

    std::int64_t write_queue_jobs = 512;
    std::int64_t write_queue_bytes = 16 * 1024 * 1024;
    std::int64_t write_queue_service_jobs = 64;  ///< beside those: the service's own
    std::int64_t write_queue_service_bytes = 16 * 1024 * 1024;
    std::int64_t write_batch_jobs = 256;
    std::int64_t write_batch_bytes = 1024 * 1024;

    std::chrono::milliseconds outbox_lease = std::chrono::minutes(15);
    std::int64_t outbox_kept_days = 90;  ///< after it was sent or cancelled

    std::chrono::milliseconds staff_session_idle = std::chrono::minutes(15);
    std::chrono::milliseconds public_session_idle = std::chrono::minutes(30);
    std::chrono::milliseconds session_absolute = std::chrono::hours(8);
    std::int64_t own_cases = 20;  ///< that an applicant's session holds; the one opened longest ago leaves for the next

    std::int64_t lockout_failures = 5;
    std::chrono::milliseconds lockout_delay = std::chrono::seconds(30);  ///< doubled by each further failure
    std::chrono::milliseconds lockout_delay_limit = std::chrono::hours(1);
    std::int64_t login_failures_per_address = 20;
    std::int64_t login_failures_per_account = 50;
    std::int64_t known_device_days = 180;
    std::int64_t public_writes_per_minute = 120;  ///< of one network, without a session; not applications
    std::int64_t applications_per_day = 20;       ///< of one network before the contact of further ones is checked
    std::int64_t draft_bytes = 32 * 1024;         ///< of one draft of a visitor
    std::int64_t drafts_per_address = 200;        ///< of visitors of one network at a time
    std::int64_t drafts = 10'000;                 ///< of all visitors at a time
    std::chrono::milliseconds code_life = std::chrono::minutes(30);  ///< of a code that checks a contact
    std::int64_t code_tries = 5;                                     ///< wrong ones of one code
    std::int64_t codes_per_case = 5;                                 ///< sent a day, like the next three
    std::int64_t codes_per_contact = 5;
    std::int64_t codes_per_address = 50;
    std::int64_t codes_per_day = 500;
    std::int64_t tracking_failures = 5;
    std::chrono::milliseconds tracking_delay = std::chrono::seconds(10);  ///< doubled by each further failure
    std::chrono::milliseconds tracking_delay_limit = std::chrono::minutes(10);
    std::int64_t tracking_tries_per_address = 10;
    std::int64_t tracking_tries_per_number = 20;

    std::int64_t work_bits = 18;  ///< leading zero bits of a proof of work: twice the work with each
    std::int64_t work_bits_limit = 22;
    std::chrono::milliseconds work_wait = std::chrono::minutes(1);
    std::chrono::milliseconds work_valid = std::chrono::minutes(10);

    std::int64_t argon2_memory_kib = 19'456;
    std::int64_t argon2_passes = 2;
    std::int64_t password_queue = 32;

    std::string mail_host = {};  ///< empty: no e-mail goes out, letters are printed
    std::int64_t mail_port = 587;
    std::string mail_tls = "required";  ///< STARTTLS: required, optional or off; "implicit" speaks TLS from the start
    std::string mail_ca_file = {};
    std::string mail_user = {};
    std::string mail_password_file = {};
    std::string mail_sender = {};
    std::chrono::milliseconds mail_time = std::chrono::seconds(30);
    std::string sms_url = {};  ///< empty: no text messages
    std::string sms_key_file = {};
    std::chrono::milliseconds sms_time = std::chrono::seconds(5);
    std::int64_t quiet_from = 21;  ///< local hours between which no text message goes out that can wait
    std::int64_t quiet_until = 8;
    std::int64_t digest_hour = 8;
    letters::Fonts letter_fonts = letters::standard_fonts();

    std::string log_level = "info";
    std::string log_file = {};
};

/// Why a configuration was refused: one line per fault, in Chinese, each with line and column and the key's name.
struct ConfigFaults {
    std::vector<std::string> lines;
};
[[noreturn]] void throw_exception_from_error(ConfigFaults const& faults, boost::source_location const&);

/// Reads TOML and reports all faults at once; for an unknown key it names the most similar known one.
[[nodiscard]] boost::system::result<Config, ConfigFaults> parse_config(
    std::string_view toml, std::string_view file_name
);

/// Reads a file as parse_config does; a file that cannot be read is a fault too.
[[nodiscard]] boost::system::result<Config, ConfigFaults> read_config(std::string const& path);

/// Which settings a reload has changed, by their keys.
struct Reloaded {
    std::vector<std::string_view> changed;
    std::vector<std::string_view> at_restart;  ///< different, but taken over only by the next start
};
/// Copies into `running` the settings of `fresh` that may change while the service runs. Io thread: no other thread
/// reads those members.
Reloaded take_over(Config& running, Config const& fresh);

/// The public address is https, which this service does not speak, and no trusted proxy is configured: a proxy must be
/// in front of it that the settings do not name.
[[nodiscard]] bool stands_behind_unnamed_proxy(Config const& config);

/// A condition the operator should know of, but with which the service can run. `detail` is Chinese, one or two
/// sentences.
struct Warning {
    std::string code;
    std::string detail;
};
/// The warnings that follow from the configuration alone.
[[nodiscard]] std::vector<Warning> warnings_of(Config const& config);

/// A configuration file with every setting at its default, commented out, each explained with unit and range.
[[nodiscard]] std::string sample_config();

/// One line per setting for --help: key, default, range, meaning.
[[nodiscard]] std::string list_settings();

}  // namespace server
