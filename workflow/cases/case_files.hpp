#pragma once

#include "workflow/people/personal_data.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/outcomes.hpp"
#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// A file of a case (what somebody handed in): its state, what is examined before it goes out, what is blacked out in
/// it.
namespace workflow {

// clang-format off

enum class FileState : std::uint8_t {
    Available, AwaitingScan, AwaitingExamination, Infected, Quarantined, Destroyed
};
inline constexpr std::array kFileStates{
    Term{FileState::Available,           "available",            "可以使用"},
    Term{FileState::AwaitingScan,        "awaiting_scan",        "待查毒"},
    Term{FileState::AwaitingExamination, "awaiting_examination", "待查，还没有检查完"},
    Term{FileState::Infected,            "infected",             "查出病毒，已隔离"},
    Term{FileState::Quarantined,         "quarantined",          "已隔离，等待审核"},
    Term{FileState::Destroyed,           "destroyed",            "已销毁"},
};
constexpr auto const& terms(FileState) { return kFileStates; }

/// What is decided about a quarantined file; one proposes, another confirms (保守国家秘密法第五十七条).
enum class QuarantineDecision : std::uint8_t { Release, Destroy };
inline constexpr std::array kQuarantineDecisions{
    Term{QuarantineDecision::Release, "release", "经审核不涉密，解除隔离"},
    Term{QuarantineDecision::Destroy, "destroy", "涉密，销毁并按规定报告"},
};
constexpr auto const& terms(QuarantineDecision) { return kQuarantineDecisions; }

/// What a file may hold that its reader was not meant to get.
enum class FindingKind : std::uint8_t {
    HiddenSheet, HiddenRow, HiddenColumn, Comment, TrackedChange, HiddenText, Property, ImageMetadata, Location,
    CoveredText, Annotation, EmbeddedFile, Script, HiddenLayer, IdNumber, Phone, BankCard, Address, Unread
};
inline constexpr std::array kFindingKinds{
    Term{FindingKind::HiddenSheet,   "hidden_sheet",   "隐藏的工作表"},
    Term{FindingKind::HiddenRow,     "hidden_row",     "隐藏的行"},
    Term{FindingKind::HiddenColumn,  "hidden_column",  "隐藏的列"},
    Term{FindingKind::Comment,       "comment",        "批注"},
    Term{FindingKind::TrackedChange, "tracked_change", "修订痕迹"},
    Term{FindingKind::HiddenText,    "hidden_text",    "隐藏的文字"},
    Term{FindingKind::Property,      "property",       "文档属性（作者、单位等）"},
    Term{FindingKind::ImageMetadata, "image_metadata", "拍摄信息"},
    Term{FindingKind::Location,      "location",       "拍摄地点"},
    Term{FindingKind::CoveredText,   "covered_text",   "被遮盖但仍可复制的文字"},
    Term{FindingKind::Annotation,    "annotation",     "批注和标记"},
    Term{FindingKind::EmbeddedFile,  "embedded_file",  "嵌入的文件"},
    Term{FindingKind::Script,        "script",         "脚本"},
    Term{FindingKind::HiddenLayer,   "hidden_layer",   "可以隐藏的图层"},
    Term{FindingKind::IdNumber,      "id_number",      "公民身份号码"},
    Term{FindingKind::Phone,         "phone",          "手机号码"},
    Term{FindingKind::BankCard,      "bank_card",      "银行卡号"},
    Term{FindingKind::Address,       "address",        "住址"},
    Term{FindingKind::Unread,        "unread",         "不能自动检查的内容，请逐页查看"},
};
constexpr auto const& terms(FindingKind) { return kFindingKinds; }

/// How a finding can be settled beside a waiver.
enum class Treatment : std::uint8_t { Remove, Mask, Redact, WaiverOnly };
inline constexpr std::array kTreatments{
    Term{Treatment::Remove,     "remove",      "生成清理后的副本"},
    Term{Treatment::Mask,       "mask",        "在副本中打码"},
    Term{Treatment::Redact,     "redact",      "涂黑后重新生成"},
    Term{Treatment::WaiverOnly, "waiver_only", "只能说明理由并由他人复核"},
};
constexpr auto const& terms(Treatment) { return kTreatments; }

// clang-format on

static_assert(is_well_formed<FileState>() && is_well_formed<QuarantineDecision>());
static_assert(is_well_formed<FindingKind>() && is_well_formed<Treatment>());

constexpr FindingKind finding_of(PersonalKind kind) {
    return static_cast<FindingKind>(static_cast<int>(FindingKind::IdNumber) + static_cast<int>(kind));
}
static_assert(code(finding_of(PersonalKind::Address)) == code(PersonalKind::Address));

/// One thing to be settled before the file goes out.
struct Finding {
    FindingKind kind{};
    Treatment treatment{};
    std::string place;    ///< 第3页, 名单!B7, 第12段
    std::string excerpt;  ///< enough to recognise it; personal data are masked
    bool operator==(Finding const&) const = default;
};

/// A rectangle of a page to be blacked out, in thousandths of its width and height from the upper left corner, and the
/// limb of the article by which it is not public (条例第三十七条: 能够作区分处理的, the rest is disclosed).
struct RedactedArea {
    int page = 1;
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    Limb limb{};
    bool operator==(RedactedArea const&) const = default;
};

struct Redaction {
    std::vector<RedactedArea> areas;
    bool operator==(Redaction const&) const = default;
};

struct QuarantineProposal {
    QuarantineDecision decision{};
    std::string reason;
    bool operator==(QuarantineProposal const&) const = default;
};

// clang-format off
constexpr auto fields(std::type_identity<Finding>) {
    using T = Finding;
    return std::tuple{
        field("kind", &T::kind, "类别"),
        field("treatment", &T::treatment, "办法"),
        field("place", &T::place, "位置"),
        field("excerpt", &T::excerpt, "内容")};
}

constexpr auto fields(std::type_identity<RedactedArea>) {
    using T = RedactedArea;
    return std::tuple{
        field("page", &T::page, "页", {1, 500}),
        field("x", &T::x, "左边（千分之）", {0, 1000}),
        field("y", &T::y, "上边（千分之）", {0, 1000}),
        field("width", &T::width, "宽（千分之）", {1, 1000}),
        field("height", &T::height, "高（千分之）", {1, 1000}),
        field("limb", &T::limb, "依据")};
}

constexpr auto fields(std::type_identity<Redaction>) {
    return std::tuple{field("areas", &Redaction::areas, "涂黑的区域", {0, 1000})};
}

constexpr auto fields(std::type_identity<QuarantineProposal>) {
    using T = QuarantineProposal;
    return std::tuple{
        field("decision", &T::decision, "处理意见"),
        field("reason", &T::reason, "理由", {4, kLongText})};
}
// clang-format on

}  // namespace workflow
