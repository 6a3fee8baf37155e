#include "server/files/release_check.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "server/files/child.hpp"
#include "server/files/clean.hpp"
#include "server/files/pdf_pages.hpp"
#include "tests/server/files/sample_files.hpp"

namespace server::files {
namespace {

using fakes::make_docx;
using fakes::make_pdf;
using fakes::paragraph;
using fakes::pdf_text;

using Lines = std::vector<std::string>;

/// "kind@place" of each finding.
Lines lines(Findings const& findings) {
    Lines list;
    for (auto const& finding : findings)
        list.push_back(std::string(workflow::code(finding.kind)) + "@" + finding.place);
    return list;
}

Lines check(Format format, std::string_view content) { return lines(release_check(format, PlainFile(content))); }

std::string content_of(PlainFile const& file) { return file.read_text(0, static_cast<std::size_t>(file.size())); }

/// Checks, cleans, checks again.
Lines after_cleaning(Format format, std::string_view content, std::string* cleaned_content = nullptr) {
    auto const copy = clean_copy(format, PlainFile(content), Mask::Yes);
    if (!copy) return {"not cleaned"};
    if (cleaned_content != nullptr) *cleaned_content = content_of(*copy);
    return lines(release_check(format, *copy));
}

TEST(ReleaseCheck, PlainText) {
    auto const text =
        "联系人张三，电话13812345678。\n身份证430502199003070014，卡号6222021234567890128\n住石桥路12号\n";
    EXPECT_EQ(check(Format::Text, text), (Lines{"phone@第1行", "id_number@第2行", "bank_card@第2行", "address@第3行"}));
    std::string covered;
    EXPECT_EQ(after_cleaning(Format::Text, text, &covered), Lines{});
    EXPECT_NE(covered.find("138****5678"), std::string::npos);
    EXPECT_EQ(covered.find("430502199003070014"), std::string::npos);
}

TEST(ReleaseCheck, Word) {
    auto const body = paragraph("正文") +
                      "<w:p><w:del><w:r><w:delText>删去的话</w:delText></w:r></w:del><w:ins><w:r><w:t>改成的话</w:t></"
                      "w:r></w:ins></w:p>"
                      "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见的话</w:t></w:r></w:p>"
                      "<w:p><w:r><w:t>电话1381</w:t></w:r><w:r><w:t>2345678</w:t></w:r></w:p>";
    auto const docx = make_docx(
        body,
        {{"word/comments.xml",
          R"(<w:comments><w:comment w:author="李四"><w:p><w:r><w:t>这段不要公开</w:t></w:r></w:p></w:comment></w:comments>)"},
         {"docProps/core.xml", "<cp:coreProperties><dc:creator>李四</dc:creator></cp:coreProperties>"}}
    );
    EXPECT_EQ(
        check(Format::Docx, docx),
        (Lines{"tracked_change@第2段", "hidden_text@第3段", "phone@第4段", "comment@批注1", "property@文档属性"})
    );
    std::string clean;
    EXPECT_EQ(after_cleaning(Format::Docx, docx, &clean), Lines{});
    PlainFile const file(clean);
    auto const package = Package::open(file);
    ASSERT_TRUE(package);
    auto const text = package->part("word/document.xml", 100'000).value();
    EXPECT_NE(text.find("改成的话"), std::string::npos);
    for (auto const* gone : {"删去的话", "看不见的话", "2345678"})
        EXPECT_EQ(text.find(gone), std::string::npos) << gone;
    EXPECT_FALSE(package->has("word/comments.xml"));
    EXPECT_EQ(package->part("[Content_Types].xml", 100'000)->find("comments.xml"), std::string::npos);
}

TEST(ReleaseCheck, Excel) {
    auto const first = R"(<cols><col min="2" max="3" hidden="1"/></cols><sheetData>)"
                       R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)"
                       R"(<row r="2" hidden="1"><c r="A2" t="s"><v>2</v></c></row>)"
                       R"(<row r="3"><c r="A3"><v>13812345678</v></c></row></sheetData>)";
    auto const strings =
        R"(<sst><si><t>公开的</t></si><si><t>隐藏列的</t></si><si><t>隐藏行的</t></si><si><t>隐藏表的</t></si></sst>)";
    auto const xlsx = fakes::make_xlsx(
        "veryHidden",
        first,
        R"(<sheetData><row r="1"><c r="A1" t="s"><v>3</v></c></row></sheetData>)",
        {{"xl/sharedStrings.xml", strings}}
    );
    EXPECT_EQ(
        check(Format::Xlsx, xlsx),
        (Lines{"hidden_column@名单!B–C列", "hidden_row@名单!第2行", "phone@名单!A3", "hidden_sheet@底稿"})
    );
    std::string clean;
    EXPECT_EQ(after_cleaning(Format::Xlsx, xlsx, &clean), Lines{});
    PlainFile const file(clean);
    auto const package = Package::open(file);
    ASSERT_TRUE(package);
    EXPECT_FALSE(package->has("xl/worksheets/sheet2.xml"));
    std::string everything;
    package->walk({}, [&](std::string_view, std::string_view piece) { everything += piece; });
    EXPECT_NE(everything.find("公开的"), std::string::npos);
    for (auto const* gone : {"隐藏列的", "隐藏行的", "隐藏表的", "底稿", "13812345678", "sheet2"}) {
        EXPECT_EQ(everything.find(gone), std::string::npos) << gone;
    }
}

TEST(ReleaseCheck, Pictures) {
    auto const tagged = child_text(
        {"exiftool",
         "-q",
         "-GPSLatitude=27.2",
         "-GPSLatitudeRef=N",
         "-GPSLongitude=111.4",
         "-GPSLongitudeRef=E",
         "-Model=Phone 7",
         "-o",
         "-",
         std::string(kInput)},
        PlainFile(fakes::make_png())
    );
    ASSERT_TRUE(tagged);
    EXPECT_EQ(check(Format::Png, *tagged), (Lines{"location@图片", "image_metadata@图片"}));
    EXPECT_EQ(after_cleaning(Format::Png, *tagged), Lines{});
    EXPECT_EQ(check(Format::Png, fakes::make_png()), Lines{});
}

TEST(ReleaseCheck, PdfWithCoveredText) {
    auto const covered = pdf_text("Public") + pdf_text("Secret name", 200) + "0 g 30 190 200 30 re f\n";
    EXPECT_EQ(check(Format::Pdf, make_pdf({pdf_text("Public"), covered})), Lines{"covered_text@第2页"});
    auto const white = "1 g " + pdf_text("Secret name", 200);
    EXPECT_EQ(check(Format::Pdf, make_pdf({pdf_text("Public") + white})), Lines{"covered_text@第1页"});
    EXPECT_EQ(check(Format::Pdf, make_pdf({pdf_text("Tel 13812345678")})), Lines{"phone@第1页"});
    auto const script = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>";
    EXPECT_EQ(check(Format::Pdf, make_pdf({pdf_text("Public")}, script)), Lines{"script@全文"});
    EXPECT_EQ(clean_copy(Format::Pdf, PlainFile(make_pdf({})), Mask::Yes).has_value(), false);
}

TEST(ReleaseCheck, SaysWhatItCouldNotRead) {
    EXPECT_EQ(check(Format::Png, ""), (Lines{"unread@图片", "unread@图片"}));
    EXPECT_EQ(
        check(Format::Pdf, "%PDF-1.4 broken"), (Lines{"unread@全文", "unread@全文", "unread@全文", "unread@文档属性"})
    );
}

TEST(Redaction, SaysHowItFailed) {
    workflow::Redaction const nothing;
    EXPECT_TRUE(black_out(PlainFile("no pdf"), nothing).error().gave_up());
    EXPECT_TRUE(page_png(PlainFile(make_pdf({pdf_text("One page")})), 2).error().gave_up());
}

TEST(Redaction, LeavesNothingUnderneath) {
    PlainFile const original(make_pdf({pdf_text("Public") + pdf_text("Secret name", 200), pdf_text("Second page")}));
    workflow::Redaction redaction;
    redaction.areas.push_back({1, 80, 440, 500, 80, workflow::Limb::PersonalPrivacy});
    auto const made = black_out(original, redaction);
    ASSERT_TRUE(made);
    EXPECT_EQ(page_count(*made).value(), 2);
    EXPECT_EQ(
        child_text({"pdftotext", std::string(kInput), "-"}, *made).value().find_first_not_of("\f\n "), std::string::npos
    );
    EXPECT_EQ(release_check(Format::Pdf, *made), Findings{});
    auto const bytes = content_of(*made);
    EXPECT_EQ(bytes.find("Secret"), std::string::npos);

    auto const page = gray_page(*made, 1, 1);
    ASSERT_TRUE(page);
    auto const shade = [&](int x, int y) {  // in thousandths
        auto const at = static_cast<std::size_t>(y * page->height / 1000 * page->width + x * page->width / 1000);
        return static_cast<unsigned char>(page->pixels[at]);
    };
    for (int x = 85; x < 575; x += 5) {
        for (int y = 445; y < 515; y += 5) EXPECT_LT(shade(x, y), 10) << x << ',' << y;
    }
    EXPECT_GT(shade(900, 900), 250);
    auto const before = gray_page(original, 1, 1);
    ASSERT_TRUE(before);
    EXPECT_TRUE(std::ranges::any_of(page->pixels, [](char c) { return static_cast<unsigned char>(c) > 250; }));
}

}  // namespace
}  // namespace server::files
