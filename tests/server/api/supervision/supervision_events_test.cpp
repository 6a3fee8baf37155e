#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <vector>

#include "tests/server/api/service.hpp"
#include "tests/server/http/test_server.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kLastChunk = "0\r\n\r\n";

/// An open stream of somebody who is signed in.
class Listening {
public:
    Listening(Service& service, HttpClient const& who, std::string_view query = "", std::string_view last_id = "")
        : client_(service.endpoint()) {
        std::string request =
            "GET /api/v1/supervision/events" + std::string(query) + " HTTP/1.1\r\nHost: a\r\nCookie: ";
        request += who.cookie();
        if (!last_id.empty()) request += "\r\nLast-Event-ID: " + std::string(last_id);
        client_.send(request + "\r\n\r\n");
        head_ = client_.until("\r\n\r\n");
        if (status() == 200) begin_ = client_.until("\n\n");
    }

    int status() const { return std::stoi(head_.substr(9, 3)); }
    bool has_field(std::string_view field) const { return head_.find(field) != std::string::npos; }
    /// The id it had when it began.
    std::string place() const { return line(begin_, "id: "); }

    struct Event {
        std::string name;
        std::string id;
        json::object data;
    };
    Event next() {
        auto const text = client_.until("\n\n");
        auto const data = line(text, "data: ");
        return {
            line(text, "event: "), line(text, "id: "), data.empty() ? json::object() : json::parse(data).as_object()};
    }
    bool ends() { return client_.until(kLastChunk).ends_with(kLastChunk); }

private:
    static std::string line(std::string const& text, std::string_view begin) {
        auto const at = text.find(begin);
        if (at == std::string::npos) return {};
        auto const from = at + begin.size();
        return text.substr(from, text.find('\n', from) - from);
    }

    http::Client client_;
    std::string head_;
    std::string begin_;
};

class EventsTest : public testing::Test {
protected:
    json::object apply(std::string_view agency = "430500-01") {
        auto const reply = service.anonymous().post("/api/v1/applications", application(agency));
        EXPECT_EQ(reply.status(), 201U) << reply.body();
        return reply.json();
    }
    static std::string seq_of(json::object const& made) {
        return std::to_string(made.at("receipt").at("seq").as_int64());
    }
    /// Changes an account as an administrator would.
    void change_account(std::string const& id, std::function<void(storage::Staff&)> const& change) {
        ASSERT_TRUE(service.store().writes().run([&](storage::Connection& connection) -> workflow::Result<int> {
            auto account = *service.store().directory().pending().staff({id});
            change(account);
            storage::Author const by{"security_admin", "tests"};
            auto const put = service.store().directory().put(connection, account, by, service.time.now());
            if (!put) return put.error();
            return 0;
        }));
    }

    Service service;
};

TEST_F(EventsTest, TellsWhatHappensAsItHappens) {
    Listening listening(service, service.sign_in("supervisor"));
    ASSERT_EQ(listening.status(), 200);
    EXPECT_TRUE(listening.has_field("Content-Type: text/event-stream\r\n"));
    EXPECT_EQ(listening.place(), std::to_string(service.store().journal().size()));

    auto const made = apply();
    auto const submitted = listening.next();
    EXPECT_EQ(submitted.name, "case");
    EXPECT_EQ(submitted.id, seq_of(made));
    auto registrar = service.sign_in("registrar");
    auto const row = registrar.get(kCases).json().at("items").at(0).as_object();
    json::object const expected{
        {"seq", made.at("receipt").at("seq")},
        {"case_id", row.at("id")},
        {"number", made.at("number")},
        {"agency", "430500-01"},
        {"action", "submit"},
        {"action_label", "提交申请"},
        {"state", "submitted"},
        {"state_label", "待登记"},
        {"at", "2026-03-02T09:00:00.000+08:00"},
        {"card", nullptr},
        {"level", nullptr},
        {"level_label", nullptr}};
    EXPECT_EQ(submitted.data, expected);

    WorkedCase c(row);
    ASSERT_EQ(c.act(registrar, "confirm_receipt").status(), 200U);
    auto const confirmed = listening.next();
    EXPECT_EQ(confirmed.data.at("action"), "confirm_receipt");
    EXPECT_EQ(confirmed.data.at("state_label"), "待审核");
}

TEST_F(EventsTest, ResumesAfterTheLastEventSeen) {
    auto const first = apply();
    auto const second = apply();
    auto const third = apply();
    auto supervisor = service.sign_in("supervisor");
    Listening after(service, supervisor, "?after=" + seq_of(first));
    EXPECT_EQ(after.place(), seq_of(first));
    EXPECT_EQ(after.next().id, seq_of(second));
    EXPECT_EQ(after.next().id, seq_of(third));
    Listening again(service, supervisor, "?after=" + seq_of(first), seq_of(second));
    EXPECT_EQ(again.next().id, seq_of(third)) << "a browser that connects again repeats the address";
    EXPECT_EQ(Listening(service, supervisor, "", "x").status(), 400);
    EXPECT_EQ(Listening(service, supervisor, "?after=-1").status(), 400);
}

TEST_F(EventsTest, ResumesAfterARestart) {
    auto const first = apply();
    service.restart();
    auto const second = apply();
    Listening listening(service, service.sign_in("supervisor"), "", seq_of(first));
    EXPECT_EQ(listening.next().id, seq_of(second));
}

TEST_F(EventsTest, SaysWhenTooMuchWasMissed) {
    auto const old = apply();
    ASSERT_TRUE(service.store().writes().run([&](storage::Connection& connection) -> workflow::Result<int> {
        storage::Entry entry;
        entry.at = service.time.now();
        entry.on = service.time.today();
        entry.action = "test";
        entry.object = {"test", "1"};
        for (int i = 0; i < 1001; ++i) service.store().journal().append(connection, entry);
        return 0;
    }));
    auto supervisor = service.sign_in("supervisor");
    auto const head = std::to_string(service.store().journal().size());
    for (auto const& place : {seq_of(old), std::string("999999")}) {
        Listening listening(service, supervisor, "", place);
        auto const reset = listening.next();
        EXPECT_EQ(reset.name, "reset");
        EXPECT_EQ(reset.id, head);
        EXPECT_EQ(reset.data.at("seq"), service.store().journal().size());
    }
    Listening listening(service, supervisor, "", seq_of(old));
    listening.next();
    auto const made = apply();
    EXPECT_EQ(listening.next().id, seq_of(made)) << "and goes on from there";
}

TEST_F(EventsTest, KeepsToTheScope) {
    Listening own(service, service.sign_in("office"));
    auto supervisor = service.sign_in("supervisor");
    Listening branch(service, supervisor, "?agency=430500-02");
    Listening whole(service, supervisor);
    auto const elsewhere = apply("430500-02");
    auto const here = apply("430500-01");
    EXPECT_EQ(own.next().id, seq_of(here));
    EXPECT_EQ(branch.next().id, seq_of(elsewhere));
    EXPECT_EQ(whole.next().id, seq_of(elsewhere));
    EXPECT_EQ(whole.next().id, seq_of(here));

    EXPECT_EQ(Listening(service, service.sign_in("office"), "?agency=430500-02").status(), 404);
    EXPECT_EQ(Listening(service, service.sign_in("handler")).status(), 403);
    EXPECT_EQ(Listening(service, service.anonymous()).status(), 401);
}

TEST_F(EventsTest, EndsWithItsSession) {
    auto supervisor = service.sign_in("supervisor");
    Listening signed_out(service, supervisor);
    ASSERT_EQ(supervisor.send("DELETE", "/api/v1/session", "", "").status(), 204U);
    EXPECT_TRUE(signed_out.ends());

    Listening superseded(service, service.sign_in("supervisor"));
    auto const again = service.sign_in("supervisor");
    EXPECT_TRUE(superseded.ends()) << "an account has one session";

    Listening idle(service, again);
    service.time.advance(service.config().staff_session_idle);
    apply();
    EXPECT_EQ(idle.next().name, "case") << "still within its time";
    service.time.advance(std::chrono::seconds{1});
    apply();
    EXPECT_TRUE(idle.ends()) << "listening is no activity";
}

TEST_F(EventsTest, EndsWithTheRights) {
    Listening disabled(service, service.sign_in("office"));
    change_account("id-office", [](storage::Staff& account) { account.disabled = true; });
    EXPECT_TRUE(disabled.ends());
    Listening moved(service, service.sign_in("supervisor"));
    change_account("id-supervisor", [](storage::Staff& account) { account.roles = {workflow::Role::Registrar}; });
    EXPECT_TRUE(moved.ends());
}

TEST_F(EventsTest, EndsWhenTheServiceStops) {
    Listening listening(service, service.sign_in("supervisor"));
    ASSERT_EQ(listening.status(), 200);
    service.restart();
    EXPECT_FALSE(listening.next().name == "case");
}

TEST_F(EventsTest, AreLimitedForASession) {
    auto supervisor = service.sign_in("supervisor");
    std::vector<Listening> open;
    for (int i = 0; i < 4; ++i) open.emplace_back(service, supervisor);
    EXPECT_EQ(open.back().status(), 200);
    Listening const fifth(service, supervisor);
    EXPECT_EQ(fifth.status(), 503);
    EXPECT_TRUE(fifth.has_field("Retry-After: 30\r\n"));
    EXPECT_EQ(Listening(service, service.sign_in("office")).status(), 200) << "another session has its own";
}

}  // namespace
}  // namespace server::api
