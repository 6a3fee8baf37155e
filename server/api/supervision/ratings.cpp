#include "storage/cases/follow_ups.hpp"
#include "workflow/cases/policy.hpp"
#include "workflow/procedure/procedure.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "server/api/cases/follow_ups.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/api/supervision/operations.hpp"
#include "server/api/supervision/rating_figures.hpp"

namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using storage::MarkCount;
using workflow::Code;

/// What is added up before rates are taken of it.
struct Sum {
    std::int64_t concluded = 0;
    std::array<std::int64_t, workflow::kScores.size()> marks{};  ///< by score, from 1
    std::int64_t bad_closed = 0;

    void add(MarkCount const& count) {
        int score = 0;
        std::from_chars(count.mark.data(), count.mark.data() + count.mark.size(), score);
        marks.at(static_cast<std::size_t>(score) - 1) += count.n;
        if (score <= workflow::kBadScore && !count.open) bad_closed += count.n;
    }
};

std::optional<double> share(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? std::optional(static_cast<double>(part) / static_cast<double>(whole)) : std::nullopt;
}

RatingFigure figure_of(Sum const& sum) {
    RatingFigure figure;
    std::int64_t points = 0;
    for (std::size_t i = 0; i < sum.marks.size(); ++i) {
        auto const score = static_cast<std::int64_t>(i) + 1;
        figure.rated += sum.marks[i];
        points += score * sum.marks[i];
        if (score <= workflow::kBadScore) figure.bad += sum.marks[i];
    }
    figure.concluded = sum.concluded;
    figure.bad_closed = sum.bad_closed;
    figure.average = share(points, figure.rated);
    figure.satisfied_rate = share(figure.rated - figure.bad, figure.rated);
    figure.rated_rate = share(figure.rated, figure.concluded);
    figure.rectified_rate = share(figure.bad_closed, figure.bad);
    return figure;
}

struct FiguresJob {
    Services& services;
    Call const& call;
    storage::FollowUpFilter filter;

    std::string operator()(Connection& connection) const {
        auto const scope = storage::scope_of(call.actor, *call.directory);
        std::map<Code, Sum> sums;
        Sum total;
        for (auto const& count : storage::count_marks(connection, scope, filter)) {
            sums[count.agency].add(count);
            total.add(count);
        }
        for (auto const& count : storage::count_concluded(connection, scope, filter)) {
            sums[count.agency].concluded += count.n;
            total.concluded += count.n;
        }
        RatingFigures figures{filter.from, filter.to, figure_of(total), {}, {}};
        for (auto const& mark : workflow::kScores) {
            auto const n = total.marks.at(static_cast<std::size_t>(mark.score) - 1);
            figures.marks.push_back({mark.score, std::string(mark.label), n});
        }
        for (auto const& [agency, sum] : sums) {
            auto figure = figure_of(sum);
            figure.agency = agency;
            if (auto const* known = call.directory->agency(agency)) figure.agency_name = known->name;
            figures.agencies.push_back(std::move(figure));
        }
        JsonWriter json;
        json.value(figures);
        return json.take();
    }
};

net::awaitable<Answer> read_figures(Services& services, Call& call) {
    auto filter = period_filter(call, workflow::FollowUpKind::Rating);
    if (!filter) co_return filter.error();
    FiguresJob job{services, call, std::move(*filter)};
    auto body = co_await services.pool.read(std::move(job));
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

}  // namespace

std::vector<Operation> rating_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/ratings/figures",
         .id = "readRatingFigures",
         .summary = "好差评的数字：平均分、满意率、各机关",
         .tag = "matters",
         .who = Who::Staff,
         .handler = read_figures,
         .roles = workflow::kRatingInvestigators | workflow::RoleSet{workflow::Role::Supervisor},
         .response = answer_schema<RatingFigures>,
         .query =
             {{"agency", "机关代码，含其下级机关"},
              {"from", "这一天或以后", answer_schema<workflow::Date>()},
              {"to", "这一天或以前", answer_schema<workflow::Date>()}},
         .problems = {http::status::not_found}},
    };
}

}  // namespace server::api
