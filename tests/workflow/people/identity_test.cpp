#include "workflow/people/identity.hpp"

#include "tests/workflow/time/day.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

using Fault = IdentityFault;

struct Identity : testing::Test {
    Date const today = day("2026-11-20");

    std::optional<Fault> resident(std::string_view number) const { return check_resident_id(number, today); }
};

// The two examples printed in the standard, and synthetic numbers.
TEST_F(Identity, AcceptsRightResidentIds) {
    for (auto const* number :
         {"11010519491231002X",
          "440524188001010014",
          "430502199003070014",
          "430502200412310029",
          "430105200002290034"}) {
        Date const then = number == std::string_view("440524188001010014") ? day("1999-01-01") : today;
        EXPECT_EQ(check_resident_id(number, then), std::nullopt) << number;
    }
    EXPECT_EQ(resident(normalise_number(" 11010519491231002x\n")), std::nullopt);
}

TEST_F(Identity, NamesTheFaultOfAResidentId) {
    EXPECT_EQ(resident("110105194912310021"), Fault::WrongCheckCharacter);
    EXPECT_EQ(resident("43050219900307001X"), Fault::WrongCheckCharacter);
    EXPECT_EQ(resident("430105200102290031"), Fault::ImpossibleBirthDate);  // no 29 February 2001
    EXPECT_EQ(resident("440524188001010014"), Fault::ImpossibleBirthDate);  // 146 years old
    EXPECT_EQ(resident("43050219900307001"), Fault::WrongLength);
    EXPECT_EQ(resident("4305021990030700144"), Fault::WrongLength);
    EXPECT_EQ(resident("４３０５０２１９９００３０７００１４"), Fault::WrongLength);
    EXPECT_EQ(resident("43050219900307００"), Fault::WrongLength);
    EXPECT_EQ(resident("43050219900３0014"), Fault::WrongCharacter);  // a full-width digit, 18 bytes in all
    EXPECT_EQ(resident("11010519491231002x"), Fault::WrongCharacter);
    EXPECT_EQ(resident("X30502199003070014"), Fault::WrongCharacter);
    EXPECT_EQ(resident("990502199003070014"), Fault::UnknownRegion);
    EXPECT_EQ(resident(""), Fault::WrongLength);
}

TEST_F(Identity, TheHolderOfAResidentIdIsBornAndAlive) {
    EXPECT_EQ(check_resident_id("430502200412310029", day("2004-12-31")), std::nullopt);
    EXPECT_EQ(check_resident_id("430502200412310029", day("2004-12-30")), Fault::ImpossibleBirthDate);
    EXPECT_EQ(check_resident_id("430502200412310029", day("2134-12-31")), std::nullopt);
    EXPECT_EQ(check_resident_id("430502200412310029", day("2135-01-01")), Fault::ImpossibleBirthDate);
}

TEST_F(Identity, AcceptsRightUnifiedCodes) {
    for (auto const* code :
         {"9144030071526726XG",
          "91330100799655058B",
          "91110000802100433B",
          "914403001922038216",
          "11430500MB0A00018M",
          "12430500MB0A00026D",
          "91430502MA4L000115",
          "52430000MJ0A00033M"})
        EXPECT_EQ(check_uscc(code), std::nullopt) << code;
}

TEST_F(Identity, NamesTheFaultOfAUnifiedCode) {
    EXPECT_EQ(check_uscc("91110108MA01YBNX6A"), Fault::WrongCheckCharacter);
    EXPECT_EQ(check_uscc("91430502MA4L000116"), Fault::WrongCheckCharacter);
    EXPECT_EQ(check_uscc("91350213M0001Q7Q47"), Fault::WrongCheckCharacter);  // real, and still against the rule
    EXPECT_EQ(check_uscc("914403001922O38216"), Fault::WrongCharacter);       // letter O
    EXPECT_EQ(check_uscc("91430502MA4L00011"), Fault::WrongLength);
    EXPECT_EQ(check_uscc("91430502MA4L0001155"), Fault::WrongLength);
}

// The organisation codes stand inside the unified codes above, places 9 to 17.
TEST_F(Identity, ChecksOldOrganisationCodes) {
    for (auto const* code : {"71526726X", "71526726-X", "799655058", "802100433", "192203821", "MB0A00018"})
        EXPECT_EQ(check_organisation_code(code), std::nullopt) << code;
    EXPECT_EQ(check_organisation_code("715267261"), Fault::WrongCheckCharacter);
    EXPECT_EQ(check_organisation_code("7152-6726X"), Fault::WrongLength);
    EXPECT_EQ(check_organisation_code("71526726"), Fault::WrongLength);
    EXPECT_EQ(check_organisation_code("71526 26X"), Fault::WrongCharacter);
}

TEST_F(Identity, ChecksTheShapeOfOtherDocuments) {
    struct Row {
        IdType type;
        std::string_view right, wrong;
    };
    for (auto const& [type, right, wrong] : {
             Row{IdType::ResidentId, "430502199003070014", "430502199003070015"},
             Row{IdType::Passport, "E12345678", "E123-5678"},
             Row{IdType::Passport, "EA1234567", "E123"},
             Row{IdType::HkMacauPermit, "H12345678", "C12345678"},
             Row{IdType::HkMacauPermit, "M12345678", "M1234567"},
             Row{IdType::TaiwanPermit, "12345678", "123456789"},
             Row{IdType::ForeignResidentId, "USA110068010101", "US1110068010101"},
             Row{IdType::ForeignResidentId, "911156198503120018", "811156198503120018"},
             Row{IdType::Other, "南字第12345678号", ""},
         }) {
        EXPECT_EQ(check_document(type, right, today), std::nullopt) << right;
        EXPECT_NE(check_document(type, wrong, today), std::nullopt) << wrong;
    }
}

TEST_F(Identity, MasksNumbers) {
    EXPECT_EQ(mask_id_number("430502199003070014"), "430502********0014");
    EXPECT_EQ(mask_id_number("E12345678"), "E******78");
    EXPECT_EQ(mask_id_number("E12"), "***");
    EXPECT_EQ(mask_id_number(""), "");
    EXPECT_EQ(mask_phone("13812341234"), "138****1234");
    EXPECT_EQ(mask_phone("0739-5321234"), "073*****1234");
    EXPECT_EQ(mask_phone("5321234"), "*****34");
    EXPECT_EQ(mask_phone("12"), "**");
}

TEST_F(Identity, MasksNames) {
    EXPECT_EQ(mask_name("张三"), "张*");
    EXPECT_EQ(mask_name("王小明"), "王**");
    EXPECT_EQ(mask_name("欧阳明"), "欧**");
    EXPECT_EQ(mask_name("欧阳小明"), "欧**");
    EXPECT_EQ(mask_name("买买提·阿不都拉"), "买**");
    EXPECT_EQ(mask_name("𠮷田"), "𠮷*");  // beyond the basic plane: 4 bytes
    EXPECT_EQ(mask_name(""), "");
}

TEST_F(Identity, MasksEmails) {
    EXPECT_EQ(mask_email("alice@x.cn"), "a***@x.cn");
    EXPECT_EQ(mask_email("张三@例子.中国"), "张***@例子.中国");
    EXPECT_EQ(mask_email("@x.cn"), "***");
    EXPECT_EQ(mask_email("alice"), "***");
}

TEST_F(Identity, MasksAddressesBelowTheCounty) {
    struct Row {
        std::string_view address, shown;
    };
    for (auto const& [address, shown] : {
             Row{"湖南省邵阳市双清区宝庆路1号", "湖南省邵阳市双清区"},
             Row{"邵阳市邵东县两市镇金龙大道8号", "邵阳市邵东县"},
             Row{"北京市朝阳区建国路1号", "北京市朝阳区"},
             Row{"湖南省长沙市宁乡市玉潭街道", "湖南省长沙市宁乡市"},
             Row{"湖南省武冈市迎春亭街道阳光小区3栋", "湖南省武冈市"},
             Row{"湖南省湘西土家族苗族自治州吉首市人民北路9号", "湖南省湘西土家族苗族自治州吉首市"},
             Row{"广西壮族自治区南宁市青秀区民族大道1号", "广西壮族自治区南宁市青秀区"},
             Row{"西藏自治区阿里地区噶尔县狮泉河镇", "西藏自治区阿里地区噶尔县"},
             Row{"内蒙古自治区锡林郭勒盟锡林浩特市额尔敦街", "内蒙古自治区锡林郭勒盟锡林浩特市"},
             Row{"内蒙古自治区呼和浩特市土默特左旗察素齐镇", "内蒙古自治区呼和浩特市土默特左旗"},
             Row{"湖南省永州市道县西洲街道", "湖南省永州市道县"},
             Row{"湖南省郴州市北湖区七里大道", "湖南省郴州市北湖区"},
             Row{"湖北省荆州市沙市区北京路", "湖北省荆州市沙市区"},
             Row{"河南省新乡市红旗区平原路", "河南省新乡市红旗区"},
             Row{"湖南省邵阳市城步苗族自治县儒林镇", "湖南省邵阳市城步苗族自治县"},
             Row{"宝庆路1号阳光小区", "***"},
             Row{"", "***"},
         })
        EXPECT_EQ(mask_address(address), shown) << address;
}

}  // namespace
}  // namespace workflow
