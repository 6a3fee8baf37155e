#include <gtest/gtest.h>

#include <chrono>

#include "server/access/lockout.hpp"
#include "server/access/passwords.hpp"
#include "server/access/recent_map.hpp"
#include "server/access/sessions.hpp"
#include "server/access/throttle.hpp"
#include "server/access/totp.hpp"

namespace server::access {
namespace {

using namespace std::chrono_literals;

constexpr workflow::Instant kNow{std::chrono::milliseconds{1'700'000'000'000}};

TEST(RecentMap, ForgetsWhatWasNotUsedForLongest) {
    RecentMap<int> map(2);
    map.find_or_make("a", 1);
    map.find_or_make("b", 2);
    EXPECT_EQ(*map.find("a"), 1);
    map.find_or_make("c", 3);
    EXPECT_EQ(map.find("b"), nullptr);
    EXPECT_EQ(*map.find("a"), 1);
    EXPECT_EQ(map.size(), 2U);
    map.erase("a");
    EXPECT_EQ(map.find("a"), nullptr);
}

TEST(Throttle, GivesTriesBackEvenly) {
    Throttle throttle(4, 60min);
    for (int i = 0; i < 4; ++i) EXPECT_FALSE(throttle.take("k", kNow));
    EXPECT_EQ(throttle.take("k", kNow), 15min);
    EXPECT_FALSE(throttle.take("other", kNow));
    EXPECT_EQ(throttle.take("k", kNow + 10min), 5min);
    EXPECT_FALSE(throttle.take("k", kNow + 15min));
    EXPECT_TRUE(throttle.take("k", kNow + 15min));
    for (int i = 0; i < 4; ++i) EXPECT_FALSE(throttle.take("k", kNow + 48h));
    EXPECT_TRUE(throttle.take("k", kNow + 48h));
}

TEST(Lockout, DoublesUpToItsLimitAndForgetsInAnHour) {
    Lockout lockout({.failures = 3, .delay = 30s, .longest = 100s});
    auto now = kNow;
    auto const fail = [&] { lockout.failed("k", now); };
    fail();
    fail();
    EXPECT_FALSE(lockout.wait("k", now));
    fail();
    EXPECT_EQ(lockout.wait("k", now), 30s);
    EXPECT_FALSE(lockout.wait("k", now + 30s));
    fail();
    EXPECT_EQ(lockout.wait("k", now), 60s);
    fail();
    EXPECT_EQ(lockout.wait("k", now), 100s);
    now += 61min;
    fail();
    EXPECT_FALSE(lockout.wait("k", now));
    fail();
    fail();
    EXPECT_TRUE(lockout.wait("k", now));
    lockout.forget("k");
    EXPECT_FALSE(lockout.wait("k", now));
}

TEST(Passwords, AreChosenByTheRule) {
    for (auto const* good : {"correct horse battery", "Abcdefgh12", "十二个汉字也可以作为密码", "aB3$aB3$aB"}) {
        EXPECT_EQ(password_fault(good, "registrar"), std::nullopt) << good;
    }
    for (auto const* bad :
         {"", "short", "abcdefghij", "ABCdefghij", "Aa1$567", "aaaaaaaaaaaa", "Password1234", "my-registrar-1"}) {
        EXPECT_NE(password_fault(bad, "registrar"), std::nullopt) << bad;
    }
    EXPECT_EQ(password_fault(random_password(), "registrar"), std::nullopt);
    EXPECT_NE(random_password(), random_password());
    EXPECT_TRUE(hash_password("correct horse", {19'456, 2}).starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

/// RFC 6238 appendix B, SHA-1, the last six digits.
TEST(Totp, AgreesWithTheStandard) {
    constexpr std::string_view kSeed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";  // "12345678901234567890"
    struct Vector {
        std::int64_t second;
        std::string_view code;
    };
    for (auto const& [second, code] :
         {Vector{59, "287082"},
          Vector{1111111109, "081804"},
          Vector{1111111111, "050471"},
          Vector{1234567890, "005924"},
          Vector{2000000000, "279037"},
          Vector{20000000000, "353130"}}) {
        EXPECT_EQ(totp_code(kSeed, second / 30), code);
        workflow::Instant const at{std::chrono::seconds{second}};
        EXPECT_EQ(match_totp(kSeed, code, at), second / 30);
        EXPECT_EQ(match_totp(kSeed, code, at + 30s), second / 30);
        EXPECT_EQ(match_totp(kSeed, code, at + 60s), std::nullopt);
    }
    EXPECT_EQ(match_totp(kSeed, "", kNow), std::nullopt);
    EXPECT_EQ(new_totp_seed().size(), 32U);
}

TEST(Sessions, EndWhenIdleAndAtTheirLimit) {
    Sessions sessions({.staff_idle = 15min, .applicant_idle = 30min, .absolute = 8h});
    Session staff;
    staff.account = {"a"};
    auto const id = sessions.open(staff, kNow);
    EXPECT_EQ(id.size(), 64U);
    auto now = kNow;
    for (; now < kNow + 8h; now += 14min) ASSERT_NE(sessions.find(id, now), nullptr);
    EXPECT_EQ(sessions.find(id, now), nullptr);
    EXPECT_EQ(sessions.find(std::string(64, '0'), kNow), nullptr);

    auto const first = sessions.open(staff, kNow);
    auto const second = sessions.open(staff, kNow);
    EXPECT_EQ(sessions.find(first, kNow), nullptr);
    sessions.close_all_of({"a"});
    EXPECT_EQ(sessions.find(second, kNow), nullptr);
    EXPECT_EQ(sessions.size(), 0U);
}

TEST(Sessions, OfApplicantsMayBeMany) {
    Sessions sessions({.staff_idle = 15min, .applicant_idle = 30min, .absolute = 8h});
    Session applicant;
    applicant.kind = SessionKind::Applicant;
    applicant.own_cases = {{"430500-01-2026-000001", "01", "会议纪要"}};
    auto const phone = sessions.open(applicant, kNow);
    auto const desk = sessions.open(applicant, kNow);
    EXPECT_NE(sessions.find(phone, kNow + 29min), nullptr);
    EXPECT_NE(sessions.find(desk, kNow + 29min), nullptr);
    sessions.open(applicant, kNow + 3h);  // sweeps what is over
    EXPECT_EQ(sessions.size(), 1U);
}

TEST(Sessions, WhatGoesOnFromAnEarlierOneEndsWithIt) {
    Sessions sessions({.staff_idle = 15min, .applicant_idle = 30min, .absolute = 8h});
    Session applicant;
    applicant.kind = SessionKind::Applicant;
    auto id = sessions.open(applicant, kNow);
    auto now = kNow;
    for (; now <= kNow + 8h; now += 20min) {  // another case each time
        auto const* earlier = sessions.find(id, now);
        ASSERT_NE(earlier, nullptr);
        auto next = *earlier;
        next.own_cases.push_back({"430500-01-2026-000001", "01", "会议纪要"});
        id = sessions.open(std::move(next), now);
    }
    EXPECT_EQ(sessions.find(id, now), nullptr);
}

}  // namespace
}  // namespace server::access
