#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "server/access/totp.hpp"
#include "server/api/kit/operation.hpp"
#include "server/api/resources.hpp"
#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

/// The path of an operation with something in place of its parameters.
std::string filled(std::string_view path, std::string_view id) {
    std::string result;
    while (!path.empty()) {
        auto const open = path.find('{');
        result += path.substr(0, open);
        if (open == std::string_view::npos) break;
        auto const name = path.substr(open + 1, path.find('}') - open - 1);
        result += name == "id" ? id : name == "year" ? "2026" : name == "agency" ? "430500-01" : "note";
        path.remove_prefix(path.find('}') + 1);
    }
    return result;
}

std::string_view name_of(http::verb method) {
    auto const name = boost::beast::http::to_string(method);
    return {name.data(), name.size()};
}

/// Calls the operation about a thing that is not there.
Reply call(HttpClient& client, Operation const& operation) {
    bool const bare = operation.method == http::verb::get || operation.method == http::verb::delete_;
    auto const* content_type = bare ? "" : "application/json";
    return client.send(name_of(operation.method), filled(operation.path, "x"), bare ? "" : "{}", content_type);
}

TEST(Access, NothingButThePublicPartAnswersAStranger) {
    Service service;
    for (auto const& operation : operations()) {
        if (operation.who == Who::Anyone) continue;
        auto client = service.anonymous();  // refused uploads close their connection
        auto const reply = call(client, operation);
        EXPECT_EQ(reply.status(), 401U) << operation.id;
        EXPECT_EQ(reply.code(), "not_signed_in") << operation.id;
    }
}

TEST(Access, EveryOperationWithARoleRefusesTheOthers) {
    Service service;
    constexpr std::array<std::pair<workflow::Role, std::string_view>, 3> kPeople{
        {{workflow::Role::Registrar, "registrar"},
         {workflow::Role::SystemAdmin, "sysadmin"},
         {workflow::Role::SecurityAdmin, "secadmin"}}};
    for (auto const& operation : operations()) {
        if (operation.roles.empty()) continue;
        auto const* other =
            std::ranges::find_if(kPeople, [&](auto const& each) { return !operation.roles.has(each.first); });
        ASSERT_NE(other, kPeople.end()) << operation.id << " is open to everybody";
        auto client = service.sign_in(other->second);  // refused uploads close their connection
        auto const reply = call(client, operation);
        EXPECT_EQ(reply.status(), 403U) << operation.id;
        EXPECT_EQ(reply.code(), "role_required") << operation.id;
    }
}

TEST(Access, ACaseDoesNotExistForThoseOutsideItsReach) {
    Service service;
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.post(kCases, registration()).json());
    for (auto const* who : {"stranger", "handler", "sysadmin", "secadmin", "auditor"}) {
        auto client = service.sign_in(who);
        for (auto const* rest : {"", "/timeline", "/clock", "/actions", "/attachments/1"}) {
            EXPECT_EQ(client.get(c.path(rest)).code(), "case_not_found") << who << rest;
        }
        EXPECT_EQ(
            client.post(c.path("/actions/note"), {{"reason", "看一看这件"}}, {{"If-Match", "\"1\""}}).status(), 404U
        ) << who;
        EXPECT_TRUE(client.get(kCases).json().at("items").as_array().empty()) << who;
    }
    EXPECT_EQ(registrar.get(std::string(kCases) + "/nowhere").code(), "case_not_found");
    auto supervisor = service.sign_in("supervisor");  // of the agency above
    EXPECT_EQ(supervisor.get(c.path()).status(), 200U);
    EXPECT_EQ(supervisor.post(c.path("/applicant"), {{"reason", "看一看这件"}}).status(), 403U);
}

TEST(Access, WritesOfASessionNeedItsToken) {
    Service service;
    auto registrar = service.sign_in("registrar");
    registrar.csrf.clear();
    EXPECT_EQ(registrar.post(kCases, registration()).code(), "csrf_token");
    registrar.csrf = std::string(64, '0');
    EXPECT_EQ(registrar.post(kCases, registration()).code(), "csrf_token");
    registrar.csrf = registrar.get("/api/v1/session").json().at("csrf_token").as_string();
    EXPECT_EQ(registrar.post(kCases, registration()).status(), 201U);
}

TEST(Access, OtherSitesAreRefused) {
    Service service;
    auto client = service.anonymous();
    auto const path = "/api/v1/applications";
    EXPECT_EQ(client.post(path, application(), {{"Origin", "https://evil.example"}}).code(), "cross_origin");
    EXPECT_EQ(client.post(path, application(), {{"Sec-Fetch-Site", "cross-site"}}).code(), "cross_origin");
    EXPECT_EQ(client.post(path, application(), {{"Sec-Fetch-Site", "same-origin"}}).status(), 201U);
}

TEST(Access, TheCookieIsForThisSiteAlone) {
    Service service;
    auto client = service.anonymous();
    auto const reply = client.post("/api/v1/session", {{"username", "registrar"}, {"password", kPassword}});
    auto const cookie = reply.header("Set-Cookie");
    EXPECT_NE(cookie.find("HttpOnly; SameSite=Strict"), std::string::npos);
    EXPECT_EQ(reply.header("Cache-Control"), "no-store");
}

TEST(Access, ASessionEndsInTime) {
    Service service;
    auto registrar = service.sign_in("registrar");
    service.time.advance(14min);
    EXPECT_EQ(registrar.get("/api/v1/session").status(), 200U);
    service.time.advance(16min);
    EXPECT_EQ(registrar.get("/api/v1/session").status(), 401U);

    auto first = service.sign_in("reviewer");
    auto second = service.sign_in("reviewer");  // one session for each account
    EXPECT_EQ(first.get("/api/v1/session").status(), 401U);
    EXPECT_EQ(second.get("/api/v1/session").status(), 200U);
    EXPECT_EQ(second.send("DELETE", "/api/v1/session", "", "").status(), 204U);
    EXPECT_EQ(second.get("/api/v1/session").status(), 401U);
}

TEST(Access, FiveFailuresMakeWhoeverFailedWait) {
    Service service;
    auto client = service.anonymous();
    auto const attempt = [&](std::string_view name, std::string_view password) {
        return client.post("/api/v1/session", {{"username", name}, {"password", password}});
    };
    for (auto const* name : {"registrar", "nobody"}) {
        std::string text;
        for (int i = 0; i < 5; ++i) {
            auto const reply = attempt(name, "wrong-password-1");
            ASSERT_EQ(reply.status(), 401U) << name;
            text = reply.json().at("detail").as_string();
        }
        EXPECT_EQ(text, "用户名、密码或动态口令不正确。");
        auto const locked = attempt(name, kPassword);
        EXPECT_EQ(locked.status(), 429U) << name;
        EXPECT_EQ(locked.header("Retry-After"), "30") << name;
    }
    service.time.advance(31s);
    EXPECT_EQ(attempt("registrar", kPassword).status(), 201U);
}

TEST(Access, WrongPairsLookAllAlikeAndAreSlowedDown) {
    Service service;
    auto client = service.anonymous();
    auto const number = client.post("/api/v1/applications", application()).json().at("number");
    auto const attempt = [&](json::value const& tried) {
        return client.post("/api/v1/tracking", {{"number", tried}, {"query_code", "AAAAAAAAAAAAAAAA"}});
    };
    auto const wrong_code = attempt(number).json();
    auto const wrong_number = attempt("430500-01-2026-999999").json();
    EXPECT_EQ(wrong_code.at("code"), wrong_number.at("code"));
    EXPECT_EQ(wrong_code.at("detail"), wrong_number.at("detail"));
    for (int i = 1; i < 5; ++i) EXPECT_EQ(attempt(number).status(), 404U) << i;
    auto const slowed = attempt(number);
    EXPECT_EQ(slowed.status(), 429U);
    EXPECT_EQ(slowed.header("Retry-After"), "10");
    service.time.advance(10s);
    EXPECT_EQ(attempt(number).status(), 404U);
}

TEST(Access, WhatOneAddressWritesWithoutASessionIsLimited) {
    Service service;
    service.config().trusted_proxies = {"127.0.0.0/8"};
    service.config().public_writes_per_minute = 3;
    service.restart();
    auto client = service.anonymous();
    auto const from = [&](std::string const& address) {
        return client.post("/api/v1/applications/check", application(), {{"X-Forwarded-For", address}});
    };
    for (int i = 0; i < 3; ++i) EXPECT_EQ(from("203.0.113.7").status(), 200U) << i;
    auto const refused = from("203.0.113.7");
    EXPECT_EQ(refused.code(), "too_many_writes");
    EXPECT_EQ(refused.header("Retry-After"), "20");
    EXPECT_EQ(from("198.51.100.1, 203.0.113.7").status(), 429U);  // what a client writes itself does not help it
    EXPECT_EQ(from("203.0.113.8").status(), 200U);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(from("127.0.0.1").status(), 200U) << i;
    EXPECT_EQ(from("127.0.0.1").status(), 429U) << "this machine is an address like any other";
    service.time.advance(20s);
    EXPECT_EQ(from("203.0.113.7").status(), 200U);
}

TEST(Access, NoNumberOfWritesTurnsApplicationsOrAccountsAway) {
    Service service;
    service.config().public_writes_per_minute = 1;
    service.restart();
    auto client = service.anonymous();
    ASSERT_EQ(client.post("/api/v1/applications/check", application()).status(), 200U);
    ASSERT_EQ(client.post("/api/v1/applications/check", application()).status(), 429U);
    auto const made = client.post("/api/v1/applications", application());
    ASSERT_EQ(made.status(), 201U) << made.body();
    auto registrar = service.sign_in("registrar");
    EXPECT_EQ(registrar.post("/api/v1/applications/check", application()).status(), 200U)
        << "who has a session is known";
    json::object const pair{{"number", made.json().at("number")}, {"query_code", made.json().at("query_code")}};
    EXPECT_EQ(client.post("/api/v1/tracking", pair).status(), 201U);
}

TEST(Access, AdministratorsKeepAccounts) {
    Service service;
    auto sysadmin = service.sign_in("sysadmin");
    json::object const form{
        {"username", "newcomer"}, {"name", "赵六"}, {"roles", {"registrar"}}, {"agency", "430500-01"}};
    auto const made = sysadmin.post("/api/v1/staff", form);
    ASSERT_EQ(made.status(), 201U) << made.body();
    auto const id = std::string(made.json().at("id").as_string());

    auto newcomer = service.anonymous();
    auto const first = made.json().at("password");
    auto reply = newcomer.post("/api/v1/session", {{"username", "newcomer"}, {"password", first}});
    ASSERT_EQ(reply.status(), 201U) << reply.body();
    newcomer.csrf = reply.json().at("csrf_token").as_string();
    EXPECT_EQ(newcomer.get(kCases).code(), "password_change_required");
    auto const path = "/api/v1/session/password";
    EXPECT_EQ(newcomer.put(path, {{"current", first}, {"password", "newcomer-is-here"}}).status(), 422U);
    EXPECT_EQ(newcomer.put(path, {{"current", "wrong"}, {"password", kPassword}}).status(), 422U);
    reply = newcomer.put(path, {{"current", first}, {"password", kPassword}});
    ASSERT_EQ(reply.status(), 200U) << reply.body();
    newcomer.csrf = reply.json().at("csrf_token").as_string();
    EXPECT_EQ(newcomer.get(kCases).status(), 200U);

    auto secadmin = service.sign_in("secadmin");
    auto const actions = "/api/v1/staff/" + id + "/actions/";
    ASSERT_EQ(secadmin.post(actions + "disable", {}).status(), 200U);
    EXPECT_EQ(newcomer.get(kCases).status(), 401U);  // at once
    ASSERT_EQ(secadmin.post(actions + "enable", {}).status(), 200U);
    newcomer = service.sign_in("newcomer");
    auto const colleagues = newcomer.get("/api/v1/staff").json().at("items").as_array();
    EXPECT_EQ(sysadmin.get("/api/v1/staff?agency=430500-01").json().at("items").as_array(), colleagues);
    EXPECT_LT(colleagues.size(), sysadmin.get("/api/v1/staff").json().at("items").as_array().size());
    auto changed = form;
    changed.erase("username");
    changed["roles"] = {"reviewer"};
    auto const version = std::to_string(secadmin.post(actions + "unlock", {}).json().at("version").as_int64());
    ASSERT_EQ(sysadmin.put("/api/v1/staff/" + id, changed, {{"If-Match", '"' + version + '"'}}).status(), 200U);
    EXPECT_EQ(newcomer.get(kCases).status(), 401U);  // other roles, another sign-in

    changed["roles"] = {"reviewer", "auditor"};
    EXPECT_EQ(sysadmin.put("/api/v1/staff/" + id, changed, {{"If-Match", "\"99\""}}).status(), 412U);
    json::object both = form;
    both["username"] = "both";
    both["roles"] = {"registrar", "auditor"};
    EXPECT_EQ(sysadmin.post("/api/v1/staff", both).code(), "roles_exclude_each_other");
}

/// 三员分立: a bureau's administrator demoted the city's supervisor.
TEST(Access, AnAdministratorStaysWithinTheOwnAgencies) {
    Service service;
    auto bureau = service.sign_in("bureau-sysadmin");
    auto const put = [&bureau](std::string_view path, json::value const& body) {
        return bureau.put(path, body, {{"If-Match", "\"1\""}});
    };
    json::object const demoted{{"name", "某某"}, {"roles", {"registrar"}}, {"agency", "430500-01"}};
    for (auto const* above : {"id-supervisor", "id-sysadmin", "id-auditor", "id-stranger"})
        EXPECT_EQ(put("/api/v1/staff/" + std::string(above), demoted).code(), "staff_not_found") << above;
    EXPECT_EQ(put("/api/v1/staff/id-bureau-sysadmin", demoted).code(), "own_account");
    auto const refused_at = [](auto const& refused) {
        return std::string(refused.json().at("errors").at(0).at("pointer").as_string());
    };
    auto elsewhere = demoted;
    elsewhere["agency"] = "430500-00";
    EXPECT_EQ(refused_at(put("/api/v1/staff/id-registrar", elsewhere)), "/agency");
    elsewhere["username"] = "newcomer";
    EXPECT_EQ(refused_at(bureau.post("/api/v1/staff", elsewhere)), "/agency");
    auto const seen = bureau.get("/api/v1/staff").json();
    for (auto const& each : seen.at("items").as_array()) EXPECT_EQ(each.at("agency"), "430500-01") << each;

    auto guard = service.sign_in("bureau-secadmin");
    for (auto const* action : {"reset_password", "disable", "remove_totp", "enrol_totp", "unlock"}) {
        auto const on = [&](std::string const& id) {
            return guard.post("/api/v1/staff/" + id + "/actions/" + action, json::object()).status();
        };
        EXPECT_EQ(on("id-auditor"), 404U) << action;
        EXPECT_EQ(on("id-bureau-secadmin"), 403U) << action;
    }
    json::object const away{{"until", "2026-12-31"}, {"deputy", "id-handler"}};
    EXPECT_NE(bureau.put("/api/v1/staff/id-stranger/absence", away).status(), 200U);

    json::object const department{{"code", "430500-02-d9"}, {"agency", "430500-02"}, {"name", "办公室"}};
    EXPECT_EQ(refused_at(bureau.post("/api/v1/departments", department)), "/agency");
    auto above = bureau.get("/api/v1/agencies/430500-00").json();
    for (auto const* given : {"code", "version"}) above.erase(given);
    json::array channels;
    for (auto const& each : above.at("channels").as_array()) channels.push_back(each.at("code"));
    above["channels"] = channels;
    for (auto const* unset : {"email", "office_hours", "review_address", "court_address", "review_url"})
        above.erase(unset);
    EXPECT_EQ(put("/api/v1/agencies/430500-00", above).code(), "agency_not_found");
    EXPECT_EQ(put("/api/v1/agencies/430500-02", above).code(), "agency_not_found");
    above["code"] = "430500-09";
    EXPECT_EQ(refused_at(bureau.post("/api/v1/agencies", above)), "/parent") << "a root beside the city";
    auto settings = bureau.get("/api/v1/settings/430500-02").json();
    for (auto const* given : {"agency", "version"}) settings.erase(given);
    EXPECT_EQ(put("/api/v1/settings/430500-02", settings).code(), "agency_not_found");
    auto year = bureau.get("/api/v1/calendar/2026").json();
    year.erase("year");
    EXPECT_EQ(bureau.put("/api/v1/calendar/2026", year).code(), "kept_at_the_top");
}

TEST(Access, AOneTimePasswordServesOnce) {
    Service service;
    auto secadmin = service.sign_in("secadmin");
    auto const enrolled = secadmin.post("/api/v1/staff/id-registrar/actions/enrol_totp", {});
    ASSERT_EQ(enrolled.status(), 200U) << enrolled.body();
    auto const seed = std::string(enrolled.json().at("totp_seed").as_string());
    auto const step = service.time.now().time_since_epoch() / 30s;
    auto client = service.anonymous();
    auto const attempt = [&](std::int64_t at) {
        json::object const with{
            {"username", "registrar"}, {"password", kPassword}, {"totp", access::totp_code(seed, at)}};
        return client.post("/api/v1/session", with).status();
    };
    EXPECT_EQ(client.post("/api/v1/session", {{"username", "registrar"}, {"password", kPassword}}).status(), 401U);
    EXPECT_EQ(attempt(step - 2), 401U);
    EXPECT_EQ(attempt(step), 201U);
    EXPECT_EQ(attempt(step), 401U);
    EXPECT_EQ(attempt(step + 1), 201U);
}

}  // namespace
}  // namespace server::api
