#pragma once

#include "storage/cases/cards.hpp"

#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "server/api/cases/case_json.hpp"

/// 红黄牌 as staff see them: a line of the list, and one card with its procedure.
namespace server::api {

/// "<case id>-k1", taken apart.
struct CardAddress {
    std::string case_id;
    workflow::Code card;
};
CardAddress card_address(std::string_view id);

/// A card of a case, in the case's own JSON.
struct CardView {
    workflow::Card const& about;
    std::string_view case_id;
};

constexpr auto fields(std::type_identity<CardView>) {
    using A = CardView;
    using workflow::Card;
    return std::tuple{
        spread(&Card::issue),
        answer("on", "发出日期", &Card::on),
        answer("state", "处理情况", &Card::state),
        answer("lifted_on", "事由消除的日期", &Card::lifted_on),
        answer("file", "GET /supervision/cards/{id} 的 id", [](A const& a) {
            return storage::card_id(a.case_id, a.about.issue.id);
        })};
}

void write_card_row(JsonWriter& json, storage::CardRow const& row, View const& view);
json::object card_row_schema();

/// One card with its procedure and history, without the actions that may be taken. `entries` are those of the whole
/// case.
void write_card_procedure(
    JsonWriter& json,
    storage::StoredCase const& stored,
    workflow::Card const& card,
    std::vector<storage::CaseStore::TimelineEntry> const& entries,
    View const& view
);
ObjectSchema card_procedure_members();

}  // namespace server::api
