#include "server/demo/play.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "server/demo/card_procedures.hpp"
#include "server/demo/city.hpp"
#include "server/demo/script.hpp"
#include "server/jobs/daily_run.hpp"

namespace server::demo {
namespace {

using workflow::Code;
using workflow::Date;
using workflow::Instant;
using workflow::Role;

constexpr int kYears = 2;

/// Steps in one job of the write queue: few commits, and the progress line moves.
constexpr std::size_t kStepsPerJob = 100;

/// One case of the script, and how it stood after its last step.
struct Story {
    Path const* path;
    Topic const* topic;
    std::string id = {};
    std::string query_code = {};
    workflow::Case facts = {};
};

/// One step and its time.
struct Cue {
    Instant at;
    std::size_t story;
    std::size_t position;  ///< within its path; settles ties
    Step const* step;
};

/// Spreads 0, 1, 2 … evenly over [0, 1), neighbours far apart: multiples of the golden ratio.
double spread(std::size_t number) {
    double whole = 0;
    return std::modf(static_cast<double>(number + 1) * 0.6180339887498949, &whole);
}

Date workdays_before(workflow::WorkdayCalendar const& calendar, Date today, int days) {
    Date date = today;
    while (days > 0) {
        date = workflow::add_days(date, -1);
        if (calendar.is_workday(date)) --days;
    }
    return date;
}

/// A step that waits for two working days or more waits one more in every other case that is long over.
int wait_before(Path const& path, Step const& step, std::size_t number, std::size_t position) {
    bool const varies = path.began == 0 && step.after >= 2;
    return step.after + (varies && (number + position) % 2 == 0 ? 1 : 0);
}

template <typename Visit>
void for_each_step(Path const& path, Visit&& visit) {
    std::size_t position = 0;
    for (Leg const leg : path.legs) {
        for (Step const& step : leg) visit(step, position++);
    }
}

/// The day on which a case begins. One that is long over begins on a working day early enough to be over.
Date first_day(
    Path const& path, std::size_t number, workflow::WorkdayCalendar const& calendar, Date begin, Date today
) {
    if (path.began != 0) return workdays_before(calendar, today, path.began);
    int workdays = 0;
    for_each_step(path, [&](Step const& step, std::size_t position) {
        workdays += wait_before(path, step, number, position);
    });
    Date const latest = workdays_before(calendar, today, workdays + 1);
    auto const room = static_cast<double>((latest - begin).count());
    Date const chosen = workflow::add_days(begin, static_cast<int>(room * spread(number)));
    return workdays_before(calendar, workflow::add_days(chosen, 1), 1);
}

/// Topics whose agency fits the path: those that can only end in its outcome, or else those that can end in any.
std::vector<Topic const*> topics_for(Path const& path) {
    auto const fitting = [&](std::optional<workflow::Outcome> only) {
        std::vector<Topic const*> found;
        for (Topic const& topic : topics()) {
            bool const here = path.agency.empty() || topic.agency == path.agency;
            if (here && topic.only_for == only) found.push_back(&topic);
        }
        return found;
    };
    auto special = fitting(path.outcome);
    return special.empty() ? fitting(std::nullopt) : special;
}

std::vector<Story> make_stories() {
    std::vector<Story> stories;
    for (Path const& path : paths()) {
        auto const fitting = topics_for(path);
        for (int i = 0; i < path.count; ++i) {
            stories.push_back({&path, fitting[stories.size() * 5 % fitting.size()]});
        }
    }
    return stories;
}

/// Every step of every story that lies before `now`, in the order of time.
std::vector<Cue> make_cues(std::vector<Story> const& stories, workflow::WorkdayCalendar const& calendar, Instant now) {
    using std::chrono::minutes;
    constexpr minutes kOpening{9 * 60};
    constexpr minutes kBetweenSteps{25};
    std::vector<Cue> cues;
    for (std::size_t number = 0; number < stories.size(); ++number) {
        Path const& path = *stories[number].path;
        Date const begin = workflow::local_date(beginning(now));
        Date day = first_day(path, number, calendar, workflow::add_days(begin, 1), workflow::local_date(now));
        Instant const unset{};
        Instant at = unset;
        for_each_step(path, [&](Step const& step, std::size_t position) {
            int const wait = wait_before(path, step, number, position);
            if (wait > 0) day = calendar.add_workdays(day, wait).date;
            bool const same_day = wait == 0 && at != unset;
            minutes const opening = kOpening + minutes(number * 37 % 300);
            at = same_day ? at + kBetweenSteps : workflow::start_of(day) + opening;
            if (at <= now) cues.push_back({at, number, position, &step});
        });
    }
    std::ranges::sort(cues, {}, [](Cue const& cue) { return std::tuple(cue.at, cue.story, cue.position); });
    return cues;
}

/// Which step of the script the law refuses, for whoever has just changed it.
workflow::Refusal fault_of_script(Cue const& cue, workflow::Refusal refusal) {
    for (auto const& error : refusal.errors) refusal.detail += error.detail;
    refusal.detail = fmt::format("第 {} 件“{}”：{}", cue.story, workflow::label(cue.step->action), refusal.detail);
    return refusal;
}

/// Carries out the cues one after the other. Used on the writer thread, one job at a time.
class Performance {
public:
    Performance(storage::Store& store, std::vector<Story>& stories, Instant begin)
        : store_(store), stories_(stories), day_(workflow::local_date(begin)) {}

    /// The daily run of every midnight up to the day of `at`, and what is done in the morning about the cards it
    /// issued.
    workflow::Result<void> pass_midnights(storage::Connection& connection, Instant at) {
        constexpr std::chrono::minutes kMorning{8 * 60 + 30};
        while (day_ < workflow::local_date(at)) {
            day_ = workflow::add_days(day_, 1);
            Instant const midnight = workflow::start_of(day_);
            while (store_.cases().run_due(connection, midnight, jobs::kCasesPerJob) > 0) {
            }
            auto const tended = advance_card_procedures(store_, connection, std::min<Instant>(midnight + kMorning, at));
            if (!tended) return tended.error();
        }
        return {};
    }

    workflow::Result<void> perform(storage::Connection& connection, Cue const& cue) {
        if (auto const passed = pass_midnights(connection, cue.at); !passed) return passed.error();
        Story& story = stories_[cue.story];
        auto const directory = store_.directory().current();
        auto const calendar = store_.calendar().current();
        Code const agency{std::string(story.topic->agency)};
        Code const department = story.facts.department.value_or(Code{});
        auto const handler = [&] { return actor_for(*directory, agency, Role::Handler, department, cue.story); };
        workflow::ReplyBackground background;
        if (cue.step->action == workflow::Action::SubmitReply) {
            background = store_.cases().reply_background(connection, {story.id, story.facts}, *directory);
        }
        Scene const scene{
            .number = cue.story,
            .topic = *story.topic,
            .outcome = story.path->outcome,
            .calendar = *calendar,
            .today = workflow::local_date(cue.at),
            .handler = story.facts.department ? handler().id : Code{},
            .investigator = actor_for(*directory, agency, Role::LegalReviewer, department, cue.story).id,
            .facts = story.facts,
            .background = std::move(background)};
        workflow::Actor actor;
        if (cue.step->by == Role::Applicant) {
            actor = {{}, {Role::Applicant}, {}, {}, story.facts.number};
        } else {
            actor = actor_for(*directory, agency, cue.step->by, department, cue.story);
        }
        if (cue.step->action == workflow::Action::DraftReply) {
            if (auto const helped = hear_helpers(connection, story, cue); !helped) return helped.error();
        }
        workflow::Command const command{cue.step->action, cue.step->payload(scene)};
        if (story.id.empty()) {
            auto created = store_.cases().create(connection, command, actor, cue.at);
            if (!created) return created.error();
            story.id = created->stored.id;
            story.query_code = created->query_code;
            story.facts = std::move(created->stored.facts);
            return {};
        }
        auto acted = store_.cases().act(connection, story.id, std::nullopt, command, actor, cue.at);
        if (!acted) return acted.error();
        story.facts = std::move(acted->facts);
        return send_out(connection, story, cue);
    }

private:
    /// Letters that have been decided are handed over, and what goes by network is accepted, the same day.
    workflow::Result<void> send_out(storage::Connection& connection, Story& story, Cue const& cue) {
        workflow::Actor system;
        system.roles = {Role::System};
        auto const today = workflow::local_date(cue.at);
        std::vector<workflow::Command> commands;
        for (workflow::NoticeLetter const* letter : workflow::unsent_notices(story.facts)) {
            workflow::NoticeDispatch dispatch;
            dispatch.letter = letter->kind;
            dispatch.method = workflow::ObtainBy::PickUp;
            dispatch.dispatched_on = today;
            dispatch.recipient = story.facts.application.applicant.name;
            commands.push_back({workflow::Action::DispatchLetter, dispatch});
        }
        if (auto arrived = story.facts.sending) {
            arrived->dispatched_on = today;
            commands.push_back({workflow::Action::ConfirmDispatch, *arrived});
        }
        for (auto const& command : commands) {
            auto acted = store_.cases().act(connection, story.id, std::nullopt, command, system, cue.at);
            if (!acted) return acted.error();
            story.facts = std::move(acted->facts);
        }
        return {};
    }

    /// Before the reply is drafted, the helping departments say what they know.
    workflow::Result<void> hear_helpers(storage::Connection& connection, Story& story, Cue const& cue) {
        auto const directory = store_.directory().current();
        Code const agency{std::string(story.topic->agency)};
        for (Code const& helping : workflow::awaited_co_departments(story.facts)) {
            auto const actor = actor_for(*directory, agency, Role::Handler, helping, cue.story);
            workflow::Command const opinion{
                workflow::Action::GiveCoOpinion, workflow::CoOpinion{{}, "我科没有保存相关文件，对公开没有不同意见。"}};
            auto acted = store_.cases().act(connection, story.id, std::nullopt, opinion, actor, cue.at);
            if (!acted) return acted.error();
            story.facts = std::move(acted->facts);
        }
        return {};
    }

    storage::Store& store_;
    std::vector<Story>& stories_;
    Date day_;  ///< whose daily run is done
};

}  // namespace

Instant beginning(Instant now) {
    using namespace std::chrono;
    year_month_day const today{workflow::local_date(now)};
    return workflow::start_of(local_days{(today.year() - years{kYears}) / today.month() / day{1}});
}

workflow::Result<std::vector<DemoCase>> play(
    storage::Store& store, Instant now, std::function<void(std::int64_t, std::int64_t)> const& progress
) {
    auto stories = make_stories();
    auto const cues = make_cues(stories, *store.calendar().current(), now);
    Performance performance(store, stories, beginning(now));
    for (std::size_t done = 0; done < cues.size();) {
        std::size_t const end = std::min(done + kStepsPerJob, cues.size());
        auto const played = store.writes().run([&](storage::Connection& connection) -> workflow::Result<void> {
            for (; done < end; ++done) {
                auto const performed = performance.perform(connection, cues[done]);
                if (!performed) return fault_of_script(cues[done], performed.error());
            }
            return {};
        });
        if (!played) return played.error();
        progress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(cues.size()));
    }
    auto const caught_up = store.writes().run([&](storage::Connection& connection) -> workflow::Result<void> {
        return performance.pass_midnights(connection, now);
    });
    if (!caught_up) return caught_up.error();

    std::vector<DemoCase> cases;
    auto const reader = store.connect();
    for (Story const& story : stories) {
        auto const state = store.cases().find(*reader, story.id)->facts.state;  // the daily run may have moved it
        cases.push_back({story.id, story.facts.number.value, story.query_code, state});
    }
    return cases;
}

}  // namespace server::demo
