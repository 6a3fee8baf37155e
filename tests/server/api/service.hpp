#pragma once

#include "storage/store.hpp"

#include <gtest/gtest.h>
#include <boost/asio/ip/tcp.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/config/config.hpp"
#include "server/http/router.hpp"
#include "server/runtime/asio.hpp"
#include "tests/fakes/http_client.hpp"
#include "tests/fakes/manual_time.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace server::api {

using fakes::HttpClient;
using fakes::Reply;

inline constexpr std::string_view kPassword = "Correct-Horse-9";
inline constexpr std::string_view kCases = "/api/v1/cases";

/// The real service on a real socket, in a town of two agencies with an account for every role, or on a store that a
/// test brings. Time stands still unless a test moves it. Every answer is held against the OpenAPI document.
class Service {
public:
    Service();
    Service(std::unique_ptr<storage::Store> store, std::string_view now);
    ~Service();

    HttpClient anonymous();
    net::ip::tcp::endpoint endpoint() const { return {net::ip::address_v4::loopback(), port_}; }
    HttpClient sign_in(std::string_view username, std::string_view password = kPassword);
    void restart(storage::WriteLimits limits = {});

    Config& config() { return config_; }
    storage::Store& store() { return *store_; }
    http::Router const& router() const;
    /// A whole figure of /metrics, by its name and labels as they stand there; 0 where it is not there yet.
    std::size_t figure(std::string_view name);
    /// Looks until the figure is at least this; false when it will not.
    bool reaches(std::string_view name, std::size_t least);

    fakes::ManualTime time{"2026-03-02T09:00:00+08:00"};  // a Monday

private:
    struct Running;

    void configure();
    void found_town();
    void start();

    TemporaryFolder folder_;
    Config config_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<Running> running_;
    std::uint16_t port_ = 0;
};

/// An application of a natural person, as the API takes it.
boost::json::object application(std::string_view agency = "430500-01");
boost::json::object registration();
/// As a registrar records it for an applicant who has called on the day of the registration.
boost::json::object oral_withdrawal();

/// A case that staff work on: knows its address and version, so that each step is one line of a test.
class WorkedCase {
public:
    explicit WorkedCase(boost::json::object const& stored);

    std::string path(std::string_view rest = "") const { return std::string(kCases) + "/" + id + std::string(rest); }
    std::string tag() const { return '"' + std::to_string(version) + '"'; }

    Reply act(HttpClient& who, std::string_view action, boost::json::object const& input = {});
    /// The applicant signs for this letter on that day: from here it counts.
    Reply hand_over(HttpClient& registrar, std::string_view letter, std::string_view on) {
        return act(
            registrar,
            "dispatch_letter",
            {{"letter", letter}, {"method", "pick_up"}, {"dispatched_on", on}, {"recipient", "张三"}}
        );
    }

    std::string id;
    std::int64_t version;
};

/// Who gets mail about a case, were this step the last; everybody has an address.
std::vector<std::string> recipients_after(Service& service, workflow::Action step, std::string const& case_id);

}  // namespace server::api
