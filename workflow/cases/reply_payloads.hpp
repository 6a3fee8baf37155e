#pragma once

#include "workflow/cases/notices.hpp"
#include "workflow/cases/policy.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/outcomes.hpp"
#include "workflow/words/reply_words.hpp"
#include "workflow/words/vocabulary.hpp"

#include <optional>
#include <string>
#include <vector>

/// 答复 (条例第三十六条至第四十条), its way to the applicant (国办公开办函〔2016〕235号), and 归档.
namespace workflow {

/// The answer to one requested item.
struct ItemReply {
    Outcome outcome{};
    std::optional<Limb> limb;
    std::optional<std::string> reference;  ///< as OutcomeRule::reference says
    std::optional<std::string> reason;
    std::optional<std::string> separation;      ///< why nothing in it can be separated (条例第三十七条)
    std::optional<ProvideAs> provided_as = {};  ///< where it differs from what was asked for (条例第四十条)
    std::optional<Date> opened_on = {};  ///< the day on which the handler opened the address and saw the information
    std::optional<Location> location = {};
    std::vector<Statement> statements = {};
    std::optional<std::string> public_interest = {};  ///< 不公开是否会对公共利益造成重大影响 (条例第十五条)
    std::optional<std::string> responsible_agency = {};  ///< whose information it is, where it is not ours (第十条)
    bool operator==(ItemReply const&) const = default;
};

constexpr auto fields(std::type_identity<ItemReply>) {
    using T = ItemReply;
    return std::tuple{
        field("outcome", &T::outcome, "办理结果"),
        field("limb", &T::limb, "具体情形"),
        field("reference", &T::reference, "依据的材料或去向", {1, kLongText}),
        field("reason", &T::reason, "理由（会印在答复书里）", {1, kLongText}),
        field("separation", &T::separation, "不能区分处理的说明", {1, kLongText}),
        field("provided_as", &T::provided_as, "实际提供的形式（与申请不同时填写）"),
        field("opened_on", &T::opened_on, "打开网址核实的日期", {.when = When::Fact}),
        field("location", &T::location, "信息现在何处"),
        field("statements", &T::statements, "已逐项确认", {0, std::ssize(kStatements)}),
        field(
            "public_interest",
            &T::public_interest,
            "不公开是否会对公共利益造成重大影响（会印在答复书里）",
            {1, kLongText}
        ),
        field("responsible_agency", &T::responsible_agency, "负责公开的机关名称（能够确定的）", {2, kShortText})};
}

/// What a third party that did not agree is told of a disclosure: what is disclosed and why (条例第三十二条). Neither
/// names the applicant.
struct ThirdPartyNotice {
    Code consultation;
    std::string content;
    std::string reason;
    bool operator==(ThirdPartyNotice const&) const = default;
};

constexpr auto fields(std::type_identity<ThirdPartyNotice>) {
    using T = ThirdPartyNotice;
    return std::tuple{
        field("consultation", &T::consultation, "征求意见编号", {1, 10}),
        field("content", &T::content, "决定公开的信息内容（会印给第三方，不写申请人）", {4, kLongText}),
        field("reason", &T::reason, "决定公开的理由（会印给第三方，不写申请人）", {kShortestReason, kLongText})};
}

/// 拟写的答复.
struct ReplyDraft {
    Outcome outcome{};             ///< the case's one outcome
    std::vector<ItemReply> items;  ///< in the order of the application
    std::string text;
    std::optional<bool> tells_searches = {};  ///< whether the letter says what was searched; not given: as is usual
    std::vector<ThirdPartyNotice> third_party_notices = {};
    bool operator==(ReplyDraft const&) const = default;
};

constexpr auto fields(std::type_identity<ReplyDraft>) {
    using T = ReplyDraft;
    return std::tuple{
        field("outcome", &T::outcome, "办理结果"),
        field("items", &T::items, "逐项答复", {1, 20}),
        field("text", &T::text, "答复正文", {4, 20000}),
        field("tells_searches", &T::tells_searches, "答复书写明检索情况"),
        field("third_party_notices", &T::third_party_notices, "告知第三方的内容和理由", {0, 20})};
}

/// Why a reply is submitted for approval although this check does not hold.
struct Waiver {
    Check check{};
    std::string reason;
    bool operator==(Waiver const&) const = default;
};

constexpr auto fields(std::type_identity<Waiver>) {
    using T = Waiver;
    return std::tuple{
        field("check", &T::check, "检查项"), field("reason", &T::reason, "理由", {kShortestReason, kLongText})};
}

struct ReplySubmission {
    std::vector<Waiver> waivers;
    bool operator==(ReplySubmission const&) const = default;
};

constexpr auto fields(std::type_identity<ReplySubmission>) {
    return std::tuple{field("waivers", &ReplySubmission::waivers, "没有通过的检查和理由", {0, std::ssize(kChecks)})};
}

/// 审批通过, and what was looked at before it. A program that signs elsewhere may leave that out; where it is said, it
/// is what stands now (Guard::SeenAsItStands).
struct ReplyApproval {
    std::optional<std::string> remark;
    std::optional<int> seen_round = {};  ///< Case::round() of the draft that was shown
    std::vector<Code> seen_files = {};   ///< those going out with the reply, by their SHA-256
    bool operator==(ReplyApproval const&) const = default;
};

constexpr auto fields(std::type_identity<ReplyApproval>) {
    using T = ReplyApproval;
    return std::tuple{
        field("remark", &T::remark, "说明", {1, kLongText}),
        field("seen_round", &T::seen_round, "看过第几轮送审的答复", {1, 1000}),
        field("seen_files", &T::seen_files, "看过的附件", {0, 1000})};
}

/// How the reply was sent.
struct Dispatch {
    ObtainBy method{};
    Date dispatched_on{};
    std::optional<Code> tracking_number;  ///< required by post: 邮政企业 only (国办公开办函〔2016〕235号)
    std::optional<std::string> recipient;
    std::optional<std::string> fax_report = {};  ///< of the transmission: its number, or the file that holds it
    bool operator==(Dispatch const&) const = default;
};

constexpr auto fields(std::type_identity<Dispatch>) {
    using T = Dispatch;
    return std::tuple{
        field("method", &T::method, "送达方式"),
        field("dispatched_on", &T::dispatched_on, "送出日期", {.when = When::Effect}),
        field("tracking_number", &T::tracking_number, "邮政单号", {6, 40}),
        field("recipient", &T::recipient, "收件人或签收人", {2, kShortText}),
        field("fax_report", &T::fax_report, "传真发送报告（编号，或者附件的名称）", {2, kShortText})};
}

/// A reply that was on its way by e-mail or to be downloaded has not arrived.
struct SendingFailure {
    ObtainBy method{};
    std::string reason;
    bool operator==(SendingFailure const&) const = default;
};

constexpr auto fields(std::type_identity<SendingFailure>) {
    using T = SendingFailure;
    return std::tuple{
        field("method", &T::method, "送达方式"), field("reason", &T::reason, "没有送到的原因", {1, kShortText})};
}

/// 送达: when and how a letter reached its addressee. Which letter: the consultation or the notice that is named; else
/// the notice that the case waits on; else the reply.
struct DeliveryRecord {
    std::optional<Code> consultation;
    DeliveryResult result{};
    Date delivered_on{};
    std::optional<std::string> signer;
    std::optional<NoticeKind> letter = {};  ///< of a notice; the one that the case waits on need not be named
    std::optional<Date> reply_by = {};      ///< of a correction notice that names no day: its last day, from service
    std::optional<Date> sent_on = {};       ///< of a consultation that went out later than on the day of its entry
    bool operator==(DeliveryRecord const&) const = default;
};

constexpr auto fields(std::type_identity<DeliveryRecord>) {
    using T = DeliveryRecord;
    return std::tuple{
        field("consultation", &T::consultation, "征求意见编号", {1, 10}),
        field("result", &T::result, "送达结果"),
        field("delivered_on", &T::delivered_on, "日期", {.when = When::Fact}),
        field("signer", &T::signer, "签收人", {1, kShortText}),
        field("letter", &T::letter, "文书（补正、说明理由、延期、延迟、收费）"),
        field("reply_by", &T::reply_by, "申请人的期限", {.given = true}),
        field("sent_on", &T::sent_on, "征求意见书的寄出日期（不是登记当天寄出的才填写）", {.when = When::Fact})};
}

/// 归档, with the term for which the case is kept (档案).
struct ArchiveNote {
    int retention_years = 0;
    std::optional<std::string> remark;
    bool operator==(ArchiveNote const&) const = default;
};

constexpr auto fields(std::type_identity<ArchiveNote>) {
    using T = ArchiveNote;
    return std::tuple{
        field("retention_years", &T::retention_years, "保管年限", {10, 100}),
        field("remark", &T::remark, "说明", {1, kLongText})};
}

}  // namespace workflow
