#pragma once

#include "storage/journal/journal.hpp"
#include "workflow/cases/event.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string_view>

/// The events of a case as journal entries of the object {"case", id}: `data` holds "to" (the state after it),
/// "document" and the open part of the "payload", `sealed` the payload's free text.
namespace storage {

inline ObjectRef case_object(std::string_view id) { return {"case", std::string(id)}; }

/// `key`, the case's data key, and `memory` must outlive the entry.
Entry to_entry(
    std::string_view case_id, workflow::Event const& event, Key const& key, boost::json::storage_ptr const& memory
);

/// Nullopt for an entry about a case that is none of its events. `sealed` is empty when the key has been destroyed: the
/// event then has no text.
std::optional<workflow::Event> to_event(boost::json::object const& record, boost::json::object const& sealed);

}  // namespace storage
