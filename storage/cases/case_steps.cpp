#include "storage/cases/case_steps.hpp"

#include "storage/engine/shape_json.hpp"
#include "storage/journal/case_events.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace storage {

std::vector<CaseStep> read_case_steps(Connection& connection, std::int64_t after, std::int64_t last) {
    std::vector<CaseStep> steps;
    auto rows = connection.query(
        "SELECT j.seq, j.object_type, j.object_id, j.record, c.number, c.agency "
        "FROM journal AS j JOIN cases AS c ON c.id = j.object_id WHERE j.seq > $1 AND j.seq <= $2 ORDER BY j.seq",
        after,
        last
    );
    while (rows.next()) {
        std::string id(rows.text(2));
        if (rows.text(1) != case_object(id).type) continue;  // compared here: an index on the type would read them all
        ScratchMemory memory;
        auto const record = boost::json::parse(as_text(rows.blob(3)), &memory.resource);
        auto event = to_event(record.as_object(), {});
        if (!event) continue;
        workflow::Code agency{std::string(rows.text(5))};
        steps.push_back({rows.int64(0), std::move(id), std::string(rows.text(4)), std::move(agency), std::move(*event)}
        );
    }
    return steps;
}

}  // namespace storage
