#include "server/http/static_files.hpp"

#include <gtest/gtest.h>

#include "tests/server/api/service.hpp"

namespace server::http {
namespace {

constexpr web::Asset kSheet{"style.css", "text/css; charset=utf-8", "body{}", "packed", "0123456789abcdef"};
constexpr web::Asset kPlain{"dot.png", "image/png", "png", "", "fedcba9876543210"};

Response answer(web::Asset const& asset, Keep keep, std::string_view encodings, std::string_view tag = {}) {
    Request request;
    request.headers.set(field::accept_encoding, encodings);
    if (!tag.empty()) request.headers.set(field::if_none_match, tag);
    return static_file(asset, request, keep);
}

TEST(StaticFiles, PackedForWhoTakesIt) {
    auto const packed = answer(kSheet, Keep::ForGood, "br, gzip;q=0.8");
    EXPECT_EQ(packed.body, "packed");
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_EQ(packed.header("Vary"), "Accept-Encoding");
    EXPECT_EQ(packed.header("Cache-Control"), "public, max-age=31536000, immutable");
    for (auto const* refusing : {"", "br", "gzip;q=0", "gzip; q=0.0"}) {
        auto const plain = answer(kSheet, Keep::Never, refusing);
        EXPECT_EQ(plain.body, "body{}") << refusing;
        EXPECT_EQ(plain.header("Content-Encoding"), "") << refusing;
        EXPECT_EQ(plain.header("Cache-Control"), "no-cache");
    }
    EXPECT_EQ(answer(kPlain, Keep::ForGood, "gzip").body, "png");
}

TEST(StaticFiles, NotSentTwice) {
    auto const first = answer(kSheet, Keep::Never, "gzip");
    auto const again = answer(kSheet, Keep::Never, "gzip", first.header("ETag"));
    EXPECT_EQ(again.status, status::not_modified);
    EXPECT_EQ(again.body, "");
    // The plain bytes are another thing than the packed ones.
    EXPECT_EQ(answer(kSheet, Keep::Never, "", first.header("ETag")).status, status::ok);
}

TEST(StaffApplication, OnePageForEveryAddressOfTheApplication) {
    api::Service service;
    auto client = service.anonymous();
    for (auto const* address : {"/staff/", "/staff/cases", "/staff/cases/0abc", "/staff/cases/0abc/reply"}) {
        auto const reply = client.get(address);
        EXPECT_EQ(reply.status(), 200) << address;
        EXPECT_EQ(reply.body(), "<title>staff</title>") << address;
        EXPECT_NE(reply.header("Content-Security-Policy").find("trusted-types vue"), std::string_view::npos);
    }
    EXPECT_EQ(client.get("/staff").header("Location"), "/staff/");
    auto const script = client.get("/staff/assets/index-1a2b.js");
    EXPECT_EQ(script.header("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(script.body(), "export {}");
    EXPECT_EQ(client.get("/staff/assets/index-9999.js").status(), 404);
}

}  // namespace
}  // namespace server::http
