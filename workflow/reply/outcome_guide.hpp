#pragma once

#include "workflow/words/actions.hpp"
#include "workflow/words/outcomes.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// 七步法: seven questions in the order in which a court would ask them, and the outcome that the answers lead to
/// (补不补—是不是—谁负责—有没有—另有规定—给不给—怎么给). A help for whoever drafts; the procedure does not depend on
/// it.
namespace workflow {

enum class GuideStep : std::uint8_t { Clear, Request, Ours, Exists, Special, Exempt, Separable };

// clang-format off
inline constexpr std::array kGuideSteps{
    Term{GuideStep::Clear,     "clear",     "补不补"},
    Term{GuideStep::Request,   "request",   "是不是"},
    Term{GuideStep::Ours,      "ours",      "谁负责"},
    Term{GuideStep::Exists,    "exists",    "有没有"},
    Term{GuideStep::Special,   "special",   "另有规定吗"},
    Term{GuideStep::Exempt,    "exempt",    "给不给"},
    Term{GuideStep::Separable, "separable", "怎么给"},
};
constexpr auto const& terms(GuideStep) { return kGuideSteps; }

/// One answer to a question. The outcome of a path is the last that was named on it.
struct GuideAnswer {
    std::string_view label;
    std::optional<GuideStep> next;   ///< nullopt: the path ends here
    std::optional<Outcome> outcome;
    std::optional<Action> action = {};  ///< what is to be done instead of a reply
};

namespace guide {
using S = GuideStep;
using O = Outcome;
inline constexpr std::nullopt_t ends = std::nullopt;
inline constexpr std::nullopt_t open = std::nullopt;

inline constexpr std::array kClear{
    GuideAnswer{"明确，能指向特定的信息", S::Request, open},
    GuideAnswer{"不明确，还没有要求过补正", ends, open, Action::ReturnAssignment},
    GuideAnswer{"补正之后仍不明确", ends, O::StillUnclear},
};
inline constexpr std::array kRequest{
    GuideAnswer{"是，要的是行政机关在履职中制作或者获取的信息", S::Ours, open},
    GuideAnswer{"是信访、投诉、举报，没有要求提供文件", ends, O::Petition},
    GuideAnswer{"要的是公报、年鉴、报刊、书籍等公开出版物", ends, O::Publication},
    GuideAnswer{"要求确认或者重新出具已经得到的信息", ends, O::Reissue},
    GuideAnswer{"是咨询，或者不是政府信息", ends, O::Other},
};
inline constexpr std::array kOurs{
    GuideAnswer{"由本机关制作、最初获取或者牵头制作", S::Exists, open},
    GuideAnswer{"由其他机关负责公开", ends, O::NotOurAgency},
};
inline constexpr std::array kExists{
    GuideAnswer{"有，检索到了", S::Special, open},
    GuideAnswer{"业务科室、档案室和办公系统都查过，没有", ends, O::NotHeld},
    GuideAnswer{"没有现成的，需要加工、分析", ends, O::NeedsProcessing},
};
inline constexpr std::array kSpecial{
    GuideAnswer{"没有", S::Exempt, open},
    GuideAnswer{"工商、不动产登记等，法律、行政法规对获取另有规定", ends, O::SpecialLaw},
    GuideAnswer{"档案已经按期移交国家档案馆", ends, O::Transferred},
    GuideAnswer{"同一申请人就同一信息申请过，已经答复", ends, O::Repeated},
    GuideAnswer{"数量、频次明显超过合理范围，说明的理由不合理", ends, O::Abusive},
};
inline constexpr std::array kExempt{
    GuideAnswer{"已经主动公开", ends, O::AlreadyPublic},
    GuideAnswer{"可以公开，没有不予公开的情形", ends, O::Disclosed},
    GuideAnswer{"依法确定为国家秘密", S::Separable, O::RefusedSecret},
    GuideAnswer{"法律、行政法规禁止公开", S::Separable, O::RefusedLaw},
    GuideAnswer{"可能危及国家安全、公共安全、经济安全、社会稳定", S::Separable, O::RefusedSafety},
    GuideAnswer{"涉及商业秘密、个人隐私，会损害第三方合法权益", S::Separable, O::RefusedThirdParty},
    GuideAnswer{"人事管理、后勤管理、内部工作流程等内部事务", S::Separable, O::RefusedInternal},
    GuideAnswer{"讨论记录、过程稿、磋商信函、请示报告等过程性信息", S::Separable, O::RefusedProcess},
    GuideAnswer{"行政执法案卷", S::Separable, O::RefusedEnforcement},
};
inline constexpr std::array kSeparable{
    GuideAnswer{"能够区分，其余部分可以公开", ends, O::Partial},
    GuideAnswer{"不能区分", ends, open},
};
}  // namespace guide

struct GuideQuestion {
    GuideStep step;
    std::string_view question;
    std::string_view article;
    std::span<GuideAnswer const> answers;
};

inline constexpr std::array kOutcomeGuide{
    GuideQuestion{GuideStep::Clear,     "申请的内容明确吗？",                         "条例第三十条",                 guide::kClear},
    GuideQuestion{GuideStep::Request,   "申请的是政府信息吗？",                       "条例第二条、第三十九条",       guide::kRequest},
    GuideQuestion{GuideStep::Ours,      "由本机关负责公开吗？",                       "条例第十条",                   guide::kOurs},
    GuideQuestion{GuideStep::Exists,    "有这份信息吗？",                             "条例第三十六条第四项、第三十八条", guide::kExists},
    GuideQuestion{GuideStep::Special,   "有没有应当另行处理的情形？",                 "条例第三十五条、第三十六条",   guide::kSpecial},
    GuideQuestion{GuideStep::Exempt,    "能不能公开？",                               "条例第十四条、第十五条、第十六条", guide::kExempt},
    GuideQuestion{GuideStep::Separable, "不应当公开的内容，能与可以公开的内容分开吗？", "条例第三十七条",               guide::kSeparable},
};
// clang-format on
constexpr GuideQuestion const& question_of(GuideStep step) { return kOutcomeGuide[static_cast<std::size_t>(step)]; }

/// Questions in the order of their steps, each leading on to a later one, so that every path ends; and where one ends,
/// it ends with an outcome that an officer may choose, with something else to do, or with what was named before.
constexpr bool guide_is_sound() {
    for (std::size_t i = 0; i < kOutcomeGuide.size(); ++i) {
        if (static_cast<std::size_t>(kOutcomeGuide[i].step) != i || kOutcomeGuide[i].answers.empty()) return false;
        for (GuideAnswer const& answer : kOutcomeGuide[i].answers) {
            if (answer.next && *answer.next <= kOutcomeGuide[i].step) return false;
            if (answer.outcome && !rule_of(*answer.outcome).drafted) return false;
        }
    }
    return kOutcomeGuide.size() == kGuideSteps.size();
}
static_assert(is_well_formed<GuideStep>());
static_assert(guide_is_sound(), "a question out of order, one that leads back, or an outcome nobody may choose");

}  // namespace workflow
