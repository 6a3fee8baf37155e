#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

#include "server/api/applicants/tracking.hpp"
#include "server/api/kit/writing.hpp"
#include "server/pages/kit/form.hpp"
#include "server/pages/own/own_case.hpp"
#include "server/pages/own/pages.hpp"

/// What applicants do to their own case, each on a page of its own. The form names the case and acts on that one; where
/// it is not open any more, nothing is done and what was typed is kept until its code has been given.
namespace server::pages {
namespace {

using api::OwnAction;
using http::status;
using http::verb;
using storage::Connection;
using workflow::FieldError;
using workflow::Result;

/// The form of one action: templates/track/NAME asks for its fields.
struct OwnForm {
    std::string_view name;
    json::object (*view)(FormContext const&, std::string const&);
    json::object (*body)(Answers const&, std::string const&);
};

template <workflow::Shape T>
constexpr OwnForm form_of(std::string_view name) {
    return {name, form_view<T>, answers_json<T>};
}

constexpr std::array kForms{
    form_of<workflow::Supplement>("correct"),
    form_of<workflow::Supplement>("explain"),
    form_of<workflow::Withdrawal>("withdraw"),
    form_of<workflow::RatingGiven>("rate"),
    form_of<workflow::RatingAddition>("add_to_rating"),
    form_of<workflow::Reason>("suggest_publication"),
    form_of<workflow::AmendmentRequest>("request_amendment"),
};
static_assert(kForms.size() == api::kOwnActions.size());

OwnForm const& form_for(OwnAction const& own) { return *std::ranges::find(kForms, own.name, &OwnForm::name); }

Answers posted_answers(Visit const& visit) {
    Answers answers;
    for (auto const& [name, value] : visit.form) {
        if (name.starts_with('/')) answers.insert_or_assign(name, value);
    }
    return answers;
}

/// The five marks, best first.
json::array scores_view(Answers const& answers, Texts const& texts) {
    json::array scores;
    for (int score = 5; score >= 1; --score) {
        auto const value = std::to_string(score);
        auto const id = scores.empty() ? "score" : "score-" + value;  // a link from the errors finds the first
        bool const checked = answer_at(answers, "/score") == value;
        auto const& label = texts.at("track.score." + value);
        scores.push_back({{"id", id}, {"value", value}, {"label", label}, {"checked", checked}});
    }
    return scores;
}

// ---- kept while the case was not open -----------------------------------------------------------------------------

std::string draft_name(OwnAction const& own, std::string_view number) {
    return "track/" + std::string(own.name) + '/' + std::string(number);
}

Answers kept_answers(Site const& site, Visit const& visit, OwnAction const& own, workflow::Code const& number) {
    auto& services = site.services;
    auto const name = draft_name(own, number.value);
    auto const kept = services.store.drafts().load(services.reader, visit.draft_owner(), name, visit.call.now);
    Answers answers;
    if (!kept) return answers;
    auto const content = json::parse(*kept);
    for (auto const& [pointer, text] : content.as_object()) answers.emplace(pointer, text.as_string());
    return answers;
}

/// Where there is no room to keep what was typed, the answer repeats it so that the applicant can copy it: nothing
/// typed is lost.
http::Problem give_back(workflow::Refusal refusal, Answers const& answers) {
    refusal.detail += "所以没有提交。请先复制下面您填写的内容，重新查询这件申请以后再填一次：";
    for (auto const& [pointer, text] : answers) refusal.detail += "“" + text + "”";
    return http::problem_of(std::move(refusal));
}

net::awaitable<Answer> keep_until_back(Site& site, Visit& visit, OwnAction const& own) {
    std::string const number(visit.posted("number"));
    json::object content;
    for (auto const& [pointer, text] : posted_answers(visit)) content.emplace(pointer, text);
    std::function<Result<bool>(Connection&)> work = [&](Connection& connection) -> Result<bool> {
        auto const until = visit.call.now + kDraftTime;
        auto& drafts = site.services.store.drafts();
        auto const name = draft_name(own, number);
        auto const saved = drafts.save(connection, visit.draft_owner(), name, json::serialize(content), until);
        if (!saved) return saved.error();
        return true;
    };
    auto kept = co_await api::commit_write<bool>(site.services, std::move(work), visit.call.request.body.size());
    if (!kept) co_return give_back(kept.error(), posted_answers(visit));
    co_return see_other(address_of_door(number, own.name));
}

// ---- showing and doing --------------------------------------------------------------------------------------------

http::Response show_form(
    Site& site,
    Visit& visit,
    OwnAction const& own,
    api::VisibleCase const& found,
    Answers const& answers,
    std::vector<FieldError> const& errors,
    status code
) {
    auto const& texts = site.texts(visit);
    auto const progress = api::progress_of(site.services, visit.call, found, found.stored);
    auto data = progress_view(progress, *found.calendar, visit.today(), texts);
    add_case_frame(visit, found.stored.facts, data);
    data["token"] = form_token(site.services, visit);
    data["once"] = storage::random_id();
    data["form"] = form_for(own).view({answers, errors, texts}, "");
    data["scores"] = scores_view(answers, texts);
    data["errors"] = error_links(errors, [](auto const&) { return std::string(); });
    data["wrong"] = !errors.empty();
    return render(site, visit, "track/" + std::string(own.name), std::move(data), code);
}

Answer open_action(Site& site, Visit& visit) {
    auto const* own = api::own_action(visit.call.parameter(0));
    if (own == nullptr) return api::not_found("unknown_action", "没有这种办理动作。");
    auto const found = own_case(site, visit);
    if (!found) return see_other(address_of_door(named_case(visit)));
    auto const progress = api::progress_of(site.services, visit.call, *found, found->stored);
    bool const allowed = std::ranges::find(progress.actions, own->name, &OwnAction::name) != progress.actions.end();
    auto const& number = found->stored.facts.number;
    if (!allowed) return see_other(about_case(kProgress, number.value));
    auto const answers = kept_answers(site, visit, *own, number);
    return show_form(site, visit, *own, *found, answers, {}, status::ok);
}

/// Takes the action in one job. Every form has a unique number, so the same form posted again is a second click, and
/// its result is returned.
net::awaitable<Result<std::string>> done_once(
    Site& site, Visit& visit, OwnAction const& own, storage::StoredCase const& stored, workflow::Command const& command
) {
    auto const& number = stored.facts.number.value;
    auto const& form = visit.call.request.body;
    auto& services = site.services;
    std::function<Result<std::string>(Connection&)> work = [&](Connection& connection) {
        auto const act = [&]() -> Result<std::string> {
            auto const done = api::act_on_own_case(services, connection, visit.call, stored.id, command);
            if (!done) return done.error();
            services.store.drafts().remove(connection, visit.draft_owner(), draft_name(own, number));
            return done->id;
        };
        return services.store.idempotency().once(connection, number, form, own.name, visit.call.now, act);
    };
    co_return co_await api::commit_write<std::string>(services, std::move(work), form.size() + 1024);
}

net::awaitable<Answer> take_action(Site& site, Visit& visit) {
    auto const* own = api::own_action(visit.call.parameter(0));
    if (own == nullptr) co_return api::not_found("unknown_action", "没有这种办理动作。");
    if (auto problem = misdirected(visit)) co_return std::move(*problem);
    auto const found = own_case(site, visit);
    if (!found) co_return co_await keep_until_back(site, visit, *own);
    auto const answers = posted_answers(visit);
    auto const command = api::own_command(*own, form_for(*own).body(answers, ""), visit.today());
    if (!command) {
        auto const& problem = command.error();
        co_return show_form(site, visit, *own, *found, answers, problem.errors, problem.status);
    }
    auto const done = co_await done_once(site, visit, *own, found->stored, *command);
    if (done)
        co_return see_other(
            about_case(kProgress, found->stored.facts.number.value) + "&done=" + std::string(own->name)
        );
    auto const problem = http::problem_of(done.error());
    auto errors = problem.errors;
    if (errors.empty()) errors.push_back({"", problem.code, problem.detail});
    co_return show_form(site, visit, *own, *found, answers, errors, problem.status);
}

}  // namespace

std::vector<HtmlPage> own_action_pages() {
    constexpr std::string_view kPath = "/track/actions/{action}";
    return {
        {verb::get, kPath, open_action},
        {verb::post, kPath, take_action},
    };
}

}  // namespace server::pages
