#include <algorithm>
#include <utility>

#include "server/api/applicants/contact_check.hpp"
#include "server/pages/kit/form.hpp"
#include "server/pages/own/own_case.hpp"
#include "server/pages/own/pages.hpp"

/// The page where an applicant gets a code sent to the address of their application, and enters it. Works without a
/// script.
namespace server::pages {
namespace {

using http::status;
using http::verb;
using workflow::FieldError;

constexpr std::string_view kCodePointer = "/code";

std::string button_of(api::CodeWay way) { return "send " + std::string(workflow::code(way)); }

http::Response show_contact(
    Site& site, Visit& visit, api::VisibleCase const& found, std::vector<FieldError> const& errors, status code
) {
    auto const& texts = site.texts(visit);
    auto const& facts = found.stored.facts;
    json::array ways;
    for (auto const& [way, masked] : api::open_ways(site.services.config, facts.application.applicant)) {
        ways.push_back({{"button", button_of(way)}, {"label", workflow::label(way)}, {"address", masked}});
    }
    bool const sent = visit.call.request.query("sent").has_value();
    Answers const none;
    json::object data{
        {"token", form_token(site.services, visit)},
        {"action", about_case(kContact, facts.number.value)},
        {"contact", contact_of(*found.agency)},
        {"sent", sent},
        {"by_code", !ways.empty()},
        {"ways", std::move(ways)},
        {"code", field_view({none, errors, texts}, std::string(kCodePointer), texts.at("track.contact.code"))},
        {"minutes", std::chrono::duration_cast<std::chrono::minutes>(site.services.config.code_life).count()},
        {"errors", error_links(errors, [](auto const&) { return std::string(); })},
        {"wrong", !errors.empty()}};
    add_case_frame(visit, facts, data);
    return render(site, visit, "track/contact", std::move(data), code);
}

Answer open_contact(Site& site, Visit& visit) {
    auto const found = own_case(site, visit);
    if (!found) return see_other(address_of_door(named_case(visit)));
    if (!found->contact_unchecked) return see_other(about_case(kProgress, found->stored.facts.number.value));
    return show_contact(site, visit, *found, {}, status::ok);
}

/// Why it was not done, on the page itself.
http::Response show_refusal(Site& site, Visit& visit, api::VisibleCase const& found, http::Problem const& problem) {
    auto errors = problem.errors;
    if (errors.empty()) errors.push_back({"", problem.code, problem.detail});
    auto response = show_contact(site, visit, found, errors, problem.status);
    if (problem.retry_after) response.set("Retry-After", std::to_string(problem.retry_after->count()));
    return response;
}

/// Digits as they are copied from a message.
std::string strip_blanks(std::string_view text) {
    std::string digits(text);
    std::erase_if(digits, [](unsigned char c) { return std::isspace(c) != 0; });
    return digits;
}

net::awaitable<Answer> take_contact(Site& site, Visit& visit) {
    if (auto problem = misdirected(visit)) co_return std::move(*problem);
    auto const found = own_case(site, visit);
    if (!found) co_return see_other(address_of_door(named_case(visit)));
    auto const& number = found->stored.facts.number.value;
    if (!found->contact_unchecked) co_return see_other(about_case(kProgress, number));
    auto const pressed = visit.posted("do");
    for (auto const& term : api::kCodeWays) {
        if (pressed != button_of(term.value)) continue;
        auto const problem = co_await api::send_code(site.services, visit.call, found->stored, term.value);
        if (problem) co_return show_refusal(site, visit, *found, *problem);
        co_return see_other(about_case(kContact, number) + "&sent=1");
    }
    auto const digits = strip_blanks(visit.posted(kCodePointer));
    if (digits.empty()) {  // pressing the button too soon is not counted as a wrong try
        std::vector<FieldError> errors;
        errors.push_back({std::string(kCodePointer), "missing", "请填写收到的核验码。"});
        co_return show_contact(site, visit, *found, errors, status::unprocessable_entity);
    }
    auto const problem = co_await api::take_code(site.services, visit.call, found->stored.id, digits);
    if (problem) co_return show_refusal(site, visit, *found, *problem);
    co_return see_other(about_case(kProgress, number) + "&done=contact");
}

}  // namespace

std::vector<HtmlPage> own_contact_pages() {
    return {
        {verb::get, kContact, open_contact},
        {verb::post, kContact, take_contact},
    };
}

}  // namespace server::pages
