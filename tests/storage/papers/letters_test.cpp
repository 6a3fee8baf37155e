#include "storage/papers/letters.hpp"

#include "storage/journal/journal_verify.hpp"
#include "storage/papers/document_json.hpp"
#include "tests/storage/city.hpp"

namespace {

using storage::Letters;
using storage::StoredLetter;
using workflow::Action;
using workflow::Code;
using workflow::DueLetter;
using workflow::LetterClass;
using workflow::LetterKind;
using workflow::Result;

/// A case whose submission has made a receipt.
class LettersTest : public City {
protected:
    void SetUp() override {
        City::SetUp();
        id_ = submitted("2026-04-24");
        event_ = store_->cases().timeline(*reader_, id_).front().seq;
    }

    std::vector<StoredLetter> plan(std::vector<DueLetter> const& due, std::optional<Code> const& number = {}) {
        return *write([&](Connection& c) -> Result<std::vector<StoredLetter>> {
            return store_->letters().plan(c, id_, event_, agency(), number, day("2026-04-24"), due);
        });
    }
    std::vector<StoredLetter> plan_receipt() { return plan({{LetterKind::Receipt, LetterClass::Receipt, {}}}); }

    Result<int> freeze(std::int64_t n, std::string sha256 = std::string(64, 'a')) {
        return write([&](Connection& c) -> Result<int> {
            auto const used = store_->letters().letter_template(c, LetterKind::Receipt);
            auto frozen =
                store_->letters().freeze(c, id_, n, paper_, {sha256, 1234}, used, agency(), morning("2026-04-24"));
            if (!frozen) return frozen.error();
            return 0;
        });
    }

    Result<storage::TemplateVersion> put(std::int64_t expected, std::string body) {
        return write([&](Connection& c) {
            return store_->letters().put_template(
                c, LetterKind::Receipt, {"回执", std::move(body)}, expected, kAdmin, morning("2026-04-25")
            );
        });
    }

    void tamper(storage::Sql sql) {
        ASSERT_TRUE(write([&](Connection& c) -> Result<int> {
            c.execute(sql);
            return 0;
        }));
    }

    storage::Agency const& agency() const { return *directory()->agency({std::string(kTop)}); }
    std::vector<std::string> differences() { return store_->letters().differences(*reader_); }

    std::string id_;
    std::int64_t event_ = 0;
    workflow::Document const paper_ = [] {
        workflow::Document paper;
        paper.agency = "某机关";
        paper.title = "回执";
        paper.addressee = "欧阳春晓";
        paper.body = {
            workflow::Heading{"标题"},
            workflow::Paragraph{"一段\n两行"},
            workflow::Quotation{"引文"},
            workflow::Table{{"甲", "乙"}, {1, 2}, {{"1", "2"}}},
            workflow::FactTable{{{"标签", "值"}}}};
        paper.attachments = {"附件一"};
        paper.dated = day("2026-04-24");
        paper.sealed = true;
        return paper;
    }();
};

TEST_P(LettersTest, APaperComesBackFromItsJsonAsItWas) {
    EXPECT_EQ(storage::document_from_json(storage::document_to_json(paper_)), paper_);
    EXPECT_EQ(storage::document_from_json(storage::document_to_json({})), workflow::Document{});
}

TEST_P(LettersTest, PlacesAndNumbersAreGivenOnce) {
    auto const first = plan_receipt();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].n, 1);
    EXPECT_EQ(first[0].number, Code{"邵430500-01公开〔2026〕收第1号"});
    EXPECT_FALSE(first[0].frozen);
    EXPECT_EQ(plan_receipt()[0].number, first[0].number) << "a second try draws no second number";
    EXPECT_EQ(number("SELECT last FROM serials WHERE class = 'receipt'"), 1);
    EXPECT_TRUE(differences().empty()) << "what is only planned is no fact yet";
}

TEST_P(LettersTest, ALetterBearsTheNumberOfItsStepUnlessItHasItsOwn) {
    auto const letters = plan(
        {{LetterKind::ThirdPartyConsultation, {}, Code{"c1"}},
         {LetterKind::ConsultationNotice, LetterClass::Notice, Code{"c1"}}},
        Code{"邵公开〔2026〕征第7号"}
    );
    ASSERT_EQ(letters.size(), 2U);
    EXPECT_EQ(letters[0].number, Code{"邵公开〔2026〕征第7号"});
    EXPECT_EQ(letters[1].number, Code{"邵430500-01公开〔2026〕告第1号"});
    EXPECT_EQ(letters[1].consultation, Code{"c1"});
    EXPECT_EQ(letters[1].n, 2);
}

TEST_P(LettersTest, WhatIsFrozenStaysAndStandsSealedInTheJournal) {
    plan_receipt();
    auto const version = facts(id_).version;
    auto const entries = store_->journal().size();
    ASSERT_TRUE(freeze(1));
    EXPECT_EQ(store_->journal().size(), entries + 1);
    EXPECT_EQ(facts(id_).version, version) << "the case does not move under anybody's hands";
    auto const letter = store_->letters().find(*reader_, id_, 1);
    ASSERT_TRUE(letter && letter->frozen);
    EXPECT_EQ(letter->frozen->size, 1234);
    EXPECT_EQ(store_->letters().document(*reader_, id_, *letter), paper_);
    auto const record = storage::read_entries(*reader_, letter->frozen->entry, 1).at(0).record;
    EXPECT_NE(record.find(std::string(64, 'a')), std::string::npos);
    EXPECT_EQ(record.find("欧阳春晓"), std::string::npos) << "no personal data in the open";

    ASSERT_TRUE(freeze(1, std::string(64, 'b')));
    EXPECT_EQ(store_->letters().find(*reader_, id_, 1)->frozen->sha256, std::string(64, 'a'));
    EXPECT_EQ(store_->journal().size(), entries + 1);
    EXPECT_TRUE(differences().empty());
    EXPECT_TRUE(refold().empty());
    EXPECT_FALSE(storage::verify_journal(*reader_).fault);
    EXPECT_EQ(freeze(9).error().code, "letter_not_found");
}

TEST_P(LettersTest, VerifyNoticesEveryColumnThatWasChanged) {
    plan_receipt();
    ASSERT_TRUE(freeze(1));
    tamper("UPDATE letters SET sha256 = '0000'");
    EXPECT_EQ(differences().size(), 1U);
    tamper("UPDATE letters SET sha256 = replace('0000', '0', 'aaaaaaaaaaaaaaaa')");
    EXPECT_TRUE(differences().empty());
    tamper("UPDATE letters SET number = '别的文号'");
    EXPECT_EQ(differences().size(), 1U);
    tamper("DELETE FROM letters");
    EXPECT_EQ(differences().size(), 1U) << "a letter of the journal that the table no longer has";
}

TEST_P(LettersTest, AnErasedCaseGetsNoLetterAndShowsNone) {
    plan_receipt();
    ASSERT_TRUE(freeze(1));
    plan({{LetterKind::Receipt, LetterClass::Receipt, {}}});
    tamper("DELETE FROM object_keys WHERE object_type = 'case'");
    EXPECT_FALSE(store_->letters().document(*reader_, id_, *store_->letters().find(*reader_, id_, 1)));
    EXPECT_TRUE(differences().empty());
}

TEST_P(LettersTest, TemplatesHaveVersionsThatTheJournalKnows) {
    auto const usual = store_->letters().letter_template(*reader_, LetterKind::Receipt);
    EXPECT_EQ(usual.version, 0);
    EXPECT_EQ(usual.text, workflow::usual_template(LetterKind::Receipt));
    EXPECT_EQ(usual.hash, storage::hash_of(usual.text));

    auto const first = put(0, "第一版");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->version, 1);
    EXPECT_EQ(put(0, "晚了一步").error().code, "stale_version");
    ASSERT_TRUE(put(1, "第二版"));
    EXPECT_EQ(store_->letters().letter_template(*reader_, LetterKind::Receipt).text.body, "第二版");
    auto const versions = store_->letters().versions(*reader_, LetterKind::Receipt);
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[1].text.body, "第一版");
    EXPECT_NE(versions[0].hash, versions[1].hash);
    EXPECT_EQ(store_->letters().letter_template(*reader_, LetterKind::Refused).version, 0);
    EXPECT_TRUE(differences().empty());
    tamper("UPDATE letter_templates SET body = '换过的' WHERE version = 1");
    EXPECT_EQ(differences().size(), 1U);
}

TEST_P(LettersTest, AStepComesBackWithTheCaseBeforeAndAfterIt) {
    must(id_, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-27");
    auto const step = store_->cases().step(*reader_, id_, event_);
    ASSERT_TRUE(step);
    EXPECT_EQ(step->event.action, Action::Submit);
    EXPECT_EQ(step->before.version, 0);
    EXPECT_EQ(step->after.version, 1) << "not what became of it later";
    EXPECT_FALSE(store_->cases().step(*reader_, id_, 1));
}

RUN_ON_EACH_DATABASE(LettersTest);

}  // namespace
