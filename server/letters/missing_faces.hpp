#pragma once

#include "server/letters/fonts.hpp"

#include <string_view>
#include <vector>

namespace server::letters {

/// The faces of GB/T 9704 of which this machine has none of the wanted families but the last, which stands for them
/// where there are others: "仿宋", "小标宋", "黑体". Reads the list of installed fonts; any thread.
std::vector<std::string_view> missing_faces(Fonts const& fonts);

}  // namespace server::letters
