#include "server/demo/publications.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace server::demo {
namespace {

using Category = workflow::PublicationCategory;

struct Row {
    std::string_view agency;
    Category category;
    std::string_view published_on;
    std::string_view title;
    std::string_view document_number;  ///< empty: it has none
    std::string_view summary;
};

// clang-format off
constexpr std::array kRows{
    Row{"430500-01", Category::Policy, "2023-05-18", "示范市国有土地上房屋征收与补偿办法", "示政发〔2023〕9号", "国有土地上房屋征收的程序、补偿方式、补偿标准表和争议处理。"},
    Row{"430500-01", Category::Policy, "2024-07-03", "关于成立滨江新区建设指挥部的通知", "示政办发〔2024〕22号", "滨江新区建设指挥部的组成、成员单位和职责分工。"},
    Row{"430500-01", Category::Answer, "2025-09-12", "市政府常务会议研究老旧小区改造事项会议纪要（节选）", "示政纪〔2025〕14号", "2025年老旧小区改造的项目安排、资金筹措和责任分工，依申请公开后转为主动公开。"},
    Row{"430500-01", Category::Other, "2026-01-28", "2025年市本级重点民生实事完成情况", "", "十件重点民生实事的责任单位、资金安排、进度和完成结果。"},
    Row{"430500-01", Category::Other, "2026-01-30", "示范市人民政府2025年政府信息公开工作年度报告", "", "主动公开、依申请公开、行政复议和行政诉讼情况，存在的问题和改进措施。"},
    Row{"430500-01", Category::Planning, "2026-02-10", "示范市2026年政府工作报告", "", "2025年工作回顾和2026年经济社会发展目标、重点工作。"},
    Row{"430500-02", Category::Project, "2025-06-20", "东塔区石桥村2025年度第二批次建设用地征地补偿安置方案公告", "示政征补〔2025〕3号", "拟征收土地的范围、面积、补偿标准、安置对象、安置方式和社会保障。"},
    Row{"430500-02", Category::Planning, "2024-11-08", "滨江新区A-03地块控制性详细规划批后公布", "示政函〔2024〕56号", "用地性质、容积率、建筑高度、绿地率和图则。"},
    Row{"430500-02", Category::Project, "2024-09-25", "锦绣花园三期建设工程规划许可批后公示", "建字第430500202400031号", "建设单位、建设规模、总平面图和规划条件。"},
    Row{"430500-02", Category::Policy, "2024-03-15", "示范市征地补偿区片综合地价标准", "示自然资发〔2024〕8号", "各区片征收集体农用地的土地补偿费和安置补助费标准。"},
    Row{"430500-02", Category::Service, "2025-04-01", "不动产登记资料查询办事指南", "", "可以查询的人、需要的材料、查询窗口、办理时间和收费。"},
    Row{"430500-03", Category::Policy, "2022-10-14", "关于经济适用住房上市交易补缴土地收益等价款标准的通知", "示建发〔2022〕41号", "经济适用住房取得完全产权需要补缴的价款的计算标准和办理程序。"},
    Row{"430500-03", Category::Other, "2025-12-05", "2025年市本级公共租赁住房分配结果公示", "", "公共租赁住房申请、轮候、评分规则和分配结果。"},
    Row{"430500-03", Category::Planning, "2026-03-06", "2026年城镇老旧小区改造计划", "示建发〔2026〕5号", "纳入改造的小区名单、改造内容、投资和开工时间。"},
    Row{"430500-03", Category::Service, "2024-05-20", "住宅专项维修资金使用办事指南", "", "维修资金的申请条件、表决比例、材料和拨付时限。"},
    Row{"430500-04", Category::Service, "2025-02-17", "工伤认定办事指南", "示人社发〔2021〕17号", "工伤认定的申请时限、材料清单、受理和决定的流程。"},
    Row{"430500-04", Category::Other, "2025-11-21", "2025年市直事业单位公开招聘面试成绩及综合成绩公告", "", "各岗位面试成绩、综合成绩和进入体检人员。"},
    Row{"430500-04", Category::Budget, "2025-01-24", "2024年度失业保险稳岗返还企业名单公示", "", "享受稳岗返还政策的企业名单、参保人数和返还金额。"},
    Row{"430500-05", Category::Policy, "2026-06-02", "2026年城区义务教育学校招生学区划分方案", "示教通〔2026〕12号", "城区小学、初中的学区范围、招生对象、报名时间和材料。"},
    Row{"430500-05", Category::Service, "2026-05-26", "随迁子女入学办事指南", "", "进城务工人员随迁子女入学的条件、材料和报名方式。"},
    Row{"430500-05", Category::Answer, "2025-12-19", "2025年秋季学期市直中小学食堂食品安全检查情况", "", "检查的学校、发现的问题和整改情况，依申请公开后转为主动公开。"},
    Row{"430500-06", Category::Other, "2025-08-15", "二级以上医疗机构等级评审结果", "", "医疗机构名称、评审等级和有效期。"},
    Row{"430500-06", Category::Service, "2025-03-10", "医疗机构执业登记办事指南", "", "设置审批、执业登记、校验的条件、材料和时限。"},
    Row{"430500-07", Category::Other, "2026-04-09", "新增固定式交通技术监控设备点位公告", "", "新增电子警察的位置、抓拍的违法行为和启用时间。"},
    Row{"430500-07", Category::Service, "2025-10-11", "居民户口登记和身份证办理指南", "", "落户、迁移、身份证换领补领的条件和材料。"},
    Row{"430500-08", Category::Budget, "2026-09-11", "示范市2025年市本级财政决算", "", "一般公共预算、政府性基金、国有资本经营和社会保险基金决算表，“三公”经费决算。"},
    Row{"430500-08", Category::Budget, "2026-02-26", "示范市2026年市本级财政预算", "", "2026年市本级收支预算表、转移支付、政府债务限额和“三公”经费预算。"},
    Row{"430500-08", Category::Answer, "2025-10-30", "2024年以来地方政府专项债券项目资金使用情况", "", "专项债券的额度、投向、项目清单和支出进度，依申请公开后转为主动公开。"},
    Row{"430500-08", Category::Project, "2025-05-16", "智慧城市二期项目中标结果公告", "示采2025-064", "采购方式、评审结果、中标单位和中标金额。"},
    Row{"430500-09", Category::Project, "2024-08-22", "南屏垃圾焚烧发电项目环境影响报告书批复", "示环评〔2024〕19号", "项目概况、主要环境影响、污染防治措施和公众参与情况。"},
    Row{"430500-09", Category::Other, "2026-01-15", "2025年资水示范段水质监测月报", "", "各断面每月的水质类别、主要指标和超标情况。"},
    Row{"430500-10", Category::Policy, "2025-07-08", "关于提高城乡居民最低生活保障标准的通知", "示民发〔2025〕21号", "城市和农村低保标准、特困人员供养标准和执行时间。"},
    Row{"430500-10", Category::Other, "2025-09-29", "市本级社会团体2024年度检查结论公告", "", "年检合格、基本合格和不合格的社会团体名单及整改要求。"},
    Row{"430502-01", Category::Project, "2025-03-27", "兴隆路片区旧城改造项目房屋征收决定公告", "东政征〔2025〕2号", "征收范围、征收部门、补偿方案、签约期限和救济途径。"},
    Row{"430502-02", Category::Policy, "2024-12-12", "东塔区违法建设查处办法", "东城管发〔2024〕15号", "违法建设的认定、查处程序和强制拆除的要求。"},
    Row{"430502-03", Category::Other, "2025-11-10", "石桥街道2025年新增低保对象公示", "", "新增最低生活保障对象的户数、人数和保障金额。"},
    Row{"430503-01", Category::Budget, "2025-06-30", "柳塘乡2025年巩固脱贫成果衔接资金项目计划", "南政办函〔2025〕33号", "乡村振兴衔接资金的项目名称、建设内容、资金规模和绩效目标。"},
    Row{"430521-01", Category::Policy, "2024-10-18", "松溪水库移民后期扶持资金管理办法", "云政办发〔2024〕18号", "移民人口核定、扶持标准、资金发放和监督。"},
    Row{"430521-02", Category::Service, "2025-05-09", "农村宅基地和集体建设用地确权登记办事指南", "", "申请条件、权属材料、公示和登记发证的流程。"},
    Row{"430521-03", Category::Other, "2026-03-20", "云岭县2026年教师公开招聘公告", "云教通〔2026〕4号", "招聘岗位、条件、报名、考试和聘用程序。"},
    Row{"430521-12", Category::Other, "2025-12-26", "白水乡柏树村2025年宅基地审批结果公示", "", "批准的户数、面积、位置和批准书编号。"},
};
// clang-format on

storage::Publication make_publication(Row const& row, std::size_t index, workflow::Date today) {
    storage::Publication publication;
    publication.id.value = storage::random_id();
    publication.agency.value = row.agency;
    publication.title = row.title;
    if (!row.document_number.empty()) publication.document_number = row.document_number;
    publication.published_on = std::min(workflow::parse_date(row.published_on).value(), today);
    publication.category = row.category;
    publication.url = fmt::format("https://www.shifan.example.cn/zfxxgk/{}.html", 1001 + index);
    publication.summary = row.summary;
    return publication;
}

}  // namespace

workflow::Result<void> publish(storage::Store& store, workflow::Instant now) {
    return store.writes().run([&](storage::Connection& connection) -> workflow::Result<void> {
        storage::Author const by{"system", "demo"};
        for (std::size_t i = 0; i < kRows.size(); ++i) {
            auto publication = make_publication(kRows[i], i, workflow::local_date(now));
            auto const put = store.publications().put(connection, std::move(publication), by, now);
            if (!put) return put.error();
        }
        return {};
    });
}

}  // namespace server::demo
