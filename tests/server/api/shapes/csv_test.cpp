#include "server/api/shapes/csv.hpp"

#include <gtest/gtest.h>

namespace server::api {
namespace {

std::string cell(std::string_view text) {
    CsvWriter csv;
    csv.cell(text);
    return csv.take();
}

TEST(Csv, PartsCellsAndRows) {
    CsvWriter csv;
    csv.cell("编号").cell("").cell("状态").end_row();
    csv.cell("1").cell("2").cell("").end_row();
    EXPECT_EQ(csv.take(), "编号,,状态\r\n1,2,\r\n");
}

TEST(Csv, QuotesWhatWouldBreakACell) {
    EXPECT_EQ(cell("甲,乙"), "\"甲,乙\"");
    EXPECT_EQ(cell("他说\"好\""), "\"他说\"\"好\"\"\"");
    EXPECT_EQ(cell("一\r\n二"), "\"一\r\n二\"");
    EXPECT_EQ(cell("a b"), "a b");
}

TEST(Csv, KeepsASpreadsheetFromRunningIt) {
    for (auto const* text : {"=1+1", "+1", "-1", "@a", "\tx", "＝1", "＋1", "－1", "＠a"}) {
        EXPECT_EQ(cell(text), "'" + std::string(text));
    }
    EXPECT_EQ(cell("\r=1"), "\"'\r=1\"");
    EXPECT_EQ(cell("=HYPERLINK(\"http://x\",\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    EXPECT_EQ(cell("2026-01-02"), "2026-01-02");
}

}  // namespace
}  // namespace server::api
