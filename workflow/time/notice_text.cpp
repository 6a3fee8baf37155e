#include "workflow/time/notice_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <vector>

namespace workflow {

namespace {

constexpr std::array<std::string_view, 7> kFestivals{"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"};
constexpr std::array<std::string_view, 7> kWeekdays{"日", "一", "二", "三", "四", "五", "六"};
constexpr std::string_view kStop = "。";
constexpr std::chrono::days kLongestHoliday{30};  // a mistyped year would make thousands of days

/// Without what only breaks lines: a text that was copied from a page or a PDF breaks them anywhere.
std::string without_blanks(std::string_view text) {
    constexpr std::array<std::string_view, 7> kBlanks{" ", "\t", "\r", "\n", "\u3000", "\u00A0", "\uFEFF"};
    std::string all;
    while (!text.empty()) {
        auto const blank = std::ranges::find_if(kBlanks, [&](std::string_view each) { return text.starts_with(each); });
        if (blank == kBlanks.end()) all += text.front();
        text.remove_prefix(blank == kBlanks.end() ? 1 : blank->size());
    }
    return all;
}

/// Reads a sentence from its beginning, piece by piece.
class Words {
public:
    explicit Words(std::string_view text) : rest_(text) {}

    bool done() const { return rest_.empty(); }
    std::string_view rest() const { return rest_; }

    bool take(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    bool take_any(auto const&... words) { return (take(words) || ...); }

    /// A number that is followed by `unit`; otherwise nothing is read.
    std::optional<int> number_before(std::string_view unit) {
        int number = 0;
        auto const [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        std::string_view const after = rest_.substr(static_cast<std::size_t>(end - rest_.data()));
        if (error != std::errc{} || !after.starts_with(unit)) return std::nullopt;
        rest_ = after.substr(unit.size());
        return number;
    }

    /// What stands in brackets here; empty where none does.
    std::string_view in_brackets() {
        for (auto const& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
            if (!rest_.starts_with(open)) continue;
            auto const end = rest_.find(close);
            if (end == std::string_view::npos) return {};
            auto const inside = rest_.substr(open.size(), end - open.size());
            rest_.remove_prefix(end + close.size());
            return inside;
        }
        return {};
    }

private:
    std::string_view rest_;
};

/// The names before a colon, if they are festivals: "国庆节、中秋节：". Reads the number of the paragraph before it
/// too.
std::optional<std::string> read_heading(Words& words) {
    Words ahead = words;
    for (std::string_view const digit : {"一", "二", "三", "四", "五", "六", "七"}) {
        if (ahead.take(digit)) break;
    }
    ahead.take_any("、", "．", ".");
    std::string names;
    bool found = true;
    while (found) {
        found = false;
        for (std::string_view const festival : kFestivals) {
            if (found || !ahead.take(festival)) continue;
            names.append(names.empty() ? "" : "、").append(festival);
            found = true;
        }
        if (found) ahead.take("、");
    }
    if (names.empty() || !ahead.take_any("：", ":")) return std::nullopt;
    words = ahead;
    return names;
}

/// Empty where there is no such day; the numbers are as they were read ("257月").
std::optional<Date> date_of(std::optional<int> year, int month, int day) {
    if (!year || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    std::chrono::year_month_day const on{
        std::chrono::year{*year},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}};
    return on.ok() ? std::optional<Date>(std::chrono::local_days{on}) : std::nullopt;
}

/// The text from its first heading on; all of it where there is none.
std::string_view from_heading(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        Words words(text.substr(at));
        if (read_heading(words)) return text.substr(at);
    }
    return text;
}

/// One notice while it is read. The first thing that is wrong ends it.
class NoticeReader {
public:
    NoticeReader(std::string_view text, NoticeFacts const& given) : text_(without_blanks(text)), given_(given) {}

    Result<CalendarYear> read();

private:
    using Fault = std::optional<Refusal>;

    Refusal refuse(std::string_view code, std::string detail) const {
        return {RefusalKind::Invalid, std::string(code), detail, "", {{"/text", std::string(code), detail}}};
    }
    Refusal wrong_sentence(std::string_view code, std::string_view why) const {
        return refuse(code, std::string("通知中的这一句").append(why).append("：“").append(sentence_).append("。”"));
    }

    Fault find_facts();
    Fault read_sentence();
    Fault read_days_off(Words words);
    Fault read_days_worked(Words words);
    Fault read_day(Words& words, std::optional<Date> after, Date& date);

    std::string text_;
    NoticeFacts const& given_;
    CalendarYear year_{};
    std::string_view sentence_;
    std::string festival_;  ///< of the paragraph
    bool arranged_ = true;  ///< its days off have been read
    int month_ = 0;         ///< of the day before: "2月4日至10日"
};

/// The number that stands right after the last or first `before` and right before `after`: the year in
/// "关于2026年部分".
std::optional<int> number_between(std::string_view text, std::string_view before, std::string_view after) {
    for (auto at = text.find(before); at != std::string_view::npos; at = text.find(before, at + 1)) {
        if (auto const number = Words(text.substr(at + before.size())).number_before(after)) return number;
    }
    return std::nullopt;
}

/// Year, number and day of issue, from title and ending.
NoticeReader::Fault NoticeReader::find_facts() {
    auto named = number_between(text_, "关于", "年部分节假日安排");
    if (!named) named = number_between(text_, "现将", "年元旦");
    auto const year = given_.year ? given_.year : named;
    if (!year) return refuse("year_missing", "通知中没有写明是哪一年的放假安排，请另外填写年份。");
    if (named && named != year)
        return refuse(
            "year_wrong", "这是" + std::to_string(*named) + "年的放假通知，不是" + std::to_string(*year) + "年的。"
        );
    year_.year = *year;

    Notice notice{given_.number.value_or(""), given_.issued.value_or(Date{}), given_.url, true};
    constexpr std::string_view kNumber = "国办发明电";
    if (auto const at = text_.find(kNumber); notice.number.empty() && at != std::string::npos) {
        auto const end = text_.find("号", at);
        if (end != std::string::npos) notice.number = text_.substr(at, end + std::string_view("号").size() - at);
    }
    if (notice.number.empty()) return refuse("number_missing", "通知中没有文号，请另外填写文号。");
    if (!given_.issued) {
        constexpr std::string_view kSigned = "国务院办公厅";
        auto const at = text_.rfind(kSigned);
        Words words(at == std::string::npos ? std::string_view() : std::string_view(text_).substr(at + kSigned.size()));
        auto const y = words.number_before("年");
        auto const m = words.number_before("月");
        auto const d = words.number_before("日");
        auto const on = date_of(y, m.value_or(0), d.value_or(0));
        if (!on) return refuse("issued_missing", "通知末尾没有落款日期，请另外填写发布日期。");
        notice.issued = *on;
    }
    year_.notices.push_back(std::move(notice));
    return std::nullopt;
}

/// "2月15日（农历腊月二十八、周日）". Of a range the second day may leave out month or year.
NoticeReader::Fault NoticeReader::read_day(Words& words, std::optional<Date> after, Date& date) {
    auto const y = words.number_before("年");
    if (auto const m = words.number_before("月")) month_ = *m;
    auto const d = words.number_before("日");
    if (!d || month_ == 0) return wrong_sentence("sentence_unreadable", "看不懂");
    // 元旦 may begin in December of the year before; a range may lead into the year after its beginning.
    bool const before = !y && !after && month_ == 12 && festival_ == "元旦";
    int const named = y.value_or(before ? year_.year - 1 : after ? year_of(*after) : year_.year);
    auto on = date_of(named, month_, *d);
    if (!y && on && after && *on < *after) on = date_of(named + 1, month_, *d);
    if (!on) return wrong_sentence("no_such_day", "写有不存在的日期");
    date = *on;

    std::string_view const remark = words.in_brackets();
    for (std::string_view const prefix : {"周", "星期"}) {
        auto const at = remark.rfind(prefix);
        if (at == std::string_view::npos) continue;
        if (remark.substr(at + prefix.size()) != kWeekdays[weekday_of(date).c_encoding()])
            return wrong_sentence(
                "weekday_wrong", std::string("星期不符，").append(to_chinese(date)).append("不是通知所写的那一天")
            );
    }
    return std::nullopt;
}

/// "1月1日（周四）至3日（周六）放假调休，共3天", "4月5日放假，与周末连休", "1月1日（周三）放假1天，不调休".
NoticeReader::Fault NoticeReader::read_days_off(Words words) {
    Date first{};
    if (auto fault = read_day(words, {}, first)) return fault;
    Date last = first;
    if (words.take_any("至", "—", "-"))
        if (auto fault = read_day(words, first, last)) return fault;
    if (last - first > kLongestHoliday) return wrong_sentence("too_long", "放假的天数太多");
    if (!words.take("放假")) return wrong_sentence("sentence_unreadable", "看不懂");
    words.take("调休");
    while (!words.done()) {
        words.take_any("，", ",");
        words.take("共");
        if (auto const days = words.number_before("天")) {
            if (*days != (last - first).count() + 1)
                return wrong_sentence(
                    "length_wrong", "天数不符，起止日期一共" + std::to_string((last - first).count() + 1) + "天"
                );
        } else if (!words.take_any("与周末连休", "不调休")) {
            return wrong_sentence("sentence_unreadable", "看不懂");
        }
    }
    for (Date date = first; date <= last; date += std::chrono::days{1}) year_.off.push_back({date, festival_});
    arranged_ = true;
    return std::nullopt;
}

/// "2月14日（周六）、2月28日（周六）上班".
NoticeReader::Fault NoticeReader::read_days_worked(Words words) {
    do {
        Date date{};
        if (auto fault = read_day(words, {}, date)) return fault;
        year_.work.push_back({date, festival_});
    } while (words.take_any("、", "，", "和"));
    if (!words.take("上班") || !words.done()) return wrong_sentence("sentence_unreadable", "看不懂");
    return std::nullopt;
}

NoticeReader::Fault NoticeReader::read_sentence() {
    // Title and number of the notice end without a stop.
    Words words(festival_.empty() ? from_heading(sentence_) : sentence_);
    if (auto heading = read_heading(words)) {
        if (!arranged_) return refuse("festival_unarranged", "通知没有写明" + festival_ + "的放假日期。");
        festival_ = *std::move(heading);
        arranged_ = false;
        month_ = 0;
    }
    bool const names_day = number_between(words.rest(), "", "日").has_value();
    // What comes before the first festival is the address; what names no day, or only encourages, arranges nothing.
    if (festival_.empty() || !names_day || words.rest().starts_with("鼓励")) return std::nullopt;
    return words.rest().ends_with("上班") ? read_days_worked(words) : read_days_off(words);
}

Result<CalendarYear> NoticeReader::read() {
    if (auto fault = find_facts()) return *std::move(fault);
    std::string_view left = text_;
    for (auto end = left.find(kStop); end != std::string_view::npos; end = left.find(kStop)) {
        sentence_ = left.substr(0, end);
        left.remove_prefix(end + kStop.size());
        if (auto fault = read_sentence()) return *std::move(fault);
    }
    if (!arranged_)
        return refuse("festival_unarranged", "通知没有写明" + festival_ + "的放假日期，句子应当以“。”结束。");
    for (std::string_view const festival : kFestivals) {
        bool const named = std::ranges::any_of(year_.off, [&](SpecialDay const& each) {
            return each.festival.find(festival) != std::string::npos;
        });
        if (!named) return refuse("festival_missing", "通知中没有" + std::string(festival) + "的放假安排。");
    }
    return check_calendar_year(std::move(year_));
}

}  // namespace

Result<CalendarYear> read_notice(std::string_view text, NoticeFacts const& given) {
    return NoticeReader(text, given).read();
}

}  // namespace workflow
