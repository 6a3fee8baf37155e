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
            if constexpr (requires { data.recipient; }) {
                if (data.recipient) data.recipient = workflow::mask_name(*data.recipient);
            }
        },
        payload
    );
    return payload;
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
        json.open_object();
        json.member("seq", seq).member("version", facts.version).member("action", event.action);
        json.member("role", event.role);
        write_person(json, "by", event.by.empty() ? std::nullopt : std::optional(event.by), view.directory);
        json.member("at", event.at).member("on", event.on).member("from", from).member("to", event.to);
        json.member("document", event.document);
        auto const payload = mask_payload(event.payload);
        json.key("data");
        std::visit([&](auto const& data) { json.value(data); }, payload);
        json.key("facts").open_list();
        FactWriter lines(json, facts, view.directory);
        std::visit([&](auto const& data) { lines.members(data); }, payload);
        json.close_list();
        json.member("reply_due_before", before).member("reply_due_after", reply_due(facts, event, view));
        json.close_object();
    }
    json.close_list().close_object();
    return json.take();
}

json::object timeline_schema() {
    using workflow::Date;
    auto const entry = ObjectSchema()
                           .member<std::int64_t>("seq", "日志序号")
                           .member<std::int64_t>("version", "之后的版本")
                           .member<workflow::Action>("action")
                           .member<workflow::Role>("role", "以什么角色")
                           .member_with_name<std::optional<workflow::Code>>("by", "谁做的")
                           .member<workflow::Instant>("at", "记录的时刻")
                           .member<Date>("on", "事实发生的日期")
                           .member<std::optional<workflow::State>>("from", "之前的状态")
                           .member<workflow::State>("to", "之后的状态")
                           .member<std::optional<workflow::Code>>("document", "文号")
                           .member<workflow::Payload>("data", "填写的内容")
                           .member("facts", list_of(FactWriter::schema()), "填写的内容，逐行供人阅读")
                           .member<std::optional<Date>>("reply_due_before", "之前的答复期限")
                           .member<std::optional<Date>>("reply_due_after", "之后的答复期限")
                           .named("TimelineEntry");
    return items_of("Timeline", entry);
}

}  // namespace server::api
