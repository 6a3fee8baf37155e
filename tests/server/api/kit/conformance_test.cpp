#include "tests/server/api/kit/conformance.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <string>

namespace server::api {
namespace {

void hold(std::string_view target, unsigned status, std::string_view media_type, std::string_view body) {
    fakes::Reply const reply(status, {{"Content-Type", std::string(media_type)}}, std::string(body));
    hold_against_document("GET", target, reply);
}

TEST(Conformance, LetsPassWhatIsDescribed) {
    hold("/healthz", 200, "application/json", R"({"status": "ok", "sqlite": "3.40.1"})");
    hold("/metrics", 200, "text/plain", "anything");
    hold(
        "/api/v1/agencies/x?y=1",
        404,
        "application/problem+json",
        R"({"type": "/problems/not-found", "title": "没有找到", "status": 404, "detail": "没有。", "code": "none"})"
    );
}

TEST(Conformance, FailsForWhatIsNot) {
    EXPECT_NONFATAL_FAILURE(
        hold("/readyz", 200, "application/json", R"({"status": "ready"})"), "/journal_size: missing"
    );
    EXPECT_NONFATAL_FAILURE(hold("/healthz", 418, "application/json", R"({"status": "ok"})"), "not described");
    EXPECT_NONFATAL_FAILURE(hold("/healthz", 200, "application/problem+json", "{\"a\": 1}"), "not described");
    auto const nowhere = [] {
        hold("/nowhere", 404, "application/problem+json", R"({"type": "", "title": "", "status": 404, "detail": ""})");
    };
    EXPECT_NONFATAL_FAILURE(nowhere(), "/code: missing");
}

}  // namespace
}  // namespace server::api
