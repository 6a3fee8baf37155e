#include "server/api/cases/timeline_json.hpp"

#include "workflow/cases/case.hpp"
#include "workflow/people/identity.hpp"
#include "workflow/supervision/follow_ups.hpp"

#include <utility>
#include <variant>

#include "server/api/kit/account_json.hpp"
#include "server/api/shapes/facts.hpp"

namespace server::api {
namespace {

using workflow::Case;
using workflow::Event;

/// The reply date in force on the day the event was entered.
std::optional<workflow::Date> reply_due(Case const& facts, Event const& event, View const& view) {
    auto const day = workflow::local_date(event.at);
    auto const clock = workflow::compute_clock(facts.timeline(), day, view.calendar, workflow::Detail::Brief);
    return clock ? clock->reply_due : std::nullopt;
}

workflow::Payload mask_payload(workflow::Payload payload) {
    std::visit(
        [](auto& data) {
            if constexpr (requires { data.application; }) {
                data.application.applicant = api::mask(std::move(data.application.applicant));
                if (data.application.agent) data.application.agent = api::mask(std::move(*data.application.agent));
            }
            if constexpr (std::same_as<std::remove_cvref_t<decltype(data)>, workflow::Supplement>) {
                workflow::Applicant const brought = api::mask(workflow::with_supplement({}, data));
                data.id_number = brought.id_number;
                data.phone = brought.phone;
                data.email = brought.email;
                data.address = brought.address;
            }
            if constexpr (requires { data.recipient; }) {
                if (data.recipient) data.recipient = workflow::mask_name(*data.recipient);
            }
        },
        payload
    );
    return payload;
}

struct TimelineEntryView {
    std::int64_t seq;
    Event const& about;
    Case const& facts;  ///< after the event
    std::optional<workflow::State> from;
    std::optional<workflow::Date> due_before;
    View const& view;
    workflow::Payload payload = mask_payload(about.payload);
};

constexpr auto fields(std::type_identity<TimelineEntryView>) {
    using A = TimelineEntryView;
    return std::tuple{
        answer("seq", "日志序号", [](A const& a) { return a.seq; }),
        answer("version", "之后的版本", [](A const& a) { return a.facts.version; }),
        answer("action", &Event::action),
        answer("role", "以什么角色", &Event::role),
        answer(
            "by",
            "谁做的",
            [](A const& a) { return named_person(a.about.by.empty() ? nullptr : &a.about.by, a.view.directory); }
        ),
        answer("at", "记录的时刻", &Event::at),
        answer("on", "事实发生的日期", &Event::on),
        answer("from", "之前的状态", [](A const& a) { return a.from; }),
        answer("to", "之后的状态", &Event::to),
        answer("document", "文号", &Event::document),
        answer(
            "data", "填写的内容", [](A const& a) -> auto const& { return a.payload; }
        ),
        answer(
            "facts",
            "填写的内容，逐行供人阅读",
            [](A const& a) {
                return Facts{a.payload, a.facts, a.view.directory};
            }
        ),
        answer("reply_due_before", "之前的答复期限", [](A const& a) { return a.due_before; }),
        answer("reply_due_after", "之后的答复期限", [](A const& a) { return reply_due(a.facts, a.about, a.view); })};
}

}  // namespace

std::string timeline_json(std::vector<storage::CaseStore::TimelineEntry> const& entries, View const& view) {
    JsonWriter json;
    Case facts;
    json.open_object().key("items").open_list();
    for (auto const& [seq, event] : entries) {
        bool const first = facts.version == 0;
        auto const from = first ? std::nullopt : std::optional(facts.state);
        auto const before = first ? std::nullopt : reply_due(facts, event, view);
        facts = workflow::evolve(std::move(facts), event);
        if (!view.shows_rating && workflow::is_about_rating(event.action)) continue;
        json.value(TimelineEntryView{seq, event, facts, from, before, view});
    }
    json.close_list().close_object();
    return json.take();
}

json::object timeline_schema() { return items_of("Timeline", answer_schema<TimelineEntryView>()); }

}  // namespace server::api
