#include "tests/workflow/time/second_model.hpp"

#include <algorithm>

namespace second_model {

bool Days::worked(Day day) const {
    auto const found = special.find(day);
    if (found != special.end()) return found->second;
    return (day + 3) % 7 < 5;  // day 0 was a Thursday
}

Story::Story(Days const& days, Day received) : days_(days), base_(received), excluded_from_(received) {
    limits_.push_back(after('n', received, 7));
}

/// Steps forward one day at a time; the first day is not counted.
Limit Story::after(char of, Day from, int workdays) const {
    Limit limit{of, from, true, {}};
    while (workdays > 0) {
        ++limit.last;
        if (days_.worked(limit.last)) --workdays;
        if (limit.last >= days_.unknown_from) limit.sure = false;
    }
    return limit;
}

/// 第三十三条: 20 worked days, those not counted on which an opinion was outstanding.
Limit Story::deadline(Day day) const {
    int excluded = 0;
    for (Day each = excluded_from_ + 1; each <= day; ++each) {
        bool const outstanding = std::any_of(letters_.begin(), letters_.end(), [&](Letter const& letter) {
            return letter.counts && letter.sent < each && each <= letter.limit &&
                   (!letter.ended || each <= *letter.ended);
        });
        if (outstanding && days_.worked(each)) ++excluded;
    }
    return after('r', base_, length_ + excluded);
}

void Story::begin_again(Day day) {
    base_ = excluded_from_ = day;
    length_ = 20;
    restarted_ = true;
    pending_.reset();
}

void Story::wait_for(char of, Limit limit) {
    limit.of = of;
    pending_ = Pending{of, limit.last, limit.sure, limits_.size()};
    limits_.push_back(limit);
}

/// What the applicant was asked for comes.
bool Story::answer(char of, Happening const& now) {
    if (pending_ && pending_->of == of) {
        if (pending_->missed(now.on) && !now.excused) return false;
        limits_[pending_->row].done = now.on;
        begin_again(now.on);
        return true;
    }
    if (pending_ && pending_->missed(now.on)) return false;
    auto const late = late_letters_.find(of);
    if (late == std::string::npos) return false;
    late_letters_.erase(late, 1);
    return true;
}

bool Story::happen(Happening const& now) {
    if (ended_ != ' ') return false;
    if (now.what == What::CorrectionReceived) return answer('c', now);
    if (now.what == What::FeePaid) return answer('f', now);
    if (pending_ && pending_->missed(now.on)) return false;

    if (now.what == What::Replied || now.what == What::Withdrawn) {
        ended_ = now.what == What::Replied ? 'r' : 'w';
        end_ = now.on;
        pending_.reset();
        return true;
    }
    if (now.what == What::ConsultationEnded) {
        for (Letter& letter : letters_) {
            if (letter.id != now.id || letter.ended) continue;
            letter.ended = now.on;
            limits_[letter.row].done = now.on;
            return true;
        }
        return false;
    }
    if (pending_) return false;  // the agency waits, and does nothing else

    Day const due = deadline(now.on).last;
    if (now.what == What::CorrectionRequested) {
        if (asked_ || (now.on > limits_.front().last && !now.late)) return false;
        asked_ = true;
        limits_.front().done = now.on;
        if (now.late) {
            late_letters_ += 'c';
        } else if (now.reply_by) {
            wait_for('c', {'c', *now.reply_by, *now.reply_by < days_.unknown_from, {}});
        } else {
            wait_for('c', after('c', now.served.value_or(now.on), 15));
        }
        return true;
    }
    if (now.what == What::ConsultationSent) {
        bool const again =
            std::any_of(letters_.begin(), letters_.end(), [&](Letter const& letter) { return letter.id == now.id; });
        if (again) return false;
        Limit const limit = now.served ? after('o', *now.served, 15) : after('o', now.on, 30);
        letters_.push_back({now.id, now.on, limit.last, now.on <= due, limits_.size()});
        limits_.push_back(limit);
        return true;
    }
    if (now.what == What::Ordered) {
        base_ = now.to;
        length_ = 0;
        excluded_from_ = now.on;
        return true;
    }
    if (now.on > due && !now.late) return false;  // an extension, a deferral, a fee notice
    if (now.what == What::Extended) {
        if (extended_ || now.days < 1 || now.days > 20) return false;
        extended_ = true;
        if (!now.late) length_ += now.days;
        return true;
    }
    if (now.what == What::Deferred) {
        if (now.to <= due) return false;
        if (now.late) return true;
        base_ = now.to;
        length_ = 0;
        excluded_from_ = now.on;
        return true;
    }
    if (now.late) {
        late_letters_ += 'f';
        return true;
    }
    Day const received = now.served.value_or(now.on);
    if (now.natural_days) {
        Limit limit{'f', received + 30, received + 30 < days_.unknown_from, {}};
        while (!days_.worked(limit.last)) {
            ++limit.last;
            limit.sure = limit.last < days_.unknown_from;
        }
        wait_for('f', limit);
    } else {
        wait_for('f', after('f', received, 20));
    }
    return true;
}

Answer Story::evening_of(Day day) const {
    Answer answer;
    answer.limits = limits_;
    bool const missed = pending_ && pending_->missed(day);
    Day const stop = ended_ == ' ' ? day : end_;
    if (ended_ == 'r' || (ended_ == ' ' && !pending_)) {
        Limit due = deadline(stop);
        answer.reply_due = due.last;
        for (Day each = day + 1; each <= due.last; ++each) answer.remaining += days_.worked(each) ? 1 : 0;
        for (Day each = due.last + 1; each <= stop; ++each) answer.overdue += days_.worked(each) ? 1 : 0;
        if (ended_ == 'r') due.done = end_;
        answer.limits.push_back(due);
    }
    if (!asked_ && (restarted_ || ended_ != ' ' || missed)) answer.limits.erase(answer.limits.begin());
    std::sort(answer.limits.begin(), answer.limits.end());

    bool const outstanding = std::any_of(letters_.begin(), letters_.end(), [&](Letter const& letter) {
        return letter.counts && !letter.ended && day <= letter.limit;
    });
    answer.status = ended_ == 'r'                     ? "replied"
                    : ended_ == 'w' || missed         ? "lapsed"
                    : pending_ && pending_->of == 'c' ? "awaiting_correction"
                    : pending_                        ? "awaiting_payment"
                    : outstanding                     ? "paused"
                                                      : "running";
    return answer;
}

}  // namespace second_model
