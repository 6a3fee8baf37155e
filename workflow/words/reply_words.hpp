#pragma once

#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>

/// The words by which a drafted reply is examined before it goes up for approval (checks.hpp).
namespace workflow {

// clang-format off

/// What a reply is checked for: each a cause for which agencies have lost their case. checks.cpp has one row for each.
enum class Check : std::uint8_t {
    FeeSplit, SearchAgrees, NotInOwnRegistry, ObjectionRespected, ExceptionsConsidered,
    ReasonIsSpecific, AnsweredBefore, NotARequest, LocationNamed, FormAsAsked, RemedyKnown, RemedyNotTyped, SignedByTheAgency,
    AddressOpened, NoPersonalData, DatesAgree, OwnJudgement, EnclosuresThere, SomethingProvided, CoOpinionsGiven,
    ApplicantHidden, ProhibitionNamed
};
inline constexpr std::array kChecks{
    Term{Check::FeeSplit,             "fee_split",             "没有为收费而拆分申请"},
    Term{Check::SearchAgrees,         "search_agrees",         "答复与检索结果一致"},
    Term{Check::NotInOwnRegistry,     "not_in_own_registry",   "本机关没有公开过相近的信息"},
    Term{Check::ObjectionRespected,   "objection_respected",   "第三方理由成立的，不予公开"},
    Term{Check::ExceptionsConsidered, "exceptions_considered", "确认了不予公开的各项条件"},
    Term{Check::ReasonIsSpecific,     "reason_is_specific",    "理由具体，不只是重复条文"},
    Term{Check::AnsweredBefore,       "answered_before",       "重复申请：同一申请人，首次申请已经答复"},
    Term{Check::NotARequest,          "not_a_request",         "确认申请没有要求提供文件、记录"},
    Term{Check::LocationNamed,        "location_named",        "写明信息现在何处"},
    Term{Check::FormAsAsked,          "form_as_asked",         "提供的形式与申请一致，或说明了理由"},
    Term{Check::RemedyKnown,          "remedy_known",          "登记了复议机关和管辖法院"},
    Term{Check::RemedyNotTyped,       "remedy_not_typed",      "救济途径由系统生成，正文不另写"},
    Term{Check::SignedByTheAgency,    "signed_by_the_agency",  "落款是本机关，不是内设机构"},
    Term{Check::AddressOpened,        "address_opened",        "公开网址已打开核实"},
    Term{Check::NoPersonalData,       "no_personal_data",      "答复中没有个人信息"},
    Term{Check::DatesAgree,           "dates_agree",           "正文中的日期无误"},
    Term{Check::OwnJudgement,         "own_judgement",         "理由是本机关自己的判断，不只是第三方的意见"},
    Term{Check::EnclosuresThere,      "enclosures_there",      "写了“附件”的，附件已经上传并标为随答复提供"},
    Term{Check::SomethingProvided,    "something_provided",    "公开的内容确有提供，或者写明了怎样获取"},
    Term{Check::CoOpinionsGiven,      "co_opinions_given",     "协办部门的意见已经收齐"},
    Term{Check::ApplicantHidden,      "applicant_hidden",      "给第三方的告知没有透露申请人"},
    Term{Check::ProhibitionNamed,     "prohibition_named",     "法律、行政法规禁止公开的，写明是哪一部"},
};
constexpr auto const& terms(Check) { return kChecks; }

/// What follows when a check does not hold.
enum class Severity : std::uint8_t {
    Blocking,  ///< it has to be put right
    Waivable   ///< or answered for: with a reason under the handler's name, which every approver sees
};
inline constexpr std::array kSeverities{
    Term{Severity::Blocking, "block", "必须改正"},
    Term{Severity::Waivable, "waive", "改正，或说明理由"},
};
constexpr auto const& terms(Severity) { return kSeverities; }

/// What the handler affirms about an item, in answer to the questions of the article that it is refused under.
enum class Statement : std::uint8_t { NoOutsideEffect, ProceedingOpen, NoLawOrdersDisclosure, AsksForNoDocument, TransferTermOver };
inline constexpr std::array kStatements{
    Term{Statement::NoOutsideEffect,       "no_outside_effect",        "只供内部使用，对外部没有直接影响"},
    Term{Statement::ProceedingOpen,        "proceeding_open",          "所涉事项还没有作出最终决定"},
    Term{Statement::NoLawOrdersDisclosure, "no_law_orders_disclosure", "没有法律、法规、规章规定它应当公开"},
    Term{Statement::AsksForNoDocument,     "asks_for_no_document",     "申请没有要求提供任何文件、记录"},
    Term{Statement::TransferTermOver,      "transfer_term_over",       "移交国家档案馆的期限已经届满，不是提前移交"},
};
constexpr auto const& terms(Statement) { return kStatements; }

/// Where the information lies: what is still in the agency's own archive room falls under the 条例 like any other.
enum class Location : std::uint8_t { BusinessUnit, OwnArchiveRoom, NationalArchives, OtherBody };
inline constexpr std::array kLocations{
    Term{Location::BusinessUnit,     "business_unit",     "本机关业务科室"},
    Term{Location::OwnArchiveRoom,   "own_archive_room",  "本机关档案室"},
    Term{Location::NationalArchives, "national_archives", "已移交国家档案馆"},
    Term{Location::OtherBody,        "other_body",        "由其他单位保管"},
};
constexpr auto const& terms(Location) { return kLocations; }

// clang-format on

static_assert(is_well_formed<Check>() && is_well_formed<Severity>());
static_assert(is_well_formed<Statement>() && is_well_formed<Location>());

}  // namespace workflow
