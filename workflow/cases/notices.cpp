#include "workflow/cases/case.hpp"

#include <algorithm>

namespace workflow {

namespace {

auto* newest_of(auto& notices, NoticeKind kind) {
    auto const found = std::ranges::find(notices.rbegin(), notices.rend(), kind, &NoticeLetter::kind);
    return found == notices.rend() ? nullptr : &*found;
}

}  // namespace

NoticeLetter const* find_notice(Case const& c, NoticeKind kind) { return newest_of(c.notices, kind); }
NoticeLetter* find_notice(Case& c, NoticeKind kind) { return newest_of(c.notices, kind); }

std::vector<NoticeLetter const*> unsent_notices(Case const& c) {
    std::vector<NoticeLetter const*> unsent;
    if (c.concluded_on) return unsent;
    for (NoticeLetter const& letter : c.notices) {
        if (!letter.dispatch) unsent.push_back(&letter);
    }
    return unsent;
}

std::optional<Date> last_day_to_send(
    Case const& c, NoticeKind kind, ClockResult const& clock, WorkdayCalendar const& calendar
) {
    if (rule_of(kind).limit == DeadlineKind::CorrectionNotice)
        return correction_notice_limit(c.timeline().received, calendar);
    return clock.reply_due;
}

Timeline Case::timeline_if_sent(Date on) const {
    Timeline all = timeline();
    for (NoticeLetter const* letter : unsent_notices(*this)) {
        if (letter->effect) all.events.emplace_back(*letter->effect).on = on;
    }
    return all;
}

}  // namespace workflow
