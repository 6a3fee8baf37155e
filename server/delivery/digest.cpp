#include "server/delivery/digest.hpp"

#include "workflow/time/missing_year.hpp"

#include <fmt/format.h>

#include <iterator>

namespace server::delivery {
namespace {

using storage::CaseFilter;
using storage::CaseScope;
using workflow::Role;

constexpr int kWorkdaysAhead = 3;
constexpr std::int64_t kMostListed = 20;
constexpr std::int64_t kMostCounted = 9999;

/// What the digest of one account is read with.
struct Look {
    storage::Store& store;
    storage::Connection& connection;
    CaseScope scope;

    std::int64_t count(CaseFilter const& filter) const {
        return store.cases().count(connection, scope, filter, kMostCounted).value();
    }
    /// Lists the cases of the filter that are due before `day`, one on a line.
    void list(std::string& text, std::string_view title, CaseFilter filter, workflow::Date day) const {
        filter.due_before = day;
        filter.limit = kMostListed;
        auto const page = store.cases().list(connection, scope, filter).value();
        if (page.items.empty()) return;
        fmt::format_to(std::back_inserter(text), "{}：\n", title);
        for (auto const& row : page.items) {
            auto const due = row.reply_due ? workflow::to_string(*row.reply_due) : std::string("—");
            fmt::format_to(std::back_inserter(text), "  {}  {}  {}\n", row.number, workflow::label(row.state), due);
        }
        if (page.next_cursor) text += "  ……\n";
    }
};

/// What waits for this account, and what of it is soon due.
void add_own_work(std::string& text, Look const& look, workflow::Actor const& actor, workflow::Date soon) {
    CaseFilter mine;
    mine.mine = storage::mine_of(actor);
    auto const waiting = look.count(mine);
    if (waiting == 0) return;
    fmt::format_to(std::back_inserter(text), "等您办理的申请：{}件。\n", waiting);
    look.list(text, "其中三个工作日内到期或已逾期", mine, soon);
}

void add_supervision(std::string& text, Look const& look, workflow::Date today, workflow::Date soon) {
    CaseFilter open;
    open.open = true;
    auto const in_hand = look.count(open);
    if (in_hand == 0) return;
    open.due_before = today;
    auto const late = look.count(open);
    fmt::format_to(std::back_inserter(text), "所辖机关在办{}件，其中逾期{}件。\n", in_hand, late);
    look.list(text, "三个工作日内到期或已逾期", open, soon);
}

void add_deliveries(std::string& text, Look const& look, workflow::Code const& agency) {
    auto const figures = look.store.outbox().figures(
        look.connection, {storage::MessageKind::Email, storage::MessageKind::Print}, agency
    );
    if (figures.waiting + figures.dead == 0) return;
    fmt::format_to(std::back_inserter(text), "送达任务：待办{}件，未能送达{}件。\n", figures.waiting, figures.dead);
}

void add_missing_year(std::string& text, workflow::WorkdayCalendar const& calendar, workflow::Date today) {
    auto const missing = workflow::find_missing_year(calendar, today);
    if (!missing) return;
    fmt::format_to(
        std::back_inserter(text), "【{}】{}\n", workflow::label(missing->urgency), workflow::describe(*missing)
    );
}

}  // namespace

std::optional<std::string> digest_for(
    storage::Store& store,
    storage::Connection& connection,
    storage::Directory const& directory,
    storage::Staff const& staff,
    workflow::Instant now
) {
    auto const today = workflow::local_date(now);
    auto const actor = storage::actor_of(staff, directory, today);
    Look const look{store, connection, storage::scope_of(actor, directory)};
    auto const soon = workflow::add_days(store.calendar().current()->add_workdays(today, kWorkdaysAhead).date, 1);
    std::string text;
    add_own_work(text, look, actor, soon);
    if (staff.roles.has(Role::Supervisor)) add_supervision(text, look, today, soon);
    if (staff.roles.has(Role::Registrar)) add_deliveries(text, look, staff.agency);
    if (staff.roles.has(Role::SystemAdmin)) add_missing_year(text, *store.calendar().current(), today);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

}  // namespace server::delivery
