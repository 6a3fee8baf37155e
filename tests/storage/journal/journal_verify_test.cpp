#include "storage/journal/journal_verify.hpp"

#include "tests/storage/journal/journal_fixture.hpp"

#include <array>
#include <string>

namespace {

using storage::KnownHead;
using storage::verify_journal;

class JournalVerify : public JournalFixture {
protected:
    void SetUp() override {
        JournalFixture::SetUp();
        fill(20);
        // What somebody with the database file in his hands would do first.
        writer_->run_script(
            "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete; DROP TRIGGER journal_sealed_no_update;"
            "DROP TRIGGER journal_sealed_no_delete; DROP TRIGGER journal_node_no_update;"
            "DROP TRIGGER journal_node_no_delete"
        );
    }

    /// Changes a copy of the stored journal by `sql` and expects the fault at `seq`.
    void expect_fault(std::string const& sql, std::int64_t seq) {
        TemporaryFolder const copy;
        std::filesystem::copy_file(whole_file(), copy / "test.db");
        auto const forged = GetParam().make(copy / "test.db")->open_writer();
        GetParam().ignore_references(*forged);
        forged->run_script(sql);
        auto const report = verify_journal(*forged);
        ASSERT_TRUE(report.fault) << sql;
        EXPECT_EQ(report.fault->seq, seq) << sql << ": " << report.fault->what;
        EXPECT_EQ(report.head.size, seq - 1) << "the head is that of the good part";
    }
};

TEST_P(JournalVerify, FindsNothingWrongWithAJournalAsWritten) {
    auto const report = verify_journal(*writer_);
    EXPECT_FALSE(report.fault);
    EXPECT_EQ(report.head.size, 20);
    EXPECT_EQ(report.head.root, journal_->head().root);
    EXPECT_EQ(report.head.chain, journal_->head().chain);
    EXPECT_EQ(report.head.at, journal_->head().at);
}

TEST_P(JournalVerify, FindsAChangedByteInAnyRecord) {
    for (int seq = 1; seq <= 20; ++seq) {
        std::string const row = std::to_string(seq);
        expect_fault(
            "UPDATE journal SET record = CAST(replace(CAST(record AS TEXT), '\"v\":1', '\"v\":2') AS BLOB) WHERE seq "
            "= " +
                row,
            seq
        );
        expect_fault("UPDATE journal SET leaf = chain WHERE seq = " + row, seq);
        expect_fault("UPDATE journal SET chain = leaf WHERE seq = " + row, seq);
    }
}

TEST_P(JournalVerify, FindsMissingEntries) {
    expect_fault("DELETE FROM journal WHERE seq = 1", 1);
    expect_fault("DELETE FROM journal WHERE seq = 7", 7);
    expect_fault("DELETE FROM journal WHERE seq = 20", 20);  // its sealed content and nodes are still there
}

TEST_P(JournalVerify, FindsChangedMissingAndAdditionalNodes) {
    expect_fault(
        "UPDATE journal_node SET hash = (SELECT chain FROM journal WHERE seq = 1) WHERE level = 1 AND idx = 3", 8
    );
    expect_fault(
        "UPDATE journal_node SET hash = (SELECT chain FROM journal WHERE seq = 1) WHERE level = 4 AND idx = 0", 16
    );
    expect_fault("DELETE FROM journal_node WHERE level = 2 AND idx = 1", 8);
    expect_fault("INSERT INTO journal_node VALUES (1, 10, (SELECT chain FROM journal WHERE seq = 1))", 21);
    expect_fault("INSERT INTO journal_node VALUES (5, 0, (SELECT chain FROM journal WHERE seq = 1))", 21);
}

TEST_P(JournalVerify, FindsEntriesMovedToAnotherObject) {
    expect_fault("UPDATE journal SET object_id = 'case9' WHERE seq = 4", 4);
    expect_fault("UPDATE journal SET object_type = 'staff' WHERE seq = 6", 6);  // one with sealed members
}

TEST_P(JournalVerify, FindsMissingAndAdditionalSealedContent) {
    expect_fault("DELETE FROM journal_sealed WHERE seq = 11", 11);
    expect_fault("INSERT INTO journal_sealed VALUES (12, x'00')", 12);
    expect_fault("INSERT INTO journal_sealed VALUES (99, x'00')", 21);
}

TEST_P(JournalVerify, HistoryRewrittenWithCareShowsAgainstAKnownHead) {
    KnownHead const known{12, journal_->head().root};  // wrong on purpose: the root of 20, not of 12
    EXPECT_EQ(verify_journal(*writer_, std::array{known}).fault->seq, 13);

    // The whole journal written anew with another fifth entry: sound in itself.
    TemporaryFolder other;
    auto const forged = GetParam().make(other / "test.db")->create();
    storage::migrate(*forged, database_->schema());
    storage::Journal journal(*forged);
    for (int i = 1; i <= 20; ++i) journal.append(*forged, entry("c1", i == 5 ? "transfer" : "accept"));
    EXPECT_FALSE(verify_journal(*forged).fault);
    KnownHead const receipt{20, journal_->head().root};
    EXPECT_TRUE(verify_journal(*forged, std::array{receipt}).fault);
    EXPECT_FALSE(verify_journal(*writer_, std::array{receipt}).fault);
}

TEST_P(JournalVerify, TruncationShowsAgainstAKnownHead) {
    KnownHead const receipt{20, journal_->head().root};
    writer_->run_script(
        "DELETE FROM journal WHERE seq > 18; DELETE FROM journal_node WHERE level = 1 AND idx = 9;"
        "DELETE FROM journal_node WHERE level = 2 AND idx = 4"
    );
    EXPECT_FALSE(verify_journal(*writer_).fault);
    auto const report = verify_journal(*writer_, std::array{receipt});
    ASSERT_TRUE(report.fault);
    EXPECT_EQ(report.fault->seq, 19);
}

TEST_P(JournalVerify, AnEmptyJournalIsSound) {
    TemporaryFolder other;
    auto const empty = GetParam().make(other / "test.db")->create();
    storage::migrate(*empty, database_->schema());
    auto const report = verify_journal(*empty);
    EXPECT_FALSE(report.fault);
    EXPECT_EQ(report.head.root, storage::sha256({}));
}

TEST_P(JournalVerify, ErasingAKeyLeavesTheChainWhole) {
    auto const entry = storage::read_entries(*writer_, 1, 1).at(0);
    key_ = storage::Key::random();  // the data key is gone
    EXPECT_THROW(storage::read_sealed(*writer_, entry, key_), storage::SealBroken);
    EXPECT_FALSE(verify_journal(*writer_).fault);
}

TEST_P(JournalVerify, ReportsItsProgress) {
    fill(65536 * 2 - 20);
    std::vector<std::int64_t> seen;
    EXPECT_FALSE(verify_journal(*writer_, {}, [&](std::int64_t entries) { seen.push_back(entries); }).fault);
    EXPECT_EQ(seen, (std::vector<std::int64_t>{65536, 131072}));
}

RUN_ON_EACH_DATABASE(JournalVerify);

}  // namespace
