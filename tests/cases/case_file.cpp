#include "tests/cases/case_file.hpp"

#include "tests/cases/assign.hpp"
#include "tests/workflow/office.hpp"

#include <fstream>
#include <map>
#include <sstream>

namespace cases {

namespace {

using namespace workflow;

using Words = std::vector<std::string>;

/// Splits at blanks; what stands in double quotes stays together. A # at the beginning of a word ends the line.
Words split(std::string const& line) {
    Words words;
    bool quoted = false;
    bool inside = false;
    for (char const c : line) {
        if (c == '#' && !quoted && !inside) break;
        if (c == '"') quoted = !quoted;
        if (c == ' ' && !quoted) {
            inside = false;
            continue;
        }
        if (!inside) words.emplace_back();
        inside = true;
        if (c != '"') words.back() += c;
    }
    if (quoted) throw std::runtime_error("a quotation mark is missing");
    return words;
}

template <typename... Parts>
[[noreturn]] void fail(Parts const&... parts) {
    std::ostringstream text;
    (text << ... << parts);
    throw std::runtime_error(text.str());
}

template <typename E>
E word(std::string const& text) {
    auto const parsed = parse<E>(text);
    if (!parsed) fail("no such word: ", text);
    return *parsed;
}

std::pair<std::string, std::string> key_and_value(std::string const& text) {
    auto const equals = text.find('=');
    if (equals == std::string::npos) fail("key=value expected, not ", text);
    return {text.substr(0, equals), text.substr(equals + 1)};
}

class Play {
public:
    /// One line of the file.
    void read(Words const& words) {
        std::string const& first = words.front();
        Words const rest(words.begin() + 1, words.end());
        if (first == "refused") {
            expect_refusal(rest);
        } else if (first == "->") {
            settle();
            expect_case(rest);
        } else {
            settle();
            if (first == "case") {
                begin();
            } else if (cases_ == 0) {
                fail("a file begins with a line: case TITLE");
            } else if (first == "setting") {
                settings(rest);
            } else if (first == "person") {
                person(rest);
            } else if (first == "at") {
                at(rest);
            } else {
                fail("a line begins with case, setting, person, at, -> or refused, not with ", first);
            }
        }
    }

    /// A step that is not followed by `refused` has to be lawful.
    void settle() {
        if (refusal_) fail("the step before was refused: ", refusal_->code, " (", refusal_->detail, ")");
    }

    int cases() const { return cases_; }

private:
    void begin() {
        office_ = Office();
        people_.clear();
        ++cases_;
    }

    void settings(Words const& rest) {
        for (auto const& each : rest) {
            auto const [key, value] = key_and_value(each);
            if (key == "online_receipt") {
                assign(office_.policy.online_receipt, "", value);
            } else if (key == "fees") {
                assign(office_.policy.fees_enabled, "", value);
            } else if (key == "fee_payee") {
                assign(office_.policy.fee_payee, "", value);
            } else if (key == "correction_days") {
                assign(office_.policy.correction_days, "", value);
            } else if (auto const cause = parse<CardCause>(key)) {
                assign(office_.policy.card_thresholds.emplace_back(CardThreshold{*cause}).days, "", value);
            } else {
                fail("no such setting: ", key);
            }
        }
    }

    /// person 李四 handler department_head department=d2
    void person(Words const& rest) {
        RoleSet roles;
        std::string department = Office::kDepartment.value;
        for (std::size_t i = 1; i < rest.size(); ++i) {
            if (rest[i].starts_with("department=")) {
                department = key_and_value(rest[i]).second;
            } else {
                roles.add(word<Role>(rest[i]));
            }
        }
        check_roles(roles).value();
        Actor actor = office_.person(rest.at(0), roles);
        actor.department = Code{department};
        people_.insert_or_assign(rest.at(0), actor);
    }

    /// at 2026-03-02 [WHO ACTION key=value…], or at 2026-03-02 daily_run, or at 2026-03-02 approval_chain
    void at(Words const& rest) {
        assign(office_.today, "", rest.at(0));
        if (rest.size() == 1) return;
        if (rest[1] == "daily_run") {
            office_.run_daily();
            office_.update_cards();
            return;
        }
        if (rest[1] == "approval_chain") {
            while (office_.c.state == State::Approving)
                office_.must(awaited_role(office_.c).value(), Action::ApproveReply);
            return;
        }
        if (rest.size() == 2) fail(rest[1], " does what?");
        auto const known = people_.find(rest[1]);
        Actor const actor = known != people_.end() ? known->second : office_.person(word<Role>(rest[1]));
        auto const action = word<Action>(rest[2]);
        Payload payload = office_.sample(action);
        for (std::size_t i = 3; i < rest.size(); ++i) {
            auto const given = key_and_value(rest[i]);
            std::visit([&](auto& shape) { assign(shape, given.first, given.second); }, payload);
        }
        auto const done = office_.does(actor, action, payload);
        if (!done) refusal_ = done.error();
    }

    /// refused CODE [at POINTER]…
    void expect_refusal(Words const& rest) {
        if (!refusal_) fail("was not refused");
        if (refusal_->code != rest.at(0)) fail("refused ", refusal_->code, " (", refusal_->detail, ")");
        for (std::size_t i = 1; i + 1 < rest.size(); i += 2) {
            if (rest[i] != "at") fail("at POINTER expected, not ", rest[i]);
            if (std::ranges::find(refusal_->errors, rest[i + 1], &FieldError::pointer) == refusal_->errors.end()) {
                fail(
                    "no fault at ",
                    rest[i + 1],
                    "; the first is at ",
                    refusal_->errors.empty() ? "none" : refusal_->errors[0].pointer
                );
            }
        }
        refusal_.reset();
    }

    /// -> STATE [due DATE] [overdue N] [status CLOCK_STATUS] [outcome OUTCOME] [concluded DATE] [waits_for ROLE] [limit
    /// DATE] [fee YUAN] [cards CAUSE,…] [unsent LETTER,…]
    void expect_case(Words const& rest) const {
        ClockResult const clock = office_.clock();
        Case const& c = office_.c;
        auto const role = awaited_role(c);
        std::map<std::string, std::string> const actual{
            {"due", clock.reply_due ? to_string(*clock.reply_due) : "none"},
            {"overdue", std::to_string(clock.overdue_workdays)},
            {"status", std::string(code(clock.status))},
            {"outcome", c.outcome ? std::string(code(*c.outcome)) : "none"},
            {"concluded", c.concluded_on ? to_string(*c.concluded_on) : "none"},
            {"waits_for", role ? std::string(code(*role)) : "none"},
            {"fee", c.fee ? std::to_string(c.fee->amount_fen / 100) : "none"},
            {"limit", limit_of(clock)},
            {"cards", cards_of(c)},
            {"unsent", unsent_of(c)},
        };
        if (code(c.state) != rest.at(0)) fail("the case is ", code(c.state));
        if (rest.size() % 2 == 0) fail("a value is missing after ", rest.back());
        for (std::size_t i = 1; i + 1 < rest.size(); i += 2) {
            auto const found = actual.find(rest[i]);
            if (found == actual.end()) fail("no such thing to expect: ", rest[i]);
            if (found->second != rest[i + 1]) fail(rest[i], " is ", found->second);
        }
    }

    /// The last day of what somebody else has still to do: correction, payment or opinion.
    static std::string limit_of(ClockResult const& clock) {
        for (Deadline const& d : clock.deadlines) {
            bool const other = d.kind == DeadlineKind::Correction || d.kind == DeadlineKind::FeePayment ||
                               d.kind == DeadlineKind::Consultation;
            if (other && !d.met) return to_string(d.due);
        }
        return "none";
    }

    /// The causes of the cards that stand, in the order of their issue.
    static std::string cards_of(Case const& c) {
        std::string causes;
        for (Card const& card : c.cards) {
            if (card.state() != CardState::Open || card.lifted_on) continue;
            if (!causes.empty()) causes += ',';
            causes += code(card.issue.cause);
        }
        return causes.empty() ? "none" : causes;
    }

    /// The letters that wait for their dispatch.
    static std::string unsent_of(Case const& c) {
        std::string letters;
        for (NoticeLetter const* letter : unsent_notices(c)) {
            if (!letters.empty()) letters += ',';
            letters += code(letter->kind);
        }
        return letters.empty() ? "none" : letters;
    }

    int cases_ = 0;
    Office office_;
    std::map<std::string, Actor> people_;
    std::optional<Refusal> refusal_;
};

}  // namespace

int run_cases(std::filesystem::path const& file) {
    std::ifstream text(file);
    Play play;
    int number = 0;
    std::string line;
    try {
        while (std::getline(text, line)) {
            ++number;
            if (Words const words = split(line); !words.empty()) play.read(words);
        }
        play.settle();
    } catch (std::exception const& difference) {
        fail(":", number, ": ", difference.what());
    }
    return play.cases();
}

}  // namespace cases
