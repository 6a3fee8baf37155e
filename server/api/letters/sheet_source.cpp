#include "server/api/letters/sheet_source.hpp"

#include <utility>

#include "server/config/issuer.hpp"

namespace server::api {

SheetSource::SheetSource(
    Services& services, Call const& call, VisibleCase const& found, storage::Connection& connection
)
    : facts_(found.stored.facts),
      issuer_(issuer_of(*found.agency, services.config.public_url)),
      today_(call.today()),
      remedies_(workflow::standing_remedies(facts_, issuer_.remedy, today_, *found.calendar)) {
    name_of_ = [directory = call.directory](workflow::Code const& code) {
        if (auto const* staff = directory->staff(code)) return staff->name;
        auto const* department = directory->department(code);
        return department != nullptr ? department->name : code.value;
    };
    // The name stands in every letter; the rest is for those who say why they look (revealApplicant).
    auto& form = facts_.application;
    auto name = form.applicant.name;
    form.applicant = mask(std::move(form.applicant));
    form.applicant.name = std::move(name);
    if (form.agent) form.agent = mask(std::move(*form.agent));
    for (auto& entry : services.store.cases().timeline(connection, found.stored.id)) {
        events_.push_back(std::move(entry.event));
    }
    for (auto const& letter : services.store.letters().list(connection, found.stored.id)) {
        letters_.push_back({letter.kind, letter.number, letter.dated});
    }
}

}  // namespace server::api
