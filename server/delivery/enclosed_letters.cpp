#include "server/delivery/enclosed_letters.hpp"

#include <utility>

#include "server/delivery/plan.hpp"
#include "workflow/letters/notifications.hpp"

namespace server::delivery {

using workflow::Addressee;
using workflow::Enclosure;

std::optional<std::vector<storage::StoredLetter>> enclosed_letters(
    storage::Store& store,
    storage::Connection& connection,
    storage::Outbox::Message const& message,
    workflow::Case const& facts
) {
    std::vector<storage::StoredLetter> enclosed;
    auto const encloses = workflow::rule_of(workflow::parse<workflow::Notification>(message.topic).value()).encloses;
    if (encloses == Enclosure::Nothing) return enclosed;
    bool const reply = encloses == Enclosure::Reply;
    bool const making =
        store.outbox().is_pending(connection, storage::MessageKind::Letter, message.case_id, message.seq);
    if (!reply && making) return std::nullopt;
    auto const addressee = message.recipient == kThirdParty ? Addressee::ThirdParty : Addressee::Applicant;
    for (auto& letter : store.letters().list(connection, message.case_id)) {
        auto const& kind = workflow::rule_of(letter.kind);
        bool const wanted = reply ? kind.is_reply && letter.number == facts.reply_number : letter.event == message.seq;
        if (!wanted || kind.addressee != addressee) continue;
        if (!letter.frozen) return std::nullopt;
        enclosed.push_back(std::move(letter));
    }
    if (reply && enclosed.empty()) return std::nullopt;
    return enclosed;
}

}  // namespace server::delivery
