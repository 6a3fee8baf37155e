#pragma once

#include <filesystem>

#include "server/demo/play.hpp"

namespace server::demo {

struct DemoCity {
    std::unique_ptr<storage::Store> store;
    std::vector<DemoCase> cases;
};

/// A new data folder with the demo city as it stands at `now`: 22 agencies, accounts for every role and 200 cases in
/// every state and with every outcome. Refused when the folder is not empty.
workflow::Result<DemoCity> make_city(
    std::filesystem::path const& folder,
    workflow::Instant now,
    std::function<void(std::int64_t, std::int64_t)> const& progress = [](std::int64_t, std::int64_t) {}
);

/// What a visitor needs, for people: the accounts of the first agency, the password, and for each state one case with
/// its query code.
std::string describe(std::vector<DemoCase> const& cases);

}  // namespace server::demo
