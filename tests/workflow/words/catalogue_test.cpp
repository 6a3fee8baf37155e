#include "workflow/words/catalogue.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace workflow {
namespace {

TEST(Catalogue, EveryFieldHasItems) {
    std::set<CatalogueField> fields;
    for (auto const& item : catalogue()) fields.insert(item.field);
    EXPECT_EQ(fields.size(), kCatalogueFields.size());
}

TEST(Catalogue, NoNameStandsTwice) {
    std::set<std::string_view> names;
    for (auto const& item : catalogue()) {
        EXPECT_TRUE(names.insert(item.name).second) << item.name;
    }
}

TEST(Catalogue, EveryItemRestsOnArticlesTwentyOrTwentyOne) {
    for (auto const& item : catalogue()) {
        bool const cities = item.article == "条例第二十一条";
        EXPECT_TRUE(cities || item.article.starts_with("条例第二十条第")) << item.name << ": " << item.article;
        EXPECT_TRUE(cities || item.article.ends_with("项")) << item.name << ": " << item.article;
    }
}

/// A comma that is none would make one name of two.
TEST(Catalogue, NamesAreSeparatedByOneSign) {
    for (auto const& item : catalogue()) {
        for (std::string_view const sign : {",", "，", ";", "；", " ", "、、"}) {
            EXPECT_EQ(item.also.find(sign), std::string_view::npos) << item.name << ": " << item.also;
        }
        EXPECT_FALSE(item.also.starts_with("、") || item.also.ends_with("、")) << item.name;
    }
}

}  // namespace
}  // namespace workflow
