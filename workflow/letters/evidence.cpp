#include "workflow/letters/evidence.hpp"

namespace workflow {

std::string_view proof_purpose(LetterKind kind) {
    switch (kind) {
        case LetterKind::Receipt:
            return "收到申请的日期和申请的内容，答复期限的起算";
        case LetterKind::CorrectionNotice:
            return "申请内容不明确，已在7个工作日内一次性告知补正事项和期限";
        case LetterKind::ExplanationNotice:
            return "申请的数量、频次明显超过合理范围，已要求说明理由";
        case LetterKind::ExtensionNotice:
            return "延长答复期限经负责人同意，并已告知申请人";
        case LetterKind::ThirdPartyConsultation:
        case LetterKind::JointAgencyConsultation:
        case LetterKind::AuthorityConsultation:
            return "已依法征求意见，征求意见所需时间不计入答复期限";
        case LetterKind::ConsultationNotice:
            return "已告知申请人征求意见和不计入期限的情况";
        case LetterKind::DisclosureDecision:
            return "决定公开，并已将决定和理由告知第三方";
        case LetterKind::Deferral:
            return "已告知申请人延迟答复的期限和理由";
        case LetterKind::FeeNotice:
            return "信息处理费的依据、标准和金额，缴费前不计入期限";
        case LetterKind::Termination:
            return "办理终止的事实和依据";
        case LetterKind::Disclosed:
        case LetterKind::AlreadyPublic:
        case LetterKind::Refused:
        case LetterKind::Partial:
        case LetterKind::NotHeld:
        case LetterKind::NotOurAgency:
        case LetterKind::Repeated:
        case LetterKind::SpecialLaw:
        case LetterKind::NeedsProcessing:
        case LetterKind::StillUnclear:
        case LetterKind::Petition:
        case LetterKind::Reissue:
        case LetterKind::Publication:
        case LetterKind::Abusive:
        case LetterKind::Other:
            return "答复的内容、事实根据、法律依据和告知的救济途径";
    }
    return {};
}

std::string_view proof_purpose(SheetKind kind) {
    switch (kind) {
        case SheetKind::Registration:
            return "申请人的身份、申请的内容和收到申请的日期";
        case SheetKind::Search:
            return "已对申请的信息尽到合理的检索义务";
        case SheetKind::Secrecy:
            return "答复前已逐项进行保密审查";
        case SheetKind::Legal:
            return "答复前已进行法制审核";
        case SheetKind::Approval:
            return "答复经逐级审批，由负责人签发";
        case SheetKind::Delivery:
            return "答复的送达方式和日期，未超过法定期限";
        case SheetKind::Contents:
            return "案卷的组成";
    }
    return {};
}

Document evidence_list(Case const& c, Issuer const& issuer, std::vector<EvidencePaper> const& evidence, Date on) {
    Table table{{"序号", "证据名称", "形成日期", "证明目的", "页数"}, {2, 8, 5, 9, 2}, {}};
    for (auto const& each : evidence) {
        table.rows.push_back(
            {std::to_string(table.rows.size() + 1),
             each.paper,
             each.on ? to_string(*each.on) : "—",
             std::string(each.proof_purpose),
             each.pages ? std::to_string(*each.pages) : "—"}
        );
    }
    Document list;
    list.agency = issuer.name;
    list.title = "证据目录";
    list.body.emplace_back(Paragraph{
        std::string("政府信息公开申请").append(c.number.value).append("一案，本机关提交下列证据、依据：")});
    list.body.emplace_back(std::move(table));
    list.signed_by = issuer.name;
    list.dated = on;
    list.sealed = true;
    return list;
}

}  // namespace workflow
