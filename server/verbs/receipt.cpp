#include "server/verbs/receipt.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

#include "storage/merkle.hpp"
#include "storage/merkle_verify.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

std::optional<std::int64_t> positive(json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    auto const* number = value == nullptr ? nullptr : value->if_int64();
    return number != nullptr && *number > 0 ? std::optional(*number) : std::nullopt;
}

std::optional<storage::Digest> digest(json::value const* value) {
    auto const* text = value == nullptr ? nullptr : value->if_string();
    auto const bytes = text == nullptr ? std::nullopt : storage::from_hex(*text);
    storage::Digest digest;
    if (!bytes || bytes->size() != digest.size()) return std::nullopt;
    std::ranges::copy(*bytes, digest.begin());
    return digest;
}

std::optional<storage::Receipt> read_receipt(json::object const& object) {
    auto const seq = positive(object, "seq");
    auto const size = positive(object, "tree_size");
    auto const root = digest(object.if_contains("root"));
    auto const* record = object.if_contains("record");
    auto const* path = object.if_contains("path");
    if (!seq || !size || !root || record == nullptr || !record->is_string() || path == nullptr || !path->is_array()) {
        return std::nullopt;
    }
    storage::Receipt receipt{*seq, std::string(record->get_string()), *size, *root, {}};
    for (auto const& step : path->get_array()) {
        auto const hash = digest(&step);
        if (!hash) return std::nullopt;
        receipt.path.push_back(*hash);
    }
    return receipt;
}

bool holds(storage::Receipt const& receipt) {
    std::vector<storage::Bytes> proof;
    for (auto const& step : receipt.path) proof.emplace_back(step.begin(), step.end());
    auto const leaf = storage::merkle::leaf_hash(storage::as_bytes(receipt.record));
    auto const index = static_cast<std::uint64_t>(receipt.seq - 1);
    auto const size = static_cast<std::uint64_t>(receipt.tree_size);
    return storage::merkle::verify_inclusion(index, size, leaf, proof, receipt.root);
}

}  // namespace

Result<storage::Receipt> check_receipt(json::value const& value) {
    auto const* object = value.if_object();
    auto const* inner = object == nullptr ? nullptr : object->if_contains("receipt");
    if (inner != nullptr) object = inner->if_object();
    auto receipt = object == nullptr ? std::nullopt : read_receipt(*object);
    if (!receipt)
        return Refusal{
            RefusalKind::Invalid,
            "not_a_receipt",
            "这不是凭证：缺少 seq、record、tree_size、root 或 path，或者格式不对。"};
    if (!holds(*receipt)) {
        return Refusal{RefusalKind::Invalid, "receipt_does_not_hold", "凭证不成立：记录内容、位置或证明路径被改动过。"};
    }
    return std::move(*receipt);
}

}  // namespace server::verbs
