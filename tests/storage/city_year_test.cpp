#include "tests/storage/city.hpp"

#include "storage/cases/cards.hpp"
#include "storage/cases/tallies.hpp"
#include "storage/papers/quarterly_figures.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <set>
#include <vector>

/// A year of a city, day by day: 50 agencies, 3,000 requests, seeded. Its cards and its on-time figures are held
/// against a second count that is made here, from the plans of the requests and from the working days alone.
namespace {

using storage::Connection;
using workflow::Action;
using workflow::Actor;
using workflow::CardCause;
using workflow::Code;
using workflow::Date;
using workflow::Role;

constexpr int kAgencies = 50;
constexpr int kRequests = 3000;
constexpr int kDays = 365;
constexpr unsigned kSeed = 20260102;

Date const kFirst = workflow::parse_date("2025-01-02").value();

/// What will happen to one request; days are working days after its receipt.
struct Plan {
    int agency = 0;
    Date received{};
    std::optional<Date> extended;
    int extension = 0;
    Date signed_on{};
    Date dispatched{};
};

/// Working days, counted here: one look at each day between.
int workdays_after(workflow::WorkdayCalendar const& calendar, Date from, Date to) {
    int count = 0;
    for (Date day = workflow::add_days(from, 1); day <= to; day = workflow::add_days(day, 1)) {
        count += calendar.is_workday(day) ? 1 : 0;
    }
    return count;
}

Date later(workflow::WorkdayCalendar const& calendar, Date from, int workdays) {
    Date day = from;
    while (workdays > 0) {
        day = workflow::add_days(day, 1);
        workdays -= calendar.is_workday(day) ? 1 : 0;
    }
    return day;
}

std::vector<Plan> make_plans(workflow::WorkdayCalendar const& calendar) {
    std::mt19937 random(kSeed);
    auto const between = [&](int least, int most) {
        return least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1));
    };
    std::vector<Plan> plans;
    for (int i = 0; i < kRequests; ++i) {
        Plan plan;
        plan.agency = between(0, kAgencies - 1);
        plan.received = later(calendar, kFirst, between(0, 249));
        bool const slow = between(0, 9) == 0;
        int signing = slow ? between(17, 32) : between(2, 18);
        if (between(0, 7) == 0) {
            plan.extended = later(calendar, plan.received, between(1, std::min(signing, 19)));
            plan.extension = between(5, 20);
            signing += between(0, plan.extension);
        }
        plan.signed_on = later(calendar, plan.received, signing);
        plan.dispatched = later(calendar, plan.signed_on, between(0, 2));
        plans.push_back(plan);
    }
    return plans;
}

// ---- the second count ----------------------------------------------------------------------------------------------

/// Where a request stands at one moment, so far as a card depends on it.
struct Moment {
    bool handling = false;
    bool checked = false;  ///< in approval, not yet at the signature
    bool at_signature = false;
    bool dispatching = false;
    bool replied = false;
};

using Counts = std::map<CardCause, int>;

/// Goes through the days of one request and counts how often each cause begins to hold.
class SecondCount {
public:
    SecondCount(workflow::WorkdayCalendar const& calendar, Date last) : calendar_(calendar), last_(last) {}

    void add(Plan const& plan) {
        holding_.clear();
        Date due = later(calendar_, plan.received, 20);
        Moment now;
        for (Date day = plan.received; day <= last_ && !now.replied; day = workflow::add_days(day, 1)) {
            if (day > plan.received) look(plan, now, day, due);
            if (day == plan.received) now.handling = true, look(plan, now, day, due);
            if (plan.extended == day) due = later(calendar_, due, plan.extension), look(plan, now, day, due);
            if (plan.signed_on == day) {
                now = {.checked = true}, look(plan, now, day, due);
                now = {.at_signature = true}, look(plan, now, day, due);
                now = {.dispatching = true}, look(plan, now, day, due);
            }
            if (plan.dispatched == day) now = {.replied = true}, look(plan, now, day, due);
        }
        if (now.replied) ++(plan.dispatched <= due ? on_time : late);
        if (due <= last_ && now.replied) ++(plan.dispatched <= due ? due_and_on_time : due_and_late);
        if (due < last_ && !now.replied) ++unanswered;
    }

    /// 30 days: a red card of an agency that had another.
    int repeated() const {
        int count = 0;
        for (auto const& [agency, days] : reds_) {
            for (auto day = days.begin(); day != days.end(); ++day) {
                bool const again = day != days.begin() && *std::prev(day) >= workflow::add_days(*day, -30);
                count += again ? 1 : 0;
            }
        }
        return count;
    }

    Counts counts;
    int on_time = 0;
    int late = 0;
    int due_and_on_time = 0;  ///< of those whose last day lies in the span
    int due_and_late = 0;
    int unanswered = 0;

private:
    void look(Plan const& plan, Moment const& now, Date day, Date due) {
        int const left = day <= due ? workdays_after(calendar_, day, due) : -1;
        int const over = day > due ? workdays_after(calendar_, due, day) : 0;
        bool const open = !now.replied;
        tell(CardCause::ReplyNear, open && left >= 0 && left <= 5);
        tell(CardCause::ReplyDue, open && left >= 0 && left <= 2);
        tell(CardCause::HandlingSlow, now.handling && left >= 0 && left <= 9);
        tell(CardCause::ChecksSlow, now.checked && left >= 0 && left <= 4);
        tell(CardCause::SigningSlow, now.at_signature && left >= 0 && left <= 1);
        tell(CardCause::DispatchSlow, now.dispatching && left == 0);
        if (open && left < 0 && tell(CardCause::ReplyLate, true)) reds_[plan.agency].insert(day);
        if (open && over > 5) tell(CardCause::ReplyVeryLate, true);
    }

    /// Whether it has begun to hold.
    bool tell(CardCause cause, bool holds) {
        bool const begins = holds && !holding_[cause];
        holding_[cause] = holds;
        if (begins) ++counts[cause];
        return begins;
    }

    workflow::WorkdayCalendar const& calendar_;
    Date last_;
    std::map<CardCause, bool> holding_;
    std::map<int, std::multiset<Date>> reds_;
};

// ---- the city ------------------------------------------------------------------------------------------------------

class CityYear : public City {
protected:
    static Code agency_code(int i) { return {(i < 9 ? "430600-0" : "430600-") + std::to_string(i + 1)}; }

    void SetUp() override {
        City::SetUp();
        auto const made = write([&](Connection& connection) -> workflow::Result<int> {
            for (int i = 0; i < kAgencies; ++i) {
                storage::Agency agency;
                agency.code = agency_code(i);
                agency.parent = Code{std::string(kTop)};
                agency.name = "某机关" + agency.code.value;
                agency.word = "邵" + agency.code.value;
                agency.review_body = "邵阳市人民政府";
                agency.court = "邵阳市大祥区人民法院";
                auto const at = morning("2024-01-02");
                if (auto put = store_->directory().put(connection, agency, kAdmin, at); !put) return put.error();
                storage::Department const department{{agency.code.value + "-d1"}, agency.code, "某科"};
                if (auto put = store_->directory().put(connection, department, kAdmin, at); !put) return put.error();
            }
            return 0;
        });
        ASSERT_TRUE(made) << made.error().detail;
    }

    static Actor person(int agency, Role role) {
        Code const code = agency_code(agency);
        return {
            .id = {code.value + std::string(workflow::code(role))},
            .roles = {role},
            .agency = code,
            .department = {code.value + "-d1"},
            .own_case = {}};
    }

    void act(Connection& connection, std::size_t i, Role role, Action action, workflow::Payload payload) {
        workflow::Command const command{action, std::move(payload)};
        auto const actor = person(plans_[i].agency, role);
        auto const done = store_->cases().act(connection, ids_[i], {}, command, actor, now_);
        if (!done) throw std::runtime_error(said(action, done.error()));
    }

    static std::string said(Action action, workflow::Refusal const& refusal) {
        std::string text(workflow::label(action));
        text += refusal.detail;
        for (auto const& error : refusal.errors) text += error.detail;
        return text;
    }

    void receive(Connection& connection, std::size_t i) {
        workflow::Registration registration;
        registration.application = form(agency_code(plans_[i].agency).value);
        registration.channel = workflow::Channel::Counter;
        registration.received_on = plans_[i].received;
        registration.evidence = "窗口当面提交";
        workflow::Command const command{Action::Register, registration};
        auto const made = store_->cases().create(connection, command, person(plans_[i].agency, Role::Registrar), now_);
        ids_[i] = made.value().stored.id;
        Code const department{agency_code(plans_[i].agency).value + "-d1"};
        act(connection, i, Role::Reviewer, Action::Accept, workflow::Acceptance{department, {}, {}});
        act(connection, i, Role::Handler, Action::Claim, workflow::Nothing{});
    }

    void extend(Connection& connection, std::size_t i) {
        workflow::ExtensionProposal const proposal{plans_[i].extension, "需要调阅历史档案"};
        act(connection, i, Role::Handler, Action::ProposeExtension, proposal);
        act(connection, i, Role::OfficeHead, Action::ApproveExtension, workflow::ExtensionApproval{});
        workflow::NoticeDispatch sent;
        sent.letter = workflow::NoticeKind::Extension;
        sent.method = workflow::ObtainBy::PickUp;
        sent.dispatched_on = workflow::local_date(now_);
        sent.recipient = "张三";
        act(connection, i, Role::Registrar, Action::DispatchLetter, sent);
    }

    void sign(Connection& connection, std::size_t i) {
        workflow::ReplyDraft draft;
        draft.outcome = workflow::Outcome::Disclosed;
        draft.items = {{workflow::Outcome::Disclosed, {}, "方案全文一份,共12页", {}, {}}};
        draft.text = "现向您公开所申请的信息。";
        act(connection, i, Role::Handler, Action::DraftReply, draft);
        act(connection, i, Role::Handler, Action::SubmitReply, workflow::ReplySubmission{});
        for (Role role : {Role::DepartmentHead, Role::SecrecyReviewer, Role::LegalReviewer, Role::OfficeHead}) {
            act(connection, i, role, Action::ApproveReply, workflow::ReplyApproval{});
        }
    }

    void dispatch(Connection& connection, std::size_t i) {
        workflow::Dispatch const dispatch{
            workflow::ObtainBy::Post, workflow::local_date(now_), Code{"1164300000123"}, {}};
        act(connection, i, Role::Registrar, Action::DispatchReply, dispatch);
    }

    /// Midnight, then the office hours of one day, in one commit.
    void live(Date day) {
        write([&](Connection& connection) -> workflow::Result<int> {
            now_ = workflow::start_of(day);
            while (store_->cases().run_due(connection, now_, 100) > 0) continue;
            now_ += std::chrono::hours{9};
            for (std::size_t i = 0; i < plans_.size(); ++i) {
                Plan const& plan = plans_[i];
                if (plan.received == day) receive(connection, i);
                if (plan.extended == day) extend(connection, i);
                if (plan.signed_on == day) sign(connection, i);
                if (plan.dispatched == day) dispatch(connection, i);
            }
            return 0;
        }).value();
    }

    Counts issued() {
        Counts counts;
        auto rows = reader_->query("SELECT cause, count(*) FROM cards GROUP BY cause");
        while (rows.next()) {
            counts[workflow::parse<CardCause>(rows.text(0)).value()] = static_cast<int>(rows.int64(1));
        }
        return counts;
    }

    int replied(std::string_view key) {
        std::int64_t sum = 0;
        for (auto const& [tally, n] : storage::read_tallies(*reader_, storage::TallyKind::Replied)) {
            if (tally.key == key) sum += n;
        }
        return static_cast<int>(sum);
    }

    std::vector<Plan> plans_ = make_plans(*store_->calendar().current());
    std::vector<std::string> ids_ = std::vector<std::string>(plans_.size());
    workflow::Instant now_{};
};

TEST_P(CityYear, CardsAndOnTimeFiguresAreThoseOfASecondCount) {
    Date const last = workflow::add_days(kFirst, kDays - 1);
    for (Date day = kFirst; day <= last; day = workflow::add_days(day, 1)) live(day);

    auto const calendar = store_->calendar().current();
    SecondCount second(*calendar, last);
    for (Plan const& plan : plans_) {
        if (plan.received <= last) second.add(plan);
    }
    second.counts[CardCause::RepeatedRed] = second.repeated();
    EXPECT_GT(second.counts[CardCause::ReplyLate], 100) << "a year without late replies proves nothing";
    auto const counts = issued();
    for (auto const& cause : workflow::kCardCauses) {
        auto const found = counts.find(cause.value);
        EXPECT_EQ(found == counts.end() ? 0 : found->second, second.counts[cause.value]) << cause.code;
    }
    EXPECT_EQ(replied(storage::kOnTime), second.on_time);
    EXPECT_EQ(replied(storage::kLate), second.late);
    storage::QuarterlyFigures sum;
    for (auto const& [agency, figures] : storage::read_quarterly_figures(*reader_, kFirst, last, last)) {
        sum.on_time += figures.on_time;
        sum.late += figures.late;
        sum.unanswered += figures.unanswered;
    }
    EXPECT_EQ(sum.on_time, second.due_and_on_time);
    EXPECT_EQ(sum.late, second.due_and_late);
    EXPECT_EQ(sum.unanswered, second.unanswered);
    EXPECT_GT(sum.unanswered, 0) << "a year in which everything was answered proves nothing about silence";
    EXPECT_TRUE(refold().empty());
}

RUN_ON_EACH_DATABASE(CityYear);

}  // namespace
