#pragma once

#include <string>

#include "server/api/applicants/progress.hpp"

namespace server::api {

std::string progress_json(Progress const& progress);
json::object progress_schema();

}  // namespace server::api
