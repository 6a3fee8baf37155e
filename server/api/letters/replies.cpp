#include "server/letters/fonts.hpp"
#include "server/letters/pdf.hpp"
#include "storage/papers/document_json.hpp"
#include "workflow/letters/letters.hpp"
#include "workflow/reply/checks.hpp"
#include "workflow/reply/main_outcome.hpp"
#include "workflow/reply/outcome_guide.hpp"
#include "workflow/reply/reply_prefill.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "server/api/cases/case_access.hpp"
#include "server/api/letters/operations.hpp"
#include "server/api/shapes/document_schema.hpp"
#include "server/api/shapes/input.hpp"
#include "server/config/issuer.hpp"

/// Reviews a drafted reply without storing anything: what is missing, the results of its checks, the letter it would
/// become; and the questions that lead to an outcome.
namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using workflow::ReplyDraft;

/// What a draft can lack that is no part of it: the step of the case that supplies it.
struct Supply {
    std::string_view code;  ///< of what is missing
    workflow::Action action;
};
constexpr std::array kSupplies{
    Supply{workflow::code(workflow::Evidence::SearchRecord), workflow::Action::AddSearchRecord},
    Supply{workflow::code(workflow::Evidence::ThirdPartyConsulted), workflow::Action::Consult},
    Supply{workflow::code(workflow::Evidence::Corrected), workflow::Action::RequestCorrection},
    Supply{workflow::code(workflow::Evidence::ReasonsAsked), workflow::Action::RequestExplanation},
    Supply{"consultation_open", workflow::Action::RecordOpinion},
};

/// A draft and the case it would answer. Nothing is stored.
struct Review {
    Services& services;
    Call const& call;
    VisibleCase const& found;
    ReplyDraft const& draft;

    /// The letter as it would read with this draft.
    workflow::Document letter(Connection& connection) const {
        auto drafted = found.stored.facts;
        drafted.draft = draft;
        workflow::Payload const no_step;
        auto const issuer = issuer_of(*found.agency, services.config.public_url);
        auto const kind = workflow::letter_of(draft.outcome);
        auto const used = services.store.letters().letter_template(connection, kind);
        auto const enclosed = storage::enclosed_files(connection, found.stored.id, drafted.attachments);
        workflow::LetterFacts facts{drafted, drafted, no_step, issuer, *found.calendar, call.today()};
        facts.enclosed = enclosed;
        return workflow::compose_preview(kind, used.text, facts);
    }

    std::string operator()(Connection& connection) const {
        auto const& facts = found.stored.facts;
        auto const background = services.store.cases().reply_background(connection, found.stored, *call.directory);
        JsonWriter json;
        json.open_object().member("outcome", draft.outcome);
        write_missing(json, workflow::missing_from(facts, draft, found.context(call)));
        write_checks(json, workflow::check_reply(facts, draft, background));
        json.key("preview").raw(json::serialize(storage::document_to_json(letter(connection))));
        json.close_object();
        return json.take();
    }

    static void write_missing(JsonWriter& json, std::vector<workflow::FieldError> const& missing) {
        json.key("missing").open_list();
        for (auto const& each : missing) {
            auto const supply = std::ranges::find(kSupplies, each.code, &Supply::code);
            json.open_object().member("pointer", each.pointer).member("code", each.code).member("detail", each.detail);
            json.member("action", supply != kSupplies.end() ? std::optional(supply->action) : std::nullopt);
            json.close_object();
        }
        json.close_list();
    }

    static void write_checks(JsonWriter& json, std::vector<workflow::CheckResult> const& results) {
        json.key("checks").open_list();
        for (auto const& result : results) {
            auto const& rule = *result.rule;
            json.open_object().member("check", rule.check).member("severity", rule.severity);
            json.member("article", rule.article).member("advice", rule.advice).member("holds", result.holds());
            json.key("findings").open_list();
            for (auto const& each : result.findings) write_fault(json, each);
            json.close_list().close_object();
        }
        json.close_list();
    }

    static void write_fault(JsonWriter& json, workflow::FieldError const& fault) {
        json.open_object().member("pointer", fault.pointer).member("code", fault.code).member("detail", fault.detail);
        json.close_object();
    }
};

json::object review_schema() {
    auto const check = ObjectSchema()
                           .member<workflow::Check>("check", "检查项")
                           .member<workflow::Severity>("severity", "没有通过时")
                           .member<std::string>("article", "所依据的条文")
                           .member<std::string>("advice", "没有通过时怎么办")
                           .member<bool>("holds", "通过")
                           .member("findings", list_of(field_error_schema()), "哪里有什么不符")
                           .named("ReplyCheck");
    auto const gap = ObjectSchema()
                         .member<std::string>("pointer", "在拟写的答复中的位置")
                         .member<std::string>("code", "错误代码")
                         .member<std::string>("detail", "还要做什么")
                         .member<std::optional<workflow::Action>>("action", "不在答复里填写的，由这个动作补上")
                         .named("ReplyGap");
    return ObjectSchema()
        .member<workflow::Outcome>("outcome", "整件的办理结果；没有填写的，由各项的结果得出")
        .member("missing", list_of(gap), "提交审批前还缺什么")
        .member("checks", list_of(check), "各项检查")
        .member("preview", document_schema(), "答复书的样子")
        .named("ReplyReview");
}

/// The review of the stored draft, for those who approve it.
net::awaitable<Answer> read_review(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const& draft = found->stored.facts.draft;
    if (!draft) co_return not_found("no_draft", "还没有拟写答复。");
    Review review{services, call, *found, *draft};
    auto body = co_await services.pool.read(review);
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

/// A draft whose items have outcomes and that names no main one yet is reviewed with the one that is proposed.
std::string with_main_outcome(std::string_view body) {
    boost::system::error_code failed;
    auto draft = json::parse(body, failed);
    auto* const members = failed ? nullptr : draft.if_object();
    if (members == nullptr || members->contains("outcome")) return std::string(body);
    auto const* const items = members->contains("items") ? members->at("items").if_array() : nullptr;
    std::vector<workflow::ItemReply> answered;
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        auto const* const item = (*items)[i].if_object();
        auto const* const word = item != nullptr ? item->if_contains("outcome") : nullptr;
        auto const outcome =
            word != nullptr && word->is_string() ? workflow::parse<workflow::Outcome>(word->as_string()) : std::nullopt;
        if (!outcome) return std::string(body);
        answered.push_back({*outcome, {}, {}, {}, {}});
    }
    if (answered.empty()) return std::string(body);
    members->emplace("outcome", workflow::code(workflow::main_outcome(answered)));
    return json::serialize(draft);
}

net::awaitable<Answer> review_reply(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const draft = read_body<ReplyDraft>(with_main_outcome(call.request.body));
    if (!draft) co_return draft.error();
    Review review{services, call, *found, *draft};
    auto body = co_await services.pool.read(review);
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

net::awaitable<Answer> preview_reply(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const draft = read_body<ReplyDraft>(call.request.body);
    if (!draft) co_return draft.error();
    Review const review{services, call, *found, *draft};
    auto work = [&review, &services](Connection& connection) {
        return letters::render_pdf(review.letter(connection), services.config.letter_fonts);
    };
    auto pages = co_await services.pool.read(std::move(work));
    co_return http::text_response(http::status::ok, "application/pdf", std::move(pages));
}

// ---- what the file already says ------------------------------------------------------------------------------------

net::awaitable<Answer> read_prefills(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto work = [&services, &call, &found](Connection& connection) {
        auto const background = services.store.cases().reply_background(connection, found->stored, *call.directory);
        JsonWriter json;
        json.open_object().key("items").open_list();
        for (auto const& prefill : workflow::prefills(found->stored.facts, background)) {
            json.open_object().member("outcome", prefill.outcome).member("reference", prefill.reference);
            json.member("reason", prefill.reason).member("text", prefill.text).close_object();
        }
        json.close_list().key("third_party_notices").open_list();
        for (auto const& notice : workflow::prefilled_notices(found->stored.facts)) {
            json.open_object().members(notice).close_object();
        }
        json.close_list().close_object();
        return json.take();
    };
    auto body = co_await services.pool.read(std::move(work));
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

json::object prefills_schema() {
    auto const prefill = ObjectSchema()
                             .member<workflow::Outcome>("outcome", "办理结果")
                             .member<std::optional<std::string>>("reference", "依据的材料或去向")
                             .member<std::optional<std::string>>("reason", "理由")
                             .member<std::string>("text", "答复正文")
                             .named("ReplyPrefill");
    return ObjectSchema()
        .member("items", list_of(prefill))
        .member<std::vector<workflow::ThirdPartyNotice>>(
            "third_party_notices", "没有同意公开的第三方，拟告知的内容和理由"
        )
        .named("ReplyPrefills");
}

// ---- the questions that lead to an outcome -------------------------------------------------------------------------

Answer read_guide(Services&, Call&) {
    JsonWriter json;
    json.open_object().key("questions").open_list();
    for (auto const& question : workflow::kOutcomeGuide) {
        json.open_object().member("step", question.step).member("question", question.question);
        json.member("article", question.article).key("answers").open_list();
        for (auto const& answer : question.answers) {
            auto const* rule = answer.outcome ? &workflow::rule_of(*answer.outcome) : nullptr;
            json.open_object().member("text", answer.label).member("next", answer.next);
            json.member("outcome", answer.outcome).member("action", answer.action);
            json.member("article", rule != nullptr ? std::optional(rule->article) : std::nullopt);
            json.close_object();
        }
        json.close_list().close_object();
    }
    json.close_list().close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object guide_schema() {
    auto const answer = ObjectSchema()
                            .member<std::string>("text", "回答")
                            .member<std::optional<workflow::GuideStep>>("next", "接着问哪一步；空：到此为止")
                            .member<std::optional<workflow::Outcome>>("outcome", "办理结果；空：沿用前面的")
                            .member<std::optional<workflow::Action>>("action", "不答复而应当办理的动作")
                            .member<std::optional<std::string>>("article", "办理结果所依据的条文")
                            .named("GuideAnswer");
    auto const question = ObjectSchema()
                              .member<workflow::GuideStep>("step", "第几步")
                              .member<std::string>("question", "问题")
                              .member<std::string>("article", "所依据的条文")
                              .member("answers", list_of(answer), "回答")
                              .named("GuideQuestion");
    return ObjectSchema().member("questions", list_of(question), "按顺序的七个问题").named("OutcomeGuide");
}

}  // namespace

std::vector<Operation> reply_operations() {
    constexpr auto kCaseRoles = workflow::table::kCaseRoles;
    return {
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/reply/prefills",
         .id = "readReplyPrefills",
         .summary = "各种办理结果，案卷里已有的内容",
         .tag = "replies",
         .who = Who::Staff,
         .handler = read_prefills,
         .roles = kCaseRoles,
         .response = prefills_schema},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/reply/review",
         .id = "readReplyReview",
         .summary = "已保存的答复稿的各项检查",
         .tag = "replies",
         .who = Who::Staff,
         .handler = read_review,
         .response = review_schema},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/reply/review",
         .id = "reviewReply",
         .summary = "检查拟写的答复，不保存",
         .tag = "replies",
         .who = Who::Staff,
         .handler = review_reply,
         .roles = kCaseRoles,
         .request = shape_schema<ReplyDraft>,
         .response = review_schema},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/reply/preview.pdf",
         .id = "previewReply",
         .summary = "拟写的答复书，PDF",
         .tag = "replies",
         .who = Who::Staff,
         .handler = preview_reply,
         .roles = kCaseRoles,
         .request = shape_schema<ReplyDraft>,
         .produces = "application/pdf"},
        {.method = verb::get,
         .path = "/api/v1/outcome-guide",
         .id = "readOutcomeGuide",
         .summary = "七步法：选择办理结果",
         .tag = "replies",
         .who = Who::Staff,
         .handler = read_guide,
         .response = guide_schema},
    };
}

}  // namespace server::api
