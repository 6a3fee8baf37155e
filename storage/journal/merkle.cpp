#include "storage/journal/merkle.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace storage::merkle {
namespace {

constexpr std::array<std::uint8_t, 1> kLeafPrefix{0x00};
constexpr std::array<std::uint8_t, 1> kNodePrefix{0x01};

using ReadNode = Frontier::ReadNode;

/// The largest power of two smaller than `size`. Requires size > 1.
std::uint64_t split(std::uint64_t size) { return std::bit_floor(size - 1); }

/// The hash of the leaves [begin, end), where `begin` is a multiple of the subtree's width: MTH(D[begin:end]).
Digest subtree_hash(std::uint64_t begin, std::uint64_t end, ReadNode const& read) {
    std::uint64_t const size = end - begin;
    if (std::has_single_bit(size)) {
        auto const level = static_cast<unsigned>(std::countr_zero(size));
        return read(level, begin >> level);
    }
    std::uint64_t const middle = begin + split(size);
    return node_hash(subtree_hash(begin, middle, read), subtree_hash(middle, end, read));
}

}  // namespace

Digest leaf_hash(BytesView data) { return sha256({kLeafPrefix, data}); }

Digest node_hash(Digest const& left, Digest const& right) { return sha256({kNodePrefix, left, right}); }

Frontier::Frontier(std::uint64_t size, ReadNode const& read) : size_(size) {
    std::uint64_t begin = 0;
    for (std::uint64_t rest = size; rest != 0;) {
        std::uint64_t const width = std::bit_floor(rest);
        auto const level = static_cast<unsigned>(std::countr_zero(width));
        roots_[count_++] = read(level, begin >> level);
        begin += width;
        rest -= width;
    }
}

Digest Frontier::root() const {
    if (count_ == 0) return sha256({});
    Digest hash = roots_[count_ - 1];
    for (std::size_t i = count_ - 1; i > 0; --i) hash = node_hash(roots_[i - 1], hash);
    return hash;
}

std::vector<Digest> Frontier::path_of_next() const {
    std::vector<Digest> path(roots_.begin(), roots_.begin() + static_cast<std::ptrdiff_t>(count_));
    std::reverse(path.begin(), path.end());
    return path;
}

std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size, ReadNode const& read) {
    assert(index < size);
    // Down from the root to the leaf, noting the sibling at each fork: PATH(m, D[n]).
    std::vector<Digest> proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end - begin > 1) {
        std::uint64_t const middle = begin + split(end - begin);
        if (index < middle) {
            proof.push_back(subtree_hash(middle, end, read));
            end = middle;
        } else {
            proof.push_back(subtree_hash(begin, middle, read));
            begin = middle;
        }
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

std::vector<Digest> consistency_proof(std::uint64_t from, std::uint64_t to, ReadNode const& read) {
    assert(0 < from && from <= to);
    // SUBPROOF(m, D[n], b): down the right edge of the old tree until a subtree lies wholly inside it.
    std::vector<Digest> proof;
    std::uint64_t begin = 0;
    std::uint64_t end = to;
    while (from != end) {
        std::uint64_t const middle = begin + split(end - begin);
        if (from <= middle) {
            proof.push_back(subtree_hash(middle, end, read));
            end = middle;
        } else {
            proof.push_back(subtree_hash(begin, middle, read));
            begin = middle;
        }
    }
    if (begin != 0) proof.push_back(subtree_hash(begin, end, read));  // else it is the old root, which the reader has
    std::reverse(proof.begin(), proof.end());
    return proof;
}

}  // namespace storage::merkle
