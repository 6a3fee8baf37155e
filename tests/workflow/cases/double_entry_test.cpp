#include "workflow/cases/double_entry.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

Case entry(std::string number, std::string_view received) {
    Case c;
    c.number = Code{std::move(number)};
    c.application = Office::application();
    c.submitted_on = *parse_date(received);
    return c;
}

class DoubleEntry : public ::testing::Test {
protected:
    Case const doubled_ = entry("430500-01-2026-000002", "2026-03-05");
    Case remaining_ = entry("430500-01-2026-000001", "2026-03-05");

    bool fits() const { return fault_of_double(doubled_, remaining_).empty(); }
};

TEST_F(DoubleEntry, IsTheSamePersonsRequestToTheSameAgency) {
    EXPECT_TRUE(fits());
    remaining_.application.applicant.name = "李四";
    EXPECT_FALSE(fits());
    remaining_ = entry("430500-01-2026-000001", "2026-03-05");
    remaining_.application.applicant.id_number = "11010519491231002X";
    EXPECT_FALSE(fits());
    remaining_.application.applicant.id_number.reset();
    EXPECT_TRUE(fits()) << "a paper form without a number";
    remaining_.application.agency = Code{"430500-02"};
    EXPECT_FALSE(fits());
    EXPECT_FALSE(fault_of_double(doubled_, doubled_).empty());
}

TEST_F(DoubleEntry, TakesNoDayFromTheApplicant) {
    remaining_.submitted_on = *parse_date("2026-03-06");
    EXPECT_FALSE(fits());
    remaining_.received_on = parse_date("2026-03-04");
    EXPECT_TRUE(fits());
}

TEST_F(DoubleEntry, LeavesAReplyToCome) {
    for (auto const& outcome : kOutcomes) {
        remaining_.outcome = outcome.value;
        remaining_.concluded_on = parse_date("2026-03-09");
        remaining_.signed_on = remaining_.concluded_on;
        EXPECT_EQ(fits(), rule_of(outcome.value).drafted) << outcome.code;
    }
    remaining_.outcome = Outcome::Other;
    remaining_.signed_on.reset();
    EXPECT_FALSE(fits()) << "it was not registered itself";
}

}  // namespace
}  // namespace workflow
