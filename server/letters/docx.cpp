#include "server/letters/docx.hpp"

#include "server/letters/docx_template.hpp"
#include "server/letters/page_format.hpp"
#include "server/letters/plain_text.hpp"
#include "workflow/words/text.hpp"

#include <fmt/format.h>
#include <zip.h>
#include <pugixml.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace server::letters {
namespace {

int twips(double points) { return static_cast<int>(std::lround(points * 20)); }  // twentieths of a point

/// How many characters of the grid a text takes; Latin letters and figures take half of one.
double grid_characters(std::string_view text) {
    auto const narrow = std::ranges::count_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return static_cast<double>(workflow::characters(text)) - static_cast<double>(narrow) / 2;
}

void attribute(pugi::xml_node node, char const* name, auto const& value) {
    node.append_attribute(name).set_value(value);
}

/// Writes word/document.xml.
class DocxWriter {
public:
    std::string write(workflow::Document const& document) {
        auto root = xml_.append_child("w:document");
        attribute(root, "xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
        attribute(root, "xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
        body_ = root.append_child("w:body");
        head(document);
        for (auto const& block : document.body) {
            std::visit([this](auto const& part) { add(part); }, block);
        }
        attachments(document.attachments);
        signature(document);
        section();
        return text_of(xml_);
    }

    static std::string text_of(pugi::xml_document const& xml) {
        struct Text : pugi::xml_writer {
            std::string text{};
            void write(void const* data, std::size_t size) override {
                text.append(static_cast<char const*>(data), size);
            }
        } writer;
        xml.save(writer, "", pugi::format_raw, pugi::encoding_utf8);
        return std::move(writer.text);
    }

private:
    /// A paragraph for each line of the text; returns the properties of the last.
    static pugi::xml_node paragraphs(pugi::xml_node parent, char const* style, std::string_view text) {
        pugi::xml_node properties;
        for (auto const& line : printable_lines(text)) {
            auto paragraph = parent.append_child("w:p");
            properties = paragraph.append_child("w:pPr");
            attribute(properties.append_child("w:pStyle"), "w:val", style);
            auto run = paragraph.append_child("w:r").append_child("w:t");
            attribute(run, "xml:space", "preserve");
            run.text().set(line.c_str());
        }
        return properties;
    }

    void head(workflow::Document const& document) {
        for (auto const* text : {&document.agency, &document.title}) {
            if (!text->empty()) paragraphs(body_, "Title", *text);
        }
        paragraphs(body_, "Number", document.number);
        if (!document.addressee.empty()) paragraphs(body_, "Addressee", fmt::format("{}：", document.addressee));
    }

    void add(workflow::Heading const& heading) { paragraphs(body_, "Heading1", heading.text); }
    void add(workflow::Paragraph const& paragraph) { paragraphs(body_, "BodyText", paragraph.text); }
    void add(workflow::Quotation const& quotation) { paragraphs(body_, "Quote", quotation.text); }

    void add(workflow::Table const& table) {
        std::vector<int> shares = table.widths;
        shares.resize(table.head.size(), 1);
        auto const whole = std::max(1, std::accumulate(shares.begin(), shares.end(), 0));
        std::vector<int> widths;
        for (int const share : shares) widths.push_back(twips(kTextWidth * share / whole));
        auto grid = begin_table(widths);
        auto head = row(grid, table.head, widths, "TableHead");
        head.first_child().append_child("w:tblHeader");
        for (auto const& cells : table.rows) row(grid, cells, widths, "TableText");
        paragraphs(body_, "TableText", "");
    }

    void add(workflow::FactTable const& table) {
        double label = 4;
        for (auto const& [name, value] : table.rows) label = std::max(label, grid_characters(name));
        int const first = twips(std::min((label + 1) * kTableSize, kTextWidth / 3));
        std::vector<int> const widths{first, twips(kTextWidth) - first};
        auto grid = begin_table(widths);
        for (auto const& [name, value] : table.rows) {
            auto line = grid.append_child("w:tr");
            line.append_child("w:trPr").append_child("w:cantSplit");
            cell(line, name, widths[0], "TableHead");
            cell(line, value, widths[1], "TableText");
        }
        paragraphs(body_, "TableText", "");
    }

    pugi::xml_node begin_table(std::vector<int> const& widths) {
        auto table = body_.append_child("w:tbl");
        auto properties = table.append_child("w:tblPr");
        auto width = properties.append_child("w:tblW");
        attribute(width, "w:w", twips(kTextWidth));
        attribute(width, "w:type", "dxa");
        auto borders = properties.append_child("w:tblBorders");
        for (char const* side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
            auto border = borders.append_child(side);
            attribute(border, "w:val", "single");
            attribute(border, "w:sz", 4);
        }
        attribute(properties.append_child("w:tblLayout"), "w:type", "fixed");
        auto grid = table.append_child("w:tblGrid");
        for (int const column : widths) attribute(grid.append_child("w:gridCol"), "w:w", column);
        return table;
    }

    static void cell(pugi::xml_node row, std::string_view text, int width, char const* style) {
        auto node = row.append_child("w:tc");
        auto size = node.append_child("w:tcPr").append_child("w:tcW");
        attribute(size, "w:w", width);
        attribute(size, "w:type", "dxa");
        paragraphs(node, style, text);
    }

    static pugi::xml_node row(
        pugi::xml_node table, std::vector<std::string> const& cells, std::vector<int> const& widths, char const* style
    ) {
        auto node = table.append_child("w:tr");
        node.append_child("w:trPr").append_child("w:cantSplit");
        for (std::size_t i = 0; i < widths.size(); ++i) {
            cell(node, i < cells.size() ? std::string_view(cells[i]) : std::string_view(), widths[i], style);
        }
        return node;
    }

    void attachments(std::vector<std::string> const& names) {
        if (!names.empty()) paragraphs(body_, "BodyText", "");
        for (std::size_t i = 0; i < names.size(); ++i) {
            auto const number = names.size() > 1 ? fmt::format("{}. ", i + 1) : std::string();
            auto const properties =
                paragraphs(body_, "Attachments", fmt::format("{}{}{}", i == 0 ? "附件：" : "", number, names[i]));
            if (i > 0) indent(properties, {{"w:leftChars", 650}, {"w:hangingChars", 150}});
        }
    }

    static void indent(pugi::xml_node properties, std::vector<std::pair<char const*, int>> const& hundredths) {
        auto node = properties.append_child("w:ind");
        for (auto const& [name, value] : hundredths) attribute(node, name, value);
    }

    /// As in the PDF: with a seal the date ends four characters from the right with the name above its middle, without
    /// one the name ends two characters from the right.
    void signature(workflow::Document const& document) {
        auto const date = document.dated ? written_date(*document.dated) : std::string();
        bool const signed_or_dated = !document.signed_by.empty() || document.dated;
        int const blank = document.sealed ? kLinesForSeal : 1;
        for (int i = 0; signed_or_dated && i < blank; ++i) paragraphs(body_, "Signature", "");
        double const right = document.sealed ? 4 : 2;
        double const excess = grid_characters(date) - grid_characters(document.signed_by);
        if (!document.signed_by.empty()) {
            double const from_right = document.sealed ? right + excess / 2 : right + std::max(excess + 2, 0.0);
            auto const properties = paragraphs(body_, "Signature", document.signed_by);
            indent(properties, {{"w:rightChars", static_cast<int>(std::max(from_right, 0.0) * 100)}});
        }
        if (document.dated) {
            double const from_right = document.sealed ? right : std::max(right, right - excess - 2);
            indent(paragraphs(body_, "Date", date), {{"w:rightChars", static_cast<int>(from_right * 100)}});
        }
        if (!document.contact.empty()) paragraphs(body_, "Note", fmt::format("（{}）", document.contact));
    }

    void section() {
        auto properties = body_.append_child("w:sectPr");
        for (auto const& [type, id] : {std::pair("default", "footer_odd"), std::pair("even", "footer_even")}) {
            auto footer = properties.append_child("w:footerReference");
            attribute(footer, "w:type", type);
            attribute(footer, "r:id", id);
        }
        auto paper = properties.append_child("w:pgSz");
        attribute(paper, "w:w", twips(kPaperWidth));
        attribute(paper, "w:h", twips(kPaperHeight));
        double const bottom = kPaperHeight - kTopMargin - kTextHeight;
        auto margins = properties.append_child("w:pgMar");
        attribute(margins, "w:top", twips(kTopMargin));
        attribute(margins, "w:right", twips(kPaperWidth - kLeftMargin - kTextWidth));
        attribute(margins, "w:bottom", twips(bottom));
        attribute(margins, "w:left", twips(kLeftMargin));
        attribute(margins, "w:header", twips(kTopMargin / 2));
        attribute(margins, "w:footer", twips(bottom - kFootDistance - kPageNumberSize));
        attribute(margins, "w:gutter", 0);
        auto grid = properties.append_child("w:docGrid");
        attribute(grid, "w:type", "linesAndChars");
        attribute(grid, "w:linePitch", twips(kLine));
        attribute(grid, "w:charSpace", static_cast<int>((kCharacter - kBodySize) * 4096));
    }

    pugi::xml_document xml_{};
    pugi::xml_node body_{};
};

std::string properties(workflow::Document const& document) {
    pugi::xml_document xml;
    auto root = xml.append_child("cp:coreProperties");
    attribute(root, "xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties");
    attribute(root, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    attribute(root, "xmlns:dcterms", "http://purl.org/dc/terms/");
    attribute(root, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    root.append_child("dc:title").text().set(make_printable(document.title).c_str());
    root.append_child("dc:creator").text().set(make_printable(document.agency).c_str());
    root.append_child("dc:subject").text().set(make_printable(document.number).c_str());
    if (document.dated) {
        auto created = root.append_child("dcterms:created");
        attribute(created, "xsi:type", "dcterms:W3CDTF");
        created.text().set(fmt::format("{}T00:00:00+08:00", workflow::to_string(*document.dated)).c_str());
    }
    return DocxWriter::text_of(xml);
}

/// A ZIP in memory. Every part bears the same date: the same parts are the same bytes.
class Package {
public:
    Package() : bytes_(zip_source_buffer_create(nullptr, 0, 0, nullptr)) {
        if (bytes_ == nullptr) throw std::bad_alloc();
        zip_source_keep(bytes_);
        archive_ = zip_open_from_source(bytes_, ZIP_TRUNCATE, nullptr);
    }
    Package(Package const&) = delete;
    Package& operator=(Package const&) = delete;
    ~Package() {
        if (archive_ != nullptr) zip_discard(archive_);
        zip_source_free(bytes_);
    }

    /// `content` must live until take().
    void add(std::string_view name, std::string_view content) {
        zip_source_t* part = zip_source_buffer(archive_, content.data(), content.size(), 0);
        auto const index = zip_file_add(archive_, std::string(name).c_str(), part, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(part);
            throw std::runtime_error(zip_strerror(archive_));
        }
        constexpr zip_uint16_t kFirstOfJanuary1980 = 1U << 5U | 1U;
        zip_file_set_dostime(archive_, static_cast<zip_uint64_t>(index), 0, kFirstOfJanuary1980, 0);
    }

    std::string take() {
        if (zip_close(archive_) != 0) throw std::runtime_error(zip_strerror(archive_));
        archive_ = nullptr;
        zip_stat_t state;
        zip_stat_init(&state);
        if (zip_source_stat(bytes_, &state) != 0 || zip_source_open(bytes_) != 0) throw std::runtime_error("zip");
        std::string result(static_cast<std::size_t>(state.size), '\0');
        auto const read = zip_source_read(bytes_, result.data(), result.size());
        zip_source_close(bytes_);
        if (read != static_cast<zip_int64_t>(result.size())) throw std::runtime_error("zip");
        return result;
    }

private:
    zip_source_t* bytes_;
    zip_t* archive_ = nullptr;
};

}  // namespace

std::string render_docx(workflow::Document const& document) {
    auto const core = properties(document);
    auto const content = DocxWriter().write(document);
    Package package;
    for (auto const& part : docx_template()) package.add(part.name, part.content);
    package.add("docProps/core.xml", core);
    package.add("word/document.xml", content);
    return package.take();
}

}  // namespace server::letters
