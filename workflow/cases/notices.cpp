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
        if (letter.waits_to_go_out()) unsent.push_back(&letter);
    }
    return unsent;
}

bool came_back(Case const& c, DeadlineKind kind) {
    auto const asks = kind == DeadlineKind::Correction ? NoticeKind::Correction : NoticeKind::Fee;
    NoticeLetter const* const letter = find_notice(c, asks);
    return letter != nullptr && letter->dispatch && letter->waits_to_go_out();
}

bool reasons_asked(Case const& c) {
    NoticeLetter const* const letter = find_notice(c, NoticeKind::Explanation);
    return c.explanation_request && (letter == nullptr || letter->dispatch);
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
        if (letter->effect && !letter->dispatch) all.events.emplace_back(*letter->effect).on = on;
    }
    return all;
}

}  // namespace workflow
