#pragma once

#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

/// What agencies must publish by themselves, as far as people ask for it: the 26 fields of the 基层政务公开标准目录.
namespace workflow {

// clang-format off

/// The 试点领域 whose 标准指引 every county and town carries out (国办发〔2019〕54号), in their order.
enum class CatalogueField : std::uint8_t {
    MajorProjects, PublicTrade, Budgets, WorkSafety, Taxation, LandCompensation, HouseExpropriation, Housing,
    RuralHousing, Environment, UrbanEnforcement, LegalServices, PovertyRelief, DisasterRelief, FoodAndDrugs,
    CompulsoryEducation, HouseholdRegistration, SocialAssistance, ElderlyCare, SocialInsurance, Employment, Health,
    FarmSubsidies, Culture, SpatialPlanning, MunicipalServices,
};
inline constexpr std::array kCatalogueFields{
    Term{CatalogueField::MajorProjects,         "major_projects",         "重大建设项目"},
    Term{CatalogueField::PublicTrade,           "public_trade",           "公共资源交易"},
    Term{CatalogueField::Budgets,               "budgets",                "财政预决算"},
    Term{CatalogueField::WorkSafety,            "work_safety",            "安全生产"},
    Term{CatalogueField::Taxation,              "taxation",               "税收管理"},
    Term{CatalogueField::LandCompensation,      "land_compensation",      "征地补偿"},
    Term{CatalogueField::HouseExpropriation,    "house_expropriation",    "国有土地上房屋征收"},
    Term{CatalogueField::Housing,               "housing",                "保障性住房"},
    Term{CatalogueField::RuralHousing,          "rural_housing",          "农村危房改造"},
    Term{CatalogueField::Environment,           "environment",            "生态环境"},
    Term{CatalogueField::UrbanEnforcement,      "urban_enforcement",      "城市综合执法"},
    Term{CatalogueField::LegalServices,         "legal_services",         "公共法律服务"},
    Term{CatalogueField::PovertyRelief,         "poverty_relief",         "扶贫"},
    Term{CatalogueField::DisasterRelief,        "disaster_relief",        "救灾"},
    Term{CatalogueField::FoodAndDrugs,          "food_and_drugs",         "食品药品监管"},
    Term{CatalogueField::CompulsoryEducation,   "compulsory_education",   "义务教育"},
    Term{CatalogueField::HouseholdRegistration, "household_registration", "户籍管理"},
    Term{CatalogueField::SocialAssistance,      "social_assistance",      "社会救助"},
    Term{CatalogueField::ElderlyCare,           "elderly_care",           "养老服务"},
    Term{CatalogueField::SocialInsurance,       "social_insurance",       "社会保险"},
    Term{CatalogueField::Employment,            "employment",             "就业"},
    Term{CatalogueField::Health,                "health",                 "医疗卫生"},
    Term{CatalogueField::FarmSubsidies,         "farm_subsidies",         "涉农补贴"},
    Term{CatalogueField::Culture,               "culture",                "公共文化服务"},
    Term{CatalogueField::SpatialPlanning,       "spatial_planning",       "国土空间规划"},
    Term{CatalogueField::MunicipalServices,     "municipal_services",     "市政服务"},
};
constexpr auto const& terms(CatalogueField) { return kCatalogueFields; }
static_assert(is_well_formed<CatalogueField>());
static_assert(kCatalogueFields.size() == 26);

// clang-format on

/// A 公开事项. The catalogues themselves are the ministries' and name more; these are the matters that requests are
/// about, in our words.
struct CatalogueItem {
    CatalogueField field;
    std::string_view name;
    std::string_view article;    ///< of the 条例, by which it is published without being asked for
    std::string_view also = {};  ///< what people call it, separated by 、
};

/// All of them, by field.
std::span<CatalogueItem const> catalogue();

}  // namespace workflow
