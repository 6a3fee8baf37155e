#include "server/letters/typesetter.hpp"

#include "server/letters/plain_text.hpp"
#include "server/runtime/utf8.hpp"

#include <fmt/format.h>
#include <pango/pangofc-fontmap.h>

#include <cmath>
#include <set>

namespace server::letters {
namespace {

struct ReleaseDescription {
    void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
struct ReleaseAttributes {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
struct ReleaseOptions {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
struct ReleaseIterator {
    void operator()(PangoLayoutIter* iterator) const { pango_layout_iter_free(iterator); }
};

constexpr double kMostSlack = 2;              // characters; with more slack the line stays ragged
constexpr char32_t kFirstFullWidth = 0x2E80;  // CJK radicals: from here on characters fill a square

int units(double points) { return static_cast<int>(std::floor(points * PANGO_SCALE)); }
double points(int units) { return static_cast<double>(units) / PANGO_SCALE; }

std::vector<std::string> const& families(Fonts const& fonts, Face face) {
    switch (face) {
        case Face::Body:
            return fonts.body;
        case Face::Title:
            return fonts.title;
        case Face::Heading:
            return fonts.heading;
    }
    return fonts.body;
}

/// Calls `visit(glyph, byte offset into the text)` for every glyph of the line.
template <typename Visit>
void for_each_glyph(PangoLayoutLine* line, Visit visit) {
    for (GSList* run = line->runs; run != nullptr; run = run->next) {
        auto const* item = static_cast<PangoLayoutRun*>(run->data);
        for (int i = 0; i < item->glyphs->num_glyphs; ++i) {
            visit(item->glyphs->glyphs[i], item->item->offset + item->glyphs->log_clusters[i]);
        }
    }
}

/// Replaces each character that no font has by its number.
std::string replace_missing(PangoLayout* layout, std::string const& text) {
    std::set<int> missing;
    for (GSList* line = pango_layout_get_lines_readonly(layout); line != nullptr; line = line->next) {
        for_each_glyph(static_cast<PangoLayoutLine*>(line->data), [&](PangoGlyphInfo const& glyph, int offset) {
            if ((glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0) missing.insert(offset);
        });
    }
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        auto const length = utf8_sequence(std::string_view(text).substr(at));
        bool const named = missing.contains(static_cast<int>(at));
        result += named ? named_character(g_utf8_get_char(&text[at])) : text.substr(at, length);
        at += length;
    }
    return result;
}

/// Widens the full-width characters of the line until it is `width` wide.
void justify(PangoLayoutLine* line, char const* text, double slack) {
    auto const widens = [text](PangoGlyphInfo const& glyph, int offset) {
        return glyph.attr.is_cluster_start != 0 && g_utf8_get_char(text + offset) >= kFirstFullWidth;
    };
    int count = -1;  // nothing is added after the last one
    for_each_glyph(line, [&](PangoGlyphInfo const& glyph, int offset) { count += widens(glyph, offset) ? 1 : 0; });
    if (count <= 0) return;
    int const each = units(slack / count);
    for_each_glyph(line, [&](PangoGlyphInfo& glyph, int offset) {
        if (count > 0 && widens(glyph, offset)) {
            glyph.geometry.width += each;
            --count;
        }
    });
}

std::vector<SetLine> lines_of(PangoLayout* layout, Style const& style, double width) {
    std::vector<SetLine> lines;
    std::unique_ptr<PangoLayoutIter, ReleaseIterator> const at(pango_layout_get_iter(layout));
    bool more = true;
    while (more) {
        PangoLayoutLine* line = pango_layout_iter_get_line(at.get());
        PangoRectangle extent{};
        pango_layout_line_get_extents(line, nullptr, &extent);
        bool const first = lines.empty();
        double const indent = first == (style.indent > 0) ? std::abs(style.indent) : 0.0;
        lines.push_back({line, indent, points(extent.width)});
        more = pango_layout_iter_next_line(at.get()) != FALSE;
        double const slack = width - indent - lines.back().width;
        if (style.justified && more && slack > 0 && slack < kMostSlack * style.size) {
            justify(line, pango_layout_get_text(layout), slack);
            lines.back().width = width - indent;
        }
    }
    return lines;
}

}  // namespace

Typesetter::Typesetter(Fonts const& fonts)
    : fonts_(fonts),
      common_(CommonFonts::of(fonts)),
      map_(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)),
      context_(pango_font_map_create_context(map_.get())) {
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), common_->configuration());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 72);  // a point is a unit of the page
    std::unique_ptr<cairo_font_options_t, ReleaseOptions> const options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options.get());
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    pango_context_set_language(context_.get(), pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);
}

Typesetter& Typesetter::of_this_thread(Fonts const& fonts) {
    thread_local std::unique_ptr<Typesetter> typesetter;
    if (!typesetter || typesetter->fonts_ != fonts) typesetter.reset(new Typesetter(fonts));
    return *typesetter;
}

LayoutOwner Typesetter::lay_out(std::string const& text, Style const& style, double width) {
    LayoutOwner layout(pango_layout_new(context_.get()));
    std::unique_ptr<PangoFontDescription, ReleaseDescription> const font(pango_font_description_new());
    pango_font_description_set_family(
        font.get(), fmt::format("{}", fmt::join(families(common_->fonts(), style.face), ",")).c_str()
    );
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout.get(), units(width) + 1);
    pango_layout_set_indent(layout.get(), units(style.indent));
    if (style.character > 0) {
        std::unique_ptr<PangoAttrList, ReleaseAttributes> const attributes(pango_attr_list_new());
        pango_attr_list_insert(attributes.get(), pango_attr_letter_spacing_new(units(style.character - style.size)));
        pango_layout_set_attributes(layout.get(), attributes.get());
    }
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
}

SetText Typesetter::set(std::string_view text, Style const& style, double width) {
    std::string const whole(text);
    auto layout = lay_out(whole, style, width);
    if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) {
        layout = lay_out(replace_missing(layout.get(), whole), style, width);
    }
    auto lines = lines_of(layout.get(), style, width);
    return {std::move(layout), std::move(lines)};
}

}  // namespace server::letters
