#include "server/api/letters/letter_json.hpp"

#include <algorithm>

namespace server::api {

std::vector<storage::StoredLetter> applicants_letters(
    storage::Letters const& letters, storage::Connection& connection, storage::StoredCase const& stored
) {
    auto all = letters.list(connection, stored.id);
    std::erase_if(all, [&](storage::StoredLetter const& letter) {
        auto const& rule = workflow::rule_of(letter.kind);
        bool const theirs = rule.addressee == workflow::Addressee::Applicant && is_sent(rule, stored.facts);
        return !theirs || !letter.frozen;
    });
    return all;
}

std::string letter_file_name(workflow::Case const& c, std::string_view paper) {
    return c.number.value + "-" + std::string(paper);
}

}  // namespace server::api
