#include "server/http/session.hpp"

#include <gtest/gtest.h>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <stdexcept>

#include "tests/server/http/test_server.hpp"

namespace server::http {
namespace {

using namespace std::chrono_literals;

net::awaitable<Response> hello(Request&) { co_return text_response(status::ok, "text/plain", "hello"); }
net::awaitable<Response> echo(Request& request) { co_return text_response(status::ok, "text/plain", request.body); }
net::awaitable<Response> nothing(Request&) {
    Response response;
    response.status = status::no_content;
    co_return response;
}
net::awaitable<Response> broken(Request&) {
    throw std::runtime_error("secret detail");
    co_return Response();
}
net::awaitable<Response> splitting(Request&) {
    auto response = text_response(status::ok, "text/plain", "");
    response.set("Location", "/\r\nX-Injected: 1");
    co_return response;
}
net::awaitable<Response> describe(Request& request) {
    std::string text = request.peer.to_string() + " " + request.trace_id;
    for (auto const parameter : request.parameters) text.append(" ").append(parameter);
    if (auto const q = request.query("q")) text.append(" ").append(*q);
    text.append(" ").append(request.header("X-Name"));
    co_return text_response(status::ok, "text/plain", text);
}
/// Counts the body without holding it.
net::awaitable<Response> upload(Request& request) {
    std::vector<char> piece(1'000);
    std::size_t total = 0;
    std::size_t got = 0;
    do {
        got = co_await request.body_reader->read_some(piece);
        total += got;
    } while (got > 0);
    co_return text_response(status::ok, "text/plain", std::to_string(total));
}
net::awaitable<Response> reject_upload(Request&) {
    Problem const problem{.status = status::forbidden, .code = "no", .detail = "不行。"};
    co_return problem_response(problem, "");
}

/// Gives `total` bytes in pieces of 100,000 at most, and throws in their place from `breaks_at` on.
BodySource letters(std::size_t total, bool tell_size, std::size_t breaks_at = std::string::npos) {
    auto sent = std::make_shared<std::size_t>(0);
    auto read = [=](std::span<char> buffer) -> net::awaitable<std::size_t> {
        return [](std::shared_ptr<std::size_t> done, std::size_t all, std::size_t end, std::span<char> room
               ) -> net::awaitable<std::size_t> {
            if (*done >= end) throw std::runtime_error("disk gone");
            auto const size = std::min({room.size(), all - *done, std::size_t{100'000}});
            std::fill_n(room.begin(), size, 'x');
            *done += size;
            co_return size;
        }(sent, total, breaks_at, buffer);
    };
    BodySource source;
    source.read = read;
    if (tell_size) source.size = total;
    return source;
}
template <std::size_t total, bool tell_size, std::size_t breaks_at = std::string::npos>
net::awaitable<Response> download(Request&) {
    Response response;
    response.content_type = "text/plain";
    response.stream = letters(total, tell_size, breaks_at);
    co_return response;
}

void routes(Router& router) {
    router.add(verb::get, "/", hello);
    router.add(verb::post, "/echo", echo);
    router.add(verb::post, "/small", echo, {.body_limit = 10});
    router.add(verb::get, "/nothing", nothing);
    router.add(verb::get, "/broken", broken);
    router.add(verb::get, "/splitting", splitting);
    router.add(verb::get, "/describe/{a}/{b}", describe);
    router.add(verb::post, "/upload", upload, {.body_limit = 5'000'000, .body = BodyMode::Streamed});
    router.add(verb::post, "/reject", reject_upload, {.body_limit = 5'000'000, .body = BodyMode::Streamed});
    router.add(verb::get, "/sized", download<300'000, true>);
    router.add(verb::get, "/unsized", download<300'000, false>);
    router.add(verb::get, "/breaks", download<300'000, true, 100'000>);
    router.add(verb::get, "/breaks-unsized", download<300'000, false, 100'000>);
}

std::string post(std::string const& target, std::string const& body, std::string const& fields = "") {
    return "POST " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}
std::string chunked(std::string const& chunks) {
    return "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
}

TEST(Session, AnswersAndKeepsTheConnection) {
    TestServer server(routes);
    auto client = server.connect();
    for (int i = 0; i < 3; ++i) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        auto const answer = client.receive();
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "hello");
        EXPECT_TRUE(answer.has("\r\nDate: "));
    }
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(client.receive().has("Connection: close"));
    EXPECT_TRUE(client.closed());
}

TEST(Session, AnswersPipelinedRequestsOneByOne) {
    TestServer server(routes);
    auto client = server.connect();
    client.send(post("/echo", "first") + "GET /describe/1/2 HTTP/1.1\r\nHost: a\r\n\r\n" + post("/echo", "third"));
    EXPECT_EQ(client.receive().body, "first");
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_EQ(client.receive().body, "third");
}

TEST(Session, TakesARequestInAnyPieces) {
    TestServer server(routes);
    auto client = server.connect();
    for (char const c : "\r\n" + post("/echo", "abc") + chunked("2;name=\"a b\"\r\nde\r\n1\r\nf\r\n0\r\n\r\n")) {
        client.send({&c, 1});
    }
    EXPECT_EQ(client.receive().body, "abc");
    EXPECT_EQ(client.receive().body, "def");
}

TEST(Session, HeadIsGetWithoutTheBody) {
    TestServer server(routes);
    auto client = server.connect();
    for (auto const* target : {"/", "/sized", "/unsized"}) {
        client.send("HEAD " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        auto head = client.receive(true).head;
        client.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        auto get = client.receive().head;
        auto const without_date = [](std::string& text) { text.erase(text.find("Date: "), 37); };
        without_date(head);
        without_date(get);
        EXPECT_EQ(head, get);
    }
}

TEST(Session, TellsAboutMethodsAndAddresses) {
    TestServer server(routes);
    EXPECT_EQ(server.get("/nowhere").status, 404);
    auto const wrong = server.ask("DELETE /echo HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_TRUE(wrong.has("Allow: POST\r\n"));
    EXPECT_TRUE(wrong.has("application/problem+json"));
    auto const star = server.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(star.status, 204);
    EXPECT_TRUE(star.has("Allow: GET, HEAD, POST"));
    auto const empty = server.get("/nothing");
    EXPECT_EQ(empty.status, 204);
    EXPECT_FALSE(empty.has("Content-Length"));
    EXPECT_EQ(server.get("/%zz").status, 400);
}

TEST(Session, SpeaksHttp10) {
    TestServer server(routes);
    auto client = server.connect();
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_TRUE(client.receive().has("Connection: keep-alive"));
    client.send("GET /unsized HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    auto const answer = client.receive();
    EXPECT_FALSE(answer.has("Transfer-Encoding"));
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_EQ(answer.body.size(), 300'000u);
}

TEST(Session, TurnsAnExceptionIntoA500WithTheTraceOfTheLog) {
    TestServer server(routes);
    auto client = server.connect();
    client.send("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n");
    auto const answer = client.receive();
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
    auto const trace = std::string(boost::json::parse(answer.body).at("instance").as_string());
    EXPECT_EQ(trace.size(), 32u);
    client.send("GET /splitting HTTP/1.1\r\nHost: a\r\n\r\n");
    auto const split = client.receive();
    EXPECT_EQ(split.status, 500);
    EXPECT_FALSE(split.has("X-Injected"));
    EXPECT_NE(server.metrics().find("http_exceptions_total 2\n"), std::string::npos);
    server.stop();
    server.join();
    auto const log = server.log();
    EXPECT_NE(
        log.find("\"where\":\"/broken\",\"what\":\"secret detail\",\"trace\":\"" + trace + "\""), std::string::npos
    );
}

TEST(Session, LogsTheRouteAndNothingPersonal) {
    TestServer server(routes);
    EXPECT_EQ(server.get("/describe/430502199003070014/x?q=secret").status, 200);
    EXPECT_EQ(server.ask(post("/echo", "body text")).status, 200);
    server.stop();
    server.join();
    auto const log = server.log();
    EXPECT_NE(log.find("\"route\":\"/describe/{a}/{b}\",\"status\":200"), std::string::npos);
    EXPECT_NE(log.find("\"peer\":\"127.0.0.0/24\""), std::string::npos);
    for (auto const* personal : {"430502199003070014", "secret", "body text", "127.0.0.1"}) {
        EXPECT_EQ(log.find(personal), std::string::npos) << personal;
    }
    EXPECT_NE(server.metrics().find("{method=\"POST\",route=\"/echo\",status=\"2xx\"} 1\n"), std::string::npos);
}

TEST(Session, GivesTheHandlerADecodedRequest) {
    TestServer server(routes);
    auto const answer = server.ask("GET /describe/a%20b/%E4%BA%BA?q=1+2 HTTP/1.1\r\nHost: a\r\nx-name: \t v \r\n\r\n");
    EXPECT_TRUE(answer.body.starts_with("127.0.0.1 "));
    EXPECT_TRUE(answer.body.ends_with(" a b 人 1 2 v")) << answer.body;
}

TEST(Session, BelievesATrustedProxy) {
    auto const request =
        "GET /describe/a/b HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 203.0.113.5\r\n"
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n";
    Networks proxies;
    proxies.add("127.0.0.0/8");
    TestServer trusting(routes, {}, proxies);
    EXPECT_TRUE(trusting.ask(request).body.starts_with("203.0.113.5 0af7651916cd43dd8448eb211c80319c "));
    TestServer wary(routes);
    auto const body = wary.ask(request).body;
    EXPECT_TRUE(body.starts_with("127.0.0.1 "));
    EXPECT_EQ(body.find("0af7651916cd43dd8448eb211c80319c"), std::string::npos);
}

TEST(Session, AnswersABadHeadOnceAndCloses) {
    TestServer server(routes);
    for (auto const* bytes :
         {"GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET / HTTP/1.1\nHost: a\n\n",
          "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / "
          "HTTP/1.1\r\n"
          "Host: a\r\n\r\n"}) {
        auto client = server.connect();
        client.send(bytes);
        auto const answer = client.receive();
        EXPECT_EQ(answer.status, 400) << bytes;
        EXPECT_TRUE(answer.has("Connection: close"));
        EXPECT_TRUE(client.closed()) << bytes;
    }
}

TEST(Session, AnswersBadChunksOnceAndCloses) {
    TestServer server(routes);
    for (auto const* chunks :
         {"x\r\nab\r\n0\r\n\r\n",
          "-2\r\nab\r\n0\r\n\r\n",
          "+2\r\nab\r\n0\r\n\r\n",
          "0x2\r\nab\r\n0\r\n\r\n",
          "2 \r\nab\r\n0\r\n\r\n",
          " 2\r\nab\r\n0\r\n\r\n",
          "2\nab\r\n0\r\n\r\n",
          "2\r\nabc\r\n0\r\n\r\n",
          "2\r\nab0\r\n\r\n",
          "2;\r\nab\r\n0\r\n\r\n",
          "2;a=\r\nab\r\n0\r\n\r\n",
          "2;[=x\r\nab\r\n0\r\n\r\n",
          ";a=b\r\nab\r\n0\r\n\r\n",
          "fffffffffffffffff\r\nab\r\n0\r\n\r\n",
          "2\r\nab\r\n0\r\nHost: b\r\n\r\n",
          "2\r\nab\r\n0\r\nX-A: b\r\n\r\n",
          "0\r\nContent-Length: 1\r\n\r\n"}) {
        auto client = server.connect();
        client.send(chunked(chunks) + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        auto const answer = client.receive();
        EXPECT_EQ(answer.status, 400) << chunks;
        EXPECT_TRUE(answer.has("Connection: close"));
        EXPECT_TRUE(client.closed()) << chunks;
    }
}

TEST(Session, JudgesTheFramingBeforeTheAddress) {
    TestServer server(routes);
    auto const bad = "POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;\r\nhello\r\n0\r\n\r\n";
    EXPECT_EQ(server.ask(bad).status, 400);
    auto client = server.connect();
    client.send(post("/nowhere", "a body to be read past") + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive().status, 404);
    EXPECT_EQ(client.receive().status, 200);
}

TEST(Session, HoldsABodyToItsLimit) {
    TestServer server(routes);
    EXPECT_EQ(server.ask(post("/small", "0123456789")).body, "0123456789");
    auto client = server.connect();
    client.send(post("/small", "0123456789a"));
    auto const declared = client.receive();
    EXPECT_EQ(declared.status, 413);
    EXPECT_TRUE(client.closed());
    auto const counted = server.ask(
        "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n6789a\r\n0\r\n\r\n"
    );
    EXPECT_EQ(counted.status, 413);
    EXPECT_EQ(server.ask(post("/echo", std::string(1024 * 1024, 'b'))).body.size(), 1024u * 1024);
    EXPECT_EQ(server.ask(post("/echo", std::string(1024 * 1024 + 1, 'b'))).status, 413);
}

TEST(Session, HoldsAllBodiesTogetherToTheirLimit) {
    Limits limits;
    limits.bodies_in_flight_bytes = 100'000;
    TestServer server(routes, limits);
    auto const held = [&] {
        auto const text = server.metrics();
        std::string const name = "\nhttp_body_bytes ";
        return std::stoul(text.substr(text.find(name) + name.size()));
    };
    auto const long_body = post("/echo", std::string(200'000, 'b'));
    std::optional<Client> first(server.connect());
    first->send(long_body.substr(0, long_body.size() - 60'000));
    for (int tries = 0; tries < 1'000 && held() < 70'000; ++tries) server.get("/");
    EXPECT_GE(held(), 70'000U);  // 140,000 without the 64 KiB that each has by itself
    auto second = server.connect();
    second.send(long_body);
    auto const answer = second.receive();
    EXPECT_EQ(answer.status, 503);
    EXPECT_TRUE(answer.has("Retry-After: "));
    EXPECT_NE(answer.body.find("too_many_bodies"), std::string::npos);
    EXPECT_EQ(server.ask(post("/echo", std::string(65'536, 'b'))).status, 200) << "a form of usual size";
    auto const all_given_back = [&] {
        for (int tries = 0; tries < 1'000 && held() > 0; ++tries) server.get("/");
        return held() == 0;
    };
    first.reset();
    EXPECT_TRUE(all_given_back());
    EXPECT_EQ(server.ask(post("/echo", std::string(150'000, 'b'))).body, std::string(150'000, 'b'));
    EXPECT_TRUE(all_given_back());
}

TEST(Session, HoldsTheHeadToItsLimit) {
    TestServer server(routes);
    std::string fields;
    for (int i = 0; i < 3; ++i) fields += "X-" + std::to_string(i) + ": " + std::string(6'000, 'a') + "\r\n";
    EXPECT_EQ(server.ask("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n").status, 431);
    EXPECT_EQ(server.get("/" + std::string(100'000, 'a')).status, 414);
    EXPECT_EQ(server.get("/" + std::string(8'000, 'a')).status, 414);
    EXPECT_EQ(server.get("/" + std::string(7'999, 'a')).status, 404);
}

TEST(Session, InvitesABodyOnlyIfItWouldTakeIt) {
    TestServer server(routes);
    auto const expecting = [](std::string const& target, int length) {
        return "POST " + target +
               " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
    };
    auto client = server.connect();
    client.send(expecting("/small", 3));
    EXPECT_EQ(client.receive().status, 100);
    client.send("abc");
    EXPECT_EQ(client.receive().body, "abc");
    client.send(expecting("/small", 11));
    EXPECT_EQ(client.receive().status, 413);
    auto other = server.connect();
    other.send(expecting("/nowhere", 3));
    auto const answer = other.receive();
    EXPECT_EQ(answer.status, 404);
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(other.closed());
}

TEST(Session, StreamsAnUpload) {
    TestServer server(routes);
    auto client = server.connect();
    client.send(post("/upload", std::string(4'000'000, 'u')));
    EXPECT_EQ(client.receive().body, "4000000");
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 40; ++i) client.send("c350\r\n" + std::string(50'000, 'u') + "\r\n");
    client.send("0\r\n\r\n");
    EXPECT_EQ(client.receive().body, "2000000");
    EXPECT_EQ(server.ask(post("/upload", "")).body, "0");
    EXPECT_EQ(
        server.ask("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabX\r\n0\r\n\r\n")
            .status,
        400
    );
    EXPECT_EQ(
        server.ask("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: 1\r\n\r\n")
            .status,
        400
    );
    EXPECT_EQ(server.ask(post("/upload", std::string(5'000'001, 'u'))).status, 413);
}

TEST(Session, ClosesAfterAnAnswerThatCameBeforeTheEndOfTheUpload) {
    TestServer server(routes);
    auto client = server.connect();
    client.send(post("/reject", std::string(4'000'000, 'u')));
    auto const answer = client.receive();
    EXPECT_EQ(answer.status, 403);
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(client.closed());
}

TEST(Session, InvitesNoUploadThatItsHandlerRejects) {
    TestServer server(routes);
    auto client = server.connect();
    client.send("POST /reject HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
    EXPECT_EQ(client.receive().status, 403);
    EXPECT_TRUE(client.closed());
}

TEST(Session, StreamsADownload) {
    TestServer server(routes);
    auto client = server.connect();
    for (auto const* target : {"/sized", "/unsized"}) {
        client.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(client.receive().body, std::string(300'000, 'x')) << target;
    }
}

TEST(Session, BreaksOffADownloadThatFails) {
    TestServer server(routes);
    auto sized = server.connect();
    sized.send("GET /breaks HTTP/1.1\r\nHost: a\r\n\r\n");
    auto const answer = sized.receive();
    EXPECT_TRUE(answer.has("Content-Length: 300000"));
    EXPECT_LT(answer.body.size(), 300'000u);
    auto chunks = server.connect();
    chunks.send("GET /breaks-unsized HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_FALSE(chunks.rest().ends_with("\r\n0\r\n\r\n"));
    EXPECT_NE(server.metrics().find("http_exceptions_total 2\n"), std::string::npos);
}

TEST(Session, SendsAFileFromThePool) {
    auto const path = std::filesystem::temp_directory_path() / ("session_test_" + std::to_string(::getpid()));
    std::string const content(200'001, 'f');
    std::ofstream(path) << content;
    net::thread_pool pool(1);
    auto send_file = [&](Request&) -> net::awaitable<Response> {
        Response response;
        response.content_type = "application/pdf";
        response.stream = file_source(path, pool);
        co_return response;
    };
    TestServer server([&](Router& router) { router.add(verb::get, "/file", send_file); });
    EXPECT_EQ(server.get("/file").body, content);
    std::filesystem::remove(path);
    EXPECT_EQ(server.get("/file").status, 500);
}

Limits quick() {
    Limits limits;
    limits.idle_time = 150ms;
    limits.head_time = 300ms;
    limits.body_time = 300ms;
    limits.write_time = 300ms;
    limits.linger_time = 100ms;
    return limits;
}

TEST(SessionTime, ClosesAnIdleConnection) {
    TestServer server(routes, quick());
    auto client = server.connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_TRUE(client.closed());
}

TEST(SessionTime, GivesTheWholeHeadOneLimit) {
    auto limits = quick();
    limits.idle_time = 5s;
    TestServer server(routes, limits);
    auto client = server.connect();
    auto const start = std::chrono::steady_clock::now();
    std::jthread const dribble([&](std::stop_token const& stop) {
        for (char const c : std::string("GET / HTTP/1.1\r\nHost: ") + std::string(10'000, 'a')) {
            if (stop.stop_requested()) break;
            client.send({&c, 1});
            std::this_thread::sleep_for(20ms);
        }
    });
    EXPECT_TRUE(client.closed());
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
}

TEST(SessionTime, ClosesOnABodyThatDoesNotCome) {
    TestServer server(routes, quick());
    auto client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    EXPECT_TRUE(client.closed());
    server.stop();
    server.join();
    EXPECT_NE(server.metrics().find("http_requests_abandoned_total 1\n"), std::string::npos);
}

TEST(SessionTime, GivesABodyThatKeepsComingItsTime) {
    auto limits = quick();
    limits.body_rate = 1'000;
    TestServer server(routes, limits);
    auto client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    for (int i = 0; i < 10; ++i) {  // 0.6 s in all, twice what a silent client gets
        std::this_thread::sleep_for(60ms);
        client.send(std::string(100, 'b'));
    }
    EXPECT_EQ(client.receive().body.size(), 1'000u);
}

/// Time for those who wait, which stands still until a test moves it; and an upload that comes in under it.
class MovedTime : public testing::Test {
protected:
    net::awaitable<Response> take(Request& request) {
        std::vector<char> piece(10'000);
        std::size_t got = 0;
        do {
            got = co_await request.body_reader->read_some(piece);
            received_ += got;
        } while (got > 0);
        co_return text_response(status::ok, "text/plain", "all");
    }

    /// Announces a byte more than it sends; returns when that has come and the server waits for the rest.
    Client begin_upload(std::size_t size) {
        auto client = server_.connect();
        client.send(
            "POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size + 100) + "\r\n\r\n" +
            std::string(size, 'u')
        );
        for (int tries = 0; tries < 1'000 && received_ < size; ++tries) server_.get("/");
        EXPECT_EQ(received_, size);
        server_.get("/");
        return client;
    }

    std::atomic<WaitingClock::time_point> now_ = WaitingClock::time_point(1h);
    std::atomic<std::size_t> received_ = 0;
    TestServer server_{
        [this](Router& router) {
            routes(router);
            auto handler = [this](Request& request) { return take(request); };
            router.add(verb::post, "/take", handler, {.body_limit = 5'000'000, .body = BodyMode::Streamed});
        },
        {},
        {},
        [this] { return now_.load(); }};
};

TEST_F(MovedTime, AQuickStartBuysNoSilence) {
    auto client = begin_upload(4'000'000);  // four minutes' worth at the lowest rate
    now_ = now_.load() + Limits().body_time + 1ms;
    EXPECT_TRUE(client.closed());
}

TEST_F(MovedTime, AByteNowAndThenHoldsNothing) {
    auto client = begin_upload(1'000'000);
    for (int i = 0; i < 5; ++i) {
        now_ = now_.load() + Limits().body_time / 4;
        client.send("u");
        server_.get("/");
    }
    EXPECT_TRUE(client.closed());
}

TEST_F(MovedTime, WaitsAsLongAsItSays) {
    auto client = begin_upload(100'000);
    now_ = now_.load() + Limits().body_time - 1ms;
    client.send(std::string(100, 'u'));
    EXPECT_EQ(client.receive().body, "all");
}

TEST(SessionTime, ClosesOnAClientThatDoesNotRead) {
    auto endless = [](Request&) -> net::awaitable<Response> {
        Response response;
        response.stream = letters(1'000'000'000, true);
        co_return response;
    };
    TestServer server([&](Router& router) { router.add(verb::get, "/endless", endless); }, quick());
    auto client = server.connect();
    client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(1s);
    EXPECT_LT(client.rest().size(), 100'000'000u);
}

TEST(Session, ForwardingHeadersOfNobodyTrustedAreCountedAndToldOnce) {
    bool misforwarded = false;
    Networks proxies;
    proxies.add("10.0.0.0/8");
    TestServer server(
        [&](Router& router) {
            router.add(verb::get, "/", [&](Request& request) -> net::awaitable<Response> {
                misforwarded = request.unnamed;
                co_return text_response(status::ok, "text/plain", request.peer.to_string());
            });
        },
        {},
        proxies
    );
    EXPECT_EQ(server.get("/").body, "127.0.0.1");
    EXPECT_FALSE(misforwarded);
    for (std::string const field :
         {"X-Forwarded-For: 203.0.113.7", "Forwarded: for=203.0.113.7", "x-real-ip: 203.0.113.7"}) {
        EXPECT_EQ(server.ask("GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n").body, "127.0.0.1") << field;
        EXPECT_TRUE(misforwarded) << field;
    }
    EXPECT_NE(server.metrics().find("http_requests_misforwarded_total 3\n"), std::string::npos);
    server.stop();
    server.stop();
    server.join();
    auto const log = server.log();
    auto const told = log.find("no trusted proxy");
    ASSERT_NE(told, std::string::npos) << log;
    EXPECT_EQ(log.find("no trusted proxy", told + 1), std::string::npos) << "once";
}

}  // namespace
}  // namespace server::http
