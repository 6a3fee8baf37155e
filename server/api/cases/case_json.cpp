#include "server/api/cases/case_json.hpp"

#include "workflow/people/identity.hpp"
#include "workflow/procedure/decide.hpp"
#include "workflow/procedure/next_step.hpp"
#include "workflow/supervision/cards.hpp"

#include <algorithm>
#include <utility>

#include "server/api/cases/card_json.hpp"
#include "server/api/cases/follow_ups.hpp"
#include "server/api/kit/account_json.hpp"

namespace server::api {
namespace {

using workflow::Code;
using workflow::Date;

void mask_text(std::optional<std::string>& text, std::string (*how)(std::string_view)) {
    if (text) *text = how(*text);
}

void write_department(
    JsonWriter& json, std::string_view member, std::optional<Code> const& code, storage::Directory const& directory
) {
    auto const* department = code ? directory.department(*code) : nullptr;
    json.member(member, code);
    json.member(std::string(member) + "_name", department != nullptr ? std::optional(department->name) : std::nullopt);
}

void write_agency(JsonWriter& json, Code const& code, storage::Directory const& directory) {
    auto const* agency = directory.agency(code);
    json.member("agency", code);
    json.member("agency_name", agency != nullptr ? std::optional(agency->name) : std::nullopt);
}

/// A list of objects, each written by `write`.
template <typename T, typename Write>
void write_list(JsonWriter& json, std::string_view member, std::vector<T> const& list, Write&& write) {
    json.key(member).open_list();
    for (auto const& each : list) {
        json.open_object();
        write(each);
        json.close_object();
    }
    json.close_list();
}

void write_application(JsonWriter& json, workflow::Application application) {
    application.applicant = mask(std::move(application.applicant));
    if (application.agent) application.agent = mask(std::move(*application.agent));
    json.member("application", application);
}

void write_reply(JsonWriter& json, workflow::Case const& c, storage::Directory const& directory) {
    json.member("draft", c.draft);
    auto const missing = c.draft ? workflow::missing_evidence(c, *c.draft) : std::vector<workflow::FieldError>{};
    write_list(json, "missing_evidence", missing, [&](workflow::FieldError const& each) {
        json.member("pointer", each.pointer).member("detail", each.detail);
    });
    json.member("waivers", c.waivers);
    write_person(json, "drafted_by", c.draft ? std::optional(c.drafted_by) : std::nullopt, directory);
    write_list(json, "approvals", c.approvals, [&](workflow::Approval const& approval) {
        json.member("step", approval.step).member("on", approval.on);
        write_person(json, "by", approval.by, directory);
    });
    json.member("reply_number", c.reply_number).member("signed_on", c.signed_on);
    auto dispatch = c.dispatch;
    if (dispatch) mask_text(dispatch->recipient, workflow::mask_name);
    json.member("dispatch", dispatch).member("delivery", c.delivery);
}

json::object consultation_schema() {
    return ObjectSchema()
        .members<workflow::ConsultationLetter>()
        .member<Date>("sent_on", "发出日期")
        .member<bool>("open", "还没有结束")
        .member<std::optional<workflow::Opinion>>("opinion", "意见")
        .member<std::optional<workflow::ConsultationEnd>>("end", "没有意见而结束")
        .named("Consultation");
}

json::object extension_schema() {
    return ObjectSchema()
        .members<workflow::ExtensionProposal>()
        .member_with_name<Code>("by", "提出的人")
        .named("ProposedExtension");
}

json::object missing_evidence_schema() {
    return ObjectSchema()
        .member<std::string>("pointer", "在拟写的答复中的位置")
        .member<std::string>("detail", "还要做什么")
        .named("MissingEvidence");
}

json::object approval_schema() {
    return ObjectSchema()
        .member<workflow::ApprovalStep>("step")
        .member<Date>("on")
        .member_with_name<Code>("by", "审批人")
        .named("Approval");
}

json::object reminder_schema() {
    return ObjectSchema()
        .member<Code>("id")
        .member<workflow::Action>("action", "催办或督办")
        .member<std::string>("text", "要求")
        .member<std::optional<Date>>("due", "完成期限")
        .member<Date>("on", "发出日期")
        .member<std::optional<Date>>("received_on", "签收日期")
        .member_with_name<Code>("by", "发出的人")
        .member_with_name<std::optional<Code>>("received_by", "签收人")
        .named("Urging");
}

}  // namespace

workflow::Applicant mask(workflow::Applicant applicant) {
    if (applicant.kind == workflow::ApplicantKind::NaturalPerson) applicant.name = workflow::mask_name(applicant.name);
    mask_text(applicant.id_number, workflow::mask_id_number);
    mask_text(applicant.legal_representative, workflow::mask_name);
    mask_text(applicant.contact_name, workflow::mask_name);
    mask_text(applicant.phone, workflow::mask_phone);
    mask_text(applicant.email, workflow::mask_email);
    mask_text(applicant.address, workflow::mask_address);
    return applicant;
}

workflow::Agent mask(workflow::Agent agent) {
    agent.name = workflow::mask_name(agent.name);
    mask_text(agent.id_number, workflow::mask_id_number);
    mask_text(agent.phone, workflow::mask_phone);
    return agent;
}

void write_clock_summary(JsonWriter& json, workflow::Case const& facts, View const& view) {
    auto const computed = workflow::compute_clock(facts.timeline(), view.today, view.calendar, workflow::Detail::Brief);
    if (!computed) return json.value(nullptr);
    auto const& clock = *computed;
    json.open_object();
    json.member("status", clock.status).member("reply_due", clock.reply_due);
    json.member("remaining_workdays", clock.remaining_workdays).member("overdue_workdays", clock.overdue_workdays);
    json.member("provisional", clock.provisional).member("paused", clock.status == workflow::ClockStatus::Paused);
    json.member("shadow", facts.receipt_unconfirmed());
    json.member("submitted_on", facts.submitted_on).member("received_on", facts.received_on);
    json.close_object();
}

json::object clock_summary_schema() {
    return ObjectSchema()
        .member<workflow::ClockStatus>("status")
        .member<std::optional<Date>>("reply_due", "答复期限")
        .member<int>("remaining_workdays", "剩余工作日")
        .member<int>("overdue_workdays", "超期工作日")
        .member<bool>("provisional", "暂定：涉及放假安排尚未公布的年份")
        .member<bool>("paused", "征求意见中")
        .member<bool>("shadow", "收到日期未确认，从提交之日起算")
        .member<Date>("submitted_on", "提交日期")
        .member<std::optional<Date>>("received_on", "收到日期")
        .named("ClockSummary");
}

void write_dispute(JsonWriter& json, workflow::Dispute const& dispute) {
    json.members(dispute.opening);
    json.member("answer", dispute.answer).member("end", dispute.end).member("order", dispute.order);
}

json::object dispute_schema() {
    return ObjectSchema()
        .members<workflow::DisputeOpening>()
        .member<std::optional<workflow::DisputeAnswer>>("answer", "答复或答辩")
        .member<std::optional<workflow::DisputeEnd>>("end", "结果")
        .member<std::optional<workflow::NewReplyOrder>>("order", "责令重新答复")
        .named("Dispute");
}

void write_attachment(
    JsonWriter& json, workflow::Attachment const& attachment, std::string_view case_id, std::size_t number
) {
    json.open_object();
    json.member("n", number);
    json.members(attachment);
    json.member("url", "/api/v1/cases/" + std::string(case_id) + "/attachments/" + std::to_string(number));
    json.close_object();
}

json::object attachment_schema() {
    return ObjectSchema()
        .member<int>("n", "序号，从 1 起")
        .members<workflow::Attachment>()
        .member<std::string>("url", "下载地址")
        .named("CaseAttachment");
}

/// What each helping department has said, or until when it should.
void write_co_handling(JsonWriter& json, workflow::Case const& c, View const& view) {
    auto const awaited = workflow::awaited_co_departments(c);
    std::optional<Date> due;
    if (!awaited.empty()) {
        auto const clock = workflow::compute_clock(c.timeline(), view.today, view.calendar, workflow::Detail::Brief);
        auto const& policy = view.directory.agency(c.application.agency)->policy;
        if (clock) due = workflow::inner_limit(workflow::CardCause::CoOpinionSlow, c, *clock, view.calendar, policy);
    }
    write_list(json, "co_handling", c.co_departments, [&](Code const& department) {
        auto const given =
            std::ranges::find(c.co_opinions, department, [](auto const& each) { return each.given.department; });
        bool const has_said = given != c.co_opinions.end();
        bool const owes = std::ranges::find(awaited, department) != awaited.end();
        write_department(json, "department", department, view.directory);
        json.member("due", owes ? due : std::nullopt).member("late", owes && due && *due < view.today);
        json.member("opinion", has_said ? std::optional(given->given.text) : std::nullopt);
        json.member("on", has_said ? std::optional(given->on) : std::nullopt);
        write_person(json, "by", has_said ? std::optional(given->by) : std::nullopt, view.directory);
    });
}

json::object co_handling_schema() {
    return ObjectSchema()
        .member_with_name<std::optional<Code>>("department", "协办部门")
        .member<std::optional<Date>>("due", "提交意见的内部期限；不再等意见的为空")
        .member<bool>("late", "过了内部期限还没有意见")
        .member<std::optional<std::string>>("opinion", "协办意见")
        .member<std::optional<Date>>("on", "提交日期")
        .member_with_name<std::optional<Code>>("by", "谁提交的")
        .named("CoHandling");
}

void write_case(JsonWriter& json, storage::StoredCase const& stored, View const& view) {
    auto const& c = stored.facts;
    auto const& directory = view.directory;
    json.member("id", stored.id).member("version", c.version).member("number", c.number);
    json.member("state", c.state).member("stage", workflow::stage_of(c.state)).member("channel", c.channel);
    json.member("awaits", workflow::awaited_role(c)).member("watched", view.watched);
    json.member("contact_unchecked", view.contact_unchecked);
    write_agency(json, c.application.agency, directory);
    write_department(json, "department", c.department, directory);
    json.member("co_departments", c.co_departments);
    write_co_handling(json, c, view);
    write_person(json, "assignee", c.assignee, directory);
    auto const deputy = c.assignee ? directory.deputy_of(*c.assignee, view.today) : std::nullopt;
    write_person(json, "deputy", deputy, directory);
    json.member("submitted_on", c.submitted_on).member("received_on", c.received_on).member("ledger", c.ledger);
    json.member("evidence", c.evidence).member("id_exception", c.id_exception);
    json.key("clock");
    write_clock_summary(json, c, view);
    write_application(json, c.application);

    json.member("correction", c.correction).member("explanation_request", c.explanation_request);
    json.member("corrected", c.corrected).member("explained", c.explained);
    json.member("fee", c.fee).member("payment", c.payment);
    json.member("searches", c.searches);
    write_list(json, "consultations", c.consultations, [&](workflow::Consultation const& consultation) {
        json.members(consultation.letter);
        json.member("sent_on", consultation.sent_on).member("open", consultation.open());
        json.member("opinion", consultation.opinion).member("end", consultation.end);
    });
    json.key("proposed_extension");
    if (c.proposed_extension) {
        json.open_object();
        json.members(c.proposed_extension->proposal);
        write_person(json, "by", c.proposed_extension->by, directory);
        json.close_object();
    } else {
        json.value(nullptr);
    }
    write_reply(json, c, directory);

    json.member("outcome", c.outcome).member("concluded_on", c.concluded_on).member("archive", c.archive);
    write_list(json, "disputes", c.disputes, [&](workflow::Dispute const& each) { write_dispute(json, each); });
    json.member("rating", view.shows_rating ? c.rating : std::nullopt);
    json.member("origin", c.origin).key("open_matters");
    write_open_follow_ups(json, c, view);
    write_list(json, "cards", c.cards, [&](workflow::Card const& card) { write_card(json, card, stored.id); });
    write_list(json, "urgings", c.reminders, [&](workflow::Reminder const& reminder) {
        json.member("id", reminder.id).member("action", reminder.action).member("text", reminder.text);
        json.member("due", reminder.due).member("on", reminder.on).member("received_on", reminder.received_on);
        write_person(json, "by", reminder.by, directory);
        write_person(json, "received_by", reminder.received_by, directory);
    });
    json.key("attachments").open_list();
    for (std::size_t i = 0; i < c.attachments.size(); ++i) write_attachment(json, c.attachments[i], stored.id, i + 1);
    json.close_list();
}

ObjectSchema case_members() {
    ObjectSchema object;
    object.member<std::string>("id").member<std::int64_t>("version").member<Code>("number", "受理编号");
    object.member<workflow::State>("state", "状态").member<workflow::Stage>("stage", "阶段");
    object.member<workflow::Channel>("channel", "渠道");
    object.member<std::optional<workflow::Role>>("awaits", "等待哪个角色").member<bool>("watched", "自己关注的");
    object.member<bool>("contact_unchecked", "联系方式待核验：不收申请人的材料，不给申请人发邮件和短信");
    object.member_with_name<Code>("agency", "受理机关");
    object.member_with_name<std::optional<Code>>("department", "主办部门");
    object.member<std::vector<Code>>("co_departments", "协办部门");
    object.member("co_handling", list_of(co_handling_schema()), "各协办部门的意见和期限");
    object.member_with_name<std::optional<Code>>("assignee", "承办人");
    object.member_with_name<std::optional<Code>>("deputy", "承办人今天外出，由这位代办");
    object.member<Date>("submitted_on", "提交日期").member<std::optional<Date>>("received_on", "收到日期");
    object.member<std::optional<workflow::LedgerSource>>("ledger", "来自此前的台账");
    object.member<std::optional<std::string>>("evidence", "收到日期的凭据");
    object.member<std::optional<std::string>>("id_exception", "证件号码校验不符仍予登记的理由");
    object.member("clock", nullable(clock_summary_schema()), "期限");
    object.member<workflow::Application>("application", "申请表，申请人信息已遮盖");

    object.member<std::optional<workflow::CorrectionRequest>>("correction", "补正告知");
    object.member<std::optional<workflow::ExplanationRequest>>("explanation_request", "要求说明理由");
    object.member<std::optional<workflow::Supplement>>("corrected", "补正");
    object.member<std::optional<workflow::Supplement>>("explained", "理由说明");
    object.member<std::optional<workflow::FeeNotice>>("fee", "缴费通知");
    object.member<std::optional<workflow::Payment>>("payment", "缴费");
    object.member<std::vector<workflow::SearchRecord>>("searches", "检索记录");
    object.member("consultations", list_of(consultation_schema()), "征求意见");
    object.member("proposed_extension", nullable(extension_schema()), "待批的延期");
    object.member<std::optional<workflow::ReplyDraft>>("draft", "拟写的答复");
    object.member("missing_evidence", list_of(missing_evidence_schema()), "拟写的答复提交审批前还缺的材料");
    object.member<std::vector<workflow::Waiver>>("waivers", "提交审批时没有通过的检查和理由");
    object.member_with_name<std::optional<Code>>("drafted_by", "拟稿人");
    object.member("approvals", list_of(approval_schema()), "审批");
    object.member<std::optional<Code>>("reply_number", "答复文号");
    object.member<std::optional<Date>>("signed_on", "签发日期");
    object.member<std::optional<workflow::Dispatch>>("dispatch", "送出");
    object.member<std::optional<workflow::DeliveryRecord>>("delivery", "送达");

    object.member<std::optional<workflow::Outcome>>("outcome", "办理结果");
    object.member<std::optional<Date>>("concluded_on", "办结日期");
    object.member<std::optional<workflow::ArchiveNote>>("archive", "归档");
    object.member("disputes", list_of(dispute_schema()), "复议和诉讼");
    object.member<std::optional<workflow::RatingGiven>>("rating", "评价；被评价的人和部门看不到");
    object.member<std::optional<workflow::Origin>>("origin", "原申请件：这一件是对它重新答复");
    object.member("open_matters", list_of(open_follow_up_schema()), "评价、复议诉讼、建议中还有事要办的");
    object.member("cards", list_of(card_schema()), "红黄牌");
    object.member("urgings", list_of(reminder_schema()), "催办和督办");
    object.member("attachments", list_of(attachment_schema()), "材料");
    return object;
}

json::object case_schema() { return case_members().named("Case"); }

std::string case_json(storage::StoredCase const& stored, View const& view) {
    JsonWriter json;
    json.open_object();
    write_case(json, stored, view);
    json.close_object();
    return json.take();
}

void write_receipt(JsonWriter& json, storage::Receipt const& receipt) {
    json.open_object();
    json.member("seq", receipt.seq).member("record", receipt.record).member("tree_size", receipt.tree_size);
    json.member("root", storage::to_hex(receipt.root));
    json.key("path").open_list();
    for (auto const& digest : receipt.path) json.value(storage::to_hex(digest));
    json.close_list().close_object();
}

json::object receipt_schema() {
    return ObjectSchema()
        .member<std::int64_t>("seq", "日志序号")
        .member<std::string>("record", "日志记录，与计算散列的字节相同")
        .member<std::int64_t>("tree_size", "树的大小")
        .member("root", digest_schema(), "树根")
        .member("path", list_of(digest_schema()), "RFC 9162 的包含证明")
        .named("Receipt");
}

WorkdaysLeft workdays_left(storage::CaseRow const& row, View const& view) {
    if (!row.reply_due || row.concluded_on) return {};
    return {
        view.calendar.workdays_between(view.today, *row.reply_due),
        view.calendar.workdays_between(*row.reply_due, view.today)};
}

void write_row(JsonWriter& json, storage::CaseRow const& row, View const& view) {
    auto const code = [](std::optional<std::string> const& text) {
        return text ? std::optional(Code{*text}) : std::nullopt;
    };
    json.open_object();
    json.member("id", row.id).member("version", row.version).member("number", row.number);
    json.member("state", row.state).member("stage", workflow::stage_of(row.state)).member("channel", row.channel);
    json.member("awaits", row.awaits).member("next_step", workflow::next_step(row.state, row.awaits));
    write_agency(json, Code{row.agency}, view.directory);
    write_department(json, "department", code(row.department), view.directory);
    write_person(json, "assignee", code(row.assignee), view.directory);
    json.member("applicant", row.applicant).member("applicant_kind", row.applicant_kind).member("title", row.title);
    json.member("submitted_on", row.submitted_on).member("received_on", row.received_on);
    json.member("reply_due", row.reply_due).member("paused", row.paused);
    auto const [remaining, overdue] = workdays_left(row, view);
    json.member("remaining_workdays", remaining).member("overdue_workdays", overdue);
    json.member("outcome", row.outcome).member("concluded_on", row.concluded_on).member("card", row.card);
    json.member("imported", row.imported).member("contact_unchecked", row.contact_unchecked);
    json.close_object();
}

json::object row_schema() {
    ObjectSchema object;
    object.member<std::string>("id").member<std::int64_t>("version").member<std::string>("number", "受理编号");
    object.member<workflow::State>("state", "状态").member<workflow::Stage>("stage", "阶段");
    object.member<workflow::Channel>("channel", "渠道");
    object.member<std::optional<workflow::Role>>("awaits", "等待哪个角色");
    object.member<std::optional<workflow::Action>>("next_step", "那个角色的下一步");
    object.member_with_name<Code>("agency", "受理机关");
    object.member_with_name<std::optional<Code>>("department", "主办部门");
    object.member_with_name<std::optional<Code>>("assignee", "承办人");
    object.member<std::string>("applicant", "申请人，已遮盖").member<workflow::ApplicantKind>("applicant_kind");
    object.member<std::string>("title", "第一项信息的名称");
    object.member<Date>("submitted_on", "提交日期").member<std::optional<Date>>("received_on", "收到日期");
    object.member<std::optional<Date>>("reply_due", "答复期限").member<bool>("paused", "征求意见中");
    object.member<int>("remaining_workdays", "剩余工作日").member<int>("overdue_workdays", "超期工作日");
    object.member<std::optional<workflow::Outcome>>("outcome", "办理结果");
    object.member<std::optional<Date>>("concluded_on", "办结日期");
    object.member<std::optional<workflow::CardLevel>>("card", "最高的红黄牌");
    object.member<bool>("imported", "从台账导入").member<bool>("contact_unchecked", "联系方式待核验");
    return object.named("CaseRow");
}

}  // namespace server::api
