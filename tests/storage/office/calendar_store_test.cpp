#include "tests/storage/city.hpp"

#include "storage/journal/canonical_json.hpp"
#include "workflow/time/holidays.hpp"

namespace {

using workflow::CalendarYear;
using workflow::RefusalKind;
using workflow::Result;

class CalendarStoreTest : public City {
protected:
    Result<void> put(CalendarYear year) {
        return write([&](Connection& c) { return store_->calendar().put(c, year, kAdmin, morning("2026-05-06")); });
    }
    /// 2026 with one more day off, a Wednesday.
    CalendarYear longer() const {
        CalendarYear year = *store_->calendar().current()->find(2026);
        year.off.push_back({day("2026-06-10"), "临时放假"});
        return year;
    }
};

TEST_P(CalendarStoreTest, BeginsWithTheStatutoryYears) {
    auto const calendar = store_->calendar().current();
    auto const statutory = workflow::statutory_years();
    ASSERT_EQ(calendar->years().size(), statutory.size());
    EXPECT_TRUE(std::ranges::equal(calendar->years(), statutory));
}

TEST_P(CalendarStoreTest, KeepsEveryVersionAndUsesTheLast) {
    ASSERT_TRUE(put(longer()));
    EXPECT_FALSE(store_->calendar().current()->is_workday(day("2026-06-10")));
    auto const entry = storage::read_entries_of(*reader_, {"calendar", "2026"});
    ASSERT_EQ(entry.size(), 1U);
    auto const record = storage::parse_json(entry[0].record)->as_object();
    EXPECT_EQ(record.at("action"), "put_calendar");
    EXPECT_EQ(record.at("data").as_object().at("version"), 2);

    reopen();
    EXPECT_FALSE(store_->calendar().current()->is_workday(day("2026-06-10")));
    EXPECT_EQ(number("SELECT count(*) FROM calendar_years WHERE year = 2026"), 2);
}

TEST_P(CalendarStoreTest, RefusesAnImpossibleYear) {
    CalendarYear year = longer();
    year.work.push_back({day("2026-06-10"), "既放假又上班"});
    auto const refused = put(year);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, RefusalKind::Invalid);
    EXPECT_FALSE(store_->calendar().with(year));
    EXPECT_EQ(number("SELECT count(*) FROM calendar_years WHERE year = 2026"), 1);
}

TEST_P(CalendarStoreTest, PreviewStoresNothing) {
    auto const preview = store_->calendar().with(longer());
    ASSERT_TRUE(preview);
    EXPECT_FALSE(preview->is_workday(day("2026-06-10")));
    EXPECT_TRUE(store_->calendar().current()->is_workday(day("2026-06-10")));
}

TEST_P(CalendarStoreTest, AChangeMovesTheOpenCasesAndSaysSo) {
    std::string const open = submitted("2026-05-20");
    std::string const early = submitted("2026-04-01");  // due before the new day off
    auto const due = [&](std::string const& id) {
        auto rows = reader_->query("SELECT coalesce(reply_due, '') FROM cases WHERE id = $1", id);
        EXPECT_TRUE(rows.next());
        return std::string(rows.text(0));
    };
    std::string const before = due(open);
    std::string const early_before = due(early);

    auto const calendar = store_->calendar().with(longer());
    auto const moved = store_->cases().moved_by(*reader_, *calendar, day("2026-05-21"));
    ASSERT_EQ(moved.size(), 1U);
    EXPECT_EQ(moved[0].number, facts(open).number.value);
    EXPECT_EQ(workflow::to_string(moved[0].before.value()), before);

    auto const done = write([&](Connection& c) -> Result<int> {
        auto put = store_->calendar().put(c, longer(), kAdmin, morning("2026-05-21"));
        if (!put) return put.error();
        store_->cases().reproject_open(c, kAdmin, morning("2026-05-21"));
        return 0;
    });
    ASSERT_TRUE(done);
    EXPECT_EQ(due(open), workflow::to_string(moved[0].after.value()));
    EXPECT_GT(due(open), before);
    EXPECT_EQ(due(early), early_before);
    auto const entries = storage::read_entries_of(*reader_, {"clock", open});
    ASSERT_EQ(entries.size(), 1U);
    auto const record = storage::parse_json(entries[0].record)->as_object();
    EXPECT_EQ(record.at("action"), "recompute");
    EXPECT_EQ(record.at("data").as_object().at("old"), before.c_str());
    EXPECT_EQ(record.at("data").as_object().at("new"), due(open).c_str());
    EXPECT_TRUE(storage::read_entries_of(*reader_, {"clock", early}).empty());
    EXPECT_TRUE(refold().empty());
}

RUN_ON_EACH_DATABASE(CalendarStoreTest);

}  // namespace
