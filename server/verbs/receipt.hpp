#pragma once

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <vector>

#include "storage/cases/case_store.hpp"

/// Checking a receipt, which proves that an entry is in the journal. By itself it proves nothing, since anybody can
/// make a tree of one entry; its root has to be compared with one that is known from elsewhere.
namespace server::verbs {

/// Reads a receipt as api::write_receipt makes it, or an answer that contains one as "receipt". Refused when it is not
/// of this form or contradicts itself: the record is not what its own root commits to, or the answer around it tells
/// another number or time than the record.
workflow::Result<storage::Receipt> read_receipt(boost::json::value const& value);

/// Number and time in the record, as text for the holder of the receipt.
std::string describe_record(storage::Receipt const& receipt);

/// A published tree, as GET /api/v1/journal/head gives it.
struct KnownTree {
    std::int64_t size;
    storage::Digest root;
};
workflow::Result<KnownTree> read_known_tree(boost::json::value const& value);

/// The proof that one tree is the beginning of another, as GET /api/v1/journal/consistency gives it.
struct Consistency {
    std::int64_t from;
    std::int64_t to;
    std::vector<storage::Digest> path;
};
workflow::Result<Consistency> read_consistency(boost::json::value const& value);

/// Refused unless the receipt's tree is the known one, or one is shown by the proof to be the beginning of the other.
workflow::Result<void> compare(
    storage::Receipt const& receipt, KnownTree const& known, std::optional<Consistency> const& proof
);

}  // namespace server::verbs
