#include "tests/storage/city.hpp"

#include "storage/office/watches.hpp"

#include <algorithm>
#include <set>

namespace {

using storage::CaseFilter;
using storage::CaseRow;
using storage::CaseScope;
using storage::CaseSort;
using workflow::Action;
using workflow::Code;
using workflow::Result;
using workflow::Role;
using workflow::State;

class CaseListTest : public City {
protected:
    static CaseScope everything() {
        CaseScope scope;
        scope.everything = true;
        return scope;
    }
    std::vector<CaseRow> list(CaseFilter const& filter, CaseScope const& scope = everything()) {
        auto page = store_->cases().list(*reader_, scope, filter);
        EXPECT_TRUE(page) << page.error().detail;
        return std::move(page->items);
    }
    std::vector<std::string> ids(CaseFilter const& filter, CaseScope const& scope = everything()) {
        std::vector<std::string> found;
        for (CaseRow const& row : list(filter, scope)) found.push_back(row.id);
        return found;
    }
    static CaseFilter filter() { return {}; }
};

using Ids = std::vector<std::string>;

TEST_P(CaseListTest, ARowTellsWhatAWorkListShows) {
    std::string const id = handled("2026-04-24");
    consult(id, "2026-04-27");
    auto const rows = list(filter());
    ASSERT_EQ(rows.size(), 1U);
    CaseRow const& row = rows[0];
    EXPECT_EQ(row.id, id);
    EXPECT_EQ(row.number, "430500-01-2026-000001");
    EXPECT_EQ(row.agency, kTop);
    EXPECT_EQ(row.department, "430500-01-d1");
    EXPECT_EQ(row.assignee, "430500-01-handler");
    EXPECT_EQ(row.state, State::Handling);
    EXPECT_EQ(row.channel, workflow::Channel::Online);
    EXPECT_EQ(row.applicant_kind, workflow::ApplicantKind::NaturalPerson);
    EXPECT_FALSE(row.outcome);
    EXPECT_EQ(row.submitted_on, day("2026-04-24"));
    EXPECT_EQ(row.received_on, day("2026-04-24"));
    EXPECT_TRUE(row.paused);
    auto const clock = workflow::compute_clock(facts(id).timeline(), day("2026-04-27"), *store_->calendar().current());
    EXPECT_EQ(row.reply_due, clock->reply_due);
    EXPECT_FALSE(row.concluded_on);
    EXPECT_EQ(row.awaits, Role::Handler);
    EXPECT_FALSE(row.card);
    EXPECT_EQ(row.version, facts(id).version);
    EXPECT_EQ(row.applicant, "欧**");
    EXPECT_EQ(row.title, "资江二桥征地补偿方案");
}

TEST_P(CaseListTest, EveryFilterRestricts) {
    std::string const handling = handled("2026-03-02");
    std::string const fresh = submitted("2026-03-20");
    std::string const elsewhere = submitted("2026-03-25", form(kLow));
    std::string const withdrawn = submitted("2026-03-26");
    must(withdrawn, Action::Withdraw, oral_withdrawal("申请人不再需要", "2026-03-27"), top("registrar"), "2026-03-27");
    workflow::Command const fax{
        Action::Register, workflow::Registration{form(), workflow::Channel::Fax, day("2026-03-30"), "传真件", {}}};
    std::string const faxed = write([&](Connection& c) {
                                  return store_->cases().create(c, fax, top("registrar"), morning("2026-03-31"));
                              })->stored.id;

    auto const by = [&](auto set) {
        CaseFilter f;
        set(f);
        return ids(f);
    };
    EXPECT_EQ(by([](CaseFilter&) {}), (Ids{handling, fresh, elsewhere, faxed, withdrawn}))
        << "by deadline, the concluded last";
    EXPECT_EQ(by([](CaseFilter& f) { f.states = {State::Handling}; }), Ids{handling});
    EXPECT_EQ(by([](CaseFilter& f) { f.states = {State::Lapsed, State::Handling}; }), (Ids{handling, withdrawn}));
    EXPECT_EQ(by([](CaseFilter& f) { f.states = {State::Approving}; }), Ids{});
    EXPECT_EQ(by([](CaseFilter& f) { f.agencies = {{std::string(kLow)}}; }), Ids{elsewhere});
    EXPECT_EQ(by([](CaseFilter& f) { f.agencies = {{std::string(kLow)}, {std::string(kMiddle)}}; }), Ids{elsewhere});
    EXPECT_EQ(by([](CaseFilter& f) { f.department = Code{"430500-01-d1"}; }), Ids{handling});
    EXPECT_EQ(by([](CaseFilter& f) { f.assignee = Code{"430500-01-handler"}; }), Ids{handling});
    EXPECT_EQ(by([](CaseFilter& f) { f.assignee = Code{"somebody"}; }), Ids{});
    EXPECT_EQ(by([](CaseFilter& f) { f.channel = workflow::Channel::Fax; }), Ids{faxed});
    EXPECT_EQ(by([](CaseFilter& f) { f.outcomes = {workflow::Outcome::Withdrawn}; }), Ids{withdrawn});
    EXPECT_EQ(by([](CaseFilter& f) { f.card = workflow::CardLevel::Red; }), Ids{});
    EXPECT_EQ(
        by([](CaseFilter& f) {
            f.states = {State::Submitted};
            f.agencies = {{std::string(kTop)}};
        }),
        Ids{fresh}
    );

    auto const due = facts(handling).timeline();
    workflow::Date const limit =
        workflow::compute_clock(due, day("2026-03-02"), *store_->calendar().current())->reply_due.value();
    EXPECT_EQ(by([&](CaseFilter& f) { f.due_before = workflow::add_days(limit, 1); }), Ids{handling});
    EXPECT_EQ(by([&](CaseFilter& f) { f.due_before = limit; }), Ids{});
    EXPECT_EQ(by([&](CaseFilter& f) { f.due_after = limit; }), (Ids{fresh, elsewhere, faxed}))
        << "nothing concluded is due";

    EXPECT_EQ(
        by([](CaseFilter& f) { f.sort = CaseSort::Received; }), (Ids{faxed, withdrawn, elsewhere, fresh, handling})
    );
    EXPECT_EQ(
        by([](CaseFilter& f) { f.sort = CaseSort::Number; }), (Ids{handling, fresh, withdrawn, faxed, elsewhere})
    );
}

TEST_P(CaseListTest, TheLastDayRestrictsWhatIsConcludedToo) {
    std::string const replied = handled("2026-03-02");  // its last day: 2026-03-30
    std::string const open = handled("2026-03-02");
    reply(replied, "2026-03-25");
    auto const within = [&](std::string_view after, std::string_view before) {
        CaseFilter f;
        f.sort = CaseSort::Number;
        f.last_day_after = day(after);
        f.last_day_before = day(before);
        return ids(f);
    };
    EXPECT_EQ(within("2026-03-29", "2026-03-31"), (Ids{replied, open}));
    EXPECT_EQ(within("2026-03-30", "2026-12-31"), Ids{});
    EXPECT_EQ(within("2026-03-01", "2026-03-30"), Ids{});
}

TEST_P(CaseListTest, DaysAndProgressRestrict) {
    std::string const paused = handled("2026-03-02");
    consult(paused, "2026-03-03");
    std::string const fresh = submitted("2026-03-20");
    std::string const first = submitted("2026-03-23");
    std::string const second = submitted("2026-03-23");
    for (auto const& [id, on] : {std::pair(first, "2026-03-24"), std::pair(second, "2026-03-26")}) {
        must(id, Action::Withdraw, oral_withdrawal("申请人不再需要", on), top("registrar"), on);
    }
    auto const by = [&](auto set) {
        CaseFilter f;
        f.sort = CaseSort::Number;
        set(f);
        return ids(f);
    };
    EXPECT_EQ(by([](CaseFilter& f) { f.received_before = day("2026-03-20"); }), Ids{paused});
    EXPECT_EQ(by([](CaseFilter& f) { f.received_after = day("2026-03-20"); }), (Ids{first, second}));
    EXPECT_EQ(by([](CaseFilter& f) { f.concluded_before = day("2026-03-26"); }), Ids{first});
    EXPECT_EQ(by([](CaseFilter& f) { f.concluded_after = day("2026-03-24"); }), Ids{second});
    EXPECT_EQ(by([](CaseFilter& f) { f.open = true; }), (Ids{paused, fresh}));
    EXPECT_EQ(by([](CaseFilter& f) { f.open = false; }), (Ids{first, second}));
    EXPECT_EQ(by([](CaseFilter& f) { f.paused = true; }), Ids{paused});
    EXPECT_EQ(by([](CaseFilter& f) { f.paused = false; }), (Ids{fresh, first, second}));
    EXPECT_EQ(by([](CaseFilter& f) { f.on_time = true; }), Ids{}) << "a withdrawal is no reply";
    EXPECT_EQ(by([](CaseFilter& f) { f.on_time = false; }), Ids{});

    CaseFilter newest;
    newest.sort = CaseSort::Concluded;
    newest.limit = 1;
    auto const page = store_->cases().list(*reader_, everything(), newest);
    ASSERT_EQ(page->items.size(), 1U);
    EXPECT_EQ(page->items[0].id, second) << "the last concluded first";
    newest.cursor = page->next_cursor.value();
    EXPECT_EQ(ids(newest), Ids{first}) << "open cases have no place in this order";
}

TEST_P(CaseListTest, MineIsWhatWaitsForMe) {
    std::string const mine = handled("2026-04-24");
    std::string const unassigned = submitted("2026-04-24");
    must(unassigned, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-24");
    must(unassigned, Action::Accept, workflow::Acceptance{{"430500-01-d1"}, {}, {}}, top("reviewer"), "2026-04-24");
    std::string const fresh = submitted("2026-04-24");
    auto const of = [&](std::string const& id, workflow::RoleSet roles) {
        CaseFilter f;
        f.mine = CaseFilter::Mine{{{id}}, roles};
        return ids(f);
    };
    auto const with_others = [&](std::string const& id, std::string const& absent) {
        CaseFilter f;
        f.mine = CaseFilter::Mine{{{id}, {absent}}, {Role::Handler}};
        return ids(f);
    };
    EXPECT_EQ(of("430500-01-handler", {Role::Handler}), Ids{mine});
    EXPECT_EQ(of("430500-01-other", {Role::Handler}), Ids{}) << "another handler's work is not mine";
    EXPECT_EQ(with_others("430500-01-other", "430500-01-handler"), Ids{mine}) << "but while I stand in for them";
    EXPECT_EQ(of("430500-01-head", {Role::DepartmentHead}), Ids{unassigned});
    EXPECT_EQ(of("430500-01-registrar", {Role::Registrar}), Ids{fresh});
    EXPECT_EQ(
        of("430500-01-handler", {Role::Handler, Role::Registrar, Role::DepartmentHead}), (Ids{mine, unassigned, fresh})
    );
}

TEST_P(CaseListTest, UnclaimedIsWhatADepartmentHasAndNobodyTook) {
    handled("2026-04-24");
    std::string const fresh = submitted("2026-04-24");
    std::string const unclaimed = submitted("2026-04-24");
    must(unclaimed, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-24");
    must(unclaimed, Action::Accept, workflow::Acceptance{{"430500-01-d2"}, {}, {}}, top("reviewer"), "2026-04-24");
    CaseFilter f;
    f.unclaimed = true;
    EXPECT_EQ(ids(f), Ids{unclaimed});
    f.department = Code{"430500-01-d1"};
    EXPECT_EQ(ids(f), Ids{});
}

TEST_P(CaseListTest, WatchedIsWhatTheAccountFollows) {
    std::string const first = submitted("2026-04-24");
    std::string const second = submitted("2026-04-27");
    Code const me{"430500-01-handler"};
    auto const change = [&](auto how, Code const& account, std::string const& id) {
        auto const done = write([&](Connection& c) -> workflow::Result<int> {
            how(c, account, id);
            return 0;
        });
        ASSERT_TRUE(done);
    };
    change(storage::watch, me, second);
    change(storage::watch, me, second);
    change(storage::watch, Code{"430500-01-registrar"}, first);
    change(storage::watch, me, "nowhere");
    CaseFilter f;
    f.watched_by = me;
    EXPECT_EQ(ids(f), Ids{second});
    EXPECT_TRUE(storage::watches(*reader_, me, second));
    EXPECT_FALSE(storage::watches(*reader_, me, first));
    change(storage::unwatch, me, second);
    change(storage::unwatch, me, second);
    EXPECT_EQ(ids(f), Ids{});
    EXPECT_FALSE(storage::watches(*reader_, me, second));
}

TEST_P(CaseListTest, CountsWhatTheListHasUpToALimit) {
    for (int i = 0; i < 3; ++i) submitted("2026-04-24");
    submitted("2026-04-24", form(kLow));
    auto const count = [&](CaseFilter const& f, std::int64_t most, CaseScope const& scope = everything()) {
        return store_->cases().count(*reader_, scope, f, most).value();
    };
    CaseFilter f;
    f.limit = 1;
    EXPECT_EQ(count(f, 10), 4);
    EXPECT_EQ(count(f, 2), 2);
    f.agencies = {{std::string(kLow)}};
    EXPECT_EQ(count(f, 10), 1);
    f = {};
    f.text = "征地补偿";
    EXPECT_EQ(count(f, 10), 4);
    f.text = "征";
    EXPECT_FALSE(store_->cases().count(*reader_, everything(), f, 10));
    EXPECT_EQ(count({}, 10, storage::scope_of(top("handler"), *directory())), 0) << "nothing is in the department yet";
}

TEST_P(CaseListTest, TextFindsNumberPersonAndSubstring) {
    workflow::Application other = form();
    other.applicant.name = "王建国";
    other.applicant.phone = "13973905678";
    other.applicant.email.reset();
    other.items = {{"教育局2025年度预算", {}, "公开招聘教师的方案（含附表）"}};
    std::string const bridge = submitted("2026-04-24");
    std::string const school = submitted("2026-04-24", other);
    auto const found = [&](std::string text) {
        CaseFilter f;
        f.text = std::move(text);
        return ids(f);
    };
    EXPECT_EQ(found("430500-01-2026-000002"), Ids{school});
    EXPECT_EQ(found("430500-01-2026-000009"), Ids{});
    EXPECT_EQ(found("欧阳春晓"), Ids{bridge});
    EXPECT_EQ(found("138 7390-1234"), Ids{bridge});
    EXPECT_EQ(found("chunxiao@example.cn"), Ids{bridge});
    EXPECT_EQ(found("11010519491231002x"), (Ids{bridge, school}));
    EXPECT_EQ(found("欧阳"), Ids{}) << "a person is found by the whole name only";
    EXPECT_EQ(found("征地补偿"), Ids{bridge});
    EXPECT_EQ(found("２０２５年"), (Ids{bridge, school}));
    EXPECT_EQ(found("教师的方案(含"), Ids{school});
    EXPECT_EQ(found("方案征地"), Ids{});
    CaseFilter one_character;
    one_character.text = "征";
    auto const refused = store_->cases().list(*reader_, everything(), one_character);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, workflow::RefusalKind::Invalid);
}

TEST_P(CaseListTest, TextFindsWhatWasHandedInLater) {
    std::string const id = submitted("2026-04-24");
    must(id, Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), "2026-04-24");
    workflow::CorrectionRequest const request{{"请写明年份"}, "可在网站查询", true, day("2026-05-21")};
    must(id, Action::RequestCorrection, request, top("reviewer"), "2026-04-27");
    hand_over(id, "2026-04-27");
    workflow::Supplement const supplement{day("2026-04-28"), "所指为二〇二四年的安置房分配名册", {}};
    must(id, Action::RecordCorrection, supplement, top("registrar"), "2026-04-28");
    CaseFilter f;
    f.text = "安置房分配";
    EXPECT_EQ(ids(f), Ids{id});
}

TEST_P(CaseListTest, TextIsFoundBeforeAndAfterItIsMergedIntoTheIndex) {
    std::set<std::string> expected;
    for (int i = 0; i < 150; ++i) {
        workflow::Application application = form();
        application.items[0].title = "第" + std::to_string(1000 + i) + "号规划许可";
        expected.insert(submitted("2026-04-24", application));
    }
    EXPECT_LT(number("SELECT count(*) FROM search_pending"), 150);
    EXPECT_GT(number("SELECT count(*) FROM search_pending"), 0);
    CaseFilter f;
    f.text = "号规划许可";
    f.limit = 200;
    auto const found = ids(f);
    EXPECT_EQ(std::set(found.begin(), found.end()), expected);
    for (char const* title : {"第1000号", "第1127号", "第1128号", "第1149号"}) {
        f.text = title;
        EXPECT_EQ(ids(f).size(), 1U) << title;
    }
}

TEST_P(CaseListTest, PagesShowEveryRowOnceInOrder) {
    for (int i = 0; i < 23; ++i) {
        std::string const id = submitted(i % 2 == 0 ? "2026-04-24" : "2026-04-27", form(i % 3 == 0 ? kLow : kTop));
        if (i % 5 == 0) {
            must(
                id,
                Action::Withdraw,
                workflow::Withdrawal{.reason = "申请人不再需要"},
                applicant(facts(id).number.value),
                "2026-04-28"
            );
        }
    }
    for (CaseSort const sort : {CaseSort::Due, CaseSort::Received, CaseSort::Number}) {
        CaseFilter whole;
        whole.sort = sort;
        auto const expected = ids(whole);
        ASSERT_EQ(expected.size(), 23U);
        CaseFilter f = whole;
        f.limit = 5;
        Ids seen;
        int pages = 0;
        while (true) {
            auto const page = store_->cases().list(*reader_, everything(), f);
            ASSERT_TRUE(page);
            ++pages;
            for (CaseRow const& row : page->items) seen.push_back(row.id);
            if (!page->next_cursor) break;
            f.cursor = *page->next_cursor;
        }
        EXPECT_EQ(seen, expected);
        EXPECT_EQ(pages, 5);
    }
    CaseFilter exact;
    exact.limit = 23;
    EXPECT_FALSE(store_->cases().list(*reader_, everything(), exact)->next_cursor)
        << "nothing follows a full last page";
}

TEST_P(CaseListTest, RefusesACursorItDidNotMake) {
    for (int i = 0; i < 3; ++i) submitted("2026-04-24");
    CaseFilter f;
    f.limit = 1;
    std::string const good = store_->cases().list(*reader_, everything(), f)->next_cursor.value();
    EXPECT_EQ(
        good.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), std::string::npos
    );
    f.sort = CaseSort::Number;
    for (std::string const& bad :
         {std::string("x"), std::string("%%%"), std::string("due_"), std::string("number_1"), good, good + "A"}) {
        f.cursor = bad;
        auto const refused = store_->cases().list(*reader_, everything(), f);
        ASSERT_FALSE(refused) << bad;
        EXPECT_EQ(refused.error().kind, workflow::RefusalKind::Invalid);
        EXPECT_EQ(refused.error().code, "bad_cursor");
    }
}

/// Rows and procedure draw the same line: a case is in an account's list exactly when one of its roles reaches it.
TEST_P(CaseListTest, ScopeIsThatOfTheProcedure) {
    for (std::string_view const agency : {kTop, kMiddle, kLow}) {
        std::string const a(agency);
        submitted("2026-04-24", form(agency));
        for (std::string const main : {"-d1", "-d2"}) {
            for (bool const together : {false, true}) {
                std::string const id = submitted("2026-04-24", form(agency));
                must(id, Action::ConfirmReceipt, workflow::Remark{}, account(a + "-registrar"), "2026-04-24");
                workflow::Acceptance acceptance{{a + main}, {}, {}};
                if (together) acceptance.co_departments = {{a + (main == "-d1" ? "-d2" : "-d1")}};
                must(id, Action::Accept, acceptance, account(a + "-reviewer"), "2026-04-24");
            }
        }
    }
    CaseFilter all;
    all.limit = 200;
    auto const every = ids(all);
    ASSERT_EQ(every.size(), 15U);
    std::vector<workflow::Actor> actors;
    for (auto const& [id, staff] : directory()->staff()) actors.push_back(account(id.value));
    for (std::string_view const agency : {kTop, kMiddle, kLow}) {  // several roles at once, and none
        for (workflow::RoleSet const roles :
             {workflow::RoleSet{Role::Handler, Role::Registrar},
              workflow::RoleSet{Role::Handler, Role::Supervisor},
              workflow::RoleSet{Role::Auditor},
              workflow::RoleSet{},
              workflow::RoleSet{Role::System}}) {
            actors.push_back({{"x"}, roles, {std::string(agency)}, {std::string(agency) + "-d2"}, {}});
        }
    }
    actors.push_back({{"x"}, {Role::Supervisor}, {"999999-01"}, {}, {}});
    actors.push_back({{"x"}, {Role::Handler}, {std::string(kTop)}, {}, {}});
    for (workflow::Actor const& actor : actors) {
        auto const listed = ids(all, storage::scope_of(actor, *directory()));
        std::set<std::string> const seen(listed.begin(), listed.end());
        EXPECT_EQ(seen.size(), listed.size());
        for (std::string const& id : every) {
            workflow::Case const c = facts(id);
            auto const line = directory()->line(c.application.agency);
            bool const reached = !workflow::roles_on(c, actor, line).empty();
            EXPECT_EQ(seen.contains(id), reached)
                << workflow::names_of(actor.roles) << " of " << actor.agency.value << " and " << c.number.value;
        }
    }
}

RUN_ON_EACH_DATABASE(CaseListTest);

}  // namespace
