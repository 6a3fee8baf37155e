#include "server/api/case_filter.hpp"

#include "workflow/text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "server/api/input.hpp"

namespace server::api {
namespace {

using storage::CaseFilter;
using storage::CaseSort;

constexpr std::int64_t kLongestPage = 200;
constexpr std::int64_t kLongestText = 100;

struct Reader {
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

    std::optional<workflow::Date> date(std::string_view name, std::string_view text) {
        auto const found = workflow::parse_date(text);
        if (!found) fault(name, std::string(name) + " 应当是 YYYY-MM-DD 形式的真实日期。");
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
    void (*read)(Reader&, std::string_view value);
};

void read_stage(Reader& in, std::string_view value) {
    auto const stage = in.term<workflow::Stage>("stage", value);
    for (auto const& state : workflow::kStates) {
        if (stage && workflow::stage_of(state.value) == *stage) in.filter.states.push_back(state.value);
    }
}

void read_agency(Reader& in, std::string_view value) {
    in.filter.agencies = in.call.directory->subtree(workflow::Code{std::string(value)});
    if (in.filter.agencies.empty()) in.fault("agency", "没有代码为“" + std::string(value.substr(0, 40)) + "”的机关。");
}

void read_mine(Reader& in, std::string_view value) {
    if (value != "1" && value != "true") return in.fault("mine", "mine 只能是 1 或 true。");
    in.filter.mine = CaseFilter::Mine{in.call.actor.id, in.call.actor.roles};
}

void read_sort(Reader& in, std::string_view value) {
    if (value == "due")
        in.filter.sort = CaseSort::Due;
    else if (value == "received")
        in.filter.sort = CaseSort::Received;
    else if (value == "number")
        in.filter.sort = CaseSort::Number;
    else
        in.fault("sort", "sort 只能是 due、received 或 number。");
}

void read_limit(Reader& in, std::string_view value) {
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), in.filter.limit);
    bool const whole = error == std::errc() && end == value.data() + value.size();
    if (!whole || in.filter.limit < 1 || in.filter.limit > kLongestPage) {
        in.fault("limit", "limit 应当是 1 到 200 之间的整数。");
    }
}

void read_text(Reader& in, std::string_view value) {
    in.filter.text = std::string(value);
    if (workflow::characters(value) > kLongestText) in.fault("q", "搜索内容最多100个字。");
}

workflow::Code code_of(std::string_view value) { return workflow::Code{std::string(value)}; }

// clang-format off
std::vector<Parameter> const& parameters() {
    static std::vector<Parameter> const table{
        {{"state", "状态;可用逗号列出多个"}, [](Reader& in, std::string_view value) {
            for_each_part(value, [&](std::string_view part) {
                if (auto const state = in.term<workflow::State>("state", part)) in.filter.states.push_back(*state);
            });
        }},
        {{"stage", "阶段"}, read_stage},
        {{"agency", "机关代码,含其下级机关"}, read_agency},
        {{"department", "内设机构代码"}, [](Reader& in, std::string_view value) { in.filter.department = code_of(value); }},
        {{"assignee", "承办人账号"}, [](Reader& in, std::string_view value) { in.filter.assignee = code_of(value); }},
        {{"channel", "渠道"}, [](Reader& in, std::string_view value) { in.filter.channel = in.term<workflow::Channel>("channel", value); }},
        {{"outcome", "办理结果"}, [](Reader& in, std::string_view value) { in.filter.outcome = in.term<workflow::Outcome>("outcome", value); }},
        {{"due_before", "答复期限早于这一天"}, [](Reader& in, std::string_view value) { in.filter.due_before = in.date("due_before", value); }},
        {{"due_after", "答复期限晚于这一天"}, [](Reader& in, std::string_view value) { in.filter.due_after = in.date("due_after", value); }},
        {{"card", "红黄牌"}, [](Reader& in, std::string_view value) { in.filter.card = in.term<workflow::CardLevel>("card", value); }},
        {{"q", "受理编号、申请人姓名、电话、证件号码,或标题、描述中的文字"}, read_text},
        {{"mine", "1:只列我的待办"}, read_mine},
        {{"sort", "due、received 或 number"}, read_sort},
        {{"limit", "每页件数,1 到 200"}, read_limit},
        {{"cursor", "上一页的 next_cursor"}, [](Reader& in, std::string_view value) { in.filter.cursor = std::string(value); }},
    };
    return table;
}
// clang-format on

}  // namespace

boost::system::result<CaseFilter, http::Problem> case_filter(Call const& call) {
    Reader reader{call, {}, {}};
    for (auto const& [name, value] : call.request.target.query) {
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
