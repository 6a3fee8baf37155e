#include "workflow/letters/sheets.hpp"

#include "workflow/letters/letter_values.hpp"

#include <algorithm>
#include <iterator>

namespace workflow {

namespace {

using Sources = SheetFacts const&;
using Rows = std::vector<std::pair<std::string, std::string>>;

std::string text(std::optional<std::string> const& value) { return value.value_or(""); }
std::string text(std::optional<Code> const& value) { return value ? value->value : std::string(); }
std::string text(std::optional<Date> value) { return value ? letter_date(*value) : std::string(); }
std::string text(bool value) { return value ? "是" : "否"; }
template <Vocabulary E>
std::string text(E value) {
    return std::string(label(value));
}
template <Vocabulary E>
std::string text(std::optional<E> value) {
    return value ? text(*value) : std::string();
}

std::string name_or_empty(Sources facts, std::optional<Code> const& code) {
    return code ? facts.name_of(*code) : std::string();
}

/// The texts that are not empty, a line each.
std::string lines(std::vector<std::string> const& texts) {
    std::string all;
    for (std::string const& each : texts) {
        if (each.empty()) continue;
        if (!all.empty()) all += '\n';
        all += each;
    }
    return all;
}

void add(Rows& rows, std::string label, std::string value) {
    if (!value.empty()) rows.emplace_back(std::move(label), std::move(value));
}

// ---- 登记表
// ----------------------------------------------------------------------------------------------------------

void add_applicant(Rows& rows, Applicant const& applicant) {
    add(rows, "申请人类型", text(applicant.kind));
    add(rows, "姓名或名称", applicant.name);
    add(rows, "证件", lines({text(applicant.id_type), text(applicant.id_number)}));
    add(rows, "统一社会信用代码", text(applicant.uscc));
    add(rows, "法定代表人", text(applicant.legal_representative));
    add(rows, "联系人", text(applicant.contact_name));
    add(rows, "工作单位", text(applicant.employer));
    add(rows, "联系电话", text(applicant.phone));
    add(rows, "电子邮箱", text(applicant.email));
    add(rows, "通信地址", lines({text(applicant.address), text(applicant.postcode)}));
}

std::vector<Block> registration(Sources facts) {
    Case const& c = facts.c;
    Application const& form = c.application;
    Rows rows{{"受理编号", c.number.value}};
    add(rows, "提交渠道", text(c.channel));
    add(rows, "提交日期", letter_date(c.submitted_on));
    add(rows, "收到申请的日期", text(c.received_on));
    add(rows, "收到日期的凭据", text(c.evidence));
    add_applicant(rows, form.applicant);
    if (form.agent) {
        add(rows, "代理人", lines({form.agent->name, text(form.agent->id_number), text(form.agent->phone)}));
    }
    for (std::size_t i = 0; i < form.items.size(); ++i) {
        RequestedItem const& item = form.items[i];
        add(rows, "所需信息" + std::to_string(i + 1), lines({item.title, text(item.document_number), item.description})
        );
    }
    add(rows, "提供方式", text(form.provide_as));
    add(rows, "获取方式", text(form.obtain_by));
    add(rows, "可接受其他方式", text(form.accept_other_form));
    add(rows, "需要协助", form.needs_assistance ? lines({"是", text(form.assistance_note)}) : "否");
    add(rows, "主办部门", name_or_empty(facts, c.department));
    add(rows, "承办人", name_or_empty(facts, c.assignee));
    return {FactTable{std::move(rows)}};
}

// ---- 检索记录表
// ------------------------------------------------------------------------------------------------------

std::vector<Block> search(Sources facts) {
    std::vector<Block> body;
    for (SearchRecord const& record : facts.c.searches) {
        std::vector<std::string> places;
        for (SearchPlace const place : record.places) places.push_back(text(place));
        Rows rows;
        add(rows, "检索日期", letter_date(record.searched_on));
        add(rows, "检索范围", lines(places));
        add(rows, "检索词", lines(record.keywords));
        add(rows, "检索人", record.searchers);
        add(rows, "是否找到", text(record.found));
        add(rows, "检索结果", record.result);
        body.emplace_back(FactTable{std::move(rows)});
    }
    return body;
}

// ---- 保密审查表、法制审核表、审批单
// --------------------------------------------------------------------------------------

/// What an approver wrote: with an approval a remark, if any; with a return its reason.
std::string opinion_of(Event const& event) {
    if (auto const* reason = std::get_if<Reason>(&event.payload)) return reason->reason;
    auto const* approval = std::get_if<ReplyApproval>(&event.payload);
    return approval != nullptr ? text(approval->remark) : std::string();
}

bool is_approval(Event const& event) {
    return event.action == Action::ApproveReply || event.action == Action::ReturnReply;
}

/// The steps of the approval chain taken in one of these roles.
Table approvals(Sources facts, RoleSet roles) {
    Table table{{"日期", "环节", "意见", "签署人"}, {3, 3, 5, 3}, {}};
    for (Event const& event : facts.events) {
        if (!is_approval(event) || !roles.has(event.role)) continue;
        table.rows.push_back(
            {letter_date(event.on),
             text(event.role) + "\n" + text(event.action),
             opinion_of(event),
             facts.name_of(event.by)}
        );
    }
    return table;
}

Rows draft_rows(Sources facts) {
    Case const& c = facts.c;
    Rows rows{{"受理编号", c.number.value}};
    if (!c.draft) return rows;
    add(rows, "拟答复类型", text(c.draft->outcome));
    auto const* const own = reading_of(c.draft->outcome, facts.issuer.readings);
    add(rows, "条款", own != nullptr && own->basis ? *own->basis : std::string(rule_of(c.draft->outcome).article));
    for (std::size_t i = 0; i < c.draft->items.size() && i < c.application.items.size(); ++i) {
        ItemReply const& item = c.draft->items[i];
        add(rows,
            c.application.items[i].title,
            lines({text(item.outcome), text(item.limb), text(item.reference), text(item.reason), text(item.separation)})
        );
    }
    add(rows, "答复正文", c.draft->text);
    return rows;
}

template <Role... roles>
std::vector<Block> review(Sources facts) {
    return {FactTable{draft_rows(facts)}, approvals(facts, {roles...})};
}

std::vector<Block> approval(Sources facts) {
    Rows rows = draft_rows(facts);
    add(rows, "拟稿人", facts.c.drafted_by.empty() ? std::string() : facts.name_of(facts.c.drafted_by));
    add(rows, "文号", text(facts.c.reply_number));
    add(rows, "签发日期", text(facts.c.signed_on));
    RoleSet const chain{Role::DepartmentHead, Role::SecrecyReviewer, Role::LegalReviewer, Role::OfficeHead};
    return {FactTable{std::move(rows)}, approvals(facts, chain)};
}

// ---- 送达回证
// --------------------------------------------------------------------------------------------------------

std::vector<Block> delivery(Sources facts) {
    Case const& c = facts.c;
    Rows rows{{"受理编号", c.number.value}};
    add(rows, "送达文书", "政府信息公开申请答复书");
    add(rows, "文号", text(c.reply_number));
    add(rows, "受送达人", c.application.applicant.name);
    add(rows, "送达方式", text(c.dispatch->method));
    add(rows, "送出日期", letter_date(c.dispatch->dispatched_on));
    add(rows, "邮件号码", text(c.dispatch->tracking_number));
    add(rows, "收件地址或者收件人", text(c.dispatch->recipient));
    rows.emplace_back("送达日期", c.delivery ? letter_date(c.delivery->delivered_on) : "");
    rows.emplace_back("送达结果", c.delivery ? text(c.delivery->result) : "");
    rows.emplace_back("签收人", c.delivery ? text(c.delivery->signer) : "");
    return {FactTable{std::move(rows)}};
}

// ---- 救济途径表
// --------------------------------------------------------------------------------------------------------

std::vector<Block> remedies(Sources facts) {
    Table table{{"对哪一部分", "途径", "向谁提出", "最后一天"}, {5, 3, 5, 5}, {}};
    std::vector<Block> order;  ///< in which the ways are open, once for each part
    for (StandingRemedy const& each : facts.remedies) {
        auto const last_day = letter_date(each.last_day) + (each.over ? "\n（期限已过）" : "");
        table.rows.push_back({each.about, text(each.kind), each.authority, last_day});
        Block told = Paragraph{each.about + "：" + std::string(each.note)};
        if (std::ranges::find(order, told) == order.end()) order.push_back(std::move(told));
    }
    std::vector<Block> body{std::move(table)};
    std::ranges::move(order, std::back_inserter(body));
    body.emplace_back(Paragraph{"日期从送达之日起算；还没有送达记录的，从送出之日起算。以答复书写明的为准。"});
    return body;
}

// ---- 案卷目录
// --------------------------------------------------------------------------------------------------------

/// In the order of the 案卷: the form, what the agency sent and received, the sheets, what was handed in.
std::vector<Block> contents(Sources facts) {
    Table table{{"顺序号", "材料名称", "文号", "日期"}, {2, 7, 5, 4}, {}};
    auto const file = [&](std::string name, std::string number, std::string date) {
        table.rows.push_back(
            {std::to_string(table.rows.size() + 1), std::move(name), std::move(number), std::move(date)}
        );
    };
    file("政府信息公开申请表", facts.c.number.value, letter_date(facts.c.submitted_on));
    for (DossierLetter const& letter : facts.letters)
        file(text(letter.kind), text(letter.number), letter_date(letter.on));
    for (SheetKind const sheet : sheets_of(facts)) {
        if (sheet != SheetKind::Contents) file(text(sheet), "", "");
    }
    for (Attachment const& attachment : facts.c.attachments) file(attachment.name, "", "");
    std::vector<Block> body{std::move(table)};
    if (facts.c.archive) {
        body.emplace_back(Paragraph{
            "保管期限：" + std::to_string(facts.c.archive->retention_years) + "年。" + text(facts.c.archive->remark)});
    }
    return body;
}

bool always(Sources) { return true; }
bool is_searched(Sources facts) { return !facts.c.searches.empty(); }
bool is_drafted(Sources facts) { return facts.c.draft.has_value(); }
bool is_dispatched(Sources facts) { return facts.c.dispatch.has_value(); }
bool has_remedies(Sources facts) { return !facts.remedies.empty(); }

struct SheetRule {
    SheetKind kind;
    std::string_view title;
    bool (*filed)(Sources);
    std::vector<Block> (*body)(Sources);
};

// clang-format off
constexpr std::array kSheets{
    SheetRule{SheetKind::Registration, "政府信息公开申请登记表", always,        registration},
    SheetRule{SheetKind::Search,       "政府信息检索记录表",     is_searched,   search},
    SheetRule{SheetKind::Secrecy,      "政府信息公开保密审查表", is_drafted,    review<Role::SecrecyReviewer>},
    SheetRule{SheetKind::Legal,        "政府信息公开法制审核表", is_drafted,    review<Role::LegalReviewer>},
    SheetRule{SheetKind::Approval,     "政府信息公开答复审批单", is_drafted,    approval},
    SheetRule{SheetKind::Delivery,     "送达回证",               is_dispatched, delivery},
    SheetRule{SheetKind::Remedies,     "救济途径表",             has_remedies,  remedies},
    SheetRule{SheetKind::Contents,     "案卷目录",               always,        contents},
};
// clang-format on

static_assert(kSheets.size() == kSheetKinds.size() && is_in_order(kSheets, &SheetRule::kind));

}  // namespace

std::vector<SheetKind> sheets_of(SheetFacts const& facts) {
    std::vector<SheetKind> filed;
    for (SheetRule const& rule : kSheets) {
        if (rule.filed(facts)) filed.push_back(rule.kind);
    }
    return filed;
}

Document compose_sheet(SheetKind kind, SheetFacts const& facts) {
    SheetRule const& rule = kSheets[static_cast<std::size_t>(kind)];
    Document document;
    document.agency = facts.issuer.name;
    document.title = rule.title;
    if (rule.filed(facts)) document.body = rule.body(facts);
    document.dated = facts.on;
    return document;
}

}  // namespace workflow
