#include "server/verbs/receipt.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "storage/journal/merkle.hpp"
#include "storage/journal/merkle_verify.hpp"

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

/// A proof's path, hash by hash.
std::optional<std::vector<storage::Digest>> digests(json::value const* value) {
    auto const* list = value == nullptr ? nullptr : value->if_array();
    if (list == nullptr) return std::nullopt;
    std::vector<storage::Digest> path;
    for (auto const& step : *list) {
        auto const hash = digest(&step);
        if (!hash) return std::nullopt;
        path.push_back(*hash);
    }
    return path;
}

std::vector<storage::Bytes> bytes_of(std::vector<storage::Digest> const& path) {
    std::vector<storage::Bytes> proof;
    for (auto const& step : path) proof.emplace_back(step.begin(), step.end());
    return proof;
}

constexpr std::string_view kNumber = "/data/document";
constexpr std::string_view kAt = "/at";

Refusal refusal(std::string code, std::string detail) {
    return {RefusalKind::Invalid, std::move(code), std::move(detail)};
}

std::optional<storage::Receipt> parts_of_receipt(json::object const& object) {
    auto const seq = positive(object, "seq");
    auto const size = positive(object, "tree_size");
    auto const root = digest(object.if_contains("root"));
    auto const* record = object.if_contains("record");
    auto path = digests(object.if_contains("path"));
    if (!seq || !size || !root || record == nullptr || !record->is_string() || !path) return std::nullopt;
    return storage::Receipt{*seq, std::string(record->get_string()), *size, *root, std::move(*path)};
}

bool holds(storage::Receipt const& receipt) {
    auto const proof = bytes_of(receipt.path);
    auto const leaf = storage::merkle::leaf_hash(storage::as_bytes(receipt.record));
    auto const index = static_cast<std::uint64_t>(receipt.seq - 1);
    auto const size = static_cast<std::uint64_t>(receipt.tree_size);
    return storage::merkle::verify_inclusion(index, size, leaf, proof, receipt.root);
}

/// The part of the record that is meant for the holder of the receipt. Nullopt for another kind of record.
std::optional<std::string> text_in_record(storage::Receipt const& receipt, std::string_view pointer) {
    boost::system::error_code failed;
    auto const record = json::parse(receipt.record, failed);
    auto const* value = failed ? nullptr : record.find_pointer(pointer, failed);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string(value->get_string());
}

/// Whether number and time in the answer around a receipt agree with its record.
bool agrees_with(json::object const& answer, storage::Receipt const& receipt) {
    auto const same = [&](std::string_view member, std::string_view pointer) {
        auto const* told = answer.if_contains(member);
        return told == nullptr || (told->is_string() && text_in_record(receipt, pointer) == told->get_string().c_str());
    };
    return same("number", kNumber) && same("submitted_at", kAt);
}

}  // namespace

Result<storage::Receipt> read_receipt(json::value const& value) {
    auto const* object = value.if_object();
    auto const* const answer = object;
    auto const* inner = object == nullptr ? nullptr : object->if_contains("receipt");
    if (inner != nullptr) object = inner->if_object();
    auto receipt = object == nullptr ? std::nullopt : parts_of_receipt(*object);
    if (!receipt) {
        return refusal("not_a_receipt", "这不是凭证：缺少 seq、record、tree_size、root 或 path，或者格式不对。");
    }
    if (!holds(*receipt)) {
        return refusal("receipt_does_not_hold", "凭证不成立：记录内容、位置或证明路径被改动过。");
    }
    if (inner != nullptr && !agrees_with(*answer, *receipt)) {
        return refusal("told_otherwise", "凭证不成立：写在外面的受理编号或提交时间，与日志记录里的不同。");
    }
    return std::move(*receipt);
}

std::string describe_record(storage::Receipt const& receipt) {
    auto const at = text_in_record(receipt, kAt).value_or("");
    auto const number = text_in_record(receipt, kNumber);
    return number ? fmt::format("受理编号 {}，时间 {}", *number, at) : fmt::format("时间 {}", at);
}

Result<KnownTree> read_known_tree(json::value const& value) {
    auto const* object = value.if_object();
    auto const size = object == nullptr ? std::nullopt : positive(*object, "size");
    auto const root = object == nullptr ? std::nullopt : digest(object->if_contains("root"));
    if (!size || !root) return refusal("not_a_head", "这不是日志头：缺少 size 或 root，或者格式不对。");
    return KnownTree{*size, *root};
}

Result<Consistency> read_consistency(json::value const& value) {
    auto const* object = value.if_object();
    auto const from = object == nullptr ? std::nullopt : positive(*object, "from");
    auto const to = object == nullptr ? std::nullopt : positive(*object, "to");
    auto path = object == nullptr ? std::nullopt : digests(object->if_contains("path"));
    if (!from || !to || !path) {
        return refusal("not_a_consistency_proof", "这不是一致性证明：缺少 from、to 或 path，或者格式不对。");
    }
    return Consistency{*from, *to, std::move(*path)};
}

Result<void> compare(storage::Receipt const& receipt, KnownTree const& known, std::optional<Consistency> const& proof) {
    KnownTree const own{receipt.tree_size, receipt.root};
    if (own.size == known.size) {
        if (own.root == known.root) return {};
        return refusal("other_root", "凭证不成立：同样长的日志，公布的树根与凭证的不同。");
    }
    auto const& [smaller, larger] = own.size < known.size ? std::tie(own, known) : std::tie(known, own);
    if (!proof || proof->from != smaller.size || proof->to != larger.size) {
        return refusal(
            "consistency_needed",
            fmt::format(
                "凭证的日志有 {0} 条，公布的有 {1} 条，还要一致性证明才能比对：用 --consistency 给出 "
                "/api/v1/journal/consistency?from={2}&to={3} 的答复，或者改用 --url。",
                own.size,
                known.size,
                smaller.size,
                larger.size
            )
        );
    }
    auto const size = [](KnownTree const& tree) { return static_cast<std::uint64_t>(tree.size); };
    auto const path = bytes_of(proof->path);
    if (storage::merkle::verify_consistency(size(smaller), size(larger), path, smaller.root, larger.root)) return {};
    return refusal("inconsistent", "凭证不成立：它的日志与公布的日志不是同一本。");
}

}  // namespace server::verbs
