#include "workflow/letters/letters.hpp"

#include <array>

namespace workflow {

namespace {

// clang-format off

/// A reply: what was asked, what was searched, the answer to each item, law, remedy.
constexpr std::string_view kReply = R"(本机关于{case.received_on}收到{you}提出的政府信息公开申请（受理编号：{case.number}）。
补正材料于{case.corrected_on}收到。
{you}申请公开的内容是：
{case.items}
# 检索情况
{reply.searches}
# 审查和答复
{reply.text}
{reply.answers}
# 法律依据
{law}
# 救济途径
{remedy})";

/// The same where nothing had to be searched.
constexpr std::string_view kReplyWithoutSearch = R"(本机关于{case.received_on}收到{you}提出的政府信息公开申请（受理编号：{case.number}）。
补正材料于{case.corrected_on}收到。
{you}申请公开的内容是：
{case.items}
# 审查和答复
{reply.text}
{reply.answers}
# 法律依据
{law}
# 救济途径
{remedy})";

struct Text {
    LetterKind kind;
    std::string_view title;
    std::string_view body;
};

constexpr std::array kTexts{
    Text{LetterKind::Receipt, "政府信息公开申请登记回执", R"(本机关已收到{you}通过“{case.channel}”渠道提交的政府信息公开申请，收到申请的日期为{case.received_on}，受理编号为{case.number}。
{you}申请公开的内容是：
{case.items}
依照《中华人民共和国政府信息公开条例》第三十三条，本机关将在{case.reply_due}以前（含当日）答复。依法需要补正、征求意见、延长期限或者缴纳信息处理费的，本机关另行书面告知，答复期限相应调整。
可以登录{query.address}，凭受理编号和查询码查询办理进度。
也可以在办公时间（{agency.hours}）致电{agency.phone}查询。)"},
    Text{LetterKind::CorrectionNotice, "政府信息公开申请补正告知书", R"(本机关于{case.received_on}收到{you}提出的政府信息公开申请（受理编号：{case.number}）。
{you}申请公开的内容是：
{case.items}
经审查，{correction.grounds}。依照《中华人民共和国政府信息公开条例》第三十条，现一次性告知{you}补正下列事项：
{correction.points}
对补正的指导和释明：{correction.guidance}。
请在{correction.until}以前（含当日）将补正材料提交{agency.office}（地址：{agency.address}；电话：{agency.phone}）。答复期限自本机关收到补正的申请之日起重新计算。
无正当理由逾期不补正的，视为放弃申请，本机关不再处理该申请。
# 法律依据
{law})"},
    Text{LetterKind::ExplanationNotice, "政府信息公开申请说明理由告知书", R"(本机关于{case.received_on}收到{you}提出的政府信息公开申请（受理编号：{case.number}）。
{you}申请公开的内容是：
{case.items}
经核实，{you}申请公开政府信息的数量、频次情况为：{explanation.volume}。本机关认为已明显超过合理范围。
请在{explanation.until}以前（含当日）向{agency.office}书面说明申请理由（地址：{agency.address}；电话：{agency.phone}）。
理由合理的，本机关依法办理；在规定期限内无法答复的，本机关确定延迟答复的合理期限并告知{you}。理由不合理或者逾期不说明理由的，本机关依法告知{you}不予处理。
# 法律依据
{law})"},
    Text{LetterKind::ExtensionNotice, "政府信息公开延期答复告知书", R"(本机关于{case.received_on}收到{you}提出的政府信息公开申请（受理编号：{case.number}）。
{you}申请公开的内容是：
{case.items}
因{extension.reason}，本机关不能在{former_due}以前答复。经本机关政府信息公开工作机构负责人同意，答复期限延长{extension.days}个工作日，延长后的答复期限为{case.reply_due}（含当日）。
# 法律依据
{law})"},
    Text{LetterKind::ThirdPartyConsultation, "政府信息公开第三方意见征询书", R"(本机关收到公民、法人或者其他组织提出的政府信息公开申请，其中下列信息涉及贵方权益：
{case.items}
现就下列事项书面征求贵方意见：{consultation.question}。
请在收到本征询书之日起15个工作日内提出是否同意公开的书面意见；不同意公开的，请说明理由并提供相应材料。
贵方不同意公开且有合理理由的，本机关不予公开。逾期未提出意见的，由本机关依照《中华人民共和国政府信息公开条例》的规定决定是否公开。本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的政府信息内容和理由书面告知贵方。
意见请送交：{agency.office}，地址：{agency.address}，电话：{agency.phone}。
# 法律依据
{law}
# 回执
{consultation.slip})"},
    Text{LetterKind::ConsultationNotice, "政府信息公开征求意见情况告知书", R"(本机关于{case.received_on}收到{you}提出的政府信息公开申请（受理编号：{case.number}）。
{you}申请公开的内容是：
{case.items}
办理{consultation.subject}需要征求{consultation.side}的意见，本机关已于{consultation.sent_on}发出书面征求意见函。征求意见所需时间自发出的次日起不计算在答复期限内，征求意见结束后，本机关依法及时答复{you}。
# 法律依据
{law})"},
    Text{LetterKind::JointAgencyConsultation, "共同制作政府信息公开征求意见书", R"(本机关收到政府信息公开申请，其中下列信息由本机关与贵机关共同制作：
{case.items}
现就下列事项征求贵机关意见：{consultation.question}。
请在收到本征求意见书之日起15个工作日内提出书面意见；不同意公开的，请写明所依据的法律、法规和理由。逾期未提出意见的，视为同意公开。
意见请送交：{agency.office}，地址：{agency.address}，电话：{agency.phone}。
# 法律依据
{law}
# 回执
{consultation.slip})"},
    Text{LetterKind::AuthorityConsultation, "关于政府信息公开有关问题的征求意见函", R"(本机关收到政府信息公开申请，其中涉及下列信息：
{case.items}
上述信息能否公开需要贵机关依职责提出意见。现就下列事项征求意见：{consultation.question}。
请在收到本函之日起15个工作日内提出书面意见，并写明依据和理由。
意见请送交：{agency.office}，地址：{agency.address}，电话：{agency.phone}。
# 回执
{consultation.slip})"},
    Text{LetterKind::DisclosureDecision, "决定公开政府信息告知书", R"(本机关办理政府信息公开申请时，曾书面征求贵方意见。{consultation.opinion}。
本机关决定公开的政府信息内容是：
{reply.disclosed}
依照《中华人民共和国政府信息公开条例》第三十二条，现将决定公开的内容和理由书面告知贵方。
# 法律依据
{law}
# 救济途径
{remedy})"},
    Text{LetterKind::Disclosed, "政府信息公开申请答复书", kReply},
    Text{LetterKind::AlreadyPublic, "政府信息已主动公开答复书", kReply},
    Text{LetterKind::Refused, "政府信息不予公开答复书", kReply},
    Text{LetterKind::Partial, "政府信息部分公开答复书", kReply},
    Text{LetterKind::NotHeld, "政府信息不存在答复书", kReply},
    Text{LetterKind::NotOurAgency, "非本机关政府信息答复书", kReply},
    Text{LetterKind::Repeated, "政府信息公开申请不予重复处理答复书", kReplyWithoutSearch},
    Text{LetterKind::SpecialLaw, "依照特别规定获取信息答复书", kReplyWithoutSearch},
    Text{LetterKind::NeedsProcessing, "需要加工分析的信息不予提供答复书", kReply},
    Text{LetterKind::StillUnclear, "补正后申请内容仍不明确答复书", kReplyWithoutSearch},
    Text{LetterKind::Petition, "信访投诉举报事项告知书", kReplyWithoutSearch},
    Text{LetterKind::Reissue, "要求确认或者重新出具已获取信息告知书", kReplyWithoutSearch},
    Text{LetterKind::Publication, "公开出版物获取途径告知书", kReplyWithoutSearch},
    Text{LetterKind::Abusive, "政府信息公开申请不予处理告知书", kReplyWithoutSearch},
    Text{LetterKind::Deferral, "政府信息公开延迟答复告知书", R"(本机关于{case.received_on}收到{you}提出的政府信息公开申请（受理编号：{case.number}）。
{you}申请公开的内容是：
{case.items}
{you}说明的申请理由合理，但因{deferral.reason}，本机关无法在{former_due}以前答复。现确定延迟答复的期限为{deferral.to}（含当日）。
# 法律依据
{law})"},
    Text{LetterKind::FeeNotice, "政府信息公开信息处理费收费通知书", R"(本机关于{case.received_on}收到{you}提出的政府信息公开申请（受理编号：{case.number}）。
{you}申请公开的内容是：
{case.items}
{you}申请公开政府信息的数量、频次明显超过合理范围，本机关依照《中华人民共和国政府信息公开条例》第四十二条和《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）收取信息处理费。
收费标准：{fee.basis}计收，计费数量为{fee.quantity}。{fee.steps}。
应缴金额：{fee.amount}。
缴纳方式：{fee.payment}。
请{fee.until}缴费。缴费后，答复期限自缴费的次日起重新计算；逾期未缴费的，视为放弃申请，本机关不再处理该申请。
{you}也可以选择：{fee.alternative}。
对收费有疑问的，请向{agency.office}查询（地址：{agency.address}；电话：{agency.phone}）。
# 法律依据
{law})"},
    Text{LetterKind::Termination, "政府信息公开申请终止办理告知书", R"(本机关于{case.received_on}收到{you}提出的政府信息公开申请（受理编号：{case.number}）。
{you}申请公开的内容是：
{case.items}
{ending}。
说明：{ending.reason}。
本机关终止办理该申请。
# 法律依据
{law}
# 救济途径
{remedy})"},
    Text{LetterKind::Other, "政府信息公开申请处理结果告知书", kReplyWithoutSearch},
    Text{LetterKind::Transferred, "政府信息已移交国家档案馆告知书", kReply},
};

// clang-format on

static_assert(kTexts.size() == kLetterKinds.size() && is_in_order(kTexts, &Text::kind));

}  // namespace

LetterTemplate usual_template(LetterKind kind) {
    Text const& text = kTexts[static_cast<std::size_t>(kind)];
    return {std::string(text.title), std::string(text.body)};
}

}  // namespace workflow
