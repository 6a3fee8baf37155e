#include "storage/journal/case_events.hpp"

#include "storage/engine/shape_json.hpp"
#include "workflow/cases/payloads.hpp"

#include <utility>
#include <variant>

namespace storage {

namespace {

/// Entries of this edition of the rules do not name it: they were written before there was another.
constexpr int kUnnamedEdition = 1;

}  // namespace

Entry to_entry(
    std::string_view case_id, workflow::Event const& event, Key const& key, boost::json::storage_ptr const& memory
) {
    boost::json::object open(memory);
    boost::json::object sealed(memory);
    std::visit([&](auto const& payload) { split(payload, open, sealed); }, event.payload);
    boost::json::object data(memory);
    if (event.document) data.emplace("document", event.document->value);
    if (event.edition > kUnnamedEdition) data.emplace("edition", event.edition);
    data.emplace("payload", std::move(open));
    data.emplace("to", workflow::code(event.to));
    return {
        .at = event.at,
        .on = event.on,
        .action = std::string(workflow::code(event.action)),
        .by = {std::string(workflow::code(event.role)), event.by.value},
        .object = case_object(case_id),
        .data = std::move(data),
        .sealed = std::move(sealed),
        .key = &key};
}

std::optional<workflow::Event> to_event(boost::json::object const& record, boost::json::object const& sealed) {
    auto const& data = record.at("data").as_object();
    auto const* const payload = data.if_contains("payload");
    auto const action = workflow::parse<workflow::Action>(record.at("action").as_string());
    auto const at = workflow::parse_instant(record.at("at").as_string());
    if (payload == nullptr || !action || !at) return std::nullopt;

    auto const& by = record.at("by").as_object();
    workflow::Event event{
        .action = *action,
        .role = value_from_json<workflow::Role>(by.at("role")),
        .by = value_from_json<workflow::Code>(by.at("id")),
        .at = *at,
        .on = value_from_json<workflow::Date>(record.at("on")),
        .to = value_from_json<workflow::State>(data.at("to")),
        .document = std::nullopt,
        .payload = workflow::payload_for(*action)};
    if (auto const* document = data.if_contains("document"))
        event.document = value_from_json<workflow::Code>(*document);
    auto const* const edition = data.if_contains("edition");
    event.edition = edition == nullptr ? kUnnamedEdition : value_from_json<int>(*edition);
    std::visit([&]<typename T>(T& value) { value = join<T>(payload->as_object(), sealed); }, event.payload);
    return event;
}

}  // namespace storage
