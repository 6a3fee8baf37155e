#include "server/pages/kit/html_page.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <array>
#include <memory>

#include "server/api/kit/overloaded.hpp"
#include "server/api/kit/storage_full.hpp"
#include "server/http/static_files.hpp"

namespace server::pages {
namespace {

using http::Problem;
using http::status;
using http::verb;

/// The links of the head of each page; the labels are texts.
struct Link {
    std::string_view address;
    std::string_view text;
};
constexpr std::array kLinks{
    Link{"/apply", "nav.apply"},
    Link{"/track", "nav.track"},
    Link{"/calculator", "nav.calculator"},
    Link{"/published", "nav.published"},
    Link{"/statistics", "nav.statistics"},
};

bool is_page_file(web::Asset const& file) {
    return !file.path.starts_with("templates/") && !file.path.starts_with("texts/");
}

std::string served_path(web::Asset const& file) {
    return "/files/" + std::string(file.tag) + '/' + std::string(file.path);
}

json::array links(Visit const& visit, Texts const& texts) {
    auto const& segments = visit.call.request.target.segments;
    auto const here = '/' + (segments.empty() ? std::string() : segments.front());
    json::array links;
    for (auto const& link : kLinks) {
        links.push_back({{"address", link.address}, {"text", texts.at(link.text)}, {"current", link.address == here}});
    }
    return links;
}

/// The address that changes one preference and returns to the same page.
std::string preference_address(Visit const& visit, std::string_view name, std::string_view value) {
    std::string address = "/preferences?";
    address.append(name).append("=").append(value).append("&back=");
    return address += encoded(visit.address());
}

/// The office for questions to the whole city: that of the top agency.
storage::Agency const* first_agency(storage::Directory const& directory) {
    auto const found =
        std::ranges::find_if(directory.agencies(), [](auto const& entry) { return !entry.second.parent; });
    return found == directory.agencies().end() ? nullptr : &found->second;
}

void add_frame(Site const& site, Visit const& visit, Texts const& texts, json::object& data) {
    auto const& likes = visit.preferences;
    data["lang"] = texts.language();
    data["elder"] = likes.elder;
    data["high_contrast"] = likes.high_contrast;
    data["switch_elder"] = preference_address(visit, "a11y", likes.elder ? "" : "elder");
    data["switch_contrast"] = preference_address(visit, "contrast", likes.high_contrast ? "" : "high");
    data["links"] = links(visit, texts);
    data["style"] = site.address_of("style.css");
    data["script"] = site.address_of("script.js");
    data["icon"] = site.address_of("icon.svg");
    auto const* city = first_agency(*visit.call.directory);
    data["city"] = city != nullptr ? json::value(city->name) : json::value();
    if (!data.contains("contact")) data["contact"] = city != nullptr ? json::value(contact_of(*city)) : json::value();
}

bool is_form(std::string_view content_type) {
    auto const media_type = content_type.substr(0, content_type.find(';'));
    return boost::beast::iequals(media_type.substr(0, media_type.find(' ')), "application/x-www-form-urlencoded");
}

/// Because of our Referrer-Policy browsers hide the origin of a form ("null"). Where Sec-Fetch-Site is missing too,
/// only the form's token tells.
bool is_own_form(http::Request const& request, Config const& config) {
    bool const hidden = request.header(http::field::origin) == "null" && request.header("Sec-Fetch-Site").empty();
    return hidden || api::is_same_origin(request, config);
}

/// Every check of a posted form before a handler gets it.
std::optional<Problem> take_form(Site const& site, HtmlPage const& page, Visit& visit) {
    auto& request = visit.call.request;
    if (!is_own_form(request, site.services.config)) {
        return Problem{.status = status::forbidden, .code = "cross_origin", .detail = "不接受从其他网站提交的表单。"};
    }
    if (page.with_files) return std::nullopt;
    if (!is_form(request.header(http::field::content_type))) {
        return Problem{
            .status = status::unsupported_media_type, .code = "not_a_form", .detail = "这里只接受网页表单。"};
    }
    auto form = http::parse_form(request.body);
    if (!form) return form.error();
    visit.form = std::move(*form);
    if (has_form_token(site.services, visit)) return std::nullopt;
    return Problem{
        .status = status::forbidden,
        .code = "expired_form",
        .detail = "这个页面打开太久，或者浏览器没有保存 Cookie，所以没有提交成功。"};
}

/// Whether the client wants a page and not data: a browser, outside the API.
bool wants_page(http::Request const& request) {
    auto const& segments = request.target.segments;
    if (!segments.empty() && segments.front() == "api") return false;
    return request.header(http::field::accept).find("text/html") != std::string_view::npos;
}

/// A refusal as a page or as JSON, by what the client accepts.
http::Response show_problem(Site const& site, Visit& visit, Problem const& problem) {
    if (wants_page(visit.call.request)) return render_problem(site, visit, problem);
    return problem_response(problem, visit.call.request.trace_id);
}

http::RouteOptions options_of(HtmlPage const& page, Config const& config) {
    if (!page.with_files) return {};
    constexpr std::uint64_t kFields = 64 * 1024;
    auto const files = config.upload_bytes * static_cast<std::uint64_t>(config.files_per_step);
    return {.body_limit = files + kFields, .body = http::BodyMode::Streamed};
}

net::awaitable<http::Response> serve(Site& site, HtmlPage const& page, http::Request& request) {
    auto visit = begin_visit(site.services, request);
    if (page.method == verb::post) {
        auto problem = page.unpaced ? std::nullopt : api::check_pace(site.services, visit.call);
        if (!problem) problem = take_form(site, page, visit);
        if (problem) co_return show_problem(site, visit, *problem);
    }
    Answer answer;
    try {
        if (auto const* handler = std::get_if<Handler>(&page.handler)) {
            answer = (*handler)(site, visit);
        } else {
            answer = co_await std::get<SlowHandler>(page.handler)(site, visit);
        }
    } catch (storage::StorageFull const&) {
        answer = api::storage_full();
    } catch (Overloaded const& error) {
        answer = api::overloaded(error);
    }
    if (!answer) co_return show_problem(site, visit, answer.error());
    std::ranges::move(visit.set_cookies, std::back_inserter(answer->headers));
    if (!page.personal) answer->set("Cache-Control", "private, no-cache");
    co_return std::move(*answer);
}

}  // namespace

Site::Site(api::Services& all_services, std::span<web::Asset const> files)
    : services(all_services), files_(files), templates_(files) {}

std::string Site::address_of(std::string_view file) const {
    auto const found = std::ranges::find(files_, file, &web::Asset::path);
    if (found == files_.end()) throw std::out_of_range("the pages have no file " + std::string(file));
    return served_path(*found);
}

void mount(http::Router& router, Site& site, std::span<HtmlPage const> pages) {
    for (auto const& page : pages) {
        auto handler = [&site, page](http::Request& request) { return serve(site, page, request); };
        router.add(page.method, page.path, std::move(handler), options_of(page, site.services.config));
    }
    for (auto const& file : site.files()) {
        if (!is_page_file(file)) continue;
        auto handler = [&file](http::Request& request) -> net::awaitable<http::Response> {
            co_return http::static_file(file, request, http::Keep::ForGood);
        };
        router.add(verb::get, served_path(file), std::move(handler));
    }
    router.show_problems_with([&site](Problem const& problem, http::Request& request) {
        auto visit = begin_visit(site.services, request);
        return show_problem(site, visit, problem);
    });
}

http::Response render(Site const& site, Visit& visit, std::string_view name, json::object data, http::status status) {
    auto const& texts = site.texts(visit);
    add_frame(site, visit, texts, data);
    auto body = site.templates().render(texts.language(), name, data);
    auto response = http::text_response(status, "text/html; charset=utf-8", std::move(body));
    response.set("Content-Language", texts.language());
    return response;
}

http::Response see_other(std::string_view address) {
    http::Response response;
    response.status = status::see_other;
    response.set("Location", address);
    return response;
}

http::Response render_problem(Site const& site, Visit& visit, Problem const& problem) {
    auto const& texts = site.texts(visit);
    auto const* advice = texts.find("problem.advice." + problem.code);
    if (advice == nullptr)
        advice = texts.find("problem.advice." + std::to_string(static_cast<unsigned>(problem.status)));
    json::object data{
        {"heading", http::problem_title(problem.status).title},
        {"detail", problem.detail},
        {"advice", advice != nullptr ? *advice : texts.at("problem.advice.other")},
        {"address", visit.call.request.method == verb::get ? json::value() : json::value(visit.address())},
        {"trace", visit.call.request.trace_id}};
    auto response = render(site, visit, "problem", std::move(data), problem.status);
    if (problem.retry_after) response.set("Retry-After", std::to_string(problem.retry_after->count()));
    return response;
}

json::object contact_of(storage::Agency const& agency) { return {{"name", agency.office}, {"phone", agency.phone}}; }

}  // namespace server::pages
