#include "server/files/examine.hpp"

#include <gtest/gtest.h>

#include "server/files/child.hpp"
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
    EXPECT_EQ(fault(Format::Ofd, packed({{"OFD.xml", "<ofd:OFD/>"}})), "");
    EXPECT_EQ(fault(Format::Png, make_png()), "");
    EXPECT_EQ(fault(Format::Text, "第一行\r\n第二行"), "");
}

TEST(Examine, RefusesWhatIsSomethingElse) {
    EXPECT_EQ(fault(Format::Pdf, ""), "empty_file");
    EXPECT_EQ(fault(Format::Pdf, "%PDF-1.7 nothing in it\n%%EOF\n"), "content_differs");
    EXPECT_EQ(fault(Format::Pdf, make_png()), "content_differs");
    EXPECT_EQ(fault(Format::Png, make_pdf({})), "content_differs");
    EXPECT_EQ(fault(Format::Xlsx, make_docx(paragraph("x"))), "content_differs");
    EXPECT_EQ(fault(Format::Docx, packed({{"a.txt", "x"}})), "content_differs");
    EXPECT_EQ(fault(Format::Text, "a\0b"), "");  // the literal ends at its first zero
    EXPECT_EQ(fault(Format::Text, std::string("a\0b", 3)), "not_text");
    EXPECT_EQ(fault(Format::Text, "\xC4\xE3\xBA\xC3"), "not_text");  // GBK
    EXPECT_EQ(fault(Format::Text, " \n<svg onload=alert(1)>"), "polyglot");
}

TEST(Examine, RefusesTwoInOne) {
    auto const pdf = make_pdf({pdf_text("Hello")});
    EXPECT_EQ(fault(Format::Pdf, "GIF89a" + pdf), "content_differs");  // not at the beginning
    EXPECT_EQ(fault(Format::Pdf, pdf + "<html><script>alert(1)</script>"), "polyglot");
    EXPECT_EQ(fault(Format::Pdf, pdf + packed({{"a.txt", "x"}})), "polyglot");
    EXPECT_EQ(fault(Format::Png, make_png() + packed({{"a.txt", "x"}})), "polyglot");
    EXPECT_EQ(fault(Format::Png, make_png() + "<HTML>"), "polyglot");
    EXPECT_EQ(fault(Format::Docx, make_docx(paragraph("x")) + "<html>"), "polyglot");
}

TEST(Examine, RefusesBombs) {
    EXPECT_EQ(fault(Format::Png, make_png("0000c350", "0000c350")), "pixel_bomb");  // 50,000 × 50,000
    EXPECT_EQ(fault(Format::Docx, make_docx(paragraph(std::string(40'000'000, ' ')))), "zip_bomb");
    auto const inner = packed({{"0.dll", std::string(1000, '0')}});
    EXPECT_EQ(fault(Format::Docx, make_docx("", {{"word/42.zip", inner}})), "nested_archive");
    fakes::Parts many;
    for (int i = 0; i < 2500; ++i) many.emplace_back("word/" + std::to_string(i) + ".xml", "<a/>");
    EXPECT_EQ(fault(Format::Docx, make_docx("", many)), "zip_bomb");
    EXPECT_EQ(fault(Format::Docx, make_docx("", {{"../../etc/passwd", "x"}})), "bad_package");
    EXPECT_EQ(fault(Format::Docx, make_docx("", {{"word/vbaProject.bin", "x"}})), "macros");
}

TEST(Examine, FindsMarksOfSecrecy) {
    EXPECT_EQ(mark(Format::Text, "关于某事\n机密 ★ 十年\n"), "机密★");
    EXPECT_EQ(mark(Format::Text, "内部资料，注意保存"), "内部资料注意保存");
    EXPECT_EQ(mark(Format::Text, "本件不涉及国家秘密，机密级别不详。"), "");
    EXPECT_EQ(
        mark(Format::Docx, make_docx("<w:p><w:r><w:t>绝</w:t></w:r><w:r><w:t>密★20年</w:t></w:r></w:p>")), "绝密★"
    );
    EXPECT_EQ(mark(Format::Text, std::string(65'534, 'x') + "秘密★"), "秘密★");  // across two pieces
}

TEST(Child, IsStoppedAtItsLimits) {
    PlainFile const file("x");
    EXPECT_EQ(child_text({"sleep", "10"}, file, {.time = std::chrono::seconds(1)}).end, ChildEnd::Stopped);
    EXPECT_EQ(child_text({"yes"}, file, {.output = 100'000}).end, ChildEnd::Stopped);
    EXPECT_EQ(child_text({"no-such-program"}, file).end, ChildEnd::Failed);
    EXPECT_EQ(child_text({"cat", std::string(kInput)}, file).text, "x");
    EXPECT_EQ(child_text({"env"}, file).text.find("HOME="), std::string::npos);
    auto const hungry =
        child_text({"perl", "-e", "$x = 'a' x 500_000_000; print length $x"}, file, {.memory = 100'000'000});
    EXPECT_EQ(hungry.end, ChildEnd::Failed);
}

}  // namespace
}  // namespace server::files
