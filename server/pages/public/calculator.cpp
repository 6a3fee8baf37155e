#include <algorithm>

#include "server/api/cases/clock_json.hpp"
#include "server/api/cases/workdays_json.hpp"
#include "server/pages/kit/clock_view.hpp"
#include "server/pages/kit/form.hpp"
#include "server/pages/public/pages.hpp"

/// The deadline of any timeline, and plain counting of working days. All that was typed stands in the address, so that
/// a result can be passed on.
namespace server::pages {

/// The timeline as the page asks for it; api::read_timeline() reads the result.
struct TimelineForm {
    workflow::Date received{};
    std::optional<workflow::Date> as_of;
    std::vector<workflow::ClockEvent> events;
};

constexpr auto fields(std::type_identity<TimelineForm>) {
    using T = TimelineForm;
    return std::tuple{
        workflow::field("received", &T::received, "收到申请的日期"),
        workflow::field("as_of", &T::as_of, "算到哪一天"),
        workflow::field("events", &T::events, "此后发生的事")};
}

struct CountForward {
    workflow::Date from{};
    int days = 0;
};

constexpr auto fields(std::type_identity<CountForward>) {
    using T = CountForward;
    return std::tuple{
        workflow::field("from", &T::from, "从这一天起"),
        workflow::field("days", &T::days, "多少个工作日", {0, api::kMostWorkdays})};
}

struct CountBetween {
    workflow::Date from{};
    workflow::Date to{};
};

constexpr auto fields(std::type_identity<CountBetween>) {
    using T = CountBetween;
    return std::tuple{workflow::field("from", &T::from, "从这一天起"), workflow::field("to", &T::to, "到这一天")};
}

namespace {

using http::status;
using http::verb;
using workflow::ClockEventType;
using workflow::FieldError;

constexpr std::string_view kCalculator = "/calculator";
constexpr std::string_view kEvents = "/events";
constexpr std::size_t kMostEvents = 40;

std::string event_at(std::size_t index) { return std::string(kEvents) + '/' + std::to_string(index); }

Answers read_answers(Visit const& visit) {
    Answers answers;
    for (auto const& [name, value] : visit.call.request.target.query) {
        if (name.starts_with('/')) answers.insert_or_assign(name, value);
    }
    return answers;
}

/// The page with these answers; `new` says that something is still to be filled in, which is no mistake yet.
std::string address_with(Answers const& answers, std::string const& place) {
    std::string address = std::string(kCalculator) + "?new=1";
    for (auto const& [name, text] : answers) address += '&' + encoded(name) + '=' + encoded(text);
    return address + '#' + place;
}

// ---- adding and removing what happened ----------------------------------------------------------------------------

std::optional<ClockEventType> type_of(Answers const& answers, std::size_t index) {
    return workflow::parse<ClockEventType>(answer_at(answers, event_at(index) + "/type"));
}

/// A consultation and its end have the same number: the next one free, or the last one sent.
std::string suggested_id(Answers const& answers, ClockEventType type) {
    std::size_t sent = 0;
    for (std::size_t i = 0; i < entries(answers, kEvents); ++i) {
        if (type_of(answers, i) == ClockEventType::ConsultationSent) ++sent;
    }
    return std::to_string(type == ClockEventType::ConsultationSent ? sent + 1 : std::max<std::size_t>(sent, 1));
}

std::string add_event(Answers answers, ClockEventType type) {
    auto const index = entries(answers, kEvents);
    if (index >= kMostEvents) return address_with(answers, "events");
    auto const at = event_at(index);
    for (auto const name : api::clock_event_members(type)) {
        if (name == "id") answers[at + "/id"] = suggested_id(answers, type);
    }
    answers[at + "/type"] = workflow::code(type);
    return address_with(answers, field_id(at + "/on"));
}

/// Where one of the buttons that change the list leads, or nothing when it was none of them.
std::optional<std::string> changed_list(Visit const& visit, Answers const& answers) {
    auto const& request = visit.call.request;
    auto const button = request.query("do").value_or("");
    if (button == "add") {
        auto const type = workflow::parse<ClockEventType>(request.query("add").value_or(""));
        return type ? add_event(answers, *type) : address_with(answers, "events");
    }
    constexpr std::string_view kRemove = "remove ";
    if (!button.starts_with(kRemove)) return std::nullopt;
    std::size_t number = 0;
    auto const digits = button.substr(kRemove.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    auto left = answers;
    if (number > 0) remove_entry(left, kEvents, number - 1);
    return address_with(left, "events");
}

// ---- computing ----------------------------------------------------------------------------------------------------

struct Calculation {
    std::vector<FieldError> errors = {};
    json::value clock = nullptr;
};

/// The errors of api::read_timeline(), in the words of this page where it has its own, at the fields of this page.
std::vector<FieldError> explain(workflow::Refusal const& refusal, Texts const& texts) {
    auto errors = refusal.errors;
    if (errors.empty()) errors.push_back({"/received", refusal.code, refusal.detail});
    for (auto& error : errors) {
        if (auto const* text = texts.find("calculator.wrong." + error.code)) error.detail = *text;
        bool const whole_event =
            error.pointer.starts_with(kEvents) && error.pointer.find('/', kEvents.size() + 1) == std::string::npos;
        if (whole_event) error.pointer += "/on";
    }
    return errors;
}

Calculation compute_clock_view(Site const& site, Visit const& visit, Answers const& answers) {
    auto const& texts = site.texts(visit);
    auto const input = api::read_timeline(answers_json<TimelineForm>(answers, ""));
    if (!input) return {.errors = explain(input.error(), texts)};
    auto const as_of = input->as_of.value_or(std::max(visit.today(), input->timeline.received));
    auto const calendar = site.services.store.calendar().current();
    auto const clock = workflow::compute_clock(input->timeline, as_of, *calendar);
    if (!clock) return {.errors = explain(clock.error(), texts)};
    auto view = clock_view(*clock, *calendar, as_of, texts);
    view["as_of"] = workflow::to_chinese(as_of);
    return {.clock = std::move(view)};
}

/// `{date, provisional}`: so many working days later.
json::value count_forward(
    workflow::WorkdayCalendar const& calendar, Answers const& answers, std::vector<FieldError>& errors
) {
    CountForward form;
    api::InputReader reader;
    reader.read(answers_json<CountForward>(answers, "/after"), form, "/after");
    if (!reader.errors().empty()) {
        errors = std::move(reader.errors());
        return nullptr;
    }
    auto const [date, provisional] = calendar.add_workdays(form.from, form.days);
    return {{"date", workflow::to_chinese(date)}, {"provisional", provisional}};
}

/// `{workdays, provisional}`
json::value count_between(
    workflow::WorkdayCalendar const& calendar, Answers const& answers, std::vector<FieldError>& errors
) {
    CountBetween form;
    api::InputReader reader;
    reader.read(answers_json<CountBetween>(answers, "/between"), form, "/between");
    if (!reader.errors().empty()) {
        errors = std::move(reader.errors());
        return nullptr;
    }
    auto counted = api::workdays_between(calendar, form.from, form.to);
    counted["workdays"] = std::to_string(counted.at("workdays").as_int64());
    return counted;
}

// ---- showing ------------------------------------------------------------------------------------------------------

/// How a member is typed in.
struct Input {
    std::string_view sort;
    std::array<std::string_view, 4> members;
};
constexpr std::array kInputs{
    Input{"as_date", {"on", "served", "reply_by", "to"}},
    Input{"as_text", {"id"}},
    Input{"as_number", {"days"}},
    Input{"as_choice", {"kind"}},
    Input{"as_tick", {"excused", "late"}},
};

json::object event_view(FormContext const& form, std::size_t index, ClockEventType type) {
    auto const at = event_at(index);
    auto view = form_view<workflow::ClockEvent>(form, at);
    auto names = api::clock_event_members(type);
    names.insert(names.begin(), "on");
    json::array members;
    for (auto const name : names) {
        auto member = view.at(name).as_object();
        member["label"] = form.texts.at("calculator.member." + std::string(name));
        for (auto const& input : kInputs)
            member[input.sort] = std::ranges::find(input.members, name) != input.members.end();
        members.push_back(std::move(member));
    }
    return {
        {"number", index + 1},
        {"label", workflow::label(type)},
        {"type_name", at + "/type"},
        {"type", workflow::code(type)},
        {"members", std::move(members)}};
}

json::array types_view() {
    json::array types;
    for (auto const& type : workflow::kClockEventTypes) types.push_back({{"value", type.code}, {"label", type.label}});
    return types;
}

Answer calculate(Site& site, Visit& visit) {
    auto answers = read_answers(visit);
    if (auto const elsewhere = changed_list(visit, answers)) return see_other(*elsewhere);
    bool const judging = !answers.empty() && !visit.call.request.query("new");
    auto const calendar = site.services.store.calendar().current();
    json::object data;
    Calculation calculation;
    if (judging && is_answered(answers, "/after")) {
        data["after"] = count_forward(*calendar, answers, calculation.errors);
    } else if (judging && is_answered(answers, "/between")) {
        data["between"] = count_between(*calendar, answers, calculation.errors);
    } else if (judging) {
        calculation = compute_clock_view(site, visit, answers);
    }
    if (answers.empty()) answers["/received"] = workflow::to_string(visit.today());

    FormContext const form{answers, calculation.errors, site.texts(visit)};
    data["clock"] = std::move(calculation.clock);
    data["form"] = form_view<TimelineForm>(form);
    data["forward"] = form_view<CountForward>(form, "/after");
    data["span"] = form_view<CountBetween>(form, "/between");
    json::array events;
    for (std::size_t i = 0; i < entries(answers, kEvents); ++i) {
        if (auto const type = type_of(answers, i)) events.push_back(event_view(form, i, *type));
    }
    data["events"] = std::move(events);
    data["types"] = types_view();
    data["errors"] = error_links(calculation.errors, [](auto const&) { return std::string(); });
    data["wrong"] = !calculation.errors.empty();
    auto const code = calculation.errors.empty() ? status::ok : status::unprocessable_entity;
    return render(site, visit, "calculator", std::move(data), code);
}

}  // namespace

std::vector<HtmlPage> calculator_pages() { return {{verb::get, kCalculator, calculate, false}}; }

}  // namespace server::pages
