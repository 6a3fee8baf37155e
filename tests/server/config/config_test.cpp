#include "server/config/config.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace server {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> faults_of(std::string const& toml) {
    auto const config = parse_config(toml, "a.toml");
    return config ? std::vector<std::string>() : config.error().lines;
}

TEST(Config, ReadsEverySort) {
    auto const config = parse_config(
                            "[server]\nport = 9000\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n"
                            "[limits]\nidle_seconds = 5\nbody_bytes = 2048\n"
                            "[session]\nsecure_cookies = false\n[log]\nlevel = \"error\"\n",
                            "a.toml"
    )
                            .value();
    EXPECT_EQ(config.port, 9'000);
    EXPECT_EQ(config.trusted_proxies, (std::vector<std::string>{"10.0.0.0/8", "::1"}));
    EXPECT_EQ(config.limits.idle_time, 5s);
    EXPECT_EQ(config.limits.body_bytes, 2'048u);
    EXPECT_FALSE(config.secure_cookies);
    EXPECT_EQ(config.log_level, "error");
    EXPECT_EQ(config.address, "127.0.0.1");
}

TEST(Config, SaysWhereAFaultIs) {
    EXPECT_EQ(
        faults_of("[server]\n\nport = 70000\n"),
        std::vector<std::string>{"a.toml 第 3 行第 8 列：server.port：应在 0 到 65535 之间，写的是 70000。"}
    );
    EXPECT_EQ(
        faults_of("[server]\nport = \"80\"\n"),
        std::vector<std::string>{"a.toml 第 2 行第 8 列：server.port：应为整数。"}
    );
}

TEST(Config, GuessesWhatAnUnknownKeyWasMeantToBe) {
    EXPECT_EQ(
        faults_of("[limits]\nidle_secconds = 5\n"),
        std::vector<std::string>{
            "a.toml 第 2 行第 1 列：limits.idle_secconds：没有这个设置，是不是 limits.idle_seconds？"}
    );
    EXPECT_EQ(
        faults_of("wholly_different_thing = 1\n"),
        std::vector<std::string>{"a.toml 第 1 行第 1 列：wholly_different_thing：没有这个设置。"}
    );
    EXPECT_EQ(faults_of("[limit]\nfields = 5\n").size(), 1u);
}

TEST(Config, ReportsAllFaultsAtOnce) {
    EXPECT_EQ(
        faults_of("[log]\nlevel = \"loud\"\n[server]\naddress = \"here\"\npublic_url = \"ftp://x\"\n"
                  "trusted_proxies = [\"10.0.0.0/99\"]\n[session]\nsecure_cookies = 1\n[limits]\nfields = 1.5\n")
            .size(),
        6u
    );
}

TEST(Config, RefusesWhatIsNotToml) {
    EXPECT_EQ(faults_of("[server\nport = 1").size(), 1u);
    EXPECT_EQ(faults_of("[server]\nport = 1\nport = 2\n").size(), 1u);
    struct Wrong {
        std::string toml;
        std::string_view said;
    };
    for (auto const& [toml, said] :
         {Wrong{"[server]\nport = 1\nport = 2\n", "第 3 行第 8 列：不是合法的 TOML：前面已经写过这一项或者这一节。"},
          Wrong{"[server]\nport 1\n", "名称后面应当是等号"},
          Wrong{"[server]\naddress = \"::1", "写到一半就完了"},
          Wrong{"[server]\naddress = \"C:\\data\"\n", "反斜线要写成两个"},
          Wrong{"[server]\nport = 1 2\n", "后面多了内容"},
          Wrong{"[data]\nfolder = \"\xFF\"\n", "不是 UTF-8"},
          Wrong{"= 1\n", "应为 名称 = 值"}}) {
        auto const faults = faults_of(toml);
        ASSERT_EQ(faults.size(), 1u) << toml;
        EXPECT_NE(faults.front().find(said), std::string::npos) << faults.front();
    }
    auto const missing = read_config("/no/such/file.toml");
    ASSERT_TRUE(missing.has_error());
    EXPECT_EQ(missing.error().lines.size(), 1u);
}

TEST(Config, TheSampleHoldsEverySettingAtItsDefault) {
    auto sample = sample_config();
    EXPECT_TRUE(faults_of(sample).empty());

    // With each setting's # taken away it still reads, and writes the same sample.
    std::string active;
    for (std::size_t at = 0; at < sample.size();) {
        auto const end = sample.find('\n', at);
        auto const line = sample.substr(at, end - at);
        bool const setting = line.starts_with("# ") && line.find(" = ") != std::string::npos;
        active += (setting ? line.substr(2) : line) + "\n";
        at = end + 1;
    }
    auto const config = parse_config(active, "sample");
    ASSERT_TRUE(config.has_value()) << config.error().lines.front();
    EXPECT_EQ(config->port, Config().port);
    EXPECT_EQ(config->limits.grace_time, Config().limits.grace_time);
    EXPECT_EQ(config->lockout_delay_limit, Config().lockout_delay_limit);
    EXPECT_EQ(config->write_queue_bytes, Config().write_queue_bytes);

    auto const list = list_settings();
    EXPECT_NE(list.find("limits.head_seconds = 10  "), std::string::npos);
    EXPECT_NE(list.find("1–300 秒"), std::string::npos);
}

TEST(Config, TakesOverWhatMayChangeWhileTheServiceRuns) {
    Config running;
    auto const fresh = parse_config(
                           "[server]\nport = 9000\ntrusted_proxies = [\"10.0.0.1\"]\n[limits]\nfields = 20\n"
                           "[sms]\nquiet_from = 22\n[log]\nlevel = \"debug\"\n",
                           "a.toml"
    )
                           .value();
    auto const reloaded = take_over(running, fresh);
    std::vector<std::string_view> const changed{
        "server.trusted_proxies", "limits.fields", "sms.quiet_from", "log.level"};
    EXPECT_EQ(reloaded.changed, changed);
    EXPECT_EQ(reloaded.at_restart, std::vector<std::string_view>{"server.port"});
    EXPECT_EQ(running.limits.fields, 20u);
    EXPECT_EQ(running.quiet_from, 22);
    EXPECT_EQ(running.port, 8'080) << "only the next start listens elsewhere";

    auto const again = take_over(running, fresh);
    EXPECT_TRUE(again.changed.empty());
    EXPECT_EQ(again.at_restart.size(), 1u) << "still to come";
    EXPECT_NE(list_settings().find("自几点起不发短信；法定告知不受限，0–23 点，可重载\n"), std::string::npos);
}

TEST(Config, DoubtsHttpsWithoutAProxy) {
    Config config;
    EXPECT_TRUE(warnings_of(config).empty());
    config.public_url = "https://gk.example.cn";
    ASSERT_EQ(warnings_of(config).size(), 1u);
    EXPECT_EQ(warnings_of(config)[0].code, "no_trusted_proxy");
    config.trusted_proxies = {"10.0.0.1"};
    EXPECT_TRUE(warnings_of(config).empty());
}

}  // namespace
}  // namespace server
