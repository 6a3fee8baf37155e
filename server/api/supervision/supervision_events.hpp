#pragma once

#include "workflow/words/actions.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/vocabulary.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "server/api/kit/operation.hpp"
#include "server/http/event_stream.hpp"

/// A live stream of what happens to cases; its position is a place in the journal.
namespace server::api {

/// The data of one event.
struct CaseNews {
    std::int64_t seq = 0;
    std::string case_id;
    std::string number;
    workflow::Code agency;
    workflow::Action action{};
    workflow::State state{};
    workflow::Instant at{};
    std::optional<std::string> card = {};  ///< where it is about one
    std::optional<workflow::CardLevel> level = {};
};

constexpr auto fields(std::type_identity<CaseNews>) {
    using T = CaseNews;
    return std::tuple{
        workflow::field("seq", &T::seq, "审计日志的序号，也是事件的 id"),
        workflow::field("case_id", &T::case_id),
        workflow::field("number", &T::number, "受理编号"),
        workflow::field("agency", &T::agency, "机关代码"),
        workflow::field("action", &T::action, "办理动作"),
        workflow::field("state", &T::state, "此后的状态"),
        workflow::field("at", &T::at, "时刻"),
        workflow::field("card", &T::card, "GET /supervision/cards/{id} 的 id，说的是红黄牌时才有"),
        workflow::field("level", &T::level, "刚发出的牌的牌别")};
}

/// After which entry a stream begins: Last-Event-ID, else `after` in the query, else the journal as it is now.
boost::system::result<std::int64_t, http::Problem> first_place(Services& services, http::Request const& request);

/// Tells the holder of the session what happens in the branch `agency` of what it watches over, after the entry
/// `place`. Over when the session is, or when its account no longer has that branch in reach.
std::unique_ptr<http::EventSource> case_news(
    Services& services, std::string session_id, std::optional<std::string_view> agency, std::int64_t place
);

}  // namespace server::api
