#pragma once

#include "storage/engine/bytes.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/files/package.hpp"

/// Small files of every kind, made by hand so that a test knows each byte.
namespace fakes {

/// A PDF of these objects, numbered from 1; the first is the catalog.
inline std::string pdf_of(std::vector<std::string> const& objects) {
    std::string pdf = "%PDF-1.4\n";
    std::string table;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        auto offset = std::to_string(pdf.size());
        table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    auto const start = std::to_string(pdf.size());
    auto const size = std::to_string(objects.size() + 1);
    return pdf + "xref\n0 " + size + "\n0000000000 65535 f \n" + table + "trailer\n<< /Size " + size +
           " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

inline std::string pdf_stream(std::string_view dictionary, std::string_view content) {
    return "<< " + std::string(dictionary) + " /Length " + std::to_string(content.size()) + " >>\nstream\n" +
           std::string(content) + "\nendstream";
}

/// A PDF of pages with these content streams (Helvetica as /F1), `extra` in its catalog and `more` objects behind those
/// of the pages: with one page the first of them is number 5.
inline std::string make_pdf(
    std::vector<std::string> const& streams, std::string_view extra = "", std::vector<std::string> const& more = {}
) {
    std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R " + std::string(extra) + " >>", ""};
    std::string kids;
    for (auto const& stream : streams) {
        auto const page = objects.size() + 1;
        kids += std::to_string(page) + " 0 R ";
        objects.push_back(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents " + std::to_string(page + 1) +
            " 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        );
        objects.push_back(pdf_stream("", stream));
    }
    objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(streams.size()) + " >>";
    objects.insert(objects.end(), more.begin(), more.end());
    return pdf_of(objects);
}

/// 机密★ as /F2 of marked_page() shows it: two bytes for each character, by a table to Unicode.
inline constexpr std::string_view kSecretMark = "<000100020003>";

/// Four kilobytes that take ages to read: forms that show each other, `wide` times at each of `deep` levels, on the
/// first page; on the second one a mark of secrecy.
inline std::string make_nested_pdf(int deep = 12, int wide = 16) {
    std::string const unicode =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        "3 beginbfchar <0001> <673A> <0002> <5BC6> <0003> <2605> endbfchar\n"
        "endcmap end end";
    std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R "
        "/Resources << /XObject << /X 10 0 R >> >> >>",
        pdf_stream("", "/X Do\n"),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 6 0 R "
        "/Resources << /Font << /F2 7 0 R >> >> >>",
        pdf_stream("", "BT /F2 18 Tf 40 300 Td " + std::string(kSecretMark) + " Tj ET\n"),
        "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [8 0 R] "
        "/ToUnicode 9 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        pdf_stream("", unicode)};
    for (int level = 0; level < deep; ++level) {
        bool const last = level + 1 == deep;
        std::string content;
        for (int i = 0; i < wide; ++i) content += last ? "0 0 m 1 1 l S\n" : "/X Do\n";
        auto const next = std::to_string(11 + level);
        auto const inner = last ? std::string("<< >>") : "<< /XObject << /X " + next + " 0 R >> >>";
        objects.push_back(pdf_stream("/Type /XObject /Subtype /Form /BBox [0 0 400 400] /Resources " + inner, content));
    }
    return pdf_of(objects);
}

/// A line of text at a height.
inline std::string pdf_text(std::string_view text, int y = 300) {
    return "BT /F1 18 Tf 40 " + std::to_string(y) + " Td (" + std::string(text) + ") Tj ET\n";
}

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string make_docx(std::string_view body, Parts const& more = {}) {
    Parts parts{
        {"[Content_Types].xml",
         R"(<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
         R"(<Default Extension="xml" ContentType="application/xml"/>)"
         R"(<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>)"
         R"(<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>)"},
        {"word/document.xml",
         R"(<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" +
             std::string(body) + "</w:body></w:document>"}};
    parts.insert(parts.end(), more.begin(), more.end());
    return server::files::pack(parts);
}

inline std::string paragraph(std::string_view text) {
    return "<w:p><w:r><w:t>" + std::string(text) + "</w:t></w:r></w:p>";
}

/// Two sheets: the second one as `state` says, and the cells of both.
inline std::string make_xlsx(
    std::string_view state, std::string_view first, std::string_view second, Parts const& more = {}
) {
    constexpr std::string_view kSheet = R"(<?xml version="1.0"?><worksheet>)";
    Parts parts{
        {"[Content_Types].xml",
         R"(<?xml version="1.0"?><Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>)"
         R"(<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>)"},
        {"xl/workbook.xml",
         R"(<?xml version="1.0"?><workbook><sheets><sheet name="名单" sheetId="1" r:id="rId1"/><sheet name="底稿" sheetId="2" state=")" +
             std::string(state) + R"(" r:id="rId2"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels",
         R"(<?xml version="1.0"?><Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>)"},
        {"xl/worksheets/sheet1.xml", std::string(kSheet) + std::string(first) + "</worksheet>"},
        {"xl/worksheets/sheet2.xml", std::string(kSheet) + std::string(second) + "</worksheet>"}};
    parts.insert(parts.end(), more.begin(), more.end());
    return server::files::pack(parts);
}

inline std::string from_hex(std::string_view hex) {
    auto const bytes = storage::from_hex(hex).value();
    return {bytes.begin(), bytes.end()};
}

/// A PNG that says it has this many pixels.
inline std::string make_png(std::string_view width_hex = "00000001", std::string_view height_hex = "00000001") {
    return from_hex(
        "89504e470d0a1a0a0000000d49484452" + std::string(width_hex) + std::string(height_hex) +
        "08060000001f15c4890000000d4944415478da6364f8cf500f00038601805a347d6b0000000049454e44ae426082"
    );
}

}  // namespace fakes
