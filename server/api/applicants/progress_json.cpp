#include "server/api/applicants/progress_json.hpp"

#include <boost/json/serialize.hpp>

#include <optional>

#include "server/api/cases/clock_json.hpp"
#include "server/api/letters/letter_json.hpp"

namespace server::api {
namespace {

using workflow::Case;
using workflow::Date;

json::object progress_step_schema() {
    return ObjectSchema()
        .member<workflow::Stage>("stage")
        .member("status", codes_schema<StepStatus>())
        .named("ProgressStep");
}

void write_request(JsonWriter& json, std::string_view member, auto const& request, auto&& write) {
    json.key(member);
    if (!request) return json.value(nullptr);
    json.open_object();
    write(*request);
    json.close_object();
}

void write_reply(JsonWriter& json, Case const& c) {
    write_request(json, "reply", c.dispatch, [&](workflow::Dispatch const& dispatch) {
        json.member("number", c.reply_number).member("outcome", c.outcome);
        json.member("method", dispatch.method).member("dispatched_on", dispatch.dispatched_on);
        json.member("delivered_on", c.delivery ? std::optional(c.delivery->delivered_on) : std::nullopt);
    });
}

json::object reply_schema() {
    return ObjectSchema()
        .member<std::optional<workflow::Code>>("number", "答复文号")
        .member<std::optional<workflow::Outcome>>("outcome", "办理结果")
        .member<workflow::ObtainBy>("method", "送达方式")
        .member<Date>("dispatched_on", "送出日期")
        .member<std::optional<Date>>("delivered_on", "送达日期")
        .named("ProgressReply");
}

json::object remedy_schema() {
    return ObjectSchema()
        .member("kind", codes_schema<RemedyKind>())
        .member<std::string>("label")
        .member<std::string>("authority", "向哪里提出")
        .member<Date>("last_day", "最后一天")
        .member<std::string>("note", "说明")
        .named("ProgressRemedy");
}

json::object own_file_schema() {
    return ObjectSchema()
        .member<int>("n", "序号，从 1 起")
        .members<workflow::Attachment>()
        .member<std::string>("url", "下载地址")
        .member<workflow::FileState>("state", "状态；可以使用的才能下载")
        .named("OwnFile");
}

}  // namespace

std::string progress_json(Progress const& progress) {
    auto const& [stored, agency, department, steps, clock, remedies, actions, files, file_states, letters, new_replies, published, unchecked, takes_files] =
        progress;
    Case const& c = stored.facts;
    JsonWriter json;
    json.open_object();
    json.member("number", c.number).member("case_id", stored.id);
    json.member("state", c.state).member("stage", workflow::stage_of(c.state));
    json.key("steps").open_list();
    for (auto const& [stage, status] : steps) {
        json.open_object().member("stage", stage).member("status", workflow::code(status)).close_object();
    }
    json.close_list();
    json.member("agency", agency.code).member("agency_name", agency.name).member("agency_phone", agency.phone);
    json.member("unit", department != nullptr ? std::optional(department->name) : std::nullopt);
    json.member("submitted_on", c.submitted_on).member("received_on", c.received_on);
    json.key("clock").raw(clock ? boost::json::serialize(clock_json(*clock)) : "null");
    json.member("items", c.application.items);
    write_request(json, "correction", c.correction, [&](workflow::CorrectionRequest const& request) {
        json.member("points", request.points).member("guidance", request.guidance).member("reply_by", request.reply_by);
    });
    write_request(json, "explanation", c.explanation_request, [&](workflow::ExplanationRequest const& request) {
        json.member("volume", request.volume).member("reply_by", request.reply_by);
    });
    write_request(json, "fee", c.fee, [&](workflow::FeeNotice const& notice) {
        json.member("basis", notice.basis).member("quantity", notice.quantity).member("amount_fen", notice.amount_fen);
        json.member("paid_on", c.payment ? std::optional(c.payment->paid_on) : std::nullopt);
    });
    write_reply(json, c);
    json.member("concluded_on", c.concluded_on);
    json.key("remedies").open_list();
    for (auto const& remedy : remedies) {
        json.open_object().member("kind", workflow::code(remedy.kind)).member("label", workflow::label(remedy.kind));
        json.member("authority", remedy.authority).member("last_day", remedy.last_day).member("note", remedy.note);
        json.close_object();
    }
    json.close_list();
    json.member("rating", c.rating);
    json.member("rating_addition", c.rating_procedure.addition);
    json.member("suggestions", c.suggestions).member("amendments", c.amendments);
    json.key("published").open_list();
    for (auto const& publication : published) {
        json.open_object().member("id", publication.id).member("title", publication.title).close_object();
    }
    json.close_list().key("new_replies").open_list();
    for (auto const& again : new_replies) {
        json.open_object().member("number", again.facts.number).member("state", again.facts.state).close_object();
    }
    json.close_list();
    json.key("attachments").open_list();
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto const number = files[i];
        json.open_object().member("n", number);
        json.members(c.attachments[number - 1]);
        json.member("url", "/api/v1/cases/" + stored.id + "/attachments/" + std::to_string(number));
        json.member("state", file_states[i]).close_object();
    }
    json.close_list();
    json.key("letters").open_list();
    for (auto const& letter : letters) write_letter(json, letter, stored.id);
    json.close_list();
    json.key("actions").open_list();
    for (auto const& action : actions) json.value(action.name);
    json.close_list().member("contact_unchecked", unchecked);
    json.member("takes_files", takes_files).close_object();
    return json.take();
}

json::object progress_schema() {
    auto const correction = ObjectSchema()
                                .member<std::vector<std::string>>("points", "需要补正的内容")
                                .member<std::string>("guidance", "指导和释明")
                                .member<std::optional<Date>>("reply_by", "补正期限")
                                .named("ProgressCorrection");
    auto const explanation = ObjectSchema()
                                 .member<std::string>("volume", "数量、频次情况")
                                 .member<Date>("reply_by", "说明理由的期限")
                                 .named("ProgressExplanation");
    auto const fee = ObjectSchema()
                         .member<workflow::FeeBasis>("basis", "收费方式")
                         .member<int>("quantity", "当月第几件，或页数")
                         .member<std::int64_t>("amount_fen", "金额（分）")
                         .member<std::optional<Date>>("paid_on", "缴费日期")
                         .named("ProgressFee");
    auto const published = ObjectSchema()
                               .member<workflow::Code>("id", "公开信息的编号")
                               .member<std::string>("title", "标题")
                               .named("ProgressPublication");
    auto const again = ObjectSchema()
                           .member<workflow::Code>("number", "受理编号")
                           .member<workflow::State>("state", "状态")
                           .named("ProgressNewReply");
    ObjectSchema object;
    object.member<workflow::Code>("number", "受理编号").member<std::string>("case_id");
    object.member<workflow::State>("state", "状态").member<workflow::Stage>("stage", "阶段");
    object.member("steps", list_of(progress_step_schema()), "五个步骤");
    object.member<workflow::Code>("agency", "受理机关").member<std::string>("agency_name");
    object.member<std::string>("agency_phone").member<std::optional<std::string>>("unit", "承办部门");
    object.member<Date>("submitted_on", "提交日期").member<std::optional<Date>>("received_on", "收到日期");
    object.member("clock", nullable(clock_schema()), "期限及其理由");
    object.member<std::vector<workflow::RequestedItem>>("items", "所需信息");
    object.member("correction", nullable(correction), "要求补正");
    object.member("explanation", nullable(explanation), "要求说明理由");
    object.member("fee", nullable(fee), "缴费");
    object.member("reply", nullable(reply_schema()), "答复");
    object.member<std::optional<Date>>("concluded_on", "办结日期");
    object.member("remedies", list_of(remedy_schema()), "救济途径");
    object.member<std::optional<workflow::RatingGiven>>("rating", "评价");
    object.member<std::optional<workflow::RatingAddition>>("rating_addition", "追加的评价");
    object.member<std::vector<workflow::PublicationSuggestion>>("suggestions", "公开建议及其答复");
    object.member<std::vector<workflow::Amendment>>("amendments", "更正申请及其答复");
    object.member("published", list_of(published), "按建议主动公开的信息");
    object.member("new_replies", list_of(again), "重新答复的申请件，用同一个查询码查询");
    object.member("letters", list_of(letter_schema()), "发给自己的文书");
    object.member("attachments", list_of(own_file_schema()), "自己提交的材料和随答复提供的文件");
    object.member("actions", list_of(enumeration(own_action_names())), "现在可以做的");
    object.member<bool>("contact_unchecked", "联系方式待核验：核验以前不收材料，不发邮件和短信");
    object.member<bool>("takes_files", "现在可以上传材料");
    return object.named("Progress");
}

}  // namespace server::api
