#pragma once

#include "workflow/letters/sheets.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/api/cases/case_access.hpp"

namespace server::api {

/// What the sheets of one case are made from. Made and used on a worker.
class SheetSource {
public:
    SheetSource(Services& services, Call const& call, VisibleCase const& found, storage::Connection& connection);
    SheetSource(SheetSource const&) = delete;
    SheetSource& operator=(SheetSource const&) = delete;

    /// The view borrows from this object.
    workflow::SheetFacts view() const { return {facts_, events_, issuer_, name_of_, letters_, today_, remedies_}; }

private:
    workflow::Case facts_;  ///< what says who the applicant is, masked but for the name
    workflow::Issuer issuer_;
    std::function<std::string(workflow::Code const&)> name_of_;
    std::vector<workflow::Event> events_;
    std::vector<workflow::DossierLetter> letters_;
    workflow::Date today_;
    std::vector<workflow::StandingRemedy> remedies_;
};

}  // namespace server::api
