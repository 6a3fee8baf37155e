#include "storage/papers/quarterly_figures.hpp"

#include <algorithm>
#include <string>

namespace storage {
namespace {

using Figures = std::map<workflow::Code, QuarterlyFigures>;

struct Span {
    std::string first;
    std::string last;
};

/// Runs `sql` over the span: its rows begin with the code of an agency, and the numbers that follow become `members`.
template <typename... Members>
void count(Connection& connection, Figures& figures, Span const& span, Sql sql, Members... members) {
    auto rows = connection.query(sql, span.first, span.last);
    while (rows.next()) {
        QuarterlyFigures& agency = figures[workflow::Code{std::string(rows.text(0))}];
        int column = 1;
        ((agency.*members = rows.int64(column++)), ...);
    }
}

}  // namespace

Figures read_quarterly_figures(
    Connection& connection, workflow::Date first, workflow::Date last, workflow::Date today
) {
    using T = QuarterlyFigures;
    Transaction const snapshot(connection, Access::read);
    Span const span{workflow::to_string(first), workflow::to_string(last)};
    Figures figures;
    count(
        connection,
        figures,
        span,
        "SELECT agency, count(*) FROM cases "
        "WHERE coalesce(received_on, submitted_on) >= $1 AND coalesce(received_on, submitted_on) <= $2 GROUP BY agency",
        &T::received
    );
    count(
        connection,
        figures,
        span,
        "SELECT agency, count(*), count(rating), coalesce(sum(rating), 0) "
        "FROM cases WHERE concluded_on >= $1 AND concluded_on <= $2 GROUP BY agency",
        &T::concluded,
        &T::ratings,
        &T::rating_points
    );
    count(
        connection,
        figures,
        span,
        "SELECT agency, sum(CASE WHEN concluded_on <= reply_due THEN 1 ELSE 0 END), "
        "sum(CASE WHEN concluded_on > reply_due THEN 1 ELSE 0 END) "
        "FROM cases WHERE reply_due >= $1 AND reply_due <= $2 GROUP BY agency",
        &T::on_time,
        &T::late
    );
    Span const over{span.first, workflow::to_string(std::min(last, workflow::add_days(today, -1)))};
    count(
        connection,
        figures,
        over,
        "SELECT agency, count(*) FROM cases "
        "WHERE concluded_on IS NULL AND reply_due >= $1 AND reply_due <= $2 GROUP BY agency",
        &T::unanswered
    );
    count(
        connection,
        figures,
        span,
        "SELECT of_agency, sum(CASE WHEN level = 'yellow' THEN 1 ELSE 0 END), "
        "sum(CASE WHEN level IN ('red', 'severe_red') THEN 1 ELSE 0 END) FROM cards "
        "WHERE issued_on >= $1 AND issued_on <= $2 AND standing <> 'revoked' GROUP BY of_agency",
        &T::yellow_cards,
        &T::red_cards
    );
    count(
        connection,
        figures,
        span,
        "SELECT c.agency, sum(CASE WHEN d.received_on >= $1 AND d.received_on <= $2 THEN 1 ELSE 0 END), "
        "sum(CASE WHEN d.result = 'corrected' AND d.decided_on >= $1 AND d.decided_on <= $2 THEN 1 ELSE 0 END) "
        "FROM disputes AS d JOIN cases AS c ON c.row_id = d.case_row GROUP BY c.agency",
        &T::disputes,
        &T::corrected
    );
    return figures;
}

}  // namespace storage
