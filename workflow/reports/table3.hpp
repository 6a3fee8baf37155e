#pragma once

#include <array>
#include <string_view>

/// The results of 年度报告表三 (国办公开办函〔2021〕30号) in their six parts, by which people look for an outcome.
namespace workflow {

struct Table3Part {
    int last_row;  ///< 1-based; it begins where the part before it ends
    std::string_view label;
};

inline constexpr std::array kTable3Parts{
    Table3Part{3, "予以公开"},
    Table3Part{4, "部分公开"},
    Table3Part{12, "不予公开"},
    Table3Part{15, "无法提供"},
    Table3Part{20, "不予处理"},
    Table3Part{23, "其他处理"},
};

}  // namespace workflow
