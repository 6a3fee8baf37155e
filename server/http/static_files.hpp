#pragma once

#include <string_view>

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "web/assets.hpp"

namespace server::http {

/// How long a browser may keep a file without asking again.
enum class Keep {
    ForGood,  ///< its address changes whenever its bytes do
    Never     ///< asks each time, and gets 304 when nothing has changed
};

/// The file as an answer to this request: compressed when the client takes gzip, 304 when it has these very bytes.
[[nodiscard]] Response static_file(web::Asset const& asset, Request const& request, Keep keep);

}  // namespace server::http
