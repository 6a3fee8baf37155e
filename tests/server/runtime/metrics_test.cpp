#include "server/runtime/metrics.hpp"

#include <gtest/gtest.h>

#include <array>

namespace server {
namespace {

TEST(Metrics, WritesThePrometheusTextFormat) {
    Metrics metrics;
    metrics.counter("requests_total", "Requests.", {{"route", "/a"}, {"status", "2xx"}}).add(3);
    metrics.counter("requests_total", "Requests.", {{"route", "/b"}, {"status", "2xx"}}).add();
    metrics.gauge("queue", "Waiting.", [] { return 2.5; });
    constexpr std::array kBounds{0.1, 1.0};
    auto& seconds = metrics.histogram("seconds", "Durations.", kBounds, {{"route", "/a"}});
    for (double const value : {0.05, 0.1, 0.5, 7.0}) seconds.observe(value);
    EXPECT_EQ(
        metrics.exposition(),
        "# HELP requests_total Requests.\n"
        "# TYPE requests_total counter\n"
        "requests_total{route=\"/a\",status=\"2xx\"} 3\n"
        "requests_total{route=\"/b\",status=\"2xx\"} 1\n"
        "# HELP queue Waiting.\n"
        "# TYPE queue gauge\n"
        "queue 2.5\n"
        "# HELP seconds Durations.\n"
        "# TYPE seconds histogram\n"
        "seconds_bucket{route=\"/a\",le=\"0.1\"} 2\n"
        "seconds_bucket{route=\"/a\",le=\"1\"} 3\n"
        "seconds_bucket{route=\"/a\",le=\"+Inf\"} 4\n"
        "seconds_sum{route=\"/a\"} 7.65\n"
        "seconds_count{route=\"/a\"} 4\n"
    );
}

TEST(Metrics, GivesTheSameObjectForTheSameNameAndLabels) {
    Metrics metrics;
    auto& first = metrics.counter("a_total", "A.", {{"k", "v"}});
    EXPECT_EQ(&first, &metrics.counter("a_total", "A.", {{"k", "v"}}));
    EXPECT_NE(&first, &metrics.counter("a_total", "A.", {{"k", "w"}}));
}

TEST(Metrics, EscapesLabelValues) {
    Metrics metrics;
    metrics.counter("a_total", "A.", {{"k", "q\"b\\n\n"}}).add();
    EXPECT_NE(metrics.exposition().find("a_total{k=\"q\\\"b\\\\n\\n\"} 1\n"), std::string::npos);
}

}  // namespace
}  // namespace server
