#include "server/pages/kit/templates.hpp"

#include "workflow/words/vocabulary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace server::pages {
namespace {

namespace json = boost::json;

/// The files of a site of one page.
struct Files {
    std::string page = "<p>{{name}}</p>";
    std::string texts = R"({"hello": {"title": "您好，{name}"}, "foot": "再见"})";

    Templates parsed() const {
        std::vector<web::Asset> const files{
            {"templates/layout.mustache", "", "<h1>{{t.page.title}}</h1>{{> page}}{{> parts/foot}}", "", ""},
            {"templates/parts/foot.mustache", "", "<i>{{t.foot}}</i>", "", ""},
            {"templates/hello.mustache", "", page, "", ""},
            {"texts/en.json", "", R"({"hello": {"title": "Hello, {name}"}, "foot": "Bye"})", "", ""},
            {"texts/zh-CN.json", "", texts, "", ""}};
        return Templates(files);
    }
};

std::string render(Templates const& templates, json::object const& data) {
    return templates.render("zh-CN", "hello", data);
}

TEST(Templates, SetAPageWithPartsAndTextsIntoTheLayout) {
    EXPECT_EQ(render(Files{}.parsed(), {{"name", "张三"}}), "<h1>您好，张三</h1><p>张三</p><i>再见</i>");
}

TEST(Templates, EscapeWhatIsWrittenIntoThem) {
    auto const shown = render(Files{}.parsed(), {{"name", "\"><img src=x onerror=alert(1)></script>{{foot}}&'"}});
    EXPECT_EQ(shown.find("<img"), std::string::npos);
    EXPECT_EQ(shown.find("</script>"), std::string::npos);
    EXPECT_NE(shown.find("&quot;&gt;&lt;img"), std::string::npos);
    EXPECT_NE(shown.find("{{foot}}"), std::string::npos) << "what people type is no template";
}

TEST(Templates, KnowListsObjectsNumbersAndWhatIsNotThere) {
    Files files;
    files.page = "{{#list}}{{n}},{{/list}}{{#none}}x{{/none}}{{^none}}-{{/none}}{{one.two}}";
    json::array const list{{{"n", 1}}, {{"n", 2}}};
    EXPECT_NE(
        render(
            files.parsed(), {{"name", ""}, {"list", list}, {"none", nullptr}, {"one", {{"two", "2"}}}}
        ).find("1,2,-2"),
        std::string::npos
    );
}

TEST(Templates, SpeakTheFirstWantedLanguageThereIs) {
    auto const templates = Files{}.parsed();
    std::vector<std::string> const wanted{"", "fr", "zh-CN", "en"};
    EXPECT_EQ(templates.texts(wanted).language(), "zh-CN");
    EXPECT_EQ(templates.texts({}).language(), "en") << "the first there is";
    EXPECT_EQ(templates.render("en", "hello", {{"name", "Bob"}}), "<h1>Hello, Bob</h1><p>Bob</p><i>Bye</i>");
}

TEST(Templates, RefuseAtTheStartWhatCannotWork) {
    for (auto const* page : {"{{#open}}", "{{> parts/none}}", "{{t.none}}", "{{t.page.none}}"}) {
        Files files;
        files.page = page;
        EXPECT_THROW(files.parsed(), std::runtime_error) << page;
    }
    for (auto const* texts : {"", "[]", R"({"foot": 1})", R"({"hello": {"title": ""}})"}) {
        Files files;
        files.texts = texts;
        EXPECT_THROW(files.parsed(), std::runtime_error) << texts;
    }
}

TEST(Texts, NameTheOneThatIsMissing) {
    Texts const texts("zh-CN", R"({"a": {"b": "文字"}})");
    EXPECT_EQ(texts.at("a.b"), "文字");
    EXPECT_EQ(texts.find("a"), nullptr);
    EXPECT_THROW(texts.at("a"), std::out_of_range);
}

// ---- the files there are ------------------------------------------------------------------------------------------

std::string contents(std::filesystem::path const& path) {
    std::ifstream const file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The keys that `pattern` finds in the files of a folder.
std::set<std::string> found_in(std::string const& folder, std::string const& pattern) {
    std::set<std::string> found;
    std::regex const expression(pattern);
    for (auto const& entry : std::filesystem::recursive_directory_iterator(SOURCE_FOLDER "/" + folder)) {
        if (!entry.is_regular_file()) continue;
        auto const text = contents(entry.path());
        for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match) {
            found.insert((*match)[1]);
        }
    }
    return found;
}

TEST(SiteFiles, HaveEveryTextOnceAndUseEach) {
    Templates const templates(web::public_assets());
    auto used = found_in("web/public/templates", R"(\{\{t\.([a-z0-9_.]+)\}\})");
    used.merge(found_in("server/pages", R"re("([a-z0-9_]+(?:\.[a-z0-9_]+)+)")re"));
    auto const own = found_in("web/public/templates", R"(\{\{t\.page\.([a-z0-9_]+)\}\})");
    auto const families = found_in("server/pages", R"re("([a-z0-9_]+(?:\.[a-z0-9_]+)*\.)")re");  // "hint." + name
    for (auto const& texts : templates.languages()) {
        for (auto const& [key, text] : texts.all()) {
            EXPECT_FALSE(text.empty()) << key;
            auto const last = key.substr(key.rfind('.') + 1);
            bool const of_family =
                std::ranges::any_of(families, [&](auto const& family) { return key.starts_with(family); });
            EXPECT_TRUE(used.contains(key) || own.contains(last) || of_family) << "nobody says " << key;
        }
        EXPECT_EQ(texts.all().size(), templates.languages().front().all().size()) << texts.language();
    }
}

TEST(SiteFiles, WriteNothingUnescaped) {
    EXPECT_TRUE(found_in("web/public/templates", R"((\{\{\{|\{\{&))").empty());
    EXPECT_TRUE(found_in("web/public/templates", R"(( style=| on[a-z]+=|javascript:|<style))").empty());
}

TEST(SiteFiles, AreSmall) {
    for (auto const& file : web::public_assets()) {
        EXPECT_TRUE(file.path != "style.css" || file.bytes.size() <= 15'000) << file.bytes.size();
        EXPECT_TRUE(file.path != "script.js" || file.bytes.size() <= 10'000) << file.bytes.size();
    }
}

TEST(SiteFiles, SayWhatEachStateMeansToTheApplicant) {
    Templates const templates(web::public_assets());
    for (auto const& texts : templates.languages()) {
        for (auto const& state : workflow::kStates) {
            EXPECT_NE(texts.find("track.state." + std::string(state.code)), nullptr) << state.code;
        }
    }
}

}  // namespace
}  // namespace server::pages
