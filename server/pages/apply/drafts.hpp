#pragma once

#include <optional>
#include <string>

#include "server/pages/kit/form.hpp"
#include "server/pages/kit/visit.hpp"
#include "storage/cases/case_store.hpp"

/// What the flow of an application remembers of a browser: first its answers, then its receipt. Kept sealed for
/// kDraftTime after the last change, so that a reload, a restart of the service and a closed window lose nothing.
/// Saving happens on the writer thread, inside a job; loading on any connection.
namespace server::pages {

/// A form that is being filled in.
struct Draft {
    std::string nonce;  ///< of this one application: handed in twice, it is still one
    Answers answers;
};

/// What is shown once after handing in; the answers are gone then.
struct Receipt {
    std::string nonce;
    std::string number;
    std::string query_code;
    workflow::Code agency;
    workflow::Date submitted_on;
    std::optional<workflow::Date> received_on;  ///< null while staff still have to confirm
    std::string proof;                          ///< the JSON that `journal check-receipt` takes
};

/// A new one, with its nonce, where none is kept.
Draft load_draft(api::Services const& services, storage::Connection& connection, Visit const& visit);
/// Refused as storage::Drafts::save() says.
workflow::Result<void> save_draft(
    api::Services const& services, storage::Connection& connection, Visit const& visit, Draft const& draft
);

std::optional<Receipt> load_receipt(api::Services const& services, storage::Connection& connection, Visit const& visit);
/// In place of the draft; there is always room for it.
workflow::Result<void> save_receipt(
    api::Services const& services, storage::Connection& connection, Visit const& visit, Receipt const& receipt
);

}  // namespace server::pages
