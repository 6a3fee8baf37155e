#include "storage/office/drafts.hpp"

#include "tests/storage/each_database.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using storage::DraftKind;
using storage::DraftOwner;
using storage::Drafts;

class DraftsTest : public NewDatabase {
protected:
    std::optional<std::string> load(DraftOwner owner, std::string_view name) {
        return drafts_.load(*writer_, owner, name, now_);
    }
    workflow::Result<void> save(DraftOwner owner, std::string_view name, std::string_view content) {
        return drafts_.save(*writer_, owner, name, content, now_ + hours{24});
    }
    std::int64_t rows() {
        auto found = writer_->query("SELECT count(*) FROM drafts");
        return found.next() ? found.int64(0) : -1;
    }

    storage::Key key_ = storage::Key::random();
    storage::Vault vault_{key_};
    Drafts drafts_{vault_};
    workflow::Instant now_ = workflow::parse_instant("2026-04-24T09:00:00+08:00").value();
    DraftOwner const visitor_{DraftKind::Visitor, "token-1"};
};

TEST_P(DraftsTest, KeepsTheLastOfEachName) {
    EXPECT_EQ(load(visitor_, "apply"), std::nullopt);
    ASSERT_TRUE(save(visitor_, "apply", "first"));
    ASSERT_TRUE(save(visitor_, "apply", "second"));
    ASSERT_TRUE(save(visitor_, "correct", "other"));
    EXPECT_EQ(load(visitor_, "apply"), "second");
    EXPECT_EQ(load(visitor_, "correct"), "other");
    drafts_.remove(*writer_, visitor_, "apply");
    EXPECT_EQ(load(visitor_, "apply"), std::nullopt);
    EXPECT_EQ(load(visitor_, "correct"), "other");
}

TEST_P(DraftsTest, BelongToTheirOwnerAndKind) {
    ASSERT_TRUE(save(visitor_, "apply", "mine"));
    EXPECT_EQ(load({DraftKind::Visitor, "token-2"}, "apply"), std::nullopt);
    EXPECT_EQ(load({DraftKind::Account, "token-1"}, "apply"), std::nullopt);
    EXPECT_EQ(load({DraftKind::Visitor, "token-1/a"}, "pply"), std::nullopt);
}

TEST_P(DraftsTest, EndWithTheirTime) {
    ASSERT_TRUE(save(visitor_, "apply", "text"));
    ASSERT_TRUE(drafts_.save(*writer_, {DraftKind::Preferences, "u1"}, "", "columns", std::nullopt));
    now_ += hours{24} - milliseconds{1};
    EXPECT_EQ(load(visitor_, "apply"), "text");
    EXPECT_EQ(drafts_.purge(*writer_, now_, 10), 0);
    EXPECT_EQ(rows(), 2);
    now_ += milliseconds{1};
    EXPECT_EQ(load(visitor_, "apply"), std::nullopt) << "also before the daily run has removed it";
    EXPECT_EQ(drafts_.purge(*writer_, now_, 10), 1);
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(drafts_.load(*writer_, {DraftKind::Preferences, "u1"}, "", now_ + hours{24 * 3650}), "columns");
}

TEST_P(DraftsTest, SavingAgainProlongs) {
    ASSERT_TRUE(save(visitor_, "apply", "text"));
    now_ += hours{23};
    ASSERT_TRUE(save(visitor_, "apply", "more"));
    now_ += hours{23};
    EXPECT_EQ(load(visitor_, "apply"), "more");
}

TEST_P(DraftsTest, TakeNoMoreThanTheirRoom) {
    EXPECT_TRUE(save(visitor_, "apply", std::string(Drafts::kLargest, 'x')));
    auto const longer = save(visitor_, "apply", std::string(Drafts::kLargest + 1, 'y'));
    ASSERT_FALSE(longer);
    EXPECT_EQ(longer.error().code, "draft_too_long");
    EXPECT_EQ(load(visitor_, "apply"), std::string(Drafts::kLargest, 'x'));
}

TEST_P(DraftsTest, AreCountedForEachOwner) {
    for (int i = 0; i < Drafts::kMostOfOneOwner; ++i) ASSERT_TRUE(save(visitor_, std::to_string(i), "text"));
    auto const more = save(visitor_, "one more", "text");
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().code, "too_many_drafts");
    EXPECT_TRUE(save(visitor_, "0", "changed")) << "the ones that are there may change";
    EXPECT_TRUE(save({DraftKind::Visitor, "token-2"}, "one more", "text"));
}

TEST_P(DraftsTest, AreForgottenAFewAtATimeTheOldestFirst) {
    for (auto const* name : {"a", "b", "c"}) {
        ASSERT_TRUE(save(visitor_, name, "text"));
        now_ += hours{1};
    }
    now_ += hours{48};
    EXPECT_EQ(drafts_.purge(*writer_, now_, 2), 2);
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(drafts_.load(*writer_, visitor_, "c", now_ - hours{48}), "text") << "the youngest is left";
    EXPECT_EQ(drafts_.purge(*writer_, now_, 2), 1);
}

/// Visitors whose drafts share a small room.
class DraftRoomTest : public DraftsTest {
protected:
    workflow::Result<void> begin(std::string const& visitor, std::string network, std::string_view content = "text") {
        DraftOwner const owner{DraftKind::Visitor, visitor, storage::DraftRoom{std::move(network), 10, 2, 3}};
        return drafts_.save(*writer_, owner, "apply", content, now_ + hours{24});
    }
};

TEST_P(DraftRoomTest, ANetworkHasItsShareAndAllTogetherTheirs) {
    EXPECT_TRUE(begin("v1", "203.0.113.7"));
    EXPECT_TRUE(begin("v2", "203.0.113.7"));
    auto const third = begin("v3", "203.0.113.7");
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, "no_room_for_drafts");
    EXPECT_TRUE(begin("v4", "203.0.113.8"));
    EXPECT_FALSE(begin("v5", "203.0.113.9")) << "all are taken";
    EXPECT_EQ(rows(), 3);
    EXPECT_TRUE(begin("v1", "203.0.113.7", "changed")) << "what is there may change";
    EXPECT_TRUE(begin("v1", "203.0.113.9", "moved")) << "also from another network";
    EXPECT_FALSE(begin("v3", "203.0.113.7")) << "all are still taken";
}

TEST_P(DraftRoomTest, WhatIsForgottenMakesRoom) {
    ASSERT_TRUE(begin("v1", "203.0.113.7"));
    ASSERT_TRUE(begin("v2", "203.0.113.7"));
    now_ += hours{24};
    EXPECT_FALSE(begin("v3", "203.0.113.7"));
    drafts_.purge(*writer_, now_, 1);
    EXPECT_TRUE(begin("v3", "203.0.113.7"));
}

TEST_P(DraftRoomTest, AreAsLongAsTheRoomAllows) {
    EXPECT_TRUE(begin("v1", "203.0.113.7", std::string(10, 'x')));
    auto const longer = begin("v1", "203.0.113.7", std::string(11, 'y'));
    ASSERT_FALSE(longer);
    EXPECT_EQ(longer.error().code, "draft_too_long");
}

TEST_P(DraftRoomTest, OthersTakeNoneOfIt) {
    for (auto const* name : {"a", "b", "c", "d"}) ASSERT_TRUE(save({DraftKind::Account, "u1"}, name, "text"));
    EXPECT_TRUE(begin("v1", "203.0.113.7"));
    ASSERT_TRUE(begin("v2", "203.0.113.7"));
    ASSERT_TRUE(begin("v3", "203.0.113.8"));
    EXPECT_TRUE(save({DraftKind::Visitor, "v4"}, "receipt", std::string(100, 'x'))) << "a receipt always has its place";
}

TEST_P(DraftsTest, DoNotOpenInAnotherPlace) {
    ASSERT_TRUE(save(visitor_, "a", "text"));
    ASSERT_TRUE(save(visitor_, "b", "other"));
    writer_->execute("UPDATE drafts SET content = (SELECT content FROM drafts ORDER BY row_id LIMIT 1)");
    EXPECT_EQ(load(visitor_, "a"), "text");
    EXPECT_THROW(load(visitor_, "b"), storage::SealBroken);
}

RUN_ON_EACH_DATABASE(DraftRoomTest);
RUN_ON_EACH_DATABASE(DraftsTest);

}  // namespace
