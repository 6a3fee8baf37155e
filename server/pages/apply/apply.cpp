#include <algorithm>

#include "server/api/applicants/applications.hpp"
#include "server/api/cases/case_json.hpp"
#include "server/api/kit/writing.hpp"
#include "server/pages/apply/application_form.hpp"
#include "server/pages/apply/drafts.hpp"
#include "server/pages/apply/pages.hpp"

namespace server::pages {
namespace {

using http::status;
using http::verb;
using storage::Connection;
using workflow::FieldError;
using workflow::Result;

constexpr std::string_view kCheck = "/apply/check";
constexpr std::string_view kReceiptPage = "/apply/receipt";

// ---- what is being filled in ----------------------------------------------------------------------------------------

/// The answers of a visitor, and where they are between two pages: stored here, or, where they are too many or too
/// long, carried in hidden fields of the page. So nobody is kept from applying by a lack of room.
struct Filling {
    Draft draft;
    bool carried = false;
};

/// Everything the form of the page has sent: the fields it shows, and those it carries.
Answers read_posted(Visit const& visit) {
    Answers answers;
    for (auto const& [name, value] : visit.form) {
        bool const asked = std::ranges::any_of(steps(), [&](FormStep const& step) { return asks_for(step, name); });
        if (asked) answers.insert_or_assign(name, value);
    }
    return answers;
}

/// Loads the answers as the last page left them.
Filling load_filling(Site& site, Connection& connection, Visit const& visit) {
    auto const nonce = visit.posted("carried");
    if (nonce.empty()) return {load_draft(site.services, connection, visit)};
    return {{std::string(nonce), read_posted(visit)}, true};
}

// ---- showing ------------------------------------------------------------------------------------------------------

/// The agency the application goes to; null where no agency has that code.
storage::Agency const* chosen_agency(Visit const& visit, Answers const& answers) {
    return visit.call.directory->agency({answer_at(answers, "/agency")});
}

/// The answers that the page has to carry, but for those it asks for itself.
json::value carried_view(Filling const& filling, FormStep const* asking) {
    if (!filling.carried) return nullptr;
    json::array fields;
    for (auto const& [name, value] : filling.draft.answers) {
        if (asking == nullptr || !asks_for(*asking, name)) fields.push_back({{"name", name}, {"value", value}});
    }
    return {{"nonce", filling.draft.nonce}, {"fields", std::move(fields)}};
}

/// What every page of the flow shows; `asking` is the step it asks for, null where it asks for none.
json::object flow_view(Site& site, Visit& visit, Filling const& filling, FormStep const* asking) {
    auto const& answers = filling.draft.answers;
    auto const current = asking != nullptr ? static_cast<std::size_t>(asking - steps().data()) : steps().size();
    json::object data{{"token", form_token(site.services, visit)}, {"carried", carried_view(filling, asking)}};
    data["steps"] = steps_view(site.texts(visit), current);
    data["agency"] = nullptr;
    if (auto const* agency = chosen_agency(visit, answers)) {
        data["agency"] = {{"code", agency->code.value}, {"name", agency->name}};
        data["contact"] = contact_of(*agency);
    }
    return data;
}

/// Publications that may already contain what is asked for.
struct Suggest {
    Site& site;
    Visit const& visit;
    std::string description;

    json::array operator()(Connection& connection) const {
        constexpr std::size_t kMost = 5;
        json::array found;
        for (auto const& [publication, score] :
             site.services.store.publications().suggest(connection, {}, description, kMost)) {
            auto const* agency = visit.call.directory->agency(publication.agency);
            found.push_back(
                {{"title", publication.title},
                 {"url", publication.url ? json::value(*publication.url) : json::value()},
                 {"agency_name", agency != nullptr ? json::value(agency->name) : json::value()},
                 {"published_on", workflow::to_chinese(publication.published_on)},
                 {"summary", publication.summary}}
            );
        }
        return found;
    }
};

std::string description_of(Answers const& answers) {
    std::string description;
    for (auto const& [name, text] : answers) {
        if (name.starts_with("/items/")) description += text + ' ';
    }
    return description;
}

json::object step_view(
    Site& site, Visit& visit, FormStep const& step, Filling const& filling, std::vector<FieldError> const& errors
) {
    auto const& answers = filling.draft.answers;
    auto data = flow_view(site, visit, filling, &step);
    FormContext const form{answers, errors, site.texts(visit)};
    data["form"] = form_view<workflow::Application>(form);
    data["errors"] = error_links(errors, [](auto const&) { return std::string(); });
    data["wrong"] = !errors.empty();
    data["several"] = entries(answers, "/items") > 1;
    data["action"] = filling.carried ? address_of(step) : visit.address();
    return data;
}

std::string template_of(FormStep const& step) { return "apply/" + std::string(step.name); }

http::Response show_errors(
    Site& site, Visit& visit, FormStep const& step, Filling const& filling, std::vector<FieldError> const& errors
) {
    auto data = step_view(site, visit, step, filling, errors);
    return render(site, visit, template_of(step), std::move(data), status::unprocessable_entity);
}

/// A step as it is to be filled in, with what is public already where the visitor has asked for that.
net::awaitable<Answer> show_step(Site& site, Visit& visit, FormStep const& step, Filling const& filling, bool asked) {
    auto data = step_view(site, visit, step, filling, {});
    data["asked"] = asked;
    if (asked) {
        Suggest job{site, visit, description_of(filling.draft.answers)};
        data["suggestions"] = co_await site.services.pool.read(std::move(job), api::asker(visit.call));
    }
    co_return render(site, visit, template_of(step), std::move(data));
}

net::awaitable<Answer> open_step(Site& site, Visit& visit) {
    auto const* step = step_called(visit.call.parameter(0));
    if (step == nullptr) co_return api::not_found("no_such_step", "没有这个页面。");
    auto filling = load_filling(site, site.services.reader, visit);
    auto& answers = filling.draft.answers;
    if (auto const agency = visit.call.request.query("agency")) answers["/agency"] = *agency;
    if (chosen_agency(visit, answers) == nullptr) co_return see_other("/");
    auto const* unfinished = first_unfinished(judge(answers, visit.today()).errors);
    if (unfinished != nullptr && unfinished < step) co_return see_other(address_of(*unfinished));
    bool const asked = visit.call.request.query("suggest").has_value();
    co_return co_await show_step(site, visit, *step, filling, asked);
}

/// `?agency=CODE`, as the start page and links of the agencies' own sites have it.
Answer begin(Site& site, Visit& visit) {
    auto const code = visit.call.request.query("agency");
    if (!code) {
        auto const answers = load_draft(site.services, site.services.reader, visit).answers;
        return see_other(chosen_agency(visit, answers) != nullptr ? "/apply/want" : "/");
    }
    auto const* agency = visit.call.directory->agency({std::string(*code)});
    if (agency == nullptr || !agency->active) return api::not_found("unknown_agency", "没有这个机关。");
    return see_other("/apply/want?agency=" + encoded(*code));
}

// ---- taking in ----------------------------------------------------------------------------------------------------

Answers posted_answers(Visit const& visit, FormStep const& step) {
    Answers answers;
    for (auto const& [name, value] : visit.form) {
        if (asks_for(step, name)) answers.insert_or_assign(name, value);
    }
    return answers;
}

/// Handles the buttons that stay on the page: returns the address to show again, or nothing when none was pressed.
std::optional<std::string> press_button(Visit const& visit, Answers& answers) {
    auto const button = visit.posted("do");
    if (button == "add") {
        auto const next = "/items/" + std::to_string(entries(answers, "/items")) + "/title";
        answers[next];
        return '#' + field_id(next);
    }
    if (button == "suggest") return "?suggest=1#suggestions";
    constexpr std::string_view kRemove = "remove ";
    if (!button.starts_with(kRemove)) return std::nullopt;
    std::size_t number = 0;
    auto const digits = button.substr(kRemove.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (number > 0 && entries(answers, "/items") > 1) remove_entry(answers, "/items", number - 1);
    return "#items";
}

/// Whether there is anything to store: looking at the form alone leaves nothing behind.
bool has_content(Answers const& answers) {
    return std::ranges::any_of(answers, [&](auto const& answer) {
        return answer.first != "/agency" && is_answered(answers, answer.first);
    });
}

/// Replaces the answers of one page by what was typed now, right or wrong.
void merge_into(Draft& draft, FormStep const& step, Answers const& typed_now) {
    std::erase_if(draft.answers, [&](auto const& answer) { return asks_for(step, answer.first); });
    draft.answers.merge(Answers(typed_now));
}

/// All answers including those typed now: stored, or if that cannot be, to be carried. `pressed`: a button has changed
/// the form, which counts as content too.
net::awaitable<Result<Filling>> filled_in(
    Site& site, Visit& visit, FormStep const& step, Answers const& typed_now, bool pressed
) {
    if (api::check_pace(site.services, visit.call)) {
        auto filling = load_filling(site, site.services.reader, visit);
        merge_into(filling.draft, step, typed_now);
        filling.carried = true;
        co_return filling;
    }
    std::size_t bytes = 1024;
    for (auto const& [name, text] : typed_now) bytes += name.size() + text.size();
    std::function<Result<Filling>(Connection&)> work = [&](Connection& connection) -> Result<Filling> {
        auto filling = load_filling(site, connection, visit);
        bool const empty = filling.draft.answers.empty() && !pressed && !has_content(typed_now);
        merge_into(filling.draft, step, typed_now);
        filling.carried = false;
        if (empty) return filling;
        auto const done = save_draft(site.services, connection, visit, filling.draft);
        if (!done && done.error().kind != workflow::RefusalKind::Invalid) return done.error();
        filling.carried = !done;
        return filling;
    };
    co_return co_await api::commit_write<Filling>(site.services, std::move(work), bytes);
}

http::Response show_check(Site& site, Visit& visit, Filling const& filling, std::vector<FieldError> const& errors);

/// Goes on to the page after a step that has been filled in correctly.
net::awaitable<Answer> go_on(Site& site, Visit& visit, FormStep const& step, Filling const& filling) {
    bool const last = &step == &steps().back() || visit.call.request.query("check");
    auto const& next = last ? step : *(&step + 1);
    if (!filling.carried) co_return see_other(last ? std::string(kCheck) : address_of(next));
    if (!last) co_return co_await show_step(site, visit, next, filling, false);
    co_return show_check(site, visit, filling, judge(filling.draft.answers, visit.today()).errors);
}

net::awaitable<Answer> take_step(Site& site, Visit& visit) {
    auto const* step = step_called(visit.call.parameter(0));
    if (step == nullptr) co_return api::not_found("no_such_step", "没有这个页面。");
    auto typed_now = posted_answers(visit, *step);
    auto const stay = press_button(visit, typed_now);
    auto const filling = co_await filled_in(site, visit, *step, typed_now, stay.has_value());
    if (!filling) co_return http::problem_of(filling.error());
    if (stay && !filling->carried) co_return see_other(address_of(*step) + *stay);
    if (stay) co_return co_await show_step(site, visit, *step, *filling, visit.posted("do") == "suggest");
    auto const errors = errors_of(*step, judge(filling->draft.answers, visit.today()).errors);
    if (!errors.empty()) co_return show_errors(site, visit, *step, *filling, errors);
    co_return co_await go_on(site, visit, *step, *filling);
}

// ---- reading back and handing in ----------------------------------------------------------------------------------

json::array sections_view(Visit const& visit, Answers const& answers, Texts const& texts) {
    json::array sections;
    for (auto const& step : steps()) {
        json::array rows;
        auto const* agency = chosen_agency(visit, answers);
        for_each_answer<workflow::Application>(
            answers,
            "",
            [&](auto const& pointer, auto label, std::string_view text) {
                if (!asks_for(step, pointer)) return;
                bool const named = pointer == "/agency" && agency != nullptr;
                auto const shown = text.empty() ? std::string_view(texts.at("apply.check.ticked")) : text;
                rows.push_back({{"label", label}, {"value", named ? std::string_view(agency->name) : shown}});
            }
        );
        sections.push_back(
            {{"title", texts.at(step.text)}, {"address", address_of(step) + "?check=1"}, {"rows", std::move(rows)}}
        );
    }
    return sections;
}

http::Response show_check(Site& site, Visit& visit, Filling const& filling, std::vector<FieldError> const& errors) {
    auto const& texts = site.texts(visit);
    auto const& draft = filling.draft;
    auto data = flow_view(site, visit, filling, nullptr);
    data["sections"] = sections_view(visit, draft.answers, texts);
    data["nonce"] = draft.nonce;
    data["errors"] = error_links(errors, [](FieldError const& error) {
        auto const step = std::ranges::find_if(steps(), [&](auto const& s) { return asks_for(s, error.pointer); });
        return step != steps().end() ? address_of(*step) + "?check=1" : std::string();
    });
    data["wrong"] = !errors.empty();
    auto const status = errors.empty() ? status::ok : status::unprocessable_entity;
    return render(site, visit, "apply/check", std::move(data), status);
}

Answer open_check(Site& site, Visit& visit) {
    auto const filling = load_filling(site, site.services.reader, visit);
    auto const* unfinished = first_unfinished(judge(filling.draft.answers, visit.today()).errors);
    if (unfinished != nullptr) return see_other(address_of(*unfinished));
    return show_check(site, visit, filling, {});
}

/// Hands the draft of this nonce in, unless that has been done; in one job with the receipt, so that two clicks or two
/// windows make one application. False when there is no such draft, or it is not complete.
Result<bool> hand_in_once(Site& site, Visit const& visit, std::string_view nonce, Connection& connection) {
    auto const before = load_receipt(site.services, connection, visit);
    if (before && before->nonce == nonce) return true;
    auto const draft = load_filling(site, connection, visit).draft;
    auto judged = judge(draft.answers, visit.today());
    if (draft.nonce != nonce || !judged.errors.empty()) return false;
    auto const made = api::hand_in(site.services, connection, visit.call, std::move(judged.application));
    if (!made) return made.error();
    auto const& facts = made->stored.facts;
    api::JsonWriter proof;
    api::write_receipt(proof, made->receipt);
    Receipt const receipt{
        .nonce = draft.nonce,
        .number = facts.number.value,
        .query_code = made->query_code,
        .agency = facts.application.agency,
        .submitted_on = facts.submitted_on,
        .received_on = facts.received_on,
        .proof = proof.take()};
    if (auto const done = save_receipt(site.services, connection, visit, receipt); !done) return done.error();
    return true;
}

net::awaitable<Answer> hand_in(Site& site, Visit& visit) {
    std::function<Result<bool>(Connection&)> work = [&](Connection& connection) {
        return hand_in_once(site, visit, visit.posted("nonce"), connection);
    };
    auto const done = co_await api::commit_write<bool>(site.services, std::move(work), storage::Drafts::kLargest);
    if (done && *done) co_return see_other(kReceiptPage);
    if (!done && done.error().errors.empty()) co_return http::problem_of(done.error());
    auto const filling = load_filling(site, site.services.reader, visit);
    if (!done) co_return show_check(site, visit, filling, done.error().errors);
    if (!filling.carried) co_return see_other(kCheck);
    co_return show_check(site, visit, filling, judge(filling.draft.answers, visit.today()).errors);
}

}  // namespace

std::vector<HtmlPage> apply_pages() {
    return {
        {verb::get, "/apply", begin},
        {verb::get, "/apply/{step}", open_step},
        {.method = verb::post, .path = "/apply/{step}", .handler = take_step, .unpaced = true},
        {verb::get, kCheck, open_check},
        {.method = verb::post, .path = kCheck, .handler = hand_in, .unpaced = true},
    };
}

}  // namespace server::pages
