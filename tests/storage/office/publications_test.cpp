#include "tests/storage/city.hpp"

#include "storage/journal/canonical_json.hpp"
#include "storage/vault/vault.hpp"

namespace {

using storage::Publication;
using storage::PublicationFilter;
using workflow::Code;
using workflow::PublicationCategory;
using workflow::RefusalKind;
using Titles = std::vector<std::string>;

class PublicationsTest : public City {
protected:
    static Publication record(std::string title, std::string_view on, std::string_view agency = kTop) {
        Publication made;
        made.id.value = storage::random_id();
        made.agency.value = agency;
        made.title = std::move(title);
        made.published_on = day(on);
        made.category = PublicationCategory::Policy;
        made.summary = "全文";
        return made;
    }
    workflow::Result<Publication> put(Publication publication) {
        return write([&](Connection& c) {
            return store_->publications().put(c, publication, kRegistrar, morning("2026-04-24"));
        });
    }
    workflow::Result<Publication> withdraw(Publication const& publication) {
        return write([&](Connection& c) {
            return store_->publications().withdraw(
                c, publication.id, publication.version, "含有住址", kRegistrar, morning("2026-04-25")
            );
        });
    }
    Titles titles(PublicationFilter const& filter) {
        Titles found;
        for (auto const& each : store_->publications().list(*reader_, filter).value().items) {
            found.push_back(each.title);
        }
        return found;
    }
    Titles with(std::string text) {
        PublicationFilter filter;
        filter.text = std::move(text);
        return titles(filter);
    }
    Titles suggested(std::string_view description, std::vector<Code> const& agencies = {}) {
        Titles found;
        for (auto const& each : store_->publications().suggest(*reader_, agencies, description, 5)) {
            found.push_back(each.publication.title);
        }
        return found;
    }
    boost::json::object last_record() {
        auto const entries = storage::read_entries(*reader_, store_->journal().head().size, 1);
        return storage::parse_json(entries.at(0).record)->as_object();
    }

    inline static storage::Author const kRegistrar{"registrar", "430500-01-registrar"};
};

TEST_P(PublicationsTest, AreReadBackAsTheyWerePut) {
    auto made = record("土地征收补偿办法", "2025-03-14");
    made.document_number = "示政发〔2023〕9号";
    made.category = PublicationCategory::Answer;
    made.url = "/zfxxgk/9.html";
    auto const stored = put(made);
    ASSERT_TRUE(stored) << stored.error().detail;
    auto const found = store_->publications().find(*reader_, made.id.value);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->title, made.title);
    EXPECT_EQ(found->agency, made.agency);
    EXPECT_EQ(found->document_number, made.document_number);
    EXPECT_EQ(found->published_on, made.published_on);
    EXPECT_EQ(found->category, made.category);
    EXPECT_EQ(found->url, made.url);
    EXPECT_EQ(found->summary, made.summary);
    EXPECT_EQ(found->version, 1);
    EXPECT_FALSE(found->withdrawn_at);
    EXPECT_FALSE(store_->publications().find(*reader_, "nowhere"));
}

TEST_P(PublicationsTest, EachChangeNeedsTheLastVersionAndIsJournaled) {
    auto stored = put(record("旧标题", "2025-03-14")).value();
    stored.title = "新标题";
    ASSERT_TRUE(put(stored));
    auto const entry = last_record();
    EXPECT_EQ(entry.at("action"), "put_publication");
    EXPECT_EQ(entry.at("object").at("id"), stored.id.value.c_str());
    EXPECT_EQ(storage::to_canonical(entry).find("新标题"), std::string::npos) << "free text is sealed";
    auto const entries = store_->journal().head().size;
    auto const again = put(stored);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, RefusalKind::Stale);
    stored.id = Code{storage::random_id()};
    EXPECT_EQ(put(stored).error().kind, RefusalKind::NotFound);
    EXPECT_EQ(store_->journal().head().size, entries);
    EXPECT_EQ(with("标题"), Titles{"新标题"});
    EXPECT_EQ(with("旧标题"), Titles{});
}

TEST_P(PublicationsTest, WithdrawnOnesAreFoundNowhereButByTheirId) {
    auto const stored = put(record("居民住址公示名单", "2025-03-14")).value();
    auto const withdrawn = withdraw(stored);
    ASSERT_TRUE(withdrawn) << withdrawn.error().detail;
    EXPECT_EQ(last_record().at("action"), "withdraw_publication");
    EXPECT_EQ(titles({}), Titles{});
    EXPECT_EQ(with("住址"), Titles{});
    EXPECT_EQ(suggested("居民住址公示名单"), Titles{});
    EXPECT_EQ(store_->publications().find(*reader_, stored.id.value)->withdrawn_at, morning("2026-04-25"));
    EXPECT_EQ(withdraw(*withdrawn).error().code, "publication_withdrawn");
    EXPECT_EQ(put(*withdrawn).error().code, "publication_withdrawn");
}

TEST_P(PublicationsTest, AreListedNewestFirstPageByPage) {
    for (auto const* on : {"2025-01-02", "2025-03-04", "2025-03-04", "2024-12-31"}) {
        ASSERT_TRUE(put(record("于" + std::string(on) + '/' + std::to_string(titles({}).size()), on)));
    }
    Titles const all{"于2025-03-04/2", "于2025-03-04/1", "于2025-01-02/0", "于2024-12-31/3"};
    EXPECT_EQ(titles({}), all);
    PublicationFilter filter;
    filter.limit = 1;
    Titles paged;
    do {
        auto const page = store_->publications().list(*reader_, filter).value();
        paged.push_back(page.items.at(0).title);
        filter.cursor = page.next_cursor.value_or("");
    } while (!filter.cursor.empty());
    EXPECT_EQ(paged, all);
    for (auto const* wrong :
         {"x", "newest", "newest_2025-03-04_", "newest_2025-03-04_0", "oldest_2025-03-04_1", "newest_2025-03-04_1 "}) {
        filter.cursor = wrong;
        EXPECT_EQ(store_->publications().list(*reader_, filter).error().code, "bad_cursor") << wrong;
    }
}

TEST_P(PublicationsTest, AreFilteredByAgencyCategoryAndText) {
    auto plan = record("滨江新区控制性详细规划", "2025-01-02", kLow);
    plan.category = PublicationCategory::Planning;
    plan.document_number = "示政函〔2024〕56号";
    ASSERT_TRUE(put(plan));
    ASSERT_TRUE(put(record("2025年 Wi-Fi 建设指南", "2025-01-01")));
    PublicationFilter filter;
    filter.agencies = {{std::string(kLow)}, {std::string(kMiddle)}};
    EXPECT_EQ(titles(filter), Titles{plan.title});
    filter.agencies = {{std::string(kMiddle)}};
    EXPECT_EQ(titles(filter), Titles{});
    filter = {};
    filter.category = PublicationCategory::Planning;
    EXPECT_EQ(titles(filter), Titles{plan.title});
    EXPECT_EQ(with("控制性 详细"), Titles{plan.title});
    EXPECT_EQ(with("示政函（２０２４）56"), Titles{plan.title});
    EXPECT_EQ(with("WIFI"), Titles{"2025年 Wi-Fi 建设指南"});
    EXPECT_EQ(with("详细控制"), Titles{}) << "the pairs alone do not make a match";
    EXPECT_EQ(with("规划示政"), Titles{}) << "no match runs from one text into the next";
    EXPECT_EQ(with("%规划_"), Titles{plan.title});
    filter = {};
    filter.text = "规";
    EXPECT_EQ(store_->publications().list(*reader_, filter).error().code, "search_text_too_short");
}

TEST_P(PublicationsTest, SuggestsWhatSharesTheRarestWords) {
    ASSERT_TRUE(put(record("石桥村集体土地征收补偿安置方案", "2025-01-01")));
    ASSERT_TRUE(put(record("国有土地上房屋征收补偿办法", "2025-01-02")));
    ASSERT_TRUE(put(record("城区义务教育学校学区划分方案", "2025-01-03", kLow)));
    ASSERT_TRUE(put(record("市本级预算执行和决算报告", "2025-01-04")));
    auto const land = suggested("想要石桥村的土地征收补偿安置方案和公告");
    ASSERT_FALSE(land.empty());
    EXPECT_EQ(land.front(), "石桥村集体土地征收补偿安置方案");
    EXPECT_EQ(std::ranges::find(land, "市本级预算执行和决算报告"), land.end());
    EXPECT_EQ(suggested("2026年小学学区划分方案"), Titles{"城区义务教育学校学区划分方案"});
    EXPECT_EQ(suggested("2026年小学学区划分方案", {{std::string(kTop)}}), Titles{});
    EXPECT_EQ(suggested("学区"), Titles{"城区义务教育学校学区划分方案"});
    EXPECT_EQ(suggested("今天天气怎么样"), Titles{});
    EXPECT_EQ(suggested("，。"), Titles{});
    auto const scored = store_->publications().suggest(*reader_, {}, "市本级预算执行和决算报告", 1);
    ASSERT_EQ(scored.size(), 1U);
    EXPECT_EQ(scored[0].score, 100);
}

RUN_ON_EACH_DATABASE(PublicationsTest);

}  // namespace
