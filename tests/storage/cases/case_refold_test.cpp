#include "tests/storage/city.hpp"

namespace {

using workflow::Action;

class CaseRefoldTest : public City {
protected:
    /// What somebody with the file could do to it.
    void tamper(std::string const& sql) { store_->database().open_writer()->run_script(sql); }
};

TEST_P(CaseRefoldTest, FindsNothingInWhatTheProgramWrote) {
    std::string const id = handled("2026-04-24");
    consult(id, "2026-04-27");
    submitted("2026-04-24", form(kLow));
    run_due("2026-07-10");
    EXPECT_TRUE(refold().empty());
}

TEST_P(CaseRefoldTest, FindsEveryChangedColumn) {
    std::string const id = handled("2026-04-24");
    std::string const number = facts(id).number.value;
    struct Change {
        char const* column;
        char const* value;
    };
    for (Change const change :
         {Change{"state", "'archived'"},
          Change{"department", "'430500-01-d2'"},
          Change{"departments", "',430500-01-d2,'"},
          Change{"assignee", "NULL"},
          Change{"awaits", "'registrar'"},
          Change{"card", "'red'"},
          Change{"version", "9"},
          Change{"received_on", "'2026-04-25'"},
          Change{"submitted_on", "'2026-04-23'"},
          Change{"channel", "'fax'"},
          Change{"agency", "'430521-01'"},
          Change{"applicant_kind", "'business'"},
          Change{"reply_due", "'2026-09-30'"},
          Change{"due_sort", "'2026-09-30'"},
          Change{"paused", "1"},
          Change{"next_check_on", "'2026-09-30'"},
          Change{"query_digest", "(SELECT leaf FROM journal WHERE seq = 1)"},
          Change{"body", "(SELECT record FROM journal WHERE seq = 1)"},
          Change{"number", "'430500-01-2026-000077'"}}) {
        std::string const column = change.column;
        tamper("CREATE TABLE kept AS SELECT * FROM cases; UPDATE cases SET " + column + " = " + change.value);
        auto const differences = refold();
        ASSERT_EQ(differences.size(), 1U) << column;
        EXPECT_NE(differences[0].find(number), std::string::npos) << differences[0];
        EXPECT_NE(differences[0].find(column), std::string::npos) << differences[0];
        tamper("UPDATE cases SET " + column + " = (SELECT " + column + " FROM kept); DROP TABLE kept");
        EXPECT_TRUE(refold().empty());
    }
}

TEST_P(CaseRefoldTest, FindsTheBodyOfAnotherMoment) {
    std::string const id = submitted("2026-04-24");
    tamper("CREATE TABLE kept AS SELECT body FROM cases");
    must(id, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-24");
    tamper("UPDATE cases SET body = (SELECT body FROM kept)");
    auto const differences = refold();
    ASSERT_EQ(differences.size(), 1U);
    EXPECT_NE(differences[0].find("body"), std::string::npos);
}

TEST_P(CaseRefoldTest, FindsChangedTextInTheJournal) {
    submitted("2026-04-24");
    std::string const sealed = "(SELECT max(seq) FROM journal_sealed)";
    tamper(
        "DROP TRIGGER journal_sealed_no_update; CREATE TABLE kept AS SELECT * FROM journal_sealed; "
        "UPDATE journal_sealed SET sealed = (SELECT record FROM journal WHERE seq = 1) WHERE seq = " +
        sealed
    );
    auto const differences = refold();
    ASSERT_EQ(differences.size(), 1U);
    EXPECT_NE(differences[0].find("journal_sealed"), std::string::npos);
    tamper("UPDATE journal_sealed SET sealed = (SELECT sealed FROM kept WHERE kept.seq = journal_sealed.seq)");
    EXPECT_TRUE(refold().empty());
    tamper("DROP TRIGGER journal_sealed_no_delete; DELETE FROM journal_sealed WHERE seq = " + sealed);
    ASSERT_EQ(refold().size(), 1U);
}

TEST_P(CaseRefoldTest, FindsCasesWithoutEventsAndEventsWithoutCase) {
    std::string const gone = submitted("2026-04-24");
    submitted("2026-04-24");
    tamper(
        "CREATE TABLE kept AS SELECT * FROM cases; "
        "UPDATE kept SET row_id = 900, id = 'aaaaaaaaaaaaaaaaaaaaaaaaaa', number = '430500-01-2026-000900' WHERE "
        "row_id = 2; "
        "INSERT INTO cases SELECT * FROM kept WHERE row_id = 900; "
        "DELETE FROM applicant_index WHERE row_id = 1; DELETE FROM cases WHERE row_id = 1"
    );
    auto const differences = refold();
    ASSERT_EQ(differences.size(), 2U);
    EXPECT_NE(differences[0].find(gone), std::string::npos);
    EXPECT_NE(differences[1].find("430500-01-2026-000900"), std::string::npos);
}

RUN_ON_EACH_DATABASE(CaseRefoldTest);

}  // namespace
