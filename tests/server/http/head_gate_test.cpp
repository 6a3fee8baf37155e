#include "server/http/head_gate.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace server::http {
namespace {

using boost::beast::http::verb;

struct Refused {
    std::string head;
    status expected;
    std::string code;
};

/// Shown by gtest when a case fails.
std::ostream& operator<<(std::ostream& out, Refused const& refused) { return out << refused.head.substr(0, 200); }

class HeadGateRefuses : public testing::TestWithParam<Refused> {};

TEST_P(HeadGateRefuses, WithStatusAndCode) {
    auto const& [head, expected, code] = GetParam();
    auto const result = check_head(head, Limits());
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().status, expected);
    EXPECT_EQ(result.error().code, code);
    EXPECT_FALSE(result.error().detail.empty());
}

std::string with(std::string const& lines) { return "GET / HTTP/1.1\r\nHost: a.example\r\n" + lines + "\r\n\r\n"; }
std::string post(std::string const& lines) { return "POST /p HTTP/1.1\r\nHost: a.example\r\n" + lines + "\r\n\r\n"; }
std::string line(std::string const& request_line) { return request_line + "\r\nHost: a.example\r\n\r\n"; }
std::string many_fields() {
    std::string lines;
    for (int i = 0; i < 63; ++i) lines += "X-" + std::to_string(i) + ": 1\r\n";
    return lines + "Last: 1";
}

INSTANTIATE_TEST_SUITE_P(
    RequestLine,
    HeadGateRefuses,
    testing::Values(
        Refused{line("GET /"), status::bad_request, "bad_request_line"},
        Refused{line("GET  HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET HTTP/1.1"), status::bad_request, "bad_request_line"},
        Refused{line("GET /a b HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET  / HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET\t/ HTTP/1.1"), status::bad_request, "bad_request_line"},
        Refused{line(" GET / HTTP/1.1"), status::bad_request, "bad_method"},
        Refused{line("G:T / HTTP/1.1"), status::bad_request, "bad_method"},
        Refused{line("BREW / HTTP/1.1"), status::not_implemented, "unknown_method"},
        Refused{line("get / HTTP/1.1"), status::not_implemented, "unknown_method"},
        Refused{line("CONNECT a.example:443 HTTP/1.1"), status::not_implemented, "unknown_method"},
        Refused{line("TRACE / HTTP/1.1"), status::not_implemented, "unknown_method"},
        Refused{line("GET / HTTP/2.0"), status::http_version_not_supported, "unsupported_version"},
        Refused{line("GET / HTTP/1.2"), status::http_version_not_supported, "unsupported_version"},
        Refused{line("GET / http/1.1"), status::bad_request, "bad_version"},
        Refused{line("GET / HTTP/1.1 "), status::bad_request, "bad_target"},
        Refused{line("GET / HTTP/1"), status::bad_request, "bad_version"},
        Refused{line("GET / HTTP/01.1"), status::bad_request, "bad_version"},
        Refused{line("GET path HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET * HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET /#part HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET /\xE4\xBA\xBA HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET /\x7F HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET http://b.example/ HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET http://a.example:81/ HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET https://a.example/ HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET http:/// HTTP/1.1"), status::bad_request, "bad_target"},
        Refused{line("GET /" + std::string(8'000, 'a') + " HTTP/1.1"), status::uri_too_long, "target_too_long"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    Fields,
    HeadGateRefuses,
    testing::Values(
        Refused{with("X-A: 1\r\n folded"), status::bad_request, "folded_field"},
        Refused{with("\tX-A: 1"), status::bad_request, "folded_field"},
        Refused{with("X-A : 1"), status::bad_request, "bad_field_name"},
        Refused{with("X_A: 1"), status::bad_request, "bad_field_name"},
        Refused{with("X(A): 1"), status::bad_request, "bad_field_name"},
        Refused{with(": 1"), status::bad_request, "bad_field_name"},
        Refused{with("no colon"), status::bad_request, "bad_field_name"},
        Refused{with("X-\xC3\xA4: 1"), status::bad_request, "bad_field_name"},
        Refused{with("X-A: 1\x01"), status::bad_request, "bad_field_value"},
        Refused{with("X-A: 1\x7F"), status::bad_request, "bad_field_value"},
        Refused{with("X-A: 1\rX-B: 2"), status::bad_request, "bad_field_value"},
        Refused{with("X-A: 1\nX-B: 2"), status::bad_request, "bad_field_value"},
        Refused{with(std::string("X-A: 1\0", 7)), status::bad_request, "bad_field_value"},
        Refused{with(many_fields()), status::request_header_fields_too_large, "too_many_fields"},
        Refused{with("X-A: " + std::string(8'186, 'a')), status::request_header_fields_too_large, "field_too_long"},
        Refused{with("Content-Encoding: gzip"), status::unsupported_media_type, "encoded_body"},
        Refused{with("Expect: 200-ok"), status::expectation_failed, "unknown_expectation"},
        Refused{with("Authorization: a\r\nauthorization: b"), status::bad_request, "duplicate_field"},
        Refused{post("Content-Type: a/b\r\nContent-Type: a/b"), status::bad_request, "duplicate_field"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    Host,
    HeadGateRefuses,
    testing::Values(
        Refused{"GET / HTTP/1.1\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.1\r\nHost:\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", status::bad_request, "duplicate_field"},
        Refused{"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.1\r\nHost: a/p\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.1\r\nHost: :80\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.1\r\nHost: a:8x\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.1\r\nHost: a:123456\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.1\r\nHost: [::1]8080\r\n\r\n", status::bad_request, "bad_host"},
        Refused{"GET / HTTP/1.0\r\nHost: a b\r\n\r\n", status::bad_request, "bad_host"}
    )
);

INSTANTIATE_TEST_SUITE_P(
    Framing,
    HeadGateRefuses,
    testing::Values(
        Refused{post("Content-Length: 5\r\nContent-Length: 5"), status::bad_request, "duplicate_field"},
        Refused{post("Content-Length: 5, 5"), status::bad_request, "bad_content_length"},
        Refused{post("Content-Length: +5"), status::bad_request, "bad_content_length"},
        Refused{post("Content-Length: -1"), status::bad_request, "bad_content_length"},
        Refused{post("Content-Length: 05"), status::bad_request, "bad_content_length"},
        Refused{post("Content-Length: 0x5"), status::bad_request, "bad_content_length"},
        Refused{post("Content-Length: 1 0"), status::bad_request, "bad_content_length"},
        Refused{post("Content-Length:"), status::bad_request, "bad_content_length"},
        Refused{post("Content-Length: 1000000000000000"), status::bad_request, "bad_content_length"},
        Refused{post("Content-Length: 5\r\nTransfer-Encoding: chunked"), status::bad_request, "ambiguous_length"},
        Refused{
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), status::bad_request, "duplicate_field"},
        Refused{post("Transfer-Encoding:"), status::bad_request, "bad_transfer_encoding"},
        Refused{post("Transfer-Encoding: chunked, chunked"), status::bad_request, "bad_transfer_encoding"},
        Refused{post("Transfer-Encoding: ,chunked"), status::bad_request, "bad_transfer_encoding"},
        Refused{post("Transfer-Encoding: Chunked"), status::bad_request, "bad_transfer_encoding"},
        Refused{post("Transfer-Encoding: \"chunked\""), status::bad_request, "bad_transfer_encoding"},
        Refused{post("Transfer-Encoding: xchunked"), status::not_implemented, "unknown_transfer_coding"},
        Refused{post("Transfer-Encoding: gzip, chunked"), status::not_implemented, "unknown_transfer_coding"},
        Refused{post("Transfer-Encoding: chunked, identity"), status::not_implemented, "unknown_transfer_coding"},
        Refused{"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", status::bad_request, "bad_transfer_encoding"},
        Refused{"POST / HTTP/1.0\r\n\r\n", status::length_required, "length_required"},
        Refused{with("Content-Length: 1"), status::bad_request, "unexpected_body"},
        Refused{with("Transfer-Encoding: chunked"), status::bad_request, "unexpected_body"},
        Refused{"DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", status::bad_request, "unexpected_body"},
        Refused{"HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", status::bad_request, "unexpected_body"}
    )
);

Head accepted(std::string const& bytes) {
    auto const head = check_head(bytes, Limits());
    EXPECT_TRUE(head.has_value()) << head.error().code;
    return head.value();
}

TEST(HeadGate, ReadsWhatTheSessionNeeds) {
    std::string const bytes = post("Content-Length: 12\r\nContent-Type: application/json\r\nExpect: 100-Continue");
    auto const head = accepted(bytes);
    EXPECT_EQ(head.method, verb::post);
    EXPECT_EQ(head.target, "/p");
    EXPECT_EQ(head.size, bytes.size());
    EXPECT_EQ(head.content_length, 12u);
    EXPECT_TRUE(head.expects_continue);
    EXPECT_TRUE(head.has_body());
    EXPECT_FALSE(head.chunked);
    EXPECT_FALSE(head.http_1_0);
}

TEST(HeadGate, AcceptsWhatIsUnusualButLawful) {
    EXPECT_TRUE(accepted(post("Transfer-Encoding: \t chunked \t")).chunked);
    EXPECT_FALSE(accepted(with("Content-Length: 0")).has_body());
    EXPECT_EQ(accepted(with("X-Empty:\r\nX-Obs: \xFF\r\nX-Tab: a\tb")).target, "/");
    EXPECT_TRUE(accepted("GET / HTTP/1.0\r\n\r\n").http_1_0);
    EXPECT_EQ(accepted("OPTIONS * HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n\r\n").target, "*");
    EXPECT_EQ(accepted("GET / HTTP/1.1\r\nHost: a.example:\r\n\r\n").target, "/");
    EXPECT_EQ(accepted(line("GET /" + std::string(7'999, 'a') + " HTTP/1.1")).target.size(), 8'000u);
    EXPECT_EQ(accepted(with("X-A: " + std::string(8'185, 'a'))).target, "/");
}

TEST(HeadGate, TurnsTheAbsoluteFormIntoTheOriginForm) {
    EXPECT_EQ(accepted(line("GET http://a.example/p?q=1 HTTP/1.1")).target, "/p?q=1");
    EXPECT_EQ(accepted(line("GET HTTP://A.EXAMPLE HTTP/1.1")).target, "/");
}

TEST(HeadGate, NeverExpectsContinueOfHttp10) {
    EXPECT_FALSE(accepted("POST / HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n").expects_continue);
}

TEST(HeadSize, WaitsForTheEmptyLine) {
    std::string const head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (std::size_t size = 0; size < head.size(); ++size) {
        EXPECT_EQ(head_size(head.substr(0, size), Limits()).value(), 0u) << size;
    }
    EXPECT_EQ(head_size(head + "next", Limits()).value(), head.size());
}

TEST(HeadSize, RefusesABareLineFeedBeforeTheHeadIsComplete) {
    EXPECT_EQ(head_size("GET / HTTP/1.1\nHost: a\n\n", Limits()).error().code, "bare_line_feed");
    EXPECT_EQ(head_size("\n", Limits()).error().code, "bare_line_feed");
}

TEST(HeadSize, RefusesWhatIsTooLongAlready) {
    Limits limits;
    limits.head_bytes = 100;
    std::string const start = "GET / HTTP/1.1\r\n";
    EXPECT_EQ(head_size(start + std::string(84, 'a'), limits).error().status, status::request_header_fields_too_large);
    EXPECT_EQ(head_size(std::string(100, 'a'), limits).error().status, status::uri_too_long);
    EXPECT_EQ(head_size(start + std::string(83, 'a'), limits).value(), 0u);
    EXPECT_EQ(head_size(start + std::string(80, 'a') + "\r\n\r\n", limits).value(), 100u);
    EXPECT_TRUE(head_size(start + std::string(81, 'a') + "\r\n\r\n", limits).has_error());
}

}  // namespace
}  // namespace server::http
