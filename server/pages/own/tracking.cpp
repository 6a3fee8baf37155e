#include "server/api/applicants/tracking.hpp"

#include <algorithm>
#include <array>

#include "server/api/kit/sign_in.hpp"
#include "server/pages/kit/form.hpp"
#include "server/pages/own/own_case.hpp"
#include "server/pages/own/pages.hpp"

/// Tracking one's own case: number and code open it, and its progress is shown until the applicant leaves.
namespace server::pages {
namespace {

using api::TrackingPair;
using http::status;
using http::verb;
using workflow::FieldError;

/// The action whose form brought somebody here, if one did, and the case it is about.
json::value interrupted_form(Visit const& visit, Texts const& texts) {
    auto const& request = visit.call.request;
    auto const* own = api::own_action(request.query("then").value_or(""));
    if (own == nullptr) return nullptr;
    return {
        {"number", request.query("number").value_or("")},
        {"action", texts.at("track." + std::string(own->name) + ".title")}};
}

/// `work`: what the browser has to do before the pair is looked at, or nothing.
http::Response show_door(
    Site& site,
    Visit& visit,
    Answers const& answers,
    std::vector<FieldError> const& errors,
    status code,
    json::object work = {}
) {
    FormContext const form{answers, errors, site.texts(visit)};
    auto open = open_cases_view(visit);
    json::object data{
        {"token", form_token(site.services, visit)},
        {"action", visit.address()},
        {"form", form_view<TrackingPair>(form)},
        {"errors", error_links(errors, [](auto const&) { return std::string(); })},
        {"wrong", !errors.empty()},
        {"work", work.empty() ? json::value() : json::value(std::move(work))},
        {"solver", site.address_of("proof_of_work.js")},
        {"some_open", !open.empty()},
        {"open", std::move(open)},
        {"interrupted", interrupted_form(visit, site.texts(visit))}};
    return render(site, visit, "track/door", std::move(data), code);
}

/// `?number=`, as the QR code of the receipt has it.
Answer open_door(Site& site, Visit& visit) {
    Answers answers;
    if (auto const number = visit.call.request.query("number")) answers["/number"] = *number;
    return show_door(site, visit, answers, {}, status::ok);
}

/// Removes the blanks that are copied along from a receipt.
std::string trim(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    auto const first = std::min(text.find_first_not_of(kBlanks), text.size());
    return std::string(text.substr(first, text.find_last_not_of(kBlanks) + 1 - first));
}

Answer take_pair(Site& site, Visit& visit) {
    Answers answers;
    constexpr std::array<std::string_view, 4> kPosted{
        "/number", "/query_code", "/proof_of_work/challenge", "/proof_of_work/solution"};
    for (auto const name : kPosted) answers.emplace(name, trim(visit.posted(name)));
    TrackingPair pair;
    api::InputReader reader;
    reader.read(json::value(answers_json<TrackingPair>(answers, "")), pair, "");
    if (!reader.errors().empty()) return show_door(site, visit, answers, reader.errors(), status::unprocessable_entity);
    auto set_cookies = api::open_tracking(site.services, visit.call, pair);
    if (set_cookies) {
        std::ranges::move(*set_cookies, std::back_inserter(visit.set_cookies));
        auto const& request = visit.call.request;
        auto const& number = visit.call.session->own_cases.back().number;
        auto const* interrupted = api::own_action(request.query("then").value_or(""));
        bool const goes_on = interrupted != nullptr && request.query("number") == number;
        return see_other(goes_on ? address_of(*interrupted, number) : about_case(kProgress, number));
    }
    auto const& problem = set_cookies.error();
    std::vector<FieldError> errors;
    if (problem.members.empty()) errors.push_back({"/number", problem.code, problem.detail});
    auto response = show_door(site, visit, answers, errors, problem.status, problem.members);
    if (problem.retry_after) response.set("Retry-After", std::to_string(problem.retry_after->count()));
    return response;
}

Answer show_progress(Site& site, Visit& visit) {
    auto const found = own_case(site, visit);
    if (!found) return see_other(address_of_door(named_case(visit)));
    auto const& texts = site.texts(visit);
    auto const progress = api::progress_of(site.services, visit.call, *found, found->stored);
    auto data = progress_view(progress, *found->calendar, visit.today(), texts);
    add_case_frame(visit, found->stored.facts, data);
    auto const number = found->stored.facts.number.value;
    data["files_page"] = about_case("/track/files", number);
    data["contact_page"] = about_case(kContact, number);
    data["proof_file"] = about_case("/track/proof.json", number);
    data["token"] = form_token(site.services, visit);
    auto const* done = texts.find("track." + std::string(visit.call.request.query("done").value_or("")) + ".done");
    data["done"] = done != nullptr ? json::value(*done) : json::value();
    return render(site, visit, "track/progress", std::move(data));
}

Answer download_tracking_proof(Site& site, Visit& visit) {
    auto const found = own_case(site, visit);
    if (!found) return see_other(address_of_door(named_case(visit)));
    api::JsonWriter json;
    api::write_receipt(json, api::receipt_of(site.services, found->stored));
    auto response = http::text_response(status::ok, "application/json", json.take());
    auto const name = "attachment; filename=\"receipt-" + encoded(found->stored.facts.number.value) + ".json\"";
    response.set("Content-Disposition", name);
    return response;
}

/// The case that the form names, or all of them where it names none. Sessions of staff end elsewhere.
Answer leave(Site& site, Visit& visit) {
    auto& call = visit.call;
    bool const own = call.session && call.session->kind == access::SessionKind::Applicant;
    auto const number = visit.posted("number");
    if (own) {
        visit.set_cookies.push_back(
            number.empty() ? api::close_session(site.services, call) : api::leave_case(site.services, call, number)
        );
    }
    return see_other(kTrack);
}

}  // namespace

std::vector<HtmlPage> tracking_pages() {
    return {
        {verb::get, kTrack, open_door},
        {.method = verb::post, .path = kTrack, .handler = take_pair, .unpaced = true},
        {verb::get, kProgress, show_progress},
        {verb::get, "/track/proof.json", download_tracking_proof},
        {verb::post, "/track/leave", leave},
    };
}

}  // namespace server::pages
