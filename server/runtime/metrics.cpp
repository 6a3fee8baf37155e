#include "server/runtime/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace server {
namespace {

/// a="b",c="d" with the escapes of the text format.
std::string render(Metrics::Labels labels) {
    std::string text;
    for (auto const& [name, value] : labels) {
        if (!text.empty()) text += ',';
        text.append(name).append("=\"");
        for (char const c : value) {
            if (c == '\\' || c == '"') text += '\\';
            if (c == '\n') {
                text += "\\n";
            } else {
                text += c;
            }
        }
        text += '"';
    }
    return text;
}

void append_head(std::string& out, std::string_view name, std::string_view help, std::string_view type) {
    fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

template <typename Number>
void append_sample(
    std::string& out, std::string_view name, std::string_view suffix, std::string_view labels, Number value
) {
    auto const* const open = labels.empty() ? "" : "{";
    auto const* const close = labels.empty() ? "" : "}";
    fmt::format_to(std::back_inserter(out), "{}{}{}{}{} {}\n", name, suffix, open, labels, close, value);
}

}  // namespace

Histogram::Histogram(std::span<double const> bounds)
    : bounds_(bounds.begin(), bounds.end()), buckets_(bounds.size() + 1) {}

void Histogram::observe(double value) {
    auto const bucket = std::ranges::lower_bound(bounds_, value) - bounds_.begin();
    buckets_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

template <typename Value, typename... Arguments>
Value& Metrics::find_or_make(
    std::deque<Family<Value>>& families,
    std::string_view name,
    std::string_view help,
    Labels labels,
    Arguments&&... arguments
) {
    std::lock_guard const lock(mutex_);
    auto family = std::ranges::find(families, name, &Family<Value>::name);
    if (family == families.end()) {
        families.push_back({std::string(name), std::string(help), {}});
        family = std::prev(families.end());
    }
    auto const rendered = render(labels);
    auto series = std::ranges::find(family->series, rendered, &Series<Value>::labels);
    if (series == family->series.end()) {
        family->series.emplace_back(rendered, std::forward<Arguments>(arguments)...);
        series = std::prev(family->series.end());
    }
    return series->value;
}

Counter& Metrics::counter(std::string_view name, std::string_view help, Labels labels) {
    return find_or_make(counters_, name, help, labels);
}

Histogram& Metrics::histogram(
    std::string_view name, std::string_view help, std::span<double const> bounds, Labels labels
) {
    return find_or_make(histograms_, name, help, labels, bounds);
}

void Metrics::gauge(std::string_view name, std::string_view help, std::function<double()> read, Labels labels) {
    find_or_make(gauges_, name, help, labels, std::move(read));
}

std::string Metrics::exposition() const {
    std::lock_guard const lock(mutex_);
    std::string out;
    for (auto const& family : counters_) {
        append_head(out, family.name, family.help, "counter");
        for (auto const& series : family.series)
            append_sample(out, family.name, "", series.labels, series.value.value());
    }
    for (auto const& family : gauges_) {
        append_head(out, family.name, family.help, "gauge");
        for (auto const& series : family.series) append_sample(out, family.name, "", series.labels, series.value());
    }
    for (auto const& family : histograms_) {
        append_head(out, family.name, family.help, "histogram");
        for (auto const& [labels, histogram] : family.series) {
            std::uint64_t count = 0;
            auto const comma = labels.empty() ? "" : ",";
            for (std::size_t i = 0; i < histogram.buckets_.size(); ++i) {
                count += histogram.buckets_[i].load(std::memory_order_relaxed);
                auto const bound = i < histogram.bounds_.size() ? fmt::to_string(histogram.bounds_[i]) : "+Inf";
                append_sample(out, family.name, "_bucket", fmt::format("{}{}le=\"{}\"", labels, comma, bound), count);
            }
            append_sample(out, family.name, "_sum", labels, histogram.sum_.load(std::memory_order_relaxed));
            append_sample(out, family.name, "_count", labels, count);
        }
    }
    return out;
}

}  // namespace server
