#include "server/files/examine.hpp"

#include <gtest/gtest.h>

#include "tests/server/files/sample_files.hpp"

namespace server::files {
namespace {

using fakes::make_docx;
using fakes::make_pdf;
using fakes::make_png;
using fakes::paragraph;
using fakes::pdf_text;

/// The code of the refusal; empty for a file that is taken.
std::string fault(Format format, std::string_view content) {
    auto const examination = examine(format, PlainFile(content));
    return examination.fault ? examination.fault->code : "";
}

std::string mark(Format format, std::string_view content) { return examine(format, PlainFile(content)).secrecy_mark; }

TEST(Examine, TakesWhatIsWhatItSays) {
    EXPECT_EQ(fault(Format::Pdf, make_pdf({pdf_text("Hello")})), "");
    EXPECT_EQ(fault(Format::Docx, make_docx(paragraph("会议纪要"))), "");
    EXPECT_EQ(fault(Format::Xlsx, fakes::make_xlsx("visible", "<sheetData/>", "<sheetData/>")), "");
    EXPECT_EQ(fault(Format::Ofd, pack({{"OFD.xml", "<ofd:OFD/>"}})), "");
    EXPECT_EQ(fault(Format::Png, make_png()), "");
    EXPECT_EQ(fault(Format::Text, "第一行\r\n第二行"), "");
}

TEST(Examine, RefusesWhatIsSomethingElse) {
    EXPECT_EQ(fault(Format::Pdf, ""), "empty_file");
    EXPECT_EQ(fault(Format::Pdf, "%PDF-1.7 nothing in it\n%%EOF\n"), "content_differs");
    EXPECT_EQ(fault(Format::Pdf, make_png()), "content_differs");
    EXPECT_EQ(fault(Format::Png, make_pdf({})), "content_differs");
    EXPECT_EQ(fault(Format::Xlsx, make_docx(paragraph("x"))), "content_differs");
    EXPECT_EQ(fault(Format::Docx, pack({{"a.txt", "x"}})), "content_differs");
    EXPECT_EQ(fault(Format::Text, "a\0b"), "");  // the literal ends at its first zero
    EXPECT_EQ(fault(Format::Text, std::string("a\0b", 3)), "not_text");
    EXPECT_EQ(fault(Format::Text, "\xC4\xE3\xBA\xC3"), "not_text");  // GBK
    EXPECT_EQ(fault(Format::Text, " \n<svg onload=alert(1)>"), "polyglot");
}

TEST(Examine, RefusesTwoInOne) {
    auto const pdf = make_pdf({pdf_text("Hello")});
    EXPECT_EQ(fault(Format::Pdf, "GIF89a" + pdf), "content_differs");  // not at the beginning
    EXPECT_EQ(fault(Format::Pdf, pdf + "<html><script>alert(1)</script>"), "polyglot");
    EXPECT_EQ(fault(Format::Pdf, pdf + pack({{"a.txt", "x"}})), "polyglot");
    EXPECT_EQ(fault(Format::Png, make_png() + pack({{"a.txt", "x"}})), "polyglot");
    EXPECT_EQ(fault(Format::Png, make_png() + "<HTML>"), "polyglot");
    EXPECT_EQ(fault(Format::Docx, make_docx(paragraph("x")) + "<html>"), "polyglot");
}

TEST(Examine, RefusesBombs) {
    EXPECT_EQ(fault(Format::Png, make_png("0000c350", "0000c350")), "pixel_bomb");  // 50,000 × 50,000
    EXPECT_EQ(fault(Format::Docx, make_docx(paragraph(std::string(40'000'000, ' ')))), "zip_bomb");
    auto const inner = pack({{"0.dll", std::string(1000, '0')}});
    EXPECT_EQ(fault(Format::Docx, make_docx("", {{"word/42.zip", inner}})), "nested_archive");
    fakes::Parts many;
    for (int i = 0; i < 2500; ++i) many.emplace_back("word/" + std::to_string(i) + ".xml", "<a/>");
    EXPECT_EQ(fault(Format::Docx, make_docx("", many)), "zip_bomb");
    EXPECT_EQ(fault(Format::Docx, make_docx("", {{"../../etc/passwd", "x"}})), "bad_package");
    EXPECT_EQ(fault(Format::Docx, make_docx("", {{"word/vbaProject.bin", "x"}})), "macros");
    EXPECT_EQ(fault(Format::Docx, make_docx("", {{"word/VBAPROJECT.BIN", "x"}})), "macros");
}

TEST(Examine, FindsMarksOfSecrecy) {
    EXPECT_EQ(mark(Format::Text, "关于某事\n机密 ★ 十年\n"), "机密★");
    EXPECT_EQ(mark(Format::Text, "内部资料，注意保存"), "内部资料注意保存");
    EXPECT_EQ(mark(Format::Text, "本件不涉及国家秘密，机密级别不详。"), "");
    EXPECT_EQ(
        mark(Format::Docx, make_docx("<w:p><w:r><w:t>绝</w:t></w:r><w:r><w:t>密★20年</w:t></w:r></w:p>")), "绝密★"
    );
    for (auto const* spelled :
         {"<![CDATA[机密★]]>",
          "&#26426;&#x5BC6;&#9733;",
          "&#x000000000673A;密★",
          "<![CDATA[a>机]]><b/><![CDATA[密★]]]>",
          "机<!-- > 一 -->密★",
          "机<b a=\"> 一\"/>密★",
          "机\u200B密★"}) {
        EXPECT_EQ(mark(Format::Docx, make_docx(paragraph(spelled))), "机密★") << spelled;
    }
    EXPECT_EQ(mark(Format::Docx, make_docx("<机密★>" + paragraph("<![CDATA[a>]b]]><机密★/>"))), "");
    EXPECT_EQ(mark(Format::Docx, make_docx(paragraph("x"), {{"word/notes.data", "机密★"}})), "机密★");
    EXPECT_EQ(mark(Format::Text, std::string(65'534, 'x') + "秘密★"), "秘密★");  // across two pieces
}

TEST(Examine, SaysHowFarItHasRead) {
    PlainFile const nested(fakes::make_nested_pdf());
    auto const cut = examine(Format::Pdf, nested, {.cpu = std::chrono::seconds(1)});
    EXPECT_FALSE(cut.fault);
    EXPECT_EQ(cut.reading, Reading::Unfinished);
    auto const whole = examine(Format::Pdf, PlainFile(fakes::make_nested_pdf(2, 2)));
    EXPECT_EQ(whole.reading, Reading::ToItsEnd);
    EXPECT_EQ(whole.secrecy_mark, "机密★");  // the same file, but for its size

    std::stop_source stopped;
    stopped.request_stop();
    auto const impossible = examine(Format::Png, PlainFile(make_png()), {.stop = stopped.get_token()});
    EXPECT_FALSE(impossible.fault);
    EXPECT_EQ(impossible.reading, Reading::Impossible);
}

std::string with_action(std::string_view action) {
    return make_pdf({pdf_text("Hello")}, "/OpenAction 5 0 R", {std::string(action)});
}

TEST(Examine, RefusesPdfsThatDoSomething) {
    auto const refused = [](std::string const& pdf) { return fault(Format::Pdf, pdf) == "active_content"; };
    EXPECT_TRUE(refused(with_action("<< /S /JavaScript /JS (app.alert\\(1\\)) >>")));
    EXPECT_TRUE(refused(with_action("<< /S /#4aavaScript /#4a#53 (app.alert\\(1\\)) >>")));
    EXPECT_TRUE(refused(with_action("<< /S /Launch /F (a.exe) >>")));
    EXPECT_TRUE(refused(with_action("<< /S /URI /URI (http://example.com) >>")));
    EXPECT_TRUE(refused(with_action("<< /S /GoTo /D [3 0 R /Fit] /Next << /S /URI /URI (http://a.b) >> >>")));
    auto const hello = std::vector<std::string>{pdf_text("Hello")};
    EXPECT_TRUE(refused(make_pdf(hello, "/OpenAction << /S /URI /URI (http://example.com) >>")));
    EXPECT_TRUE(refused(make_pdf(hello, "/OpenAction 3 0 R")));
    EXPECT_TRUE(refused(make_pdf(hello, "/OpenAction [<< /S /URI /URI (http://example.com) >>]")));
    EXPECT_TRUE(refused(make_pdf(hello, "/AA << /WC << /S /Named /N /Print >> >>")));
    EXPECT_TRUE(refused(make_pdf(hello, "/Names << /JavaScript << /Names [] >> >>")));
    EXPECT_TRUE(refused(make_pdf(hello, "/X << /S /SubmitForm /F (http://example.com) >>")));
    EXPECT_TRUE(refused(make_pdf(hello, "/AcroForm << /Fields [] /XFA 4 0 R >>")));
    EXPECT_TRUE(refused(make_pdf(hello, "/X << /S /ImportData /F (a.fdf) >>")));
    EXPECT_TRUE(refused(make_pdf(hello, "/X << /S 5 0 R /F (a.exe) >>", {"/Launch"})));

    auto const packed_objects = child_text(
        {"qpdf", "--object-streams=generate", std::string(kInput), "-"},
        PlainFile(with_action("<< /S /JavaScript /JS (app.alert\\(1\\)) >>"))
    );
    ASSERT_TRUE(packed_objects);
    ASSERT_EQ(packed_objects->find("JavaScript"), std::string::npos);
    EXPECT_TRUE(refused(*packed_objects));
}

TEST(Examine, TakesPdfsThatOpenAtAPage) {
    auto const hello = std::vector<std::string>{pdf_text("Hello")};
    EXPECT_EQ(fault(Format::Pdf, make_pdf(hello, "/OpenAction [3 0 R /Fit]")), "");
    EXPECT_EQ(fault(Format::Pdf, make_pdf(hello, "/OpenAction << /S /GoTo /D [3 0 R /Fit] >>")), "");
    EXPECT_EQ(fault(Format::Pdf, with_action("[3 0 R /Fit]")), "");
    EXPECT_EQ(fault(Format::Pdf, with_action("<< /S /GoTo /D [3 0 R /Fit] >>")), "");
    // A link that somebody has to click, and words that only look like keys.
    EXPECT_EQ(fault(Format::Pdf, make_pdf(hello, "/X << /S /URI /URI (http://example.com) /T (/JS) >>")), "");
}

/// Every byte followed by a zero, as UTF-16 has it.
std::string widened(std::string_view text) {
    std::string wide = "\xFF\xFE";
    for (char const c : text) wide.append(1, c).append(1, '\0');
    return wide;
}

TEST(Examine, RefusesDocumentTypes) {
    std::string const lol = R"(<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>)";
    EXPECT_EQ(fault(Format::Docx, make_docx(paragraph("x"), {{"word/footer1.xml", lol}})), "document_type");
    EXPECT_EQ(fault(Format::Docx, make_docx(paragraph("x"), {{"word/_rels/a.rels", lol}})), "document_type");
    EXPECT_EQ(fault(Format::Docx, make_docx(paragraph("x"), {{"word/footer1.xml", widened(lol)}})), "document_type");
    EXPECT_EQ(
        fault(Format::Xlsx, fakes::make_xlsx("visible", "<sheetData/>", "<sheetData/>", {{"xl/a.xml", lol}})),
        "document_type"
    );
    auto const far = std::string(65'530, ' ') + lol;  // across two pieces
    EXPECT_EQ(fault(Format::Docx, make_docx(paragraph("x"), {{"word/footer1.xml", far}})), "document_type");
    EXPECT_EQ(fault(Format::Docx, make_docx(paragraph("&lt;!DOCTYPE html&gt;"))), "");
}

TEST(Examine, HoldsTextInAnEncodingItDoesNotRead) {
    auto const docx = make_docx(paragraph("x"), {{"word/footer1.xml", widened("<a>机密★</a>")}});
    EXPECT_EQ(examine(Format::Docx, PlainFile(docx)).reading, Reading::Unfinished);
    auto const declared =
        make_docx(paragraph("x"), {{"word/footer1.xml", R"(<?xml version="1.0" encoding="GBK"?><a/>)"}});
    EXPECT_EQ(examine(Format::Docx, PlainFile(declared)).reading, Reading::Unfinished);
    auto const usual =
        make_docx(paragraph("x"), {{"word/footer1.xml", R"(<?xml version="1.0" encoding="utf-8"?><a/>)"}});
    EXPECT_EQ(examine(Format::Docx, PlainFile(usual)).reading, Reading::ToItsEnd);
}

TEST(Examine, HoldsPdfsOfWhichAPartCannotBeRead) {
    auto const reading = [](std::string const& page) {
        return examine(Format::Pdf, PlainFile(make_pdf({page}))).reading;
    };
    EXPECT_EQ(reading(pdf_text("Hello")), Reading::ToItsEnd);
    EXPECT_EQ(reading(pdf_text("Hello") + " (x) Whatever\n"), Reading::Unfinished);
}

}  // namespace
}  // namespace server::files
