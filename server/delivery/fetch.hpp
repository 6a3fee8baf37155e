#pragma once

#include <cstddef>
#include <string>

#include "workflow/words/result.hpp"

namespace server::delivery {

/// What a service answers to GET (http or https, certificates checked, no redirects). Refused when it cannot be reached
/// within half a minute, answers other than 200, or with more than `most` bytes. Blocks.
workflow::Result<std::string> fetch(std::string const& url, std::size_t most);

}  // namespace server::delivery
