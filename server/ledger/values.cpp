#include "server/ledger/values.hpp"

#include "storage/search/search.hpp"
#include "workflow/reports/annual_report.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <map>

namespace server::ledger {
namespace {

using workflow::Date;
using workflow::Outcome;

template <workflow::Vocabulary E>
std::optional<E> parse_word(std::string_view text) {
    if (auto const by_code = workflow::parse<E>(text)) return by_code;
    std::string const wanted = storage::fold(text);
    for (auto const& term : terms(E{})) {
        if (storage::fold(term.label) == wanted) return term.value;
    }
    return std::nullopt;
}

/// "1.属于国家秘密" → "属于国家秘密", "（一）予以公开" → "予以公开"
std::string_view without_number(std::string_view label) {
    for (std::string_view const end : {std::string_view("）"), std::string_view(".")}) {
        if (auto const at = label.find(end); at != std::string_view::npos && at < 9)
            return label.substr(at + end.size());
    }
    return label;
}

/// Everything an outcome goes by. A row of 表三 stands for the first outcome that it counts.
std::map<std::string, Outcome> outcome_words() {
    std::map<std::string, Outcome> words;
    for (auto const& term : workflow::kOutcomes) words.emplace(storage::fold(term.label), term.value);
    for (std::size_t row = 0; row < workflow::kTable3Rows.size(); ++row) {
        auto const outcomes = workflow::outcomes_of_row(row);
        if (outcomes.empty()) continue;
        // 3.其他 is more than what an applicant withdraws.
        Outcome const meant =
            row == static_cast<std::size_t>(rule_of(Outcome::Other).table3_row - 1) ? Outcome::Other : outcomes.front();
        auto const label = workflow::kTable3Rows[row].label;
        words.emplace(storage::fold(label), meant);
        words.emplace(storage::fold(without_number(label)), meant);
    }
    return words;
}

/// The numbers in "2026年1月2日", "2026-01-02", "2026/1/2 0:00": three, then whatever a time has.
std::optional<Date> parse_parts(std::string_view text) {
    constexpr std::array<std::array<std::string_view, 3>, 4> kForms{
        {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}}};
    for (auto const& form : kForms) {
        std::array<int, 3> numbers{};
        std::string_view rest = text;
        bool fits = true;
        for (std::size_t i = 0; i < 3 && fits; ++i) {
            auto const [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), numbers[i]);
            fits = error == std::errc();
            rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
            fits = fits && rest.starts_with(form[i]);
            if (fits) rest.remove_prefix(form[i].size());
        }
        bool const ends = rest.empty() || rest.starts_with(' ') || rest.starts_with('T');
        if (!fits || !ends) continue;
        return workflow::parse_date(fmt::format("{:04}-{:02}-{:02}", numbers[0], numbers[1], numbers[2]));
    }
    return std::nullopt;
}

/// Days since 1899-12-30, as spreadsheets count them; the part of a day is dropped.
std::optional<Date> parse_serial(std::string_view text) {
    double days = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    constexpr double kFirst = 36526;  // 2000-01-01
    constexpr double kLast = 109205;  // 2198-12-30
    if (error != std::errc() || end != text.data() + text.size() || days < kFirst || days > kLast) return std::nullopt;
    using namespace std::chrono;
    return workflow::add_days(local_days{year{1899} / December / 30}, static_cast<int>(std::floor(days)));
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::array<std::string_view, 6> kBlanks{" ", "\t", "\r", "\n", "\u3000", "\u00A0"};
    for (bool moved = true; moved;) {
        moved = false;
        for (std::string_view const blank : kBlanks) {
            if (text.starts_with(blank)) text.remove_prefix(blank.size()), moved = true;
            if (text.ends_with(blank)) text.remove_suffix(blank.size()), moved = true;
        }
    }
    return text;
}

std::optional<Date> parse_day(std::string_view text) {
    if (auto const date = parse_parts(text)) return date;
    return parse_serial(text);
}

std::optional<Outcome> parse_outcome(std::string_view text) {
    if (auto const by_code = workflow::parse<Outcome>(text)) return by_code;
    static std::map<std::string, Outcome> const words = outcome_words();
    auto const found = words.find(storage::fold(text));
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

std::optional<workflow::ApplicantKind> parse_applicant_kind(std::string_view text) {
    return parse_word<workflow::ApplicantKind>(text);
}

std::optional<workflow::Channel> parse_channel(std::string_view text) { return parse_word<workflow::Channel>(text); }

std::optional<workflow::State> parse_state(std::string_view text) { return parse_word<workflow::State>(text); }

}  // namespace server::ledger
