#include "server/runtime/bounded_pool.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace server {

/// A waiting caller: in the list until admitted or gone.
struct Turns::Waiting {
    Waiting(Turns& owner, std::string const& name, net::any_io_executor const& executor)
        : turns(owner), source(name), timer(executor) {
        turns.waiting_.push_back(this);
    }
    ~Waiting() { turns.waiting_.remove(this); }
    Waiting(Waiting const&) = delete;
    Waiting& operator=(Waiting const&) = delete;

    Turns& turns;
    std::string const& source;
    net::steady_timer timer;
    bool admitted = false;
};

void Turns::expect_room(std::string_view source) const {
    if (!is_free(source) && !may_wait(source)) throw overloaded();
}

net::awaitable<Turns::Turn> Turns::enter(std::shared_ptr<Turns> turns, std::string source, bool patient) {
    if (turns->is_free(source)) {
        turns->begin(source);
        co_return Turn(std::move(turns), std::move(source));
    }
    if (!patient && !turns->may_wait(source)) throw turns->overloaded();
    auto const executor = co_await net::this_coro::executor;
    Waiting own(*turns, source, executor);
    if (patient) {
        own.timer.expires_at(net::steady_timer::time_point::max());
    } else {
        own.timer.expires_after(turns->limits_.wait);
    }
    boost::system::error_code woken;
    auto token = net::redirect_error(net::use_awaitable, woken);
    co_await own.timer.async_wait(token);
    // An admission is valid even when the time ran out in the same moment.
    if (!own.admitted) throw turns->overloaded();
    co_return Turn(turns, source);
}

bool Turns::is_free(std::string_view source) const { return working_ < limits_.threads && !at_work_.contains(source); }

void Turns::begin(std::string const& source) {
    ++working_;
    if (!source.empty()) at_work_.insert(source);
}

void Turns::leave(std::string const& source) {
    --working_;
    if (!source.empty()) {
        at_work_.erase(source);
        // The other jobs of this source go behind those of everybody else.
        std::list<Waiting*> again;
        for (auto each = waiting_.begin(); each != waiting_.end();) {
            auto const here = each++;
            if ((*here)->source == source) again.splice(again.end(), waiting_, here);
        }
        waiting_.splice(waiting_.end(), again);
    }
    admit();
}

void Turns::admit() {
    for (auto each = waiting_.begin(); each != waiting_.end();) {
        auto const here = each++;
        if (!is_free((*here)->source)) continue;
        (*here)->admitted = true;
        begin((*here)->source);
        (*here)->timer.cancel();
        waiting_.erase(here);
    }
}

bool Turns::may_wait(std::string_view source) const {
    auto const of_source =
        std::ranges::count_if(waiting_, [source](auto const* each) { return each->source == source; });
    auto const share = source.empty() ? limits_.queue : std::max<std::int64_t>(limits_.queue / 4, 1);
    return std::ssize(waiting_) < limits_.queue && of_source < share;
}

Overloaded Turns::overloaded() const {
    return Overloaded(std::max(std::chrono::ceil<std::chrono::seconds>(limits_.wait), std::chrono::seconds(1)));
}

}  // namespace server
