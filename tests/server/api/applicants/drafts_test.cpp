#include <gtest/gtest.h>

#include <chrono>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kDraft = "/api/v1/drafts/case%2Freply";
constexpr std::string_view kPreferences = "/api/v1/session/preferences";

Reply remove(HttpClient& client, std::string_view target) { return client.send("DELETE", target, "", ""); }

TEST(StaffDrafts, AreReadBackChangedAndRemoved) {
    Service service;
    auto handler = service.sign_in("handler");
    EXPECT_EQ(handler.get(kDraft).code(), "draft_not_found");
    EXPECT_EQ(handler.put(kDraft, {{"text", "答复写到一半"}}).status(), 204U);
    EXPECT_EQ(handler.put(kDraft, {{"text", "又写了一段"}, {"step", 2}}).status(), 204U);
    auto const read = handler.get(kDraft);
    ASSERT_EQ(read.status(), 200U) << read.body();
    EXPECT_EQ(read.json(), (json::object{{"text", "又写了一段"}, {"step", 2}}));
    EXPECT_EQ(handler.get("/api/v1/drafts/case").status(), 404U);
    EXPECT_EQ(remove(handler, kDraft).status(), 204U);
    EXPECT_EQ(handler.get(kDraft).status(), 404U);
    EXPECT_EQ(remove(handler, kDraft).status(), 204U) << "removing twice does no harm";
}

TEST(StaffDrafts, BelongToOneAccount) {
    Service service;
    auto handler = service.sign_in("handler");
    ASSERT_EQ(handler.put(kDraft, {{"text", "我的"}}).status(), 204U);
    auto other = service.sign_in("reviewer");
    EXPECT_EQ(other.get(kDraft).status(), 404U);
    EXPECT_EQ(remove(other, kDraft).status(), 204U);
    EXPECT_EQ(handler.get(kDraft).status(), 200U);
    auto nobody = service.anonymous();
    EXPECT_EQ(nobody.get(kDraft).status(), 401U);
    EXPECT_EQ(nobody.put(kDraft, json::object{}).status(), 401U);
    handler.csrf.clear();
    EXPECT_EQ(handler.put(kDraft, json::object{}).code(), "csrf_token");
}

TEST(StaffDrafts, LastThirtyDays) {
    Service service;
    auto handler = service.sign_in("handler");
    ASSERT_EQ(handler.put(kDraft, {{"text", "早先写的"}}).status(), 204U);
    service.time.advance(std::chrono::days{29});
    EXPECT_EQ(service.sign_in("handler").get(kDraft).status(), 200U);
    service.time.advance(std::chrono::days{1});
    EXPECT_EQ(service.sign_in("handler").get(kDraft).status(), 404U);
}

TEST(StaffDrafts, AreObjectsOfLimitedSize) {
    Service service;
    auto handler = service.sign_in("handler");
    auto const put = [&](std::string_view body) {
        return handler.send("PUT", kDraft, body, "application/json").status();
    };
    EXPECT_EQ(put("{\"text\": "), 400U);
    EXPECT_EQ(put("[1]"), 422U);
    EXPECT_EQ(put("{\"a\":\"" + std::string(64 * 1024 - 8, 'x') + "\"}"), 204U);
    EXPECT_EQ(put("{\"a\":\"" + std::string(64 * 1024 - 7, 'x') + "\"}"), 422U);
}

TEST(Preferences, StayWithTheAccountAndAreNoDraft) {
    Service service;
    auto handler = service.sign_in("handler");
    EXPECT_EQ(handler.get(kPreferences).json(), json::object{});
    ASSERT_EQ(handler.put(kPreferences, {{"keyboard", false}, {"columns", {"number", "due"}}}).status(), 204U);
    service.time.advance(std::chrono::days{3650});
    auto again = service.sign_in("handler");
    EXPECT_EQ(again.get(kPreferences).json(), (json::object{{"keyboard", false}, {"columns", {"number", "due"}}}));
    EXPECT_EQ(service.sign_in("reviewer").get(kPreferences).json(), json::object{});
    auto const too_long = again.put(kPreferences, {{"a", std::string(32 * 1024, 'x')}});
    EXPECT_EQ(too_long.status(), 422U);
    EXPECT_EQ(again.put(kPreferences, json::array{}).status(), 422U);
    EXPECT_EQ(service.anonymous().get(kPreferences).status(), 401U);
}

}  // namespace
}  // namespace server::api
