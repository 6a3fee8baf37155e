#include "server/http/event_stream.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace server::http {
namespace {

constexpr std::string_view kReconnect = "retry: 3000\n";  // milliseconds
constexpr std::string_view kHeartbeat = ":\n\n";

}  // namespace

void append_event(std::string& out, std::int64_t id, std::string_view name, std::string_view data) {
    out.append("id: ").append(std::to_string(id)).append("\nevent: ").append(name);
    out.append("\ndata: ").append(data).append("\n\n");
}

/// One stream; owned by the body of its answer.
class EventStreams::Stream {
public:
    Stream(
        EventStreams& all, net::any_io_executor const& executor, std::string owner, std::unique_ptr<EventSource> source
    )
        : all_(all), owner_(std::move(owner)), source_(std::move(source)), timer_(executor) {
        // An id without an event is remembered by the client, which resumes here even if it never gets an event.
        rest_.append(kReconnect).append("id: ").append(std::to_string(source_->place())).append("\n\n");
        all_.streams_.push_back(this);
    }
    ~Stream() { all_.streams_.remove(this); }
    Stream(Stream const&) = delete;
    Stream& operator=(Stream const&) = delete;

    [[nodiscard]] std::string const& owner() const { return owner_; }

    net::awaitable<std::size_t> read(std::span<char> buffer) {
        while (rest_.empty() && !ended_) co_await refill();
        auto const size = rest_.copy(buffer.data(), buffer.size());
        rest_.erase(0, size);
        co_return size;
    }
    void wake() { timer_.cancel(); }
    void end() {
        ended_ = true;
        wake();
    }

private:
    net::awaitable<void> refill() {
        bool silent = false;
        if (heard_ == all_.rings_) {
            timer_.expires_after(all_.limits_.heartbeat);
            auto [woken] = co_await timer_.async_wait(kAwait);
            silent = !woken;
        }
        if (ended_) co_return;
        heard_ = all_.rings_;
        auto news = co_await source_->news();
        ended_ = ended_ || !news;
        if (news) rest_ = std::move(*news);
        if (silent && rest_.empty() && !ended_) rest_ = kHeartbeat;
    }

    EventStreams& all_;
    std::string owner_;
    std::unique_ptr<EventSource> source_;
    net::steady_timer timer_;
    std::string rest_;  ///< not sent yet
    std::uint64_t heard_ = 0;
    bool ended_ = false;
};

EventStreams::EventStreams(EventStreamLimits const& limits) : limits_(limits) {}

EventStreams::~EventStreams() = default;

std::optional<Response> EventStreams::open(
    net::any_io_executor const& executor, std::string owner, std::unique_ptr<EventSource> source
) {
    auto const own = std::ranges::count(streams_, owner, [](Stream const* stream) { return stream->owner(); });
    if (streams_.size() >= limits_.streams || std::cmp_greater_equal(own, limits_.streams_of_one)) return std::nullopt;
    {
        std::lock_guard const lock(mutex_);
        executor_ = executor;
    }
    auto stream = std::make_shared<Stream>(*this, executor, std::move(owner), std::move(source));
    Response response;
    response.content_type = "text/event-stream";
    response.set("X-Accel-Buffering", "no");  // a proxy must not buffer events
    response.stream.emplace();
    response.stream->read = [stream](std::span<char> buffer) { return stream->read(buffer); };
    response.stream->end = [stream] { stream->end(); };
    return response;
}

void EventStreams::report_to(Metrics& metrics) const {
    metrics.gauge("event_streams", "Open event streams.", [this] { return static_cast<double>(size()); });
}

void EventStreams::ring() {
    std::lock_guard const lock(mutex_);
    if (!executor_ || gathering_) return;
    gathering_ = true;
    net::co_spawn(executor_, wake(), net::detached);
}

net::awaitable<void> EventStreams::wake() {
    net::steady_timer timer(co_await net::this_coro::executor);
    timer.expires_after(limits_.gathering);
    co_await timer.async_wait(kAwait);
    {
        std::lock_guard const lock(mutex_);
        gathering_ = false;
    }
    ++rings_;
    for (Stream* stream : streams_) stream->wake();
}

}  // namespace server::http
