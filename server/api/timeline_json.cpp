#include "server/api/timeline_json.hpp"

#include "workflow/case.hpp"
#include "workflow/identity.hpp"

#include <utility>
#include <variant>

#include "server/api/account_json.hpp"

namespace server::api {
namespace {

using workflow::Case;
using workflow::Event;

/// The reply date in force on the day the event was entered.
std::optional<workflow::Date> reply_due(Case const& facts, Event const& event, View const& view) {
    auto const day = workflow::local_date(event.at);
    auto const clock = workflow::reckon(facts.timeline(), day, view.calendar, workflow::Detail::Brief);
    return clock ? clock->reply_due : std::nullopt;
}

workflow::Payload masked(workflow::Payload payload) {
    std::visit(
        [](auto& data) {
            if constexpr (requires { data.application; }) {
                data.application.applicant = api::masked(std::move(data.application.applicant));
                if (data.application.agent) data.application.agent = api::masked(std::move(*data.application.agent));
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
        json.open_object();
        json.member("seq", seq).member("version", facts.version).member("action", event.action);
        json.member("role", event.role);
        write_person(json, "by", event.by.empty() ? std::nullopt : std::optional(event.by), view.directory);
        json.member("at", event.at).member("on", event.on).member("from", from).member("to", event.to);
        json.member("document", event.document);
        json.key("data");
        std::visit([&](auto const& data) { json.value(data); }, masked(event.payload));
        json.member("reply_due_before", before).member("reply_due_after", reply_due(facts, event, view));
        json.close_object();
    }
    json.close_list().close_object();
    return json.take();
}

}  // namespace server::api
