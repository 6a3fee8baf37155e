#include "storage/vault/vault.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace {

using storage::Bytes;
using storage::Key;
using storage::Vault;

Key key_of(std::uint8_t byte) { return std::move(*Key::from(Bytes(Key::kSize, byte))); }

Vault vault_of(std::uint8_t byte) { return Vault(key_of(byte)); }

TEST(Seal, OpensWhatItSealedAndNothingElse) {
    Key const key = Key::random();
    Bytes const sealed = storage::seal(key, "张三 13800000000", "applicant/1/name");
    EXPECT_EQ(storage::unseal(key, sealed, "applicant/1/name"), "张三 13800000000");
    EXPECT_EQ(sealed.size(), std::string("张三 13800000000").size() + 29);
    EXPECT_EQ(storage::as_text(sealed).find("138"), std::string_view::npos);

    EXPECT_THROW(storage::unseal(Key::random(), sealed, "applicant/1/name"), storage::SealBroken);
    EXPECT_THROW(storage::unseal(key, sealed, "applicant/2/name"), storage::SealBroken);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        Bytes changed = sealed;
        changed[i] ^= 1;
        EXPECT_THROW(storage::unseal(key, changed, "applicant/1/name"), storage::SealBroken) << "byte " << i;
        EXPECT_THROW(
            storage::unseal(key, storage::BytesView(sealed).first(i), "applicant/1/name"), storage::SealBroken
        );
    }
}

TEST(Seal, TakesEmptyTextAndEmptyPlace) {
    Key const key = Key::random();
    EXPECT_EQ(storage::unseal(key, storage::seal(key, "", ""), ""), "");
    EXPECT_EQ(storage::unseal(key, storage::seal(key, std::string(100'000, 'x'), ""), ""), std::string(100'000, 'x'));
}

TEST(Seal, IsDifferentEveryTime) {
    Key const key = Key::random();
    std::set<std::string> sealed;
    for (int i = 0; i < 1000; ++i) sealed.insert(storage::to_hex(storage::seal(key, "same", "place")));
    EXPECT_EQ(sealed.size(), 1000U);
}

TEST(Key, IsWipedWhenItMovesAway) {
    Key first = key_of(7);
    Key const second = std::move(first);
    EXPECT_TRUE(std::ranges::equal(first.bytes(), Bytes(Key::kSize, 0)));  // NOLINT: a moved-from key is zero
    EXPECT_TRUE(std::ranges::equal(second.bytes(), Bytes(Key::kSize, 7)));
    EXPECT_FALSE(Key::from(Bytes(31, 0)));
}

TEST(Hmac, AgreesWithRfc4231) {
    EXPECT_EQ(
        storage::to_hex(storage::hmac_sha256(Bytes(20, 0x0b), {storage::as_bytes("Hi "), storage::as_bytes("There")})),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    );
}

TEST(Vault, DerivesTheSameKeysFromTheSameMaster) {
    EXPECT_EQ(vault_of(1).unseal(vault_of(1).seal("text", "place"), "place"), "text");
    EXPECT_THROW(vault_of(2).unseal(vault_of(1).seal("text", "place"), "place"), storage::SealBroken);
    // HKDF-SHA-256, info "disclosure/1/index", then HMAC: computed once with another implementation (Python hashlib).
    EXPECT_EQ(
        storage::to_hex(vault_of(1).index_digest("phone", "13800000000")),
        "8b5cc61ab0049feafceed37ebbbeca5031f223a25bac286a4bb040c9d25f88a1"
    );
}

TEST(Vault, WrapsADataKeyForItsOwnerOnly) {
    Vault const vault = vault_of(1);
    Key const data_key = Key::random();
    Bytes const wrapped = vault.wrap(data_key, "case-1");
    EXPECT_TRUE(std::ranges::equal(vault.unwrap(wrapped, "case-1").bytes(), data_key.bytes()));
    EXPECT_THROW(vault.unwrap(wrapped, "case-2"), storage::SealBroken);
    EXPECT_THROW(vault_of(2).unwrap(wrapped, "case-1"), storage::SealBroken);
    EXPECT_THROW(vault.unseal(wrapped, "case-1"), storage::SealBroken) << "purposes have keys of their own";
}

TEST(Vault, IndexDigestsAreEqualForEqualValuesOfOneField) {
    Vault const vault = vault_of(1);
    EXPECT_EQ(vault.index_digest("phone", "138"), vault.index_digest("phone", "138"));
    EXPECT_NE(vault.index_digest("phone", "138"), vault.index_digest("email", "138"));
    EXPECT_NE(vault.index_digest("phone", "138"), vault_of(2).index_digest("phone", "138"));
    EXPECT_NE(vault.index_digest("a", "bc"), vault.index_digest("ab", "c"));
}

TEST(Vault, SearchTokensDependOnTextAndKey) {
    Vault const vault = vault_of(1);
    EXPECT_EQ(vault.search_token("张三"), vault.search_token("张三"));
    EXPECT_NE(vault.search_token("张三"), vault.search_token("三张"));
    EXPECT_NE(vault.search_token("张三"), vault_of(2).search_token("张三"));
}

TEST(RandomId, HasItsFormAndNeverRepeats) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        std::string const id = storage::random_id();
        std::string const code = storage::random_query_code();
        EXPECT_EQ(id.size(), 26U);
        EXPECT_EQ(id.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"), std::string::npos) << id;
        EXPECT_EQ(code.size(), 16U);
        EXPECT_EQ(code.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos) << code;
        EXPECT_TRUE(seen.insert(id).second && seen.insert(code).second);
    }
}

TEST(OrderedId, SortsByTimeAndNeverRepeats) {
    workflow::Instant const start = workflow::start_of(*workflow::parse_date("2026-11-20"));
    std::set<std::string> seen;
    std::string before;
    for (int i = 0; i < 1000; ++i) {
        std::string const id = storage::ordered_id(start + std::chrono::milliseconds(i));
        EXPECT_EQ(id.size(), 26U);
        EXPECT_EQ(id.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"), std::string::npos) << id;
        EXPECT_LT(before, id);
        EXPECT_TRUE(seen.insert(storage::ordered_id(start)).second);
        before = id;
    }
}

}  // namespace
