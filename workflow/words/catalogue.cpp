#include "workflow/words/catalogue.hpp"

#include <algorithm>

namespace workflow {
namespace {

using In = CatalogueField;

/// Limbs of 条例第二十条, and 第二十一条, which adds matters of cities, counties and towns.
namespace limb {
constexpr std::string_view kRules = "条例第二十条第一项";
constexpr std::string_view kPlans = "条例第二十条第三项";
constexpr std::string_view kServices = "条例第二十条第五项";
constexpr std::string_view kPenalties = "条例第二十条第六项";
constexpr std::string_view kBudget = "条例第二十条第七项";
constexpr std::string_view kCharges = "条例第二十条第八项";
constexpr std::string_view kProcurement = "条例第二十条第九项";
constexpr std::string_view kProjects = "条例第二十条第十项";
constexpr std::string_view kLivelihood = "条例第二十条第十一项";
constexpr std::string_view kEmergencies = "条例第二十条第十二项";
constexpr std::string_view kInspections = "条例第二十条第十三项";
constexpr std::string_view kRecruitment = "条例第二十条第十四项";
constexpr std::string_view kLocal = "条例第二十一条";
}  // namespace limb

// clang-format off
constexpr std::array kCatalogue{
    CatalogueItem{In::MajorProjects, "重大建设项目批准结果", limb::kProjects, "项目建议书批复、可行性研究报告批复、项目立项批复、初步设计批复、项目核准批复、项目备案"},
    CatalogueItem{In::MajorProjects, "重大建设项目施工许可", limb::kProjects, "建筑工程施工许可证、施工许可信息"},
    CatalogueItem{In::MajorProjects, "重大建设项目招标投标", limb::kProjects, "项目招标公告、项目中标结果、中标候选人公示"},
    CatalogueItem{In::MajorProjects, "重大建设项目施工与竣工", limb::kProjects, "竣工验收备案、竣工验收结果、工程质量监督、参建单位信息"},
    CatalogueItem{In::MajorProjects, "重大设计变更", limb::kProjects, "工程设计变更批复"},

    CatalogueItem{In::PublicTrade, "工程建设项目招标投标交易信息", limb::kProcurement, "招标公告、中标公告、中标结果公示、评标结果公示"},
    CatalogueItem{In::PublicTrade, "政府采购信息", limb::kProcurement, "政府采购公告、采购结果公告、政府采购合同、中标成交结果、单一来源采购公示"},
    CatalogueItem{In::PublicTrade, "国有建设用地使用权出让", limb::kProcurement, "土地出让公告、土地出让结果、挂牌出让公告、出让成交公示"},
    CatalogueItem{In::PublicTrade, "矿业权出让", limb::kProcurement, "采矿权出让公告、探矿权出让结果"},
    CatalogueItem{In::PublicTrade, "国有产权交易", limb::kProcurement, "国有资产转让公告、国有产权转让结果"},

    CatalogueItem{In::Budgets, "政府预算", limb::kBudget, "市本级预算、县级预算、预算公开、一般公共预算、预算报告"},
    CatalogueItem{In::Budgets, "政府决算", limb::kBudget, "财政决算、决算公开、决算报告"},
    CatalogueItem{In::Budgets, "部门预算决算", limb::kBudget, "部门预算、部门决算、单位预算、单位决算"},
    CatalogueItem{In::Budgets, "“三公”经费", limb::kBudget, "三公经费预算、三公经费决算、公务接待费、公务用车购置及运行费、因公出国费用"},
    CatalogueItem{In::Budgets, "地方政府债务", limb::kBudget, "政府债务限额、债务余额、专项债券资金、地方政府专项债券、债券资金使用情况"},
    CatalogueItem{In::Budgets, "专项资金分配", limb::kBudget, "专项资金管理、专项资金使用情况、专项资金分配结果"},

    CatalogueItem{In::WorkSafety, "安全生产许可结果", limb::kServices, "安全生产许可证、危险化学品经营许可、烟花爆竹经营许可"},
    CatalogueItem{In::WorkSafety, "安全生产监督检查", limb::kInspections, "安全生产检查、重大隐患挂牌督办、安全隐患排查"},
    CatalogueItem{In::WorkSafety, "安全生产行政处罚", limb::kPenalties, "安全生产处罚决定"},
    CatalogueItem{In::WorkSafety, "生产安全事故调查报告", limb::kInspections, "事故调查报告、安全事故调查处理、事故调查结论"},
    CatalogueItem{In::WorkSafety, "安全生产应急预案", limb::kEmergencies, "生产安全事故应急预案"},

    CatalogueItem{In::Taxation, "税收优惠政策", limb::kRules, "税收减免政策、减税降费政策"},
    CatalogueItem{In::Taxation, "欠税公告", limb::kPenalties, "欠税企业名单"},
    CatalogueItem{In::Taxation, "个体工商户定额", limb::kServices, "定期定额核定、个体户税收定额"},
    CatalogueItem{In::Taxation, "重大税收违法案件", limb::kPenalties, "税收违法失信、税务行政处罚、税务处罚决定"},
    CatalogueItem{In::Taxation, "纳税信用A级名单", limb::kServices, "纳税信用等级"},

    CatalogueItem{In::LandCompensation, "土地征收预公告", limb::kLocal, "征地预公告、征收土地预公告、拟征收土地公告、土地征收启动公告"},
    CatalogueItem{In::LandCompensation, "土地现状调查结果", limb::kLocal, "土地现状调查公示、征地调查确认、地上附着物调查"},
    CatalogueItem{In::LandCompensation, "征地补偿安置公告", limb::kLocal, "征地补偿安置方案、征地补偿方案公告、土地征收补偿安置方案、征地补偿安置"},
    CatalogueItem{In::LandCompensation, "征地批准文件", limb::kLocal, "建设用地批复、农用地转用批复、征地批文、征收土地批复、土地征收批复"},
    CatalogueItem{In::LandCompensation, "征收土地公告", limb::kLocal, "土地征收公告、征地公告"},
    CatalogueItem{In::LandCompensation, "一书四方案", limb::kLocal, "建设项目用地呈报说明书、征收土地方案、农用地转用方案、补充耕地方案、供地方案、一书三方案"},
    CatalogueItem{In::LandCompensation, "征地补偿费用支付凭证", limb::kLocal, "征地补偿款发放、补偿费用支付、征地补偿费发放明细、土地补偿费分配"},
    CatalogueItem{In::LandCompensation, "征地补偿标准", limb::kLocal, "区片综合地价、征地补偿标准、青苗补偿标准、地上附着物补偿标准"},
    CatalogueItem{In::LandCompensation, "征地社会稳定风险评估", limb::kLocal, "社会稳定风险评估报告"},
    CatalogueItem{In::LandCompensation, "被征地农民社会保障", limb::kLocal, "失地农民社保、被征地农民养老保险"},

    CatalogueItem{In::HouseExpropriation, "房屋征收决定公告", limb::kLocal, "房屋征收决定、征收决定公告"},
    CatalogueItem{In::HouseExpropriation, "房屋征收补偿方案", limb::kLocal, "征收补偿方案、拆迁补偿方案、拆迁安置方案、房屋征收补偿标准、房屋拆迁补偿标准"},
    CatalogueItem{In::HouseExpropriation, "房屋调查登记结果", limb::kLocal, "房屋调查结果公布、未登记建筑认定、房屋面积调查"},
    CatalogueItem{In::HouseExpropriation, "房地产价格评估机构选定", limb::kLocal, "房地产评估机构、分户评估报告、初步评估结果"},
    CatalogueItem{In::HouseExpropriation, "分户补偿情况", limb::kLocal, "分户补偿结果、征收补偿协议、补偿安置协议、补偿款明细"},
    CatalogueItem{In::HouseExpropriation, "房屋征收补偿决定", limb::kLocal, "征收补偿决定书"},

    CatalogueItem{In::Housing, "保障性住房分配结果", limb::kLivelihood, "公租房分配结果、公共租赁住房分配、廉租住房分配、保障房摇号结果、经济适用住房分配"},
    CatalogueItem{In::Housing, "保障性住房申请条件", limb::kLivelihood, "公租房申请条件、公共租赁住房申请、住房保障申请审核"},
    CatalogueItem{In::Housing, "保障性住房配建和项目", limb::kLivelihood, "保障性住房建设计划、公租房项目、安置房建设"},
    CatalogueItem{In::Housing, "城镇老旧小区改造", limb::kLivelihood, "老旧小区改造计划、老旧小区改造项目、棚户区改造"},
    CatalogueItem{In::Housing, "住房租赁补贴", limb::kLivelihood, "租赁补贴发放、廉租补贴"},

    CatalogueItem{In::RuralHousing, "农村危房改造对象认定", limb::kLivelihood, "危房改造对象、危房鉴定、危房改造名单"},
    CatalogueItem{In::RuralHousing, "农村危房改造补助资金", limb::kLivelihood, "危房改造补助、危房改造资金"},

    CatalogueItem{In::Environment, "环境影响评价审批", limb::kServices, "环评批复、环境影响报告书批复、环境影响报告表、环评报告、环境影响评价文件"},
    CatalogueItem{In::Environment, "排污许可", limb::kServices, "排污许可证"},
    CatalogueItem{In::Environment, "环境质量状况", limb::kInspections, "空气质量监测、水质监测月报、水环境质量、饮用水水源水质、土壤环境质量、噪声监测"},
    CatalogueItem{In::Environment, "污染源监测", limb::kInspections, "重点排污单位名录、企业自行监测、污染源监督监测"},
    CatalogueItem{In::Environment, "生态环境行政处罚", limb::kPenalties, "环境行政处罚、环保处罚决定、环境违法处罚"},
    CatalogueItem{In::Environment, "突发环境事件", limb::kEmergencies, "环境污染事故、突发环境事件应急预案"},

    CatalogueItem{In::UrbanEnforcement, "城市管理行政处罚", limb::kPenalties, "城管处罚决定、城市管理处罚"},
    CatalogueItem{In::UrbanEnforcement, "违法建设查处", limb::kPenalties, "违法建筑查处、违章建筑认定、违法建设拆除、强制拆除决定、违建拆除"},
    CatalogueItem{In::UrbanEnforcement, "综合执法权责清单", limb::kServices, "城管权责清单、行政执法依据"},

    CatalogueItem{In::LegalServices, "法律援助", limb::kServices, "法律援助条件、法律援助机构、法律援助补贴"},
    CatalogueItem{In::LegalServices, "公证服务", limb::kServices, "公证机构名录、公证收费标准"},
    CatalogueItem{In::LegalServices, "律师和司法鉴定机构", limb::kServices, "司法鉴定机构名录、律师事务所名录"},
    CatalogueItem{In::LegalServices, "人民调解", limb::kServices, "人民调解委员会、调解组织名录"},

    CatalogueItem{In::PovertyRelief, "脱贫和返贫监测对象", limb::kLivelihood, "贫困户名单、脱贫户名单、监测对象识别、贫困人口识别"},
    CatalogueItem{In::PovertyRelief, "衔接资金项目", limb::kLivelihood, "扶贫资金使用情况、扶贫项目资金、乡村振兴衔接资金、巩固脱贫成果衔接资金、扶贫资金"},
    CatalogueItem{In::PovertyRelief, "扶贫项目实施", limb::kLivelihood, "扶贫项目验收、扶贫项目库、扶贫项目计划"},

    CatalogueItem{In::DisasterRelief, "灾情和救灾", limb::kEmergencies, "灾情核定、因灾损失评估、灾情信息"},
    CatalogueItem{In::DisasterRelief, "救灾款物分配", limb::kEmergencies, "救灾资金分配、救灾物资发放、受灾群众救助、自然灾害救助"},
    CatalogueItem{In::DisasterRelief, "自然灾害应急预案", limb::kEmergencies, "防汛应急预案、地质灾害应急预案、地质灾害隐患点"},

    CatalogueItem{In::FoodAndDrugs, "食品安全监督抽检", limb::kInspections, "食品抽检结果、食品安全检查、食堂食品安全检查、不合格食品"},
    CatalogueItem{In::FoodAndDrugs, "食品生产经营许可", limb::kServices, "食品经营许可证、食品生产许可、小作坊登记"},
    CatalogueItem{In::FoodAndDrugs, "药品和医疗器械监管", limb::kInspections, "药品抽检结果、药品经营许可、医疗器械检查"},
    CatalogueItem{In::FoodAndDrugs, "食品药品行政处罚", limb::kPenalties, "食品安全处罚决定、药品处罚决定"},

    CatalogueItem{In::CompulsoryEducation, "招生政策和学区划分", limb::kLivelihood, "招生方案、学区划分方案、招生范围、学位分配办法、招生计划、划片范围"},
    CatalogueItem{In::CompulsoryEducation, "随迁子女入学", limb::kLivelihood, "随迁子女入学条件、转学办理、入学办事指南"},
    CatalogueItem{In::CompulsoryEducation, "学校收费", limb::kCharges, "中小学收费标准、课后服务收费、学校收费项目"},
    CatalogueItem{In::CompulsoryEducation, "学生资助", limb::kLivelihood, "困难学生资助、义务教育补助、营养改善计划、学生资助名单"},
    CatalogueItem{In::CompulsoryEducation, "教师招聘和职称", limb::kLivelihood, "教师公开招聘、教师招聘公告、教师职称评审、教师资格认定"},
    CatalogueItem{In::CompulsoryEducation, "民办学校", limb::kServices, "民办学校办学许可、民办学校年检、校外培训机构名单"},

    CatalogueItem{In::HouseholdRegistration, "户口登记和迁移", limb::kServices, "户口迁移条件、落户政策、户口登记办理、户籍迁移、落户条件"},
    CatalogueItem{In::HouseholdRegistration, "居民身份证和居住证", limb::kServices, "居住证办理、身份证办理"},

    CatalogueItem{In::SocialAssistance, "最低生活保障", limb::kLivelihood, "低保标准、低保对象、低保名单、最低生活保障标准、最低生活保障对象、低保审核确认"},
    CatalogueItem{In::SocialAssistance, "特困人员供养", limb::kLivelihood, "五保供养、特困供养标准、特困人员认定"},
    CatalogueItem{In::SocialAssistance, "临时救助", limb::kLivelihood, "临时救助标准、临时救助对象"},
    CatalogueItem{In::SocialAssistance, "医疗救助", limb::kLivelihood, "医疗救助标准、医疗救助对象"},
    CatalogueItem{In::SocialAssistance, "残疾人补贴", limb::kLivelihood, "残疾人两项补贴、重度残疾人护理补贴、残疾人生活补贴"},
    CatalogueItem{In::SocialAssistance, "孤儿和困境儿童保障", limb::kLivelihood, "孤儿基本生活费、事实无人抚养儿童"},

    CatalogueItem{In::ElderlyCare, "养老机构", limb::kServices, "养老机构备案、养老院名单、养老机构等级评定、养老机构检查"},
    CatalogueItem{In::ElderlyCare, "老年人补贴", limb::kLivelihood, "高龄津贴、老年人福利补贴、养老服务补贴"},
    CatalogueItem{In::ElderlyCare, "养老服务扶持政策", limb::kLivelihood, "养老机构建设补贴、养老机构运营补贴"},

    CatalogueItem{In::SocialInsurance, "社会保险缴费和待遇", limb::kLivelihood, "社保缴费基数、养老金计发、养老保险待遇、社会保险缴费标准、社保基金收支"},
    CatalogueItem{In::SocialInsurance, "工伤认定", limb::kServices, "工伤认定办理、工伤认定流程、劳动能力鉴定"},
    CatalogueItem{In::SocialInsurance, "失业保险", limb::kLivelihood, "失业保险金、稳岗返还、稳岗返还企业名单"},
    CatalogueItem{In::SocialInsurance, "医疗保险", limb::kLivelihood, "医保报销比例、城乡居民医保、医保定点机构、医保基金收支"},

    CatalogueItem{In::Employment, "就业扶持政策", limb::kLivelihood, "就业补贴、创业担保贷款、社会保险补贴、一次性创业补贴"},
    CatalogueItem{In::Employment, "公益性岗位", limb::kLivelihood, "公益性岗位名单、公益岗招聘"},
    CatalogueItem{In::Employment, "职业技能培训", limb::kLivelihood, "技能培训补贴、就业培训机构、职业培训补贴"},
    CatalogueItem{In::Employment, "事业单位公开招聘", limb::kRecruitment, "事业单位招聘、招聘面试成绩、综合成绩、录用公示、公务员录用、招聘公告"},

    CatalogueItem{In::Health, "医疗机构设置和执业登记", limb::kServices, "医疗机构执业登记、医疗机构执业许可、医疗机构等级评审、诊所备案"},
    CatalogueItem{In::Health, "公共卫生监督检查", limb::kInspections, "卫生监督检查、公共场所卫生检查、饮用水卫生监督"},
    CatalogueItem{In::Health, "卫生健康行政处罚", limb::kPenalties, "医疗机构处罚决定、卫生行政处罚"},
    CatalogueItem{In::Health, "传染病和突发公共卫生事件", limb::kEmergencies, "传染病疫情、突发公共卫生事件应急预案"},
    CatalogueItem{In::Health, "医疗服务收费", limb::kCharges, "医疗服务价格、医疗服务项目收费标准、药品价格"},
    CatalogueItem{In::Health, "计划生育和生育支持", limb::kLivelihood, "计划生育奖励扶助、独生子女补助、生育补贴、育儿补贴"},

    CatalogueItem{In::FarmSubsidies, "耕地地力保护补贴", limb::kLocal, "种粮补贴、粮食直补、耕地补贴发放、种粮农民一次性补贴"},
    CatalogueItem{In::FarmSubsidies, "农机购置补贴", limb::kLocal, "农机补贴资金"},
    CatalogueItem{In::FarmSubsidies, "农业项目补助资金", limb::kLocal, "农业生产发展资金、高标准农田建设项目、农业补贴资金、惠农补贴"},
    CatalogueItem{In::FarmSubsidies, "退耕还林和生态补偿", limb::kLocal, "退耕还林补助、生态公益林补偿、生态补偿资金"},
    CatalogueItem{In::FarmSubsidies, "水库移民后期扶持", limb::kLocal, "移民后期扶持资金、水库移民补助、移民人口核定"},
    CatalogueItem{In::FarmSubsidies, "宅基地审批", limb::kLocal, "宅基地使用审核、宅基地审批结果、宅基地确权登记、农村宅基地"},
    CatalogueItem{In::FarmSubsidies, "土地承包经营权", limb::kLocal, "土地承包经营权流转、承包地确权登记、土地承包确权"},

    CatalogueItem{In::Culture, "公共文化设施开放", limb::kServices, "图书馆开放、文化馆免费开放、公共文化场馆"},
    CatalogueItem{In::Culture, "文物和非物质文化遗产", limb::kServices, "文物保护单位名录、非物质文化遗产名录、非遗传承人"},
    CatalogueItem{In::Culture, "文化市场行政处罚", limb::kPenalties, "文化市场执法"},

    CatalogueItem{In::SpatialPlanning, "国土空间总体规划", limb::kPlans, "土地利用总体规划、城市总体规划、国土空间规划、村庄规划"},
    CatalogueItem{In::SpatialPlanning, "控制性详细规划", limb::kPlans, "控规图则、规划条件、地块规划指标、控规调整"},
    CatalogueItem{In::SpatialPlanning, "建设用地规划许可", limb::kServices, "建设用地规划许可证、用地预审、选址意见书"},
    CatalogueItem{In::SpatialPlanning, "建设工程规划许可", limb::kServices, "建设工程规划许可证、总平面图、规划许可批后公示、建设工程规划核实"},
    CatalogueItem{In::SpatialPlanning, "乡村建设规划许可", limb::kServices, "乡村建设规划许可证"},

    CatalogueItem{In::MunicipalServices, "供水供气供热", limb::kLocal, "自来水价格、供水水质、燃气价格、停水停气信息、供水管网"},
    CatalogueItem{In::MunicipalServices, "城市道路和市政设施", limb::kLocal, "道路挖掘许可、市政设施建设、占用城市道路许可、路灯建设、道路改造"},
    CatalogueItem{In::MunicipalServices, "公共停车和公共交通", limb::kLocal, "停车收费标准、停车泊位、公交线路调整、公交票价"},
    CatalogueItem{In::MunicipalServices, "园林绿化", limb::kLocal, "树木砍伐许可、城市绿地、绿化养护"},
    CatalogueItem{In::MunicipalServices, "垃圾和污水处理", limb::kLocal, "生活垃圾处理费、污水处理费、垃圾分类、污水处理厂"},
    CatalogueItem{In::MunicipalServices, "住宅专项维修资金", limb::kServices, "维修资金使用、物业维修基金、维修资金余额"},
    CatalogueItem{In::MunicipalServices, "治安监控和交通管理", limb::kLocal, "电子警察点位、交通技术监控设备、监控抓拍点位、测速点位"},
};
// clang-format on

static_assert(std::ranges::is_sorted(kCatalogue, {}, &CatalogueItem::field), "by field");

}  // namespace

std::span<CatalogueItem const> catalogue() { return kCatalogue; }

}  // namespace workflow
