#include "server/http/event_stream.hpp"

#include <gtest/gtest.h>
#include <boost/asio/this_coro.hpp>

#include <atomic>
#include <vector>

#include "tests/server/http/test_server.hpp"

namespace server::http {
namespace {

using namespace std::chrono_literals;

/// Counts: each news is the number that a test has set, once.
class Counter final : public EventSource {
public:
    explicit Counter(std::atomic<std::int64_t> const& number) : number_(number), told_(number) {}

    std::int64_t place() const override { return told_; }
    net::awaitable<std::optional<std::string>> news() override {
        std::string events;
        std::int64_t const number = number_;
        if (number < 0) co_return std::nullopt;
        if (number != told_) append_event(events, number, "count", "{}");
        told_ = number;
        co_return events;
    }

private:
    std::atomic<std::int64_t> const& number_;
    std::int64_t told_;
};

/// A server with streams at /news; the query names their owner.
class EventStreamTest : public testing::Test {
protected:
    explicit EventStreamTest(EventStreamLimits const& limits = {}) : streams_(limits) {}

    static constexpr std::string_view kBegin = "retry: 3000\nid: 7\n\n";

    Client listen(std::string const& owner = "a", int version = 1) {
        auto client = server_.connect();
        client.send("GET /news?owner=" + owner + " HTTP/1." + std::to_string(version) + "\r\nHost: a\r\n\r\n");
        return client;
    }
    void tell(std::int64_t number) {
        number_ = number;
        streams_.ring();
    }

    std::atomic<std::int64_t> number_ = 7;
    EventStreams streams_;
    TestServer server_{[this](Router& router) {
        router.add(verb::get, "/news", [this](Request& request) { return answer(request); });
    }};

private:
    net::awaitable<Response> answer(Request& request) {
        auto const executor = co_await net::this_coro::executor;
        auto stream = streams_.open(executor, std::string(*request.query("owner")), std::make_unique<Counter>(number_));
        if (stream) co_return std::move(*stream);
        Problem const problem{.status = status::service_unavailable, .code = "full", .detail = ""};
        co_return problem_response(problem, "");
    }
};

TEST(Event, IsFourLines) {
    std::string out = "before";
    append_event(out, 12, "case", R"({"a":1})");
    EXPECT_EQ(out, "beforeid: 12\nevent: case\ndata: {\"a\":1}\n\n");
}

TEST_F(EventStreamTest, TellsItsPlaceAtOnceAndThenWhatIsNew) {
    auto client = listen();
    auto const head = client.until("\r\n\r\n");
    EXPECT_NE(head.find("200"), std::string::npos);
    EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), std::string::npos);
    EXPECT_NE(head.find("Cache-Control: no-store\r\n"), std::string::npos);
    EXPECT_NE(client.until("\n\n").find(kBegin), std::string::npos);
    tell(8);
    EXPECT_NE(client.until("\n\n").find("id: 8\nevent: count\ndata: {}\n\n"), std::string::npos);
    tell(9);
    EXPECT_NE(client.until("\n\n").find("id: 9\n"), std::string::npos);
}

TEST_F(EventStreamTest, EndsWhenItsSourceDoesAndLeavesTheConnection) {
    auto client = listen();
    client.until(kBegin);
    tell(-1);
    EXPECT_EQ(client.until("\r\n0\r\n\r\n"), "\r\n0\r\n\r\n");
    client.send("GET /elsewhere HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive().status, 404);
}

TEST_F(EventStreamTest, EndsWithTheConnectionForHttp10) {
    auto client = listen("a", 0);
    client.until(kBegin);
    tell(-1);
    EXPECT_TRUE(client.closed());
}

TEST_F(EventStreamTest, EndsWhenTheServerStops) {
    auto one = listen();
    auto other = listen();
    one.until(kBegin);
    other.until(kBegin);
    server_.stop();
    EXPECT_EQ(one.until("\r\n0\r\n\r\n"), "\r\n0\r\n\r\n");
    EXPECT_TRUE(one.closed());
    EXPECT_FALSE(other.rest().empty());
    server_.join();
    EXPECT_EQ(streams_.size(), 0U);
}

TEST_F(EventStreamTest, EndsAtOnceWhenItsConnectionIsClosed) {
    auto client = listen();
    client.until(kBegin);
    server_.stop();
    server_.stop();
    server_.join();  // hangs for a heartbeat if the stream goes on waiting
    EXPECT_EQ(streams_.size(), 0U);
}

TEST_F(EventStreamTest, HeadAsksForNoStream) {
    auto client = server_.connect();
    client.send("HEAD /news?owner=a HTTP/1.1\r\nHost: a\r\n\r\nGET /elsewhere HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive(true).status, 200);
    EXPECT_EQ(client.receive().status, 404);
}

class FewEventStreams : public EventStreamTest {
protected:
    FewEventStreams() : EventStreamTest({.streams = 3, .streams_of_one = 2, .heartbeat = 20ms}) {}
};

TEST_F(FewEventStreams, AreRefusedAboveTheLimits) {
    std::vector<Client> open;
    for (auto const* owner : {"a", "a", "b"}) {
        open.push_back(listen(owner));
        open.back().until(kBegin);
        if (open.size() == 2) {
            EXPECT_EQ(listen("a").receive().status, 503) << "a third of one";
        }
    }
    EXPECT_EQ(listen("c").receive().status, 503) << "a fourth of all";
}

TEST_F(FewEventStreams, GiveASignOfLifeInSilence) {
    auto client = listen();
    client.until(kBegin);
    EXPECT_NE(client.until("\n\n").find(":\n\n"), std::string::npos);
    EXPECT_NE(client.until("\n\n").find(":\n\n"), std::string::npos);
}

TEST_F(FewEventStreams, FreeThePlaceOfWhoHasGone) {
    {
        auto one = listen();
        auto two = listen();
        one.until(kBegin);
        two.until(kBegin);
        EXPECT_EQ(listen().receive().status, 503);
    }
    while (true) {  // the next signs of life find that nobody is there
        auto next = listen();
        if (next.until("\r\n").find("200") != std::string::npos) break;
    }
}

}  // namespace
}  // namespace server::http
