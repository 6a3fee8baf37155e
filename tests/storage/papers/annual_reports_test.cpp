#include "storage/papers/annual_reports.hpp"

#include "tests/storage/city.hpp"
#include "tests/workflow/reports/published_tables.hpp"

#include <vector>

namespace {

using storage::ReportKey;
using workflow::Action;
using workflow::Code;

class AnnualReportsTest : public City {
protected:
    storage::CountedTables counted(int year, std::optional<std::string_view> as_of = {}) {
        storage::Transaction const snapshot(*reader_, storage::Access::read);
        std::vector<Code> const agencies{Code{std::string(kTop)}, Code{std::string(kMiddle)}};
        auto const when = as_of ? std::optional(day(*as_of)) : std::nullopt;
        return storage::count_annual(*reader_, agencies, year, when);
    }

    void withdraw(std::string const& id, std::string_view on) {
        must(id, Action::Withdraw, oral_withdrawal("申请人不再需要该信息", on), top("registrar"), on);
    }

    void open_dispute(std::string const& id, workflow::DisputeKind kind, std::string_view on) {
        workflow::DisputeOpening opening;
        opening.kind = kind;
        opening.authority = "邵阳市人民政府";
        opening.received_on = day(on);
        opening.reference = Code{"邵府复〔2026〕7号"};
        must(id, Action::OpenDispute, opening, top("legal-reviewer"), on);
    }

    void close_dispute(std::string const& id, std::string_view on) {
        workflow::DisputeEnd const end{Code{"d1"}, workflow::DisputeResult::Corrected, day(on)};
        must(id, Action::CloseDispute, end, top("legal-reviewer"), on);
    }

    static workflow::LedgerRecord line(
        workflow::ApplicantKind kind, int year, std::optional<workflow::Outcome> outcome, int ended
    ) {
        workflow::LedgerRecord record;
        record.application.agency = Code{std::string(kTop)};
        record.application.applicant.kind = kind;
        record.application.applicant.name = "申请人";
        record.application.items = {{"征地补偿方案", {}, "征地补偿方案"}};
        record.received_on = day(std::to_string(year) + "-11-03");
        record.state = outcome ? workflow::State::Archived : workflow::State::Handling;
        record.outcome = outcome;
        if (outcome) record.concluded_on = day(std::to_string(ended) + "-12-01");
        record.source.batch = Code{"b1"};
        return record;
    }

    std::string import(workflow::LedgerRecord const& record, std::string_view now = "2026-03-02") {
        workflow::Actor system;
        system.roles = {workflow::Role::System};
        workflow::Command const command{Action::Import, record};
        auto const made =
            write([&](Connection& c) { return store_->cases().create(c, command, system, morning(now)); });
        EXPECT_TRUE(made) << made.error().detail;
        return made ? made->stored.id : std::string();
    }

    using Filter = storage::CaseFilter;

    /// All the cases that a filter lets through.
    std::vector<storage::CaseRow> listed(auto restrict) {
        storage::CaseScope everywhere;
        everywhere.everything = true;
        Filter filter;
        restrict(filter);
        return store_->cases().list(*reader_, everywhere, filter)->items;
    }

    storage::Author const office_{"office_head", "430500-01-office-head"};
    ReportKey const key_{Code{std::string(kTop)}, storage::ReportScope::Tree, 2026};
};

TEST_P(AnnualReportsTest, FiguresOfAPastDayAreWhatWasAskedThen) {
    std::vector<std::pair<std::string, storage::CountedTables>> asked;
    auto const ask = [&](std::string const& on) { asked.emplace_back(on, counted(2026)); };
    std::string const first = submitted("2025-12-30");
    ask("2026-01-05");
    withdraw(first, "2026-01-06");
    ask("2026-01-06");
    std::string const second = handled("2026-02-02");
    open_dispute(second, workflow::DisputeKind::Review, "2026-02-03");
    ask("2026-02-03");
    close_dispute(second, "2026-03-04");
    submitted("2026-03-04", form(kLow));
    ask("2026-03-04");
    import(line(workflow::ApplicantKind::Business, 2025, workflow::Outcome::NotHeld, 2026 - 1), "2026-03-05");
    ask("2026-03-05");

    for (auto const& [on, tables] : asked) EXPECT_EQ(counted(2026, on), tables) << on;
    EXPECT_EQ(counted(2026, "2025-12-29"), storage::CountedTables{});
    EXPECT_NE(asked.front().second, asked.back().second);
    EXPECT_EQ(asked[1].second.table3[22].back(), 1) << "withdrawn, carried in from the year before";
    EXPECT_EQ(asked[2].second.table4[0], (workflow::Table4Block{0, 0, 0, 1, 1}));
    EXPECT_EQ(asked[3].second.table4[0], (workflow::Table4Block{0, 1, 0, 0, 1}));
    EXPECT_TRUE(refold().empty());
}

/// One case for each of a table's figures, imported.
void import_table(workflow::Table3 const& table, auto const& bring) {
    for (std::size_t column = 0; column + 1 < workflow::kTable3Columns; ++column) {
        std::int64_t before = table[1][column];  // these were received the year before
        for (std::size_t row = 2; row < table.size(); ++row) {
            if (workflow::kTable3Rows[row].count == workflow::Table3Count::Total) continue;
            for (std::int64_t n = 0; n < table[row][column]; ++n) {
                auto const outcomes = workflow::outcomes_of_row(row);
                auto const outcome = outcomes.empty() ? std::nullopt : std::optional(outcomes.front());
                bring(workflow::kApplicantKinds[column].value, before-- > 0, outcome);
            }
        }
    }
}

TEST_P(AnnualReportsTest, APublishedTableComesBackFromItsCases) {
    // The smallest of them by this road; all of them as files: tests/server/api/reports/imports_test.cpp.
    auto const& published = workflow::kPublishedTables.front();
    workflow::Actor system;
    system.roles = {workflow::Role::System};
    auto const made = write([&](Connection& c) -> workflow::Result<int> {
        int failures = 0;
        import_table(
            published.table3,
            [&](workflow::ApplicantKind kind, bool carried, std::optional<workflow::Outcome> outcome) {
                auto const record = line(kind, published.year - (carried ? 1 : 0), outcome, published.year);
                workflow::Command const command{Action::Import, record};
                failures += store_->cases().create(c, command, system, morning("2026-03-02")) ? 0 : 1;
            }
        );
        return failures;
    });
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(*made, 0);
    EXPECT_EQ(counted(published.year).table3, published.table3);
    EXPECT_TRUE(listed([](Filter& f) { f.batch = Code{"b1"}; }).front().imported);
}

TEST_P(AnnualReportsTest, KeepsWhatWasTypedAndPublished) {
    workflow::TypedPart typed;
    typed.table2.fees = Code{"12.5"};
    typed.overview = "总体情况良好。";
    auto const type = [&](std::int64_t version, std::string_view on) {
        return write([&](Connection& c) {
            return storage::type_report(c, store_->journal(), key_, typed, version, office_, morning(on));
        });
    };
    EXPECT_EQ(storage::typed_part(*reader_, key_).version, 0);
    EXPECT_EQ(type(0, "2026-03-02")->version, 1);
    EXPECT_EQ(type(0, "2026-03-03").error().code, storage::stale_record().code);
    EXPECT_EQ(storage::typed_part(*reader_, key_).typed, typed);
    EXPECT_EQ(storage::typed_part(*reader_, key_, day("2026-03-01")).version, 0);

    auto const publish = [&](std::string reason, std::string_view on) {
        return write([&](Connection& c) {
            std::vector<storage::ReportFile> const files{{"json", "the figures " + std::string(on)}};
            auto const tables = storage::count_annual(c, std::vector{key_.agency}, key_.year);
            return storage::publish_report(c, store_->journal(), key_, tables, reason, files, office_, morning(on));
        });
    };
    ASSERT_TRUE(publish("", "2026-03-04"));
    EXPECT_EQ(publish("没有变化", "2026-03-04").error().code, "nothing_to_correct");
    submitted("2026-03-05");
    EXPECT_EQ(publish("", "2026-03-05").error().code, "invalid_input");
    auto const corrected = publish("补登一件申请", "2026-03-06");
    ASSERT_TRUE(corrected) << corrected.error().detail;
    EXPECT_EQ(corrected->version, 2);
    ASSERT_EQ(corrected->changes.size(), 4U) << "received and carried out, in its column and in the sum";
    EXPECT_EQ(corrected->changes[0].where, "表三 一、本年新收政府信息公开申请数量 自然人");
    EXPECT_EQ(storage::published_file(*reader_, key_, 1, "json"), "the figures 2026-03-04");
    EXPECT_EQ(storage::published_file(*reader_, key_, 2, "json"), "the figures 2026-03-06");
    EXPECT_EQ(storage::published_file(*reader_, key_, 3, "json"), std::nullopt);
    EXPECT_EQ(storage::publications_of(*reader_, key_).size(), 2U);
    EXPECT_EQ(storage::publications_of(*reader_, key_, day("2026-03-05")).size(), 1U);
}

TEST_P(AnnualReportsTest, EachCellListsItsCases) {
    std::string const open = submitted("2025-12-30");
    std::string const gone = submitted("2026-01-05");
    withdraw(gone, "2026-01-06");
    open_dispute(gone, workflow::DisputeKind::DirectSuit, "2026-02-03");
    using Ids = std::vector<std::string>;
    auto const ids = [&](auto restrict) {
        Ids found;
        for (auto const& row : listed(restrict)) found.push_back(row.id);
        return found;
    };
    EXPECT_EQ(ids([](Filter& f) { f.open_on = day("2025-12-31"); }), Ids{open});
    EXPECT_EQ(ids([](Filter& f) { f.open_on = day("2026-01-05"); }), (Ids{open, gone}));
    EXPECT_EQ(ids([](Filter& f) { f.open_on = day("2026-12-31"); }), Ids{open});
    EXPECT_EQ(ids([](Filter& f) { f.applicant_kind = workflow::ApplicantKind::Business; }), Ids{});
    EXPECT_EQ(ids([](Filter& f) { f.outcomes = {workflow::Outcome::Withdrawn, workflow::Outcome::Other}; }), Ids{gone});
    storage::CaseFilter::InDispute dispute{workflow::DisputeKind::DirectSuit, {}, true, 2026};
    EXPECT_EQ(ids([&](Filter& f) { f.dispute = dispute; }), Ids{gone});
    dispute.pending = false;
    EXPECT_EQ(ids([&](Filter& f) { f.dispute = dispute; }), Ids{gone}) << "decided or pending";
    dispute.result = workflow::DisputeResult::Corrected;
    EXPECT_EQ(ids([&](Filter& f) { f.dispute = dispute; }), Ids{}) << "not decided yet";
    EXPECT_EQ(ids([](Filter& f) { f.anew = true; }), Ids{});
}

TEST_P(AnnualReportsTest, AnImportedCaseIsAsItsLedgerHasIt) {
    auto record = line(workflow::ApplicantKind::LegalService, 2025, workflow::Outcome::NotHeld, 2025);
    record.source.number = "2025-17";
    record.reply_number = Code{"邵政公开〔2025〕答第9号"};
    std::string const id = import(record);
    auto const c = facts(id);
    EXPECT_EQ(c.state, workflow::State::Archived);
    EXPECT_EQ(c.received_on, day("2025-11-03"));
    EXPECT_EQ(c.concluded_on, day("2025-12-01"));
    EXPECT_EQ(c.number.value, "430500-01-2025-000001");
    EXPECT_EQ(c.ledger->number, "2025-17");
    auto const found = listed([](Filter& f) { f.text = "2025-17"; });
    ASSERT_EQ(found.size(), 1U) << "found by its number in the ledger";
    EXPECT_TRUE(store_->cases().in_ledger(*reader_, {std::string(kTop)}, {Code{"b2"}, "2025-17", {}}));
    EXPECT_FALSE(store_->cases().in_ledger(*reader_, {std::string(kMiddle)}, {Code{"b2"}, "2025-17", {}}));
    EXPECT_TRUE(refold().empty());
}

RUN_ON_EACH_DATABASE(AnnualReportsTest);

}  // namespace
