#include "storage/vault/vault.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sodium.h>

#include <algorithm>
#include <bit>
#include <memory>

namespace storage {
namespace {

constexpr std::uint8_t kSealVersion = 1;
constexpr std::size_t kNonceSize = 12;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kHeaderSize = 1 + kNonceSize;

constexpr std::string_view kBase32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford: no I, L, O, U

void fill_random(std::span<std::uint8_t> bytes) {
    static int const ready = sodium_init();
    if (ready < 0) throw std::runtime_error("libsodium has no source of random numbers");
    randombytes_buf(bytes.data(), bytes.size());
}

void require(bool worked, char const* what) {
    if (!worked) throw std::runtime_error(std::string("OpenSSL failed: ") + what);
}

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

/// Looking the cipher up costs more than sealing a line of text, so each thread does it once per direction.
CipherContext make_context(bool encrypt) {
    CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    bool const ready =
        context && EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, nullptr, nullptr, encrypt ? 1 : 0) == 1;
    require(ready, "AES-256-GCM");
    return context;
}

Key derive(Key const& master, std::string_view purpose) {
    std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> const kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
    require(kdf != nullptr, "HKDF");
    std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> const context(
        EVP_KDF_CTX_new(kdf.get()), &EVP_KDF_CTX_free
    );
    std::string digest = "SHA256";
    std::string info = "disclosure/1/" + std::string(purpose);
    BytesView const secret = master.bytes();
    OSSL_PARAM const parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<std::uint8_t*>(secret.data()), secret.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
        OSSL_PARAM_construct_end(),
    };
    std::array<std::uint8_t, Key::kSize> bytes;
    require(context && EVP_KDF_derive(context.get(), bytes.data(), bytes.size(), parameters) == 1, "HKDF");
    auto key = Key::from(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return std::move(*key);
}

/// 5 bits per character, most significant first; the last character is filled up with zero bits.
std::string base32(BytesView bytes) {
    std::string text;
    unsigned buffer = 0;
    unsigned bits = 0;
    for (std::uint8_t byte : bytes) {
        buffer = buffer << 8 | byte;
        for (bits += 8; bits >= 5; bits -= 5) text += kBase32[buffer >> (bits - 5) & 31];
    }
    if (bits > 0) text += kBase32[buffer << (5 - bits) & 31];
    return text;
}

template <std::size_t Size>
std::string random_base32() {
    std::array<std::uint8_t, Size> bytes;
    fill_random(bytes);
    return base32(bytes);
}

}  // namespace

Key Key::random() {
    Key key;
    fill_random(key.bytes_);
    return key;
}

std::optional<Key> Key::from(BytesView bytes) {
    if (bytes.size() != kSize) return std::nullopt;
    Key key;
    std::ranges::copy(bytes, key.bytes_.begin());
    return key;
}

Key::Key(Key&& other) noexcept : bytes_(other.bytes_) { sodium_memzero(other.bytes_.data(), kSize); }

Key& Key::operator=(Key&& other) noexcept {
    if (this == &other) return *this;
    bytes_ = other.bytes_;
    sodium_memzero(other.bytes_.data(), kSize);
    return *this;
}

Key::~Key() { sodium_memzero(bytes_.data(), kSize); }

Bytes seal(Key const& key, std::string_view plain, std::string_view aad) {
    thread_local CipherContext const context = make_context(true);
    Bytes sealed(kHeaderSize + plain.size() + kTagSize);
    sealed[0] = kSealVersion;
    std::uint8_t* const nonce = sealed.data() + 1;
    std::uint8_t* const text = sealed.data() + kHeaderSize;
    fill_random({nonce, kNonceSize});
    auto* const c = context.get();
    int size = 0;
    bool const sealed_well =
        EVP_EncryptInit_ex(c, nullptr, nullptr, key.bytes().data(), nonce) == 1 &&
        EVP_EncryptUpdate(c, nullptr, &size, as_bytes(aad).data(), static_cast<int>(aad.size())) == 1 &&
        EVP_EncryptUpdate(c, text, &size, as_bytes(plain).data(), static_cast<int>(plain.size())) == 1 &&
        EVP_EncryptFinal_ex(c, text + size, &size) == 1 &&
        EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, kTagSize, text + plain.size()) == 1;
    require(sealed_well, "sealing");
    return sealed;
}

std::string unseal(Key const& key, BytesView sealed, std::string_view aad) {
    thread_local CipherContext const context = make_context(false);
    if (sealed.size() < kHeaderSize + kTagSize || sealed[0] != kSealVersion) throw SealBroken();
    BytesView const nonce = sealed.subspan(1, kNonceSize);
    BytesView const text = sealed.subspan(kHeaderSize, sealed.size() - kHeaderSize - kTagSize);
    auto* const tag = const_cast<std::uint8_t*>(sealed.last(kTagSize).data());  // OpenSSL only reads it
    std::string plain(text.size(), '\0');
    auto* const out = reinterpret_cast<std::uint8_t*>(plain.data());
    auto* const c = context.get();
    int size = 0;
    bool const opened = EVP_DecryptInit_ex(c, nullptr, nullptr, key.bytes().data(), nonce.data()) == 1 &&
                        EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, kTagSize, tag) == 1 &&
                        EVP_DecryptUpdate(c, nullptr, &size, as_bytes(aad).data(), static_cast<int>(aad.size())) == 1 &&
                        EVP_DecryptUpdate(c, out, &size, text.data(), static_cast<int>(text.size())) == 1 &&
                        EVP_DecryptFinal_ex(c, out + size, &size) == 1;
    if (!opened) {
        sodium_memzero(plain.data(), plain.size());  // GCM decrypts before it checks
        throw SealBroken();
    }
    return plain;
}

Digest hmac_sha256(BytesView key, std::initializer_list<BytesView> parts) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    for (BytesView part : parts) crypto_auth_hmacsha256_update(&state, part.data(), part.size());
    Digest digest;
    crypto_auth_hmacsha256_final(&state, digest.data());
    sodium_memzero(&state, sizeof state);
    return digest;
}

std::array<std::uint8_t, 32> random_salt() {
    std::array<std::uint8_t, 32> salt;
    fill_random(salt);
    return salt;
}

namespace {

std::string lower_case(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

}  // namespace

std::string random_id() { return lower_case(random_base32<16>()); }

std::string ordered_id(workflow::Instant at) {
    static constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string time(10, '0');
    auto rest = static_cast<std::uint64_t>(at.time_since_epoch().count());
    for (auto digit = time.rbegin(); digit != time.rend(); ++digit, rest >>= 5) *digit = kDigits[rest & 31];
    return time + lower_case(random_base32<10>());
}

std::string random_query_code() { return random_base32<10>(); }

Vault::Vault(Key const& master)
    : projection_(derive(master, "projection")),
      wrap_(derive(master, "wrap")),
      index_(derive(master, "index")),
      search_(derive(master, "search")) {}

Bytes Vault::seal(std::string_view plain, std::string_view aad) const { return storage::seal(projection_, plain, aad); }

std::string Vault::unseal(BytesView sealed, std::string_view aad) const {
    return storage::unseal(projection_, sealed, aad);
}

Bytes Vault::wrap(Key const& data_key, std::string_view owner) const {
    return storage::seal(wrap_, as_text(data_key.bytes()), owner);
}

Key Vault::unwrap(BytesView wrapped, std::string_view owner) const {
    std::string plain = storage::unseal(wrap_, wrapped, owner);
    auto key = Key::from(as_bytes(plain));
    sodium_memzero(plain.data(), plain.size());
    if (!key) throw SealBroken();
    return std::move(*key);
}

Digest Vault::index_digest(std::string_view field, std::string_view value) const {
    static constexpr std::array<std::uint8_t, 1> kSeparator{0};
    return hmac_sha256(index_.bytes(), {as_bytes(field), kSeparator, as_bytes(value)});
}

std::int64_t Vault::search_token(std::string_view gram) const {
    static_assert(crypto_shorthash_KEYBYTES <= Key::kSize && crypto_shorthash_BYTES == sizeof(std::int64_t));
    std::array<std::uint8_t, crypto_shorthash_BYTES> token;
    crypto_shorthash(token.data(), as_bytes(gram).data(), gram.size(), search_.bytes().data());
    return std::bit_cast<std::int64_t>(token);
}

}  // namespace storage
