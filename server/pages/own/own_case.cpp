#include "server/pages/own/own_case.hpp"

#include "workflow/procedure/guards.hpp"
#include "workflow/supervision/follow_ups.hpp"

#include <fmt/format.h>

#include "server/api/applicants/tracking.hpp"
#include "server/pages/kit/clock_view.hpp"

namespace server::pages {
namespace {

using workflow::Case;
using workflow::Date;

constexpr std::size_t kLongestNumber = 60;  ///< bytes

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

/// The letter has been decided and has not gone out: nobody can answer it yet.
bool is_unsent(Case const& c, workflow::NoticeKind kind) {
    workflow::NoticeLetter const* const letter = workflow::find_notice(c, kind);
    return letter != nullptr && !letter->dispatch;
}

json::value correction_view(api::Progress const& progress) {
    Case const& c = progress.stored.facts;
    if (!c.correction) return nullptr;
    // Where the letter names no day, its period runs from the receipt: then the clock knows the last one.
    auto const due =
        progress.clock ? workflow::unmet(*progress.clock, workflow::DeadlineKind::Correction) : std::nullopt;
    json::array points;
    for (auto const& point : c.correction->points) points.push_back(json::value(point));
    return {
        {"points", std::move(points)},
        {"guidance", c.correction->guidance},
        {"unsent", is_unsent(c, workflow::NoticeKind::Correction)},
        {"reply_by", date_text(due ? due : c.correction->reply_by)},
        {"answered_on", date_text(c.corrected ? std::optional(c.corrected->received_on) : std::nullopt)}};
}

json::value explanation_view(Case const& c) {
    if (!c.explanation_request) return nullptr;
    return {
        {"volume", c.explanation_request->volume},
        {"unsent", is_unsent(c, workflow::NoticeKind::Explanation)},
        {"reply_by", date_text(c.explanation_request->reply_by)},
        {"answered_on", date_text(c.explained ? std::optional(c.explained->received_on) : std::nullopt)}};
}

json::value fee_view(Case const& c) {
    if (!c.fee) return nullptr;
    return {
        {"amount", fmt::format("{}.{:02}", c.fee->amount_fen / 100, c.fee->amount_fen % 100)},
        {"basis", workflow::label(c.fee->basis)},
        {"alternative", c.fee->alternative},
        {"paid_on", date_text(c.payment ? std::optional(c.payment->paid_on) : std::nullopt)}};
}

json::value reply_view(Case const& c) {
    if (!c.dispatch) return nullptr;
    return {
        {"number", c.reply_number ? json::value(c.reply_number->value) : json::value()},
        {"outcome", c.outcome ? json::value(workflow::label(*c.outcome)) : json::value()},
        {"method", workflow::label(c.dispatch->method)},
        {"dispatched_on", workflow::to_chinese(c.dispatch->dispatched_on)},
        {"delivered_on", date_text(c.served_on())}};
}

json::array remedies_view(api::Progress const& progress) {
    json::array remedies;
    auto const& online = progress.agency.review_url;
    for (auto const& remedy : progress.remedies) {
        bool const has_site = remedy.kind == workflow::RemedyKind::Review && !online.empty();
        remedies.push_back(
            {{"label", workflow::label(remedy.kind)},
             {"authority", remedy.authority},
             {"last_day", workflow::to_chinese(remedy.last_day)},
             {"note", remedy.note},
             {"about", remedy.about},
             {"over", remedy.over},
             {"site", has_site ? json::value(online) : json::value()}}
        );
    }
    return remedies;
}

json::array actions_view(api::Progress const& progress, Texts const& texts) {
    json::array actions;
    for (auto const& own : progress.actions) {
        auto const& label = texts.at("track." + std::string(own.name) + ".button");
        actions.push_back({{"address", address_of(own, progress.stored.facts.number.value)}, {"label", label}});
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

json::array new_replies_view(api::Progress const& progress) {
    json::array replies;
    for (auto const& again : progress.new_replies) {
        replies.push_back({{"number", again.facts.number.value}, {"state", workflow::label(again.facts.state)}});
    }
    return replies;
}

/// A request of the applicant after the reply, and its result.
struct Wish {
    workflow::FollowUp const& follow_up;
    std::string_view text;
    std::optional<std::string_view> answer = {};
    std::optional<std::string> reason = {};
    std::optional<workflow::Code> publication = {};
};

template <typename Answer>
json::value answered(std::optional<Answer> const& text) {
    return text ? json::value(std::string_view(*text)) : json::value();
}

json::object wish_view(Wish const& wish, api::Progress const& progress, workflow::WorkdayCalendar const& calendar) {
    auto const step = workflow::steps_of(progress.stored.facts, wish.follow_up, calendar).front();
    auto const shown = std::ranges::find_if(progress.published, [&](storage::Publication const& each) {
        return each.id == wish.publication;
    });
    bool const public_now = shown != progress.published.end();
    return {
        {"label", workflow::label(wish.follow_up.kind)},
        {"text", wish.text},
        {"answer", answered(wish.answer)},
        {"reason", answered(wish.reason)},
        {"publication", public_now ? json::value("/published/" + shown->id.value) : json::value()},
        {"answered_on", date_text(step.done_on)},
        {"due", date_text(step.due)}};
}

json::array wishes_view(api::Progress const& progress, workflow::WorkdayCalendar const& calendar) {
    Case const& c = progress.stored.facts;
    auto const all = workflow::follow_ups(c);
    json::array wishes;
    auto suggestion = c.suggestions.begin();
    auto amendment = c.amendments.begin();
    for (auto const& follow_up : all) {
        if (follow_up.kind == workflow::FollowUpKind::Suggestion) {
            Wish wish{follow_up, suggestion->suggestion.reason};
            if (auto const& answer = suggestion->answer) {
                wish.answer = workflow::label(answer->decision);
                wish.reason = answer->reason;
                wish.publication = answer->publication;
            }
            wishes.push_back(wish_view(wish, progress, calendar));
            ++suggestion;
        } else if (follow_up.kind == workflow::FollowUpKind::Amendment) {
            Wish wish{follow_up, amendment->request.record};
            if (auto const& answer = amendment->answer) {
                wish.answer = workflow::label(answer->result);
                wish.reason = answer->text;
            }
            wishes.push_back(wish_view(wish, progress, calendar));
            ++amendment;
        }
    }
    return wishes;
}
/// Rounded up.
std::int64_t kibibytes(std::int64_t bytes) { return (bytes + 1023) / 1024; }

json::array files_view(api::Progress const& progress) {
    json::array files;
    for (std::size_t i = 0; i < progress.files.size(); ++i) {
        auto const number = progress.files[i];
        auto const& file = progress.stored.facts.attachments[number - 1];
        auto const state = progress.file_states[i];
        files.push_back(
            {{"name", file.name},
             {"size", kibibytes(file.size)},
             {"address", fmt::format("/api/v1/cases/{}/attachments/{}", progress.stored.id, number)},
             {"readable", state == workflow::FileState::Available},
             {"state", workflow::label(state)},
             {"waits", state == workflow::FileState::AwaitingExamination}}
        );
    }
    return files;
}

json::array letters_view(api::Progress const& progress) {
    json::array letters;
    for (auto const& letter : progress.letters) {
        letters.push_back(
            {{"name", workflow::label(letter.kind)},
             {"letter_number", letter.number ? json::value(letter.number->value) : json::value()},
             {"on", workflow::to_chinese(letter.dated)},
             {"size", kibibytes(letter.frozen->size)},
             {"address", fmt::format("/api/v1/cases/{}/letters/{}.pdf", progress.stored.id, letter.n)}}
        );
    }
    return letters;
}

}  // namespace

std::string about_case(std::string_view page, std::string_view number) {
    return std::string(page) + "?number=" + encoded(number);
}

std::string address_of(api::OwnAction const& own, std::string_view number) {
    return about_case("/track/actions/" + std::string(own.name), number);
}

std::string address_of_door(std::string_view number, std::string_view then) {
    if (number.empty()) return std::string(kTrack);
    auto const door = about_case(kTrack, number);
    return then.empty() ? door : door + "&then=" + std::string(then);
}

std::string named_case(Visit const& visit) {
    auto const posted = visit.posted("number");
    return std::string(!posted.empty() ? posted : visit.call.request.query("number").value_or(""));
}

std::optional<api::VisibleCase> own_case(Site const& site, Visit& visit) {
    auto& call = visit.call;
    auto number = named_case(visit);
    bool const any = number.empty() && call.request.method != http::verb::post;
    if (any && call.session && !call.session->own_cases.empty()) number = call.session->own_cases.back().number;
    auto const* own = api::select_case(call, &access::OwnCase::number, number);
    if (own == nullptr) return std::nullopt;
    auto found = api::visible_case(site.services, site.services.reader, call, own->case_id);
    return found ? std::optional(std::move(*found)) : std::nullopt;
}

std::optional<http::Problem> misdirected(Visit const& visit) {
    auto const posted = visit.posted("number");
    auto const page = visit.call.request.query("number");
    if (posted.empty() || posted.size() > kLongestNumber) {
        return http::Problem{
            .status = http::status::unprocessable_entity,
            .code = "number_missing",
            .detail = "这个表单没有写明是哪一件申请的，所以什么也没有办理。"};
    }
    if (!page || *page == posted) return std::nullopt;
    return http::Problem{
        .status = http::status::conflict,
        .code = "other_case",
        .detail = "表单写的是申请" + std::string(posted) + "，页面却是申请" +
                  std::string(*page).substr(0, kLongestNumber) + "的，所以什么也没有办理。"};
}

json::object progress_view(
    api::Progress const& progress, workflow::WorkdayCalendar const& calendar, Date today, Texts const& texts
) {
    Case const& c = progress.stored.facts;
    return {
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
        {"correction", correction_view(progress)},
        {"explanation", explanation_view(c)},
        {"fee", fee_view(c)},
        {"reply", reply_view(c)},
        {"remedies", remedies_view(progress)},
        {"objectionable", !progress.remedies.empty()},
        {"rating", c.rating ? json::value(texts.at("track.score." + std::to_string(c.rating->score))) : json::value()},
        {"rating_addition",
         c.rating_procedure.addition ? json::value(c.rating_procedure.addition->text) : json::value()},
        {"new_replies", new_replies_view(progress)},
        {"wishes", wishes_view(progress, calendar)},
        {"actions", actions_view(progress, texts)},
        {"can_act", !progress.actions.empty()},
        {"unchecked", progress.contact_unchecked},
        {"takes_files", progress.takes_files},
        {"items", items_view(c)},
        {"letters", letters_view(progress)},
        {"has_letters", !progress.letters.empty()},
        {"files", files_view(progress)},
        {"has_files", !progress.files.empty()}};
}

json::array open_cases_view(Visit const& visit, std::string_view but) {
    json::array open;
    if (!visit.call.session) return open;
    for (auto const& own : visit.call.session->own_cases) {
        if (own.number == but) continue;
        open.push_back({{"address", about_case(kProgress, own.number)}, {"number", own.number}, {"about", own.about}});
    }
    return open;
}

void add_case_frame(Visit const& visit, Case const& c, json::object& data) {
    auto others = open_cases_view(visit, c.number.value);
    data["number"] = data["case_number"] = c.number.value;
    data["about"] = api::about(c);
    data["progress"] = about_case(kProgress, c.number.value);
    data["some_others"] = !others.empty();
    data["others"] = std::move(others);
}

}  // namespace server::pages
