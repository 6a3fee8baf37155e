#include "storage/store.hpp"
#include "workflow/procedure/decide.hpp"
#include "workflow/time/clock.hpp"
#include "workflow/time/holidays.hpp"

#include <benchmark/benchmark.h>

#include <filesystem>

namespace {

using namespace workflow;

Date day(std::string_view text) { return *parse_date(text); }

/// A timeline with everything in it: correction, two consultations, extension.
Timeline busy_timeline() {
    using enum ClockEventType;
    return {
        day("2026-04-24"),
        {{.type = CorrectionRequested, .on = day("2026-04-28")},
         {.type = CorrectionReceived, .on = day("2026-05-08")},
         {.type = ConsultationSent, .on = day("2026-05-11"), .served = day("2026-05-12"), .id = "c1"},
         {.type = ConsultationSent, .on = day("2026-05-13"), .id = "c2", .kind = ConsultationKind::Authority},
         {.type = ConsultationEnded, .on = day("2026-05-22"), .id = "c1"},
         {.type = ConsultationEnded, .on = day("2026-05-25"), .id = "c2"},
         {.type = Extended, .on = day("2026-06-01"), .days = 10}}};
}

void clock_full(benchmark::State& state) {
    auto const calendar = statutory_calendar();
    auto const timeline = busy_timeline();
    for (auto _ : state) benchmark::DoNotOptimize(compute_clock(timeline, day("2026-06-05"), calendar));
}
BENCHMARK(clock_full);

void clock_brief(benchmark::State& state) {
    auto const calendar = statutory_calendar();
    auto const timeline = busy_timeline();
    for (auto _ : state) benchmark::DoNotOptimize(compute_clock(timeline, day("2026-06-05"), calendar, Detail::Brief));
}
BENCHMARK(clock_brief);

void decide_note(benchmark::State& state) {
    auto const calendar = statutory_calendar();
    AgencyPolicy const policy;
    std::vector<Code> const line{Code{"430500-01"}};
    Actor const actor{Code{"s1"}, {Role::Reviewer}, line[0], {}, {}};
    Case c;
    c.state = State::Handling;
    c.application.agency = line[0];
    c.submitted_on = day("2026-04-24");
    c.received_on = c.submitted_on;
    c.clock_events = busy_timeline().events;
    Command const command{Action::Note, Reason{"已与档案室联系。"}};
    Context const context{actor, start_of(day("2026-06-05")), calendar, policy, line};
    for (auto _ : state) benchmark::DoNotOptimize(decide(c, command, context));
}
BENCHMARK(decide_note);

void journal_append(benchmark::State& state) {
    auto const folder = std::filesystem::temp_directory_path() / ("disclosure-bench-" + std::to_string(getpid()));
    auto store = storage::Store::create(folder);
    auto const key = storage::Key::random();
    constexpr int kGroup = 32;
    for (auto _ : state) {
        auto const written = (*store)->writes().run([&](storage::Connection& connection) -> Result<int> {
            for (int i = 0; i < kGroup; ++i) {
                (*store)->journal().append(
                    connection,
                    {.at = start_of(day("2026-06-05")),
                     .on = day("2026-06-05"),
                     .action = "note",
                     .by = {"reviewer", "s1"},
                     .object = {"case", "0123456789abcdefghjkmnpqrs"},
                     .data = {{"to", "handling"}},
                     .sealed = {{"reason", "已与档案室联系,正在查找。"}},
                     .key = &key}
                );
            }
            return kGroup;
        });
        if (!written) state.SkipWithError(written.error().code.c_str());
    }
    state.SetItemsProcessed(state.iterations() * kGroup);
    store->reset();
    std::filesystem::remove_all(folder);
}
BENCHMARK(journal_append)->Unit(benchmark::kMicrosecond);

}  // namespace
