#include "server/ledger/table.hpp"

#include <gtest/gtest.h>
#include <zip.h>

#include <cstdlib>
#include <utility>
#include <vector>

namespace server::ledger {
namespace {

using Rows = std::vector<Row>;

Rows rows(std::string_view file) {
    auto const table = read_table(file);
    EXPECT_TRUE(table) << table.error().detail;
    return table ? table->rows : Rows{};
}

std::string refused(std::string_view file, Limits const& limits = {}) {
    auto const table = read_table(file, limits);
    return table ? std::string() : table.error().detail;
}

/// A zip archive of these parts.
std::string archive(std::vector<std::pair<std::string, std::string>> const& parts) {
    zip_error_t error;
    zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* const zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (auto const& [name, text] : parts) {
        zip_file_add(zip, name.c_str(), zip_source_buffer(zip, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
    }
    zip_close(zip);
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

std::string workbook(std::string const& sheet, std::string const& shared = "<sst/>") {
    return archive(
        {{"xl/workbook.xml",
          R"(<workbook><sheets><sheet name="a" r:id="rId7"/><sheet name="b" r:id="rId8"/></sheets></workbook>)"},
         {"xl/_rels/workbook.xml.rels",
          R"(<Relationships><Relationship Id="rId8" Target="b.xml"/><Relationship Id="rId7" Target="worksheets/a.xml"/></Relationships>)"},
         {"xl/sharedStrings.xml", shared},
         {"xl/worksheets/a.xml", sheet}}
    );
}

TEST(LedgerTable, ReadsCsvAsSpreadsheetsWriteIt) {
    EXPECT_EQ(rows("a,b\n1,2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
    EXPECT_EQ(
        rows("\xEF\xBB\xBF申请人,\"一,\"\"二\"\"\r\n三\"\r\n张三"), (Rows{{"申请人", "一,\"二\"\r\n三"}, {"张三"}})
    );
    EXPECT_EQ(rows("a,\n,b\r\r"), (Rows{{"a", ""}, {"", "b"}, {""}}));
    EXPECT_EQ(rows("\xC9\xEA\xC7\xEB\xC8\xCB,\x95\x32\x82\x36"), (Rows{{"申请人", "𠀀"}})) << "GB18030, four bytes too";
}

TEST(LedgerTable, RefusesWhatIsNoTable) {
    EXPECT_EQ(refused(""), "文件是空的。");
    EXPECT_EQ(refused("\xFF\xFE\x31\x00"), "文件既不是 UTF-8 也不是 GB18030 编码的文本，也不是 XLSX 表格。");
    EXPECT_EQ(refused("a,b\n\"c"), "第2行有一格的引号没有结束。");
    EXPECT_EQ(refused("PK\x03\x04 and nothing"), "文件不是可以读取的 XLSX 表格。");
    EXPECT_EQ(refused(archive({{"mimetype", "x"}})), "文件不是可以读取的 XLSX 表格。");
}

TEST(LedgerTable, ReadsTheFirstSheetOfAWorkbook) {
    auto const file = workbook(
        R"(<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t> 乙 </t></is></c></row>)"
        R"(<row r="3" spans="1:2"><c><v>46022</v></c><c t="str"><f>A1</f><v>公式</v></c></row><row/></sheetData></worksheet>)",
        R"(<sst><si><r><t>申</t></r><r><t>请人</t></r><rPh><t>shen</t></rPh></si></sst>)"
    );
    EXPECT_EQ(rows(file), (Rows{{"申请人", "", " 乙 "}, {}, {"46022", "公式"}}));
}

TEST(LedgerTable, BoundsWhatAFileMayUnfoldTo) {
    Limits limits;
    limits.unpacked_bytes = 100'000;
    limits.rows = 3;
    limits.columns = 2;
    limits.cell_bytes = 5;
    EXPECT_EQ(
        refused(workbook("<sheetData>" + std::string(200'000, ' ') + "</sheetData>"), limits),
        "表格展开后过大，请分成几个文件导入。"
    );
    EXPECT_EQ(refused("1\n2\n3\n4", limits), "表格超过了3行，请分成几个文件导入。");
    EXPECT_EQ(refused("1,2,3", limits), "第1行超过了2列。");
    EXPECT_EQ(refused("1,2,,,", limits), "") << "empty cells beyond the last column are nothing";
    EXPECT_EQ(refused("123456", limits), "第1行有一格内容过长。");
    EXPECT_EQ(
        refused(workbook(R"(<row r="9999999"><c><v>1</v></c></row>)"), limits), "表格超过了3行，请分成几个文件导入。"
    );
    EXPECT_EQ(refused(workbook(R"(<row r="1"><c r="ZZ1"><v>1</v></c></row>)"), limits), "第1行超过了2列。");
}

TEST(LedgerTable, SurvivesMarkupThatIsNone) {
    for (std::string const sheet :
         {"<row", "<row>", "<row><c></row>", "<rowdy/>", "<row r=\"-1\"><c/></row>", "</row>"}) {
        auto const table = read_table(workbook(sheet));
        EXPECT_TRUE(table || table.error().code == "unreadable_ledger") << sheet;
    }
    auto const bomb = R"(<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><row><c t="inlineStr"><is><t>&b;</t></is></c></row>)";
    EXPECT_EQ(rows(workbook(bomb)), (Rows{{"&b;"}})) << "entities are not unfolded";
}

}  // namespace
}  // namespace server::ledger
