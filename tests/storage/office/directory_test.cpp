#include "tests/storage/city.hpp"

#include "storage/journal/canonical_json.hpp"

namespace {

using storage::Agency;
using storage::Department;
using storage::Staff;
using workflow::Code;
using workflow::RefusalKind;
using workflow::Result;
using workflow::Role;

class DirectoryTest : public City {
protected:
    template <typename T>
    Result<void> put(T value) {
        return write([&](Connection& c) { return store_->directory().put(c, value, kAdmin, morning("2026-01-05")); });
    }
    template <typename T>
    void expect_invalid(T value, std::string_view pointer, std::string_view code) {
        std::int64_t const entries = store_->journal().head().size;
        auto const refused = put(std::move(value));
        ASSERT_FALSE(refused) << pointer;
        EXPECT_EQ(refused.error().kind, RefusalKind::Invalid);
        ASSERT_EQ(refused.error().errors.size(), 1U) << refused.error().code;
        EXPECT_EQ(refused.error().errors[0].pointer, pointer);
        EXPECT_EQ(refused.error().errors[0].code, code);
        EXPECT_EQ(store_->journal().head().size, entries);
    }
    Agency agency(std::string_view code) const { return *directory()->agency({std::string(code)}); }
    Staff handler() const { return *directory()->staff({"430500-01-handler"}); }
    boost::json::object last_record() {
        auto const entries = storage::read_entries(*reader_, store_->journal().head().size, 1);
        return storage::parse_json(entries.at(0).record)->as_object();
    }
};

TEST_P(DirectoryTest, KnowsItsTree) {
    auto const all = directory();
    EXPECT_EQ(all->line({"430521-02"}), (std::vector<Code>{{"430521-02"}, {"430521-01"}, {"430500-01"}}));
    EXPECT_EQ(all->line({"430500-01"}), (std::vector<Code>{{"430500-01"}}));
    EXPECT_TRUE(all->line({"999999-01"}).empty());
    EXPECT_EQ(all->subtree({"430521-01"}), (std::vector<Code>{{"430521-01"}, {"430521-02"}}));
    EXPECT_TRUE(all->subtree({"999999-01"}).empty());
    EXPECT_EQ(all->staff_by_username("430500-01-handler")->id.value, "430500-01-handler");
    EXPECT_EQ(all->staff_by_username("nobody"), nullptr);
    EXPECT_EQ(all->agency({"999999-01"}), nullptr);
    EXPECT_EQ(all->department({"430500-01-d9"}), nullptr);
}

TEST_P(DirectoryTest, ComesBackAfterARestart) {
    Agency changed = agency(kTop);
    changed.channels = {workflow::Channel::Online, workflow::Channel::Counter};
    changed.policy = {workflow::OnlineReceipt::ByStaff, 20, true};
    changed.office = "办公室";
    ASSERT_TRUE(put(changed));
    Staff person = handler();
    person.password_hash = "$argon2id$v=19$secret";
    person.totp_seed = "seed";
    person.password_changed_at = morning("2026-02-03");
    person.must_change_password = false;
    ASSERT_TRUE(put(person));

    reopen();
    Agency const read = agency(kTop);
    EXPECT_EQ(read.channels, changed.channels);
    EXPECT_EQ(read.policy, changed.policy);
    EXPECT_EQ(read.office, "办公室");
    EXPECT_EQ(read.version, 2);
    Staff const back = handler();
    EXPECT_EQ(back.name, "钱学斌");
    EXPECT_EQ(back.roles, workflow::RoleSet{Role::Handler});
    EXPECT_EQ(back.department.value, "430500-01-d1");
    EXPECT_EQ(back.password_hash, person.password_hash);
    EXPECT_EQ(back.totp_seed, person.totp_seed);
    EXPECT_EQ(back.password_changed_at, person.password_changed_at);
    EXPECT_FALSE(back.must_change_password);
    EXPECT_EQ(back.version, 2);
    EXPECT_EQ(directory()->departments().size(), 6U);
}

TEST_P(DirectoryTest, RefusesAStaleVersion) {
    Agency first = agency(kTop);
    Agency second = first;
    ASSERT_TRUE(put(first));
    auto const late = put(second);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, RefusalKind::Stale);
    Agency unknown = first;
    unknown.code = {"430522-01"};
    unknown.word = "邵新";
    EXPECT_EQ(put(unknown).error().kind, RefusalKind::Stale) << "a version of what is not there";
}

TEST_P(DirectoryTest, RefusesAgenciesThatFitNowhere) {
    Agency child = agency(kLow);
    Agency changed = child;
    changed.parent = Code{"999999-01"};
    expect_invalid(changed, "/parent", "unknown_agency");
    changed = agency(kTop);
    changed.parent = Code{std::string(kLow)};
    expect_invalid(changed, "/parent", "circle");
    changed.parent = Code{std::string(kTop)};
    expect_invalid(changed, "/parent", "circle");
    changed = child;
    changed.word = agency(kTop).word;
    expect_invalid(changed, "/word", "word_in_use");
    changed = child;
    changed.name.clear();
    expect_invalid(changed, "/name", "required");
    changed = child;
    changed.word.clear();
    expect_invalid(changed, "/word", "required");
    changed = child;
    changed.policy.correction_days = 4;
    expect_invalid(changed, "/policy/correction_days", "out_of_range");
    changed = {};
    changed.code = {"43-1"};
    expect_invalid(changed, "/code", "malformed_code");
}

TEST_P(DirectoryTest, RefusesDepartmentsThatFitNowhere) {
    expect_invalid(Department{{"D_1"}, {std::string(kTop)}, "科"}, "/code", "malformed_code");
    expect_invalid(Department{{"d9"}, {std::string(kTop)}, ""}, "/name", "required");
    expect_invalid(Department{{"d9"}, {"999999-01"}, "科"}, "/agency", "unknown_agency");
    Department moved = *directory()->department({"430500-01-d1"});
    moved.agency = {std::string(kLow)};
    expect_invalid(moved, "/agency", "agency_is_fixed");
}

TEST_P(DirectoryTest, RefusesAccountsThatFitNowhere) {
    Staff changed = handler();
    changed.username = "430500-01-registrar";
    expect_invalid(changed, "/username", "username_in_use");
    changed = handler();
    changed.username.clear();
    expect_invalid(changed, "/username", "required");
    changed = handler();
    changed.name.clear();
    expect_invalid(changed, "/name", "required");
    changed = handler();
    changed.agency = {"999999-01"};
    expect_invalid(changed, "/agency", "unknown_agency");
    changed = handler();
    changed.department = {"430521-01-d1"};
    expect_invalid(changed, "/department", "unknown_department");
    changed = handler();
    changed.department = {};
    expect_invalid(changed, "/department", "required");
    changed = handler();
    changed.id = {"有名字"};
    changed.username = "new";
    changed.version = 0;
    expect_invalid(changed, "/id", "malformed_code");
    changed = handler();
    changed.roles.add(Role::Auditor);
    EXPECT_EQ(put(changed).error().code, "roles_exclude_each_other");
}

TEST_P(DirectoryTest, JournalsEveryChangeWithoutNamesOrSecrets) {
    Staff person = handler();
    person.password_hash = "$argon2id$v=19$secret";
    person.totp_seed = "JBSWY3DPEHPK3PXP";
    ASSERT_TRUE(put(person));
    auto const record = last_record();
    EXPECT_EQ(record.at("action"), "put_staff");
    EXPECT_EQ(record.at("object").as_object().at("id"), "430500-01-handler");
    auto const& data = record.at("data").as_object();
    EXPECT_EQ(data.at("version"), 2);
    EXPECT_EQ(data.at("roles").as_array().at(0), "handler");
    EXPECT_TRUE(data.at("second_factor").as_bool());
    auto const text = storage::to_canonical(record);
    for (char const* secret : {"钱学斌", "argon2id", "JBSWY3DPEHPK3PXP"})
        EXPECT_EQ(text.find(secret), std::string::npos);
    EXPECT_TRUE(record.contains("sealed"));

    ASSERT_TRUE(put(agency(kTop)));
    EXPECT_EQ(last_record().at("action"), "put_agency");
    ASSERT_TRUE(put(Department{{"430500-01-d9"}, {std::string(kTop)}, "新科室"}));
    EXPECT_EQ(last_record().at("action"), "put_department");
}

TEST_P(DirectoryTest, ForgetsWhatARefusedJobHasWritten) {
    auto const refused = write([&](Connection& c) -> Result<int> {
        Agency changed = agency(kTop);
        changed.name = "改名";
        EXPECT_TRUE(store_->directory().put(c, changed, kAdmin, morning("2026-01-05")));
        EXPECT_EQ(store_->directory().pending().agency({std::string(kTop)})->name, "改名");
        EXPECT_NE(agency(kTop).name, "改名") << "not seen before the commit";
        return workflow::Refusal{RefusalKind::Invalid, "no", "不"};
    });
    EXPECT_FALSE(refused);
    EXPECT_NE(agency(kTop).name, "改名");
    EXPECT_TRUE(put(agency(kTop))) << "the version is the old one";
}

RUN_ON_EACH_DATABASE(DirectoryTest);

}  // namespace
