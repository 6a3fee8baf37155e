#pragma once

#include "server/letters/fonts.hpp"

#include <fontconfig/fontconfig.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace server::letters {

/// Small fonts with the most common characters of large ones. Cairo reads a font of 65 000 glyphs whole, 20 MiB, each
/// time it embeds a few of them, which is three quarters of the time a letter takes; a font of GB/T 2312 is a tenth of
/// that. The large font remains the fallback for all other characters. Immutable once made; any thread.
class CommonFonts {
public:
    /// Made once for these fonts, then shared.
    static std::shared_ptr<CommonFonts const> of(Fonts const& fonts);

    ~CommonFonts();

    FcConfig* configuration() const { return configuration_.get(); }
    /// The families with the small font of each face in front.
    Fonts const& fonts() const { return fonts_; }

private:
    struct ReleaseConfiguration {
        void operator()(FcConfig* configuration) const { FcConfigDestroy(configuration); }
    };

    explicit CommonFonts(Fonts const& fonts);
    void put_small_fonts_before(std::vector<std::string>& families);
    bool add(std::string_view font, std::string const& name);

    std::unique_ptr<FcConfig, ReleaseConfiguration> configuration_;
    std::vector<int> files_;       ///< in memory, read by the font library under /proc/self/fd
    std::set<std::string> names_;  ///< the families these files have been given
    Fonts fonts_;
};

}  // namespace server::letters
