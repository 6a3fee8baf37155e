#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/server/api/service.hpp"

namespace server::api {

/// A case that a handler works on, and uploads to it.
struct FiledCase {
    explicit FiledCase(Service& owner) : service(owner), c(filed(owner)) {}

    static WorkedCase filed(Service& service) {
        auto registrar = service.sign_in("registrar");
        WorkedCase c(registrar.post(kCases, registration()).json());
        auto reviewer = service.sign_in("reviewer");
        c.act(reviewer, "accept", {{"department", "430500-01-d1"}, {"co_departments", boost::json::array{}}});
        auto handler = service.sign_in("handler");
        c.act(handler, "claim");
        return c;
    }

    /// A refused upload closes its connection, so each has one of its own.
    Reply upload(std::string_view name, std::string_view content, std::string_view who = "handler") const {
        auto client = service.sign_in(who);
        return client.send(
            "POST", c.path("/attachments?name=" + std::string(name)), content, "application/octet-stream"
        );
    }
    std::string file(int n, std::string_view rest = "") const {
        return c.path("/attachments/" + std::to_string(n) + std::string(rest));
    }

    Service& service;
    WorkedCase c;
};

/// A file of 300 bytes that comes into the case by another way, while an upload is under way.
inline void attach_aside(Service& service, std::string_view case_id, std::string_view by) {
    auto const added = service.store().writes().run([&](storage::Connection& connection) {
        auto const directory = service.store().directory().current();
        auto const now = service.time.now();
        auto const& account = *directory->staff({std::string(by)});
        workflow::Command command;
        command.action = workflow::Action::Attach;
        command.payload = workflow::Attachment{"b.txt", {"text/plain"}, 300, {std::string(64, 'b')}};
        auto const actor = storage::actor_of(account, *directory, workflow::local_date(now));
        return service.store().cases().act(connection, case_id, std::nullopt, command, actor, now);
    });
    ASSERT_TRUE(added) << added.error().detail;
}

/// What lies in the folder of the files, also of those that still come in.
inline std::vector<std::string> files_on_disk(Service& service) {
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(service.store().folder().files())) {
        if (entry.is_regular_file()) names.push_back(entry.path().filename());
    }
    return names;
}

}  // namespace server::api
