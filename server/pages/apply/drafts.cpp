#include "server/pages/apply/drafts.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace server::pages {
namespace {

using storage::Connection;

constexpr std::string_view kDraft = "apply";
constexpr std::string_view kReceipt = "receipt";

/// How many expired drafts are deleted with each one saved: more than are added, so that expired ones do not
/// accumulate.
constexpr std::int64_t kForgottenWithEach = 20;

std::optional<json::object> load(
    api::Services const& services, Connection& connection, Visit const& visit, std::string_view name
) {
    auto const text = services.store.drafts().load(connection, visit.draft_owner(), name, visit.call.now);
    if (!text) return std::nullopt;
    return json::parse(*text).as_object();
}

workflow::Result<void> save(
    api::Services const& services,
    Connection& connection,
    Visit const& visit,
    storage::DraftOwner const& owner,
    std::string_view name,
    json::object const& content
) {
    auto const until = visit.call.now + kDraftTime;
    return services.store.drafts().save(connection, owner, name, json::serialize(content), until);
}

std::string text(json::object const& object, std::string_view name) { return std::string(object.at(name).as_string()); }

}  // namespace

Draft load_draft(api::Services const& services, Connection& connection, Visit const& visit) {
    auto const saved = load(services, connection, visit, kDraft);
    if (!saved) return {storage::random_id(), {}};
    Draft draft{text(*saved, "nonce"), {}};
    for (auto const& [name, answer] : saved->at("answers").as_object()) draft.answers.emplace(name, answer.as_string());
    return draft;
}

workflow::Result<void> save_draft(
    api::Services const& services, Connection& connection, Visit const& visit, Draft const& draft
) {
    services.store.drafts().purge(connection, visit.call.now, kForgottenWithEach);
    json::object answers;
    for (auto const& [name, answer] : draft.answers) answers.emplace(name, answer);
    json::object const content{{"nonce", draft.nonce}, {"answers", std::move(answers)}};
    return save(services, connection, visit, visit.draft_owner(), kDraft, content);
}

std::optional<Receipt> load_receipt(api::Services const& services, Connection& connection, Visit const& visit) {
    auto const saved = load(services, connection, visit, kReceipt);
    if (!saved) return std::nullopt;
    return Receipt{
        .nonce = text(*saved, "nonce"),
        .number = text(*saved, "number"),
        .query_code = text(*saved, "query_code"),
        .agency = {text(*saved, "agency")},
        .submitted_on = workflow::parse_date(text(*saved, "submitted_on")).value(),
        .received_on = workflow::parse_date(text(*saved, "received_on")),
        .proof = text(*saved, "proof")};
}

workflow::Result<void> save_receipt(
    api::Services const& services, Connection& connection, Visit const& visit, Receipt const& receipt
) {
    json::object const content{
        {"nonce", receipt.nonce},
        {"number", receipt.number},
        {"query_code", receipt.query_code},
        {"agency", receipt.agency.value},
        {"submitted_on", workflow::to_string(receipt.submitted_on)},
        {"received_on", receipt.received_on ? workflow::to_string(*receipt.received_on) : ""},
        {"proof", receipt.proof}};
    storage::DraftOwner const owner{
        storage::DraftKind::Visitor, visit.visitor};  // whoever has applied has their receipt
    services.store.drafts().remove(connection, owner, kDraft);
    return save(services, connection, visit, owner, kReceipt, content);
}

}  // namespace server::pages
