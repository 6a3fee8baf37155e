#include "workflow/letters/evidence.hpp"

namespace workflow {

std::string_view proof_purpose(LetterKind kind) { return rule_of(kind).proof; }

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
        case SheetKind::Remedies:
            return "已告知的救济途径和各自的最后一天";
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
