#include "server/letters/missing_faces.hpp"

#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <memory>
#include <string>

namespace server::letters {
namespace {

struct ReleaseFonts {
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
    void operator()(FcObjectSet* members) const { FcObjectSetDestroy(members); }
    void operator()(FcFontSet* found) const { FcFontSetDestroy(found); }
};

bool is_installed(std::string const& family) {
    std::unique_ptr<FcPattern, ReleaseFonts> const wanted(FcPatternCreate());
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<FcChar8 const*>(family.c_str()));
    std::unique_ptr<FcObjectSet, ReleaseFonts> const members(FcObjectSetBuild(FC_FAMILY, nullptr));
    std::unique_ptr<FcFontSet, ReleaseFonts> const found(FcFontList(nullptr, wanted.get(), members.get()));
    return found && found->nfont > 0;
}

bool is_missing(std::vector<std::string> const& families) {
    auto const wanted = families.size() > 1 ? families.end() - 1 : families.end();
    return std::none_of(families.begin(), wanted, is_installed);
}

}  // namespace

std::vector<std::string_view> missing_faces(Fonts const& fonts) {
    std::vector<std::string_view> missing;
    if (is_missing(fonts.body)) missing.emplace_back("仿宋");
    if (is_missing(fonts.title)) missing.emplace_back("小标宋");
    if (is_missing(fonts.heading)) missing.emplace_back("黑体");
    return missing;
}

}  // namespace server::letters
