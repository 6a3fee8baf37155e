#pragma once

#include "storage/office/directory.hpp"
#include "workflow/procedure/decide.hpp"

#include <boost/json/object.hpp>
#include <boost/system/result.hpp>

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "server/access/sessions.hpp"
#include "server/api/kit/services.hpp"
#include "server/http/problem.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

/// One table for what the API can do: the routes, who may call them and the OpenAPI document all come from it.
namespace server::api {

/// Whose session an operation needs.
enum class Who { Anyone, Staff, Applicant, StaffOrApplicant };

/// One admitted request, while its handler runs.
struct Call {
    http::Request& request;
    workflow::Instant now;  ///< read once, so that every part of the answer agrees
    std::shared_ptr<storage::Directory const> directory;
    std::string session_id = {};  ///< what the cookie holds
    std::optional<access::Session> session = {};
    workflow::Actor actor = {};  ///< empty without a session; of an applicant without a case until select_case()
    storage::Staff const* account = nullptr;  ///< of a staff session; lives in `directory`

    workflow::Date today() const { return workflow::local_date(now); }
    std::string_view parameter(std::size_t n) const { return request.parameters[n]; }
};

using Answer = boost::system::result<http::Response, http::Problem>;
using Handler = Answer (*)(Services&, Call&);
using SlowHandler = net::awaitable<Answer> (*)(Services&, Call&);

struct QueryParameter {
    std::string_view name;
    std::string_view description;
    boost::json::object schema = {{"type", "string"}};  ///< of a list: its entries come parted by commas
    bool required = false;
};

using Schema = boost::json::object (*)();

struct Operation {
    http::verb method;
    std::string_view path;
    std::string_view id;  ///< operationId
    std::string_view summary;
    std::string_view tag;
    Who who;
    std::variant<Handler, SlowHandler> handler;
    workflow::RoleSet roles = {};  ///< one of them; empty: whichever account
    Schema request = nullptr;      ///< of a JSON body
    Schema response = nullptr;     ///< of a JSON answer (answer_schema.hpp)
    http::status success = http::status::ok;
    std::vector<QueryParameter> query = {};
    std::vector<std::string_view> actions = {};  ///< what {action} in the path may be
    std::vector<http::status> problems = {};     ///< beside those that follow from the rest of the row
    bool creates = false;                        ///< takes an Idempotency-Key
    bool unpaced = false;  ///< check_pace() does not count it: never refused for its number, or bounded by its failures
    bool versioned = false;              ///< needs an If-Match
    bool with_initial_password = false;  ///< open to an account that still has to choose its password
    std::string_view produces = "application/json";
    std::optional<std::uint64_t> (*upload_limit)(Config const&) = nullptr;  ///< set: the body is a file, streamed
};

/// Puts the operations on the router; both they and `services` must outlive it.
void mount(http::Router& router, Services& services, std::span<Operation const> operations);

/// Begins to answer a request: finds the session of its cookie.
Call begin_call(Services& services, http::Request& request);

/// Selects, of the cases in the caller's session, the one with this number (or case_id): the call's actor can reach
/// this case and no other. Null when the session does not hold it; then the actor reaches none.
access::OwnCase const* select_case(Call& call, std::string access::OwnCase::*name, std::string_view value);

/// Whether a write comes from our own pages. Browsers say where a request comes from; other clients say nothing.
bool is_same_origin(http::Request const& request, Config const& config);
/// Refuses writes without a session beyond public.writes_per_minute from one network; this machine is no exception.
std::optional<http::Problem> check_pace(Services& services, Call const& call);
/// The source of the call's work for pools that run one job of each source at a time (bounded_pool.hpp): the account,
/// or the network.
std::string asker(Call const& call);
/// Compares secrets: takes the same time for every wrong one of that length.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// The account of a staff session as it is now: rights follow the directory, not the time of sign-in. Null when the
/// session is no longer valid.
storage::Staff const* account_of(access::Session const& session, storage::Directory const& directory);

/// The cookie that carries a session.
std::string_view session_cookie(Config const& config);

/// Media types of what is downloaded.
namespace media {
inline constexpr std::string_view kPdf = "application/pdf";
inline constexpr std::string_view kDocx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
inline constexpr std::string_view kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}  // namespace media

/// 204: done, and nothing to say.
http::Response no_content();

// Short problems that many operations share.
http::Problem not_found(std::string code, std::string detail);
http::Problem no_agency();
http::Problem bad_request(std::string code, std::string detail);

/// The `If-Match` of a versioned write: 428 when missing, 400 when it is no version.
boost::system::result<std::int64_t, http::Problem> expected_version(http::Request const& request);
/// `"7"`, as ETag and If-Match write a version.
std::string version_tag(std::int64_t version);

/// How many entries a page of a list has, and may have.
inline constexpr std::int64_t kUsualPage = 50;
inline constexpr std::int64_t kLongestPage = 200;

/// A whole number in the query between the bounds, or `otherwise` when it is not there.
boost::system::result<std::int64_t, http::Problem> query_number(
    http::Request const& request, std::string_view name, std::int64_t least, std::int64_t most, std::int64_t otherwise
);

}  // namespace server::api
