#include <gtest/gtest.h>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kPublications = "/api/v1/publications";
constexpr std::string_view kSuggestions = "/api/v1/applications/suggestions";

json::object record(std::string_view title = "土地征收补偿安置方案") {
    return {
        {"title", title},
        {"document_number", "邵政征补〔2025〕3号"},
        {"published_on", "2025-06-20"},
        {"category", "project"},
        {"url", "/zfxxgk/3.html"},
        {"summary", "补偿标准、安置对象和安置方式。"}};
}

std::string path_of(json::object const& publication) {
    return std::string(kPublications) + "/" + std::string(publication.at("id").as_string());
}

std::size_t listed(HttpClient& client, std::string_view query = "") {
    auto const reply = client.get(std::string(kPublications) + std::string(query));
    EXPECT_EQ(reply.status(), 200U) << reply.body();
    return reply.json().at("items").as_array().size();
}

TEST(Publications, AnybodyReadsWhatAnAgencyHasPublished) {
    Service service;
    auto registrar = service.sign_in("registrar");
    auto const made = registrar.post(kPublications, record());
    ASSERT_EQ(made.status(), 201U) << made.body();
    EXPECT_EQ(made.header("Location"), path_of(made.json()));
    auto anybody = service.anonymous();
    auto const read = anybody.get(path_of(made.json()));
    ASSERT_EQ(read.status(), 200U) << read.body();
    EXPECT_EQ(read.json(), made.json());
    EXPECT_EQ(read.header("ETag"), "\"1\"");
    EXPECT_EQ(read.json().at("agency"), "430500-01");
    EXPECT_EQ(read.json().at("agency_name"), "邵阳市自然资源局");
    EXPECT_EQ(read.json().at("category_label"), "重大项目");
    EXPECT_EQ(anybody.get(std::string(kPublications) + "/nowhere").code(), "publication_not_found");
}

TEST(Publications, AreListedByTextAgencyAndCategory) {
    Service service;
    service.sign_in("registrar").post(kPublications, record());
    auto anybody = service.anonymous();
    EXPECT_EQ(listed(anybody), 1U);
    EXPECT_EQ(listed(anybody, "?q=%E8%A1%A5%E5%81%BF%20%E5%AE%89%E7%BD%AE"), 1U);
    EXPECT_EQ(listed(anybody, "?q=%E9%A2%84%E7%AE%97"), 0U);
    EXPECT_EQ(listed(anybody, "?agency=430500-00"), 1U) << "with the agencies below";
    EXPECT_EQ(listed(anybody, "?agency=430500-02"), 0U);
    EXPECT_EQ(listed(anybody, "?category=project&agency="), 1U);
    EXPECT_EQ(listed(anybody, "?category=policy"), 0U);
    auto const get = [&](std::string_view query) {
        return anybody.get(std::string(kPublications) + std::string(query)).status();
    };
    EXPECT_EQ(get("?agency=430500-99"), 404U);
    EXPECT_EQ(get("?category=nothing"), 400U);
    EXPECT_EQ(get("?limit=0"), 400U);
    EXPECT_EQ(get("?q=%E8%A1%A5"), 422U);
    EXPECT_EQ(get("?cursor=x"), 422U);
    EXPECT_EQ(get("?q=" + std::string(101, 'x')), 400U);
}

TEST(Publications, AreChangedByThoseOfTheAgencyAgainstTheLastVersion) {
    Service service;
    auto registrar = service.sign_in("registrar");
    auto const path = path_of(registrar.post(kPublications, record()).json());
    auto office = service.sign_in("office");
    auto const changed = office.put(path, record("新的标题"), {{"If-Match", "\"1\""}});
    ASSERT_EQ(changed.status(), 200U) << changed.body();
    EXPECT_EQ(changed.json().at("title"), "新的标题");
    EXPECT_EQ(changed.header("ETag"), "\"2\"");
    EXPECT_EQ(office.put(path, record(), {{"If-Match", "\"1\""}}).status(), 412U);
    EXPECT_EQ(office.put(path, record()).status(), 428U);
    EXPECT_EQ(service.sign_in("handler").put(path, record(), {{"If-Match", "\"2\""}}).status(), 403U);
    EXPECT_EQ(service.anonymous().put(path, record(), {{"If-Match", "\"2\""}}).status(), 401U);
    EXPECT_EQ(office.put(std::string(kPublications) + "/nowhere", record(), {{"If-Match", "\"2\""}}).status(), 404U);
}

TEST(Publications, BelongToTheirAgency) {
    Service service;
    storage::Staff neighbour = *service.store().directory().current()->staff({"id-registrar"});
    neighbour.id = {"id-neighbour"};
    neighbour.username = "neighbour";
    neighbour.agency = {"430500-02"};
    neighbour.version = 0;
    auto const employed = service.store().writes().run([&](storage::Connection& connection) {
        return service.store().directory().put(connection, neighbour, {"system_admin", "tests"}, service.time.now());
    });
    ASSERT_TRUE(employed) << employed.error().detail;
    auto const path = path_of(service.sign_in("registrar").post(kPublications, record()).json());
    auto other = service.sign_in("neighbour");
    EXPECT_EQ(other.put(path, record(), {{"If-Match", "\"1\""}}).code(), "other_agency");
    json::object const reason{{"reason", "含有他人住址"}};
    EXPECT_EQ(other.post(path + "/withdraw", reason, {{"If-Match", "\"1\""}}).code(), "other_agency");
}

TEST(Publications, OnceWithdrawnAreGone) {
    Service service;
    auto registrar = service.sign_in("registrar");
    auto const path = path_of(registrar.post(kPublications, record()).json());
    json::object const reason{{"reason", "含有他人住址"}};
    EXPECT_EQ(registrar.post(path + "/withdraw", json::object{}, {{"If-Match", "\"1\""}}).status(), 422U);
    EXPECT_EQ(registrar.post(path + "/withdraw", reason, {{"If-Match", "\"7\""}}).status(), 412U);
    auto const withdrawn = registrar.post(path + "/withdraw", reason, {{"If-Match", "\"1\""}});
    ASSERT_EQ(withdrawn.status(), 200U) << withdrawn.body();
    EXPECT_EQ(withdrawn.json().at("withdrawn_at"), "2026-03-02T09:00:00.000+08:00");
    auto anybody = service.anonymous();
    EXPECT_EQ(anybody.get(path).status(), 410U);
    EXPECT_EQ(registrar.get(path).status(), 200U) << "its agency still sees what it was";
    EXPECT_EQ(listed(anybody), 0U);
    EXPECT_EQ(registrar.put(path, record(), {{"If-Match", "\"2\""}}).status(), 409U);
    EXPECT_EQ(registrar.post(path + "/withdraw", reason, {{"If-Match", "\"2\""}}).status(), 409U);
}

TEST(Publications, FaultsAreNamed) {
    Service service;
    auto registrar = service.sign_in("registrar");
    auto const fault = [&](std::string_view member, json::value const& value) {
        auto form = record();
        form[member] = value;
        auto const reply = registrar.post(kPublications, form);
        EXPECT_EQ(reply.status(), 422U) << reply.body();
        return std::string(reply.json().at("errors").as_array().at(0).at("pointer").as_string());
    };
    for (auto const* url : {"http://plain.example.cn", "//host/path", "javascript:alert(1)", "https://a b", ""}) {
        EXPECT_EQ(fault("url", url), "/url") << url;
    }
    EXPECT_EQ(fault("published_on", "2026-03-03"), "/published_on");
    EXPECT_EQ(fault("category", "nothing"), "/category");
    EXPECT_EQ(fault("title", ""), "/title");
    EXPECT_EQ(fault("agency", "430500-02"), "/agency");
    auto plain = record();
    plain.erase("url");
    plain.erase("document_number");
    EXPECT_EQ(registrar.post(kPublications, plain).status(), 201U);
}

TEST(Suggestions, FindWhatADescriptionResembles) {
    Service service;
    auto registrar = service.sign_in("registrar");
    registrar.post(kPublications, record());
    registrar.post(kPublications, record("市本级预算执行报告"));
    auto const before = service.store().journal().head().size;
    auto anybody = service.anonymous();
    auto const ask = [&](json::object const& request) { return anybody.post(kSuggestions, request); };
    auto const reply = ask({{"description", "我想要2025年的土地征收补偿安置方案"}});
    ASSERT_EQ(reply.status(), 200U) << reply.body();
    auto const& items = reply.json().at("items").as_array();
    ASSERT_FALSE(items.empty());
    EXPECT_EQ(items[0].at("title"), "土地征收补偿安置方案");
    EXPECT_EQ(items[0].at("url"), "/zfxxgk/3.html");
    EXPECT_GT(items[0].at("score").as_int64(), 0);
    EXPECT_TRUE(ask({{"description", "今天的天气"}}).json().at("items").as_array().empty());
    json::object const elsewhere{{"agency", "430500-02"}, {"description", "土地征收补偿安置方案"}};
    EXPECT_TRUE(ask(elsewhere).json().at("items").as_array().empty());
    EXPECT_EQ(ask({{"agency", "430500-99"}, {"description", "土地征收"}}).status(), 404U);
    EXPECT_EQ(ask({{"description", ""}}).status(), 422U);
    EXPECT_EQ(service.store().journal().head().size, before);
}

}  // namespace
}  // namespace server::api
