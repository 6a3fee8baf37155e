#pragma once

#include <span>

#include "server/http/router.hpp"
#include "web/assets.hpp"

namespace server {

/// Puts the built staff application under /staff/: its files, and its one page for every address the application itself
/// routes. `files` live as long as the router.
void mount_staff_application(http::Router& router, std::span<web::Asset const> files);

}  // namespace server
