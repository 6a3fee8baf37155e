#pragma once

#include "server/letters/common_fonts.hpp"
#include "server/letters/fonts.hpp"

#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace server::letters {

struct ReleaseObject {
    void operator()(gpointer object) const { g_object_unref(object); }
};
using LayoutOwner = std::unique_ptr<PangoLayout, ReleaseObject>;

enum class Face : std::uint8_t { Body, Title, Heading };

/// How a text is set.
struct Style {
    Face face = Face::Body;
    double size = 0;
    double character = 0;  ///< the width of one character on the grid of the page; 0: as wide as it is
    double indent = 0;     ///< of the first line; negative: of all others
    bool justified = false;
};

/// One line of a text that has been set. Borrows from its SetText.
struct SetLine {
    PangoLayoutLine* line;
    double indent;  ///< where it begins
    double width;
};

/// A text broken into lines. Lives as long as its lines are drawn; used by the thread that made it.
struct SetText {
    LayoutOwner layout;
    std::vector<SetLine> lines;
};

/// Breaks texts into lines by the rules of Unicode (no closing mark begins a line, no opening one ends it). Holds the
/// font map, which is expensive to make and knows every font it has read: one for each thread, kept from paper to
/// paper.
class Typesetter {
public:
    /// The one of this thread, for these fonts.
    static Typesetter& of_this_thread(Fonts const& fonts);

    /// `text` is make_printable() and has no line break.
    SetText set(std::string_view text, Style const& style, double width);

private:
    explicit Typesetter(Fonts const& fonts);

    LayoutOwner lay_out(std::string const& text, Style const& style, double width);

    Fonts fonts_;
    std::shared_ptr<CommonFonts const> common_;
    std::unique_ptr<PangoFontMap, ReleaseObject> map_;
    std::unique_ptr<PangoContext, ReleaseObject> context_;
};

}  // namespace server::letters
