#include "storage/journal/canonical_json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <chrono>
#include <stdexcept>

namespace {

namespace json = boost::json;
using storage::JsonFault;
using storage::parse_json;
using storage::to_canonical;

std::string canonical(std::string_view text) { return to_canonical(parse_json(text).value()); }

/// The error of a text that must not parse.
storage::JsonError fault(std::string_view text, storage::JsonLimits limits = {}) {
    auto const result = parse_json(text, limits);
    if (result) throw std::logic_error("parsed: " + std::string(text.substr(0, 40)));
    return result.error();
}

TEST(CanonicalJson, SortsMembersByUtf16CodeUnits) {
    // The example of RFC 8785 section 3.2.3.
    std::string_view const text =
        R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",)"
        R"("\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})";
    EXPECT_EQ(
        canonical(text),
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
        "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\","
        "\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}"
    );
    EXPECT_EQ(canonical(R"({"aa":1,"a":2,"b":3,"":4})"), R"({"":4,"a":2,"aa":1,"b":3})");
}

TEST(CanonicalJson, WritesStringsAsRfc8785Says) {
    // Section 3.2.2.2: short escapes, lower-case \u00xx for other control characters, everything else as it is.
    EXPECT_EQ(canonical(R"("\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/")"), "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    EXPECT_EQ(canonical(R"("\b\t\n\f\r\u0000\u001f\u007f")"), "\"\\b\\t\\n\\f\\r\\u0000\\u001f\x7f\"");
    EXPECT_EQ(canonical("\"中文\""), "\"中文\"");
}

TEST(CanonicalJson, WritesLiteralsNumbersAndContainers) {
    EXPECT_EQ(
        canonical(" { \"b\" : [ ] , \"a\" : [ null , true , false , -0 , 12 ] , \"c\" : { } } "),
        R"({"a":[null,true,false,0,12],"b":[],"c":{}})"
    );
    EXPECT_EQ(canonical("9007199254740991"), "9007199254740991");
    EXPECT_EQ(canonical("-9007199254740991"), "-9007199254740991");
    EXPECT_EQ(to_canonical(json::value(std::uint64_t{7})), "7");
}

TEST(CanonicalJson, RefusesNumbersWithoutAnExactForm) {
    for (json::value const& value :
         {json::value(9007199254740992),
          json::value(-9007199254740992),
          json::value(std::uint64_t{9007199254740992}),
          json::value(1.5)}) {
        EXPECT_THROW(to_canonical(value), std::invalid_argument);
    }
}

TEST(CanonicalJson, ParsingWhatWasWrittenGivesTheSameBytes) {
    rc::check([](std::map<std::string, std::vector<std::int32_t>> const& members) {
        json::object object;
        for (auto const& [name, numbers] : members) {
            std::string ascii;
            for (char c : name) ascii += static_cast<char>(c & 0x7f);
            object[ascii] = json::array(numbers.begin(), numbers.end());
        }
        std::string const text = to_canonical(object);
        auto const again = parse_json(text);
        RC_ASSERT(again.has_value());
        RC_ASSERT(*again == json::value(object));
        RC_ASSERT(to_canonical(*again) == text);
    });
}

TEST(ParseJson, BuildsTheSameValueAsBoost) {
    std::string const text =
        R"({"a":[1,-2,1.25,18446744073709551615,"x\u4e2dy",{"b":{}},[[]],null,true],"c":"","long":")" +
        std::string(5000, 'x') + "\"}";
    EXPECT_EQ(parse_json(text).value(), json::parse(text));
}

TEST(ParseJson, NamesAMemberThatComesTwice) {
    auto const error = fault(R"({"name":"a","other":{"x":1,"x":2}})");
    EXPECT_EQ(error.fault, JsonFault::duplicate_key);
    EXPECT_EQ(error.key, "x");
    EXPECT_EQ(fault(R"({"\u0061":1,"a":2})").key, "a");  // the same name, spelt differently
    EXPECT_TRUE(parse_json(R"([{"x":1},{"x":2}])"));     // not twice in one object
}

TEST(ParseJson, TellsWhatIsWrong) {
    for (std::string_view text :
         {"",    " ",  "{",  "[1", "\"abc", "{\"a\"}", "{\"a\":1,}", "[1,]",        "{a:1}",   "'a'",
          "nul", "+1", "1.", ".5", "[1 2]", "\"\t\"",  "\"\\x\"",    "\"\\ud800\"", "// c\n1", "NaN"}) {
        EXPECT_EQ(fault(text).fault, JsonFault::malformed) << text;
    }
    for (std::string_view text : {"{} {}", "1 2", "[]]", "null,", "{}x", "01"}) {
        EXPECT_EQ(fault(text).fault, JsonFault::trailing_data) << text;
    }
}

TEST(ParseJson, RefusesBrokenUtf8AndSaysWhere) {
    for (std::string_view bad :
         {"\xC0\x80",
          "\x80",
          "\xE4\xB8",
          "\xED\xA0\x80",
          "\xF4\x90\x80\x80",
          "\xFF",
          "\xE0\x80\x80",
          "\xF0\x80\x80\x80",
          "\xC3("}) {
        auto const error = fault("[\"" + std::string(bad) + "\"]");
        EXPECT_EQ(error.fault, JsonFault::bad_utf8) << testing::PrintToString(bad);
        EXPECT_EQ(error.offset, 2U);
    }
    EXPECT_TRUE(parse_json("\"\xF4\x8F\xBF\xBF\xED\x9F\xBF\xEE\x80\x80\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80\""));
}

TEST(ParseJson, HoldsItsLimits) {
    std::string const deepest = std::string(32, '[') + std::string(32, ']');
    EXPECT_TRUE(parse_json(deepest));
    EXPECT_EQ(fault('[' + deepest + ']').fault, JsonFault::too_deep);
    std::string const text = "\"" + std::string(98, 'a') + "\"";
    EXPECT_TRUE(parse_json(text, {.bytes = 100, .depth = 1}));
    EXPECT_EQ(fault(text, {.bytes = 99, .depth = 1}).fault, JsonFault::too_large);
}

TEST(ParseJson, AnswersABombAtOnce) {
    auto const start = std::chrono::steady_clock::now();
    EXPECT_EQ(fault(std::string(100'000, '[')).fault, JsonFault::too_deep);
    std::string object;
    for (int i = 0; i < 100'000; ++i) object += (i == 0 ? "{\"" : ",\"") + std::to_string(i) + "\":0";
    EXPECT_EQ(parse_json(object + "}", {.bytes = 4 << 20, .depth = 1})->as_object().size(), 100'000U);
    EXPECT_EQ(fault(object + ",\"7\":0}", {.bytes = 4 << 20, .depth = 1}).key, "7");
    // 50 ms for the brackets alone; the rest and the sanitizers share this generous bound on something linear.
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

}  // namespace
