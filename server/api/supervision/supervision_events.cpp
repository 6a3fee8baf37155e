#include "server/api/supervision/supervision_events.hpp"

#include "storage/cases/cards.hpp"
#include "storage/cases/case_steps.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "server/api/shapes/json_writer.hpp"
#include "server/api/supervision/supervision.hpp"

namespace server::api {
namespace {

using storage::Connection;

constexpr std::int64_t kLongestGap = 1000;  // entries; a client that has missed more reads the overview again

class CaseNewsSource final : public http::EventSource {
public:
    CaseNewsSource(Services& services, std::string session_id, std::optional<std::string> agency, std::int64_t place)
        : services_(services), session_id_(std::move(session_id)), agency_(std::move(agency)), place_(place) {}

    std::int64_t place() const override { return place_; }

    net::awaitable<std::optional<std::string>> news() override {
        auto const reach = agencies_in_reach();
        if (!reach) co_return std::nullopt;
        std::string events;
        auto const head = services_.store.journal().size();
        if (place_ > head || head - place_ > kLongestGap) {
            JsonWriter json;
            json.open_object().member("seq", head).close_object();
            http::append_event(events, head, "reset", json.take());
        } else if (place_ < head) {
            auto work = [this, head, &reach](Connection& connection) { return read(connection, head, *reach); };
            events = co_await services_.pool.read_patiently(std::move(work));
        }
        place_ = head;
        co_return events;
    }

private:
    /// The agencies in reach by the present session and directory.
    std::optional<std::vector<workflow::Code>> agencies_in_reach() const {
        auto const* session = services_.access.sessions.peek(session_id_, services_.time.now());
        if (session == nullptr) return std::nullopt;
        auto const directory = services_.store.directory().current();
        auto const* account = account_of(*session, *directory);
        if (account == nullptr) return std::nullopt;
        auto const actor = storage::actor_of(*account, *directory, workflow::local_date(services_.time.now()));
        auto found = supervised(actor, *directory, agency_);
        if (!found) return std::nullopt;
        return std::move(found->agencies);
    }

    /// On a thread of the pool.
    std::string read(Connection& connection, std::int64_t head, std::vector<workflow::Code> const& reach) const {
        std::string events;
        for (auto& step : storage::read_case_steps(connection, place_, head)) {
            if (std::ranges::find(reach, step.agency) == reach.end()) continue;
            JsonWriter json;
            auto const* issue = std::get_if<workflow::CardIssue>(&step.event.payload);
            auto const* card = issue != nullptr ? &issue->id : workflow::named_card(step.event.payload);
            CaseNews news{
                .seq = step.seq,
                .case_id = step.case_id,
                .number = std::move(step.number),
                .agency = std::move(step.agency),
                .action = step.event.action,
                .state = step.event.to,
                .at = step.event.at};
            if (card != nullptr) news.card = storage::card_id(step.case_id, *card);
            if (issue != nullptr) news.level = issue->level;
            json.value(news);
            http::append_event(events, step.seq, "case", json.take());
        }
        return events;
    }

    Services& services_;
    std::string session_id_;
    std::optional<std::string> agency_;
    std::int64_t place_;
};

}  // namespace

boost::system::result<std::int64_t, http::Problem> first_place(Services& services, http::Request const& request) {
    auto const given = request.header("Last-Event-ID");
    if (given.empty()) return query_number(request, "after", 0, INT64_MAX, services.store.journal().size());
    std::int64_t place = 0;
    auto const [end, error] = std::from_chars(given.data(), given.data() + given.size(), place);
    if (error == std::errc() && end == given.data() + given.size() && place >= 0) return place;
    return bad_request("bad_last_event_id", "Last-Event-ID 应当是收到的最后一个事件的序号。");
}

std::unique_ptr<http::EventSource> case_news(
    Services& services, std::string session_id, std::optional<std::string_view> agency, std::int64_t place
) {
    return std::make_unique<CaseNewsSource>(
        services, std::move(session_id), agency ? std::optional<std::string>(*agency) : std::nullopt, place
    );
}

}  // namespace server::api
