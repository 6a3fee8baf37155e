#include "storage/cases/disputes.hpp"

#include "storage/engine/columns.hpp"
#include "workflow/time/date.hpp"

#include <algorithm>
#include <tuple>
#include <type_traits>
#include <vector>

namespace storage {
namespace {

using workflow::Case;

struct DisputeRow {
    std::string id;
    std::string kind;
    std::string received_on;
    std::optional<std::string> result;
    std::optional<std::string> decided_on;
    auto operator<=>(DisputeRow const&) const = default;
};

constexpr auto fields(std::type_identity<DisputeRow>) {
    using T = DisputeRow;
    return std::tuple{
        workflow::field("id", &T::id),
        workflow::field("kind", &T::kind),
        workflow::field("received_on", &T::received_on),
        workflow::field("result", &T::result),
        workflow::field("decided_on", &T::decided_on)};
}

DisputeRow row_of(workflow::Dispute const& dispute) {
    DisputeRow row{
        dispute.opening.id.value,
        std::string(workflow::code(dispute.opening.kind)),
        workflow::to_string(dispute.opening.received_on),
        {},
        {}};
    if (dispute.end) {
        row.result = workflow::code(dispute.end->result);
        row.decided_on = workflow::to_string(dispute.end->decided_on);
    }
    return row;
}

}  // namespace

void write_disputes(
    Connection& connection, std::int64_t case_row, Case const& facts, workflow::Payload const& payload
) {
    bool const changed = std::holds_alternative<workflow::DisputeOpening>(payload) ||
                         std::holds_alternative<workflow::DisputeEnd>(payload);
    if (!changed) return;
    for (workflow::Dispute const& dispute : facts.disputes) {
        DisputeRow const row = row_of(dispute);
        connection.execute(
            "INSERT INTO disputes (case_row, id, kind, received_on, result, decided_on) "
            "VALUES ($1, $2, $3, $4, $5, $6) "
            "ON CONFLICT (case_row, id) DO UPDATE SET result = excluded.result, decided_on = excluded.decided_on",
            case_row,
            row.id,
            row.kind,
            row.received_on,
            row.result,
            row.decided_on
        );
    }
}

bool same_disputes(Connection& connection, std::string_view case_id, Case const& facts) {
    std::vector<DisputeRow> stored;
    auto rows = connection.query(
        "SELECT d.id, d.kind, d.received_on, d.result, d.decided_on FROM disputes AS d "
        "JOIN cases AS c ON c.row_id = d.case_row WHERE c.id = $1",
        case_id
    );
    while (rows.next()) stored.push_back(read_row<DisputeRow>(rows));
    std::vector<DisputeRow> folded;
    for (workflow::Dispute const& dispute : facts.disputes) folded.push_back(row_of(dispute));
    std::ranges::sort(stored);
    std::ranges::sort(folded);
    return stored == folded;
}

}  // namespace storage
