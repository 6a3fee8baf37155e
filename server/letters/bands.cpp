#include "server/letters/bands.hpp"

#include "server/letters/page_format.hpp"
#include "server/letters/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace server::letters {
namespace {

constexpr Style kTitle{.face = Face::Title, .size = kTitleSize};
constexpr Style kPlain{.face = Face::Body, .size = kBodySize, .character = kCharacter};
constexpr Style kText{
    .face = Face::Body, .size = kBodySize, .character = kCharacter, .indent = 2 * kCharacter, .justified = true};
constexpr Style kQuoted{.face = Face::Body, .size = kBodySize, .character = kCharacter, .justified = true};
constexpr Style kHeading{.face = Face::Heading, .size = kBodySize, .character = kCharacter, .indent = 2 * kCharacter};
constexpr Style kCell{.face = Face::Body, .size = kTableSize};
constexpr Style kHeadCell{.face = Face::Heading, .size = kTableSize};

constexpr int kMostSignatureLines =
    2;  // lines of the text that stay with 落款, so that it never stands alone (7.3.5.4)

/// Where the baseline is in a line: an ideograph's square stands in its middle.
constexpr double baseline(double line, double size) { return line / 2 + 0.38 * size; }

class Composer {
public:
    explicit Composer(Typesetter& typesetter) : typesetter_(typesetter) {}

    Bands compose(workflow::Document const& document) {
        head(document);
        for (auto const& block : document.body) {
            std::visit([this](auto const& part) { add(part); }, block);
        }
        attachments(document.attachments);
        signature(document);
        return std::move(result_);
    }

private:
    struct Cell {
        std::vector<SetLine> lines;
        double x;
    };

    void add(workflow::Heading const& heading) {
        begin("H2");
        bookmark(heading.text);
        flow(heading.text, kHeading, 0, kTextWidth);
        result_.bands.back().keeps_with_next = true;
    }
    void add(workflow::Paragraph const& paragraph) {
        begin("P");
        flow(paragraph.text, kText, 0, kTextWidth);
    }
    void add(workflow::Quotation const& quotation) {
        begin("BlockQuote");
        flow(quotation.text, kQuoted, 2 * kCharacter, kTextWidth - 4 * kCharacter);
    }
    void add(workflow::Table const& table) {
        gap(true);
        begin("Table");
        auto const columns = shares(table);
        int const head = static_cast<int>(result_.bands.size());
        row(table.head, columns, kHeadCell, -1);
        result_.bands.back().keeps_with_next = true;
        for (auto const& cells : table.rows) row(cells, columns, kCell, head);
        gap();
    }
    void add(workflow::FactTable const& table) {
        gap(true);
        begin("Table");
        double label = 0;
        for (auto const& [name, value] : table.rows) label = std::max(label, natural_width(name, kHeadCell));
        label = std::min(label + 2 * kCellPadding + 1, kTextWidth / 3);
        auto const first = result_.bands.size();
        for (auto const& [name, value] : table.rows) {
            std::vector<Cell> cells;
            cells.push_back(cell(name, kHeadCell, 0, label));
            cells.push_back(cell(value, kCell, label, kTextWidth - label));
            bands_of_row(cells, {0, label, kTextWidth}, -1);
        }
        keep_together(first);  // a form to be filled in is one page where it can be
        gap();
    }

    /// 机关名称, 标题, 文号, 主送 (7.3.1 to 7.3.3).
    void head(workflow::Document const& document) {
        begin("H1");
        if (!document.title.empty()) bookmark(document.title);
        for (auto const* text : {&document.agency, &document.title}) {
            if (!text->empty()) add_balanced_title(*text);
        }
        begin("P");
        if (!document.number.empty()) centred(document.number, kPlain, kTextWidth);
        if (!result_.bands.empty()) blank();
        if (!document.addressee.empty()) {
            begin("P");
            flow(fmt::format("{}：", document.addressee), kPlain, 0, kTextWidth);
        }
    }

    /// One line below the text, two characters in, the names one below the other (7.3.4).
    void attachments(std::vector<std::string> const& names) {
        if (names.empty()) return;
        blank();
        begin("L");
        bookmark("附件");
        double const label = 5 * kCharacter;
        double const number = names.size() > 1 ? (names.size() > 9 ? 2.0 : 1.5) * kCharacter : 0.0;
        for (std::size_t i = 0; i < names.size(); ++i) {
            auto const first = result_.bands.size();
            flow(names[i], kQuoted, label + number, kTextWidth - label - number);
            if (i == 0) beside(first, "附件：", 2 * kCharacter);
            if (number > 0) beside(first, fmt::format("{}.", i + 1), label);
        }
    }

    /// 落款, 成文日期 (7.3.5) and the note below them (7.3.6).
    void signature(workflow::Document const& document) {
        if (!document.signed_by.empty() || document.dated) {
            keep_last_lines();
            for (int i = 0; i < (document.sealed ? kLinesForSeal : 1); ++i) blank(true);
            begin("P");
            signature_lines(document);
        }
        if (document.contact.empty()) return;
        begin("P");
        if (!result_.bands.empty()) result_.bands.back().keeps_with_next = true;
        auto const first = result_.bands.size();
        flow(fmt::format("（{}）", document.contact), kText, 0, kTextWidth);
        keep_together(first);
    }

    /// With a seal the date ends four characters from the right and the name stands above its middle (7.3.5.1); without
    /// one the name ends two characters from the right and the date begins two characters after it (7.3.5.2).
    void signature_lines(workflow::Document const& document) {
        auto const date = document.dated ? written_date(*document.dated) : std::string();
        double const name_width = natural_width(document.signed_by, kPlain);
        double const date_width = natural_width(date, kPlain);
        double const right = kTextWidth - (document.sealed ? 4 : 2) * kCharacter;
        double name_x = right - name_width;
        double date_x = right - date_width;
        if (document.sealed) {
            name_x = std::min(right - date_width / 2 - name_width / 2, kTextWidth - name_width);
        } else if (date_width < name_width) {
            date_x = std::min(name_x + 2 * kCharacter, right - date_width);
        } else {
            name_x = std::max(date_x - 2 * kCharacter, 0.0);
        }
        if (!document.signed_by.empty()) {
            flow(document.signed_by, kPlain, std::max(name_x, 0.0), kTextWidth - std::max(name_x, 0.0));
            if (document.dated) keep_from_on(result_.bands.size() - 1);
        }
        if (document.dated) flow(date, kPlain, date_x, kTextWidth - date_x);
    }

    void begin(std::string_view tag) { element_ = {tag, element_.number + 1}; }

    void bookmark(std::string const& title) {
        result_.bookmarks.push_back({make_printable(title), result_.bands.size()});
    }

    void keep_from_on(std::size_t first) {
        for (auto i = first; i < result_.bands.size(); ++i) result_.bands[i].keeps_with_next = true;
    }
    void keep_together(std::size_t first) {
        keep_from_on(first);
        if (first < result_.bands.size()) result_.bands.back().keeps_with_next = false;
    }
    void keep_last_lines() {
        auto const count = std::min<std::size_t>(result_.bands.size(), kMostSignatureLines);
        keep_from_on(result_.bands.size() - count);
    }

    void blank(bool keeps_with_next = false) {
        result_.bands.push_back({.height = kLine, .keeps_with_next = keeps_with_next});
    }
    void gap(bool keeps_with_next = false) {
        result_.bands.push_back({.height = kLine / 2, .keeps_with_next = keeps_with_next});
    }

    double natural_width(std::string_view text, Style const& style) {
        double width = 0;
        for (auto const& line : printable_lines(text)) {
            auto const set = typesetter_.set(line, style, kPaperWidth * 10);
            for (auto const& part : set.lines) width = std::max(width, part.width);
        }
        return width;
    }

    /// Sets a text; the result lives as long as the bands.
    std::vector<SetLine> set(std::string_view text, Style const& style, double width) {
        std::vector<SetLine> lines;
        for (auto const& line : printable_lines(text)) {
            auto& kept = result_.texts.emplace_back(typesetter_.set(line, style, width));
            lines.insert(lines.end(), kept.lines.begin(), kept.lines.end());
        }
        return lines;
    }

    void line(SetLine const& text, Style const& style, double x) {
        result_.bands.push_back(
            {.height = kLine, .ink = {{text.line, x, baseline(kLine, style.size)}}, .element = element_}
        );
    }

    /// No page ends with the first line of several, or begins with the last.
    void flow(std::string_view text, Style const& style, double left, double width) {
        auto const first = result_.bands.size();
        for (auto const& part : set(text, style, width)) line(part, style, left + part.indent);
        auto const end = result_.bands.size();
        if (end - first < 2) return;
        result_.bands[first].keeps_with_next = true;
        result_.bands[end - 2].keeps_with_next = true;
    }

    /// A second text on the line of a band.
    void beside(std::size_t band, std::string_view text, double x) {
        auto const lines = set(text, kPlain, kTextWidth);
        result_.bands[band].ink.insert(
            result_.bands[band].ink.begin(), {lines.front().line, x, baseline(kLine, kBodySize)}
        );
    }

    void centred(std::string_view text, Style const& style, double width) {
        for (auto const& part : set(text, style, width)) line(part, style, (kTextWidth - part.width) / 2);
    }

    /// Breaks a title into lines of about the same length (7.3.1).
    void add_balanced_title(std::string_view text) {
        auto const lines = typesetter_.set(make_printable(text), kTitle, kTextWidth).lines.size();
        double const whole = natural_width(text, kTitle);
        double const even = std::ceil(whole / static_cast<double>(lines) / kTitleSize) * kTitleSize;
        bool const fits = typesetter_.set(make_printable(text), kTitle, even).lines.size() == lines;
        centred(text, kTitle, fits && lines > 1 ? std::min(even, kTextWidth) : kTextWidth);
    }

    /// The positions of the vertical rules: where each column begins, and where the last ends.
    static std::vector<double> shares(workflow::Table const& table) {
        std::vector<int> widths = table.widths;
        widths.resize(table.head.size(), 1);
        double const whole = std::max(1, std::accumulate(widths.begin(), widths.end(), 0));
        std::vector<double> edges{0};
        for (int const width : widths) edges.push_back(edges.back() + kTextWidth * width / whole);
        return edges;
    }

    Cell cell(std::string_view text, Style const& style, double x, double width) {
        return {set(text, style, std::max(width - 2 * kCellPadding, style.size)), x + kCellPadding};
    }

    void row(std::vector<std::string> const& texts, std::vector<double> const& edges, Style const& style, int head) {
        std::vector<Cell> cells;
        for (std::size_t i = 0; i < texts.size() && i + 1 < edges.size(); ++i) {
            cells.push_back(cell(texts[i], style, edges[i], edges[i + 1] - edges[i]));
        }
        bands_of_row(cells, edges, head);
    }

    /// One band, or several where the row is higher than a page.
    void bands_of_row(std::vector<Cell> const& cells, std::vector<double> const& edges, int head) {
        std::size_t lines = 1;
        for (auto const& cell : cells) lines = std::max(lines, cell.lines.size());
        double const head_height = head < 0 ? 0.0 : result_.bands[static_cast<std::size_t>(head)].height;
        auto const most = static_cast<std::size_t>((kTextHeight - head_height - 2 * kCellPadding) / kTableLine);
        auto const limit = std::max<std::size_t>(most, 1);
        for (std::size_t first = 0; first < lines; first += limit) {
            auto const last = std::min(lines, first + limit);
            Band band{.height = static_cast<double>(last - first) * kTableLine + 2 * kCellPadding};
            band.element = element_;
            band.uprights = edges;
            band.ends_row = last == lines;
            band.head = head;
            fill(band, cells, first, last);
            result_.bands.push_back(std::move(band));
        }
    }

    static void fill(Band& band, std::vector<Cell> const& cells, std::size_t first, std::size_t last) {
        for (std::size_t column = 0; column < cells.size(); ++column) {
            auto const& lines = cells[column].lines;
            for (auto i = first; i < std::min(last, lines.size()); ++i) {
                double const top = kCellPadding + static_cast<double>(i - first) * kTableLine;
                band.ink.push_back(
                    {lines[i].line,
                     cells[column].x + lines[i].indent,
                     top + baseline(kTableLine, kTableSize),
                     static_cast<int>(column)}
                );
            }
        }
    }

    Typesetter& typesetter_;
    Element element_{};
    Bands result_{};
};

}  // namespace

Bands bands_of(workflow::Document const& document, Typesetter& typesetter) {
    return Composer(typesetter).compose(document);
}

}  // namespace server::letters
