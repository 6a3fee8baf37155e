#include "storage/cases/cards.hpp"

#include "workflow/supervision/cards.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <charconv>
#include <utility>

#include "server/api/cases/action_menu.hpp"
#include "server/api/cases/card_json.hpp"
#include "server/api/cases/case_access.hpp"
#include "server/api/kit/command.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/shapes/input.hpp"
#include "server/api/supervision/operations.hpp"
#include "server/api/supervision/supervision.hpp"

/// 红黄牌: the list within one's reach, each card with its procedure, and what is done with it. A card belongs to its
/// case, so who may see the case may see the card, and a step is one of the case's with the case's version.
namespace server::api {
namespace {

using http::verb;
using storage::CardFilter;
using storage::Connection;
using workflow::Action;
using workflow::Result;

// ---- the list ------------------------------------------------------------------------------------------------------

/// Reads the filter from the query, fault by fault.
class CardFilterReader {
public:
    explicit CardFilterReader(Call const& call) : call_(call) {}

    boost::system::result<CardFilter, http::Problem> read() {
        filter_.levels = words<workflow::CardLevel>("level");
        filter_.states = words<workflow::CardState>("state");
        if (auto const sort = words<storage::CardSort>("sort"); !sort.empty()) filter_.sort = sort.front();
        if (auto const agency = query("agency")) {
            filter_.agencies = call_.directory->subtree(workflow::Code{std::string(*agency)});
            if (filter_.agencies.empty()) fault("agency", "没有这个机关。");
        }
        if (auto const day = query("issued_on")) {
            filter_.issued_on = workflow::parse_date(*day);
            if (!filter_.issued_on) fault("issued_on", "issued_on 应当是 YYYY-MM-DD 形式的真实日期。");
        }
        if (auto const told = query("escalated")) {
            filter_.escalated = *told == "true";
            if (*told != "true" && *told != "false") fault("escalated", "escalated 只能是 true 或 false。");
        }
        auto const limit = query_number(call_.request, "limit", 1, kLongestPage, kUsualPage);
        if (!limit) return limit.error();
        filter_.limit = *limit;
        filter_.cursor = query("cursor").value_or("");
        if (!errors_.empty()) return invalid_input(std::move(errors_));
        return std::move(filter_);
    }

private:
    std::optional<std::string_view> query(std::string_view name) const {
        auto const value = call_.request.query(name);
        return value && !value->empty() ? value : std::nullopt;
    }

    void fault(std::string_view name, std::string detail) {
        std::string pointer = "/";
        pointer += name;
        errors_.push_back({std::move(pointer), "bad_query", std::move(detail)});
    }

    /// The codes of one vocabulary, separated by commas.
    template <workflow::Vocabulary E>
    std::vector<E> words(std::string_view name) {
        std::vector<E> found;
        auto rest = query(name).value_or("");
        while (!rest.empty()) {
            auto const end = std::min(rest.find(','), rest.size());
            auto const word = workflow::parse<E>(rest.substr(0, end));
            if (word) {
                found.push_back(*word);
            } else {
                fault(name, "不是可以选用的值。");
            }
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return found;
    }

    Call const& call_;
    CardFilter filter_;
    std::vector<workflow::FieldError> errors_;
};

net::awaitable<Answer> list_cards(Services& services, Call& call) {
    auto filter = CardFilterReader(call).read();
    if (!filter) co_return filter.error();
    auto work = [&services, &call, &filter](Connection& connection) -> Result<std::string> {
        auto const scope = storage::scope_of(call.actor, *call.directory);
        auto const page = storage::list_cards(connection, scope, *filter);
        if (!page) return page.error();
        auto const calendar = services.store.calendar().current();
        View const view{*call.directory, *calendar, call.today()};
        JsonWriter json;
        json.open_object().key("items").open_list();
        for (auto const& row : page->items) write_card_row(json, row, view);
        json.close_list().member("next_cursor", page->next_cursor).close_object();
        return json.take();
    };
    auto body = co_await services.pool.read(std::move(work));
    if (!body) co_return http::problem_of(body.error());
    co_return http::text_response(http::status::ok, "application/json", std::move(*body));
}

// ---- one file ------------------------------------------------------------------------------------------------------

http::Problem no_card() { return not_found("card_not_found", "没有找到这张红黄牌。"); }

struct VisibleCard {
    VisibleCase of;
    workflow::Code id;
    workflow::Card const& card() const { return *workflow::find_card(of.stored.facts, id); }
};

boost::system::result<VisibleCard, http::Problem> visible_card(Services& services, Connection& connection, Call& call) {
    auto address = card_address(call.parameter(0));
    auto found = visible_case(services, connection, call, address.case_id);
    if (!found || workflow::find_card(found->stored.facts, address.card) == nullptr) return no_card();
    return VisibleCard{std::move(*found), std::move(address.card)};
}

http::Response card_response(
    VisibleCard const& found, std::vector<storage::CaseStore::TimelineEntry> const& entries, Call const& call
) {
    auto const& stored = found.of.stored;
    auto const view = found.of.view(call);
    JsonWriter json;
    json.open_object();
    write_card_procedure(json, stored, found.card(), entries, view);
    auto const menu = workflow::card_permissions(stored.facts, found.card(), found.of.context(call));
    write_menu(json, menu, std::nullopt, stored.facts, view);
    json.close_object();
    auto response = http::text_response(http::status::ok, "application/json", json.take());
    response.set("ETag", version_tag(stored.facts.version));
    return response;
}

net::awaitable<Answer> read_card(Services& services, Call& call) {
    auto found = visible_card(services, services.reader, call);
    if (!found) co_return found.error();
    auto work = [&services, &found](Connection& connection) {
        return services.store.cases().timeline(connection, found->of.stored.id);
    };
    auto const entries = co_await services.pool.read(std::move(work));
    co_return card_response(*found, entries, call);
}

json::object card_procedure_schema() {
    return card_procedure_members().member("actions", menu_schema(), "可以做什么，以及不能做的理由").named("CardFile");
}

/// The actions of people on a card.
std::vector<std::string_view> card_actions() {
    std::vector<std::string_view> names;
    for (auto const& row : workflow::kProcedure) {
        bool const by_people = !(row.by - workflow::kNotAccounts).empty();
        if (by_people && workflow::concerns_card(row.action)) names.push_back(workflow::code(row.action));
    }
    return names;
}

net::awaitable<Answer> act_on_card(Services& services, Call& call) {
    auto found = visible_card(services, services.reader, call);
    if (!found) co_return found.error();
    auto const action = workflow::parse<Action>(call.parameter(1));
    if (!action || !workflow::concerns_card(*action)) co_return not_found("unknown_action", "红黄牌没有这种动作。");
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto command = read_command(*action, call.request.body);
    if (!command) co_return command.error();
    *workflow::named_card(command->payload) = found->id;

    std::string const id = found->of.stored.id;
    std::function<Result<storage::StoredCase>(Connection&)> work =
        [&services, &call, &id, &expected, &command](Connection& connection) {
            return services.store.cases().act(connection, id, *expected, *command, call.actor, call.now);
        };
    auto stored =
        co_await commit_write<storage::StoredCase>(services, std::move(work), call.request.body.size() + 1024);
    if (!stored) co_return explain(services, call, id, stored.error());
    co_return co_await read_card(services, call);
}

json::object card_action_input() {
    return {
        {"type", "object"},
        {"description", "随动作而不同；GET /supervision/cards/{id} 的 actions 给出每个动作的 JSON Schema。"},
        {"additionalProperties", true}};
}

}  // namespace

std::vector<Operation> card_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/supervision/cards",
         .id = "listCards",
         .summary = "红黄牌列表",
         .tag = "supervision",
         .who = Who::Staff,
         .handler = list_cards,
         .response = [] { return page_of("CardPage", card_row_schema()); },
         .query =
             {{"level", "牌别；可用逗号列出多个", list_of(codes_schema<workflow::CardLevel>())},
              {"state", "处理情况；可用逗号列出多个", list_of(codes_schema<workflow::CardState>())},
              {"agency", "机关代码，含其下级机关"},
              {"issued_on", "发出日期", answer_schema<workflow::Date>()},
              {"escalated", "true：已报上级机关；false：其他", answer_schema<bool>()},
              {"sort", "排列", codes_schema<storage::CardSort>()},
              {"limit", "每页件数", whole_number(1, kLongestPage)},
              {"cursor", "上一页的 next_cursor"}},
         .problems = {http::status::unprocessable_entity}},
        {.method = verb::get,
         .path = "/api/v1/supervision/cards/{id}",
         .id = "readCard",
         .summary = "一张红黄牌的档案：事由、步骤及期限、处理过程、可以做什么",
         .tag = "supervision",
         .who = Who::Staff,
         .handler = read_card,
         .response = card_procedure_schema},
        {.method = verb::post,
         .path = "/api/v1/supervision/cards/{id}/actions/{action}",
         .id = "actOnCard",
         .summary = "办理红黄牌的一步",
         .tag = "supervision",
         .who = Who::Staff,
         .handler = act_on_card,
         .request = card_action_input,
         .response = card_procedure_schema,
         .actions = card_actions(),
         .problems = {http::status::conflict},
         .versioned = true},
    };
}

}  // namespace server::api
