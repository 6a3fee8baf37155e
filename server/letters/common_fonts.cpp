#include "server/letters/common_fonts.hpp"

#include <fmt/format.h>
#include <hb-subset.h>
#include <iconv.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <mutex>
#include <optional>
#include <string_view>

namespace server::letters {
namespace {

template <typename Type, void (*release)(Type*)>
struct Release {
    void operator()(Type* object) const { release(object); }
};
using Blob = std::unique_ptr<hb_blob_t, Release<hb_blob_t, hb_blob_destroy>>;
using FontFace = std::unique_ptr<hb_face_t, Release<hb_face_t, hb_face_destroy>>;
using Pattern = std::unique_ptr<FcPattern, Release<FcPattern, FcPatternDestroy>>;

/// A range of rows of GB/T 2312, and further characters cut out with it.
struct Part {
    std::string_view name;
    int first_row;
    int last_row;
};
// The second level has a font of its own: most letters need none of its characters, names often one.
constexpr std::array kParts{Part{"symbols and first level", 0xA1, 0xD7}, Part{"second level", 0xD8, 0xF7}};

void add_characters(Part const& part, hb_set_t* characters) {
    if (part.first_row == kParts.front().first_row) {
        hb_set_add_range(characters, 0x20, 0xFF);
        hb_set_add_range(characters, 0x2010, 0x2027);  // punctuation that the table of the C library maps elsewhere
    }
    auto* const converter = iconv_open("UCS-4LE", "GB2312");
    if (reinterpret_cast<std::intptr_t>(converter) == -1) return;
    for (int row = part.first_row; row <= part.last_row; ++row) {
        for (int cell = 0xA1; cell <= 0xFE; ++cell) {
            std::array<char, 2> from{static_cast<char>(row), static_cast<char>(cell)};
            char32_t character = 0;
            char* in = from.data();
            auto* out = reinterpret_cast<char*>(&character);
            std::size_t in_left = from.size();
            std::size_t out_left = sizeof(character);
            if (iconv(converter, &in, &in_left, &out, &out_left) == 0) hb_set_add(characters, character);
        }
    }
    iconv_close(converter);
}

/// Where a font is: in a collection, which one of its file.
struct FontSource {
    std::string file;
    unsigned int index;
};

/// The font reduced to these characters, without hints for screens; null where it cannot be reduced.
FontFace reduce(FontSource const& place, Part const& part) {
    Blob const blob(hb_blob_create_from_file(place.file.c_str()));
    FontFace const whole(hb_face_create(blob.get(), place.index));
    std::unique_ptr<hb_subset_input_t, Release<hb_subset_input_t, hb_subset_input_destroy>> const wanted(
        hb_subset_input_create_or_fail()
    );
    if (!wanted) return nullptr;
    add_characters(part, hb_subset_input_unicode_set(wanted.get()));
    hb_subset_input_set_flags(wanted.get(), HB_SUBSET_FLAGS_NO_HINTING);
    return FontFace(hb_subset_or_fail(whole.get(), wanted.get()));
}

/// The font of the first family that is installed.
std::optional<FontSource> place_of(FcConfig* fonts, std::vector<std::string> const& families) {
    Pattern const wanted(FcPatternCreate());
    for (auto const& family : families) {
        FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<FcChar8 const*>(family.c_str()));
    }
    FcConfigSubstitute(fonts, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult result{};
    Pattern const found(FcFontMatch(fonts, wanted.get(), &result));
    FcChar8* file = nullptr;
    int index = 0;
    if (!found || FcPatternGetString(found.get(), FC_FILE, 0, &file) != FcResultMatch) return std::nullopt;
    if (FcPatternGetInteger(found.get(), FC_INDEX, 0, &index) != FcResultMatch) return std::nullopt;
    return FontSource{reinterpret_cast<char const*>(file), static_cast<unsigned int>(index)};
}

}  // namespace

std::shared_ptr<CommonFonts const> CommonFonts::of(Fonts const& fonts) {
    static std::mutex mutex;
    static std::vector<std::pair<Fonts, std::shared_ptr<CommonFonts const>>> made;
    std::lock_guard const lock(mutex);
    for (auto const& [whole, common] : made) {
        if (whole == fonts) return common;
    }
    return made.emplace_back(fonts, std::shared_ptr<CommonFonts const>(new CommonFonts(fonts))).second;
}

CommonFonts::CommonFonts(Fonts const& fonts) : configuration_(FcInitLoadConfigAndFonts()), fonts_(fonts) {
    for (auto* families : {&fonts_.body, &fonts_.title, &fonts_.heading}) put_small_fonts_before(*families);
}

CommonFonts::~CommonFonts() {
    for (int const file : files_) ::close(file);
}

void CommonFonts::put_small_fonts_before(std::vector<std::string>& families) {
    auto const place = place_of(configuration_.get(), families);
    if (!place) return;
    std::vector<std::string> small;
    for (auto const& part : kParts) {
        small.push_back(fmt::format("{} of {} in {}", part.name, place->index, place->file));
        if (names_.contains(small.back())) continue;
        FontFace const font = reduce(*place, part);
        if (!font) return;
        Blob const blob(hb_face_reference_blob(font.get()));
        unsigned int size = 0;
        char const* const data = hb_blob_get_data(blob.get(), &size);
        if (!add({data, size}, small.back())) return;
        names_.insert(small.back());
    }
    families.insert(families.begin(), small.begin(), small.end());
}

bool CommonFonts::add(std::string_view font, std::string const& name) {
    int const file = ::memfd_create("common characters", MFD_CLOEXEC);
    if (file < 0) return false;
    files_.push_back(file);
    while (!font.empty()) {
        auto const written = ::write(file, font.data(), font.size());
        if (written <= 0) return false;
        font.remove_prefix(static_cast<std::size_t>(written));
    }
    auto const path = fmt::format("/proc/self/fd/{}", file);
    if (FcConfigAppFontAddFile(configuration_.get(), reinterpret_cast<FcChar8 const*>(path.c_str())) == FcFalse)
        return false;
    FcFontSet const* const added = FcConfigGetFonts(configuration_.get(), FcSetApplication);
    FcPattern* const pattern = added->fonts[added->nfont - 1];
    FcPatternDel(pattern, FC_FAMILY);
    return FcPatternAddString(pattern, FC_FAMILY, reinterpret_cast<FcChar8 const*>(name.c_str())) == FcTrue;
}

}  // namespace server::letters
