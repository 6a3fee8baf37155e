#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "server/access/access.hpp"
#include "server/access/failures.hpp"
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
    map.find_or_make("d", 4);
    map.erase_if([](std::string_view key) { return key == "c"; });
    EXPECT_EQ(map.find("c"), nullptr);
    EXPECT_EQ(*map.find("d"), 4);
    EXPECT_EQ(map.size(), 1U);
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

TEST(Failures, BringWaitsThatDoubleUpToTheirLimit) {
    constexpr WaitRule kRule{.failures = 3, .delay = 30s, .longest = 100s};
    Failures failures;
    auto const fail = [&] { failures.add("k", kNow); };
    fail();
    fail();
    EXPECT_FALSE(failures.wait("k", kRule, kNow));
    fail();
    EXPECT_EQ(failures.wait("k", kRule, kNow), 30s);
    EXPECT_EQ(failures.wait("k", kRule, kNow + 29'001ms), 1s);
    EXPECT_FALSE(failures.wait("k", kRule, kNow + 30s));
    fail();
    EXPECT_EQ(failures.wait("k", kRule, kNow), 60s);
    for (int i = 0; i < 100; ++i) fail();
    EXPECT_EQ(failures.wait("k", kRule, kNow), 100s);
    EXPECT_FALSE(failures.wait("other", kRule, kNow));
    failures.forget("k");
    EXPECT_EQ(failures.count("k", kNow), 0);
}

TEST(Failures, AreForgottenADayAfterTheLast) {
    Failures failures;
    failures.add("k", kNow);
    failures.add("k", kNow + 23h);
    EXPECT_EQ(failures.count("k", kNow + 46h), 2);
    EXPECT_EQ(failures.count("k", kNow + 47h), 0);
    failures.add("k", kNow + 47h);
    EXPECT_EQ(failures.count("k", kNow + 47h), 1);
}

TEST(Failures, StayWhileOthersFailAHundredThousandTimes) {
    Failures failures;
    failures.add("guesser", kNow);
    for (int i = 0; i < 99'999; ++i) failures.add(std::to_string(i), kNow);
    EXPECT_EQ(failures.count("guesser", kNow), 1);
    failures.add("0", kNow);
    failures.add("one more", kNow);
    EXPECT_EQ(failures.count("guesser", kNow), 1) << "looking at it counts as use";
}

TEST(Passwords, KeepRoomForThoseWhoAreKnown) {
    net::io_context io;
    Passwords passwords({.memory_kib = 8, .passes = 1}, 4);
    std::vector<std::optional<bool>> answers;
    auto const ask = [&](Asker asker) {
        net::co_spawn(
            io,
            passwords.verify("", "whatever", asker),
            [&answers](std::exception_ptr, std::optional<bool> answer) { answers.push_back(answer); }
        );
    };
    for (auto const asker : {Asker::Stranger, Asker::Stranger, Asker::Stranger, Asker::Stranger}) ask(asker);
    ask(Asker::Known);
    ask(Asker::Known);
    io.run();
    passwords.stop();
    ASSERT_EQ(answers.size(), 6U);
    EXPECT_EQ(std::ranges::count(answers, std::optional<bool>()), 2) << "a stranger and one too many";
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

TEST(Limits, AreTakenOverWhileTheServiceRuns) {
    Config config;
    config.public_writes_per_minute = 1;
    config.lockout_failures = 1;
    Access access(config);
    EXPECT_FALSE(access.public_writes.take("a", kNow));
    EXPECT_TRUE(access.public_writes.take("a", kNow));
    config.public_writes_per_minute = 60;
    config.lockout_failures = 3;
    access.apply(config);
    auto const later = kNow + 1min;
    for (int i = 0; i < 60; ++i) EXPECT_FALSE(access.public_writes.take("a", later)) << i;
    EXPECT_TRUE(access.public_writes.take("a", later));
    Caller const caller{.name = "a", .network = "10.0.0.1"};
    access.sign_in.record_failure(caller, kNow);
    access.sign_in.record_failure(caller, kNow);
    EXPECT_FALSE(access.sign_in.wait(caller, kNow));
    access.sign_in.record_failure(caller, kNow);
    EXPECT_TRUE(access.sign_in.wait(caller, kNow));
}

}  // namespace
}  // namespace server::access
