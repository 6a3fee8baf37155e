#include "server/letters/pdf.hpp"

#include "server/letters/bands.hpp"
#include "server/letters/page_format.hpp"
#include "server/letters/plain_text.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <map>
#include <stdexcept>

namespace server::letters {
namespace {

struct ReleaseSurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ReleaseCairo {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

constexpr double kRule = 0.5;  // the thickness of a table's lines

/// The bands on one page, by number, from the top.
using Page = std::vector<std::size_t>;

/// Distributes the bands over pages. Bands that keep with the next stay together where a page can hold them.
std::vector<Page> paged(std::vector<Band> const& bands) {
    std::vector<Page> pages(1);
    double used = 0;
    auto const turn = [&](Band const& next) {
        pages.emplace_back();
        used = 0;
        if (next.head < 0) return;
        pages.back().push_back(static_cast<std::size_t>(next.head));
        used = bands[pages.back().front()].height;
    };
    for (std::size_t first = 0; first < bands.size();) {
        auto last = first;
        double height = bands[first].height;
        while (bands[last].keeps_with_next && last + 1 < bands.size()) height += bands[++last].height;
        constexpr double kTolerance = 0.01;  // 22 lines are as high as the page
        bool const space = bands[last].ink.empty();
        if (space && used + height > kTextHeight) {
            first = last + 1;  // the page break replaces the blank line
            continue;
        }
        if (used + height > kTextHeight + kTolerance && !pages.back().empty()) turn(bands[first]);
        for (; first <= last; ++first) {
            if (used + bands[first].height > kTextHeight + kTolerance && !pages.back().empty()) turn(bands[first]);
            pages.back().push_back(first);
            used += bands[first].height;
        }
    }
    return pages;
}

/// Writes papers one after the other. Lives in one call.
class PdfWriter {
public:
    explicit PdfWriter(Typesetter& typesetter)
        : typesetter_(typesetter),
          surface_(cairo_pdf_surface_create_for_stream(append, &bytes_, kPaperWidth, kPaperHeight)),
          cairo_(cairo_create(surface_.get())) {}

    std::string write(std::span<workflow::Document const> documents) {
        metadata(documents.front());
        for (auto const& document : documents) {
            if (written_ % 2 == 1) turn_page();  // the back of the sheet before stays empty
            content_ = bands_of(document, typesetter_);
            auto const pages = paged(content_.bands);
            bookmarks(pages);
            cairo_tag_begin(cairo_.get(), "Document", nullptr);
            for (std::size_t i = 0; i < pages.size(); ++i) page(pages[i], static_cast<int>(i) + 1);
            cairo_tag_end(cairo_.get(), "Document");
        }
        cairo_surface_finish(surface_.get());
        check(cairo_status(cairo_.get()));
        check(cairo_surface_status(surface_.get()));
        return std::move(bytes_);
    }

private:
    static cairo_status_t append(void* to, unsigned char const* data, unsigned int size) {
        static_cast<std::string*>(to)->append(data, data + size);
        return CAIRO_STATUS_SUCCESS;
    }

    static void check(cairo_status_t status) {
        if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(status));
    }

    /// Dates the PDF by the paper, never by the time of writing, so that the same paper gives the same bytes.
    void metadata(workflow::Document const& document) {
        auto const set = [this](cairo_pdf_metadata_t what, std::string const& text) {
            cairo_pdf_surface_set_metadata(surface_.get(), what, text.c_str());
        };
        set(CAIRO_PDF_METADATA_TITLE, make_printable(document.title));
        set(CAIRO_PDF_METADATA_AUTHOR, make_printable(document.agency));
        set(CAIRO_PDF_METADATA_SUBJECT, make_printable(document.number));
        auto const date = document.dated.value_or(workflow::Date{});
        set(CAIRO_PDF_METADATA_CREATE_DATE, fmt::format("{}T00:00:00+08:00", workflow::to_string(date)));
    }

    /// The title is the top bookmark, all others are below it.
    void bookmarks(std::vector<Page> const& pages) {
        std::map<std::size_t, std::pair<std::size_t, double>> places;
        for (std::size_t page = 0; page < pages.size(); ++page) {
            double top = kTopMargin;
            for (auto const band : pages[page]) {
                places.try_emplace(band, page + 1, top);
                top += content_.bands[band].height;
            }
        }
        int title = CAIRO_PDF_OUTLINE_ROOT;
        for (auto const& [text, band] : content_.bookmarks) {
            auto const place = places.find(band);
            if (place == places.end()) continue;
            auto const link = fmt::format(
                "page={} pos=[{:.0f} {:.0f}]", written_ + place->second.first, kLeftMargin, place->second.second
            );
            int const entry = cairo_pdf_surface_add_outline(
                surface_.get(), title, text.c_str(), link.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN
            );
            if (title == CAIRO_PDF_OUTLINE_ROOT) title = entry;
        }
    }

    void page(Page const& bands, int number) {
        double top = kTopMargin;
        Element open{};
        for (std::size_t i = 0; i < bands.size(); ++i) {
            auto const& band = content_.bands[bands[i]];
            if (band.element != open) {
                close(open);
                open = band.element;
                if (!open.tag.empty()) cairo_tag_begin(cairo_.get(), std::string(open.tag).c_str(), nullptr);
            }
            bool const first = i == 0 || content_.bands[bands[i - 1]].element != band.element;
            bool const last = i + 1 == bands.size();
            draw(band, top);
            if (!band.uprights.empty()) rules(band, top, first, last);
            top += band.height;
        }
        close(open);
        page_number(number);
        turn_page();
    }

    void turn_page() {
        cairo_show_page(cairo_.get());
        ++written_;
    }

    void close(Element const& element) {
        if (!element.tag.empty()) cairo_tag_end(cairo_.get(), std::string(element.tag).c_str());
    }

    void draw(Band const& band, double top) {
        bool const row = !band.uprights.empty();
        if (row) cairo_tag_begin(cairo_.get(), "TR", nullptr);
        for (std::size_t i = 0; i < band.ink.size(); ++i) {
            auto const& ink = band.ink[i];
            if (row && (i == 0 || band.ink[i - 1].cell != ink.cell)) cairo_tag_begin(cairo_.get(), "TD", nullptr);
            cairo_move_to(cairo_.get(), kLeftMargin + ink.x, top + ink.baseline);
            pango_cairo_show_layout_line(cairo_.get(), ink.line);
            if (row && (i + 1 == band.ink.size() || band.ink[i + 1].cell != ink.cell))
                cairo_tag_end(cairo_.get(), "TD");
        }
        if (row) cairo_tag_end(cairo_.get(), "TR");
    }

    void rules(Band const& band, double top, bool above, bool last) {
        auto const stroke = [this](double x1, double y1, double x2, double y2) {
            cairo_move_to(cairo_.get(), kLeftMargin + x1, y1);
            cairo_line_to(cairo_.get(), kLeftMargin + x2, y2);
        };
        double const bottom = top + band.height;
        for (double const x : band.uprights) stroke(x, top, x, bottom);
        if (above) stroke(0, top, kTextWidth, top);
        if (band.ends_row || last) stroke(0, bottom, kTextWidth, bottom);
        cairo_set_line_width(cairo_.get(), kRule);
        cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_SQUARE);
        cairo_stroke(cairo_.get());
    }

    /// "— 1 —" below the text, on odd pages at the right, on even ones at the left, one character in (7.5).
    void page_number(int number) {
        auto const text =
            typesetter_.set(fmt::format("— {} —", number), {.face = Face::Title, .size = kPageNumberSize}, kTextWidth);
        auto const& line = text.lines.front();
        bool const odd = number % 2 == 1;
        double const x = odd ? kTextWidth - kPageNumberSize - line.width : kPageNumberSize;
        cairo_move_to(cairo_.get(), kLeftMargin + x, kTopMargin + kTextHeight + kFootDistance + 0.38 * kPageNumberSize);
        pango_cairo_show_layout_line(cairo_.get(), line.line);
    }

    Typesetter& typesetter_;
    Bands content_{};          ///< of the paper being written
    std::size_t written_ = 0;  ///< pages
    std::string bytes_{};
    std::unique_ptr<cairo_surface_t, ReleaseSurface> surface_;
    std::unique_ptr<cairo_t, ReleaseCairo> cairo_;
};

}  // namespace

std::string render_pdf(workflow::Document const& document, Fonts const& fonts) {
    return render_pdf(std::span(&document, 1), fonts);
}

std::string render_pdf(std::span<workflow::Document const> documents, Fonts const& fonts) {
    return PdfWriter(Typesetter::of_this_thread(fonts)).write(documents);
}

int page_count(std::string_view pdf) {
    constexpr std::string_view kPage = "/Type /Page ";
    int count = 0;
    for (auto at = pdf.find(kPage); at != std::string_view::npos; at = pdf.find(kPage, at + kPage.size())) ++count;
    return count;
}

}  // namespace server::letters
