#pragma once

#include "storage/office/contact_checks.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/api/cases/case_access.hpp"

/// The check of an applicant's contact, where a network has handed in more applications on a day than go unchecked
/// (applications.hpp). It takes nothing from the application: number, receipt, dates and letters are as always; only
/// its files and what is sent to the applicant electronically wait until a code sent there comes back, or an account
/// acts on the case.
namespace server::api {

/// How a code goes out.
enum class CodeWay : std::uint8_t { Email, Sms };
inline constexpr std::array kCodeWays{
    workflow::Term{CodeWay::Email, "email", "电子邮箱"},
    workflow::Term{CodeWay::Sms, "sms", "手机"},
};
constexpr auto const& terms(CodeWay) { return kCodeWays; }
static_assert(workflow::is_well_formed<CodeWay>());

/// A usable way: the applicant has given an address for it, and the settings configure it.
struct OpenWay {
    CodeWay way;
    std::string masked;  ///< the address, partly masked
};
/// Empty: only staff can check the contact.
std::vector<OpenWay> open_ways(Config const& config, workflow::Applicant const& applicant);

/// Why no file may be added to this case in its present state; nullopt when one may.
std::optional<http::Problem> refuses_files(
    Services& services, storage::Connection& connection, Call const& call, VisibleCase const& found
);

/// Has a new code sent. Refused (429) beyond the settings' number a day for the case, the address it goes to, the
/// network that asks and the whole service; 409 where there is nothing to check or no such way.
net::awaitable<std::optional<http::Problem>> send_code(
    Services& services, Call const& call, storage::StoredCase const& stored, CodeWay way
);

/// Takes a code: nullopt when it was right and the check has ended; 422 when it was wrong, 409 when none is valid.
net::awaitable<std::optional<http::Problem>> take_code(
    Services& services, Call const& call, std::string const& case_id, std::string const& digits
);

/// The limits of codes, from the settings.
storage::CodeLimits code_limits(Config const& config);

}  // namespace server::api
