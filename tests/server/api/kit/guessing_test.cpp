#include "server/api/kit/guessing.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <future>
#include <string>
#include <string_view>
#include <vector>

#include "server/access/totp.hpp"
#include "storage/engine/sha256.hpp"
#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::string_view kSession = "/api/v1/session";
constexpr std::string_view kTracking = "/api/v1/tracking";
constexpr std::string_view kOwner = "198.51.100.7";
constexpr std::string_view kWrong = "wrong-password-1";

/// A solution of what the refusal asks for, as it is sent again. The difficulty of these tests is below 16.
json::object solved(Reply const& refusal) {
    auto const asked = refusal.json();
    auto const challenge = std::string(asked.at("challenge").as_string());
    for (int number = 0;; ++number) {
        auto const digest = storage::sha256({storage::as_bytes(challenge + ":" + std::to_string(number))});
        if ((digest[0] << 8 | digest[1]) >> (16 - asked.at("difficulty").as_int64()) == 0) {
            return {{"challenge", challenge}, {"solution", std::to_string(number)}};
        }
    }
}

TEST(TryAgain, SaysHowLongOrUntilWhen) {
    auto const at = [](std::string_view time) { return workflow::parse_instant(time).value(); };
    EXPECT_EQ(try_again(at("2026-03-02T09:00:00+08:00"), 120s), "请等待120秒后再试。");
    EXPECT_EQ(try_again(at("2026-03-02T09:00:20+08:00"), 15min), "请在09:16之后再试。");
    EXPECT_EQ(try_again(at("2026-03-02T23:30:00+08:00"), 1h), "请在明天00:30之后再试。");
}

/// The service behind a proxy, so that requests come from many networks.
class GuessingTest : public testing::Test {
protected:
    GuessingTest() {
        auto& config = service.config();
        config.trusted_proxies = {"127.0.0.0/8"};
        config.public_writes_per_minute = 1'000'000;
        config.work_bits = 8;
        config.work_bits_limit = 12;
        config.tracking_tries_per_address = 10;
        service.restart();
    }

    /// Sends it, and if a proof of work is asked for, once more with that. Counts how often it was.
    template <typename Send>
    Reply with_work(Send const& send) {
        auto reply = send(json::value());
        if (reply.status() != 429 || reply.code() != "proof_of_work_required") return reply;
        ++works;
        return send(json::value(solved(reply)));
    }

    Reply sign_in(HttpClient& client, std::string_view from, json::object given) {
        return with_work([&](json::value const& work) {
            given["proof_of_work"] = work;
            return client.post(kSession, given, {{"X-Forwarded-For", from}});
        });
    }
    Reply sign_in(HttpClient& client, std::string_view from, std::string_view name, std::string_view password) {
        return sign_in(client, from, {{"username", name}, {"password", password}});
    }
    /// In a browser that has never been here.
    Reply sign_in(std::string_view from, std::string_view name, std::string_view password = kPassword) {
        auto client = service.anonymous();
        return sign_in(client, from, name, password);
    }

    Reply look_up(HttpClient& client, std::string_view from, std::string_view number, std::string_view code) {
        return with_work([&](json::value const& work) {
            json::object const pair{{"number", number}, {"query_code", code}, {"proof_of_work", work}};
            return client.post(kTracking, pair, {{"X-Forwarded-For", from}});
        });
    }

    json::object hand_in() { return service.anonymous().post("/api/v1/applications", application()).json(); }

    /// A browser in which the account has signed in before.
    HttpClient known_browser(std::string_view name) {
        auto client = service.anonymous();
        EXPECT_EQ(sign_in(client, "192.0.2.99", name, kPassword).status(), 201U);
        works = 0;
        return client;
    }

    static std::string attacker(int n) { return "203.0.113." + std::to_string(n); }

    Service service;
    int works = 0;
};

// ---- the account --------------------------------------------------------------------------------------------------

TEST_F(GuessingTest, TheRightPasswordIsNeverRefusedForTheSakeOfOthers) {
    auto known = known_browser("registrar");
    auto guesser = service.anonymous();
    int refused_to_strangers = 0;
    int refused_to_known = 0;
    int works_of_known = 0;
    for (int round = 0; round < 18; ++round) {
        for (int n = 0; n < 15; ++n) sign_in(guesser, attacker(n), "registrar", kWrong);
        service.time.advance(1min);
        if (sign_in(kOwner, "registrar").status() != 201) ++refused_to_strangers;
        works = 0;
        if (sign_in(known, attacker(1), "registrar", kPassword).status() != 201) ++refused_to_known;
        works_of_known += works;
    }
    EXPECT_EQ(refused_to_strangers, 0);
    EXPECT_EQ(refused_to_known, 0) << "also from the network of one who guesses";
    EXPECT_EQ(works_of_known, 0);
}

TEST_F(GuessingTest, WhoGuessesWaitsLongerAndLonger) {
    auto client = service.anonymous();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in(client, attacker(1), "registrar", kWrong).status(), 401U);
    auto reply = sign_in(client, attacker(1), "registrar", kPassword);
    EXPECT_EQ(reply.code(), "locked_out");
    EXPECT_EQ(reply.header("Retry-After"), "30");
    EXPECT_EQ(reply.json().at("detail").as_string(), "输错的次数太多，请等待30秒后再试。");
    for (auto const wait : {30s, 60s, 120s}) {
        service.time.advance(wait);
        EXPECT_EQ(sign_in(client, attacker(1), "registrar", kWrong).status(), 401U);
    }
    reply = sign_in(client, attacker(1), "registrar", kPassword);
    EXPECT_EQ(reply.header("Retry-After"), "240");
    EXPECT_EQ(reply.json().at("detail").as_string(), "输错的次数太多，请在09:08之后再试。");  // 9:03:30 and 4 minutes
    EXPECT_EQ(sign_in(attacker(1), "reviewer").status(), 201U) << "another account from there";
    service.time.advance(240s);
    EXPECT_EQ(sign_in(client, attacker(1), "registrar", kPassword).status(), 201U);
}

TEST_F(GuessingTest, ManyAtOnceGetNoFurtherThanOneAfterTheOther) {
    std::vector<std::future<unsigned>> tries;
    for (int i = 0; i < 12; ++i) {
        tries.push_back(std::async(std::launch::async, [&] {
            auto client = service.anonymous();
            json::object const given{{"username", "registrar"}, {"password", kWrong}};
            return client.post(kSession, given, {{"X-Forwarded-For", "203.0.113.1"}}).status();
        }));
    }
    int answered = 0;
    for (auto& each : tries) answered += each.get() == 401 ? 1 : 0;
    EXPECT_EQ(answered, 5);
}

TEST_F(GuessingTest, AnOfficeBehindOneAddressWorksOn) {
    constexpr std::array<std::string_view, 12> kOffice{
        "registrar",
        "reviewer",
        "handler",
        "head",
        "secrecy",
        "legal",
        "office",
        "supervisor",
        "sysadmin",
        "secadmin",
        "auditor",
        "stranger"};
    auto known = known_browser("registrar");
    auto guesser = service.anonymous();
    for (auto const name : kOffice) {
        for (int i = 0; i < 4; ++i) ASSERT_EQ(sign_in(guesser, kOwner, name, kWrong).status(), 401U);
    }
    works = 0;
    EXPECT_EQ(sign_in(known, kOwner, "registrar", kPassword).status(), 201U);
    EXPECT_EQ(works, 0) << "a device that was here before";
    for (auto const name : kOffice) EXPECT_EQ(sign_in(kOwner, name).status(), 201U) << name;
    EXPECT_EQ(works, 12) << "the others compute for a moment";
    EXPECT_EQ(sign_in(attacker(1), "reviewer").status(), 201U);
    EXPECT_EQ(works, 12) << "not from elsewhere";
}

TEST_F(GuessingTest, ASecurityAdministratorUnlocksAtOnce) {
    auto client = service.anonymous();
    auto secadmin = service.sign_in("secadmin");
    for (auto const* action : {"unlock", "disable", "enable"}) {
        for (int i = 0; i < 5; ++i) sign_in(client, attacker(1), "registrar", kWrong);
        ASSERT_EQ(sign_in(client, attacker(1), "registrar", kWrong).status(), 429U);
        ASSERT_EQ(secadmin.post(std::string("/api/v1/staff/id-registrar/actions/") + action, {}).status(), 200U);
    }
    EXPECT_EQ(sign_in(client, attacker(1), "registrar", kPassword).status(), 201U);
}

TEST_F(GuessingTest, ANewPasswordForgetsFailuresAndDevices) {
    auto known = known_browser("registrar");
    auto const cookie = known.cookies.at("known");
    auto secadmin = service.sign_in("secadmin");
    auto guesser = service.anonymous();
    auto const wear_out = [&] {
        for (int n = 0; n < 10; ++n) {
            for (int i = 0; i < 5; ++i) sign_in(guesser, attacker(n), "registrar", kWrong);
        }
    };
    wear_out();
    auto const reset = secadmin.post("/api/v1/staff/id-registrar/actions/reset_password", {}).json();
    auto const password = std::string(reset.at("password").as_string());
    works = 0;
    EXPECT_EQ(sign_in(attacker(1), "registrar", password).status(), 201U);
    EXPECT_EQ(works, 0) << "nothing is left of what was tried at the old one";
    wear_out();
    works = 0;
    known.cookies = {{"known", cookie}};
    EXPECT_EQ(sign_in(known, kOwner, "registrar", password).status(), 201U);
    EXPECT_EQ(works, 1) << "the device was known for the old one";
}

TEST_F(GuessingTest, ChangingThePasswordHasTriesOfItsOwn) {
    auto owner = service.anonymous();
    auto const reply = sign_in(owner, kOwner, "registrar", kPassword);
    owner.csrf = reply.json().at("csrf_token").as_string();
    auto guesser = service.anonymous();
    for (int n = 0; n < 12; ++n) {
        for (int i = 0; i < 5; ++i) sign_in(guesser, n == 0 ? std::string(kOwner) : attacker(n), "registrar", kWrong);
    }
    auto const path = "/api/v1/session/password";
    auto const change = [&](std::string_view current) {
        return owner.put(path, {{"current", current}, {"password", "Another-Horse-9"}});
    };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(change(kWrong).status(), 422U);
    EXPECT_EQ(change(kPassword).code(), "locked_out") << "whoever sits at the open session";
    service.time.advance(30s);
    EXPECT_EQ(change(kPassword).status(), 200U);
    works = 0;
    EXPECT_EQ(sign_in(owner, kOwner, "registrar", "Another-Horse-9").status(), 201U);
    EXPECT_EQ(works, 0) << "this browser is known with the new password";
}

// ---- the second factor --------------------------------------------------------------------------------------------

TEST_F(GuessingTest, TheSecondFactorIsBoundedWhereverItIsTried) {
    auto known = known_browser("registrar");
    auto secadmin = service.sign_in("secadmin");
    auto const enrolled = secadmin.post("/api/v1/staff/id-registrar/actions/enrol_totp", {}).json();
    auto const seed = std::string(enrolled.at("totp_seed").as_string());
    auto const code = [&] { return access::totp_code(seed, service.time.now().time_since_epoch() / 30s); };
    auto const give = [&](HttpClient& client, std::string_view from, std::string_view password, std::string totp) {
        return sign_in(client, from, {{"username", "registrar"}, {"password", password}, {"totp", std::move(totp)}});
    };
    auto guesser = service.anonymous();
    for (int n = 0; n < 60; ++n) give(guesser, attacker(n), kWrong, "000000");
    auto owner = service.anonymous();
    EXPECT_EQ(give(owner, kOwner, kPassword, code()).status(), 201U) << "wrong passwords do not count at the code";

    service.time.advance(1min);
    auto const wrong = code() == "000000" ? "111111" : "000000";
    for (int n = 0; n < 5; ++n) EXPECT_EQ(give(guesser, attacker(100 + n), kPassword, wrong).status(), 401U) << n;
    auto const bounded = give(guesser, attacker(110), kPassword, code());
    EXPECT_EQ(bounded.code(), "second_factor_locked");
    EXPECT_EQ(bounded.header("Retry-After"), "30");
    EXPECT_EQ(sign_in(guesser, attacker(111), "registrar", kPassword).status(), 401U) << "a password alone is no try";
    EXPECT_EQ(give(known, attacker(110), kPassword, code()).status(), 201U) << "the owner's own device";
    service.time.advance(30s);
    EXPECT_EQ(give(guesser, attacker(112), kPassword, code()).status(), 201U);
}

// ---- devices ------------------------------------------------------------------------------------------------------

TEST_F(GuessingTest, ADeviceIsKnownByItsOwnCookieAlone) {
    auto client = service.anonymous();
    auto const reply = sign_in(client, kOwner, "registrar", kPassword);
    EXPECT_EQ(reply.status(), 201U);
    auto const cookie = client.cookies.at("known");
    auto reviewer = known_browser("reviewer");
    auto const others = reviewer.cookies.at("known");
    auto guesser = service.anonymous();
    for (int n = 0; n < 60; ++n) sign_in(guesser, attacker(n), "registrar", kWrong);

    auto const works_with = [&](std::string const& shown) {
        auto stranger = service.anonymous();
        if (!shown.empty()) stranger.cookies["known"] = shown;
        works = 0;
        EXPECT_EQ(sign_in(stranger, "192.0.2.1", "registrar", kPassword).status(), 201U);
        return works;
    };
    EXPECT_EQ(works_with(cookie), 0);
    auto forged = cookie;
    forged.back() = forged.back() == '0' ? '1' : '0';
    for (auto const& shown :
         {std::string(),
          forged,
          others,
          others.substr(0, 26) + cookie.substr(26),
          cookie.substr(0, 26),
          std::string(26, 'a') + "." + std::string(32, '0'),
          std::string("...."),
          std::string(3'000, 'x')}) {
        EXPECT_EQ(works_with(shown), 1) << shown;
    }
    service.restart();
    for (int n = 0; n < 60; ++n) sign_in(guesser = service.anonymous(), attacker(n), "registrar", kWrong);
    EXPECT_EQ(works_with(cookie), 0) << "after a restart too";
}

TEST_F(GuessingTest, TheCookieOfADeviceSaysNothing) {
    service.config().secure_cookies = true;
    service.restart();
    auto client = service.anonymous();
    client.post(kSession, {{"username", "registrar"}, {"password", kPassword}});
    auto const sent = client.cookies.at("__Host-known");
    EXPECT_EQ(sent.find("registrar"), std::string::npos);
    EXPECT_EQ(sent.size(), 26U + 1 + 32);
}

TEST_F(GuessingTest, ABrowserIsKnownForSeveral) {
    auto client = service.anonymous();
    std::string first;
    for (auto const* name : {"registrar", "reviewer", "registrar"}) {
        ASSERT_EQ(sign_in(client, kOwner, name, kPassword).status(), 201U);
        if (first.empty()) first = client.cookies.at("known");
    }
    auto const cookie = client.cookies.at("known");
    EXPECT_EQ(cookie.size(), 26U + 2 * 33);
    EXPECT_TRUE(cookie.starts_with(first)) << "the same browser, the account opened last in front";
}

// ---- proof of work ------------------------------------------------------------------------------------------------

TEST_F(GuessingTest, AProofOfWorkCountsOnceAndWhereItWasAskedFor) {
    auto guesser = service.anonymous();
    for (int n = 0; n < 60; ++n) sign_in(guesser, attacker(n), "registrar", kWrong);
    auto client = service.anonymous();
    auto const send = [&](std::string_view from, std::string_view password, json::value const& work) {
        json::object const given{{"username", "registrar"}, {"password", password}, {"proof_of_work", work}};
        return client.post(kSession, given, {{"X-Forwarded-For", from}});
    };
    auto const asked = send(kOwner, kPassword, nullptr);
    ASSERT_EQ(asked.status(), 429U);
    EXPECT_EQ(asked.code(), "proof_of_work_required");
    EXPECT_EQ(asked.json().at("difficulty").as_int64(), 8);
    EXPECT_EQ(asked.json().at("wait").as_int64(), 60);
    EXPECT_EQ(asked.header("Retry-After"), "60");
    auto const work = solved(asked);
    EXPECT_EQ(send("198.51.100.8", kPassword, work).code(), "proof_of_work_required") << "of another network";
    EXPECT_EQ(send(kOwner, kWrong, work).code(), "wrong_credentials");
    EXPECT_EQ(send(kOwner, kPassword, work).code(), "proof_of_work_required") << "used up";

    auto const late = solved(send(kOwner, kPassword, nullptr));
    service.time.advance(service.config().work_wait + service.config().work_valid);
    EXPECT_EQ(send(kOwner, kPassword, late).code(), "proof_of_work_required") << "too late";

    auto const waiting = send(kOwner, kPassword, nullptr).json();
    json::object const alone{{"challenge", waiting.at("challenge")}};
    service.time.advance(59s);
    auto const early = send(kOwner, kPassword, alone);
    EXPECT_EQ(early.header("Retry-After"), "1");
    EXPECT_EQ(early.json().at("challenge"), waiting.at("challenge"));
    service.time.advance(1s);
    EXPECT_EQ(send(kOwner, kPassword, alone).status(), 201U) << "by waiting";
}

// ---- looking after a request --------------------------------------------------------------------------------------

TEST_F(GuessingTest, AnApplicantWhoseNumberIsGuessedGetsIn) {
    auto const made = hand_in();
    auto const number = made.at("number").as_string();
    auto const code = made.at("query_code").as_string();
    auto known = service.anonymous();
    ASSERT_EQ(look_up(known, kOwner, number, code).status(), 201U);
    auto guesser = service.anonymous();
    for (int i = 0; i < 20; ++i) look_up(guesser, attacker(1), number, "AAAAAAAAAAAAAAAA");
    for (int n = 2; n < 30; ++n) look_up(guesser, attacker(n), number, "AAAAAAAAAAAAAAAA");
    auto stranger = service.anonymous();
    works = 0;
    EXPECT_EQ(look_up(known, attacker(1), number, code).status(), 201U);
    EXPECT_EQ(works, 0) << "a browser that has opened it before, even beside the one who guesses";
    EXPECT_EQ(look_up(stranger, "192.0.2.1", number, code).status(), 201U);
    EXPECT_EQ(works, 1);
    auto const other = hand_in();
    EXPECT_EQ(
        look_up(stranger, "192.0.2.1", other.at("number").as_string(), other.at("query_code").as_string()).status(),
        201U
    );
    EXPECT_EQ(works, 1) << "other requests have nothing to do with it";
}

TEST_F(GuessingTest, RightLookUpsDoNotCount) {
    auto const made = hand_in();
    auto const number = made.at("number").as_string();
    auto const code = made.at("query_code").as_string();
    for (int i = 0; i < 60; ++i) {
        auto client = service.anonymous();
        ASSERT_EQ(look_up(client, kOwner, number, code).status(), 201U) << i;
    }
    EXPECT_EQ(works, 0);
}

TEST_F(GuessingTest, WhoGuessesCodesWaitsAndWorks) {
    auto const number = hand_in().at("number").as_string();
    auto client = service.anonymous();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(look_up(client, attacker(1), number, "AAAA").status(), 404U);
    auto const waits = look_up(client, attacker(1), number, "AAAA");
    EXPECT_EQ(waits.code(), "too_many_tries");
    EXPECT_EQ(waits.header("Retry-After"), "10");
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(look_up(client, attacker(1), "430500-01-2026-99999" + std::to_string(i), "AAAA").status(), 404U);
    }
    EXPECT_EQ(works, 0);
    EXPECT_EQ(look_up(client, attacker(1), "430500-01-2026-999999", "AAAA").status(), 404U);
    EXPECT_EQ(works, 1) << "ten failures of one address, by whatever numbers";
}

}  // namespace
}  // namespace server::api
