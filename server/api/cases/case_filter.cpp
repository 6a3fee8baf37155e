#include "server/api/cases/case_filter.hpp"

#include "workflow/words/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "server/api/shapes/answer_schema.hpp"

namespace server::api {
namespace {

using storage::CaseFilter;
using storage::CaseSort;

constexpr std::int64_t kLongestWanted = 100;

struct FilterReader {
    Call const& call;
    CaseFilter filter;
    std::vector<workflow::FieldError> errors;

    void fault(std::string_view name, std::string detail) {
        errors.push_back({"/" + std::string(name), "bad_query", std::move(detail)});
    }

    template <workflow::Vocabulary E>
    std::optional<E> term(std::string_view name, std::string_view code) {
        auto const found = workflow::parse<E>(code);
        if (!found) fault(name, "“" + std::string(code.substr(0, 40)) + "”不是 " + std::string(name) + " 的取值。");
        return found;
    }

    std::optional<bool> yes_or_no(std::string_view name, std::string_view text) {
        if (text != "true" && text != "false") fault(name, std::string(name) + " 只能是 true 或 false。");
        return text == "true";
    }

    std::optional<workflow::Date> date(std::string_view name, std::string_view text) {
        auto const found = workflow::parse_date(text);
        if (!found) fault(name, fmt::format("{} 应当是 YYYY-MM-DD 形式的真实日期。", name));
        return found;
    }
};

template <typename Visit>
void for_each_part(std::string_view list, Visit&& visit) {
    for (std::size_t begin = 0; begin <= list.size();) {
        auto const end = std::min(list.find(',', begin), list.size());
        visit(list.substr(begin, end - begin));
        begin = end + 1;
    }
}

struct Parameter {
    QueryParameter shown;
    void (*read)(FilterReader&, std::string_view value);
};

void read_stage(FilterReader& in, std::string_view value) {
    auto const stage = in.term<workflow::Stage>("stage", value);
    for (auto const& state : workflow::kStates) {
        if (stage && workflow::stage_of(state.value) == *stage) in.filter.states.push_back(state.value);
    }
}

void read_agency(FilterReader& in, std::string_view value) {
    in.filter.agencies = in.call.directory->subtree(workflow::Code{std::string(value)});
    if (in.filter.agencies.empty()) in.fault("agency", "没有代码为“" + std::string(value.substr(0, 40)) + "”的机关。");
}

void read_agency_only(FilterReader& in, std::string_view value) {
    in.filter.agencies = {workflow::Code{std::string(value)}};
    if (in.call.directory->agency(in.filter.agencies.front()) == nullptr) {
        in.fault("agency_only", "没有代码为“" + std::string(value.substr(0, 40)) + "”的机关。");
    }
}

/// Whether a filter that is either on or not there is on; anything else is a fault.
bool is_on(FilterReader& in, std::string_view name, std::string_view value) {
    bool const on = value == "1" || value == "true";
    if (!on) in.fault(name, std::string(name) + " 只能是 1 或 true。");
    return on;
}

void read_mine(FilterReader& in, std::string_view value) {
    if (is_on(in, "mine", value)) in.filter.mine = storage::mine_of(in.call.actor);
}

/// "<kind or any>/<result, pending or any>/<year>"
void read_dispute(FilterReader& in, std::string_view value) {
    auto const first = value.find('/');
    auto const last = value.rfind('/');
    CaseFilter::InDispute dispute;
    auto const year = last == std::string_view::npos ? std::string_view() : value.substr(last + 1);
    auto const [end, error] = std::from_chars(year.data(), year.data() + year.size(), dispute.year);
    if (first == last || error != std::errc() || end != year.data() + year.size()) {
        return in.fault("dispute", "dispute 应当是“类别/结果/年份”。");
    }
    auto const kind = value.substr(0, first);
    auto const result = value.substr(first + 1, last - first - 1);
    dispute.pending = result == "pending";
    if (kind != "any") dispute.kind = in.term<workflow::DisputeKind>("dispute", kind);
    if (result != "any" && !dispute.pending) dispute.result = in.term<workflow::DisputeResult>("dispute", result);
    in.filter.dispute = dispute;
}

void read_sort(FilterReader& in, std::string_view value) {
    if (value == "due")
        in.filter.sort = CaseSort::Due;
    else if (value == "received")
        in.filter.sort = CaseSort::Received;
    else if (value == "number")
        in.filter.sort = CaseSort::Number;
    else if (value == "concluded")
        in.filter.sort = CaseSort::Concluded;
    else
        in.fault("sort", "sort 只能是 due、received、number 或 concluded。");
}

void read_limit(FilterReader& in, std::string_view value) {
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), in.filter.limit);
    bool const whole = error == std::errc() && end == value.data() + value.size();
    if (!whole || in.filter.limit < 1 || in.filter.limit > kLongestPage) {
        in.fault("limit", "limit 应当是 1 到 200 之间的整数。");
    }
}

void read_text(FilterReader& in, std::string_view value) {
    in.filter.text = std::string(value);
    if (workflow::characters(value) > kLongestWanted) in.fault("q", "搜索内容最多100个字。");
}

workflow::Code code_of(std::string_view value) { return workflow::Code{std::string(value)}; }

// clang-format off
std::vector<Parameter> const& parameters() {
    static std::vector<Parameter> const table{
        {{"state", "状态；可用逗号列出多个", list_of(codes_schema<workflow::State>())}, [](FilterReader& in, std::string_view value) {
            for_each_part(value, [&](std::string_view part) {
                if (auto const state = in.term<workflow::State>("state", part)) in.filter.states.push_back(*state);
            });
        }},
        {{"stage", "阶段", codes_schema<workflow::Stage>()}, read_stage},
        {{"agency", "机关代码，含其下级机关"}, read_agency},
        {{"agency_only", "机关代码，不含其下级机关"}, read_agency_only},
        {{"department", "内设机构代码"}, [](FilterReader& in, std::string_view value) { in.filter.department = code_of(value); }},
        {{"assignee", "承办人账号"}, [](FilterReader& in, std::string_view value) { in.filter.assignee = code_of(value); }},
        {{"channel", "渠道", codes_schema<workflow::Channel>()}, [](FilterReader& in, std::string_view value) { in.filter.channel = in.term<workflow::Channel>("channel", value); }},
        {{"outcome", "办理结果；可用逗号列出多个", list_of(codes_schema<workflow::Outcome>())}, [](FilterReader& in, std::string_view value) {
            for_each_part(value, [&](std::string_view part) {
                if (auto const outcome = in.term<workflow::Outcome>("outcome", part)) in.filter.outcomes.push_back(*outcome);
            });
        }},
        {{"applicant_kind", "申请人类型", codes_schema<workflow::ApplicantKind>()}, [](FilterReader& in, std::string_view value) { in.filter.applicant_kind = in.term<workflow::ApplicantKind>("applicant_kind", value); }},
        {{"due_before", "在办的，答复期限早于这一天", answer_schema<workflow::Date>()}, [](FilterReader& in, std::string_view value) { in.filter.due_before = in.date("due_before", value); }},
        {{"due_after", "在办的，答复期限晚于这一天", answer_schema<workflow::Date>()}, [](FilterReader& in, std::string_view value) { in.filter.due_after = in.date("due_after", value); }},
        {{"last_day_before", "答复期限早于这一天，含已答复的", answer_schema<workflow::Date>()}, [](FilterReader& in, std::string_view value) { in.filter.last_day_before = in.date("last_day_before", value); }},
        {{"last_day_after", "答复期限晚于这一天，含已答复的", answer_schema<workflow::Date>()}, [](FilterReader& in, std::string_view value) { in.filter.last_day_after = in.date("last_day_after", value); }},
        {{"received_before", "收到日期早于这一天；未确认收到的按提交日期", answer_schema<workflow::Date>()}, [](FilterReader& in, std::string_view value) { in.filter.received_before = in.date("received_before", value); }},
        {{"received_after", "收到日期晚于这一天；未确认收到的按提交日期", answer_schema<workflow::Date>()}, [](FilterReader& in, std::string_view value) { in.filter.received_after = in.date("received_after", value); }},
        {{"concluded_before", "办结日期早于这一天", answer_schema<workflow::Date>()}, [](FilterReader& in, std::string_view value) { in.filter.concluded_before = in.date("concluded_before", value); }},
        {{"concluded_after", "办结日期晚于这一天", answer_schema<workflow::Date>()}, [](FilterReader& in, std::string_view value) { in.filter.concluded_after = in.date("concluded_after", value); }},
        {{"open_on", "这一天结束时已收到、还没有办结", answer_schema<workflow::Date>()}, [](FilterReader& in, std::string_view value) { in.filter.open_on = in.date("open_on", value); }},
        {{"import", "导入批次"}, [](FilterReader& in, std::string_view value) { in.filter.batch = code_of(value); }},
        {{"dispute", "复议诉讼：类别，斜线后为结果或 pending（尚未审结），再斜线后为年份，如 review/upheld/2026；类别可以为 any；结果为 any 时，列出当年审结的和年底尚未审结的"}, read_dispute},
        {{"open", "true：在办；false：已办结", answer_schema<bool>()}, [](FilterReader& in, std::string_view value) { in.filter.open = in.yes_or_no("open", value); }},
        {{"paused", "true：征求意见中；false：其他", answer_schema<bool>()}, [](FilterReader& in, std::string_view value) { in.filter.paused = in.yes_or_no("paused", value); }},
        {{"contact_unchecked", "true：联系方式待核验的；false：其他", answer_schema<bool>()}, [](FilterReader& in, std::string_view value) { in.filter.contact_unchecked = in.yes_or_no("contact_unchecked", value); }},
        {{"on_time", "true：按时答复；false：逾期答复", answer_schema<bool>()}, [](FilterReader& in, std::string_view value) { in.filter.on_time = in.yes_or_no("on_time", value); }},
        {{"anew", "true：依复议决定、判决重新答复的；false：其他，即计入年度报告的", answer_schema<bool>()}, [](FilterReader& in, std::string_view value) { in.filter.anew = in.yes_or_no("anew", value); }},
        {{"card", "红黄牌", codes_schema<workflow::CardLevel>()}, [](FilterReader& in, std::string_view value) { in.filter.card = in.term<workflow::CardLevel>("card", value); }},
        {{"q", "受理编号、申请人姓名、电话、证件号码，或标题、描述中的文字", {{"type", "string"}, {"maxLength", kLongestWanted}}}, read_text},
        {{"mine", "1：只列我的待办", enumeration({"1", "true"})}, read_mine},
        {{"unclaimed", "1：只列已分到部门、还没有人承办的", enumeration({"1", "true"})}, [](FilterReader& in, std::string_view value) { in.filter.unclaimed = is_on(in, "unclaimed", value); }},
        {{"watched", "1：只列我关注的", enumeration({"1", "true"})}, [](FilterReader& in, std::string_view value) {
            if (is_on(in, "watched", value)) in.filter.watched_by = in.call.actor.id;
        }},
        {{"sort", "按答复期限、收到日期、受理编号或办结日期排列；按办结日期时只列已办结的", enumeration({"due", "received", "number", "concluded"})}, read_sort},
        {{"limit", "每页件数", whole_number(1, kLongestPage)}, read_limit},
        {{"cursor", "上一页的 next_cursor"}, [](FilterReader& in, std::string_view value) { in.filter.cursor = std::string(value); }},
    };
    return table;
}
// clang-format on

}  // namespace

boost::system::result<CaseFilter, http::Problem> case_filter(
    Call const& call, std::vector<http::Parameter> const& query
) {
    FilterReader reader{call, {}, {}};
    for (auto const& [name, value] : query) {
        auto const found = std::ranges::find(parameters(), name, [](Parameter const& each) { return each.shown.name; });
        if (found == parameters().end())
            reader.fault(name.substr(0, 40), "没有名为“" + name.substr(0, 40) + "”的筛选条件。");
        else if (!value.empty())
            found->read(reader, value);
    }
    if (!reader.errors.empty()) return invalid_input(std::move(reader.errors));
    return std::move(reader.filter);
}

std::vector<QueryParameter> case_filter_parameters() {
    std::vector<QueryParameter> shown;
    for (auto const& parameter : parameters()) shown.push_back(parameter.shown);
    return shown;
}

}  // namespace server::api
