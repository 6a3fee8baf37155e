#pragma once

#include "workflow/words/roles.hpp"
#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>
#include <optional>

/// The words of the field, one table each: enumerator, code, Chinese label. A code is stored and sent; a label is
/// shown. Codes stand in the journal for ever: rows may be added at the end, never renamed.
namespace workflow {

// clang-format off

/// The five steps of 条例第四十五条, shown as the progress bar.
enum class Stage : std::uint8_t { Registration, Review, Handling, Reply, Archive };
inline constexpr std::array kStages{
    Term{Stage::Registration, "registration", "登记"},
    Term{Stage::Review,       "review",       "审核"},
    Term{Stage::Handling,     "handling",     "办理"},
    Term{Stage::Reply,        "reply",        "答复"},
    Term{Stage::Archive,      "archive",      "归档"},
};
constexpr auto const& terms(Stage) { return kStages; }

enum class State : std::uint8_t {
    Submitted, Registered, Correcting, Explaining, AwaitingPayment, Handling, Approving, Dispatching, Replied, Lapsed, Archived
};
inline constexpr std::array kStates{
    Term{State::Submitted,       "submitted",        "待登记"},
    Term{State::Registered,      "registered",       "待审核"},
    Term{State::Correcting,      "correcting",       "待补正"},
    Term{State::Explaining,      "explaining",       "待说明理由"},
    Term{State::AwaitingPayment, "awaiting_payment", "待缴费"},
    Term{State::Handling,        "handling",         "办理中"},
    Term{State::Approving,       "approving",        "审批中"},
    Term{State::Dispatching,     "dispatching",      "待送达"},
    Term{State::Replied,         "replied",          "已答复"},
    Term{State::Lapsed,          "lapsed",           "已终止"},
    Term{State::Archived,        "archived",         "已归档"},
};
constexpr auto const& terms(State) { return kStates; }

/// What else is known of each state: its stage, whether the case has ended, and whose turn it is where nothing in the
/// case says more (awaited_role in case.hpp).
struct StateRule {
    State state;
    Stage stage;
    bool concluded;
    std::optional<Role> turn;
};
inline constexpr std::array kStateRules{
    StateRule{State::Submitted,       Stage::Registration, false, Role::Registrar},
    StateRule{State::Registered,      Stage::Review,       false, Role::Reviewer},
    StateRule{State::Correcting,      Stage::Review,       false, Role::Applicant},
    StateRule{State::Explaining,      Stage::Review,       false, Role::Applicant},
    StateRule{State::AwaitingPayment, Stage::Review,       false, Role::Applicant},
    StateRule{State::Handling,        Stage::Handling,     false, Role::Handler},
    StateRule{State::Approving,       Stage::Handling,     false, std::nullopt},
    StateRule{State::Dispatching,     Stage::Reply,        false, Role::Registrar},
    StateRule{State::Replied,         Stage::Reply,        true,  Role::Registrar},
    StateRule{State::Lapsed,          Stage::Reply,        true,  Role::Registrar},
    StateRule{State::Archived,        Stage::Archive,      true,  std::nullopt},
};
static_assert(kStateRules.size() == kStates.size() && is_in_order(kStateRules, &StateRule::state));
constexpr StateRule const& rule_of(State state) { return kStateRules[static_cast<std::size_t>(state)]; }
constexpr Stage stage_of(State state) { return rule_of(state).stage; }

/// The way a request came in; what fixes its day of receipt (条例第三十一条).
enum class Channel : std::uint8_t { Counter, RegisteredMail, OrdinaryMail, Online, Fax, Email, App };
inline constexpr std::array kChannels{
    Term{Channel::Counter,        "counter",         "当面"},
    Term{Channel::RegisteredMail, "registered_mail", "邮寄（签收）"},
    Term{Channel::OrdinaryMail,   "ordinary_mail",   "平信"},
    Term{Channel::Online,         "online",          "网站"},
    Term{Channel::Fax,            "fax",             "传真"},
    Term{Channel::Email,          "email",           "电子邮件"},
    Term{Channel::App,            "app",             "移动端"},
};
constexpr auto const& terms(Channel) { return kChannels; }

/// Whether applicants hand in by this channel themselves; what comes by any other is registered by staff.
constexpr bool is_online(Channel channel) { return channel == Channel::Online || channel == Channel::App; }

/// The six columns of 年度报告表三.
enum class ApplicantKind : std::uint8_t { NaturalPerson, Business, Research, PublicWelfare, LegalService, OtherOrg };
inline constexpr std::array kApplicantKinds{
    Term{ApplicantKind::NaturalPerson, "natural_person", "自然人"},
    Term{ApplicantKind::Business,      "business",       "商业企业"},
    Term{ApplicantKind::Research,      "research",       "科研机构"},
    Term{ApplicantKind::PublicWelfare, "public_welfare", "社会公益组织"},
    Term{ApplicantKind::LegalService,  "legal_service",  "法律服务机构"},
    Term{ApplicantKind::OtherOrg,      "other_org",      "其他"},
};
constexpr auto const& terms(ApplicantKind) { return kApplicantKinds; }

/// The form in which the information is wanted (条例第四十条).
enum class ProvideAs : std::uint8_t { Paper, Electronic, Disc };
inline constexpr std::array kProvideAs{
    Term{ProvideAs::Paper,      "paper",      "纸质"},
    Term{ProvideAs::Electronic, "electronic", "电子"},
    Term{ProvideAs::Disc,       "disc",       "光盘"},
};
constexpr auto const& terms(ProvideAs) { return kProvideAs; }

/// The way the reply goes out.
enum class ObtainBy : std::uint8_t { Post, Email, Fax, PickUp, ReadOnSite, Download };
inline constexpr std::array kObtainBy{
    Term{ObtainBy::Post,       "post",         "邮寄"},
    Term{ObtainBy::Email,      "email",        "电子邮件"},
    Term{ObtainBy::Fax,        "fax",          "传真"},
    Term{ObtainBy::PickUp,     "pick_up",      "自行领取"},
    Term{ObtainBy::ReadOnSite, "read_on_site", "当场阅读、抄录"},
    Term{ObtainBy::Download,   "download",     "网上下载"},
};
constexpr auto const& terms(ObtainBy) { return kObtainBy; }

/// When an online request counts as received: a setting of each agency (指导案例26号; 条例第三十一条第三项).
enum class OnlineReceipt : std::uint8_t { OnSubmission, ByStaff };
inline constexpr std::array kOnlineReceipts{
    Term{OnlineReceipt::OnSubmission, "on_submission", "提交当日视为收到"},
    Term{OnlineReceipt::ByStaff,      "by_staff",      "工作人员确认之日为收到"},
};
constexpr auto const& terms(OnlineReceipt) { return kOnlineReceipts; }

/// Where a department looked before it says that information does not exist (指导案例101号).
enum class SearchPlace : std::uint8_t { BusinessUnit, ArchiveRoom, OfficeSystem, Other };
inline constexpr std::array kSearchPlaces{
    Term{SearchPlace::BusinessUnit, "business_unit", "业务科室"},
    Term{SearchPlace::ArchiveRoom,  "archive_room",  "档案室"},
    Term{SearchPlace::OfficeSystem, "office_system", "办公系统"},
    Term{SearchPlace::Other,        "other",         "其他"},
};
constexpr auto const& terms(SearchPlace) { return kSearchPlaces; }

/// What the consulted side says (条例第三十二条、第三十四条).
enum class Stance : std::uint8_t { Agreed, PartlyAgreed, Objected };
inline constexpr std::array kStances{
    Term{Stance::Agreed,       "agreed",        "同意公开"},
    Term{Stance::PartlyAgreed, "partly_agreed", "部分同意公开"},
    Term{Stance::Objected,     "objected",      "不同意公开"},
};
constexpr auto const& terms(Stance) { return kStances; }

/// How a consultation ended without an opinion. 逾期 comes from the daily run alone.
enum class NoOpinion : std::uint8_t { Undeliverable, Withdrawn, Silent };
inline constexpr std::array kNoOpinions{
    Term{NoOpinion::Undeliverable, "undeliverable", "无法送达"},
    Term{NoOpinion::Withdrawn,     "withdrawn",     "撤回征求"},
    Term{NoOpinion::Silent,        "silent",        "逾期未答"},
};
constexpr auto const& terms(NoOpinion) { return kNoOpinions; }

/// 109号第三条: each piece is charged by one of the two tariffs, never both.
enum class FeeBasis : std::uint8_t { PerItem, PerPage };
inline constexpr std::array kFeeBases{
    Term{FeeBasis::PerItem, "per_item", "按件"},
    Term{FeeBasis::PerPage, "per_page", "按量"},
};
constexpr auto const& terms(FeeBasis) { return kFeeBases; }

/// Entries that are no request. Whatever else was handed in is answered by a reply.
enum class RejectionGround : std::uint8_t { TestEntry, DoubleEntry };
inline constexpr std::array kRejectionGrounds{
    Term{RejectionGround::TestEntry,   "test_entry",   "测试录入"},
    Term{RejectionGround::DoubleEntry, "double_entry", "重复录入"},
};
constexpr auto const& terms(RejectionGround) { return kRejectionGrounds; }

/// How an applicant has withdrawn the request.
enum class WithdrawalMeans : std::uint8_t { Online, Written, Oral };
inline constexpr std::array kWithdrawalMeans{
    Term{WithdrawalMeans::Online,  "online",  "网上"},
    Term{WithdrawalMeans::Written, "written", "书面"},
    Term{WithdrawalMeans::Oral,    "oral",    "口头"},
};
constexpr auto const& terms(WithdrawalMeans) { return kWithdrawalMeans; }

enum class DeliveryResult : std::uint8_t { Signed, Accepted, Refused, Returned, Left, Announced };
inline constexpr std::array kDeliveryResults{
    Term{DeliveryResult::Signed,   "signed",   "已签收"},
    Term{DeliveryResult::Accepted, "accepted", "对方系统已接收"},
    Term{DeliveryResult::Refused,  "refused",  "拒收"},
    Term{DeliveryResult::Returned, "returned", "退回"},
    Term{DeliveryResult::Left,      "left",      "留置送达"},
    Term{DeliveryResult::Announced, "announced", "公告送达"},
};
constexpr auto const& terms(DeliveryResult) { return kDeliveryResults; }

/// Whether the letter reached the other side, so that a limit can run from that day. Whether a refused one counts as
/// served is for a court to say; then it is left with witnesses (留置) or, where nobody is found, announced (公告).
constexpr bool is_service(DeliveryResult result) {
    return result != DeliveryResult::Refused && result != DeliveryResult::Returned;
}

/// The three blocks of 年度报告表四.
enum class DisputeKind : std::uint8_t { Review, DirectSuit, SuitAfterReview };
inline constexpr std::array kDisputeKinds{
    Term{DisputeKind::Review,          "review",            "行政复议"},
    Term{DisputeKind::DirectSuit,      "direct_suit",       "未经复议直接起诉"},
    Term{DisputeKind::SuitAfterReview, "suit_after_review", "复议后起诉"},
};
constexpr auto const& terms(DisputeKind) { return kDisputeKinds; }

enum class DisputeResult : std::uint8_t { Upheld, Corrected, Other };
inline constexpr std::array kDisputeResults{
    Term{DisputeResult::Upheld,    "upheld",    "结果维持"},
    Term{DisputeResult::Corrected, "corrected", "结果纠正"},
    Term{DisputeResult::Other,     "other",     "其他结果"},
};
constexpr auto const& terms(DisputeResult) { return kDisputeResults; }

/// 红黄牌.
enum class CardLevel : std::uint8_t { Blue, Yellow, Red, SevereRed };
inline constexpr std::array kCardLevels{
    Term{CardLevel::Blue,      "blue",       "蓝牌提醒"},
    Term{CardLevel::Yellow,    "yellow",     "黄牌预警"},
    Term{CardLevel::Red,       "red",        "红牌超时"},
    Term{CardLevel::SevereRed, "severe_red", "严重红牌"},
};
constexpr auto const& terms(CardLevel) { return kCardLevels; }

// clang-format on

static_assert(is_well_formed<Stage>() && is_well_formed<State>() && is_well_formed<Channel>());
static_assert(is_well_formed<ApplicantKind>() && is_well_formed<ProvideAs>());
static_assert(is_well_formed<ObtainBy>() && is_well_formed<OnlineReceipt>() && is_well_formed<SearchPlace>());
static_assert(is_well_formed<Stance>() && is_well_formed<NoOpinion>() && is_well_formed<FeeBasis>());
static_assert(is_well_formed<DeliveryResult>() && is_well_formed<DisputeKind>() && is_well_formed<DisputeResult>());
static_assert(is_well_formed<CardLevel>() && is_well_formed<RejectionGround>() && is_well_formed<WithdrawalMeans>());

}  // namespace workflow
