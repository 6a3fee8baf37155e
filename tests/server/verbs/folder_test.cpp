#include "storage/journal/merkle.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/fakes/http_client.hpp"
#include "tests/server/verbs/program.hpp"

/// init, user, journal, calendar and serve on a data folder, with and without a service running on it.
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using program::run;
using Arguments = std::vector<std::string>;

class FolderTest : public testing::Test {
protected:
    void SetUp() override {
        auto const made = run(
            {"init", "--data", data, "--agency", "430500-01", "--name", "示范市人民政府", "--word", "示政", "--json"}
        );
        ASSERT_EQ(made.exit_code, 0) << made.err;
        accounts = json::parse(made.out).at("accounts").as_array();
    }

    /// Runs a verb on the folder.
    program::Run on_folder(Arguments arguments, std::string const& input = {}) const {
        arguments.insert(arguments.end(), {"--data", data});
        return run(arguments, input);
    }

    void expect_refused(program::Run const& refused, std::string const& said) const {
        EXPECT_EQ(refused.exit_code, 1);
        EXPECT_EQ(refused.out, "");
        EXPECT_EQ(program::lines(refused.err), 1) << refused.err;
        EXPECT_NE(refused.err.find(said), std::string::npos) << refused.err;
    }

    program::TemporaryFolder folder;
    std::string data = folder / "data";
    json::array accounts;
};

TEST_F(FolderTest, InitMakesThreeAdministratorsWithPasswords) {
    ASSERT_EQ(accounts.size(), 3u);
    for (auto const& account : accounts) EXPECT_GE(account.at("password").as_string().size(), 12u);
    struct stat status {};
    ASSERT_EQ(::stat((data + "/keys").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u);
    auto const listed = on_folder({"user", "list", "--json"});
    EXPECT_EQ(json::parse(listed.out).as_array().size(), 3u);
}

TEST_F(FolderTest, InitRefusesAFolderWithContent) {
    expect_refused(on_folder({"init", "--agency", "430500-01", "--name", "示范市人民政府"}), "已有内容");
    expect_refused(run({"init", "--data", folder / "other", "--agency", "4305", "--name", "示范市"}), "机关代码");
}

TEST_F(FolderTest, AccountsAreAddedDisabledAndReset) {
    auto const added = on_folder(
        {"user",
         "add",
         "lisi",
         "--name",
         "李四",
         "--agency",
         "430500-01",
         "--role",
         "registrar",
         "--role",
         "reviewer",
         "--json"}
    );
    ASSERT_EQ(added.exit_code, 0) << added.err;
    auto const account = json::parse(added.out).as_object();
    EXPECT_EQ(account.at("roles").as_array().size(), 2u);
    EXPECT_FALSE(account.at("disabled").as_bool());

    EXPECT_EQ(on_folder({"user", "disable", "lisi"}).exit_code, 0);
    EXPECT_NE(on_folder({"user", "list"}).out.find("已停用"), std::string::npos);
    auto const reset = on_folder({"user", "reset", "lisi", "--json"});
    auto const renewed = json::parse(reset.out).as_object();
    EXPECT_FALSE(renewed.at("disabled").as_bool());
    EXPECT_NE(renewed.at("password").as_string(), account.at("password").as_string());
}

TEST_F(FolderTest, WrongAccountsAreRefused) {
    Arguments const lisi{"user", "add", "lisi", "--name", "李四"};
    auto const with = [&](Arguments const& more) {
        Arguments all = lisi;
        all.insert(all.end(), more.begin(), more.end());
        return on_folder(all);
    };
    expect_refused(with({"--agency", "430500-01", "--role", "king"}), "king");
    expect_refused(with({"--agency", "430500-01", "--role", "auditor", "--role", "handler"}), "三员分立");
    expect_refused(with({"--agency", "430500-99", "--role", "registrar"}), "");
    expect_refused(on_folder({"user", "disable", "nobody"}), "nobody");
    expect_refused(run({"user", "list", "--data", folder / "absent"}), "disclosure init");
}

TEST_F(FolderTest, TheJournalVerifiesExportsAndProves) {
    auto const verified = on_folder({"journal", "verify", "--json"});
    ASSERT_EQ(verified.exit_code, 0) << verified.err;
    auto const report = json::parse(verified.out).as_object();
    EXPECT_TRUE(report.at("holds").as_bool());
    auto const entries = report.at("entries").as_int64();
    EXPECT_GE(entries, 4);

    auto const exported = on_folder({"journal", "export"});
    EXPECT_GE(program::lines(exported.out), entries);

    auto const proved = on_folder({"journal", "prove", std::to_string(entries)});
    ASSERT_EQ(proved.exit_code, 0) << proved.err;
    std::string const root(report.at("root").as_string());
    EXPECT_EQ(run({"journal", "check-receipt", "--root", root}, proved.out).exit_code, 0);
    expect_refused(on_folder({"journal", "prove", std::to_string(entries + 1)}), "没有第");
}

TEST_F(FolderTest, ATamperedReceiptDoesNotHold) {
    auto const proof = json::parse(on_folder({"journal", "prove", "2"}).out).as_object();
    std::string const root(proof.at("root").as_string());
    auto const check = [&](json::object const& receipt) {
        auto const file = folder.write("receipt.json", json::serialize(receipt));
        return run({"journal", "check-receipt", file, "--root", root});
    };
    EXPECT_EQ(check(proof).exit_code, 0);
    EXPECT_EQ(check({{"receipt", proof}}).exit_code, 0);
    expect_refused(check({{"number", "430500-01-2026-000001"}, {"receipt", proof}}), "写在外面的受理编号或提交时间");

    auto changed = proof;
    std::string record(changed.at("record").as_string());
    record[record.size() / 2] = record[record.size() / 2] == 'x' ? 'y' : 'x';
    changed["record"] = record;
    expect_refused(check(changed), "凭证不成立");
    changed = proof;
    changed["seq"] = 1;
    expect_refused(check(changed), "凭证不成立");
    changed = proof;
    changed["path"].as_array().pop_back();
    expect_refused(check(changed), "凭证不成立");
    changed = proof;
    changed.erase("root");
    expect_refused(check(changed), "这不是凭证");
}

/// A receipt that says whatever one likes: the only entry of a tree of one.
json::object receipt_from_nothing() {
    std::string const record = R"({"action":"submit","seq":1})";
    auto const leaf = storage::to_hex(storage::merkle::leaf_hash(storage::as_bytes(record)));
    return {{"seq", 1}, {"record", record}, {"tree_size", 1}, {"root", leaf}, {"path", json::array{}}};
}

TEST_F(FolderTest, AReceiptProvesNothingByItself) {
    auto const proof = on_folder({"journal", "prove", "2"}).out;
    for (auto const& text : {proof, json::serialize(receipt_from_nothing())}) {
        expect_refused(run({"journal", "check-receipt"}, text), "这样的文件谁都能造");
        auto const checked = run({"journal", "check-receipt", "--json"}, text);
        EXPECT_EQ(checked.exit_code, 1);
        auto const verdict = json::parse(checked.out).as_object();
        EXPECT_EQ(verdict.at("holds"), false);
        EXPECT_EQ(verdict.at("consistent"), true);
        EXPECT_TRUE(verdict.at("compared_with").is_null());
    }
}

TEST_F(FolderTest, AReceiptIsHeldAgainstAKnownHead) {
    auto const proof = json::parse(on_folder({"journal", "prove", "2"}).out).as_object();
    auto const receipt = folder.write("receipt.json", json::serialize(proof));
    auto const made_up = folder.write("made-up.json", json::serialize(receipt_from_nothing()));
    auto const against = [&](std::string const& file, Arguments const& known) {
        Arguments arguments{"journal", "check-receipt", file};
        arguments.insert(arguments.end(), known.begin(), known.end());
        return run(arguments);
    };
    json::object const then{{"size", proof.at("tree_size")}, {"root", proof.at("root")}};
    auto const head = folder.write("head.json", json::serialize(then));
    std::string const root(proof.at("root").as_string());
    EXPECT_EQ(against(receipt, {"--head", head}).exit_code, 0);
    EXPECT_EQ(against(receipt, {"--root", root}).out.rfind("凭证有效", 0), 0u);
    expect_refused(against(made_up, {"--head", head}), "还要一致性证明");
    expect_refused(against(made_up, {"--root", root}), "树根与给出的不同");
    expect_refused(against(receipt, {"--root", std::string(64, '0')}), "树根与给出的不同");
    expect_refused(against(receipt, {"--head", receipt}), "这不是日志头");
    auto const told = folder.write(
        "told.json", json::serialize(json::object{{"number", "430500-01-2026-000099"}, {"receipt", proof}})
    );
    expect_refused(against(told, {"--head", head}), "写在外面的受理编号或提交时间");
    EXPECT_EQ(against(receipt, {"--head", head, "--root", root}).exit_code, 2);
    EXPECT_EQ(against(receipt, {"--consistency", head}).exit_code, 2);

    // The journal grows; the receipt stays as it is.
    auto const added =
        on_folder({"user", "add", "wangwu", "--name", "王五", "--agency", "430500-01", "--role", "registrar"});
    ASSERT_EQ(added.exit_code, 0) << added.err;
    program::Running service({"serve", "--data", data, "--listen", "127.0.0.1:0"});
    auto const started = service.wait_for("http://127.0.0.1:");
    auto const url = started.substr(started.find("http://"), started.rfind('/') - started.find("http://"));
    auto const valid = against(receipt, {"--url", url, "--json"});
    ASSERT_EQ(valid.exit_code, 0) << valid.err;
    EXPECT_EQ(json::parse(valid.out).at("compared_with"), "url");
    expect_refused(against(made_up, {"--url", url + "/"}), "不是同一本");
    expect_refused(against(receipt, {"--url", url + "/nowhere"}), "答复 404");

    fakes::HttpClient client(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    auto const now = client.get("/api/v1/journal/head").json();
    auto const range =
        "from=" + std::to_string(then.at("size").as_int64()) + "&to=" + std::to_string(now.at("size").as_int64());
    auto const grown = folder.write("grown.json", json::serialize(now));
    auto const link = folder.write("link.json", client.get("/api/v1/journal/consistency?" + range).body());
    EXPECT_EQ(against(receipt, {"--head", grown, "--consistency", link}).exit_code, 0);
    expect_refused(against(receipt, {"--head", grown}), range);
    expect_refused(against(made_up, {"--head", grown, "--consistency", link}), "还要一致性证明");
    json::object forged(then);
    forged["root"] = std::string(64, 'a');
    forged["size"] = now.at("size");
    auto const other = folder.write("other.json", json::serialize(forged));
    expect_refused(against(receipt, {"--head", other, "--consistency", link}), "不是同一本");
    service.signal(SIGTERM);
    EXPECT_EQ(service.wait(), 0);
}

TEST_F(FolderTest, VerifyFindsAChangedRecord) {
    std::fstream database(data + "/disclosure.db", std::ios::in | std::ios::out | std::ios::binary);
    std::string const bytes(std::istreambuf_iterator<char>(database), {});
    auto const at = bytes.find("\"430500-01\"");
    ASSERT_NE(at, std::string::npos);
    database.clear();
    database.seekp(static_cast<std::streamoff>(at) + 9);
    database.put('2');
    database.close();
    auto const verified = on_folder({"journal", "verify"});
    EXPECT_EQ(verified.exit_code, 1);
    EXPECT_FALSE(verified.err.empty());
}

TEST_F(FolderTest, ADamagedDatabaseIsNamed) {
    fs::resize_file(data + "/disclosure.db", 100);
    expect_refused(on_folder({"user", "list"}), "损坏");
    expect_refused(on_folder({"serve", "--listen", "127.0.0.1:0"}), "损坏");
}

TEST_F(FolderTest, KeysThatOthersCanReadAreRefused) {
    fs::permissions(data + "/keys", fs::perms::owner_read | fs::perms::others_read);
    expect_refused(on_folder({"serve", "--listen", "127.0.0.1:0"}), "chmod 600");
}

TEST_F(FolderTest, AConfigurationTypoIsShownWithLineAndSuggestion) {
    auto const config = folder.write("typo.toml", "[server]\nprot = 8080\n");
    auto const refused = run({"serve", "--config", config});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.err.find("2"), std::string::npos) << refused.err;
    EXPECT_NE(refused.err.find("server.port"), std::string::npos) << refused.err;
    expect_refused(on_folder({"serve", "--listen", "localhost"}), "--listen");
}

TEST_F(FolderTest, VerbsWorkBesideARunningServiceAndItStopsInOrder) {
    program::Running service({"serve", "--data", data, "--listen", "127.0.0.1:0"});
    auto const started = service.wait_for("http://127.0.0.1:");
    ASSERT_FALSE(started.empty());
    auto const port = started.substr(started.rfind(':') + 1, started.rfind('/') - started.rfind(':') - 1);

    // reading
    EXPECT_EQ(on_folder({"journal", "verify"}).exit_code, 0);
    // writing, through the service
    auto const added =
        on_folder({"user", "add", "lisi", "--name", "李四", "--agency", "430500-01", "--role", "registrar"});
    EXPECT_EQ(added.exit_code, 0) << added.err;
    EXPECT_NE(on_folder({"user", "list"}).out.find("lisi"), std::string::npos);
    expect_refused(on_folder({"user", "disable", "nobody"}), "nobody");
    // not two of them, and not two on one port
    expect_refused(on_folder({"serve", "--listen", "127.0.0.1:0"}), "正被进程");
    ASSERT_EQ(run({"init", "--data", folder / "second", "--agency", "430500-01", "--name", "示范市"}).exit_code, 0);
    expect_refused(run({"serve", "--data", folder / "second", "--listen", "127.0.0.1:" + port}), "占用");

    service.signal(SIGTERM);
    EXPECT_EQ(service.wait(), 0);
    EXPECT_FALSE(fs::exists(data + "/control.sock"));
    EXPECT_EQ(on_folder({"user", "disable", "lisi"}).exit_code, 0);
}

TEST_F(FolderTest, NothingIsErasedBeforeItsTerm) {
    auto const listed = on_folder({"retention", "list", "--json"});
    EXPECT_EQ(listed.exit_code, 0) << listed.err;
    EXPECT_TRUE(json::parse(listed.out).as_array().empty());
    expect_refused(on_folder({"retention", "erase", "430500-01-2026-000001"}), "没有这件保管期限已经届满的申请");
    EXPECT_EQ(on_folder({"retention", "list"}).out, "没有保管期限已经届满的案卷。\n");
}

TEST_F(FolderTest, TheCalendarIsShownAndImported) {
    auto const shown = on_folder({"calendar", "show", "2026", "--json"});
    ASSERT_EQ(shown.exit_code, 0) << shown.err;
    expect_refused(on_folder({"calendar", "show", "2027"}), "2027");

    auto year = json::parse(shown.out).as_object();
    year["year"] = 2027;
    json::array off;
    for (auto const* day :
         {"01-01",
          "02-05",
          "02-06",
          "02-07",
          "02-08",
          "04-05",
          "05-01",
          "05-02",
          "06-09",
          "09-15",
          "10-01",
          "10-02",
          "10-03"}) {
        off.push_back(json::object{{"date", std::string("2027-") + day}, {"festival", "法定节日"}});
    }
    year["off"] = off;
    year["work"] = json::array{};
    auto const file = folder.write("2027.json", json::serialize(year));
    EXPECT_NE(on_folder({"workdays", "2026-12-31", "+1"}).out.find("暂定"), std::string::npos);
    auto const imported = on_folder({"calendar", "import", file});
    EXPECT_EQ(imported.exit_code, 0) << imported.err;
    EXPECT_EQ(on_folder({"workdays", "2026-12-31", "+1"}).out, "2027-01-04\n");
    EXPECT_EQ(on_folder({"calendar", "show", "2027"}).exit_code, 0);

    year["off"].as_array().erase(year["off"].as_array().begin());
    auto const wrong = folder.write("wrong.json", json::serialize(year));
    expect_refused(on_folder({"calendar", "import", wrong}), "2027年1月1日");
}

TEST_F(FolderTest, TheCalendarIsImportedFromTheTextOfTheNotice) {
    std::string const text =
        "国务院办公厅关于\n2027年部分节假日安排的通知\n国办发明电〔2026〕9号\n"
        "　　一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
        "　　二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共8天。2月14日（周日）、2月20日（周六）上班。\n"
        "　　三、清明节：4月3日（周六）至5日（周一）放假，共3天。\n"
        "　　四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。\n"
        "　　五、端午节：6月9日（周三）放假1天，不调休。\n　　六、中秋节：9月15日（周三）放假1天，不调休。\n"
        "　　七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。\n"
        "　　国务院办公厅\n　　2026年11月4日\n";
    auto const seen = on_folder({"calendar", "import", "--dry-run"}, text);
    ASSERT_EQ(seen.exit_code, 0) << seen.err;
    EXPECT_NE(
        seen.out.find("  春节    2027年2月5日（周五）至2027年2月12日（周五），共8天   "
                      "2027年2月14日（周日）、2027年2月20日（周六）\n"),
        std::string::npos
    ) << seen.out;
    EXPECT_NE(seen.out.find("  端午节  2027年6月9日（周三）"), std::string::npos);
    EXPECT_NE(seen.out.find("来源：国办发明电〔2026〕9号（2026年11月4日发布）\n"), std::string::npos) << seen.out;
    expect_refused(on_folder({"calendar", "show", "2027"}), "2027");

    auto const with = [&](std::string_view from, std::string_view to) {
        auto changed = text;
        return changed.replace(changed.find(from), from.size(), to);
    };
    expect_refused(on_folder({"calendar", "import"}, with("1月1日（周五）", "1月1日（周四）")), "星期不符");
    expect_refused(on_folder({"calendar", "import"}, with("共8天", "共7天")), "天数不符");
    expect_refused(
        on_folder({"calendar", "import"}, with("　　五、端午节：6月9日（周三）放假1天，不调休。\n", "")), "端午节"
    );
    expect_refused(on_folder({"calendar", "import", "--year", "2028"}, text), "2027年的放假通知，不是2028年的");
    expect_refused(on_folder({"calendar", "import"}, "放假安排见附件。"), "哪一年");
    expect_refused(on_folder({"calendar", "import", "--issued", "4 November"}, text), "4 November");
    expect_refused(on_folder({"calendar", "show", "2027"}), "2027");

    auto const imported = on_folder({"calendar", "import", "--url", "https://www.gov.cn/"}, text);
    ASSERT_EQ(imported.exit_code, 0) << imported.err;
    EXPECT_NE(imported.out.find("已录入 2027 年的放假安排"), std::string::npos);
    auto const shown = json::parse(on_folder({"calendar", "show", "2027", "--json"}).out);
    EXPECT_EQ(shown.at("off").as_array().size(), 28u);
    EXPECT_EQ(shown.at("notices").as_array().at(0).at("url"), "https://www.gov.cn/");
}

}  // namespace
