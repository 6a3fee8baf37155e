#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server {

/// Only ever grows. Any thread.
class Counter {
public:
    void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_ = 0;
};

/// Counts observations in buckets. Any thread.
class Histogram {
public:
    /// `bounds`: the buckets' upper ends, ascending.
    explicit Histogram(std::span<double const> bounds);
    void observe(double value);

private:
    friend class Metrics;
    std::vector<double> bounds_;
    std::deque<std::atomic<std::uint64_t>> buckets_;  ///< one per bound, and one above the last; not cumulative
    std::atomic<double> sum_ = 0;
};

/// The registry behind GET /metrics. Metrics are registered at start or on first use and live as long as the registry;
/// asking again for the same name and labels gives the same object. Any thread.
class Metrics {
public:
    using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    /// `name` ends in _total by convention.
    Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
    Histogram& histogram(
        std::string_view name, std::string_view help, std::span<double const> bounds, Labels labels = {}
    );
    /// `read` is called on the thread that asks for the exposition, and must be safe there.
    void gauge(std::string_view name, std::string_view help, std::function<double()> read, Labels labels = {});

    /// The Prometheus text format, version 0.0.4.
    [[nodiscard]] std::string exposition() const;

private:
    template <typename Value>
    struct Series {
        template <typename... Arguments>
        explicit Series(std::string rendered, Arguments&&... arguments)
            : labels(std::move(rendered)), value(std::forward<Arguments>(arguments)...) {}

        std::string labels;  ///< rendered: a="b",c="d"
        Value value;
    };
    template <typename Value>
    struct Family {
        std::string name;
        std::string help;
        std::deque<Series<Value>> series;
    };

    template <typename Value, typename... Arguments>
    Value& find_or_make(
        std::deque<Family<Value>>& families,
        std::string_view name,
        std::string_view help,
        Labels labels,
        Arguments&&... arguments
    );

    mutable std::mutex mutex_;
    std::deque<Family<Counter>> counters_;
    std::deque<Family<Histogram>> histograms_;
    std::deque<Family<std::function<double()>>> gauges_;
};

/// Upper ends for durations in seconds, from 0.5 ms to 10 s.
inline constexpr double kSecondsBuckets[] = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

}  // namespace server
