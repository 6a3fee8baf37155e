#pragma once

#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>

namespace workflow {

// clang-format off

/// What kind of information an agency has published by itself (条例第二十条).
enum class PublicationCategory : std::uint8_t { Policy, Planning, Budget, Project, Service, Answer, Other };
inline constexpr std::array kPublicationCategories{
    Term{PublicationCategory::Policy,   "policy",   "政策文件"},
    Term{PublicationCategory::Planning, "planning", "规划计划"},
    Term{PublicationCategory::Budget,   "budget",   "财政预决算"},
    Term{PublicationCategory::Project,  "project",  "重大项目"},
    Term{PublicationCategory::Service,  "service",  "办事指南"},
    Term{PublicationCategory::Answer,   "answer",   "依申请转主动公开"},
    Term{PublicationCategory::Other,    "other",    "其他"},
};
constexpr auto const& terms(PublicationCategory) { return kPublicationCategories; }
static_assert(is_well_formed<PublicationCategory>());

// clang-format on

}  // namespace workflow
