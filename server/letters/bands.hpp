#pragma once

#include "server/letters/typesetter.hpp"
#include "workflow/letters/document.hpp"

#include <string>
#include <vector>

namespace server::letters {

/// What a band is part of, for the structure of the PDF. The bands of one element follow each other.
struct Element {
    std::string_view tag;  ///< "P", "H1" …, "Table"
    int number = 0;        ///< which one
    bool operator==(Element const&) const = default;
};

/// A line where it stands in its band.
struct Ink {
    PangoLayoutLine* line;
    double x;         ///< from the left rim of the text
    double baseline;  ///< from the upper rim of the band
    int cell = 0;     ///< of a row
};

/// A horizontal strip of the page that is never cut: a line of text, a row of a table.
struct Band {
    double height = 0;
    std::vector<Ink> ink{};
    Element element{};
    bool keeps_with_next = false;
    std::vector<double> uprights{};  ///< vertical rules of a row
    bool ends_row = false;           ///< a rule below
    int head = -1;                   ///< the band that is repeated above this one at the top of a page
};

/// An entry of the bookmarks and the band it points to.
struct Bookmark {
    std::string title;
    std::size_t band;
};

/// A paper broken into bands, before it is cut into pages. Owns what its bands show; stays in its thread.
struct Bands {
    std::vector<SetText> texts;
    std::vector<Band> bands;
    std::vector<Bookmark> bookmarks;
};

Bands bands_of(workflow::Document const& document, Typesetter& typesetter);

}  // namespace server::letters
