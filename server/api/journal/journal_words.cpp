#include "server/api/journal/journal_words.hpp"

#include "workflow/words/actions.hpp"
#include "workflow/words/roles.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace server::api {
namespace {

struct Word {
    std::string_view code;
    std::string_view label;
};

/// Beside the actions of the procedure.
constexpr std::array kActs{
    Word{"recompute", "重算答复期限"},
    Word{"reveal_applicant", "查看申请人完整信息"},
    Word{"put_agency", "设置机关"},
    Word{"put_department", "设置内设机构"},
    Word{"put_staff", "设置账号"},
    Word{"put_calendar", "录入工作日历"},
    Word{"put_publication", "发布信息"},
    Word{"withdraw_publication", "撤下已公开信息"},
    Word{"delivery_retry", "重新发送"},
    Word{"delivery_cancel", "取消送达任务"},
    Word{"delivery_confirm_printed", "登记文书已送出"},
    Word{"delivery_record_bounce", "登记退信"},
    Word{"print_delivery", "打印待送文书"},
    Word{"freeze_letter", "定稿文书"},
    Word{"put_letter_template", "修改文书模板"},
    Word{"import_ledger", "导入台账"},
    Word{"type_report", "填写年度报告"},
    Word{"publish_report", "发布年度报告"},
    Word{"quarantine_file", "隔离文件，等待审核"},
    Word{"scan_file", "查毒"},
    Word{"examine_file", "重新检查文件"},
    Word{"propose_file_decision", "提出隔离文件的处理意见"},
    Word{"confirm_file_decision", "复核隔离文件的处理意见"},
    Word{"check_file", "外发检查"},
    Word{"waive_finding", "说明检查结果不需处理的理由"},
    Word{"confirm_waiver", "复核不需处理的理由"},
    Word{"release_file", "确认文件随答复提供"},
    Word{"derive_file", "生成处理后的文件"},
    Word{"hold", "暂缓销毁"},
    Word{"lift_hold", "解除暂缓销毁"},
    Word{"propose_erasure", "提议销毁个人信息"},
    Word{"reject_erasure", "不同意销毁个人信息"},
    Word{"erase", "销毁个人信息"},
};

constexpr std::array kObjects{
    Word{"case", "申请件"},
    Word{"case_access", "申请人信息的查看"},
    Word{"clock", "答复期限"},
    Word{"file", "材料"},
    Word{"agency", "机关"},
    Word{"department", "内设机构"},
    Word{"staff", "账号"},
    Word{"calendar", "工作日历"},
    Word{"publication", "已公开信息"},
    Word{"delivery", "送达任务"},
    Word{"letter", "文书"},
    Word{"letter_template", "文书模板"},
    Word{"ledger", "台账导入"},
    Word{"annual_report", "年度报告"},
    Word{"retention", "案卷的保管"},
};

std::string_view label_in(std::span<Word const> words, std::string_view code) {
    auto const found = std::ranges::find(words, code, &Word::code);
    return found == words.end() ? code : found->label;
}

json::object choice(std::string_view code, std::string_view label) { return {{"const", code}, {"title", label}}; }

json::object choices_schema(std::string_view name, json::array choices) {
    return named(name, {{"type", "string"}, {"oneOf", std::move(choices)}});
}

}  // namespace

std::string_view action_label(std::string_view action) {
    auto const known = workflow::parse<workflow::Action>(action);
    return known ? workflow::label(*known) : label_in(kActs, action);
}

std::string_view role_label(std::string_view role) {
    auto const known = workflow::parse<workflow::Role>(role);
    return known ? workflow::label(*known) : role;
}

std::string_view object_label(std::string_view type) { return label_in(kObjects, type); }

json::object journal_actions_schema() {
    json::array choices;
    for (auto const& action : workflow::kActions) choices.push_back(choice(action.code, action.label));
    for (auto const& [code, label] : kActs) choices.push_back(choice(code, label));
    return choices_schema("JournalAction", std::move(choices));
}

json::object journal_objects_schema() {
    json::array choices;
    for (auto const& [code, label] : kObjects) choices.push_back(choice(code, label));
    return choices_schema("JournalObject", std::move(choices));
}

}  // namespace server::api
