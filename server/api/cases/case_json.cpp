#include "server/api/cases/case_json.hpp"

#include "workflow/people/identity.hpp"
#include "workflow/procedure/decide.hpp"
#include "workflow/procedure/next_step.hpp"
#include "workflow/supervision/cards.hpp"

#include <algorithm>
#include <utility>

#include "server/api/cases/card_json.hpp"
#include "server/api/cases/follow_ups.hpp"
#include "server/api/cases/remedy_view.hpp"
#include "server/api/kit/account_json.hpp"
#include "server/config/issuer.hpp"

namespace server::api {
namespace {

using workflow::Code;
using workflow::Date;

void mask_text(std::optional<std::string>& text, std::string (*how)(std::string_view)) {
    if (text) *text = how(*text);
}

/// A member for the person whose account is a member of what an answer A is about.
template <typename A, typename S>
constexpr auto answer_person(std::string_view name, std::string_view label, Code S::*account) {
    return answer(name, label, [account](A const& a) { return named_person(a.about.*account, a.view.directory); });
}
template <typename A, typename S>
constexpr auto answer_person(std::string_view name, std::string_view label, std::optional<Code> S::*account) {
    return answer(name, label, [account](A const& a) {
        return named_person(pointer_to(a.about.*account), a.view.directory);
    });
}

// ---- what a case holds ---------------------------------------------------------------------------------------------

/// What each helping department has said, or until when it should.
struct CoHandlingView {
    Code const& department;
    std::optional<Date> due;
    bool late = false;
    workflow::CoOpinionGiven const* given = nullptr;  ///< null before it has said anything
    View const& view;
};

constexpr auto fields(std::type_identity<CoHandlingView>) {
    using A = CoHandlingView;
    return std::tuple{
        answer("department", "协办部门", [](A const& a) { return named_department(&a.department, a.view.directory); }),
        answer("due", "提交意见的内部期限；不再等意见的为空", [](A const& a) { return a.due; }),
        answer("late", "过了内部期限还没有意见", [](A const& a) { return a.late; }),
        answer(
            "opinion",
            "协办意见",
            [](A const& a) {
                return a.given != nullptr ? std::optional<std::string_view>(a.given->given.text) : std::nullopt;
            }
        ),
        answer(
            "on", "提交日期", [](A const& a) { return a.given != nullptr ? std::optional(a.given->on) : std::nullopt; }
        ),
        answer("by", "谁提交的", [](A const& a) {
            return named_person(a.given != nullptr ? &a.given->by : nullptr, a.view.directory);
        })};
}

std::vector<CoHandlingView> co_handling(workflow::Case const& c, View const& view) {
    auto const awaited = workflow::awaited_co_departments(c);
    std::optional<Date> due;
    if (!awaited.empty()) {
        auto const clock = workflow::compute_clock(c.timeline(), view.today, view.calendar, workflow::Detail::Brief);
        auto const& policy = view.directory.agency(c.application.agency)->policy;
        if (clock) due = workflow::inner_limit(workflow::CardCause::CoOpinionSlow, c, *clock, view.calendar, policy);
    }
    std::vector<CoHandlingView> list;
    list.reserve(c.co_departments.size());
    for (Code const& department : c.co_departments) {
        auto const given =
            std::ranges::find(c.co_opinions, department, [](auto const& each) { return each.given.department; });
        bool const owes = std::ranges::find(awaited, department) != awaited.end();
        list.push_back(
            {.department = department,
             .due = owes ? due : std::nullopt,
             .late = owes && due && *due < view.today,
             .given = given != c.co_opinions.end() ? &*given : nullptr,
             .view = view}
        );
    }
    return list;
}

struct ConsultationView {
    workflow::Consultation const& about;
};

constexpr auto fields(std::type_identity<ConsultationView>) {
    using workflow::Consultation;
    return std::tuple{
        spread(&Consultation::letter),
        answer("sent_on", "发出日期", &Consultation::sent_on),
        answer("returned_on", "退回日期", &Consultation::returned_on),
        answer("open", "还没有结束", &Consultation::open),
        answer("opinion", "意见", &Consultation::opinion),
        answer("end", "没有意见而结束", &Consultation::end)};
}

struct ProposedExtensionView {
    workflow::ProposedExtension const& about;
    View const& view;
};

constexpr auto fields(std::type_identity<ProposedExtensionView>) {
    using workflow::ProposedExtension;
    return std::tuple{
        spread(&ProposedExtension::proposal),
        answer_person<ProposedExtensionView>("by", "提出的人", &ProposedExtension::by)};
}

struct ProposedRejectionView {
    workflow::ProposedRejection const& about;
    View const& view;
};

constexpr auto fields(std::type_identity<ProposedRejectionView>) {
    using workflow::ProposedRejection;
    return std::tuple{
        spread(&ProposedRejection::proposal),
        answer_person<ProposedRejectionView>("by", "提出的人", &ProposedRejection::by)};
}

/// Of the reply or of a notice.
template <typename D>
std::optional<D> masked_dispatch(std::optional<D> dispatch) {
    if (dispatch) mask_text(dispatch->recipient, workflow::mask_name);
    return dispatch;
}

/// A letter that counts from its dispatch.
struct NoticeLetterView {
    workflow::NoticeLetter const& about;
};

constexpr auto fields(std::type_identity<NoticeLetterView>) {
    using A = NoticeLetterView;
    using workflow::NoticeLetter;
    return std::tuple{
        answer("kind", "文书", &NoticeLetter::kind),
        answer("number", "文号", &NoticeLetter::number),
        answer("decided_on", "作出日期", &NoticeLetter::decided_on),
        answer("unsent", "待送出", [](A const& a) { return a.about.waits_to_go_out(); }),
        answer("dispatch", "送出", [](A const& a) { return masked_dispatch(a.about.dispatch); }),
        answer("delivery", "送达", &NoticeLetter::delivery)};
}

/// What is still missing before the draft can go for approval.
struct MissingEvidenceView {
    workflow::FieldError about;
};

constexpr auto fields(std::type_identity<MissingEvidenceView>) {
    using workflow::FieldError;
    return std::tuple{
        answer("pointer", "在拟写的答复中的位置", &FieldError::pointer),
        answer("detail", "还要做什么", &FieldError::detail)};
}

struct ApprovalView {
    workflow::Approval const& about;
    View const& view;
};

constexpr auto fields(std::type_identity<ApprovalView>) {
    using workflow::Approval;
    return std::tuple{
        answer("step", &Approval::step),
        answer("on", &Approval::on),
        answer_person<ApprovalView>("by", "审批人", &Approval::by)};
}

struct ReplyReturnView {
    workflow::ReplyReturn const& about;
    View const& view;
};

constexpr auto fields(std::type_identity<ReplyReturnView>) {
    using A = ReplyReturnView;
    using workflow::ReplyReturn;
    return std::tuple{
        answer("step", "在哪一步退回", &ReplyReturn::step),
        answer_person<A>("by", "退回的人", &ReplyReturn::by),
        answer("on", "退回日期", &ReplyReturn::on),
        answer("reason", "退回的理由", &ReplyReturn::reason),
        answer("approvals", "这一轮此前的审批", [](A const& a) {
            return Each(a.about.approvals, [&a](auto const& each) { return ApprovalView{each, a.view}; });
        })};
}

/// 催办 or 督办.
struct ReminderView {
    workflow::Reminder const& about;
    View const& view;
};

constexpr auto fields(std::type_identity<ReminderView>) {
    using workflow::Reminder;
    return std::tuple{
        answer("id", &Reminder::id),
        answer("action", "催办或督办", &Reminder::action),
        answer("text", "要求", &Reminder::text),
        answer("due", "完成期限", &Reminder::due),
        answer("on", "发出日期", &Reminder::on),
        answer("received_on", "签收日期", &Reminder::received_on),
        answer_person<ReminderView>("by", "发出的人", &Reminder::by),
        answer_person<ReminderView>("received_by", "签收人", &Reminder::received_by)};
}

/// One stored file, with the address it is read at.
struct CaseAttachmentView {
    workflow::Attachment const& about;
    std::size_t number;
    std::string_view case_id;
};

constexpr auto fields(std::type_identity<CaseAttachmentView>) {
    using A = CaseAttachmentView;
    return std::tuple{
        answer("n", "序号，从 1 起", [](A const& a) { return a.number; }),
        spread([](A const& a) -> auto const& { return a.about; }),
        answer("url", "下载地址", [](A const& a) {
            return "/api/v1/cases/" + std::string(a.case_id) + "/attachments/" + std::to_string(a.number);
        })};
}

// ---- the case ------------------------------------------------------------------------------------------------------

workflow::Application masked_application(workflow::Application application) {
    application.applicant = mask(std::move(application.applicant));
    if (application.agent) application.agent = mask(std::move(*application.agent));
    return application;
}

/// Who does the work of the assignee who is out today.
Named<std::optional<Code>> named_deputy(workflow::Case const& c, View const& view) {
    auto deputy = c.assignee ? view.directory.deputy_of(*c.assignee, view.today) : std::nullopt;
    auto const name = name_of_person(pointer_to(deputy), view.directory);
    return {std::move(deputy), name};
}

std::vector<MissingEvidenceView> missing_evidence(workflow::Case const& c) {
    std::vector<MissingEvidenceView> list;
    if (!c.draft) return list;
    for (auto& each : workflow::missing_evidence(c, *c.draft)) list.push_back({std::move(each)});
    return list;
}

struct CaseView {
    storage::StoredCase const& stored;
    View const& view;
    workflow::Case const& about = stored.facts;
};

constexpr auto fields(std::type_identity<CaseView>) {
    using A = CaseView;
    using workflow::Case;
    constexpr std::string_view kUnchecked = "联系方式待核验：不收申请人的材料，不给申请人发邮件和短信";
    return std::tuple{
        answer("id", [](A const& a) { return std::string_view(a.stored.id); }),
        answer("version", &Case::version),
        answer("number", "受理编号", &Case::number),
        answer("state", "状态", &Case::state),
        answer("stage", "阶段", [](A const& a) { return workflow::stage_of(a.about.state); }),
        answer("channel", "渠道", &Case::channel),
        answer("awaits", "等待哪个角色", [](A const& a) { return workflow::awaited_role(a.about); }),
        answer("watched", "自己关注的", [](A const& a) { return a.view.watched; }),
        answer("contact_unchecked", kUnchecked, [](A const& a) { return a.view.contact_unchecked; }),
        answer(
            "agency", "受理机关", [](A const& a) { return named_agency(a.about.application.agency, a.view.directory); }
        ),
        answer(
            "department",
            "主办部门",
            [](A const& a) { return named_department(pointer_to(a.about.department), a.view.directory); }
        ),
        answer("co_departments", "协办部门", &Case::co_departments),
        answer("co_handling", "各协办部门的意见和期限", [](A const& a) { return co_handling(a.about, a.view); }),
        answer_person<A>("assignee", "承办人", &Case::assignee),
        answer("deputy", "承办人今天外出，由这位代办", [](A const& a) { return named_deputy(a.about, a.view); }),
        answer("submitted_on", "提交日期", &Case::submitted_on),
        answer("received_on", "收到日期", &Case::received_on),
        answer("ledger", "来自此前的台账", &Case::ledger),
        answer("evidence", "收到日期的凭据", &Case::evidence),
        answer("id_exception", "证件号码校验不符仍予登记的理由", &Case::id_exception),
        answer("clock", "期限", [](A const& a) { return clock_summary(a.about, a.view); }),
        answer(
            "application",
            "申请表，申请人信息已遮盖",
            [](A const& a) { return masked_application(a.about.application); }
        ),

        answer("correction", "补正告知", &Case::correction),
        answer("explanation_request", "要求说明理由", &Case::explanation_request),
        answer("corrected", "补正", &Case::corrected),
        answer("explained", "理由说明", &Case::explained),
        answer("fee", "缴费通知", &Case::fee),
        answer("payment", "缴费", &Case::payment),
        answer("searches", "检索记录", &Case::searches),
        answer(
            "consultations",
            "征求意见",
            [](A const& a) {
                return Each(a.about.consultations, [](auto const& each) { return ConsultationView{each}; });
            }
        ),
        answer(
            "proposed_extension",
            "待批的延期",
            [](A const& a) {
                auto const& proposed = a.about.proposed_extension;
                return proposed ? std::optional(ProposedExtensionView{*proposed, a.view}) : std::nullopt;
            }
        ),
        answer(
            "rejection",
            "提出的不予登记",
            [](A const& a) {
                auto const& proposed = a.about.rejection;
                return proposed ? std::optional(ProposedRejectionView{*proposed, a.view}) : std::nullopt;
            }
        ),
        answer("withdrawal", "撤回", &Case::withdrawal),
        answer("draft", "拟写的答复", &Case::draft),
        answer(
            "missing_evidence", "拟写的答复提交审批前还缺的材料", [](A const& a) { return missing_evidence(a.about); }
        ),
        answer("waivers", "提交审批时没有通过的检查和理由", &Case::waivers),
        answer(
            "drafted_by",
            "拟稿人",
            [](A const& a) { return named_person(a.about.draft ? &a.about.drafted_by : nullptr, a.view.directory); }
        ),
        answer(
            "approvals",
            "审批",
            [](A const& a) {
                return Each(a.about.approvals, [&a](auto const& each) { return ApprovalView{each, a.view}; });
            }
        ),
        answer("round", "第几轮送审，退回一次加一", [](A const& a) { return a.about.round(); }),
        answer("returned", "退回修改，还没有再送审", [](A const& a) { return a.about.is_returned(); }),
        answer(
            "returns",
            "各次退回修改",
            [](A const& a) {
                return Each(a.about.returns, [&a](auto const& each) { return ReplyReturnView{each, a.view}; });
            }
        ),
        answer("reply_number", "答复文号", &Case::reply_number),
        answer("signed_on", "签发日期", &Case::signed_on),
        answer("dispatch", "送出", [](A const& a) { return masked_dispatch(a.about.dispatch); }),
        answer("delivery", "送达", &Case::delivery),
        answer("sending", "正在发送，等对方接收", [](A const& a) { return masked_dispatch(a.about.sending); }),
        answer("sending_failure", "没有送到，退回承办人", &Case::sending_failure),
        answer(
            "notices",
            "自送出之日起算的文书",
            [](A const& a) { return Each(a.about.notices, [](auto const& each) { return NoticeLetterView{each}; }); }
        ),

        answer("outcome", "办理结果", &Case::outcome),
        answer("concluded_on", "办结日期", &Case::concluded_on),
        answer(
            "remedies",
            "救济途径",
            [](A const& a) {
                auto const* agency = a.view.directory.agency(a.about.application.agency);
                auto const bodies = agency != nullptr ? remedy_bodies_of(*agency) : workflow::RemedyBodies{};
                return remedy_views(workflow::standing_remedies(a.about, bodies, a.view.today, a.view.calendar));
            }
        ),
        answer("archive", "归档", &Case::archive),
        answer(
            "disputes",
            "复议和诉讼",
            [](A const& a) { return Each(a.about.disputes, [](auto const& each) { return DisputeView{each}; }); }
        ),
        answer(
            "rating",
            "评价；被评价的人和部门看不到",
            [](A const& a) { return a.view.shows_rating ? a.about.rating : std::nullopt; }
        ),
        answer("origin", "原申请件：这一件是对它重新答复", &Case::origin),
        answer(
            "open_matters",
            "评价、复议诉讼、建议中还有事要办的",
            [](A const& a) { return open_follow_ups(a.about, a.view); }
        ),
        answer(
            "cards",
            "红黄牌",
            [](A const& a) {
                return Each(a.about.cards, [&a](auto const& each) { return CardView{each, a.stored.id}; });
            }
        ),
        answer(
            "urgings",
            "催办和督办",
            [](A const& a) {
                return Each(a.about.reminders, [&a](auto const& each) { return ReminderView{each, a.view}; });
            }
        ),
        answer("attachments", "材料", [](A const& a) {
            return Each(a.about.attachments, [&a](auto const& each) {
                auto const number = static_cast<std::size_t>(&each - a.about.attachments.data()) + 1;
                return CaseAttachmentView{each, number, a.stored.id};
            });
        })};
}

// ---- a line of a work list -----------------------------------------------------------------------------------------

MaybeNamedCode department_of(storage::CaseRow const& row, storage::Directory const& directory) {
    if (!row.department) return {};
    Code const code{*row.department};
    return {*row.department, name_of_department(&code, directory)};
}

MaybeNamedCode person_of(std::optional<std::string> const& account, storage::Directory const& directory) {
    if (!account) return {};
    Code const id{*account};
    return {*account, name_of_person(&id, directory)};
}

std::optional<std::string_view> next_step_name(storage::CaseRow const& row) {
    auto const step = workflow::next_step(row.state, row.awaits, row.letter_unsent);
    if (row.returned_at && step == workflow::Action::DraftReply) return workflow::kRevision;
    return step ? std::optional(workflow::label(*step)) : std::nullopt;
}

struct CaseRowView {
    storage::CaseRow const& about;
    View const& view;
    WorkdaysLeft left = workdays_left(about, view);
};

constexpr auto fields(std::type_identity<CaseRowView>) {
    using A = CaseRowView;
    using storage::CaseRow;
    return std::tuple{
        answer("id", &CaseRow::id),
        answer("version", &CaseRow::version),
        answer("number", "受理编号", &CaseRow::number),
        answer("state", "状态", &CaseRow::state),
        answer("stage", "阶段", [](A const& a) { return workflow::stage_of(a.about.state); }),
        answer("channel", "渠道", &CaseRow::channel),
        answer("awaits", "等待哪个角色", &CaseRow::awaits),
        answer(
            "next_step",
            "那个角色的下一步",
            [](A const& a) { return workflow::next_step(a.about.state, a.about.awaits, a.about.letter_unsent); }
        ),
        answer("next_step_name", "下一步的名称", [](A const& a) { return next_step_name(a.about); }),
        answer("returned_at", "答复在哪一步被退回修改；再送审以前", &CaseRow::returned_at),
        answer("returned_by", "退回的人", [](A const& a) { return person_of(a.about.returned_by, a.view.directory); }),
        answer("returned_on", "退回日期", &CaseRow::returned_on),
        answer(
            "agency",
            "受理机关",
            [](A const& a) {
                return NamedCode{a.about.agency, name_of_agency(Code{a.about.agency}, a.view.directory)};
            }
        ),
        answer("department", "主办部门", [](A const& a) { return department_of(a.about, a.view.directory); }),
        answer("assignee", "承办人", [](A const& a) { return person_of(a.about.assignee, a.view.directory); }),
        answer("applicant", "申请人，已遮盖", &CaseRow::applicant),
        answer("applicant_kind", &CaseRow::applicant_kind),
        answer("title", "第一项信息的名称", &CaseRow::title),
        answer("submitted_on", "提交日期", &CaseRow::submitted_on),
        answer("received_on", "收到日期", &CaseRow::received_on),
        answer("reply_due", "答复期限", &CaseRow::reply_due),
        answer("paused", "征求意见中", &CaseRow::paused),
        answer("letter_unsent", "文书待送出", &CaseRow::letter_unsent),
        answer("remaining_workdays", "剩余工作日", [](A const& a) { return a.left.remaining; }),
        answer("overdue_workdays", "超期工作日", [](A const& a) { return a.left.overdue; }),
        answer("outcome", "办理结果", &CaseRow::outcome),
        answer("concluded_on", "办结日期", &CaseRow::concluded_on),
        answer("card", "最高的红黄牌", &CaseRow::card),
        answer("imported", "从台账导入", &CaseRow::imported),
        answer("contact_unchecked", "联系方式待核验", &CaseRow::contact_unchecked)};
}

// ---- the receipt ---------------------------------------------------------------------------------------------------

struct ReceiptView {
    storage::Receipt const& about;
};

constexpr auto fields(std::type_identity<ReceiptView>) {
    using A = ReceiptView;
    using storage::Receipt;
    return std::tuple{
        answer("seq", "日志序号", &Receipt::seq),
        answer("record", "日志记录，与计算散列的字节相同", &Receipt::record),
        answer("tree_size", "树的大小", &Receipt::tree_size),
        answer("root", "树根", [](A const& a) { return Hex{a.about.root}; }),
        answer("path", "RFC 9162 的包含证明", [](A const& a) {
            return Each(a.about.path, [](auto const& each) { return Hex{each}; });
        })};
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

std::optional<ClockSummaryView> clock_summary(workflow::Case const& facts, View const& view) {
    auto clock = workflow::compute_clock(facts.timeline(), view.today, view.calendar, workflow::Detail::Brief);
    if (!clock) return std::nullopt;
    return ClockSummaryView{std::move(*clock), facts};
}

WorkdaysLeft workdays_left(storage::CaseRow const& row, View const& view) {
    if (!row.reply_due || row.concluded_on) return {};
    return {
        view.calendar.workdays_between(view.today, *row.reply_due),
        view.calendar.workdays_between(*row.reply_due, view.today)};
}

void write_case(JsonWriter& json, storage::StoredCase const& stored, View const& view) {
    json.members(CaseView{stored, view});
}

ObjectSchema case_members() { return ObjectSchema().members<CaseView>(); }

json::object case_schema() { return answer_schema<CaseView>(); }

std::string case_json(storage::StoredCase const& stored, View const& view) {
    JsonWriter json;
    json.value(CaseView{stored, view});
    return json.take();
}

void write_row(JsonWriter& json, storage::CaseRow const& row, View const& view) { json.value(CaseRowView{row, view}); }

json::object row_schema() { return answer_schema<CaseRowView>(); }

void write_receipt(JsonWriter& json, storage::Receipt const& receipt) { json.value(ReceiptView{receipt}); }

json::object receipt_schema() { return answer_schema<ReceiptView>(); }

}  // namespace server::api
