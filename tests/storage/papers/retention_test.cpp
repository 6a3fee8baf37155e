#include "storage/papers/retention.hpp"

#include "storage/engine/search_index.hpp"
#include "storage/engine/sha256.hpp"
#include "storage/journal/journal_verify.hpp"
#include "tests/storage/city.hpp"

#include <functional>

namespace {

using workflow::Action;
using workflow::Instant;

class RetentionTest : public City {
protected:
    inline static storage::Author const kSecurity{"security_admin", "security"};
    inline static storage::Author const kAuditor{"auditor", "auditor"};

    storage::Retention& retention() { return store_->retention(); }
    storage::Retention::Standing standing(std::string const& id) { return retention().standing(*reader_, id); }

    std::string stored_file(std::string const& content) {
        storage::Files::Writer writer(store_->files());
        writer.write(std::span(content));
        return writer.finish().sha256;
    }

    /// Concluded on 2026-04-27 and archived for ten years, with a file of this content.
    std::string archived(std::string const& content = "附件") {
        std::string const id = handled("2026-04-24");
        workflow::Attachment const file{"证明.txt", {"text/plain"}, 6, {stored_file(content)}};
        must(id, Action::Attach, file, top("handler"), "2026-04-24");
        must(id, Action::Withdraw, oral_withdrawal("申请人不再需要这些信息", "2026-04-27"), top("registrar"), "2026-04-27");
        must(id, Action::Archive, workflow::ArchiveNote{10, {}}, top("registrar"), "2026-04-28");
        return id;
    }

    using Step = std::function<workflow::Result<void>(Connection&, Instant)>;
    /// The code of the refusal, empty when it was done.
    std::string done(Step const& step, std::string_view on = "2037-01-04") {
        auto const result = write([&](Connection& c) { return step(c, morning(on)); });
        return result ? std::string() : result.error().code;
    }
    std::string propose(std::string const& id, std::string_view on = "2037-01-04") {
        return done([&](Connection& c, Instant now) { return retention().propose_erasure(c, id, kSecurity, now); }, on);
    }
    std::string erase(std::string const& id, storage::Author const& by = kAuditor) {
        return done([&](Connection& c, Instant now) { return retention().erase(c, id, by, now); });
    }
    std::string hold(std::string const& id) {
        return done([&](Connection& c, Instant now) {
            return retention().hold(c, id, "市中级人民法院要求保留张三的案卷", kAuditor, now);
        });
    }
    std::string lift(std::string const& id) {
        return done([&](Connection& c, Instant now) {
            return retention().lift_hold(c, id, "案件已审结", kAuditor, now);
        });
    }
    void remove_files() {
        ASSERT_TRUE(write([&](Connection& c) -> workflow::Result<void> {
            retention().remove_files(c);
            return {};
        }));
    }
    bool readable(std::string const& content) {
        try {
            storage::Files::Reader reader(
                store_->files(), storage::to_hex(storage::sha256({storage::as_bytes(content)}))
            );
            return true;
        } catch (std::system_error const&) {
            return false;
        }
    }
    std::size_t found(std::string const& text) {
        storage::CaseFilter filter;
        filter.text = text;
        storage::CaseScope everything;
        everything.everything = true;
        return store_->cases().list(*reader_, everything, filter).value().items.size();
    }
    std::vector<std::string> expired(std::string_view today) {
        std::vector<std::string> ids;
        for (auto const& row : retention().expired(*reader_, day(today), 100)) ids.push_back(row.id);
        return ids;
    }
};

TEST_P(RetentionTest, TheTermEndsWithTheYearAndListsTheCaseAfterIt) {
    std::string const id = archived();
    EXPECT_EQ(standing(id).keep_until, day("2036-12-31"));
    EXPECT_TRUE(expired("2036-12-31").empty());
    EXPECT_EQ(expired("2037-01-01"), std::vector{id});
}

TEST_P(RetentionTest, AnOpenDisputeSuspendsTheTerm) {
    std::string const id = archived();
    workflow::DisputeOpening opening;
    opening.authority = "示范市人民政府";
    opening.received_on = day("2026-05-06");
    opening.reference = {"示复〔2026〕1号"};
    must(id, Action::OpenDispute, opening, top("legal-reviewer"), "2026-05-06");
    EXPECT_FALSE(standing(id).keep_until);
    EXPECT_EQ(propose(id), "term_open");
}

TEST_P(RetentionTest, NothingIsErasedBeforeItsTermOrByOnePersonAlone) {
    std::string const id = archived();
    EXPECT_EQ(propose(id, "2036-12-31"), "term_running");
    EXPECT_EQ(erase(id), "erasure_not_proposed");
    EXPECT_EQ(propose(id), "");
    EXPECT_EQ(propose(id), "erasure_proposed");
    EXPECT_EQ(erase(id, kSecurity), "same_person");
    EXPECT_FALSE(standing(id).erasure);
    EXPECT_EQ(done([&](Connection& c, Instant now) { return retention().reject_erasure(c, id, kAuditor, now); }), "");
    EXPECT_EQ(erase(id), "erasure_not_proposed");
    EXPECT_EQ(propose(submitted("2026-04-24")), "term_open");
}

TEST_P(RetentionTest, AHoldStopsAProposalAndKeepsTheFileUntilItIsLifted) {
    std::string const id = archived();
    EXPECT_EQ(propose(id), "");
    EXPECT_EQ(hold(id), "");
    EXPECT_EQ(hold(id), "file_held");
    EXPECT_EQ(standing(id).hold_reason, "市中级人民法院要求保留张三的案卷");
    EXPECT_EQ(erase(id), "file_held");
    EXPECT_EQ(propose(id), "file_held");
    EXPECT_EQ(lift(id), "");
    EXPECT_EQ(lift(id), "file_not_held");
    EXPECT_EQ(erase(id), "erasure_not_proposed") << "the hold has ended the proposal";
}

TEST_P(RetentionTest, TheReasonOfAHoldIsSealed) {
    hold(archived());
    for (auto const& entry : storage::read_entries(*reader_, 1, 1000)) {
        EXPECT_EQ(entry.record.find("张三"), std::string::npos) << entry.record;
    }
}

TEST_P(RetentionTest, ErasureLeavesNoPersonalDataAndAWholeJournal) {
    std::string const id = archived();
    ASSERT_EQ(found("欧阳春晓"), 1U);
    ASSERT_EQ(found("征地补偿"), 1U);
    ASSERT_EQ(propose(id), "");
    ASSERT_EQ(erase(id), "");
    remove_files();

    auto const facts = this->facts(id);
    EXPECT_EQ(facts.application.applicant.name, "已销毁个人信息");
    EXPECT_EQ(facts.application.applicant.id_number, std::nullopt);
    EXPECT_EQ(facts.application.items.at(0).title, "已销毁个人信息");
    EXPECT_EQ(facts.attachments.at(0).name, "");
    EXPECT_EQ(found("欧阳春晓"), 0U);
    EXPECT_EQ(found("13873901234"), 0U);
    EXPECT_EQ(found("征地补偿"), 0U);
    EXPECT_EQ(found(facts.number.value), 1U) << "the number names nobody";
    EXPECT_FALSE(readable("附件"));
    EXPECT_TRUE(standing(id).erasure);
    EXPECT_TRUE(expired("2037-01-04").empty());
    EXPECT_EQ(erase(id), "case_erased");
    EXPECT_EQ(hold(id), "case_erased");

    EXPECT_FALSE(storage::verify_journal(*reader_).fault);
    EXPECT_EQ(retention().differences(*reader_), std::vector<std::string>{});
    EXPECT_EQ(store_->cases().refold(*reader_, [](std::int64_t, std::int64_t) {}), std::vector<std::string>{});
}

TEST_P(RetentionTest, VerifyFindsAHoldThatWasTakenOutOfTheTable) {
    std::string const id = archived();
    ASSERT_EQ(hold(id), "");
    EXPECT_EQ(retention().differences(*reader_), std::vector<std::string>{});
    ASSERT_TRUE(write([](Connection& c) -> workflow::Result<void> {
        c.execute("UPDATE retention SET hold = NULL");
        return {};
    }));
    EXPECT_EQ(retention().differences(*reader_).size(), 1U);
}

TEST_P(RetentionTest, TextsAlreadyInTheIndexAreTakenOutToo) {
    std::string const id = archived();
    ASSERT_TRUE(write([](Connection& c) -> workflow::Result<void> {
        // So many more that none waits for its segment of the index any longer.
        for (std::int64_t object = 1'000'000; object < 1'000'200; ++object) c.search_index().add(c, object, 0, "x");
        return {};
    }));
    ASSERT_EQ(found("征地补偿"), 1U);
    ASSERT_EQ(propose(id), "");
    ASSERT_EQ(erase(id), "");
    EXPECT_EQ(found("征地补偿"), 0U);
}

TEST_P(RetentionTest, AFileThatAnotherCaseHasTooStays) {
    std::string const id = archived("同一份材料");
    std::string const other = archived("同一份材料");
    ASSERT_EQ(propose(id), "");
    ASSERT_EQ(erase(id), "");
    remove_files();
    EXPECT_TRUE(readable("同一份材料"));
    ASSERT_EQ(propose(other), "");
    ASSERT_EQ(erase(other), "");
    remove_files();
    EXPECT_FALSE(readable("同一份材料"));
}

RUN_ON_EACH_DATABASE(RetentionTest);

}  // namespace
