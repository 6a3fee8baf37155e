// The one-shot functions of OpenSSL 1.1: in OpenSSL 3 an EVP digest costs more to set up than a short record to hash.
#define OPENSSL_API_COMPAT 0x10100000L

#include "storage/engine/sha256.hpp"

#include <openssl/sha.h>

namespace storage {

Digest sha256(std::initializer_list<BytesView> parts) {
    SHA256_CTX context;
    SHA256_Init(&context);
    for (BytesView part : parts) SHA256_Update(&context, part.data(), part.size());
    Digest digest;
    SHA256_Final(digest.data(), &context);
    return digest;
}

}  // namespace storage
