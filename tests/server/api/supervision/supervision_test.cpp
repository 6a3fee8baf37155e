#include <fmt/format.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <algorithm>

#include "server/demo/city.hpp"
#include "server/demo/demo.hpp"
#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kOverview = "/api/v1/supervision/overview";

/// How many cases a list of GET /cases has.
std::int64_t length(HttpClient& client, std::string_view query) {
    std::int64_t count = 0;
    std::string cursor;
    do {
        auto const page = client.get(fmt::format("{}?limit=200&{}{}", kCases, query, cursor));
        EXPECT_EQ(page.status(), 200U) << query << page.body();
        if (page.status() != 200) return -1;
        count += static_cast<std::int64_t>(page.json().at("items").as_array().size());
        auto const* next = page.json().at("next_cursor").if_string();
        cursor = next != nullptr ? "&cursor=" + std::string(*next) : "";
    } while (!cursor.empty());
    return count;
}

/// Holds every figure inside `part` against its list; how many figures there were.
int check_lists(HttpClient& client, json::value const& part) {
    int figures = 0;
    if (auto const* list = part.if_array()) {
        for (auto const& each : *list) figures += check_lists(client, each);
    }
    if (auto const* object = part.if_object()) {
        if (auto const* list = object->if_contains("list")) {
            EXPECT_EQ(object->at("count").as_int64(), length(client, list->as_string())) << json::serialize(part);
            ++figures;
        }
        for (auto const& member : *object) figures += check_lists(client, member.value());
    }
    return figures;
}

std::int64_t count_of(json::value const& part, std::string_view figure) {
    return part.at("figures").at(figure).at("count").as_int64();
}

std::int64_t sum(json::value const& list, auto&& count) {
    std::int64_t total = 0;
    for (auto const& each : list.as_array()) total += count(each);
    return total;
}

/// The demo city as it stands on a day with cases in every state.
class DemoOverview : public testing::Test {
protected:
    static constexpr char const* kNow = "2026-11-20T15:00:00+08:00";

    static void SetUpTestSuite() {
        folder = new TemporaryFolder;
        auto made = demo::make_city(*folder / "city", workflow::parse_instant(kNow).value());
        ASSERT_TRUE(made) << made.error().detail;
        service = new Service(std::move(made->store), kNow);
    }
    static void TearDownTestSuite() {
        delete service;
        delete folder;
    }

    static HttpClient sign_in(workflow::Role role) {
        auto const accounts = demo::first_accounts();
        auto const account = std::ranges::find_if(accounts, [&](auto const& each) { return each.roles.has(role); });
        return service->sign_in(account->username, demo::kPassword);
    }

    inline static TemporaryFolder* folder = nullptr;
    inline static Service* service = nullptr;
};

TEST_F(DemoOverview, EveryFigureIsAsLongAsItsList) {
    auto supervisor = sign_in(workflow::Role::Supervisor);
    auto const reply = supervisor.get(kOverview);
    ASSERT_EQ(reply.status(), 200U) << reply.body();
    json::value const overview = reply.json();
    EXPECT_GE(check_lists(supervisor, overview), 7 + 22 * 5 + 13 * 2 + 5 + 20);
    for (auto const* figure : {"overdue", "due_in_3", "due_in_5", "paused", "unread", "open"}) {
        EXPECT_GT(count_of(overview, figure), 0) << figure;
    }
    EXPECT_LE(count_of(overview, "due_in_1"), count_of(overview, "due_in_3"));
    EXPECT_LE(count_of(overview, "due_in_3"), count_of(overview, "due_in_5"));
}

TEST_F(DemoOverview, ItsPartsAddUp) {
    auto supervisor = sign_in(workflow::Role::Supervisor);
    json::value const overview = supervisor.get(kOverview).json();
    auto const of_agency = [](std::string_view figure) {
        return [figure](json::value const& agency) { return agency.at(figure).at("count").as_int64(); };
    };
    auto const count = [](json::value const& figure) { return figure.at("count").as_int64(); };
    auto const& agencies = overview.at("agencies");
    EXPECT_EQ(agencies.as_array().size(), 22U);
    EXPECT_EQ(sum(agencies, of_agency("open")), count_of(overview, "open"));
    EXPECT_EQ(sum(agencies, of_agency("overdue")), count_of(overview, "overdue"));
    EXPECT_EQ(sum(agencies, of_agency("due_in_3")), count_of(overview, "due_in_3"));
    EXPECT_GT(sum(agencies, of_agency("replied_late")), 0);
    EXPECT_EQ(sum(overview.at("ages"), count), count_of(overview, "open"));
    EXPECT_EQ(sum(overview.at("outcomes"), count), length(supervisor, "concluded_after=2025-12-31"));
    EXPECT_EQ(overview.at("weeks").as_array().size(), 13U);
    EXPECT_EQ(overview.at("weeks").as_array().back().at("monday"), "2026-11-16");
    for (auto const& agency : agencies.as_array()) {
        auto const on_time = of_agency("replied_on_time")(agency);
        auto const due = on_time + of_agency("replied_late")(agency) + of_agency("unanswered")(agency);
        if (due == 0) {
            EXPECT_TRUE(agency.at("on_time_rate").is_null());
        } else {
            EXPECT_DOUBLE_EQ(
                agency.at("on_time_rate").to_number<double>(), static_cast<double>(on_time) / static_cast<double>(due)
            );
        }
    }
}

TEST_F(DemoOverview, ABranchHasItsOwnFigures) {
    auto supervisor = sign_in(workflow::Role::Supervisor);
    json::value const whole = supervisor.get(kOverview).json();
    auto const branch = whole.at("agencies").as_array().back().at("agency").as_string();
    json::value const part = supervisor.get(std::string(kOverview) + "?agency=" + std::string(branch)).json();
    EXPECT_EQ(part.at("scope").at("agency"), branch);
    EXPECT_LT(part.at("agencies").as_array().size(), 22U);
    EXPECT_GE(check_lists(supervisor, part), 7 + 5 + 13 * 2 + 5);
}

TEST_F(DemoOverview, AnOfficeHeadSeesTheOwnAgency) {
    auto head = sign_in(workflow::Role::OfficeHead);
    json::value const overview = head.get(kOverview).json();
    ASSERT_EQ(overview.at("agencies").as_array().size(), 1U);
    EXPECT_EQ(overview.at("agencies").at(0).at("agency").as_string(), demo::kFirstAgency);
    EXPECT_GT(count_of(overview, "open"), 0);
    EXPECT_GT(check_lists(head, overview), 0);
}

TEST(SupervisionOverview, IsForThoseWhoWatch) {
    Service service;
    auto const of = [&](std::string_view username, std::string_view query = "") {
        return service.sign_in(username).get(std::string(kOverview) + std::string(query));
    };
    EXPECT_EQ(service.anonymous().get(kOverview).status(), 401U);
    EXPECT_EQ(of("handler").code(), "role_required");
    EXPECT_EQ(of("auditor").code(), "role_required");
    EXPECT_EQ(of("supervisor").json().at("scope").at("agency_name"), "邵阳市人民政府");
    EXPECT_EQ(of("supervisor", "?agency=430500-02").json().at("agencies").as_array().size(), 1U);
    EXPECT_EQ(of("supervisor", "?agency=999999-01").status(), 404U);
    EXPECT_EQ(of("office", "?agency=430500-01").status(), 200U);
    EXPECT_EQ(of("office", "?agency=430500-02").code(), "agency_not_found");
    EXPECT_EQ(of("office", "?agency=430500-00").code(), "agency_not_found");
}

TEST(SupervisionOverview, FollowsTheDays) {
    Service service;
    auto const overview = [&](std::string_view date) -> json::value {
        service.time.go_to(date);
        return service.sign_in("supervisor").get(kOverview).json();
    };
    auto const due = [](json::value const& seen) {
        std::vector<std::int64_t> counts;
        for (auto const* figure : {"due_in_1", "due_in_3", "due_in_5", "overdue"})
            counts.push_back(count_of(seen, figure));
        return counts;
    };
    using Counts = std::vector<std::int64_t>;
    auto citizen = service.anonymous();
    ASSERT_EQ(citizen.post("/api/v1/applications", application()).status(), 201U);  // due on Monday 2026-03-30

    EXPECT_EQ(count_of(overview("2026-03-03"), "unread"), 0) << "one working day";
    EXPECT_EQ(count_of(overview("2026-03-04"), "unread"), 1);
    auto const ages = overview("2026-03-16").at("ages").as_array();  // ten working days
    EXPECT_EQ(ages[0].at("count"), 0);
    EXPECT_EQ(ages[1].at("count"), 1);
    EXPECT_EQ(ages[1].at("received_from"), "2026-03-02");
    EXPECT_EQ(ages[1].at("received_to"), "2026-03-08");
    EXPECT_TRUE(ages[4].at("received_from").is_null());
    EXPECT_EQ(due(overview("2026-03-20")), (Counts{0, 0, 0, 0}));
    EXPECT_EQ(due(overview("2026-03-23")), (Counts{0, 0, 1, 0}));
    EXPECT_EQ(due(overview("2026-03-25")), (Counts{0, 1, 1, 0}));
    EXPECT_EQ(due(overview("2026-03-27")), (Counts{1, 1, 1, 0})) << "the weekend is no working day";
    EXPECT_EQ(due(overview("2026-03-30")), (Counts{1, 1, 1, 0}));
    EXPECT_EQ(due(overview("2026-03-31")), (Counts{0, 0, 0, 1}));
}

/// Who answers nothing is not punctual: the last day passed in silence counts as one that was missed.
TEST(SupervisionOverview, SilenceCountsAgainstTheAgency) {
    Service service;
    ASSERT_EQ(service.anonymous().post("/api/v1/applications", application()).status(), 201U);
    auto const agency_on = [&](std::string_view date) -> json::object {
        service.time.go_to(date);
        auto supervisor = service.sign_in("supervisor");
        auto const seen = supervisor.get(kOverview).json();
        check_lists(supervisor, seen);
        for (auto const& each : seen.at("agencies").as_array()) {
            if (each.at("agency") == "430500-01") return each.as_object();
        }
        return {};
    };
    EXPECT_TRUE(agency_on("2026-03-30").at("on_time_rate").is_null()) << "the last day is not over";
    auto const over = agency_on("2026-03-31");
    EXPECT_EQ(over.at("unanswered").at("count"), 1);
    EXPECT_EQ(over.at("on_time_rate").to_number<double>(), 0.0);

    auto supervisor = service.sign_in("supervisor");
    auto const quarter = [&](int number) {
        auto const address = fmt::format("/api/v1/reports/quarterly?year=2026&quarter={}", number);
        return supervisor.get(address).json().at("total").as_object();
    };
    EXPECT_EQ(quarter(1).at("unanswered"), 1);
    EXPECT_EQ(quarter(1).at("on_time_rate").to_number<double>(), 0.0);
    EXPECT_EQ(length(supervisor, quarter(1).at("unanswered_list").as_string()), 1);
    EXPECT_EQ(quarter(2).at("unanswered"), 0);
    EXPECT_EQ(agency_on("2027-01-04").at("unanswered").at("count"), 0) << "it belongs to the year of its last day";
}

TEST(SupervisionOverview, ListsRefuseWhatTheyDoNotKnow) {
    Service service;
    auto supervisor = service.sign_in("supervisor");
    for (std::string const query :
         {"open=yes",
          "paused=2",
          "on_time=",
          "agency_only=999999-01",
          "received_before=2026-02-30",
          "concluded_after=x"}) {
        bool const empty = query.ends_with('=');
        EXPECT_EQ(supervisor.get(std::string(kCases) + "?" + query).status(), empty ? 200U : 422U) << query;
    }
}

}  // namespace
}  // namespace server::api
