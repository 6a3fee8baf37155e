#pragma once

#include "storage/engine/sha256.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

/// The Merkle tree of RFC 9162 section 2.1 with SHA-256: leaf = H(0x00 ‖ data), node = H(0x01 ‖ left ‖ right),
/// empty tree = H(""). A node (level, index) covers the leaves [index * 2^level, (index + 1) * 2^level); only such
/// complete nodes are stored, and they never change.
namespace storage::merkle {

Digest leaf_hash(BytesView data);
Digest node_hash(Digest const& left, Digest const& right);

/// The roots of the complete subtrees that make up a tree, largest first: all that is needed to append and to know the
/// root. A value: copy it to remember a state.
class Frontier {
public:
    /// Reads the stored node (level, index); level 0 are the leaves.
    using ReadNode = std::function<Digest(unsigned level, std::uint64_t index)>;

    Frontier() = default;
    /// The frontier of a stored tree of `size` leaves.
    Frontier(std::uint64_t size, ReadNode const& read);

    /// Appends a leaf and hands each node this completes, level 1 and up, to `store(level, index, hash)`.
    template <typename Store>
    void append(Digest const& leaf, Store&& store) {
        Digest hash = leaf;
        std::uint64_t index = size_;
        unsigned level = 0;
        for (; (index & 1) != 0; index >>= 1) {
            hash = node_hash(roots_[--count_], hash);
            store(++level, index >> 1, hash);
        }
        roots_[count_++] = hash;
        ++size_;
    }

    std::uint64_t size() const { return size_; }
    Digest root() const;
    /// What will prove that the next leaf is in the tree it ends (RFC 9162 2.1.3.1): every complete subtree lies to its
    /// left.
    std::vector<Digest> path_of_next() const;

private:
    std::array<Digest, 64> roots_;
    std::size_t count_ = 0;
    std::uint64_t size_ = 0;
};

/// RFC 9162 2.1.3.1: that leaf `index` is in the tree of the first `size` leaves. Requires index < size. Reads O(log n)
/// nodes.
std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size, Frontier::ReadNode const& read);

/// RFC 9162 2.1.4.1: that the tree of `from` leaves is a prefix of the tree of `to`. Requires 0 < from <= to. Reads
/// O(log n) nodes.
std::vector<Digest> consistency_proof(std::uint64_t from, std::uint64_t to, Frontier::ReadNode const& read);

}  // namespace storage::merkle
