#include "server/api/kit/sign_in.hpp"

#include <utility>

namespace server::api {
namespace {

http::Header cookie(Config const& config, std::string_view value, std::string_view lifetime) {
    std::string text(session_cookie(config));
    text += '=';
    text += value;
    text += "; Path=/; HttpOnly; SameSite=Strict";
    if (config.secure_cookies) text += "; Secure";
    text += lifetime;
    return {"Set-Cookie", std::move(text)};
}

}  // namespace

http::Header open_session(Services& services, Call& call, access::Session session) {
    if (!call.session_id.empty()) services.access.sessions.close(call.session_id);
    call.session_id = services.access.sessions.open(std::move(session), call.now);
    call.session = *services.access.sessions.find(call.session_id, call.now);
    return cookie(services.config, call.session_id, "");
}

http::Header close_session(Services& services, Call& call) {
    services.access.sessions.close(call.session_id);
    return cookie(services.config, "", "; Max-Age=0");
}

http::Problem passwords_busy() {
    return http::Problem{
        .status = http::status::service_unavailable,
        .code = "sign_in_busy",
        .detail = "同时登录的人太多，请稍后再试。",
        .retry_after = std::chrono::seconds{2}};
}

http::Problem too_many_tries(std::string code, std::string detail, std::chrono::seconds wait) {
    return http::Problem{
        .status = http::status::too_many_requests,
        .code = std::move(code),
        .detail = std::move(detail),
        .retry_after = wait};
}

}  // namespace server::api
