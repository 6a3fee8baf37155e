#pragma once

#include "workflow/words/fields.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "server/api/kit/operation.hpp"

/// What slows down those who guess passwords and query codes, as the API and the pages say it (access/door.hpp).
namespace server::api {

/// What a caller sends again once `proof_of_work_required` has told it what to do.
struct WorkDone {
    std::string challenge;
    std::optional<std::string> solution;  ///< without it the wait must be over
};

constexpr auto fields(std::type_identity<WorkDone>) {
    using T = WorkDone;
    return std::tuple{
        workflow::field("challenge", &T::challenge, "工作量证明的题目", {1, 200}),
        workflow::field("solution", &T::solution, "工作量证明的答案", {1, 20})};
}

/// `name`: what would be opened, see staff_key() and case_key().
access::Caller caller_at(Services const& services, Call const& call, std::string name);

/// 429 with what the caller has to do first: wait (`wait_code`, Retry-After) or a proof of work
/// (`proof_of_work_required` with `challenge`, `difficulty` and `wait`). Nullopt: the secret may be checked, and the
/// proof of work is used up.
std::optional<http::Problem> check_guessing(
    Services& services,
    Call const& call,
    access::Door& door,
    access::Caller const& caller,
    std::optional<WorkDone> const& work,
    std::string_view wait_code
);

/// 429 when the caller has to wait. Called after a slow check too: of many simultaneous tries only those are answered
/// that would have been allowed one after the other.
std::optional<http::Problem> check_wait(
    Call const& call, access::Door& door, access::Caller const& caller, std::string_view wait_code
);

/// "请等待30秒后再试。" or "请在14:32之后再试。"
std::string try_again(workflow::Instant now, std::chrono::seconds wait);

/// The key of an account for doors and devices. A new password gives a new key, which drops its devices, waits and
/// failures.
std::string staff_key(storage::Staff const& account);
/// The key of the case of that number, whether or not there is one.
std::string case_key(std::string_view number);

/// The browser's own id where it has opened `key` before; empty where it has not, or nothing says so.
std::string find_known_device(Services const& services, Call const& call, std::string_view key);

/// The cookie by which the browser is known at `key` from now on, in addition to its other keys. It grants no access.
/// It is signed with a key of the installation, so it survives restarts, and does not reveal what was opened.
http::Header remember_device(Services const& services, Call const& call, std::string_view key);

}  // namespace server::api
