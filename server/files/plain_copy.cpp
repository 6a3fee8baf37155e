#include "server/files/plain_copy.hpp"

#include <array>
#include <span>

namespace server::files {

PlainFile plain_copy(storage::Files::Reader& reader) {
    PlainFile plain;
    std::array<char, 64 * 1024> piece;
    while (auto const got = reader.read(piece)) plain.write(std::span(piece).first(got));
    return plain;
}

PlainFile plain_copy(storage::Files const& files, std::string const& sha256) {
    storage::Files::Reader reader(files, sha256);
    return plain_copy(reader);
}

}  // namespace server::files
