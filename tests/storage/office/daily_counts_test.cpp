#include "storage/office/daily_counts.hpp"

#include "tests/storage/each_database.hpp"

#include <gtest/gtest.h>

namespace {

class DailyCountsTest : public NewDatabase {
protected:
    std::int64_t add(std::string_view what, std::string_view whose, std::string_view day) {
        return counts_.add(*writer_, what, whose, workflow::parse_date(day).value());
    }
    std::int64_t rows() {
        auto found = writer_->query("SELECT count(*) FROM daily_counts");
        return found.next() ? found.int64(0) : -1;
    }

    storage::Key key_ = storage::Key::random();
    storage::Vault vault_{key_};
    storage::DailyCounts counts_{vault_};
};

TEST_P(DailyCountsTest, CountWhatAndWhoseApart) {
    EXPECT_EQ(add("applications", "203.0.113.7", "2026-04-24"), 1);
    EXPECT_EQ(add("applications", "203.0.113.7", "2026-04-24"), 2);
    EXPECT_EQ(add("applications", "203.0.113.8", "2026-04-24"), 1);
    EXPECT_EQ(add("codes", "203.0.113.7", "2026-04-24"), 1);
    EXPECT_EQ(add("applications", "203.0.113.7", "2026-04-24"), 3);
}

TEST_P(DailyCountsTest, BeginAnewWithTheDay) {
    add("applications", "203.0.113.7", "2026-04-24");
    add("applications", "203.0.113.7", "2026-04-24");
    EXPECT_EQ(add("applications", "203.0.113.7", "2026-04-25"), 1);
    EXPECT_EQ(rows(), 1) << "the day before is not kept beside it";
}

TEST_P(DailyCountsTest, AreForgottenAfterTheirDay) {
    add("applications", "203.0.113.7", "2026-04-24");
    add("applications", "203.0.113.8", "2026-04-25");
    counts_.purge(*writer_, workflow::parse_date("2026-04-25").value());
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(add("applications", "203.0.113.8", "2026-04-25"), 2) << "today stays";
}

TEST_P(DailyCountsTest, WhatIsRolledBackHasNotHappened) {
    add("applications", "203.0.113.7", "2026-04-24");
    {
        storage::Transaction transaction(*writer_, storage::Access::write);
        add("applications", "203.0.113.7", "2026-04-24");
    }
    EXPECT_EQ(add("applications", "203.0.113.7", "2026-04-24"), 2);
}

RUN_ON_EACH_DATABASE(DailyCountsTest);

}  // namespace
