#pragma once

#include "workflow/time/date.hpp"
#include "workflow/words/actions.hpp"
#include "workflow/words/card_words.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/vocabulary.hpp"

#include <optional>
#include <string>

/// 监督 (条例第四十七条): 红黄牌 with the steps of their procedure, and 督办.
namespace workflow {

/// A card that the system issues.
struct CardIssue {
    CardLevel level{};
    CardCause cause{};
    Date due{};          ///< the last day that the cause is measured against
    int workdays = 0;    ///< on the day of issue: left until `due`; negative when late
    int other_reds = 0;  ///< of a red card: how many others the agency got in the 30 days before; set by the case store
    Code id;             ///< "k1", "k2", … as FillIn in decide.cpp numbers them
    bool operator==(CardIssue const&) const = default;
};

constexpr auto fields(std::type_identity<CardIssue>) {
    using T = CardIssue;
    return std::tuple{
        field("level", &T::level, "牌别"),
        field("cause", &T::cause, "事由"),
        field("due", &T::due, "所依据的期限"),
        field("workdays", &T::workdays, "发牌时剩余（负数为超过）的工作日", {.given = true}),
        field("other_reds", &T::other_reds, "此前30日内本机关的其他红牌", {.given = true}),
        field("id", &T::id, "编号", {.given = true})};
}

/// A step of the procedure of one card; `card` is its id. The same below.
struct CardRemark {
    Code card;
    std::optional<std::string> remark;
    bool operator==(CardRemark const&) const = default;
};

constexpr auto fields(std::type_identity<CardRemark>) {
    using T = CardRemark;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}), field("remark", &T::remark, "说明", {1, kLongText})};
}

struct CardReport {
    Code card;
    std::string text;
    bool operator==(CardReport const&) const = default;
};

constexpr auto fields(std::type_identity<CardReport>) {
    using T = CardReport;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}), field("text", &T::text, "内容", {4, kLongText})};
}

struct CardExplanation {
    Code card;
    std::string reason;
    std::string responsible;
    std::string measures;
    bool operator==(CardExplanation const&) const = default;
};

constexpr auto fields(std::type_identity<CardExplanation>) {
    using T = CardExplanation;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}),
        field("reason", &T::reason, "原因", {4, kLongText}),
        field("responsible", &T::responsible, "责任人", {2, kShortText}),
        field("measures", &T::measures, "整改措施", {4, kLongText})};
}

struct CardInspection {
    Code card;
    bool substantiated = false;
    std::string text;
    bool operator==(CardInspection const&) const = default;
};

constexpr auto fields(std::type_identity<CardInspection>) {
    using T = CardInspection;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}),
        field("substantiated", &T::substantiated, "核查属实"),
        field("text", &T::text, "核查情况", {4, kLongText})};
}

struct CardSettlement {
    Code card;
    CardResult result{};
    std::string text;
    bool operator==(CardSettlement const&) const = default;
};

constexpr auto fields(std::type_identity<CardSettlement>) {
    using T = CardSettlement;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}),
        field("result", &T::result, "处理结果"),
        field("text", &T::text, "处理情况", {4, kLongText})};
}

/// A step that was not done by its day, of which the agency above is told.
struct CardEscalation {
    Code card;
    Action step{};
    bool operator==(CardEscalation const&) const = default;
};

constexpr auto fields(std::type_identity<CardEscalation>) {
    using T = CardEscalation;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}), field("step", &T::step, "逾期的步骤", {.given = true})};
}

/// 督办: an order of the agency above.
struct SupervisionOrder {
    std::string requirement;
    Date due{};
    bool operator==(SupervisionOrder const&) const = default;
};

constexpr auto fields(std::type_identity<SupervisionOrder>) {
    using T = SupervisionOrder;
    return std::tuple{
        field("requirement", &T::requirement, "督办要求", {4, kLongText}),
        field("due", &T::due, "完成期限", {.when = When::Limit})};
}

/// 签收 of a reminder or an order.
struct Acknowledgement {
    Code reminder;
    bool operator==(Acknowledgement const&) const = default;
};

constexpr auto fields(std::type_identity<Acknowledgement>) {
    return std::tuple{field("urging", &Acknowledgement::reminder, "签收哪一件", {1, 10})};
}

}  // namespace workflow
