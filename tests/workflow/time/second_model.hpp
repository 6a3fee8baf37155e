#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

/// The clock once more, told day by day, to be held against workflow/time/clock. It shares no code with it: days are
/// numbers since 1970-01-01, every day is looked at one after the other, and the rules were written from the articles.
namespace second_model {

using Day = int;

enum class What {
    CorrectionRequested,
    CorrectionReceived,
    ConsultationSent,
    ConsultationEnded,
    Extended,
    Deferred,
    FeeNotified,
    FeePaid,
    Replied,
    Withdrawn,
    Ordered
};

struct Happening {
    What what{};
    Day on = 0;
    std::optional<Day> reply_by = {};
    std::optional<Day> served = {};
    Day to = 0;
    int days = 0;
    std::string id = {};
    bool excused = false;
    bool late = false;
    bool natural_days = false;  ///< a fee notice of the first edition
};

/// Which days are worked, and from which day on nobody has announced them yet.
struct Days {
    std::map<Day, bool> special;  ///< worked or not, against the rule of Monday to Friday
    Day unknown_from = 0;

    bool worked(Day day) const;
};

/// The last day of something, whether its year is announced, and when it was done.
struct Limit {
    char of = ' ';  ///< n: asking for a correction, c: the correction, f: the fee, o: an opinion, r: the reply
    Day last = 0;
    bool sure = true;
    std::optional<Day> done = {};

    auto operator<=>(Limit const&) const = default;
};

struct Answer {
    std::string status;
    std::optional<Day> reply_due;
    int remaining = 0;
    int overdue = 0;
    std::vector<Limit> limits;  ///< in order
};

/// One request, to which things happen in order of their days.
class Story {
public:
    Story(Days const& days, Day received);

    /// Whether it may happen; where not, nothing has changed.
    bool happen(Happening const& now);

    /// How it stands in the evening of that day, which is not before anything that has happened.
    Answer evening_of(Day day) const;

private:
    struct Letter {
        std::string id;
        Day sent = 0;
        Day limit = 0;
        bool counts = false;
        std::size_t row = 0;
        std::optional<Day> ended = {};
    };
    struct Pending {
        char of = ' ';
        Day last = 0;
        bool sure = true;
        std::size_t row = 0;
        bool missed(Day day) const { return sure && day > last; }
    };

    Limit after(char of, Day from, int workdays) const;
    Limit deadline(Day day) const;
    void begin_again(Day day);
    void wait_for(char of, Limit limit);
    bool answer(char of, Happening const& now);

    Days const& days_;
    Day base_ = 0;  ///< the deadline is so many worked days after it
    int length_ = 20;
    Day excluded_from_ = 0;  ///< consultations exclude days after this one
    bool asked_ = false;
    bool extended_ = false;
    bool restarted_ = false;
    char ended_ = ' ';  ///< r: replied, w: withdrawn
    Day end_ = 0;
    std::optional<Pending> pending_;
    std::string late_letters_;  ///< c, f: went out late and not answered
    std::vector<Letter> letters_;
    std::vector<Limit> limits_;
};

}  // namespace second_model
