#include "server/pages/own_case.hpp"

#include <fmt/format.h>

#include "server/pages/clock_view.hpp"

namespace server::pages {
namespace {

using workflow::Case;
using workflow::Date;

json::value date_text(std::optional<Date> date) {
    return date ? json::value(workflow::to_chinese(*date)) : json::value();
}

json::value text_or_null(std::optional<std::string> const& text) { return text ? json::value(*text) : json::value(); }

json::array stages_view(api::Progress const& progress) {
    json::array steps;
    for (auto const& [stage, status] : progress.steps) {
        steps.push_back(
            {{"number", steps.size() + 1},
             {"text", workflow::label(stage)},
             {"status", workflow::label(status)},
             {"done", status == api::StepStatus::Done},
             {"current", status == api::StepStatus::Current}}
        );
    }
    return steps;
}

json::value correction_view(Case const& c) {
    if (!c.correction) return nullptr;
    json::array points;
    for (auto const& point : c.correction->points) points.push_back(json::value(point));
    return {
        {"points", std::move(points)},
        {"guidance", c.correction->guidance},
        {"reply_by", date_text(c.correction->reply_by)},
        {"answered_on", date_text(c.corrected ? std::optional(c.corrected->received_on) : std::nullopt)}};
}

json::value explanation_view(Case const& c) {
    if (!c.explanation_request) return nullptr;
    return {
        {"volume", c.explanation_request->volume},
        {"reply_by", date_text(c.explanation_request->reply_by)},
        {"answered_on", date_text(c.explained ? std::optional(c.explained->received_on) : std::nullopt)}};
}

json::value fee_view(Case const& c) {
    if (!c.fee) return nullptr;
    auto const& [basis, quantity, alternative, served_on, amount_fen] = *c.fee;
    return {
        {"amount", fmt::format("{}.{:02}", amount_fen / 100, amount_fen % 100)},
        {"basis", workflow::label(basis)},
        {"alternative", alternative},
        {"paid_on", date_text(c.payment ? std::optional(c.payment->paid_on) : std::nullopt)}};
}

json::value reply_view(Case const& c) {
    if (!c.dispatch) return nullptr;
    return {
        {"number", c.reply_number ? json::value(c.reply_number->value) : json::value()},
        {"outcome", c.outcome ? json::value(workflow::label(*c.outcome)) : json::value()},
        {"method", workflow::label(c.dispatch->method)},
        {"dispatched_on", workflow::to_chinese(c.dispatch->dispatched_on)},
        {"delivered_on", date_text(c.delivery ? std::optional(c.delivery->delivered_on) : std::nullopt)}};
}

json::array remedies_view(api::Progress const& progress) {
    json::array remedies;
    auto const& online = progress.agency.review_url;
    for (auto const& remedy : progress.remedies) {
        bool const has_site = remedy.kind == api::RemedyKind::Review && !online.empty();
        remedies.push_back(
            {{"label", workflow::label(remedy.kind)},
             {"authority", remedy.authority},
             {"last_day", workflow::to_chinese(remedy.last_day)},
             {"note", remedy.note},
             {"site", has_site ? json::value(online) : json::value()}}
        );
    }
    return remedies;
}

json::array actions_view(api::Progress const& progress, Texts const& texts) {
    json::array actions;
    for (auto const& own : progress.actions) {
        auto const& label = texts.at("track." + std::string(own.name) + ".button");
        actions.push_back({{"address", address_of(own)}, {"label", label}});
    }
    return actions;
}

json::array items_view(Case const& c) {
    json::array items;
    for (auto const& item : c.application.items) {
        items.push_back(
            {{"title", item.title},
             {"document_number", text_or_null(item.document_number)},
             {"description", item.description}}
        );
    }
    return items;
}

json::array files_view(api::Progress const& progress) {
    constexpr std::int64_t kKibibyte = 1024;
    json::array files;
    for (auto const number : progress.files) {
        auto const& file = progress.stored.facts.attachments[number - 1];
        files.push_back(
            {{"name", file.name},
             {"size", (file.size + kKibibyte - 1) / kKibibyte},
             {"address", fmt::format("/api/v1/cases/{}/attachments/{}", progress.stored.id, number)}}
        );
    }
    return files;
}

}  // namespace

std::string address_of(api::OwnAction const& own) { return "/track/actions/" + std::string(own.name); }

std::optional<api::VisibleCase> own_case(Site const& site, Visit const& visit) {
    auto const& session = visit.call.session;
    if (!session || session->kind != access::SessionKind::Applicant) return std::nullopt;
    auto found = api::visible_case(site.services, site.services.reader, visit.call, session->case_id);
    return found ? std::optional(std::move(*found)) : std::nullopt;
}

json::object progress_view(
    api::Progress const& progress, workflow::WorkdayCalendar const& calendar, Date today, Texts const& texts
) {
    Case const& c = progress.stored.facts;
    return {
        {"number", c.number.value},
        {"state", workflow::label(c.state)},
        {"meaning", texts.at("track.state." + std::string(workflow::code(c.state)))},
        {"steps", stages_view(progress)},
        {"agency_name", progress.agency.name},
        {"contact", contact_of(progress.agency)},
        {"unit", progress.department != nullptr ? json::value(progress.department->name) : json::value()},
        {"submitted_on", workflow::to_chinese(c.submitted_on)},
        {"received_on", date_text(c.received_on)},
        {"concluded_on", date_text(c.concluded_on)},
        {"clock", progress.clock ? json::value(clock_view(*progress.clock, calendar, today, texts)) : json::value()},
        {"correction", correction_view(c)},
        {"explanation", explanation_view(c)},
        {"fee", fee_view(c)},
        {"reply", reply_view(c)},
        {"remedies", remedies_view(progress)},
        {"objectionable", !progress.remedies.empty()},
        {"rating", c.rating ? json::value(texts.at("track.score." + std::to_string(c.rating->score))) : json::value()},
        {"actions", actions_view(progress, texts)},
        {"can_act", !progress.actions.empty()},
        {"items", items_view(c)},
        {"files", files_view(progress)},
        {"has_files", !progress.files.empty()}};
}

}  // namespace server::pages
