#include "server/api/applicants/progress_json.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "server/api/cases/clock_json.hpp"
#include "server/api/cases/remedy_view.hpp"
#include "server/api/letters/letter_json.hpp"

namespace server::api {
namespace {

using workflow::Case;

// ---- what a case holds for its applicant ---------------------------------------------------------------------------

struct ProgressStepView {
    ProgressStep about;
};

constexpr auto fields(std::type_identity<ProgressStepView>) {
    return std::tuple{answer("stage", &ProgressStep::stage), answer("status", [](ProgressStepView const& a) {
                          return OnlyCode{a.about.status};
                      })};
}

struct ProgressCorrectionView {
    workflow::CorrectionRequest const& about;
};

constexpr auto fields(std::type_identity<ProgressCorrectionView>) {
    using workflow::CorrectionRequest;
    return std::tuple{
        answer("points", "需要补正的内容", &CorrectionRequest::points),
        answer("guidance", "指导和释明", &CorrectionRequest::guidance),
        answer("reply_by", "补正期限", &CorrectionRequest::reply_by)};
}

struct ProgressExplanationView {
    workflow::ExplanationRequest const& about;
};

constexpr auto fields(std::type_identity<ProgressExplanationView>) {
    using workflow::ExplanationRequest;
    return std::tuple{
        answer("volume", "数量、频次情况", &ExplanationRequest::volume),
        answer("reply_by", "说明理由的期限", &ExplanationRequest::reply_by)};
}

struct ProgressFeeView {
    workflow::FeeNotice const& about;
    std::optional<workflow::Payment> const& payment;
};

constexpr auto fields(std::type_identity<ProgressFeeView>) {
    using A = ProgressFeeView;
    using workflow::FeeNotice;
    return std::tuple{
        answer("basis", "收费方式", &FeeNotice::basis),
        answer("quantity", "当月第几件，或页数", &FeeNotice::quantity),
        answer("amount_fen", "金额（分）", &FeeNotice::amount_fen),
        answer("paid_on", "缴费日期", [](A const& a) {
            return a.payment ? std::optional(a.payment->paid_on) : std::nullopt;
        })};
}

/// Of a case whose reply has gone out.
struct ProgressReplyView {
    Case const& about;
};

constexpr auto fields(std::type_identity<ProgressReplyView>) {
    using A = ProgressReplyView;
    return std::tuple{
        answer("number", "答复文号", &Case::reply_number),
        answer("outcome", "办理结果", &Case::outcome),
        answer("method", "送达方式", [](A const& a) { return a.about.dispatch->method; }),
        answer("dispatched_on", "送出日期", [](A const& a) { return a.about.dispatch->dispatched_on; }),
        answer("delivered_on", "送达日期", [](A const& a) { return a.about.served_on(); })};
}

struct ProgressPublicationView {
    storage::Publication const& about;
};

constexpr auto fields(std::type_identity<ProgressPublicationView>) {
    using storage::Publication;
    return std::tuple{answer("id", "公开信息的编号", &Publication::id), answer("title", "标题", &Publication::title)};
}

/// A case in which the reply is made anew.
struct ProgressNewReplyView {
    Case const& about;
};

constexpr auto fields(std::type_identity<ProgressNewReplyView>) {
    return std::tuple{answer("number", "受理编号", &Case::number), answer("state", "状态", &Case::state)};
}

/// One of the applicant's own files.
struct OwnFileView {
    std::size_t number;
    workflow::Attachment const& attachment;
    workflow::FileState state;
    std::string_view case_id;
};

constexpr auto fields(std::type_identity<OwnFileView>) {
    using A = OwnFileView;
    return std::tuple{
        answer("n", "序号，从 1 起", [](A const& a) { return a.number; }),
        spread([](A const& a) -> auto const& { return a.attachment; }),
        answer(
            "url",
            "下载地址",
            [](A const& a) {
                return "/api/v1/cases/" + std::string(a.case_id) + "/attachments/" + std::to_string(a.number);
            }
        ),
        answer("state", "状态；可以使用的才能下载", [](A const& a) { return a.state; })};
}

std::vector<OwnFileView> own_files(Progress const& progress) {
    std::vector<OwnFileView> list;
    list.reserve(progress.files.size());
    for (std::size_t i = 0; i < progress.files.size(); ++i) {
        auto const number = progress.files[i];
        auto const& attachment = progress.stored.facts.attachments[number - 1];
        list.push_back({number, attachment, progress.file_states[i], progress.stored.id});
    }
    return list;
}

struct OwnActionName {
    OwnAction const& action;
    void write(JsonWriter& json) const { json.value(action.name); }
    static json::object schema() { return enumeration(own_action_names()); }
};

// ---- the whole -----------------------------------------------------------------------------------------------------

/// The view that `made` gives of the value, null where there is none.
template <typename T, typename Make>
auto if_there(std::optional<T> const& value, Make const& made) {
    return value ? std::optional(made(*value)) : std::nullopt;
}

struct ProgressView {
    Progress const& progress;
    Case const& about = progress.stored.facts;
};

constexpr auto fields(std::type_identity<ProgressView>) {
    using A = ProgressView;
    return std::tuple{
        answer("number", "受理编号", &Case::number),
        answer("case_id", [](A const& a) { return std::string_view(a.progress.stored.id); }),
        answer("state", "状态", &Case::state),
        answer("stage", "阶段", [](A const& a) { return workflow::stage_of(a.about.state); }),
        answer(
            "steps",
            "五个步骤",
            [](A const& a) {
                return Each(a.progress.steps, [](ProgressStep const& each) { return ProgressStepView{each}; });
            }
        ),
        answer("agency", "受理机关", [](A const& a) { return std::string_view(a.progress.agency.code.value); }),
        answer("agency_name", [](A const& a) { return std::string_view(a.progress.agency.name); }),
        answer("agency_phone", [](A const& a) { return std::string_view(a.progress.agency.phone); }),
        answer(
            "unit",
            "承办部门",
            [](A const& a) {
                auto const* unit = a.progress.department;
                return unit != nullptr ? std::optional<std::string_view>(unit->name) : std::nullopt;
            }
        ),
        answer("submitted_on", "提交日期", &Case::submitted_on),
        answer("received_on", "收到日期", &Case::received_on),
        answer(
            "clock",
            "期限及其理由",
            [](A const& a) {
                return if_there(a.progress.clock, [](auto const& clock) { return CaseClockView{clock}; });
            }
        ),
        answer(
            "items", "所需信息", [](A const& a) -> auto const& { return a.about.application.items; }
        ),
        answer(
            "correction",
            "要求补正",
            [](A const& a) {
                return if_there(a.about.correction, [](auto const& asked) { return ProgressCorrectionView{asked}; });
            }
        ),
        answer(
            "explanation",
            "要求说明理由",
            [](A const& a) {
                return if_there(a.about.explanation_request, [](auto const& asked) {
                    return ProgressExplanationView{asked};
                });
            }
        ),
        answer(
            "fee",
            "缴费",
            [](A const& a) {
                return if_there(a.about.fee, [&a](auto const& fee) { return ProgressFeeView{fee, a.about.payment}; });
            }
        ),
        answer(
            "reply",
            "答复",
            [](A const& a) {
                return if_there(a.about.dispatch, [&a](auto const&) { return ProgressReplyView{a.about}; });
            }
        ),
        answer("concluded_on", "办结日期", &Case::concluded_on),
        answer("remedies", "救济途径", [](A const& a) { return remedy_views(a.progress.remedies); }),
        answer("rating", "评价", &Case::rating),
        answer("rating_addition", "追加的评价", [](A const& a) { return a.about.rating_procedure.addition; }),
        answer("suggestions", "公开建议及其答复", &Case::suggestions),
        answer("amendments", "更正申请及其答复", &Case::amendments),
        answer(
            "published",
            "按建议主动公开的信息",
            [](A const& a) {
                return Each(a.progress.published, [](auto const& each) { return ProgressPublicationView{each}; });
            }
        ),
        answer(
            "new_replies",
            "重新答复的申请件，用同一个查询码查询",
            [](A const& a) {
                return Each(a.progress.new_replies, [](auto const& each) { return ProgressNewReplyView{each.facts}; });
            }
        ),
        answer("attachments", "自己提交的材料和随答复提供的文件", [](A const& a) { return own_files(a.progress); }),
        answer(
            "letters",
            "发给自己的文书",
            [](A const& a) {
                return Each(a.progress.letters, [&a](auto const& each) {
                    return LetterView{each, a.progress.stored.id};
                });
            }
        ),
        answer(
            "actions",
            "现在可以做的",
            [](A const& a) {
                return Each(a.progress.actions, [](OwnAction const& each) { return OwnActionName{each}; });
            }
        ),
        answer(
            "contact_unchecked",
            "联系方式待核验：核验以前不收材料，不发邮件和短信",
            [](A const& a) { return a.progress.contact_unchecked; }
        ),
        answer("takes_files", "现在可以上传材料", [](A const& a) { return a.progress.takes_files; })};
}

}  // namespace

std::string progress_json(Progress const& progress) {
    JsonWriter json;
    json.value(ProgressView{progress});
    return json.take();
}

json::object progress_schema() { return answer_schema<ProgressView>(); }

}  // namespace server::api
