#include "storage/cases/case_steps.hpp"

#include "tests/storage/city.hpp"

namespace {

using workflow::Action;

class CaseStepsTest : public City {
protected:
    std::int64_t head() const { return store_->journal().size(); }
};

TEST_P(CaseStepsTest, TellWhatHappenedToWhichCase) {
    std::int64_t const start = head();
    std::string const id = submitted("2026-04-24", form(kLow));
    std::string const other = submitted("2026-04-24");
    must(other, Action::ConfirmReceipt, workflow::Remark{"已电话告知"}, top("registrar"), "2026-04-27");
    auto const steps = storage::read_case_steps(*reader_, start, head());
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[0].seq, start + 1);
    EXPECT_EQ(steps[0].case_id, id);
    EXPECT_EQ(steps[0].number, "430521-02-2026-000001");
    EXPECT_EQ(steps[0].agency.value, kLow);
    EXPECT_EQ(steps[0].event.action, Action::Submit);
    EXPECT_EQ(steps[2].case_id, other);
    EXPECT_EQ(steps[2].event.action, Action::ConfirmReceipt);
    EXPECT_EQ(steps[2].event.to, workflow::State::Registered);
    EXPECT_EQ(steps[2].event.at, morning("2026-04-27"));

    EXPECT_EQ(storage::read_case_steps(*reader_, start + 1, start + 2).size(), 1U);
    EXPECT_TRUE(storage::read_case_steps(*reader_, head(), head()).empty());
}

TEST_P(CaseStepsTest, LeaveOutWhatIsNoStepOfACase) {
    std::int64_t const start = head();
    std::string const id = submitted("2026-04-24");
    ASSERT_TRUE(write([&](Connection& c) -> workflow::Result<int> {
        auto const at = morning("2026-04-24");
        auto const on = day("2026-04-24");
        // About the same case, but of another object; and about master data.
        store_->journal().append(
            c, {.at = at, .on = on, .action = "recompute", .by = kAdmin, .object = {"clock", id}, .data = {}}
        );
        storage::Department const department{{"430500-01-d9"}, {std::string(kTop)}, "某科"};
        auto const put = store_->directory().put(c, department, kAdmin, at);
        if (!put) return put.error();
        return 0;
    }));
    EXPECT_EQ(head(), start + 3);
    EXPECT_EQ(storage::read_case_steps(*reader_, start, head()).size(), 1U);
}

RUN_ON_EACH_DATABASE(CaseStepsTest);

}  // namespace
