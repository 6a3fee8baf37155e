#include "server/http/response_head.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace server::http {
namespace {

std::string head_of(Response const& response, HeadContext const& context = {}) {
    std::string head;
    write_head(head, response, context);
    return head;
}

bool has_line(std::string const& head, std::string const& line) {
    return head.find("\r\n" + line + "\r\n") != std::string::npos;
}

TEST(ResponseHead, CarriesWhatEveryAnswerNeeds) {
    auto const head = head_of(text_response(status::ok, "text/plain", "abc"));
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\nDate: "));
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
    EXPECT_TRUE(has_line(head, "Content-Type: text/plain"));
    EXPECT_TRUE(has_line(head, "Content-Length: 3"));
    EXPECT_TRUE(has_line(head, "Cache-Control: no-store"));
    EXPECT_TRUE(has_line(head, "X-Content-Type-Options: nosniff"));
    EXPECT_TRUE(has_line(head, "Referrer-Policy: no-referrer"));
    EXPECT_TRUE(has_line(head, "Cross-Origin-Opener-Policy: same-origin"));
    EXPECT_TRUE(has_line(head, "Cross-Origin-Resource-Policy: same-origin"));
    EXPECT_NE(head.find("Permissions-Policy: "), std::string::npos);
    EXPECT_NE(head.find("Content-Security-Policy: default-src 'none'; script-src 'self'"), std::string::npos);
    EXPECT_NE(head.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(head.find("unsafe"), std::string::npos);
    EXPECT_EQ(head.find("Connection"), std::string::npos);
    EXPECT_EQ(head.find("Strict-Transport"), std::string::npos);
}

TEST(ResponseHead, LetsAHandlerReplaceTheDefaults) {
    auto response = text_response(status::ok, "application/pdf", "");
    response.set("Cache-Control", "private").set("content-security-policy", "sandbox");
    auto const head = head_of(response);
    EXPECT_TRUE(has_line(head, "Cache-Control: private"));
    EXPECT_TRUE(has_line(head, "content-security-policy: sandbox"));
    EXPECT_EQ(head.find("no-store"), std::string::npos);
    EXPECT_EQ(head.find("default-src"), std::string::npos);
}

TEST(ResponseHead, HasNoLengthWhereThereIsNoBody) {
    for (auto const bodiless : {status::no_content, status::not_modified}) {
        Response response;
        response.status = bodiless;
        EXPECT_EQ(head_of(response).find("Content-Length"), std::string::npos);
    }
    Response empty;
    EXPECT_TRUE(has_line(head_of(empty), "Content-Length: 0"));
}

TEST(ResponseHead, FramesAStreamByWhatIsKnown) {
    Response response;
    response.stream = BodySource{};
    EXPECT_TRUE(has_line(head_of(response), "Transfer-Encoding: chunked"));
    EXPECT_EQ(head_of(response, {.http_1_0 = true}).find("Transfer-Encoding"), std::string::npos);
    response.stream->size = 70'000;
    EXPECT_TRUE(has_line(head_of(response), "Content-Length: 70000"));
}

TEST(ResponseHead, SaysWhatBecomesOfTheConnection) {
    Response const response;
    EXPECT_TRUE(has_line(head_of(response, {.keep_alive = false}), "Connection: close"));
    EXPECT_TRUE(has_line(head_of(response, {.http_1_0 = true}), "Connection: keep-alive"));
    EXPECT_TRUE(has_line(head_of(response, {.strict_transport = true}), "Strict-Transport-Security: max-age=31536000"));
}

TEST(ResponseHead, RefusesFieldsThatWouldSplitTheResponse) {
    Response split;
    split.set("Location", "/a\r\nSet-Cookie: x=1");
    EXPECT_THROW(check_fields(split), std::logic_error);
    Response odd;
    odd.content_type = "text/plain\n";
    EXPECT_THROW(check_fields(odd), std::logic_error);
    Response fine;
    fine.set("Location", "/cases/7");
    EXPECT_NO_THROW(check_fields(fine));
}

}  // namespace
}  // namespace server::http
