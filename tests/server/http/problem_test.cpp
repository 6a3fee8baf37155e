#include "server/http/problem.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include "server/http/response.hpp"
#include "storage/engine/write_queue.hpp"

namespace server::http {
namespace {

using workflow::RefusalKind;

workflow::Refusal refusal(RefusalKind kind) { return {.kind = kind, .code = "some_code", .detail = "说明。"}; }

TEST(Problem, GivesEachKindOfRefusalItsStatus) {
    EXPECT_EQ(problem_of(refusal(RefusalKind::Invalid)).status, status::unprocessable_entity);
    EXPECT_EQ(problem_of(refusal(RefusalKind::Forbidden)).status, status::forbidden);
    EXPECT_EQ(problem_of(refusal(RefusalKind::IllegalStep)).status, status::conflict);
    EXPECT_EQ(problem_of(refusal(RefusalKind::Stale)).status, status::precondition_failed);
    EXPECT_EQ(problem_of(refusal(RefusalKind::NotFound)).status, status::not_found);
    EXPECT_EQ(problem_of(refusal(RefusalKind::Unavailable)).status, status::service_unavailable);
}

TEST(Problem, AFullDiskHasOneStatusWhereverItIsNoticed) {
    auto const problem = problem_of(storage::storage_full());
    EXPECT_EQ(problem.status, status::insufficient_storage);
    EXPECT_EQ(problem.code, "storage_full");
    EXPECT_EQ(problem_response(problem, "").header("Retry-After"), "");
}

TEST(Problem, IsWrittenAsRfc9457Asks) {
    auto refused = refusal(RefusalKind::Invalid);
    refused.article = "条例第二十九条";
    refused.errors = {{"/applicant/phone", "bad_phone", "电话号码不正确。"}};
    auto const response = problem_response(std::move(refused), "0123");
    EXPECT_EQ(response.status, status::unprocessable_entity);
    EXPECT_EQ(response.content_type, "application/problem+json");
    boost::json::value const expected = {
        {"type", "/problems/invalid"},
        {"title", "填写的内容有误"},
        {"status", 422},
        {"detail", "说明。"},
        {"code", "some_code"},
        {"instance", "0123"},
        {"article", "条例第二十九条"},
        {"errors", {{{"pointer", "/applicant/phone"}, {"code", "bad_phone"}, {"detail", "电话号码不正确。"}}}}};
    EXPECT_EQ(boost::json::parse(response.body), expected);
}

TEST(Problem, CarriesExtensionMembers) {
    auto problem = problem_of(refusal(RefusalKind::Stale));
    problem.members["current"] = {{"version", 3}};
    auto const body = boost::json::parse(problem_response(problem, "").body);
    EXPECT_EQ(body.at("current").at("version"), 3);
    EXPECT_FALSE(body.as_object().contains("errors"));
    EXPECT_FALSE(body.as_object().contains("article"));
}

TEST(Problem, SaysWhenToComeBack) {
    EXPECT_EQ(problem_response(refusal(RefusalKind::Unavailable), "").header("Retry-After"), "2");
    EXPECT_EQ(problem_response(refusal(RefusalKind::Stale), "").header("Retry-After"), "");
}

}  // namespace
}  // namespace server::http
