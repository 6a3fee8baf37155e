#include "server/http/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace server::http {
namespace {

net::awaitable<Response> no_answer(Request&) { co_return Response(); }

using Segments = std::vector<std::string>;
using Parameters = std::vector<std::string_view>;

Router sample() {
    Router router;
    router.add(verb::get, "/", no_answer);
    router.add(verb::get, "/cases", no_answer);
    router.add(verb::post, "/cases", no_answer);
    router.add(verb::get, "/cases/{id}", no_answer);
    router.add(verb::get, "/cases/mine", no_answer);
    router.add(verb::post, "/cases/{id}/actions/{action}", no_answer);
    router.add(verb::get, "/letters/{n}.pdf", no_answer);
    router.add(verb::get, "/letters/{n}.docx", no_answer);
    router.add(verb::get, "/letters/{n}", no_answer);
    return router;
}

std::string_view found(Router const& router, verb method, Segments const& segments) {
    auto const match = router.match(method, segments);
    return match.route != nullptr ? std::string_view(match.route->pattern) : std::string_view("none");
}

TEST(Router, FindsByMethodAndSegments) {
    auto const router = sample();
    EXPECT_EQ(found(router, verb::get, {}), "/");
    EXPECT_EQ(router.match(verb::post, {"cases"}).route->method, verb::post);
    EXPECT_EQ(found(router, verb::get, {"cases", "7"}), "/cases/{id}");
    EXPECT_EQ(found(router, verb::get, {"cases", "mine"}), "/cases/mine");
    EXPECT_EQ(found(router, verb::head, {"cases", "7"}), "/cases/{id}");
}

TEST(Router, GivesTheParametersInTheirOrder) {
    auto const router = sample();
    Segments const action{"cases", "7", "actions", "accept"};
    EXPECT_EQ(router.match(verb::post, action).parameters, (Parameters{"7", "accept"}));
    Segments const letter{"letters", "3.pdf"};
    EXPECT_EQ(router.match(verb::get, letter).parameters, Parameters{"3"});
    EXPECT_EQ(found(router, verb::get, letter), "/letters/{n}.pdf");
    EXPECT_EQ(found(router, verb::get, {"letters", "3.docx"}), "/letters/{n}.docx");
    EXPECT_EQ(found(router, verb::get, {"letters", "3.txt"}), "/letters/{n}");
    EXPECT_EQ(found(router, verb::get, {"letters", ".pdf"}), "/letters/{n}");
}

TEST(Router, TellsAnUnknownPathFromAWrongMethod) {
    auto const router = sample();
    for (Segments const& path :
         {Segments{"case"},
          Segments{"cases", ""},
          Segments{""},
          Segments{"cases", "7", "actions"},
          Segments{"letters"}}) {
        auto const match = router.match(verb::get, path);
        EXPECT_EQ(match.route, nullptr);
        EXPECT_EQ(match.allow, "");
    }
    auto const match = router.match(verb::delete_, {"cases"});
    EXPECT_EQ(match.route, nullptr);
    EXPECT_EQ(match.allow, "GET, HEAD, POST");
}

TEST(Router, ListsItsRoutes) {
    auto const router = sample();
    ASSERT_EQ(router.routes().size(), 9u);
    EXPECT_EQ(router.routes()[5].pattern, "/cases/{id}/actions/{action}");
    EXPECT_EQ(router.routes()[5].index, 5u);
}

TEST(Router, RefusesPatternsItCannotRead) {
    auto router = sample();
    for (auto const* pattern : {"", "cases", "/cases//x", "/{}", "/{id", "/a{id}", "/id}", "/cases"}) {
        EXPECT_THROW(router.add(verb::get, pattern, no_answer), std::logic_error) << pattern;
    }
}

}  // namespace
}  // namespace server::http
