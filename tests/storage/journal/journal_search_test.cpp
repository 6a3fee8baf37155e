#include "storage/journal/journal_search.hpp"

#include <vector>

#include "tests/storage/journal/journal_fixture.hpp"

namespace {

class JournalSearchTest : public JournalFixture {
protected:
    /// The numbers of what is found.
    std::vector<std::int64_t> find(storage::JournalSearch const& search) {
        std::vector<std::int64_t> numbers;
        for (auto const& entry : storage::find_entries(*writer_, search)) numbers.push_back(entry.seq);
        return numbers;
    }
};

using Numbers = std::vector<std::int64_t>;

TEST_P(JournalSearchTest, ReadsForwardsAndBackwards) {
    fill(10);
    EXPECT_EQ(find({.from = 4, .limit = 3}), (Numbers{4, 5, 6}));
    EXPECT_EQ(find({.newest_first = true, .from = 6, .limit = 3}), (Numbers{6, 5, 4}));
    EXPECT_EQ(find({.newest_first = true, .from = INT64_MAX, .limit = 2}), (Numbers{10, 9}));
}

TEST_P(JournalSearchTest, FindsByObjectAndByAction) {
    fill(10);
    EXPECT_EQ(find({.object_type = "case", .object_id = "case1"}), (Numbers{2, 5, 8}));
    EXPECT_EQ(find({.object_type = "case", .limit = 2}), (Numbers{1, 2}));
    EXPECT_EQ(find({.object_type = "staff"}), Numbers{});
    EXPECT_EQ(find({.action = "submit"}), (Numbers{1, 6}));
    EXPECT_EQ(
        find({.object_type = "case", .object_id = "case2", .action = "submit", .newest_first = true, .from = 10}),
        (Numbers{6})
    );
    EXPECT_EQ(find({.action = "sub"}), Numbers{}) << "a whole action, not its beginning";
    EXPECT_EQ(find({.action = "accept\",\"at"}), Numbers{}) << "a code, not a piece of the record";
}

RUN_ON_EACH_DATABASE(JournalSearchTest);

}  // namespace
