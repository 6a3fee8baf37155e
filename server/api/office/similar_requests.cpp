#include "storage/search/similar_requests.hpp"
#include "storage/search/search.hpp"
#include "workflow/reply/fees.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "server/api/cases/case_access.hpp"
#include "server/api/office/operations.hpp"
#include "server/api/office/publications.hpp"
#include "server/api/shapes/input.hpp"

/// What a request is similar to: other requests of the same applicant, those of others (without saying who), and
/// publications or what ought to be published; and its ordinal in the month, for the fee.
namespace server::api {

/// A request as far as it has been typed.
struct TypedRequest {
    std::optional<std::string> name;
    std::optional<std::string> id_number;
    std::optional<std::string> uscc;
    std::optional<std::string> phone;
    std::optional<std::string> title;
    std::optional<std::string> description;
};

constexpr auto fields(std::type_identity<TypedRequest>) {
    using T = TypedRequest;
    using workflow::field;
    using workflow::kShortText;
    return std::tuple{
        field("name", &T::name, "姓名或名称", {0, kShortText}),
        field("id_number", &T::id_number, "证件号码", {0, 40}),
        field("uscc", &T::uscc, "统一社会信用代码", {0, 40}),
        field("phone", &T::phone, "联系电话", {0, 40}),
        field("title", &T::title, "所需信息名称", {0, kShortText}),
        field("description", &T::description, "所需信息描述", {0, workflow::kLongText})};
}

namespace {

using http::verb;
using storage::Connection;
using workflow::Case;

constexpr std::size_t kMostCases = 12;
constexpr std::size_t kMostPublications = 5;
constexpr std::size_t kMostCatalogueItems = 3;

/// From this score on two requests are shown as having the same content; people decide.
constexpr int kSameContent = 60;

/// 条例第四十四条: "several applicants" who ask for the same. The law gives no number; this system takes two.
constexpr std::size_t kSeveralApplicants = 2;

std::string identity(workflow::Applicant const& applicant) {
    for (auto const* number : {&applicant.id_number, &applicant.uscc}) {
        if (*number && !(*number)->empty()) return storage::fold(**number);
    }
    return storage::fold(applicant.name) + '/' + storage::fold(applicant.phone.value_or(""));
}

std::string text_of(std::vector<workflow::RequestedItem> const& items) {
    std::string text;
    for (auto const& item : items) {
        text += item.title;
        text += '\n';
        text += item.description;
        text += '\n';
    }
    return text;
}

struct Request {
    workflow::Applicant applicant;
    std::vector<workflow::RequestedItem> items;
    workflow::Code agency;
    workflow::Date month;
    std::string case_id;
};

json::object like_case_schema() {
    return ObjectSchema()
        .member<std::optional<std::string>>("case_id", "自己看不到的申请件为空")
        .member<std::optional<workflow::Code>>("number", "受理编号；别人的申请自己看不到的为空")
        .member<std::optional<std::string>>("title", "第一项信息的名称")
        .member<workflow::State>("state")
        .member<workflow::Date>("received_on", "收到或提交日期")
        .member<std::optional<workflow::Outcome>>("outcome")
        .member<std::optional<workflow::Code>>("reply_number", "答复文号")
        .member<std::optional<workflow::Date>>("replied_on", "答复送出的日期")
        .member<int>("score", "相似程度，0 到 100")
        .member<bool>("answered_before", "同一申请人、相同内容、已经答复：可以按重复申请处理（条例第三十六条第六项）")
        .named("LikeCase");
}

json::object catalogue_item_schema() {
    return ObjectSchema()
        .member<workflow::CatalogueField>("field", "26 个领域基层政务公开标准目录（国办发〔2019〕54号）的领域")
        .member<std::string>("name", "公开事项")
        .member<std::string>("article", "应当主动公开的依据")
        .member<int>("score", "名称相符的程度，0 到 100")
        .named("CatalogueItem");
}

json::object similar_requests_schema() {
    auto const month = ObjectSchema()
                           .member<int>("piece", "该申请人本自然月向本机关提出的第几件")
                           .member<int>("free_pieces", "每月免费的件数")
                           .member<bool>("may_ask_reasons", "超过免费的件数，可以要求说明理由（条例第三十五条）")
                           .member<std::int64_t>("fee_fen", "按件计收时这一件的信息处理费（分）")
                           .member<bool>("fees_enabled", "本机关收取信息处理费")
                           .named("PieceOfMonth");
    return ObjectSchema()
        .member("own", list_of(like_case_schema()), "同一申请人的申请")
        .member("others", list_of(like_case_schema()), "其他人的相似申请，不显示是谁")
        .member("published", list_of(suggestion_schema()), "已经主动公开的相似信息")
        .member("catalogue", list_of(catalogue_item_schema()), "属于应当主动公开的事项：核对是否已经公开")
        .member<int>("applicants", "申请相同内容的不同申请人，含这一件")
        .member<bool>("suggest_publication", "多个申请人申请相同内容，可以纳入主动公开（条例第四十四条）")
        .member("month", month, "本月件数")
        .named("Likeness");
}

struct SimilarRequestsJob {
    Services& services;
    Call const& call;
    Request request;

    std::string operator()(Connection& connection) const {
        auto const found = storage::find_similar_requests(
            connection,
            services.store.vault(),
            {request.applicant, request.items, request.agency, request.month, request.case_id},
            kMostCases
        );
        std::set<std::string> applicants{identity(request.applicant)};
        JsonWriter own;
        JsonWriter others;
        own.open_list();
        others.open_list();
        for (auto const& like : found.cases) {
            auto const stored = services.store.cases().find(connection, like.id);
            if (!stored) continue;
            if (like.score >= kSameContent) applicants.insert(identity(stored->facts.application.applicant));
            write(like.same_applicant ? own : others, *stored, like);
        }
        own.close_list();
        others.close_list();
        JsonWriter json;
        json.open_object().key("own").raw(own.take());
        json.key("others").raw(others.take());
        json.key("published");
        std::string const text = text_of(request.items);
        auto const published = services.store.publications().suggest(connection, {}, text, kMostPublications);
        write_suggestions(json, published, *call.directory);
        write_catalogue(json, storage::find_in_catalogue(text, kMostCatalogueItems));
        json.member("applicants", applicants.size());
        json.member("suggest_publication", applicants.size() >= kSeveralApplicants);
        write_month(json, found.piece_of_month);
        json.close_object();
        return json.take();
    }

private:
    void write(JsonWriter& json, storage::StoredCase const& stored, storage::SimilarCase const& like) const {
        Case const& c = stored.facts;
        auto const line = call.directory->line(c.application.agency);
        bool const visible = !workflow::roles_on(c, call.actor, line).empty();
        bool const named = visible || like.same_applicant;
        bool const answered = c.dispatch.has_value();
        json.open_object();
        json.member("case_id", visible ? std::optional(stored.id) : std::nullopt);
        json.member("number", named ? std::optional(c.number) : std::nullopt);
        json.member("title", named ? std::optional(c.application.items.front().title) : std::nullopt);
        json.member("state", c.state).member("received_on", c.received_on.value_or(c.submitted_on));
        json.member("outcome", c.outcome).member("reply_number", named ? c.reply_number : std::nullopt);
        json.member("replied_on", answered ? std::optional(c.dispatch->dispatched_on) : std::nullopt);
        json.member("score", like.score);
        json.member("answered_before", like.same_applicant && answered && like.score >= kSameContent);
        json.close_object();
    }

    static void write_catalogue(JsonWriter& json, std::vector<storage::CatalogueMatch> const& matches) {
        json.key("catalogue").open_list();
        for (auto const& [item, score] : matches) {
            json.open_object().member("field", item->field).member("name", item->name);
            json.member("article", item->article).member("score", score).close_object();
        }
        json.close_list();
    }

    void write_month(JsonWriter& json, int piece) const {
        auto const* agency = call.directory->agency(request.agency);
        json.key("month").open_object();
        json.member("piece", piece).member("free_pieces", workflow::kFreePieces);
        json.member("may_ask_reasons", piece > workflow::kFreePieces);
        json.member("fee_fen", workflow::fee_of_piece(piece));
        json.member("fees_enabled", agency != nullptr && agency->policy.fees_enabled);
        json.close_object();
    }
};

net::awaitable<Answer> answer(Services& services, Call& call, Request request) {
    SimilarRequestsJob job{services, call, std::move(request)};
    auto body = co_await services.pool.read(std::move(job));
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

net::awaitable<Answer> read_similar_requests(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const& c = found->stored.facts;
    auto const& form = c.application;
    Request request;
    request.applicant = form.applicant;
    request.items = form.items;
    request.agency = form.agency;
    request.month = c.received_on.value_or(c.submitted_on);
    request.case_id = found->stored.id;
    co_return co_await answer(services, call, std::move(request));
}

net::awaitable<Answer> check_similar_requests(Services& services, Call& call) {
    auto given = read_body<TypedRequest>(call.request.body);
    if (!given) co_return given.error();
    Request request;
    request.applicant.name = given->name.value_or("");
    request.applicant.id_number = std::move(given->id_number);
    request.applicant.uscc = std::move(given->uscc);
    request.applicant.phone = std::move(given->phone);
    auto& item = request.items.emplace_back();
    item.title = given->title.value_or("");
    item.description = given->description.value_or("");
    request.agency = call.actor.agency;
    request.month = call.today();
    co_return co_await answer(services, call, std::move(request));
}

}  // namespace

std::vector<Operation> similar_request_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/likeness",
         .id = "readLikeness",
         .summary = "与这件申请相似的申请和公开信息，以及申请人本月的件数",
         .tag = "cases",
         .who = Who::Staff,
         .handler = read_similar_requests,
         .response = similar_requests_schema},
        {.method = verb::post,
         .path = "/api/v1/likeness",
         .id = "checkLikeness",
         .summary = "正在登记的申请与什么相似",
         .tag = "cases",
         .who = Who::Staff,
         .handler = check_similar_requests,
         .roles = {workflow::Role::Registrar},
         .request = shape_schema<TypedRequest>,
         .response = similar_requests_schema},
    };
}

}  // namespace server::api
