#include "storage/journal/merkle_verify.hpp"

#include <algorithm>
#include <array>

namespace storage::merkle {
namespace {

constexpr std::array<std::uint8_t, 1> kInnerTag{1};

Digest join(BytesView left, BytesView right) { return sha256({kInnerTag, left, right}); }

bool is_hash(BytesView bytes) { return bytes.size() == std::tuple_size_v<Digest>; }

bool same(BytesView a, BytesView b) { return std::ranges::equal(a, b); }

}  // namespace

// The variable names and the order of the steps are those of RFC 9162 2.1.3.2.
bool verify_inclusion(
    std::uint64_t index, std::uint64_t size, BytesView leaf_hash, std::span<Bytes const> proof, BytesView root
) {
    if (index >= size || !is_hash(leaf_hash) || !std::ranges::all_of(proof, is_hash)) return false;
    std::uint64_t fn = index;
    std::uint64_t sn = size - 1;
    Digest r;
    std::ranges::copy(leaf_hash, r.begin());
    for (Bytes const& p : proof) {
        if (sn == 0) return false;
        if ((fn & 1) != 0 || fn == sn) {
            r = join(p, r);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            r = join(r, p);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && same(r, root);
}

// RFC 9162 2.1.4.2.
bool verify_consistency(
    std::uint64_t from, std::uint64_t to, std::span<Bytes const> proof, BytesView from_root, BytesView to_root
) {
    if (from == 0 || from > to || !std::ranges::all_of(proof, is_hash)) return false;
    if (from == to) return proof.empty() && same(from_root, to_root);
    if (proof.empty() || !is_hash(from_root)) return false;

    bool const from_is_power_of_two = (from & (from - 1)) == 0;
    BytesView const first = from_is_power_of_two ? from_root : BytesView(proof.front());
    std::span<Bytes const> const rest = from_is_power_of_two ? proof : proof.subspan(1);

    std::uint64_t fn = from - 1;
    std::uint64_t sn = to - 1;
    while ((fn & 1) != 0) {
        fn >>= 1;
        sn >>= 1;
    }
    Digest fr;
    std::ranges::copy(first, fr.begin());
    Digest sr = fr;
    for (Bytes const& c : rest) {
        if (sn == 0) return false;
        if ((fn & 1) != 0 || fn == sn) {
            fr = join(c, fr);
            sr = join(c, sr);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            sr = join(sr, c);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && same(fr, from_root) && same(sr, to_root);
}

}  // namespace storage::merkle
