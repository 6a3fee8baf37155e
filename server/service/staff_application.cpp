#include "server/service/staff_application.hpp"

#include <algorithm>
#include <string>

#include "server/http/static_files.hpp"

namespace server {
namespace {

using http::Request;
using http::Response;
using http::verb;

/// As strict as the pages', and scripts may write markup through Vue's own policy alone.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types vue";

net::awaitable<Response> ready(Response response) { co_return response; }

}  // namespace

void mount_staff_application(http::Router& router, std::span<web::Asset const> files) {
    for (web::Asset const& file : files) {
        if (file.path == "index.html") {
            auto const page = [&file](Request& request) {
                auto response = static_file(file, request, http::Keep::Never);
                response.set("Content-Security-Policy", kContentSecurityPolicy);
                return ready(std::move(response));
            };
            for (auto const* address : {"/staff/", "/staff/{a}", "/staff/{a}/{b}", "/staff/{a}/{b}/{c}"}) {
                router.add(verb::get, address, page);
            }
        } else {
            auto const keep = file.path.starts_with("assets/") ? http::Keep::ForGood : http::Keep::Never;
            router.add(verb::get, "/staff/" + std::string(file.path), [&file, keep](Request& request) {
                return ready(static_file(file, request, keep));
            });
        }
    }
    router.add(verb::get, "/staff", [](Request&) {
        Response response;
        response.status = http::status::permanent_redirect;
        response.set("Location", "/staff/");
        return ready(std::move(response));
    });
}

}  // namespace server
