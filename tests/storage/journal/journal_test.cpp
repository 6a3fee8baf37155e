#include "storage/journal/journal.hpp"

#include "storage/journal/canonical_json.hpp"
#include "storage/journal/merkle_verify.hpp"
#include "tests/storage/as_wire.hpp"
#include "tests/storage/journal/journal_fixture.hpp"

#include <sys/wait.h>
#include <boost/json/value.hpp>

#include <cstdlib>
#include <fstream>
#include <map>

namespace {

using storage::Digest;
using storage::Entry;
using storage::Journal;
using storage::StoredEntry;

class JournalTest : public JournalFixture {
protected:
    StoredEntry read(std::int64_t seq) { return storage::read_entries(*writer_, seq, 1).at(0); }
};

TEST_P(JournalTest, StoresTheCanonicalBytesThatWereHashed) {
    fill(0);
    auto const first = journal_->append(*writer_, entry("c1"));
    EXPECT_EQ(first.seq, 1);
    std::string const expected =
        R"({"action":"accept","at":"2026-04-24T09:30:00.123+08:00","by":{"id":"u7","role":"reviewer"},)"
        R"("data":{"days":20,"note":"转\"承办\"科室"},"object":{"id":"c1","type":"case"},"on":"2026-04-24","seq":1,"v":1})";
    EXPECT_EQ(read(1).record, expected);
    EXPECT_EQ(storage::to_canonical(storage::parse_json(expected).value()), expected) << "the format promises RFC 8785";

    // The definition, spelt out.
    std::string const leaf_input = std::string(1, '\0') + expected;
    Digest const leaf = storage::sha256({storage::as_bytes(leaf_input)});
    std::string const chain_input = '\2' + std::string(32, '\0') + std::string(storage::as_text(leaf));
    EXPECT_EQ(first.leaf, leaf);
    EXPECT_EQ(first.chain, storage::sha256({storage::as_bytes(chain_input)}));
    EXPECT_EQ(read(1).leaf, first.leaf);
    EXPECT_EQ(read(1).chain, first.chain);
}

TEST_P(JournalTest, KeepsPersonalDataOutOfTheRecord) {
    fill(1);
    StoredEntry const stored = read(1);
    auto const record = storage::parse_json(stored.record).value();
    EXPECT_EQ(record.at("sealed").as_string().size(), 64U);
    EXPECT_EQ(stored.record.find("13800000000"), std::string::npos);
    EXPECT_EQ(storage::to_canonical(record), stored.record);
    EXPECT_EQ(
        storage::read_sealed(*writer_, stored, key_), (boost::json::object{{"name", "张三"}, {"phone", "13800000000"}})
    );
    EXPECT_THROW(storage::read_sealed(*writer_, stored, storage::Key::random()), storage::SealBroken);

    std::ifstream file(whole_file(), std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_NE(bytes.find("reviewer"), std::string::npos);
    EXPECT_EQ(bytes.find("13800000000"), std::string::npos);
    EXPECT_EQ(bytes.find("张三"), std::string::npos);
}

TEST_P(JournalTest, CommitmentsOfTheSameDataDiffer) {
    fill(6);  // entries 1 and 6 are sealed
    auto const commitment = [&](std::int64_t seq) {
        return storage::parse_json(read(seq).record)->at("sealed").as_string();
    };
    EXPECT_NE(commitment(1), commitment(6));
}

TEST_P(JournalTest, NoticesSealedContentThatIsNotTheCommittedOne) {
    fill(6);
    StoredEntry forged = read(1);
    forged.record = read(6).record;
    EXPECT_THROW(storage::read_sealed(*writer_, forged, key_), storage::SealBroken);
    EXPECT_TRUE(storage::read_sealed(*writer_, read(2), key_).empty());
}

TEST_P(JournalTest, SealedMembersNeedAKey) {
    Entry without = sealed_entry("c1");
    without.key = nullptr;
    EXPECT_THROW(journal_->append(*writer_, without), std::logic_error);
}

TEST_P(JournalTest, NobodyChangesOrRemovesAnything) {
    fill(6);
    for (char const* sql :
         {"UPDATE journal SET record = x'00' WHERE seq = 1",
          "DELETE FROM journal WHERE seq = 6",
          "DELETE FROM journal",
          "UPDATE journal_sealed SET sealed = x'00'",
          "DELETE FROM journal_sealed",
          "UPDATE journal_node SET hash = (SELECT leaf FROM journal WHERE seq = 1)",
          "DELETE FROM journal_node WHERE level = 2"}) {
        EXPECT_THROW(writer_->run_script(sql), storage::ConstraintViolation) << sql;
    }
    EXPECT_EQ(storage::read_entries(*writer_, 1, 100).size(), 6U);
}

TEST_P(JournalTest, ReadsByRangeAndByObject) {
    fill(10);
    auto const range = storage::read_entries(*writer_, 4, 3);
    ASSERT_EQ(range.size(), 3U);
    EXPECT_EQ(range.front().seq, 4);
    EXPECT_EQ(range.back().seq, 6);

    auto const of_case = storage::read_entries_of(*writer_, {"case", "case1"});
    ASSERT_EQ(of_case.size(), 3U);
    EXPECT_EQ(of_case[0].seq, 2);
    EXPECT_EQ(of_case[1].seq, 5);
    EXPECT_EQ(of_case[2].seq, 8);
    auto const page = storage::read_entries_of(*writer_, {"case", "case1"}, 3, 1);
    ASSERT_EQ(page.size(), 1U);
    EXPECT_EQ(page[0].seq, 5);
    EXPECT_TRUE(storage::read_entries_of(*writer_, {"staff", "case1"}).empty());
}

TEST_P(JournalTest, PublishesItsHeadOnlyAfterTheCommit) {
    EXPECT_EQ(journal_->head().size, 0);
    EXPECT_EQ(journal_->head().root, storage::sha256({}));
    auto const appended = journal_->append(*writer_, entry("c1"));
    EXPECT_EQ(journal_->head().size, 0);
    journal_->commit();
    EXPECT_EQ(journal_->head().size, 1);
    EXPECT_EQ(journal_->head().root, appended.leaf);
    EXPECT_EQ(journal_->head().chain, appended.chain);
    EXPECT_EQ(journal_->head().at, "2026-04-24T09:30:00.123+08:00");
}

TEST_P(JournalTest, TailMovesWithTheSavepoint) {
    auto journal = journal_.get();
    storage::WriteQueue queue(std::move(writer_), {journal});
    auto const append = [&](std::string const& id, bool refuse) {
        return queue.run([&, refuse](storage::Connection& connection) -> workflow::Result<std::int64_t> {
            auto const seq = journal->append(connection, entry(id)).seq;
            if (refuse) return workflow::Refusal{workflow::RefusalKind::Stale, "stale", "已被他人修改。"};
            return seq;
        });
    };
    EXPECT_EQ(append("c1", false).value(), 1);
    EXPECT_FALSE(append("c2", true));
    EXPECT_EQ(append("c3", false).value(), 2) << "no gap";
    auto const reader = database_->open_reader();
    storage::Head const stored = storage::read_head(*reader);
    EXPECT_EQ(stored.size, 2);
    EXPECT_EQ(stored.root, journal->head().root);
    EXPECT_EQ(stored.chain, journal->head().chain);
}

TEST_P(JournalTest, GoesOnWhereItStopped) {
    for (int round = 0; round < 9; ++round) {
        fill(round);
        storage::Head const before = journal_->head();
        journal_ = std::make_unique<Journal>(*writer_);
        EXPECT_EQ(journal_->head().size, before.size);
        EXPECT_EQ(journal_->head().root, before.root);
        EXPECT_EQ(journal_->head().chain, before.chain);
        EXPECT_EQ(journal_->head().at, before.at);
    }
}

TEST_P(JournalTest, RefusesToGoOnFromADamagedTail) {
    fill(3);
    writer_->run_script("DROP TRIGGER journal_no_update; UPDATE journal SET record = x'7b7d' WHERE seq = 3");
    EXPECT_THROW(Journal{*writer_}, storage::DamagedDatabase);
    EXPECT_THROW(storage::read_head(*writer_), storage::DamagedDatabase);
}

TEST_P(JournalTest, ProvesEveryEntryAndEveryPrefix) {
    std::map<std::int64_t, Digest> roots;
    for (int i = 0; i < 20; ++i) {
        fill(1);
        roots[journal_->head().size] = journal_->head().root;
    }
    for (std::int64_t size = 1; size <= 20; ++size) {
        for (std::int64_t seq = 1; seq <= size; ++seq) {
            auto const n = static_cast<std::uint64_t>(size);
            auto const m = static_cast<std::uint64_t>(seq);
            auto const inclusion = as_wire(storage::prove_inclusion(*writer_, seq, size).value());
            EXPECT_TRUE(storage::merkle::verify_inclusion(m - 1, n, read(seq).leaf, inclusion, roots[size]));
            auto const consistency = as_wire(storage::prove_consistency(*writer_, seq, size).value());
            EXPECT_TRUE(storage::merkle::verify_consistency(m, n, consistency, roots[seq], roots[size]));
        }
    }
}

TEST_P(JournalTest, RefusesProofsOfWhatIsNotThere) {
    fill(5);
    for (auto const& [seq, size] : {std::pair{0, 5}, {6, 6}, {5, 4}, {1, 6}, {-1, 5}}) {
        EXPECT_EQ(storage::prove_inclusion(*writer_, seq, size).error().code, "no_such_entry") << seq << ' ' << size;
    }
    for (auto const& [from, to] : {std::pair{0, 0}, {0, 5}, {5, 4}, {1, 6}}) {
        EXPECT_EQ(storage::prove_consistency(*writer_, from, to).error().code, "no_such_size") << from << ' ' << to;
    }
}

/// The script of journal_format.md, run as a third party would.
class ExportTest : public JournalTest {
protected:
    int verify(std::string const& arguments = "") {
        std::ofstream out(lines_, std::ios::trunc);
        for (auto const& line : exported_) out << line << '\n';
        out.close();
        std::string const command =
            "python3 '" VERIFY_SCRIPT "' '" + lines_.string() + "' " + arguments + " > /dev/null 2>&1";
        int const status = std::system(command.c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    void take_export() {
        storage::export_journal(*writer_, [this](std::string_view line) { exported_.emplace_back(line); });
    }

    std::filesystem::path lines_ = folder_ / "journal.jsonl";
    std::vector<std::string> exported_;
};

TEST_P(ExportTest, IsVerifiedByAScriptOfThirtyLines) {
    fill(23);
    take_export();
    ASSERT_EQ(exported_.size(), 23U);
    std::string const root = storage::to_hex(journal_->head().root);
    EXPECT_EQ(verify(), 0);
    EXPECT_EQ(verify(root), 0);
    EXPECT_EQ(verify(storage::to_hex(Digest{})), 1) << "another root";
    exported_.pop_back();
    EXPECT_EQ(verify(), 0) << "cutting off the end shows only against a root kept elsewhere";
    EXPECT_EQ(verify(root), 1);
}

TEST_P(ExportTest, OfChangedHistoryFailsTheScript) {
    fill(5);
    take_export();
    auto const original = exported_;
    auto const at = exported_[2].find("reviewer");
    ASSERT_NE(at, std::string::npos);
    exported_[2].replace(at, 8, "approver");
    EXPECT_EQ(verify(), 1) << "a changed record";
    exported_ = original;
    exported_.erase(exported_.begin() + 2);
    EXPECT_EQ(verify(), 1) << "a missing entry";
    exported_ = original;
    std::swap(exported_[1], exported_[2]);
    EXPECT_EQ(verify(), 1) << "another order";
}

RUN_ON_EACH_DATABASE(ExportTest);
RUN_ON_EACH_DATABASE(JournalTest);

}  // namespace
