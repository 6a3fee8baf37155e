#pragma once

#include "workflow/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace storage {

/// A piece of a list, and what to ask for the next with; without it this was the last.
template <typename T>
struct Page {
    std::vector<T> items;
    std::optional<std::string> next_cursor;
};

inline workflow::Refusal bad_cursor() {
    return {workflow::RefusalKind::Invalid, "bad_cursor", "翻页参数无效,请从第一页重新查看。"};
}

}  // namespace storage
