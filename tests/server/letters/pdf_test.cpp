#include "server/letters/pdf.hpp"
#include "server/letters/missing_faces.hpp"
#include "tests/server/letters/papers.hpp"
#include "tests/workflow/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <thread>

namespace server::letters {
namespace {

using papers::repeated;
using papers::told;

std::string pdf(workflow::Document const& paper) { return render_pdf(paper, papers::fonts()); }

/// The pages of a PDF as text.
std::vector<std::string> pages(std::string const& bytes) {
    std::vector<std::string> result;
    std::string const text = papers::text_of(bytes);
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = std::min(text.find('\f', begin), text.size());
        result.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return result;
}

std::string without_blanks(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    return text;
}

TEST(Pdf, AReplyReadsAsInTheGoldenText) {
    workflow::expect_source("tests/server/letters/reply.txt", papers::text_of(pdf(papers::reply())), "UPDATE_LETTERS");
}

TEST(Pdf, ThePaperIsA4WithTitleAuthorDateTagsAndTwoPages) {
    auto const facts = told(pdf(papers::reply()), "TZ=Asia/Shanghai pdfinfo FILE");
    for (char const* fact :
         {"Title:           关于政府信息公开申请部分公开的答复书",
          "Author:          示范市发展和改革局",
          "Jul  1 00:00:00 2026",
          "Tagged:          yes",
          "Pages:           2",
          "(A4)"}) {
        EXPECT_NE(facts.find(fact), std::string::npos) << fact << "\n" << facts;
    }
}

TEST(Pdf, EveryFontIsAnEmbeddedSubsetWithUnicode) {
    auto const fonts = told(pdf(papers::reply()), "pdffonts FILE | tail -n +3");
    EXPECT_GE(std::count(fonts.begin(), fonts.end(), '\n'), 2) << fonts;
    EXPECT_EQ(told(pdf(papers::reply()), "pdffonts FILE | tail -n +3 | grep -vc 'yes yes yes'"), "0\n") << fonts;
}

TEST(Pdf, TheSamePaperIsTheSameBytesInEveryThread) {
    auto const first = pdf(papers::reply());
    std::string second;
    std::thread([&second] { second = pdf(papers::reply()); }).join();
    EXPECT_TRUE(first == second);
}

TEST(Pdf, BookmarksLeadToTitleHeadingsAndAttachments) {
    auto const outline = told(pdf(papers::reply()), "pdftohtml -xml -stdout -i FILE | grep -A9 '<outline>'");
    for (char const* entry : {"部分公开的答复书", "一、查明情况", "page=\"2\">二、救济途径", "page=\"2\">附件"}) {
        EXPECT_NE(outline.find(entry), std::string::npos) << entry << "\n" << outline;
    }
}

TEST(Pdf, TheTextStandsInTheMarginsOfTheStandard) {
    workflow::Document paper = papers::reply();
    paper.body = {workflow::Paragraph{repeated("政府信息公开申请办理答复归档登记审核", 60)}};
    auto const boxes = told(pdf(paper), "pdftotext -bbox-layout -f 1 -l 1 FILE -");
    std::regex const line("<line xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\" xMax=\"([0-9.]+)\" yMax=\"([0-9.]+)\"");
    double left = 1000;
    double right = 0;
    for (std::sregex_iterator at(boxes.begin(), boxes.end(), line), end; at != end; ++at) {
        left = std::min(left, std::stod((*at)[1]));
        right = std::max(right, std::stod((*at)[3]));
    }
    EXPECT_NEAR(left, 28 * 72 / 25.4, 1) << "28 mm";
    EXPECT_NEAR(right, (210 - 26) * 72 / 25.4, 2) << "26 mm";
}

TEST(Pdf, APageHolds22LinesOf28Characters) {
    workflow::Document paper;
    std::string const line = repeated("开", 28);
    paper.body = {workflow::Paragraph{repeated(line, 22).substr(2 * 3)}};  // the first line is two characters shorter
    auto const full = pages(pdf(paper));
    ASSERT_EQ(full.size(), 1u);
    EXPECT_NE(full[0].find("\n" + line + "\n"), std::string::npos) << full[0];
    paper.body = {workflow::Paragraph{repeated(line, 22)}};
    EXPECT_EQ(pages(pdf(paper)).size(), 2u);
}

TEST(Pdf, NoLineBeginsWithClosingOrEndsWithOpeningPunctuation) {
    for (int shift = 0; shift < 28; ++shift) {
        workflow::Document paper;
        paper.body = {workflow::Paragraph{repeated("字", shift) + repeated("依《条例》（修订），公开、答复；", 12)}};
        auto const text = papers::text_of(pdf(paper));
        for (char const* closing : {"》", "）", "，", "、", "；"}) {
            EXPECT_EQ(text.find(std::string("\n") + closing), std::string::npos) << text;
        }
        for (char const* opening : {"《", "（"}) {
            EXPECT_EQ(text.find(std::string(opening) + "\n"), std::string::npos) << text;
        }
    }
}

TEST(Pdf, TheSignatureNeverStandsAloneOnAPage) {
    for (int lines = 12; lines < 26; ++lines) {
        auto paper = papers::reply();
        paper.attachments.clear();
        paper.body = {workflow::Paragraph{repeated("开", 28 * lines)}};
        auto const all = pages(pdf(paper));
        EXPECT_NE(all.back().find("开开"), std::string::npos) << lines << "\n" << all.back();
        EXPECT_NE(all.back().find("2026年7月1日"), std::string::npos) << lines;
        EXPECT_NE(all.back().find("      示范市发展和改革局"), std::string::npos) << lines;
    }
}

TEST(Pdf, ATableRepeatsItsHeadAndNeverCutsARowThatFitsAPage) {
    workflow::Table table{{"序号", "信息名称"}, {1, 6}, {}};
    for (int i = 1; i <= 40; ++i)
        table.rows.push_back({std::to_string(i), repeated("名称", 40) + "完" + std::to_string(i)});
    workflow::Document paper;
    paper.body = {table};
    auto const all = pages(pdf(paper));
    ASSERT_GE(all.size(), 3u);
    for (auto const& page : all) {
        EXPECT_NE(page.find("信息名称"), std::string::npos) << page;
        EXPECT_EQ(std::count(page.begin(), page.end(), '\f'), 0);
        auto const text = without_blanks(page);
        EXPECT_LT(text.rfind("名称"), text.rfind("完")) << "the page ends with the end of a row\n" << page;
    }
}

TEST(Pdf, ARowHigherThanAPageGoesOnOnTheNext) {
    auto const all = pages(pdf(papers::sheet(repeated("很长的内容", 800) + "完")));
    ASSERT_GE(all.size(), 3u);
    EXPECT_NE(all.back().find("受理日期"), std::string::npos);
    std::string text;
    for (auto const& page : all) text += std::regex_replace(without_blanks(page), std::regex("—[0-9]+—|所需信息"), "");
    EXPECT_NE(text.find(repeated("很长的内容", 800) + "完"), std::string::npos);
}

TEST(Pdf, RareCharactersAreTakenFromOtherFontsAndNoneBecomesABox) {
    auto paper = papers::reply();
    paper.addressee = "𠮷田㛃婷鑫Müller";
    auto const text = papers::text_of(pdf(paper));
    EXPECT_NE(text.find("𠮷田㛃婷鑫Müller："), std::string::npos) << text;
    paper.addressee = "李\U000F1234四";  // private use: no font has it
    EXPECT_NE(papers::text_of(pdf(paper)).find("李〔U+F1234〕四："), std::string::npos) << papers::text_of(pdf(paper));
}

TEST(Pdf, DirectionControlsDoNotTurnTheText) {
    auto paper = papers::reply();
    paper.addressee = "张三\u202E四李";
    EXPECT_NE(papers::text_of(pdf(paper)).find("张三四李："), std::string::npos);
}

TEST(Pdf, LongNamesAndListsStayOnThePaper) {
    auto paper = papers::reply();
    paper.agency = repeated("示范市", 20) + "发展和改革局";
    paper.signed_by = paper.agency;
    paper.addressee = repeated("很长的名称", 30);
    paper.attachments.clear();
    for (int i = 0; i < 60; ++i) paper.attachments.push_back("附件名称" + std::to_string(i) + repeated("长", i));
    auto const boxes = told(pdf(paper), "pdftotext -bbox FILE -");
    std::regex const word("xMin=\"(-?[0-9.]+)\" yMin=\"[0-9.]+\" xMax=\"([0-9.]+)\"");
    for (std::sregex_iterator at(boxes.begin(), boxes.end(), word), end; at != end; ++at) {
        EXPECT_GE(std::stod((*at)[1]), 28 * 72 / 25.4 - 1) << (*at)[0];
        EXPECT_LE(std::stod((*at)[2]), (210 - 26) * 72 / 25.4 + 3) << (*at)[0];
    }
}

TEST(Pdf, PagesAreCounted) { EXPECT_EQ(page_count(pdf(papers::reply())), 2); }

TEST(Pdf, AnEmptyPaperIsAPage) { EXPECT_EQ(pages(pdf({})).size(), 1u); }

TEST(Fonts, AFaceThatTheMachineLacksIsNamedUnlessItHasNoOther) {
    Fonts fonts{{"No Such Font", "Noto Serif CJK SC"}, {"Noto Serif CJK SC"}, {"No Such Font"}};
    EXPECT_EQ(missing_faces(fonts), (std::vector<std::string_view>{"仿宋", "黑体"}));
    fonts.body.insert(fonts.body.begin(), "Noto Sans CJK SC");
    EXPECT_EQ(missing_faces(fonts), std::vector<std::string_view>{"黑体"});
}

}  // namespace
}  // namespace server::letters
