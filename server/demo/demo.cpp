#include "server/demo/demo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "server/access/accounts.hpp"
#include "server/demo/city.hpp"
#include "server/demo/publications.hpp"
#include "workflow/time/festivals.hpp"

namespace server::demo {
namespace {

/// Notifications older than this count as delivered.
constexpr std::chrono::days kToldLately{7};

void forget_old_notifications(storage::Store& store, workflow::Instant now) {
    auto const forgotten = store.writes().run([&](storage::Connection& connection) -> workflow::Result<bool> {
        store.outbox().drop(connection, storage::MessageKind::Notification, now - kToldLately);
        return true;
    });
    if (!forgotten) throw std::runtime_error(forgotten.error().code);
}

/// Years that have begun and whose notice this program does not know: the demo takes the holidays that need none for
/// their notice, since in a year without one nothing lapses.
workflow::Result<bool> announce_holidays(storage::Store& store, workflow::Instant now) {
    using namespace std::chrono;
    int const this_year = workflow::year_of(workflow::local_date(now));
    return store.writes().run([&](storage::Connection& connection) -> workflow::Result<bool> {
        for (int year = workflow::kFirstFestivalYear; year <= std::min(this_year, workflow::kLastFestivalYear);
             ++year) {
            if (store.calendar().pending().covers(year)) continue;
            workflow::Date const issued = local_days{std::chrono::year{year - 1} / November / 10};
            workflow::CalendarYear const made{
                year, workflow::statutory_days(year), {}, {{"演示用放假安排", issued, "", false}}};
            auto const put = store.calendar().put(connection, made, {"system", ""}, beginning(now));
            if (!put) return put.error();
        }
        return true;
    });
}

}  // namespace

workflow::Result<DemoCity> make_city(
    std::filesystem::path const& folder,
    workflow::Instant now,
    std::function<void(std::int64_t, std::int64_t)> const& progress
) {
    auto store = storage::Store::create(folder);
    if (!store) return store.error();
    auto const hash = access::hash_password(kPassword, kDefaultPasswordCost);
    if (auto founded = found_city(**store, beginning(now), hash, now); !founded) return founded.error();
    if (auto announced = announce_holidays(**store, now); !announced) return announced.error();
    auto cases = play(**store, now, progress);
    if (!cases) return cases.error();
    if (auto published = publish(**store, now); !published) return published.error();
    forget_old_notifications(**store, now);
    return DemoCity{std::move(*store), std::move(*cases)};
}

std::string describe(std::vector<DemoCase> const& cases) {
    std::string text = fmt::format("账号（密码都是 {}；示范市人民政府 {}）：\n", kPassword, kFirstAgency);
    for (Account const& account : first_accounts()) {
        text += fmt::format("  {:<18} {}\n", account.username, workflow::names_of(account.roles));
    }
    text +=
        "其他机关的账号在用户名后加机关简称，例如 registrar.zrzy、handler.jyj。\n可以查询的申请（受理编号 查询码 "
        "状态）：\n";
    for (auto const& state : workflow::kStates) {
        auto const one = std::ranges::find(cases, state.value, &DemoCase::state);
        if (one != cases.end()) text += fmt::format("  {}  {}  {}\n", one->number, one->query_code, state.label);
    }
    return text;
}

}  // namespace server::demo
