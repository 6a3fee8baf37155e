#include "workflow/cases/double_entry.hpp"

#include "workflow/people/identity.hpp"

#include <algorithm>
#include <string>

namespace workflow {
namespace {

/// A number that a paper form lacks says nothing.
bool is_same_number(std::optional<std::string> const& one, std::optional<std::string> const& other) {
    return !one || !other || normalise_number(*one) == normalise_number(*other);
}

/// Of the same name, no number against it, and something beside the name that both have.
bool is_same_person(Applicant const& one, Applicant const& other) {
    bool const numbers = is_same_number(one.id_number, other.id_number) && is_same_number(one.uscc, other.uscc);
    auto const shared = [&](auto member) { return one.*member && one.*member == other.*member; };
    return one.kind == other.kind && one.name == other.name && numbers &&
           (shared(&Applicant::id_number) || shared(&Applicant::uscc) || shared(&Applicant::phone) ||
            shared(&Applicant::email) || shared(&Applicant::address));
}

std::string without_blanks(std::string text) {
    for (std::string_view const blank : {" ", "\n", "\t", "　"}) {
        for (auto at = text.find(blank); at != std::string::npos; at = text.find(blank, at))
            text.erase(at, blank.size());
    }
    return text;
}

/// Whether everything that the one asks for is asked for by the other in the same words.
bool asks_the_same(Application const& one, Application const& other) {
    return std::ranges::all_of(one.items, [&](RequestedItem const& item) {
        return std::ranges::any_of(other.items, [&](RequestedItem const& each) {
            return without_blanks(each.title) == without_blanks(item.title) &&
                   without_blanks(each.description) == without_blanks(item.description);
        });
    });
}

}  // namespace

std::string_view fault_of_double(Case const& doubled, Case const& remaining) {
    if (remaining.number == doubled.number) return "请填写保留的那一件，而不是这一件。";
    if (remaining.application.agency != doubled.application.agency ||
        !is_same_person(remaining.application.applicant, doubled.application.applicant))
        return "那一件不是同一申请人向本机关提出的申请。";
    if (remaining.timeline().received > doubled.timeline().received)
        return "那一件收到得更晚：请保留收到较早的一件，期限从较早的日期起算。";
    if (!asks_the_same(doubled.application, remaining.application))
        return "那一件申请公开的内容不同，不是重复录入；内容相同而又另外提出的，是重复申请（条例第三十六条第六项）。";
    if (remaining.concluded_on) return "那一件已经办结，这一件要另外答复。";
    if (remaining.rejection) return "那一件也提出了不予登记。";
    return {};
}

}  // namespace workflow
