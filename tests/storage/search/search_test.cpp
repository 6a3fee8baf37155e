#include "storage/search/search.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace {

using storage::fold;
using storage::Key;
using storage::search_phrase;
using storage::search_tokens;
using storage::Vault;

TEST(Fold, ComparesWhatPeopleTakeForTheSame) {
    EXPECT_EQ(fold("（２０２６）Ａ-1 号"), "2026a1号");
    EXPECT_EQ(fold("邵政发〔2025〕3号"), "邵政发20253号");
    EXPECT_EQ(fold("征地、补偿:《方案》。\n"), "征地补偿方案");
    EXPECT_EQ(fold("二〇二六年"), "二〇二六年");
    EXPECT_EQ(fold("138 7390-1234"), "13873901234");
    EXPECT_EQ(fold("𠮷野家 é"), "𠮷野家é");
    EXPECT_EQ(fold(" ,.!"), "");
}

TEST(Pairs, OverlapAndTakeWholeCharacters) {
    EXPECT_EQ(storage::pairs_of("补偿a案"), (std::vector<std::string_view>{"补偿", "偿a", "a案"}));
    EXPECT_TRUE(storage::pairs_of("补").empty());
    EXPECT_TRUE(storage::pairs_of("").empty());
}

TEST(Fold, EndsOnBrokenText) {
    EXPECT_EQ(fold("\xe5\xbe"), "\xc3\xa5");  // bytes taken one by one: å, and ¾ is no letter
    EXPECT_EQ(fold("a\xff"), "a\xc3\xbf");
}

class Search : public testing::Test {
protected:
    bool finds(std::vector<std::string_view> const& texts, std::string_view wanted) const {
        return search_tokens(vault_, texts).find(search_phrase(vault_, wanted).value()) != std::string::npos;
    }

    Key key_ = Key::random();
    Vault vault_{key_};
};

TEST_F(Search, FindsEverySubstringOfTwoCharactersOrMore) {
    std::string const text = "资江二桥征地补偿方案2025";
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) starts.push_back(i);
    }
    starts.push_back(text.size());
    for (std::size_t from = 0; from + 2 < starts.size(); ++from) {
        for (std::size_t to = from + 2; to < starts.size(); ++to) {
            auto const part = std::string_view(text).substr(starts[from], starts[to] - starts[from]);
            EXPECT_TRUE(finds({text}, part)) << part;
        }
    }
}

TEST_F(Search, FindsNothingElse) {
    EXPECT_FALSE(finds({"征地补偿"}, "补征"));
    EXPECT_FALSE(finds({"征地补偿"}, "征补"));
    EXPECT_FALSE(finds({"征地", "补偿"}, "地补")) << "across two texts";
    EXPECT_FALSE(finds({"征地补", "补偿"}, "地补偿")) << "the last pair of one and the first of the next";
    EXPECT_FALSE(finds({}, "征地"));
}

TEST_F(Search, RefusesASingleCharacter) {
    for (char const* text : {"地", "a", " 地。", "", "。,"}) {
        auto const phrase = search_phrase(vault_, text);
        ASSERT_FALSE(phrase) << text;
        EXPECT_EQ(phrase.error().kind, workflow::RefusalKind::Invalid);
        EXPECT_EQ(phrase.error().code, "search_text_too_short");
    }
}

TEST_F(Search, TokensDependOnTheKeyAndAreSafeInsideAQuery) {
    Key const other_key = Key::random();
    Vault const other(other_key);
    std::array const texts{std::string_view("征地补偿\" OR *")};
    std::string const tokens = search_tokens(vault_, texts);
    EXPECT_NE(tokens, search_tokens(other, texts));
    EXPECT_EQ(tokens.find_first_not_of("0123456789abcdefghijklmnopqrstuv "), std::string::npos);
}

}  // namespace
