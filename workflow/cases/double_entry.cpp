#include "workflow/cases/double_entry.hpp"

#include "workflow/people/identity.hpp"

namespace workflow {
namespace {

/// Where a paper form lacks a number, the name alone decides.
bool is_same_number(std::optional<std::string> const& one, std::optional<std::string> const& other) {
    return !one || !other || normalise_number(*one) == normalise_number(*other);
}

bool is_same_person(Applicant const& one, Applicant const& other) {
    return one.kind == other.kind && one.name == other.name && is_same_number(one.id_number, other.id_number) &&
           is_same_number(one.uscc, other.uscc);
}

}  // namespace

std::string_view fault_of_double(Case const& doubled, Case const& remaining) {
    if (remaining.number == doubled.number) return "请填写保留的那一件，而不是这一件。";
    if (remaining.application.agency != doubled.application.agency ||
        !is_same_person(remaining.application.applicant, doubled.application.applicant))
        return "那一件不是同一申请人向本机关提出的申请。";
    if (remaining.timeline().received > doubled.timeline().received)
        return "那一件收到得更晚：请保留收到较早的一件，期限从较早的日期起算。";
    bool const replied =
        remaining.outcome && rule_of(*remaining.outcome).drafted && (remaining.signed_on || remaining.ledger);
    if (remaining.concluded_on && !replied) return "那一件没有答复就已经办结，申请人得不到答复。";
    return {};
}

}  // namespace workflow
