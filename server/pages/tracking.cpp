#include "server/api/tracking.hpp"

#include <algorithm>

#include "server/api/sign_in.hpp"
#include "server/pages/form.hpp"
#include "server/pages/own_case.hpp"
#include "server/pages/pages.hpp"

/// Looking after one's own case: number and code open it, and then its progress is there until one leaves.
namespace server::pages {
namespace {

using api::TrackingPair;
using http::status;
using http::verb;
using workflow::FieldError;

http::Response show_door(
    Site& site, Visit& visit, Answers const& answers, std::vector<FieldError> const& errors, status code
) {
    FormContext const form{answers, errors, site.texts(visit)};
    auto const found = own_case(site, visit);
    auto const& request = visit.call.request;
    json::object data{
        {"token", form_token(site.services, visit)},
        {"action", visit.address()},
        {"form", form_view<TrackingPair>(form)},
        {"errors", error_links(errors, [](auto const&) { return std::string(); })},
        {"wrong", !errors.empty()},
        {"open_number", found ? json::value(found->stored.facts.number.value) : json::value()},
        {"interrupted", api::own_action(request.query("then").value_or("")) != nullptr}};
    return render(site, visit, "track/door", std::move(data), code);
}

/// `?number=`, as the QR code of the receipt has it.
Answer open_door(Site& site, Visit& visit) {
    Answers answers;
    if (auto const number = visit.call.request.query("number")) answers["/number"] = *number;
    return show_door(site, visit, answers, {}, status::ok);
}

/// What people copy from a receipt has blanks around it.
std::string trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    auto const first = std::min(text.find_first_not_of(kBlanks), text.size());
    return std::string(text.substr(first, text.find_last_not_of(kBlanks) + 1 - first));
}

Answer take_pair(Site& site, Visit& visit) {
    Answers answers;
    for (std::string_view const name : {"/number", "/query_code"}) answers.emplace(name, trimmed(visit.posted(name)));
    TrackingPair pair;
    api::InputReader reader;
    reader.read(json::value(answers_json<TrackingPair>(answers, "")), pair, "");
    if (!reader.errors().empty()) return show_door(site, visit, answers, reader.errors(), status::unprocessable_entity);
    auto const set_cookie = api::open_tracking(site.services, visit.call, pair);
    if (set_cookie) {
        visit.set_cookies.push_back(*set_cookie);
        auto const* interrupted = api::own_action(visit.call.request.query("then").value_or(""));
        return see_other(interrupted != nullptr ? address_of(*interrupted) : std::string(kProgress));
    }
    auto const& problem = set_cookie.error();
    auto response = show_door(site, visit, answers, {{"/number", problem.code, problem.detail}}, problem.status);
    if (problem.retry_after) response.set("Retry-After", std::to_string(problem.retry_after->count()));
    return response;
}

Answer show_progress(Site& site, Visit& visit) {
    auto const found = own_case(site, visit);
    if (!found) return see_other(kTrack);
    auto const& texts = site.texts(visit);
    auto const progress = api::progress_of(site.services, visit.call, *found, found->stored);
    auto data = progress_view(progress, *found->calendar, visit.today(), texts);
    data["token"] = form_token(site.services, visit);
    auto const* done = texts.find("track." + std::string(visit.call.request.query("done").value_or("")) + ".done");
    data["done"] = done != nullptr ? json::value(*done) : json::value();
    return render(site, visit, "track/progress", std::move(data));
}

Answer download_tracking_proof(Site& site, Visit& visit) {
    auto const found = own_case(site, visit);
    if (!found) return see_other(kTrack);
    api::JsonWriter json;
    api::write_receipt(json, api::receipt_of(site.services, found->stored));
    auto response = http::text_response(status::ok, "application/json", json.take());
    auto const name = "attachment; filename=\"receipt-" + encoded(found->stored.facts.number.value) + ".json\"";
    response.set("Content-Disposition", name);
    return response;
}

Answer leave(Site& site, Visit& visit) {
    if (own_case(site, visit)) visit.set_cookies.push_back(api::close_session(site.services, visit.call));
    return see_other(kTrack);
}

}  // namespace

std::vector<Page> tracking_pages() {
    return {
        {verb::get, kTrack, open_door},
        {.method = verb::post, .path = kTrack, .handler = take_pair, .unpaced = true},
        {verb::get, kProgress, show_progress},
        {verb::get, "/track/proof.json", download_tracking_proof},
        {verb::post, "/track/leave", leave},
    };
}

}  // namespace server::pages
