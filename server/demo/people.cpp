#include "server/demo/people.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "workflow/people/identity.hpp"

namespace server::demo {
namespace {

using workflow::ApplicantKind;

constexpr std::array<std::string_view, 25> kSurnames{"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周",
                                                     "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "林",
                                                     "罗", "高", "梁", "郑", "谢", "宋", "唐"};
constexpr std::array<std::string_view, 40> kGivenNames{
    "建国", "秀英", "志强", "丽华", "文斌", "小红", "海燕", "国庆", "春梅", "永福", "晓东", "玉兰", "明辉", "雪梅",
    "德胜", "桂芳", "俊杰", "慧敏", "立新", "淑珍", "伟",   "静",   "磊",   "芳",   "洋",   "敏",   "超",   "娟",
    "勇",   "艳",   "子涵", "雨桐", "浩然", "思远", "佳怡", "一鸣", "振华", "素云", "长青", "若兰"};

constexpr std::array<std::string_view, 8> kStreets{
    "东塔区石桥路",
    "东塔区兴隆路",
    "东塔区学院路",
    "南屏区屏山大道",
    "南屏区同心路",
    "云岭县云山路",
    "云岭县松溪镇",
    "南屏区柳塘乡"};

/// Kinds in the proportion in which they come; read in a circle.
constexpr std::array kKinds{
    ApplicantKind::NaturalPerson,
    ApplicantKind::NaturalPerson,
    ApplicantKind::Business,
    ApplicantKind::NaturalPerson,
    ApplicantKind::NaturalPerson,
    ApplicantKind::LegalService,
    ApplicantKind::NaturalPerson,
    ApplicantKind::NaturalPerson,
    ApplicantKind::PublicWelfare,
    ApplicantKind::NaturalPerson,
    ApplicantKind::NaturalPerson,
    ApplicantKind::Research,
    ApplicantKind::NaturalPerson,
    ApplicantKind::NaturalPerson,
    ApplicantKind::OtherOrg,
    ApplicantKind::NaturalPerson,
    ApplicantKind::Business,
};

/// Names of organisations of one kind, and how their 统一社会信用代码 begins (GB 32100-2015).
struct OrganisationRow {
    ApplicantKind kind;
    std::string_view prefix;
    std::array<std::string_view, 3> names;
};
constexpr std::array kOrganisations{
    OrganisationRow{
        ApplicantKind::Business,
        "91430502",
        {"示范市宏图建材有限公司", "示范市绿源农业开发有限公司", "湖南云岭物流有限公司"}},
    OrganisationRow{
        ApplicantKind::Research, "12430500", {"示范市社会科学研究所", "示范市农业科学研究院", "湘中城乡发展研究中心"}},
    OrganisationRow{
        ApplicantKind::PublicWelfare,
        "52430500",
        {"示范市青山环境保护协会", "示范市阳光助学基金会", "示范市同行残疾人服务中心"}},
    OrganisationRow{
        ApplicantKind::LegalService, "31430000", {"湖南明澄律师事务所", "湖南正衡律师事务所", "湖南知行律师事务所"}},
    OrganisationRow{
        ApplicantKind::OtherOrg,
        "N2430521",
        {"云岭县松溪镇松溪村经济合作社", "东塔区锦绣花园业主委员会", "云岭县白水乡柏树村村民小组"}},
};

/// `body` with the check character that passes; the law's own check says which.
std::string completed(std::string const& body, auto&& passes) {
    for (char const check : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
        std::string const number = body + check;
        if (passes(number)) return number;
    }
    throw std::logic_error("no check character completes " + body);
}

std::string resident_id(std::size_t number, workflow::Date today) {
    auto const body = fmt::format(
        "430502{}{:02}{:02}{:03}", 1948 + number * 7 % 55, 1 + number % 12, 1 + number * 5 % 28, number % 1000
    );
    return completed(body, [&](std::string const& id) { return !workflow::check_resident_id(id, today); });
}

std::string uscc(std::string_view prefix, std::size_t number) {
    auto const body = fmt::format("{}MA5D{:05}", prefix, 1000 + number);
    return completed(body, [](std::string const& code) { return !workflow::check_uscc(code); });
}

}  // namespace

std::string person_name(std::size_t number) {
    return fmt::format(
        "{}{}",
        kSurnames[number % kSurnames.size()],
        kGivenNames[(number / kSurnames.size() + number % kSurnames.size()) % kGivenNames.size()]
    );
}

workflow::Applicant make_applicant(std::size_t number, workflow::Date today) {
    workflow::Applicant applicant;
    applicant.kind = kKinds[number % kKinds.size()];
    applicant.phone = fmt::format("138000000{:02}", number % 100);
    applicant.email = fmt::format("shenqing{}@example.cn", number);
    applicant.address = fmt::format("湖南省示范市{}{}号", kStreets[number % kStreets.size()], 1 + number * 3 % 180);
    applicant.postcode = "422000";
    if (applicant.kind == ApplicantKind::NaturalPerson) {
        applicant.name = person_name(number);
        applicant.id_type = workflow::IdType::ResidentId;
        applicant.id_number = resident_id(number, today);
        return applicant;
    }
    for (OrganisationRow const& row : kOrganisations) {
        if (row.kind != applicant.kind) continue;
        applicant.name = row.names[number % row.names.size()];
        applicant.uscc = uscc(row.prefix, number % row.names.size());
        applicant.legal_representative = person_name(300 + number % row.names.size());
        applicant.contact_name = person_name(number);
    }
    return applicant;
}

}  // namespace server::demo
