#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/response.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/metrics.hpp"

/// Server-Sent Events (HTML standard, section 9.2): answers that stay open as long as the client listens. An
/// EventSource supplies the content; this file adds format, heartbeat and end.
namespace server::http {

/// Appends one event; the client sends `id` back as Last-Event-ID when it connects again. `data` holds no line break.
void append_event(std::string& out, std::int64_t id, std::string_view name, std::string_view data);

/// The content of one stream: a position in a sequence of events. Io thread only.
class EventSource {
public:
    virtual ~EventSource() = default;
    /// The position at which the stream begins, as the id for a client that has got no event yet.
    virtual std::int64_t place() const = 0;
    /// The events since the last call; empty when there are none. Nullopt: the stream is over.
    virtual net::awaitable<std::optional<std::string>> news() = 0;
};

struct EventStreamLimits {
    std::size_t streams = 256;
    std::size_t streams_of_one = 4;
    std::chrono::milliseconds heartbeat{
        15'000};  ///< a comment sent after this time without events: detects clients that are gone
    std::chrono::milliseconds gathering{
        50};  ///< from a ring until the sources are asked, so that a burst of rings asks once
};

/// All open streams, and ring(), which wakes them. Io thread only, but for ring(). Outlives the run of its io_context.
class EventStreams {
public:
    explicit EventStreams(EventStreamLimits const& limits = {});
    ~EventStreams();

    /// An answer that streams the events of `source` on `executor`, the io thread's. Nullopt when the limit of streams
    /// is reached, for all or for `owner`.
    std::optional<Response> open(
        net::any_io_executor const& executor, std::string owner, std::unique_ptr<EventSource> source
    );

    /// Wakes all streams: there may be events, or a session may have ended. Any thread.
    void ring();

    [[nodiscard]] std::size_t size() const { return streams_.size(); }
    /// Registers its figure, read as long as this lives.
    void report_to(Metrics& metrics) const;

private:
    class Stream;

    net::awaitable<void> wake();

    EventStreamLimits const limits_;
    std::list<Stream*> streams_;  ///< each takes itself out
    std::uint64_t rings_ =
        1;  ///< counts rings, so that a stream that was busy notices one; a new stream has noticed none

    std::mutex mutex_;
    net::any_io_executor executor_;  ///< under mutex_: empty until the first stream
    bool gathering_ = false;         ///< under mutex_
};

}  // namespace server::http
