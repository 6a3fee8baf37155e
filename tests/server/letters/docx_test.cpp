#include "server/letters/docx.hpp"
#include "tests/server/letters/papers.hpp"

#include <gtest/gtest.h>

namespace server::letters {
namespace {

std::string read_docx(std::string const& bytes) {
    return papers::told(bytes, "python3 " SOURCE_FOLDER "/tests/server/letters/read_docx.py FILE");
}

TEST(Docx, TheFileIsWellFormedAndItsPartsAreTiedTogether) {
    auto const text = read_docx(render_docx(papers::reply()));
    EXPECT_EQ(
        text.substr(0, text.find("BodyText")),
        "page 11906x16838 margins 2098 1474 1984 1587 footers FooterOdd FooterEven\n"
        "title 关于政府信息公开申请部分公开的答复书 by 示范市发展和改革局\n"
        "Title|示范市发展和改革局\n"
        "Title|关于政府信息公开申请部分公开的答复书\n"
        "Number|示发改公开〔2026〕答第17号\n"
        "Addressee|张三：\n"
    );
}

TEST(Docx, BlocksHaveStylesAndTablesTheirHead) {
    auto const text = read_docx(render_docx(papers::reply()));
    for (char const* line :
         {"\nHeading1|一、查明情况\n",
          "\nQuote|申请人所需信息",
          "\ntable of 4, head repeated: 序号|信息名称|处理|依据\n",
          "\nrow 2|改造工程施工合同|不予公开|",
          "\nAttachments|附件：1. 老旧小区",
          "\nAttachments|2. 删除说明\n",
          "\nSignature|示范市发展和改革局\nDate|2026年7月1日\nNote|（联系人：李四，联系电话：0739-5300001）\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
    }
}

TEST(Docx, TextIsTextAndNeverMarkup) {
    auto const text = read_docx(render_docx(papers::sheet("<w:p>&\"\x01\u202E\xFF\n第二行")));
    EXPECT_NE(text.find("row 所需信息|<w:p>&\"〓 第二行\n"), std::string::npos) << text;
}

TEST(Docx, TheSamePaperIsTheSameBytes) { EXPECT_TRUE(render_docx(papers::reply()) == render_docx(papers::reply())); }

}  // namespace
}  // namespace server::letters
