#include "server/api/office/publications.hpp"

#include "storage/vault/vault.hpp"
#include "workflow/cases/payloads.hpp"
#include "workflow/words/text.hpp"

#include <utility>

#include "server/api/kit/writing.hpp"
#include "server/api/office/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/input.hpp"
#include "server/api/shapes/json_writer.hpp"

/// The publications of the agencies: to be searched before a request, and suggested for a description.
namespace server::api {

struct SuggestionRequest {
    std::optional<workflow::Code> agency;
    std::string description;
};

constexpr auto fields(std::type_identity<SuggestionRequest>) {
    using T = SuggestionRequest;
    return std::tuple{
        workflow::field("agency", &T::agency, "机关代码，含其下级机关", {1, 40}),
        workflow::field("description", &T::description, "所需信息描述", {1, workflow::kLongText})};
}

namespace {

using http::Problem;
using http::verb;
using storage::Connection;
using storage::Publication;
using storage::PublicationFilter;
using workflow::Result;

constexpr workflow::RoleSet kPublishers{workflow::Role::Registrar, workflow::Role::OfficeHead};
constexpr std::int64_t kPublications = 20;
constexpr std::int64_t kLongestPublicationList = 100;
constexpr std::int64_t kLongestSearch = 100;
constexpr std::size_t kSuggestions = 5;

void write_publication(JsonWriter& json, Publication const& publication, storage::Directory const& directory) {
    auto const* agency = directory.agency(publication.agency);
    json.members(publication);
    json.member("agency_name", agency != nullptr ? std::optional(agency->name) : std::nullopt);
    json.member("withdrawn_at", publication.withdrawn_at);
}

ObjectSchema publication_members() {
    return ObjectSchema()
        .members<Publication>()
        .member<std::optional<std::string>>("agency_name")
        .member<std::optional<workflow::Instant>>("withdrawn_at", "撤下的时间");
}

json::object publication_schema() { return publication_members().named("Publication"); }

std::string publication_json(Publication const& publication, storage::Directory const& directory) {
    JsonWriter json;
    json.open_object();
    write_publication(json, publication, directory);
    json.close_object();
    return json.take();
}

http::Response publication_response(Publication const& publication, Call const& call) {
    auto body = publication_json(publication, *call.directory);
    auto response = http::text_response(http::status::ok, "application/json", std::move(body));
    response.set("ETag", version_tag(publication.version));
    return response;
}

// ---- reading -------------------------------------------------------------------------------------------------------

boost::system::result<std::vector<workflow::Code>, Problem> agencies_from(Call const& call, std::string_view code) {
    auto agencies = call.directory->subtree(workflow::Code{std::string(code)});
    if (agencies.empty()) return no_agency();
    return agencies;
}

struct PublicationListJob {
    Services& services;
    Call const& call;
    PublicationFilter filter;

    Result<std::string> operator()(Connection& connection) const {
        auto const page = services.store.publications().list(connection, filter);
        if (!page) return page.error();
        JsonWriter json;
        json.open_object().key("items").open_list();
        for (auto const& publication : page->items) {
            json.open_object();
            write_publication(json, publication, *call.directory);
            json.close_object();
        }
        json.close_list().member("next_cursor", page->next_cursor).close_object();
        return json.take();
    }
};

net::awaitable<Answer> list_publications(Services& services, Call& call) {
    auto filter = publication_filter(call);
    if (!filter) co_return filter.error();
    PublicationListJob job{services, call, std::move(*filter)};
    auto body = co_await services.pool.read(std::move(job), asker(call));
    if (!body) co_return http::problem_of(body.error());
    co_return http::text_response(http::status::ok, "application/json", std::move(*body));
}

bool publishes_for(Call const& call, workflow::Code const& agency) {
    return call.actor.roles.intersects(kPublishers) && call.actor.agency == agency;
}

Answer read_publication(Services& services, Call& call) {
    auto const found = visible_publication(services, call, call.parameter(0));
    if (!found) return found.error();
    return publication_response(*found, call);
}

// ---- suggestions ---------------------------------------------------------------------------------------------------

struct SuggestJob {
    Services& services;
    Call const& call;
    std::vector<workflow::Code> agencies;
    std::string description;

    std::string operator()(Connection& connection) const {
        auto const found = services.store.publications().suggest(connection, agencies, description, kSuggestions);
        JsonWriter json;
        json.open_object().key("items");
        write_suggestions(json, found, *call.directory);
        json.close_object();
        return json.take();
    }
};

net::awaitable<Answer> suggest(Services& services, Call& call) {
    auto given = read_body<SuggestionRequest>(call.request.body);
    if (!given) co_return given.error();
    std::vector<workflow::Code> agencies;
    if (given->agency) {
        auto subtree = agencies_from(call, given->agency->value);
        if (!subtree) co_return subtree.error();
        agencies = std::move(*subtree);
    }
    SuggestJob job{services, call, std::move(agencies), std::move(given->description)};
    auto body = co_await services.pool.read(std::move(job), asker(call));
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

// ---- writing -------------------------------------------------------------------------------------------------------

/// A page of this site, or one of another that is reached safely.
bool is_address(std::string_view url) {
    bool const plain = url.find_first_of(" \"<>\\\n\t") == std::string_view::npos;
    return plain && (url.starts_with("https://") || (url.starts_with('/') && !url.starts_with("//")));
}

boost::system::result<Publication, Problem> read_form(Call const& call) {
    auto form = read_body<Publication>(call.request.body);
    if (!form) return form.error();
    std::vector<workflow::FieldError> errors;
    if (form->url && !is_address(*form->url)) {
        errors.push_back({"/url", "wrong_shape", "网址应当以 https:// 开头，或是本网站内以 / 开头的路径。"});
    }
    if (form->published_on > call.today()) {
        errors.push_back({"/published_on", "in_the_future", "发布日期不能晚于今天。"});
    }
    if (!errors.empty()) return invalid_input(std::move(errors));
    return form;
}

net::awaitable<Answer> create_publication(Services& services, Call& call) {
    auto publication = read_form(call);
    if (!publication) co_return publication.error();
    publication->id.value = storage::random_id();
    publication->agency = call.actor.agency;
    std::function<Result<Created>(Connection&)> make = [&services, &call, &publication](Connection& connection
                                                       ) -> Result<Created> {
        auto const by = journal_author(call, kPublishers);
        auto const stored = services.store.publications().put(connection, *publication, by, call.now);
        if (!stored) return stored.error();
        return Created{"/api/v1/publications/" + stored->id.value, publication_json(*stored, *call.directory)};
    };
    co_return co_await create_once(services, call, call.request.body, std::move(make));
}

/// The publication in the address, if the caller may change it.
boost::system::result<Publication, Problem> own_publication(Services& services, Call const& call) {
    auto const found = services.store.publications().find(services.reader, call.parameter(0));
    if (!found) return not_found("publication_not_found", "没有找到这条公开信息。");
    if (publishes_for(call, found->agency)) return *found;
    return Problem{
        .status = http::status::forbidden, .code = "other_agency", .detail = "只能修改本机关发布的公开信息。"};
}

using PublicationChange = std::function<Result<Publication>(Connection&)>;

net::awaitable<Answer> change_publication(Services& services, Call& call, PublicationChange change) {
    auto const stored = co_await commit_write<Publication>(services, std::move(change));
    if (!stored) co_return http::problem_of(stored.error());
    co_return publication_response(*stored, call);
}

net::awaitable<Answer> put_publication(Services& services, Call& call) {
    auto const before = own_publication(services, call);
    if (!before) co_return before.error();
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto publication = read_form(call);
    if (!publication) co_return publication.error();
    publication->id = before->id;
    publication->agency = before->agency;
    publication->version = *expected;
    PublicationChange change = [&services, &call, &publication](Connection& connection) {
        auto const by = journal_author(call, kPublishers);
        return services.store.publications().put(connection, *publication, by, call.now);
    };
    co_return co_await change_publication(services, call, std::move(change));
}

net::awaitable<Answer> withdraw_publication(Services& services, Call& call) {
    auto const before = own_publication(services, call);
    if (!before) co_return before.error();
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto const given = read_body<workflow::Reason>(call.request.body);
    if (!given) co_return given.error();
    PublicationChange change = [&services, &call, &before, &expected, &given](Connection& connection) {
        auto const by = journal_author(call, kPublishers);
        auto& publications = services.store.publications();
        return publications.withdraw(connection, before->id, *expected, given->reason, by, call.now);
    };
    co_return co_await change_publication(services, call, std::move(change));
}

}  // namespace

void write_suggestions(
    JsonWriter& json, std::vector<storage::Suggestion> const& suggestions, storage::Directory const& directory
) {
    json.open_list();
    for (auto const& [publication, score] : suggestions) {
        json.open_object();
        write_publication(json, publication, directory);
        json.member("score", score).close_object();
    }
    json.close_list();
}

json::object suggestion_schema() {
    return publication_members().member<int>("score", "相似程度，1 到 100").named("Suggestion");
}

boost::system::result<PublicationFilter, Problem> publication_filter(Call const& call) {
    auto const& request = call.request;
    PublicationFilter filter;
    auto const limit = query_number(request, "limit", 1, kLongestPublicationList, kPublications);
    if (!limit) return limit.error();
    filter.limit = *limit;
    if (auto const agency = request.query("agency"); agency && !agency->empty()) {
        auto agencies = agencies_from(call, *agency);
        if (!agencies) return agencies.error();
        filter.agencies = std::move(*agencies);
    }
    if (auto const category = request.query("category"); category && !category->empty()) {
        filter.category = workflow::parse<workflow::PublicationCategory>(*category);
        if (!filter.category) return bad_request("bad_query", "查询参数 category 不是公开信息的类别。");
    }
    filter.text = request.query("q").value_or("");
    if (workflow::characters(filter.text) > kLongestSearch) {
        return bad_request("bad_query", "搜索内容最多100个字。");
    }
    filter.cursor = request.query("cursor").value_or("");
    return filter;
}

boost::system::result<Publication, Problem> visible_publication(
    Services& services, Call const& call, std::string_view id
) {
    auto found = services.store.publications().find(services.reader, id);
    if (!found) return not_found("publication_not_found", "没有找到这条公开信息。");
    if (found->withdrawn_at && !publishes_for(call, found->agency)) {
        return Problem{
            .status = http::status::gone, .code = "publication_withdrawn", .detail = "这条公开信息已经撤下。"};
    }
    return *std::move(found);
}

std::vector<Operation> publication_operations() {
    constexpr std::string_view kList = "/api/v1/publications";
    constexpr std::string_view kOne = "/api/v1/publications/{id}";
    return {
        {.method = verb::get,
         .path = kList,
         .id = "listPublications",
         .summary = "已经主动公开的信息，新的在前",
         .tag = "publications",
         .who = Who::Anyone,
         .handler = list_publications,
         .response = [] { return page_of("PublicationPage", publication_schema()); },
         .query =
             {{"q", "标题、文号或摘要中的文字", {{"type", "string"}, {"maxLength", kLongestSearch}}},
              {"agency", "机关代码，含其下级机关"},
              {"category", "类别", codes_schema<workflow::PublicationCategory>()},
              {"limit", "每页条数", whole_number(1, kLongestPublicationList)},
              {"cursor", "上一页的 next_cursor"}},
         .problems = {http::status::not_found, http::status::unprocessable_entity}},
        {.method = verb::post,
         .path = kList,
         .id = "createPublication",
         .summary = "发布一条公开信息",
         .tag = "publications",
         .who = Who::Staff,
         .handler = create_publication,
         .roles = kPublishers,
         .request = shape_schema<Publication>,
         .response = publication_schema,
         .success = http::status::created,
         .creates = true},
        {.method = verb::get,
         .path = kOne,
         .id = "readPublication",
         .summary = "一条公开信息",
         .tag = "publications",
         .who = Who::Anyone,
         .handler = read_publication,
         .response = publication_schema,
         .problems = {http::status::gone}},
        {.method = verb::put,
         .path = kOne,
         .id = "putPublication",
         .summary = "修改公开信息",
         .tag = "publications",
         .who = Who::Staff,
         .handler = put_publication,
         .roles = kPublishers,
         .request = shape_schema<Publication>,
         .response = publication_schema,
         .problems = {http::status::conflict},
         .versioned = true},
        {.method = verb::post,
         .path = "/api/v1/publications/{id}/withdraw",
         .id = "withdrawPublication",
         .summary = "撤下公开信息",
         .tag = "publications",
         .who = Who::Staff,
         .handler = withdraw_publication,
         .roles = kPublishers,
         .request = shape_schema<workflow::Reason>,
         .response = publication_schema,
         .problems = {http::status::conflict},
         .versioned = true},
        {.method = verb::post,
         .path = "/api/v1/applications/suggestions",
         .id = "suggestPublications",
         .summary = "与描述相近、已经公开的信息，最多5条",
         .tag = "applications",
         .who = Who::Anyone,
         .handler = suggest,
         .request = shape_schema<SuggestionRequest>,
         .response = [] { return items_of("Suggestions", suggestion_schema()); },
         .problems = {http::status::not_found}},
    };
}

}  // namespace server::api
