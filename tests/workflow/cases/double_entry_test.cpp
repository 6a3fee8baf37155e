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

TEST_F(DoubleEntry, AsksForTheSameInTheSameWords) {
    remaining_.application.items.front().title += " ";
    EXPECT_TRUE(fits());
    remaining_.application.items.front().title = "2024年农村公路养护资金分配表";
    EXPECT_FALSE(fits()) << "another year is another request";
}

TEST_F(DoubleEntry, NeedsMoreThanTheName) {
    remaining_.application.applicant.id_number.reset();
    remaining_.application.applicant.phone = "13900000000";
    EXPECT_TRUE(fits()) << "the same address";
    remaining_.application.applicant.address = "湖南省邵阳市大祥区";
    EXPECT_FALSE(fits()) << "a namesake";
}

TEST_F(DoubleEntry, LeavesAReplyToCome) {
    remaining_.rejection = ProposedRejection{};
    EXPECT_FALSE(fits()) << "both would be gone";
    remaining_.rejection.reset();
    remaining_.outcome = Outcome::NotHeld;
    remaining_.concluded_on = parse_date("2026-03-09");
    EXPECT_FALSE(fits()) << "what is handed in after a reply is answered";
}

}  // namespace
}  // namespace workflow
