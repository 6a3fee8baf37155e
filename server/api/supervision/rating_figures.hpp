#pragma once

#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

/// 好差评 in figures: how many concluded cases were rated, how well, and what became of the bad marks.
namespace server::api {

struct MarkFigure {
    int score = 0;
    std::string label;
    std::int64_t n = 0;
};

/// The figures of one agency alone, or of all together.
struct RatingFigure {
    std::optional<workflow::Code> agency;  ///< null: the sum
    std::optional<std::string> agency_name;
    std::int64_t concluded = 0;
    std::int64_t rated = 0;
    std::optional<double> average;         ///< 1 to 5
    std::optional<double> satisfied_rate;  ///< 满意率: 基本满意 and better, 0 to 1
    std::optional<double> rated_rate;      ///< 主动评价率, 0 to 1
    std::int64_t bad = 0;                  ///< 差评
    std::int64_t bad_closed = 0;
    std::optional<double> rectified_rate;  ///< 差评整改率, 0 to 1
};

struct RatingFigures {
    std::optional<workflow::Date> from;
    std::optional<workflow::Date> to;
    RatingFigure total;
    std::vector<MarkFigure> marks;  ///< best first
    std::vector<RatingFigure> agencies;
};

constexpr auto fields(std::type_identity<MarkFigure>) {
    using T = MarkFigure;
    using workflow::field;
    return std::tuple{field("score", &T::score, "分值"), field("label", &T::label), field("n", &T::n, "次数")};
}

constexpr auto fields(std::type_identity<RatingFigure>) {
    using T = RatingFigure;
    using workflow::field;
    return std::tuple{
        field("agency", &T::agency, "机关；合计为空"),
        field("agency_name", &T::agency_name),
        field("concluded", &T::concluded, "办结件数"),
        field("rated", &T::rated, "评价次数"),
        field("average", &T::average, "平均分"),
        field("satisfied_rate", &T::satisfied_rate, "满意率"),
        field("rated_rate", &T::rated_rate, "主动评价率"),
        field("bad", &T::bad, "差评"),
        field("bad_closed", &T::bad_closed, "已办结的差评"),
        field("rectified_rate", &T::rectified_rate, "差评整改率")};
}

constexpr auto fields(std::type_identity<RatingFigures>) {
    using T = RatingFigures;
    using workflow::field;
    return std::tuple{
        field("from", &T::from, "从哪一天"),
        field("to", &T::to, "到哪一天"),
        field("total", &T::total, "合计"),
        field("marks", &T::marks, "各档次数"),
        field("agencies", &T::agencies, "各机关")};
}

}  // namespace server::api
