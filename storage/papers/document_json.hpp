#pragma once

#include "workflow/letters/document.hpp"

#include <boost/json/object.hpp>

/// A paper as JSON, for the journal and for previews: `body` is a list of objects with one member each, which says what
/// the block is: "heading", "paragraph", "quotation", "table" or "facts".
namespace storage {

boost::json::object document_to_json(workflow::Document const& document);

/// Of what document_to_json() made; a surprise throws what Boost.JSON throws, or DamagedDatabase.
workflow::Document document_from_json(boost::json::object const& object);

}  // namespace storage
