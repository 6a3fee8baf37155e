#pragma once

#include "workflow/time/clock.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/vocabulary.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

/// 办理 (条例第四十五条): who handles the request, the search (第三十六条第四项), 征求意见 (第三十二条、第三十四条),
/// 延长 (第三十三条) and 延迟 (第三十五条).
namespace workflow {

/// 审核分办: the department that handles the request, and those that help.
struct Acceptance {
    Code department;
    std::vector<Code> co_departments;
    std::optional<std::string> remark;
    bool operator==(Acceptance const&) const = default;
};

constexpr auto fields(std::type_identity<Acceptance>) {
    using T = Acceptance;
    return std::tuple{
        field("department", &T::department, "主办部门", {1, 60}),
        field("co_departments", &T::co_departments, "协办部门", {0, 10}),
        field("remark", &T::remark, "分办意见", {1, kLongText})};
}

struct Assignment {
    Code assignee;
    bool operator==(Assignment const&) const = default;
};

constexpr auto fields(std::type_identity<Assignment>) {
    return std::tuple{field("assignee", &Assignment::assignee, "承办人", {1, 60})};
}

/// 转办: from one department of the agency to another.
struct Transfer {
    Code department;
    std::string reason;
    bool operator==(Transfer const&) const = default;
};

constexpr auto fields(std::type_identity<Transfer>) {
    using T = Transfer;
    return std::tuple{
        field("department", &T::department, "转往部门", {1, 60}), field("reason", &T::reason, "理由", {4, kLongText})};
}

/// 协办意见: what a department that helps has to say.
struct CoOpinion {
    Code department;  ///< of whoever writes it
    std::string text;
    bool operator==(CoOpinion const&) const = default;
};

constexpr auto fields(std::type_identity<CoOpinion>) {
    using T = CoOpinion;
    return std::tuple{
        field("department", &T::department, "协办部门", {.given = true}),
        field("text", &T::text, "协办意见", {4, kLongText})};
}

/// 检索记录: 信息不存在 (条例第三十六条第四项) can only be answered after a search that is written down.
/// Whether what names these requested items, from 1, is about this one, from 0. What names none is about all of them.
inline bool is_about(std::vector<int> const& items, std::size_t item) {
    return items.empty() || std::ranges::find(items, static_cast<int>(item) + 1) != items.end();
}

struct SearchRecord {
    std::vector<SearchPlace> places;
    std::vector<std::string> keywords;
    std::string searchers;
    Date searched_on{};
    bool found = false;
    std::string result;                         ///< internal: it may name a classified file or a third party
    std::optional<std::string> statement = {};  ///< what letters say of this search, beside its day and its places
    std::vector<int> items = {};                ///< which requested items were searched for, from 1; empty: all
    bool operator==(SearchRecord const&) const = default;
};

constexpr auto fields(std::type_identity<SearchRecord>) {
    using T = SearchRecord;
    return std::tuple{
        field("places", &T::places, "查过的地方", {1, 4}),
        field("keywords", &T::keywords, "检索词", {1, 20}),
        field("searchers", &T::searchers, "检索人", {2, kShortText}),
        field("searched_on", &T::searched_on, "检索日期", {.when = When::Fact}),
        field("found", &T::found, "是否找到"),
        field("result", &T::result, "检索结果（内部记录，不印在文书里）", {4, kLongText}),
        field("statement", &T::statement, "检索情况说明（会印在答复书里）", {4, kLongText}),
        field("items", &T::items, "检索的是申请的第几项（不填为全部）", {0, 20})};
}

/// 征求意见书, to a third party (条例第三十二条), to an agency that took part in making the information (第三十四条) or
/// to the authority in charge (第三十三条第三款).
struct ConsultationLetter {
    ConsultationKind kind{};
    std::string addressee;
    std::string question;
    std::optional<Date> served_on;
    Code id;                      ///< "c1", "c2", … as FillIn in decide.cpp numbers them
    std::vector<int> items = {};  ///< which requested items it is about, from 1; empty in older cases: all of them
    std::optional<std::string> content = {};  ///< what of them is at stake, in the agency's own words
    bool operator==(ConsultationLetter const&) const = default;
};

constexpr auto fields(std::type_identity<ConsultationLetter>) {
    using T = ConsultationLetter;
    return std::tuple{
        field("kind", &T::kind, "征求对象类别"),
        field("addressee", &T::addressee, "征求对象", {2, kShortText}),
        field("question", &T::question, "征求意见的内容（不写明申请人）", {4, kLongText}),
        field("served_on", &T::served_on, "送达日期", {.when = When::Fact}),
        field("id", &T::id, "编号", {.given = true}),
        field("items", &T::items, "涉及申请的第几项", {0, 20}),
        field("content", &T::content, "涉及的信息内容（会印在征求意见书里，不写申请人的姓名和原话）", {4, kLongText})};
}

/// What the consulted side answers.
struct Opinion {
    Code consultation;
    Date received_on{};
    Stance stance{};
    std::optional<bool> grounds_reasonable;  ///< required where the other side objects (条例第三十二条)
    std::string text;
    std::optional<std::string> judgement = {};  ///< what the agency itself makes of the grounds (条例第三十二条)
    bool operator==(Opinion const&) const = default;
};

constexpr auto fields(std::type_identity<Opinion>) {
    using T = Opinion;
    return std::tuple{
        field("consultation", &T::consultation, "征求意见编号", {1, 10}),
        field("received_on", &T::received_on, "收到日期", {.when = When::Effect}),
        field("stance", &T::stance, "意见"),
        field("grounds_reasonable", &T::grounds_reasonable, "不同意的理由是否成立"),
        field("text", &T::text, "意见内容（内部记录，不印在文书里）", {2, kLongText}),
        field("judgement", &T::judgement, "本机关对不同意理由的判断", {4, kLongText})};
}

/// A consultation that ends without an answer.
struct ConsultationEnd {
    Code consultation;
    NoOpinion why{};
    Date ended_on{};
    std::optional<std::string> remark;
    bool operator==(ConsultationEnd const&) const = default;
};

constexpr auto fields(std::type_identity<ConsultationEnd>) {
    using T = ConsultationEnd;
    return std::tuple{
        field("consultation", &T::consultation, "征求意见编号", {1, 10}),
        field("why", &T::why, "原因"),
        field("ended_on", &T::ended_on, "结束日期", {.when = When::Effect}),
        field("remark", &T::remark, "说明", {1, kLongText})};
}

/// 延长答复期限 (条例第三十三条), as the handler proposes it.
struct ExtensionProposal {
    int days = 0;  ///< working days
    std::string reason;
    bool operator==(ExtensionProposal const&) const = default;
};

constexpr auto fields(std::type_identity<ExtensionProposal>) {
    using T = ExtensionProposal;
    return std::tuple{
        field("days", &T::days, "延长的工作日", {1, kLongestExtension.length}),
        field("reason", &T::reason, "理由", {4, kLongText})};
}

/// The approval of the head of the office. `days` repeats the open proposal, so that the event says it by itself.
struct ExtensionApproval {
    std::optional<std::string> opinion;
    int days = 0;
    bool operator==(ExtensionApproval const&) const = default;
};

constexpr auto fields(std::type_identity<ExtensionApproval>) {
    using T = ExtensionApproval;
    return std::tuple{
        field("opinion", &T::opinion, "意见", {1, kLongText}),
        field("days", &T::days, "延长的工作日", {.given = true})};
}

/// 延迟答复 (条例第三十五条): where the reasons for the volume are sound but the usual period is too short.
struct Deferral {
    Date to{};
    std::string reason;
    bool operator==(Deferral const&) const = default;
};

constexpr auto fields(std::type_identity<Deferral>) {
    using T = Deferral;
    return std::tuple{
        field("to", &T::to, "延迟答复至", {.when = When::Limit}), field("reason", &T::reason, "理由", {4, kLongText})};
}

}  // namespace workflow
