#pragma once

#include "workflow/people/application.hpp"
#include "workflow/words/outcomes.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What is handed in and what the agency asks of the applicant before it handles the request: 登记
/// (条例第二十九条、第三十一条), 补正 (第三十条), 说明理由 (第三十五条), 信息处理费 (第四十二条), and a line of an
/// earlier ledger.
namespace workflow {

/// A request that the applicant hands in online (条例第二十九条).
struct Submission {
    Application application;
    Channel channel = Channel::Online;  ///< one of the two by which applicants hand in themselves: online or app
    std::optional<Date> received_on;    ///< where the agency takes the day of submission for the day of receipt
    bool operator==(Submission const&) const = default;
};

constexpr auto fields(std::type_identity<Submission>) {
    using T = Submission;
    return std::tuple{
        field("application", &T::application, "申请表"),
        field("channel", &T::channel, "渠道"),
        field("received_on", &T::received_on, "收到日期", {.given = true})};
}

/// An offline request, entered by a registrar with the evidence of its day of receipt (条例第三十一条).
struct Registration {
    Application application;
    Channel channel{};
    Date received_on{};
    std::string evidence;  ///< signer and tracking number, contact attempts, the clerk at the counter
    std::optional<std::string> id_exception;  ///< why an identity number with a wrong check digit was accepted
    bool operator==(Registration const&) const = default;
};

constexpr auto fields(std::type_identity<Registration>) {
    using T = Registration;
    return std::tuple{
        field("application", &T::application, "申请表"),
        field("channel", &T::channel, "渠道"),
        field("received_on", &T::received_on, "收到日期", {.when = When::Effect}),
        field("evidence", &T::evidence, "收到日期的凭据", {2, kLongText}),
        field("id_exception", &T::id_exception, "证件号码校验不符仍予登记的理由", {4, kLongText})};
}

/// Where a case came from that was not handed in here: one line of the ledger (台账) that an agency kept before.
struct LedgerSource {
    Code batch;                         ///< the import that brought it
    std::optional<std::string> number;  ///< 受理编号 in that ledger
    std::optional<std::string> remark;
    bool operator==(LedgerSource const&) const = default;
};

constexpr auto fields(std::type_identity<LedgerSource>) {
    using T = LedgerSource;
    return std::tuple{
        field("batch", &T::batch, "导入批次", {1, 60}),
        field("number", &T::number, "原受理编号", {1, 60}),
        field("remark", &T::remark, "备注", {1, kLongText})};
}

/// A request with its dates and its outcome as an earlier ledger has them.
struct LedgerRecord {
    Application application;
    Channel channel{};
    Date received_on{};
    State state{};  ///< in hand, or how far it had come after its end
    std::optional<Code> department;
    std::optional<Outcome> outcome;
    std::optional<Date> concluded_on;
    std::optional<Code> reply_number;  ///< 文号 of the reply
    LedgerSource source;
    bool operator==(LedgerRecord const&) const = default;
};

constexpr auto fields(std::type_identity<LedgerRecord>) {
    using T = LedgerRecord;
    return std::tuple{
        field("application", &T::application, "申请表"),
        field("channel", &T::channel, "渠道"),
        field("received_on", &T::received_on, "收到日期", {.when = When::Effect}),
        field("state", &T::state, "状态"),
        field("department", &T::department, "承办部门", {1, 60}),
        field("outcome", &T::outcome, "办理结果"),
        field("concluded_on", &T::concluded_on, "答复日期", {.when = When::Fact}),
        field("reply_number", &T::reply_number, "答复文号", {1, 60}),
        field("source", &T::source, "来源")};
}

/// What a form lacks of what 条例第二十九条 asks for: a ground to ask for a correction beside 内容不明确 (第三十条).
enum class FormGap : std::uint8_t { Identity, Contact, Authorization };
inline constexpr std::array kFormGaps{
    Term{FormGap::Identity, "identity", "身份证明"},
    Term{FormGap::Contact, "contact", "联系方式"},
    Term{FormGap::Authorization, "authorization", "授权委托书"},
};
constexpr auto const& terms(FormGap) { return kFormGaps; }
static_assert(is_well_formed<FormGap>());

/// 提出不予登记: by one person, for another to carry out (reject_submission) or to decline.
struct RejectionProposal {
    RejectionGround ground{};
    std::optional<Code> double_of;  ///< 受理编号 of the entry that remains, where this one doubles it
    std::string reason;             ///< printed in the letter
    bool operator==(RejectionProposal const&) const = default;
};

constexpr auto fields(std::type_identity<RejectionProposal>) {
    using T = RejectionProposal;
    return std::tuple{
        field("ground", &T::ground, "不予登记的原因"),
        field("double_of", &T::double_of, "保留的那一件的受理编号（重复录入的填写）", {1, 64}),
        field("reason", &T::reason, "情况说明（会印在告知书里）", {4, kLongText})};
}

/// 撤回申请. Staff record it with how, when and by what it can be proved; where the applicant does it here, the system
/// fills in how and when.
struct Withdrawal {
    std::string reason;
    std::optional<WithdrawalMeans> means = {};
    std::optional<Date> withdrawn_on = {};      ///< the day on which it reached the agency
    std::optional<int> file = {};               ///< written: the applicant's paper, by its number in the case
    std::optional<std::string> recording = {};  ///< oral: the number of the recording, or of the signed note
    bool operator==(Withdrawal const&) const = default;
};

constexpr auto fields(std::type_identity<Withdrawal>) {
    using T = Withdrawal;
    return std::tuple{
        field("reason", &T::reason, "理由（会印在告知书里）", {4, kLongText}),
        field("means", &T::means, "撤回的方式"),
        field("withdrawn_on", &T::withdrawn_on, "撤回日期", {.when = When::Fact}),
        field("file", &T::file, "书面撤回的，撤回书是本申请的第几号文件", {1, 10'000}),
        field("recording", &T::recording, "口头撤回的，录音或者签字笔录的编号", {2, kShortText})};
}

/// 要求补正 (条例第三十条).
struct CorrectionRequest {
    std::vector<std::string> points;  ///< every point at once: 一次性告知
    std::string guidance;             ///< 指导和释明
    bool content_unclear = false;     ///< the reviewer confirms 内容确不明确
    std::optional<Date> reply_by;     ///< where it names no day, the period runs from the receipt of the letter
    int days = 0;                     ///< the agency's number of working days, where no day is named
    std::vector<FormGap> missing = {};

    bool has_ground() const { return content_unclear || !missing.empty(); }
    bool operator==(CorrectionRequest const&) const = default;
};

constexpr auto fields(std::type_identity<CorrectionRequest>) {
    using T = CorrectionRequest;
    return std::tuple{
        field("points", &T::points, "需要补正的内容（一次性列全）", {1, 20}),
        field("guidance", &T::guidance, "指导和释明", {4, kLongText}),
        field("content_unclear", &T::content_unclear, "确认申请内容确不明确"),
        field("reply_by", &T::reply_by, "补正期限（不填的，自申请人收到之日起算）", {.when = When::Limit}),
        field("days", &T::days, "补正期限的工作日数", {.given = true}),
        field("missing", &T::missing, "申请没有附的材料（条例第二十九条）", {0, kFormGaps.size()})};
}

/// What an applicant hands in later: a correction (条例第三十条) or the reasons for the volume (第三十五条).
struct Supplement {
    Date received_on{};  ///< today where the applicant does it
    std::string text;
    std::optional<std::string> excuse;  ///< 正当理由 of a late one, found to be so by a reviewer
    // What a correction adds to the form, or puts right in it (条例第二十九条第二款第一项).
    std::optional<IdType> id_type = {};
    std::optional<std::string> id_number = {};
    std::optional<std::string> phone = {};
    std::optional<std::string> email = {};
    std::optional<std::string> address = {};
    bool operator==(Supplement const&) const = default;
};

constexpr auto fields(std::type_identity<Supplement>) {
    using T = Supplement;
    return std::tuple{
        field("received_on", &T::received_on, "收到日期", {.when = When::Effect}),
        field("text", &T::text, "内容", {1, kLongText}),
        field("excuse", &T::excuse, "逾期的正当理由", {4, kLongText}),
        field("id_type", &T::id_type, "补交的证件名称"),
        field("id_number", &T::id_number, "补交的证件号码", {1, 40}),
        field("phone", &T::phone, "补交的联系电话", {1, 40}),
        field("email", &T::email, "补交的电子邮箱", {3, 254}),
        field("address", &T::address, "补交的通信地址", {1, kShortText})};
}

/// The form as the correction has it: what it brings takes the place of what was there.
inline Applicant with_supplement(Applicant applicant, Supplement const& supplement) {
    auto const bring = [](auto& member, auto const& brought) {
        if (brought) member = brought;
    };
    bring(applicant.id_type, supplement.id_type);
    bring(applicant.id_number, supplement.id_number);
    bring(applicant.phone, supplement.phone);
    bring(applicant.email, supplement.email);
    bring(applicant.address, supplement.address);
    return applicant;
}

/// 要求说明理由 (条例第三十五条).
struct ExplanationRequest {
    std::string volume;  ///< the figures that make number or frequency clearly unreasonable
    Date reply_by{};
    bool operator==(ExplanationRequest const&) const = default;
};

constexpr auto fields(std::type_identity<ExplanationRequest>) {
    using T = ExplanationRequest;
    return std::tuple{
        field("volume", &T::volume, "数量、频次情况", {4, kLongText}),
        field("reply_by", &T::reply_by, "说明理由的期限", {.when = When::Limit})};
}

/// 通知缴费 (条例第四十二条, 国办函〔2020〕109号).
struct FeeNotice {
    FeeBasis basis{};
    int quantity = 0;         ///< per_item: which piece of the month it is, from 1; per_page: pages of this piece
    std::string alternative;  ///< 查阅、抄录 or a narrower request
    std::optional<Date> served_on;
    std::int64_t amount_fen = 0;  ///< computed from the tariff, never typed
    std::optional<int> pieces =
        {};  ///< per_item: how many pieces the form was split into (109号第四条); one if not said

    /// The last piece of the month that the notice charges for.
    int last_piece() const { return quantity + pieces.value_or(1) - 1; }
    bool operator==(FeeNotice const&) const = default;
};

constexpr auto fields(std::type_identity<FeeNotice>) {
    using T = FeeNotice;
    return std::tuple{
        field("basis", &T::basis, "收费方式"),
        field("quantity", &T::quantity, "当月第几件，或页数", {1, 1'000'000}),
        field("alternative", &T::alternative, "可替代的方式（查阅、抄录或缩小范围）", {4, kLongText}),
        field("served_on", &T::served_on, "通知送达日期", {.when = When::Fact}),
        field("amount_fen", &T::amount_fen, "金额（分）", {.given = true}),
        field("pieces", &T::pieces, "这份申请按一事一申请分为几件（按件计费）", {1, 1000})};
}

struct Payment {
    Date paid_on{};
    Code receipt_number;
    std::optional<std::string> excuse;
    bool operator==(Payment const&) const = default;
};

constexpr auto fields(std::type_identity<Payment>) {
    using T = Payment;
    return std::tuple{
        field("paid_on", &T::paid_on, "缴费日期", {.when = When::Effect}),
        field("receipt_number", &T::receipt_number, "票据号码", {1, 60}),
        field("excuse", &T::excuse, "逾期的正当理由", {4, kLongText})};
}

}  // namespace workflow
