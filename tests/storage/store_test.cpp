#include "tests/storage/city.hpp"

#include <fstream>

namespace {

using workflow::Action;

class StoreTest : public City {
protected:
    /// The files of the data folder that hold `text`.
    std::vector<std::string> files_with(std::string const& text) const {
        std::vector<std::string> found;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder_ / "data")) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            std::string const bytes{std::istreambuf_iterator<char>(file), {}};
            if (bytes.find(text) != std::string::npos) found.push_back(entry.path().filename());
        }
        return found;
    }
};

TEST_P(StoreTest, EverythingIsThereAfterARestart) {
    std::string const id = handled("2026-04-24");
    auto const before = facts(id);
    auto const head = store_->journal().head();
    reopen();
    EXPECT_EQ(facts(id), before);
    EXPECT_EQ(store_->journal().head().root, head.root);
    EXPECT_EQ(directory()->agencies().size(), 3U);
    EXPECT_EQ(submit(form(), "2026-04-27")->stored.facts.number.value, "430500-01-2026-000002");
    EXPECT_TRUE(refold().empty());
}

TEST_P(StoreTest, OneProcessWrites) {
    auto const second = storage::DataFolder::open(folder_ / "data");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "data_folder_in_use");
    EXPECT_FALSE(storage::Store::create(folder_ / "data")) << "nor is a folder made twice";
}

TEST_P(StoreTest, ReadersCannotWrite) { EXPECT_THROW(reader_->execute("DELETE FROM cases"), storage::DatabaseError); }

TEST_P(StoreTest, InterruptedUploadsAreForgottenAtTheNextStart) {
    std::ofstream(store_->folder().files() / "abandoned.part") << "half";
    reopen();
    EXPECT_FALSE(std::filesystem::exists(store_->folder().files() / "abandoned.part"));
}

TEST_P(StoreTest, AFileStaysOnlyWithTheJobThatKeptIt) {
    auto const files = [&] {
        std::ptrdiff_t count = 0;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(store_->folder().files())) {
            count += entry.is_regular_file();
        }
        return count;
    };
    auto const kept = [&](std::string_view text, workflow::Result<int> const& outcome) {
        storage::Files::Writer writer(store_->files());
        writer.write(text);
        writer.seal();
        return write([&](Connection&) {
                   writer.keep();
                   return outcome;
               }
        ).has_value();
    };
    EXPECT_TRUE(kept("one", 1));
    EXPECT_EQ(files(), 1);
    workflow::Refusal const refusal{workflow::RefusalKind::Invalid, "full", "满了。"};
    EXPECT_FALSE(kept("two", refusal));
    EXPECT_FALSE(kept("one", refusal));
    EXPECT_EQ(files(), 1);
}

TEST_P(StoreTest, TheFolderNamesNobody) {
    workflow::Application application = form();
    application.agent = workflow::Agent{"司马相如", "430502199003070014", "13673905555"};
    application.assistance_note = "申请人视力残疾需要代书";
    std::string const id = submitted("2026-04-24", application);
    must(id, Action::ConfirmReceipt, workflow::Remark{"已电话告知欧阳春晓"}, top("registrar"), "2026-04-24");
    must(id, Action::Accept, workflow::Acceptance{{"430500-01-d1"}, {}, "请优先办理"}, top("reviewer"), "2026-04-24");
    must(id, Action::Claim, workflow::Nothing{}, top("handler"), "2026-04-24");
    consult(id, "2026-04-27");
    auto const answered = write([&](Connection& c) {
        return store_->idempotency().once(c, "u1", "k", "body of 欧阳春晓", morning("2026-04-24"), [] {
            return workflow::Result<std::string>("answer to 欧阳春晓");
        });
    });
    ASSERT_TRUE(answered);
    auto const drafted = write([&](Connection& c) {
        return store_->drafts().save(c, {storage::DraftKind::Visitor, "令牌甲"}, "稿件乙", "草稿 欧阳春晓", {});
    });
    ASSERT_TRUE(drafted);
    storage::Files::Writer upload(store_->files());
    std::string const scan = "身份证复印件 欧阳春晓 11010519491231002X";
    upload.write(scan);
    upload.finish();
    for (int i = 0; i < 130; ++i) submitted("2026-04-24", application);  // so that the search index is written too

    auto const nowhere = [&](char const* when) {
        for (char const* secret :
             {"欧阳春晓",
              "欧阳",
              "令牌甲",
              "稿件乙",
              "11010519491231002",
              "13873901234",
              "chunxiao",
              "宝庆东路",
              "司马相如",
              "430502199003070014",
              "13673905555",
              "视力残疾",
              "资江二桥",
              "安置方案",
              "征地补偿",
              "邵政发",
              "已电话告知",
              "请优先办理",
              "某某建设",
              "是否同意公开补偿协议",
              "钱学斌",
              "430500-01-handler\":"}) {
            auto const found = files_with(secret);
            EXPECT_TRUE(found.empty()) << secret << " stands in " << found.front() << ' ' << when;
        }
    };
    EXPECT_FALSE(files_with("submitted").empty()) << "the search itself works";
    nowhere("while the log is full");
    reader_.reset();
    store_.reset();
    nowhere("after the log was emptied");
}

RUN_ON_EACH_DATABASE(StoreTest);

}  // namespace
