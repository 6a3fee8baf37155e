#pragma once

#include "workflow/people/application.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

/// What may follow a reply: 好差评 and what a bad mark asks for, 复议 and 诉讼 with the new reply that they may order,
/// 建议主动公开 (条例第四十四条) and 更正 of records about oneself (第四十一条).
namespace workflow {

// clang-format off

/// Decides how long it may take to rectify what a bad mark complained of.
enum class RatingGravity : std::uint8_t { Ordinary, Complex };
inline constexpr std::array kRatingGravities{
    Term{RatingGravity::Ordinary, "ordinary", "一般问题"},
    Term{RatingGravity::Complex,  "complex",  "复杂问题"},
};
constexpr auto const& terms(RatingGravity) { return kRatingGravities; }

/// What the investigator found after talking with the rater.
enum class RatingFinding : std::uint8_t { Founded, Mistaken, Malicious };
inline constexpr std::array kRatingFindings{
    Term{RatingFinding::Founded,   "founded",   "属实，需要整改"},
    Term{RatingFinding::Mistaken,  "mistaken",  "误评"},
    Term{RatingFinding::Malicious, "malicious", "恶意差评"},
};
constexpr auto const& terms(RatingFinding) { return kRatingFindings; }

/// 行政复议法: 简易程序 (第五十三条) shortens the time for the agency's reply.
enum class DisputeProcedure : std::uint8_t { Ordinary, Simplified };
inline constexpr std::array kDisputeProcedures{
    Term{DisputeProcedure::Ordinary,   "ordinary",   "普通程序"},
    Term{DisputeProcedure::Simplified, "simplified", "简易程序"},
};
constexpr auto const& terms(DisputeProcedure) { return kDisputeProcedures; }

enum class SuggestionDecision : std::uint8_t { Published, Declined };
inline constexpr std::array kSuggestionDecisions{
    Term{SuggestionDecision::Published, "published", "已主动公开"},
    Term{SuggestionDecision::Declined,  "declined",  "不予主动公开"},
};
constexpr auto const& terms(SuggestionDecision) { return kSuggestionDecisions; }

/// The three ways of 条例第四十一条, and that the record is right as it stands.
enum class AmendmentResult : std::uint8_t { Amended, Forwarded, Referred, Refused };
inline constexpr std::array kAmendmentResults{
    Term{AmendmentResult::Amended,   "amended",   "已更正"},
    Term{AmendmentResult::Forwarded, "forwarded", "已转送有权更正的机关"},
    Term{AmendmentResult::Referred,  "referred",  "已告知向有权更正的机关提出"},
    Term{AmendmentResult::Refused,   "refused",   "记录准确，不予更正"},
};
constexpr auto const& terms(AmendmentResult) { return kAmendmentResults; }

// clang-format on

static_assert(is_well_formed<RatingGravity>() && is_well_formed<RatingFinding>() && is_well_formed<DisputeProcedure>());
static_assert(is_well_formed<SuggestionDecision>() && is_well_formed<AmendmentResult>());

// ---- 好差评 (国办发〔2019〕51号) ----

struct RatingGiven {
    int score = 0;  ///< 1 非常不满意 to 5 非常满意
    std::optional<std::string> text;
    bool operator==(RatingGiven const&) const = default;
};

constexpr auto fields(std::type_identity<RatingGiven>) {
    using T = RatingGiven;
    return std::tuple{
        field("score", &T::score, "评分（5 非常满意，1 非常不满意）", {1, 5}),
        field("text", &T::text, "评价内容", {1, kLongText})};
}

/// 追加评价, once.
struct RatingAddition {
    std::string text;
    bool operator==(RatingAddition const&) const = default;
};

constexpr auto fields(std::type_identity<RatingAddition>) {
    return std::tuple{field("text", &RatingAddition::text, "追加的评价", {1, kLongText})};
}

/// Who investigates a bad mark: somebody who had no part in the case.
struct RatingAssignment {
    Code investigator;
    RatingGravity gravity{};
    bool operator==(RatingAssignment const&) const = default;
};

constexpr auto fields(std::type_identity<RatingAssignment>) {
    using T = RatingAssignment;
    return std::tuple{
        field("investigator", &T::investigator, "核实人（不是承办人）", {1, 60}),
        field("gravity", &T::gravity, "问题性质")};
}

struct RatingContact {
    Date contacted_on{};
    RatingFinding finding{};
    std::string text;
    bool operator==(RatingContact const&) const = default;
};

constexpr auto fields(std::type_identity<RatingContact>) {
    using T = RatingContact;
    return std::tuple{
        field("contacted_on", &T::contacted_on, "联系日期", {.when = When::Effect}),
        field("finding", &T::finding, "核实结论"),
        field("text", &T::text, "核实情况", {4, kLongText})};
}

struct RatingRectification {
    Date rectified_on{};
    std::string measures;
    bool operator==(RatingRectification const&) const = default;
};

constexpr auto fields(std::type_identity<RatingRectification>) {
    using T = RatingRectification;
    return std::tuple{
        field("rectified_on", &T::rectified_on, "完成日期", {.when = When::Effect}),
        field("measures", &T::measures, "整改措施", {4, kLongText})};
}

struct RatingCallback {
    Date called_on{};
    bool satisfied = false;
    std::string text;
    bool operator==(RatingCallback const&) const = default;
};

constexpr auto fields(std::type_identity<RatingCallback>) {
    using T = RatingCallback;
    return std::tuple{
        field("called_on", &T::called_on, "回访日期", {.when = When::Effect}),
        field("satisfied", &T::satisfied, "评价人对处理满意"),
        field("text", &T::text, "回访情况", {2, kLongText})};
}

// ---- 复议和诉讼 (条例第五十一条) ----

struct DisputeOpening {
    DisputeKind kind{};
    std::string authority;
    Date received_on{};  ///< the day the copy reached the agency
    Code reference;
    Code id;                                         ///< "d1", "d2", … as FillIn in decide.cpp numbers them
    std::optional<DisputeProcedure> procedure = {};  ///< of a 复议; ordinary where nothing is said
    bool operator==(DisputeOpening const&) const = default;
};

constexpr auto fields(std::type_identity<DisputeOpening>) {
    using T = DisputeOpening;
    return std::tuple{
        field("kind", &T::kind, "类别"),
        field("authority", &T::authority, "复议机关或法院", {2, kShortText}),
        field("received_on", &T::received_on, "收到副本日期", {.when = When::Fact}),
        field("reference", &T::reference, "案号", {1, 60}),
        field("procedure", &T::procedure, "复议适用的程序（没有填写的按普通程序）"),
        field("id", &T::id, "编号", {.given = true})};
}

/// The agency's 答复 to the 复议机关, or its 答辩 to the court.
struct DisputeAnswer {
    Code dispute;
    Date answered_on{};
    bool operator==(DisputeAnswer const&) const = default;
};

constexpr auto fields(std::type_identity<DisputeAnswer>) {
    using T = DisputeAnswer;
    return std::tuple{
        field("dispute", &T::dispute, "复议诉讼编号", {1, 10}),
        field("answered_on", &T::answered_on, "提交日期", {.when = When::Fact})};
}

struct DisputeEnd {
    Code dispute;
    DisputeResult result{};
    Date decided_on{};
    bool operator==(DisputeEnd const&) const = default;
};

constexpr auto fields(std::type_identity<DisputeEnd>) {
    using T = DisputeEnd;
    return std::tuple{
        field("dispute", &T::dispute, "复议诉讼编号", {1, 10}),
        field("result", &T::result, "结果"),
        field("decided_on", &T::decided_on, "决定日期", {.when = When::Fact})};
}

/// 责令重新答复 (法释〔2025〕8号).
struct NewReplyOrder {
    Code dispute;
    Date received_on{};
    std::optional<Date> due;  ///< as ordered; where the decision sets none, kNewReplyPeriod
    bool operator==(NewReplyOrder const&) const = default;
};

constexpr auto fields(std::type_identity<NewReplyOrder>) {
    using T = NewReplyOrder;
    return std::tuple{
        field("dispute", &T::dispute, "复议诉讼编号", {1, 10}),
        field("received_on", &T::received_on, "收到决定日期", {.when = When::Fact}),
        field("due", &T::due, "责令的重新答复期限（没有写明的按20个工作日）", {.when = When::Limit})};
}

/// The case in which a reply is made anew: a case of its own beside the one whose reply did not stand.
struct NewReply {
    Application application;  ///< as it was handed in
    Channel channel{};
    Code origin;   ///< number of the case whose reply did not stand
    Code dispute;  ///< the dispute of that case which ordered it
    Date received_on{};
    Date due{};
    bool operator==(NewReply const&) const = default;
};

constexpr auto fields(std::type_identity<NewReply>) {
    using T = NewReply;
    return std::tuple{
        field("application", &T::application, "申请表"),
        field("channel", &T::channel, "渠道"),
        field("origin", &T::origin, "原申请件", {1, 60}),
        field("dispute", &T::dispute, "复议诉讼编号", {1, 10}),
        field("received_on", &T::received_on, "收到决定日期"),
        field("due", &T::due, "重新答复期限")};
}

// ---- 建议主动公开 (条例第四十四条) 和更正 (条例第四十一条) ----

struct SuggestionAnswer {
    SuggestionDecision decision{};
    std::optional<Code> publication;  ///< what was published
    std::optional<std::string> reason;
    bool operator==(SuggestionAnswer const&) const = default;
};

constexpr auto fields(std::type_identity<SuggestionAnswer>) {
    using T = SuggestionAnswer;
    return std::tuple{
        field("decision", &T::decision, "决定"),
        field("publication", &T::publication, "公开信息的编号", {26, 26}),
        field("reason", &T::reason, "不予公开的理由", {4, kLongText})};
}

struct AmendmentRequest {
    std::string record;
    std::string evidence;
    bool operator==(AmendmentRequest const&) const = default;
};

constexpr auto fields(std::type_identity<AmendmentRequest>) {
    using T = AmendmentRequest;
    return std::tuple{
        field("record", &T::record, "哪一处与自己有关的记录不准确，应当怎样记录", {4, kLongText}),
        field("evidence", &T::evidence, "证据", {4, kLongText})};
}

struct AmendmentAnswer {
    AmendmentResult result{};
    std::string text;
    bool operator==(AmendmentAnswer const&) const = default;
};

constexpr auto fields(std::type_identity<AmendmentAnswer>) {
    using T = AmendmentAnswer;
    return std::tuple{field("result", &T::result, "结果"), field("text", &T::text, "说明", {4, kLongText})};
}

}  // namespace workflow
