#include "server/http/target.hpp"

#include <gtest/gtest.h>

namespace server::http {
namespace {

using TargetSegments = std::vector<std::string>;

TEST(Target, SplitsAndDecodesThePath) {
    EXPECT_EQ(parse_target("/")->segments, TargetSegments());
    EXPECT_EQ(parse_target("/cases/7")->segments, (TargetSegments{"cases", "7"}));
    EXPECT_EQ(parse_target("/cases/")->segments, (TargetSegments{"cases", ""}));
    EXPECT_EQ(parse_target("//cases")->segments, (TargetSegments{"", "cases"}));
    EXPECT_EQ(parse_target("/a%2Fb/%E7%94%B3+%e8%af%b7")->segments, (TargetSegments{"a/b", "申+请"}));
}

TEST(Target, DecodesTheQuery) {
    auto const query = parse_target("/cases?q=%E7%94%B3+%E8%AF%B7&empty=&bare&q=2&&a=b=c").value().query;
    ASSERT_EQ(query.size(), 5u);
    EXPECT_EQ(query[0].name, "q");
    EXPECT_EQ(query[0].value, "申 请");
    EXPECT_EQ(query[1].value, "");
    EXPECT_EQ(query[2].name, "bare");
    EXPECT_EQ(query[3].value, "2");
    EXPECT_EQ(query[4].value, "b=c");
    EXPECT_TRUE(parse_target("/?")->query.empty());
    EXPECT_EQ(parse_target("/?x=1")->segments, TargetSegments());
}

TEST(Target, RefusesWhatCannotBeMeant) {
    for (auto const* target :
         {"/%",
          "/%4",
          "/%zz",
          "/%4g",
          "/%00",
          "/a%0Ab",
          "/%7F",
          "/%FF",
          "/%ED%A0%80",
          "/%C0%AF",
          "/.",
          "/a/../b",
          "/%2e%2E/b",
          "/?q=%",
          "/?q=%FF",
          "/?%00=1"}) {
        auto const parsed = parse_target(target);
        ASSERT_TRUE(parsed.has_error()) << target;
        EXPECT_EQ(parsed.error().status, status::bad_request);
        EXPECT_EQ(parsed.error().code, "bad_target");
    }
}

TEST(Form, KeepsTheLinesOfATextArea) {
    auto const form = parse_form("description=%E4%B8%80%0D%0A%E4%BA%8C&agreed=on").value();
    ASSERT_EQ(form.size(), 2u);
    EXPECT_EQ(form[0].value, "一\r\n二");
}

}  // namespace
}  // namespace server::http
