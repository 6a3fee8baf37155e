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

/// Server-Sent Events (HTML standard, section 9.2): answers that go on for as long as somebody listens. What is told is
/// up to an EventSource; here it gets its form, its heartbeat and its end.
namespace server::http {

/// Appends one event; the client sends `id` back as Last-Event-ID when it connects again. `data` holds no line break.
void append_event(std::string& out, std::int64_t id, std::string_view name, std::string_view data);

/// The teller of one stream: a place in a sequence of news. Io thread only.
class EventSource {
public:
    virtual ~EventSource() = default;
    /// Where the stream begins: the id a client has that was told nothing yet.
    virtual std::int64_t place() const = 0;
    /// What is new since the last call, as events; empty when nothing is. Nullopt: the stream is over.
    virtual net::awaitable<std::optional<std::string>> news() = 0;
};

struct EventStreamLimits {
    std::size_t streams = 256;
    std::size_t streams_of_one = 4;
    std::chrono::milliseconds heartbeat{15'000};  ///< a comment after so much silence: finds out who is gone
    std::chrono::milliseconds gathering{50};      ///< from the first ring to the look for news, so that a burst is one
};

/// All open streams, and the bell that wakes them. Io thread only, but for ring(). Outlives the run of its io_context.
class EventStreams {
public:
    explicit EventStreams(EventStreamLimits const& limits = {});
    ~EventStreams();

    /// The answer that streams what `source` tells, on `executor`, the io thread's. Nullopt when there are as many
    /// streams as may be, for all or for `owner`.
    std::optional<Response> open(
        net::any_io_executor const& executor, std::string owner, std::unique_ptr<EventSource> source
    );

    /// There may be news, or somebody may have to go: every source is asked soon. Any thread.
    void ring();

    [[nodiscard]] std::size_t size() const { return streams_.size(); }
    /// Registers its figure, read as long as this lives.
    void report_to(Metrics& metrics) const;

private:
    class Stream;

    net::awaitable<void> wake();

    EventStreamLimits const limits_;
    std::list<Stream*> streams_;  ///< each takes itself out
    std::uint64_t rings_ = 1;     ///< so that a stream busy at the time notices; a new one has heard none of them

    std::mutex mutex_;
    net::any_io_executor executor_;  ///< under mutex_: empty until the first stream
    bool gathering_ = false;         ///< under mutex_
};

}  // namespace server::http
