#include "workflow/letters/letter_sample.hpp"

namespace workflow {

namespace {

constexpr Date day(int year, int month, int of_month) {
    using namespace std::chrono;
    return local_days{std::chrono::year{year} / month / of_month};
}

constexpr Date kReceivedOn = day(2026, 3, 2);
constexpr Date kWritten = day(2026, 3, 10);

Issuer issuer() {
    return {
        .name = "示范市自然资源和规划局",
        .office = "局办公室",
        .address = "湖南省示范市东塔区国土路12号",
        .phone = "0739-5550101",
        .hours = "工作日 9:00-12:00,13:30-17:00",
        .query_address = "https://gk.shifan.example.cn/track",
        .fee_payment = "收款单位：示范市财政局非税收入专户；开户银行和账号：示范银行东塔支行 4300 0000 0000 0000",
        .remedy = {
            .review_body = "示范市人民政府",
            .review_address = "湖南省示范市东塔区人民广场1号",
            .review_url = "https://review.shifan.example.cn/",
            .court = "示范市东塔区人民法院",
            .court_address = "湖南省示范市东塔区兴隆路90号"}};
}

/// Received, corrected, searched, a third party consulted.
Case sample_case() {
    Case c;
    c.state = State::Handling;
    c.number = Code{"430500-02-2026-000128"};
    c.channel = Channel::Online;
    c.submitted_on = kReceivedOn;
    c.received_on = kReceivedOn;
    c.application.agency = Code{"430500-02"};
    c.application.applicant.name = "张三";
    c.application.obtain_by = ObtainBy::Post;
    c.application.items = {
        {"石桥村集体土地征收补偿安置方案",
         "示政征补〔2025〕3号",
         "东塔区石桥村2025年度第二批次建设用地征地补偿安置方案"}};
    c.searches = {
        {{SearchPlace::BusinessUnit, SearchPlace::ArchiveRoom, SearchPlace::OfficeSystem},
         {"征地补偿安置", "石桥村"},
         "承办人、档案管理员",
         day(2026, 3, 5),
         true,
         "在业务科室卷柜2号和档案室检索到相关材料。",
         "检索到与申请内容相符的材料"}};
    ConsultationLetter const letter{
        ConsultationKind::ThirdParty,
        "东塔区石桥村村民委员会",
        "是否同意公开该方案及所附补偿登记表，不同意的请说明理由。",
        day(2026, 3, 6),
        Code{"c1"},
        {1},
        "石桥村集体土地征收补偿安置方案及所附补偿登记表"};
    Opinion const opinion{
        Code{"c1"},
        day(2026, 3, 9),
        Stance::Objected,
        false,
        "认为方案涉及村民利益，不同意公开。",
        "方案依法应当公告，不同意公开的理由不成立"};
    c.consultations = {{letter, day(2026, 3, 5), opinion, {}}};
    return c;
}

ItemReply item_reply(Outcome outcome) {
    ItemReply item;
    item.outcome = outcome;
    EvidenceSet const evidence = rule_of(outcome).evidence;
    if (evidence.has(Evidence::Limb)) {
        for (auto const& limb : kLimbs) {
            if (!item.limb && fits(limb.value, outcome)) item.limb = limb.value;
        }
    }
    if (evidence.has(Evidence::Reference)) item.reference = std::string(rule_of(outcome).reference);
    if (rule_of(outcome).encloses) item.reference = "附件所列文件";
    if (evidence.has(Evidence::Reason)) item.reason = "公开该信息会影响有关事项的正常办理";
    if (evidence.has(Evidence::PublicInterest))
        item.public_interest = "该信息只涉及第三方自身，不公开不会对公共利益造成重大影响";
    if (has_member(outcome, "responsible_agency")) item.responsible_agency = "示范市林业局";
    if (evidence.has(Evidence::Separation)) item.separation = "各部分内容相互关联，隐去后不能反映原意";
    return item;
}

/// What a step leaves in the case and carries itself, as far as its letter speaks of it.
struct Scene {
    LetterKind kind;
    void (*play)(SampleLetter& sample);
};

void draft(SampleLetter& sample, Outcome outcome) {
    sample.c.draft = ReplyDraft{
        outcome,
        {item_reply(outcome)},
        std::string(kUsualReplyText),
        {},
        {{Code{"c1"}, "石桥村集体土地征收补偿安置方案", "方案依法应当公告，不公开会影响公众监督"}}};
    if (rule_of(outcome).encloses) sample.enclosed = {{"征收补偿安置方案.pdf", 12}};
}

void correct(SampleLetter& sample) {
    sample.c.correction = CorrectionRequest{
        {"请写明所需信息的名称、文号或者形成时间", "请说明所需信息涉及的具体地块"},
        "本机关公开指南列有征地信息的分类，可以参照填写",
        true,
        day(2026, 3, 31)};
}

void end(SampleLetter& sample) {
    sample.c.outcome = Outcome::Withdrawn;
    sample.c.concluded_on = kWritten;
    sample.c.withdrawal = {
        .reason = "所需信息已通过其他途径获得", .means = WithdrawalMeans::Online, .withdrawn_on = kWritten};
    sample.step = *sample.c.withdrawal;
}

// clang-format off
constexpr std::array kScenes{
    Scene{LetterKind::CorrectionNotice,   correct},
    Scene{LetterKind::ExplanationNotice,  [](SampleLetter& s) { s.c.explanation_request = ExplanationRequest{"本月已就同类事项提交申请四十二件", day(2026, 3, 24)}; }},
    Scene{LetterKind::ExtensionNotice,    [](SampleLetter& s) {
        s.before.proposed_extension = ProposedExtension{{10, "材料涉及多个年度，检索和审查工作量大"}, Code{}};
        s.step = ExtensionApproval{{}, 10};
        s.c.clock_events.push_back({.type = ClockEventType::Extended, .on = kWritten, .days = 10});
    }},
    Scene{LetterKind::DisclosureDecision, [](SampleLetter& s) { draft(s, Outcome::Disclosed); }},
    Scene{LetterKind::Deferral,           [](SampleLetter& s) { s.step = Deferral{day(2026, 6, 1), "申请数量大，逐件审查需要较长时间"}; }},
    Scene{LetterKind::FeeNotice,          [](SampleLetter& s) { s.c.fee = FeeNotice{FeeBasis::PerItem, 34, "到本机关档案室查阅、抄录，或者缩小申请范围", {}, 20000, {}}; }},
    Scene{LetterKind::Termination,        end},
};
// clang-format on

SampleLetter beginning() {
    SampleLetter sample;
    sample.c = sample.before = sample_case();
    sample.issuer = issuer();
    sample.on = kWritten;
    sample.number = Code{"示自然资公开〔2026〕示例第1号"};
    sample.consultation = Code{"c1"};
    return sample;
}

}  // namespace

SampleLetter sample_reply(Outcome outcome) {
    SampleLetter sample = beginning();
    if (rule_of(outcome).evidence.has(Evidence::Corrected)) {
        correct(sample);
        sample.c.corrected = Supplement{day(2026, 3, 9), "补充说明：所需信息形成于2025年。", {}};
    }
    draft(sample, outcome);
    return sample;
}

SampleLetter sample_letter(LetterKind kind) {
    SampleLetter sample = beginning();
    for (auto const& outcome : kOutcomeRules) {
        if (rule_of(kind).is_reply && !sample.c.draft && letter_of(outcome.outcome) == kind)
            sample = sample_reply(outcome.outcome);
    }
    for (Scene const& scene : kScenes) {
        if (scene.kind == kind) scene.play(sample);
    }
    return sample;
}

}  // namespace workflow
