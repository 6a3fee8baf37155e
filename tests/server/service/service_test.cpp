#include <gtest/gtest.h>

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <thread>

#include "server/service/signals.hpp"
#include "tests/server/http/test_server.hpp"
#include "tests/server/verbs/program.hpp"

namespace {

using namespace std::chrono_literals;
using server::Log;
using server::Signals;
using server::http::Client;

constexpr std::string_view kWholeAndHalf = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /he";

/// The program serving a new folder by a configuration that the test writes.
class ServiceTest : public testing::Test {
protected:
    void SetUp() override {
        auto const made = program::run({"init", "--data", data, "--agency", "430500-01", "--name", "示范市"});
        ASSERT_EQ(made.exit_code, 0) << made.err;
    }

    /// Writes the configuration; the log stands in a file.
    void configure(std::string const& settings) {
        config = folder.write("disclosure.toml", settings + "\n[log]\nfile = \"" + log + "\"\n");
    }

    /// Starts it; what it says at the start.
    std::string start() {
        service.emplace(std::vector<std::string>{"serve", "--config", config, "--data", data, "--listen", "127.0.0.1:0"}
        );
        auto const said = service->wait_for("http://127.0.0.1:");
        auto const colon = said.rfind("127.0.0.1:") + 10;
        endpoint.port(static_cast<std::uint16_t>(std::stoi(said.substr(colon))));
        return said;
    }

    std::string logged() const {
        std::ifstream file(log);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    /// Waits for the program, which writes its log by and by.
    bool logs(std::string_view text) const {
        for (int i = 0; i < 3'000; ++i) {
            if (logged().find(text) != std::string::npos) return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }

    program::TemporaryFolder folder;
    std::string const data = folder / "data";
    std::string const log = folder / "log";
    std::string config;
    std::optional<program::Running> service;
    server::net::ip::tcp::endpoint endpoint{server::net::ip::address_v4::loopback(), 0};
};

TEST_F(ServiceTest, HangUpReloadsTheSettingsAndReopensTheLog) {
    configure("[limits]\nfields = 64");
    start();
    ASSERT_TRUE(logs("started"));
    std::filesystem::rename(log, log + ".1");
    configure("[limits]\nfields = 8\n[write_queue]\njobs = 7");
    service->signal(SIGHUP);
    ASSERT_TRUE(logs("configuration reloaded")) << "in a new file";
    EXPECT_TRUE(logs("\"changed\":\"limits.fields\"")) << logged();
    EXPECT_TRUE(logs("\"at_restart\":\"write_queue.jobs\"")) << logged();
    std::string many = "GET /healthz HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 20; ++i) many += "A: b\r\n";
    auto const status = [&] {
        Client client(endpoint);
        client.send(many + "\r\n");
        return client.receive().status;
    };
    EXPECT_EQ(status(), 431);

    configure("[limits]\nfields = 64\nfeilds = 8");
    service->signal(SIGHUP);
    ASSERT_TRUE(logs("configuration refused, nothing has changed"));
    EXPECT_TRUE(logs("limits.feilds")) << logged();
    EXPECT_EQ(status(), 431) << "nor has the part that was right";

    service->signal(SIGTERM);
    EXPECT_EQ(service->wait(), 0);
    EXPECT_NE(logged().find("stopped"), std::string::npos);
}

TEST_F(ServiceTest, HangUpWithoutAConfigurationOnlyReopensTheLog) {
    service.emplace(std::vector<std::string>{"serve", "--data", data, "--listen", "127.0.0.1:0"});
    ASSERT_FALSE(service->wait_for("http://127.0.0.1:").empty());
    for (int i = 0; i < 3; ++i) service->signal(SIGHUP);
    EXPECT_EQ(program::run({"user", "list", "--data", data}).exit_code, 0);
    service->signal(SIGTERM);
    EXPECT_EQ(service->wait(), 0);
}

TEST_F(ServiceTest, TheSecondSignalEndsItAtOnce) {
    configure("[limits]\ngrace_seconds = 600\nhead_seconds = 300");
    start();
    Client client(endpoint);
    client.send(kWholeAndHalf);  // the rest of the second request never comes
    EXPECT_EQ(client.receive().status, 200);
    ASSERT_TRUE(logs("\"route\":\"/healthz\"")) << "now it waits for that rest";
    service->signal(SIGTERM);
    ASSERT_TRUE(logs("stopping"));
    EXPECT_EQ(logged().find("\"stopped\""), std::string::npos) << "it waits for the request in flight";
    service->signal(SIGTERM);
    EXPECT_EQ(service->wait(), 1);
    EXPECT_NE(logged().find("ended at once by a second signal"), std::string::npos);
    EXPECT_EQ(program::run({"journal", "verify", "--data", data}).exit_code, 0);
}

TEST_F(ServiceTest, SaysAtTheStartThatHttpsNeedsAProxy) {
    configure("[server]\npublic_url = \"https://gk.example.cn\"");
    auto said = start();
    said += service->wait_for("注意：");
    EXPECT_NE(said.find("server.trusted_proxies"), std::string::npos) << said;
    EXPECT_TRUE(logs("no_trusted_proxy"));
    service->signal(SIGTERM);
    EXPECT_EQ(service->wait(), 0);
}

TEST(Signals, AreHeardWhateverTheOtherThreadsDo) {
    auto const end = [] {
        Log log({.level = server::LogLevel::Info});
        Signals signals(log);
        signals.hear([] {}, [] {});
        std::raise(SIGTERM);
        std::raise(SIGINT);
        while (true) ::pause();  // as a thread that waits for something that never comes
    };
    EXPECT_EXIT(end(), testing::ExitedWithCode(1), "ended at once by a second signal");
}

TEST(Signals, ReloadUntilTheyStop) {
    Log log({.level = server::LogLevel::Error});
    Signals signals(log);
    std::raise(SIGHUP);  // nobody listens yet: it is kept
    std::promise<void> reloaded;
    std::promise<void> stopped;
    int reloads = 0;
    signals.hear(
        [&] { stopped.set_value(); },
        [&] {
            if (++reloads == 1) reloaded.set_value();
        }
    );
    reloaded.get_future().wait();
    std::raise(SIGTERM);
    stopped.get_future().wait();
    std::raise(SIGHUP);
    EXPECT_EQ(reloads, 1);
}

}  // namespace
