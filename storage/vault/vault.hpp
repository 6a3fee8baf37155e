#pragma once

#include "storage/engine/bytes.hpp"
#include "storage/engine/sha256.hpp"
#include "workflow/time/date.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

/// Encryption at rest. Keys:
///
///     master key (key file, never in the database)
///       └─ HKDF-SHA-256 by purpose ─┬─ projection  seals columns of the tables that queries read
///                                   ├─ wrap        seals the data key of each case
///                                   ├─ index       HMAC digests for exact look-up
///                                   └─ search      SipHash tokens of the blind search index
///     data key (random, one per case, stored wrapped): seals the personal data of its journal entries;
///     destroying the wrapped key erases them, in every backup too, and leaves the journal's chain whole.
namespace storage {

/// 256 secret bits. Wiped on destruction; cannot be copied by accident.
class Key {
public:
    static constexpr std::size_t kSize = 32;

    static Key random();
    /// nullopt unless `bytes` is exactly kSize long.
    static std::optional<Key> from(BytesView bytes);

    Key(Key&& other) noexcept;
    Key& operator=(Key&& other) noexcept;
    ~Key();

    BytesView bytes() const { return bytes_; }

private:
    Key() = default;
    std::array<std::uint8_t, kSize> bytes_{};
};

/// A sealed text did not open: wrong key, wrong place (AAD), or changed bytes. Never says which.
struct SealBroken : std::runtime_error {
    SealBroken() : std::runtime_error("a sealed value does not open") {}
};

/// AES-256-GCM. Result: 0x01 ‖ nonce (12, random) ‖ ciphertext ‖ tag (16), 29 bytes longer than `plain`.
/// `aad` names the place the value belongs to ("applicant/<id>/phone"): moved elsewhere, it does not open. Any thread.
Bytes seal(Key const& key, std::string_view plain, std::string_view aad);
/// Throws SealBroken.
std::string unseal(Key const& key, BytesView sealed, std::string_view aad);

/// HMAC-SHA-256 of the parts, one after the other.
Digest hmac_sha256(BytesView key, std::initializer_list<BytesView> parts);

/// For commitments: HMAC-SHA-256(salt, value) shows nothing of the value, and nothing for ever once the salt is gone.
std::array<std::uint8_t, 32> random_salt();

/// 128 random bits as 26 characters 0-9 a-z (Crockford base32): ids of things that outsiders may see.
std::string random_id();
/// As long, for things that come by the thousand: the time in milliseconds, then 80 random bits. What comes together
/// stands together in every index, which makes writing a case a fifth cheaper.
std::string ordered_id(workflow::Instant at);
/// 80 random bits as 16 characters 0-9 A-Z without I L O U (Crockford base32): the applicant's query code.
std::string random_query_code();

/// The keys of one installation. Immutable; any thread.
class Vault {
public:
    explicit Vault(Key const& master);

    /// Columns of projections; see seal().
    Bytes seal(std::string_view plain, std::string_view aad) const;
    /// Throws SealBroken.
    std::string unseal(BytesView sealed, std::string_view aad) const;

    /// The data key of `owner` (a case id), for storing.
    Bytes wrap(Key const& data_key, std::string_view owner) const;
    /// Throws SealBroken.
    Key unwrap(BytesView wrapped, std::string_view owner) const;

    /// For exact look-up of a value that must not be readable: equal values of one field have equal digests,
    /// the same value in another field has another.
    Digest index_digest(std::string_view field, std::string_view value) const;

    /// A 64-bit token for one gram of text in the blind search index.
    std::int64_t search_token(std::string_view gram) const;

private:
    Key projection_;
    Key wrap_;
    Key index_;
    Key search_;
};

}  // namespace storage
