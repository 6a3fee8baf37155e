#include "storage/journal/merkle.hpp"

#include "storage/journal/merkle_verify.hpp"
#include "tests/storage/as_wire.hpp"
#include "tests/storage/journal/merkle_vectors.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <string>
#include <utility>

namespace {

using storage::Bytes;
using storage::BytesView;
using storage::Digest;
namespace merkle = storage::merkle;

Bytes bytes(std::string const& hex) { return storage::from_hex(hex).value(); }
std::vector<Bytes> all_bytes(std::vector<std::string> const& list) {
    std::vector<Bytes> result;
    for (auto const& hex : list) result.push_back(bytes(hex));
    return result;
}
/// A tree with its nodes kept in a map, the way the journal keeps them in tables.
struct StoredTree {
    merkle::Frontier frontier;
    std::map<std::pair<unsigned, std::uint64_t>, Digest> nodes;
    std::vector<Digest> roots{frontier.root()};  // by size

    void append(BytesView data) {
        Digest const leaf = merkle::leaf_hash(data);
        nodes[{0U, frontier.size()}] = leaf;
        frontier.append(leaf, [&](unsigned level, std::uint64_t index, Digest const& hash) {
            EXPECT_TRUE(nodes.emplace(std::pair{level, index}, hash).second) << "a node was stored twice";
        });
        roots.push_back(frontier.root());
    }
    /// Reads nodes of the subtree that begins at leaf `begin`.
    merkle::Frontier::ReadNode reader(std::uint64_t begin = 0) const {
        return [this, begin](unsigned level, std::uint64_t index) {
            return nodes.at({level, index + (begin >> level)});
        };
    }
};

StoredTree tree_of_vectors() {
    StoredTree tree;
    for (auto const& input : vectors::kLeafInputs) tree.append(bytes(input));
    return tree;
}

/// 130 leaves, leaf i the byte i.
StoredTree const& tree_130() {
    static StoredTree const tree = [] {
        StoredTree result;
        for (unsigned i = 0; i < 130; ++i) {
            auto const byte = static_cast<std::uint8_t>(i);
            result.append({&byte, 1});
        }
        return result;
    }();
    return tree;
}

/// Calls `line(begin, end)` for the valid subtrees of the draft, in its order.
template <typename Line>
void for_each_subtree(Line line) {
    for (std::uint64_t end = 0; end <= 130; ++end) {
        for (std::uint64_t begin = 0; begin <= end; ++begin) {
            bool const valid = begin == 0 || begin == end || begin % std::bit_ceil(end - begin) == 0;
            if (valid) line(begin, end);
        }
    }
}

std::string range(std::uint64_t begin, std::uint64_t end) {
    return "[" + std::to_string(begin) + ", " + std::to_string(end) + ")";
}

TEST(Merkle, HashesLeavesAndNodesLikeThePublishedVectors) {
    EXPECT_EQ(storage::to_hex(merkle::Frontier().root()), vectors::kRoots[0]);
    for (auto const& vector : vectors::kLeafHashes) {
        EXPECT_EQ(storage::to_hex(merkle::leaf_hash(bytes(vector.data))), vector.hash);
    }
    for (auto const& vector : vectors::kNodeHashes) {  // the published inputs are shorter than hashes
        storage::Bytes const prefix{0x01};
        EXPECT_EQ(storage::to_hex(storage::sha256({prefix, bytes(vector.left), bytes(vector.right)})), vector.hash);
    }
    EXPECT_EQ(storage::to_hex(merkle::leaf_hash(bytes(vectors::kRealLeafData))), vectors::kInclusions.back().leaf);
}

TEST(Merkle, GrowsTheTreeOfTheVectors) {
    StoredTree const tree = tree_of_vectors();
    for (std::size_t size = 0; size < vectors::kRoots.size(); ++size) {
        EXPECT_EQ(storage::to_hex(tree.roots[size]), vectors::kRoots[size]) << size;
    }
    std::size_t nodes = 0;
    for (unsigned level = 0; level < vectors::kNodesByLevel.size(); ++level) {
        for (std::uint64_t index = 0; index < vectors::kNodesByLevel[level].size(); ++index) {
            EXPECT_EQ(storage::to_hex(tree.nodes.at({level, index})), vectors::kNodesByLevel[level][index]);
            ++nodes;
        }
    }
    EXPECT_EQ(tree.nodes.size(), nodes);
}

TEST(Merkle, VerifierAgreesWithEveryInclusionVector) {
    ASSERT_EQ(vectors::kInclusions.size(), 98U + 5U + 1U);
    for (auto const& vector : vectors::kInclusions) {
        auto const proof = all_bytes(vector.proof);
        bool const holds =
            merkle::verify_inclusion(vector.index, vector.size, bytes(vector.leaf), proof, bytes(vector.root));
        EXPECT_EQ(holds, vector.holds) << vector.name;
    }
}

TEST(Merkle, VerifierAgreesWithEveryConsistencyVector) {
    ASSERT_EQ(vectors::kConsistencies.size(), 98U + 4U);
    for (auto const& vector : vectors::kConsistencies) {
        auto const proof = all_bytes(vector.proof);
        bool const holds =
            merkle::verify_consistency(vector.from, vector.to, proof, bytes(vector.from_root), bytes(vector.to_root));
        EXPECT_EQ(holds, vector.holds) << vector.name;
    }
}

TEST(Merkle, ConsistencyFromSizeZeroIsAnError) {
    Digest const empty = merkle::Frontier().root();
    EXPECT_FALSE(merkle::verify_consistency(0, 0, {}, empty, empty));
    EXPECT_FALSE(merkle::verify_consistency(0, 1, {}, empty, merkle::leaf_hash({})));
}

TEST(Merkle, MakesTheProofsOfTheVectors) {
    StoredTree const tree = tree_of_vectors();
    std::size_t compared = 0;
    for (auto const& vector : vectors::kInclusions) {
        if (!vector.holds || vector.size > vectors::kLeafInputs.size()) continue;
        EXPECT_EQ(as_wire(merkle::inclusion_proof(vector.index, vector.size, tree.reader())), all_bytes(vector.proof));
        ++compared;
    }
    for (auto const& vector : vectors::kConsistencies) {
        if (!vector.holds || vector.to > vectors::kLeafInputs.size()) continue;
        EXPECT_EQ(as_wire(merkle::consistency_proof(vector.from, vector.to, tree.reader())), all_bytes(vector.proof));
        ++compared;
    }
    EXPECT_GE(compared, 20U);
}

TEST(Merkle, EveryInclusionProofUpTo130LeavesVerifiesAndNoOtherPlaceDoes) {
    StoredTree const& tree = tree_130();
    for (std::uint64_t size = 1; size <= 130; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            auto const proof = as_wire(merkle::inclusion_proof(index, size, tree.reader()));
            Digest const& leaf = tree.nodes.at({0U, index});
            ASSERT_TRUE(merkle::verify_inclusion(index, size, leaf, proof, tree.roots[size]))
                << index << " in " << size;
            ASSERT_FALSE(merkle::verify_inclusion(index, size, leaf, proof, tree.roots[size - 1]));
            ASSERT_FALSE(merkle::verify_inclusion((index + 1) % (size + 1), size, leaf, proof, tree.roots[size]));
            ASSERT_LE(proof.size(), static_cast<std::size_t>(std::bit_width(size)));
        }
    }
}

TEST(Merkle, EveryConsistencyProofUpTo130LeavesVerifiesAndNoOtherHistoryDoes) {
    StoredTree const& tree = tree_130();
    for (std::uint64_t to = 1; to <= 130; ++to) {
        for (std::uint64_t from = 1; from <= to; ++from) {
            auto const proof = as_wire(merkle::consistency_proof(from, to, tree.reader()));
            ASSERT_TRUE(merkle::verify_consistency(from, to, proof, tree.roots[from], tree.roots[to]))
                << from << ' ' << to;
            ASSERT_FALSE(merkle::verify_consistency(from, to, proof, tree.roots[from - 1], tree.roots[to]));
            ASSERT_FALSE(merkle::verify_consistency(from, to, proof, tree.roots[from], tree.roots[to - 1]));
        }
    }
}

TEST(Merkle, FrontierReadFromStoredNodesIsTheOneThatGrew) {
    StoredTree const& tree = tree_130();
    for (std::uint64_t size = 0; size <= 130; ++size) {
        merkle::Frontier const frontier(size, tree.reader());
        EXPECT_EQ(frontier.size(), size);
        EXPECT_EQ(frontier.root(), tree.roots[size]);
    }
}

TEST(Merkle, SubtreeHashesGiveTheRollingDigestOfTheDraft) {
    std::string lines;
    for_each_subtree([&](std::uint64_t begin, std::uint64_t end) {
        merkle::Frontier const subtree(end - begin, tree_130().reader(begin));
        lines += range(begin, end) + ' ' + storage::to_hex(subtree.root()) + '\n';
    });
    EXPECT_EQ(storage::to_hex(storage::sha256({storage::as_bytes(lines)})), vectors::kSubtreeHashDigest);
}

TEST(Merkle, SubtreeInclusionProofsGiveTheRollingDigestOfTheDraft) {
    std::string lines;
    for_each_subtree([&](std::uint64_t begin, std::uint64_t end) {
        for (std::uint64_t index = begin; index < end; ++index) {
            lines += std::to_string(index) + ' ' + range(begin, end);
            for (auto const& hash : merkle::inclusion_proof(index - begin, end - begin, tree_130().reader(begin))) {
                lines += ' ' + storage::to_hex(hash);
            }
            lines += '\n';
        }
    });
    EXPECT_EQ(storage::to_hex(storage::sha256({storage::as_bytes(lines)})), vectors::kSubtreeInclusionDigest);
}

}  // namespace
