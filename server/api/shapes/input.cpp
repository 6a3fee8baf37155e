#include "server/api/shapes/input.hpp"

#include "storage/journal/canonical_json.hpp"
#include "workflow/words/text.hpp"

#include <utility>

#include "server/runtime/utf8.hpp"

namespace server::api {
namespace {

struct FaultText {
    std::string_view code;
    std::string_view detail;
};

FaultText text_of(storage::JsonFault fault) {
    switch (fault) {
        case storage::JsonFault::too_large:
            return {"body_too_large", "提交的内容过大。"};
        case storage::JsonFault::bad_utf8:
            return {"bad_utf8", "提交的内容不是有效的 UTF-8 文字。"};
        case storage::JsonFault::malformed:
            return {"malformed_json", "提交的内容不是有效的 JSON。"};
        case storage::JsonFault::trailing_data:
            return {"trailing_data", "JSON 之后还有多余的内容。"};
        case storage::JsonFault::too_deep:
            return {"too_deep", "JSON 的嵌套层数过多。"};
        case storage::JsonFault::duplicate_key:
            return {"duplicate_key", "JSON 对象中同一个成员出现了两次。"};
    }
    return {"malformed_json", "提交的内容不是有效的 JSON。"};
}

/// Without blanks (also the full-width one) at both ends, and with the line ends of the web made plain.
std::string tidy(std::string_view text) {
    constexpr std::string_view kWide = "\xE3\x80\x80";
    auto const blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
    while (!text.empty() && (blank(text.front()) || text.starts_with(kWide))) {
        text.remove_prefix(blank(text.front()) ? 1 : kWide.size());
    }
    while (!text.empty() && (blank(text.back()) || text.ends_with(kWide))) {
        text.remove_suffix(blank(text.back()) ? 1 : kWide.size());
    }
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!text.substr(i).starts_with("\r\n")) result += text[i];
    }
    return result;
}

/// Names, addresses and titles: they come to stand in lines of letters, lists and mails.
bool is_one_line(workflow::Bounds const& bounds) { return bounds.max > 0 && bounds.max <= workflow::kShortText; }

/// A member name as part of a JSON pointer (RFC 6901 section 3).
std::string escape(std::string_view name) {
    std::string result;
    for (char const c : name) {
        if (c == '~')
            result += "~0";
        else if (c == '/')
            result += "~1";
        else
            result += c;
    }
    return result;
}

}  // namespace

void InputReader::fault(std::string pointer, std::string code, std::string detail) {
    errors_.push_back({std::move(pointer), std::move(code), std::move(detail)});
}

void InputReader::unknown(std::string const& pointer, std::string_view member) {
    fault(pointer + "/" + escape(member), "unknown_member", "这里没有名为" + quote(member.substr(0, 60)) + "的项目。");
}

std::string InputReader::quote(std::string_view label) { return "“" + std::string(label) + "”"; }

bool InputReader::check_count(std::int64_t count, Expected const& expected) {
    auto const& [at, label, bounds] = expected;
    if (count < bounds.min) {
        auto const least = std::to_string(bounds.min);
        fault(at, "too_few", quote(label) + "至少要有" + least + "项。");
        return false;
    }
    if (bounds.max > 0 && count > bounds.max) {
        fault(at, "too_many", quote(label) + "最多" + std::to_string(bounds.max) + "项。");
        return false;
    }
    return true;
}

std::optional<std::int64_t> InputReader::read_number(json::value const& value, Expected const& expected) {
    auto const& [at, label, bounds] = expected;
    auto const* number = value.if_int64();
    if (number == nullptr) {
        fault(at, "wrong_type", quote(label) + "应当是整数。");
        return std::nullopt;
    }
    if (*number < bounds.min || (bounds.max > 0 && *number > bounds.max)) {
        auto const range = std::to_string(bounds.min) + "到" + std::to_string(bounds.max);
        fault(at, "out_of_range", quote(label) + "应当是" + range + "之间的整数。");
        return std::nullopt;
    }
    return *number;
}

void InputReader::read_flag(json::value const& value, bool& target, Expected const& expected) {
    if (value.is_bool())
        target = value.get_bool();
    else
        fault(expected.at, "wrong_type", quote(expected.label) + "应当是 true 或 false。");
}

void InputReader::read_date(json::value const& value, workflow::Date& target, Expected const& expected) {
    auto const* text = value.if_string();
    auto const date = text != nullptr ? workflow::parse_date(*text) : std::nullopt;
    if (date)
        target = *date;
    else
        fault(expected.at, "not_a_date", quote(expected.label) + "应当是 YYYY-MM-DD 形式的真实日期。");
}

void InputReader::read_text(json::value const& value, std::string& target, Expected const& expected) {
    auto const& [at, label, bounds] = expected;
    auto const* text = value.if_string();
    if (text == nullptr) return fault(at, "wrong_type", quote(label) + "应当是文字。");
    target = tidy(*text);
    auto const length = workflow::characters(target);
    if (has_unseen_characters(target)) {
        fault(at, "control_character", quote(label) + "含有不可见的控制字符，请删除后重新填写。");
    } else if (is_one_line(bounds) && target.find_first_of("\n\t") != std::string::npos) {
        fault(at, "line_break", quote(label) + "应当写在一行里，不能换行，也不能用制表符。");
    } else if (length < bounds.min) {
        auto const least = std::to_string(bounds.min);
        fault(at, "too_short", length == 0 ? "请填写" + quote(label) + "。" : quote(label) + "至少" + least + "个字。");
    } else if (bounds.max > 0 && length > bounds.max) {
        fault(at, "too_long", quote(label) + "最多" + std::to_string(bounds.max) + "个字。");
    }
}

void InputReader::read_code(json::value const& value, workflow::Code& target, Expected const& expected) {
    read_text(value, target.value, expected);
    if (target.value.find_first_of("\n\t ") != std::string::npos) {
        fault(expected.at, "blank_in_code", quote(expected.label) + "中间不能有空格或换行。");
    }
}

boost::system::result<json::value, http::Problem> parse_body(std::string_view body) {
    auto parsed = storage::parse_json(body);
    if (parsed) return std::move(*parsed);
    auto const [code, detail] = text_of(parsed.error().fault);
    return http::Problem{.status = http::status::bad_request, .code = std::string(code), .detail = std::string(detail)};
}

http::Problem invalid_input(std::vector<workflow::FieldError> errors) {
    return http::Problem{
        .status = http::status::unprocessable_entity,
        .code = "invalid_input",
        .detail = "填写的内容有误，请按提示改正。",
        .errors = std::move(errors)};
}

}  // namespace server::api
