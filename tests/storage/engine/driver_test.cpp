#include "storage/engine/driver.hpp"

#include "storage/engine/maintenance.hpp"
#include "tests/storage/each_database.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>

namespace {

using namespace std::string_literals;
using storage::Access;
using storage::Bytes;
using storage::Connection;
using storage::Transaction;

/// What every database behind the seam has to do; PostgreSQL would be a second parameter.
class Driver : public EmptyDatabase {
protected:
    void SetUp() override {
        writer_->run_script("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE, data BLOB) STRICT");
    }

    int count(Connection& connection) {
        auto rows = connection.query("SELECT count(*) FROM thing");
        EXPECT_TRUE(rows.next());
        return static_cast<int>(rows.int64(0));
    }
};

TEST_P(Driver, BringsEveryKindOfValueBackUnchanged) {
    std::int64_t const smallest = std::numeric_limits<std::int64_t>::min();
    std::string const text = "张三\0尾"s;
    Bytes const blob{0, 1, 255};
    writer_->execute("INSERT INTO thing VALUES ($1, $2, $3)", smallest, text, blob);
    writer_->execute("INSERT INTO thing VALUES ($1, $2, $3)", 1, "", Bytes{});
    writer_->execute("INSERT INTO thing VALUES ($1, $2, $3)", 2U, std::optional<std::string>(), nullptr);

    auto rows = writer_->query("SELECT id, name, data FROM thing ORDER BY id");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.int64(0), smallest);
    EXPECT_EQ(rows.text(1), text);
    EXPECT_TRUE(std::ranges::equal(rows.blob(2), blob));
    ASSERT_TRUE(rows.next());
    EXPECT_TRUE(rows.boolean(0));
    EXPECT_EQ(rows.optional_text(1), "");
    EXPECT_TRUE(rows.blob(2).empty());
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.optional_int64(0), 2);
    EXPECT_EQ(rows.optional_text(1), std::nullopt);
    EXPECT_FALSE(rows.optional_blob(2));
    EXPECT_TRUE(rows.is_null(2));
    EXPECT_FALSE(rows.next());
    EXPECT_FALSE(rows.next()) << "asking again after the end is harmless";
}

TEST_P(Driver, BindsByTheNumberInTheName) {
    writer_->execute("INSERT INTO thing (name, id) VALUES ($2, $1)", 7, "seven");
    auto rows = writer_->query("SELECT id FROM thing WHERE name = $2 AND id = $1 AND id = $1", 7, "seven");
    EXPECT_TRUE(rows.next());
}

TEST_P(Driver, CountsTheRowsAStatementChanged) {
    EXPECT_EQ(writer_->execute("INSERT INTO thing (id) VALUES (1), (2), (3)"), 3);
    EXPECT_EQ(writer_->execute("UPDATE thing SET name = NULL WHERE id > $1", 1), 2);
    EXPECT_EQ(writer_->execute("DELETE FROM thing WHERE id = $1", 99), 0);
}

TEST_P(Driver, ReadsAStatementAgainWithoutOldValues) {
    for (int i = 0; i < 3; ++i) {
        std::optional<std::string> const name = i == 0 ? std::optional("first"s) : std::nullopt;
        writer_->execute("INSERT INTO thing (id, name) VALUES ($1, $2)", i, name);
    }
    auto rows = writer_->query("SELECT count(*) FROM thing WHERE name IS NULL");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.int64(0), 2);
}

TEST_P(Driver, RunsTheSameTextInsideItself) {
    writer_->execute("INSERT INTO thing (id) VALUES (1), (2), (3)");
    auto const after = [&](std::int64_t id) {
        return writer_->query("SELECT id FROM thing WHERE id > $1 ORDER BY id", id);
    };
    std::string order;
    for (auto outer = after(0); outer.next();) {
        order += std::to_string(outer.int64(0)) + ':';
        for (auto inner = after(outer.int64(0)); inner.next();) order += std::to_string(inner.int64(0));
        order += ' ';
    }
    EXPECT_EQ(order, "1:23 2:3 3: ");
}

TEST_P(Driver, PutsStatementsTogetherFromLiterals) {
    writer_->execute("INSERT INTO thing (id, name) VALUES (1, 'a'), (2, 'b')");
    storage::SqlText text;
    text += "SELECT id FROM thing WHERE name = ";
    text.placeholder(1);
    std::array<storage::Parameter, 1> const parameters{storage::Parameter("b")};
    auto rows = writer_->query_all(text.sql(), parameters);
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.int64(0), 2);
}

TEST_P(Driver, TreatsWrongUseAsAProgrammingError) {
    writer_->execute("INSERT INTO thing (id) VALUES (1)");
    EXPECT_THROW(writer_->query("SELECT id FROM thing WHERE id = $1"), std::logic_error);
    EXPECT_THROW(writer_->query("SELECT id FROM thing WHERE id = $2", 1), std::logic_error);
    EXPECT_THROW(writer_->query("SELECT id FROM thing WHERE id = ?", 1), std::logic_error);
    EXPECT_THROW(writer_->execute("SELECT id FROM thing"), std::logic_error);
    auto rows = writer_->query("SELECT id, name FROM thing");
    ASSERT_TRUE(rows.next());
    EXPECT_THROW(rows.text(0), std::logic_error);
    EXPECT_THROW(rows.int64(1), std::logic_error);
}

TEST_P(Driver, SaysWhatTheDatabaseRefused) {
    writer_->execute("INSERT INTO thing (id, name) VALUES (1, 'a')");
    EXPECT_THROW(writer_->execute("INSERT INTO thing (name) VALUES ($1)", "a"), storage::ConstraintViolation);
    EXPECT_THROW(writer_->execute("INSERT INTO thing (name) VALUES ($1)", Bytes{1}), storage::ConstraintViolation);
    EXPECT_THROW(writer_->execute("SELECT nonsense"), storage::DatabaseError);
    EXPECT_THROW(writer_->run_script("CREATE TABLE"), storage::DatabaseError);
    EXPECT_EQ(writer_->execute("INSERT INTO thing (name) VALUES ($1)", "b"), 1) << "usable after an error";
}

TEST_P(Driver, RollsATransactionBackUnlessCommitted) {
    {
        Transaction const transaction(*writer_, Access::write);
        writer_->execute("INSERT INTO thing (id) VALUES (1)");
        EXPECT_TRUE(writer_->in_transaction());
    }
    EXPECT_FALSE(writer_->in_transaction());
    EXPECT_EQ(count(*writer_), 0);
    Transaction transaction(*writer_, Access::write);
    writer_->execute("INSERT INTO thing (id) VALUES (1)");
    transaction.commit();
    EXPECT_EQ(count(*writer_), 1);
}

TEST_P(Driver, ReadTransactionSeesOneState) {
    auto const reader = database_->open_reader();
    {
        Transaction const snapshot(*reader, Access::read);
        EXPECT_EQ(count(*reader), 0);
        writer_->execute("INSERT INTO thing (id) VALUES (1)");
        EXPECT_EQ(count(*reader), 0);
    }
    EXPECT_EQ(count(*reader), 1);
}

TEST_P(Driver, LetsGoOfItsSnapshotAfterTheLastRowAndWhenAbandoned) {
    auto const reader = database_->open_reader();
    writer_->execute("INSERT INTO thing (id) VALUES (1), (2)");
    auto finished = reader->query("SELECT id FROM thing");
    while (finished.next()) {
    }
    {
        auto abandoned = reader->query("SELECT id FROM thing");
        ASSERT_TRUE(abandoned.next());
    }
    writer_->execute("INSERT INTO thing (id) VALUES (3)");
    // Waits for readers, so it empties the log only without any.
    writer_->maintenance()->checkpoint(storage::Checkpoint::truncate);
    EXPECT_EQ(std::filesystem::file_size(folder_ / "test.db-wal"), 0U);
}

RUN_ON_EACH_DATABASE(Driver);

}  // namespace
