#pragma once

#include "storage/cases/cards.hpp"

#include <vector>

#include "server/api/cases/case_json.hpp"

/// 红黄牌 as staff see them: a line of the list, and the file of one.
namespace server::api {

/// "<case id>-k1", taken apart.
struct CardAddress {
    std::string case_id;
    workflow::Code card;
};
CardAddress card_address(std::string_view id);

/// A card of a case, in the case's own JSON.
void write_card(JsonWriter& json, workflow::Card const& card, std::string_view case_id);
json::object card_schema();

void write_card_row(JsonWriter& json, storage::CardRow const& row, View const& view);
json::object card_row_schema();

/// The content of a card's file, without the actions that may be taken. `entries` are those of the whole case.
void write_card_file(
    JsonWriter& json,
    storage::StoredCase const& stored,
    workflow::Card const& card,
    std::vector<storage::CaseStore::TimelineEntry> const& entries,
    View const& view
);
ObjectSchema card_file_members();

}  // namespace server::api
