#pragma once

#include "storage/engine/driver.hpp"
#include "workflow/cases/event.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace storage {

/// What happened to some case, as news of it are told: without the text that stands sealed.
struct CaseStep {
    std::int64_t seq;  ///< of the journal entry
    std::string case_id;
    std::string number;
    workflow::Code agency;
    workflow::Event event;
};

/// The steps of all cases among the journal entries with `after` < seq <= `last`, oldest first.
std::vector<CaseStep> read_case_steps(Connection& connection, std::int64_t after, std::int64_t last);

}  // namespace storage
