#include <gtest/gtest.h>

#include <set>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kCheck = "/api/v1/applications/check";

std::set<std::string> pointers(Reply const& reply) {
    EXPECT_EQ(reply.status(), 200U) << reply.body();
    std::set<std::string> found;
    for (auto const& error : reply.json().at("errors").as_array()) {
        EXPECT_TRUE(found.insert(std::string(error.at("pointer").as_string())).second)
            << "told twice: " << reply.body();
    }
    return found;
}

using Pointers = std::set<std::string>;

TEST(FormCheck, FindsNothingInAFormThatWouldBeTaken) {
    Service service;
    auto client = service.anonymous();
    auto const reply = client.post(kCheck, application());
    EXPECT_EQ(pointers(reply), Pointers{});
    EXPECT_EQ(reply.json().at("received_on"), "2026-03-02");
    EXPECT_EQ(reply.json().at("reply_due"), "2026-03-30");
    EXPECT_FALSE(reply.json().at("provisional").as_bool());
    EXPECT_NE(reply.json().at("reply_due_basis").as_string().find("条例第三十三条"), json::string::npos);
    EXPECT_EQ(pointers(client.post(kCheck, registration())), Pointers{});
}

TEST(FormCheck, KeepsNothing) {
    Service service;
    auto const before = service.store().journal().head().size;
    service.anonymous().post(kCheck, application());
    EXPECT_EQ(service.store().journal().head().size, before);
    EXPECT_TRUE(service.sign_in("registrar").get(kCases).json().at("items").as_array().empty());
}

TEST(FormCheck, TellsWhatAnUnfinishedFormLacks) {
    Service service;
    auto client = service.anonymous();
    auto const empty = client.post(kCheck, json::object{});
    EXPECT_EQ(pointers(empty), (Pointers{"/agency", "/applicant", "/items", "/provide_as", "/obtain_by"}));
    EXPECT_TRUE(empty.json().at("reply_due").is_null());
    auto form = application();
    form.erase("obtain_by");
    form["applicant"].as_object().erase("id_number");
    form["applicant"].as_object()["email"] = "nowhere";
    EXPECT_EQ(
        pointers(client.post(kCheck, form)), (Pointers{"/obtain_by", "/applicant/id_number", "/applicant/email"})
    );
}

TEST(FormCheck, ChecksNumbersAndWays) {
    Service service;
    auto client = service.anonymous();
    auto form = application();
    form["applicant"].as_object()["id_number"] = "430502199003070015";
    form["obtain_by"] = "email";
    form["agency"] = "430500-99";
    EXPECT_EQ(pointers(client.post(kCheck, form)), (Pointers{"/applicant/id_number", "/applicant/email", "/agency"}));
}

TEST(FormCheck, ReadsAnOfflineFormAsARegistration) {
    Service service;
    auto client = service.anonymous();
    auto form = registration();
    form.erase("evidence");
    form["received_on"] = "2026-02-27";
    auto const reply = client.post(kCheck, form);
    EXPECT_EQ(pointers(reply), Pointers{"/evidence"});
    EXPECT_EQ(reply.json().at("received_on"), "2026-02-27");
    form["evidence"] = "窗口当面收到";
    form["applicant"].as_object()["id_number"] = "430502199003070015";
    EXPECT_EQ(pointers(client.post(kCheck, form)), Pointers{"/applicant/id_number"});
    form["id_exception"] = "证件原件如此,已核对";
    EXPECT_EQ(pointers(client.post(kCheck, form)), Pointers{});
    form["received_on"] = "2026-03-03";
    auto const early = client.post(kCheck, form);
    EXPECT_EQ(pointers(early), Pointers{"/received_on"});
    EXPECT_TRUE(early.json().at("reply_due").is_null());
    form.erase("received_on");
    EXPECT_EQ(pointers(client.post(kCheck, form)), Pointers{"/received_on"});
}

TEST(FormCheck, DoesNotPromiseADayThatStaffSet) {
    Service service;
    auto sysadmin = service.sign_in("sysadmin");
    auto const version = sysadmin.get("/api/v1/settings/430500-01").header("ETag");
    json::object const policy{{"online_receipt", "by_staff"}, {"correction_days", 15}, {"fees_enabled", false}};
    ASSERT_EQ(sysadmin.put("/api/v1/settings/430500-01", policy, {{"If-Match", version}}).status(), 200U);
    auto client = service.anonymous();
    auto form = application();
    auto const reply = client.post(kCheck, form);
    EXPECT_EQ(pointers(reply), Pointers{});
    EXPECT_TRUE(reply.json().at("received_on").is_null());
    EXPECT_TRUE(reply.json().at("reply_due").is_null());
    form["received_on"] = "2026-03-02";
    EXPECT_EQ(client.post(kCheck, form).json().at("reply_due"), "2026-03-30");
}

TEST(FormCheck, RefusesWhatIsNoJson) {
    Service service;
    auto client = service.anonymous();
    EXPECT_EQ(client.send("POST", kCheck, "{", "application/json").status(), 400U);
    EXPECT_EQ(pointers(client.post(kCheck, json::array{})), Pointers{""});
}

}  // namespace
}  // namespace server::api
