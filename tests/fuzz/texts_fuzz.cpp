#include "workflow/people/personal_data.hpp"
#include "workflow/reply/secrecy.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/files/file_type.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// Covering keeps the length, and leaves nothing to be found but what is too short to cover.
void personal_data(std::string_view text) {
    auto const places = workflow::find_personal_data(text);
    std::size_t end = 0;
    for (auto const& place : places) {
        require(place.begin >= end && place.size > 0);
        end = place.begin + place.size;
    }
    require(end <= text.size());
    auto const covered = workflow::masked(text, places);
    require(covered.size() == text.size());
    require(places.empty() || covered != text);
}

/// It does not matter how a text is cut.
void secrecy(std::string_view text) {
    workflow::SecrecyScanner bytewise;
    for (std::size_t i = 0; i < text.size(); ++i) bytewise.read(text.substr(i, 1));
    require(bytewise.found().empty() == workflow::secrecy_mark(text).empty());
}

void names(std::string_view text) {
    auto const name = server::files::clean_name(text);
    if (!name) return;
    require(name->find_first_of("/\\\r\n") == std::string::npos);
    require(server::files::clean_name(server::files::derived_name(*name, "（清理）")).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);  // NOLINT: bytes as text
    personal_data(text);
    secrecy(text);
    names(text);
    return 0;
}
