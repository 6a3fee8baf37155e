#pragma once

#include "workflow/people/identity.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/result.hpp"
#include "workflow/words/vocabulary.hpp"

#include <optional>
#include <string>
#include <vector>

namespace workflow {

/// Who asks (条例第二十九条第一项). A natural person gives an identity document, an organisation its 统一社会信用代码.
struct Applicant {
    ApplicantKind kind{};
    std::string name;
    std::optional<IdType> id_type;
    std::optional<std::string> id_number;
    std::optional<std::string> employer;
    std::optional<std::string> uscc;
    std::optional<std::string> legal_representative;
    std::optional<std::string> contact_name;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::optional<std::string> address;
    std::optional<std::string> postcode;
    bool operator==(Applicant const&) const = default;
};

/// Who acts for the applicant, with a written authorisation.
struct Agent {
    std::string name;
    std::optional<std::string> id_number;
    std::optional<std::string> phone;
    bool operator==(Agent const&) const = default;
};

/// One piece of information asked for (条例第二十九条第二项). Each gets its own outcome.
struct RequestedItem {
    std::string title;
    std::optional<std::string> document_number;
    std::string description;
    bool operator==(RequestedItem const&) const = default;
};

/// 申请表 (条例第二十九条). Why somebody asks is not asked: the 条例 of 2019 no longer demands 自身生产、生活、科研
/// needs.
struct Application {
    Code agency;
    Applicant applicant;
    std::optional<Agent> agent;
    std::vector<RequestedItem> items;
    ProvideAs provide_as{};
    ObtainBy obtain_by{};
    bool accept_other_form = false;
    bool needs_assistance = false;
    std::optional<std::string> assistance_note;
    bool operator==(Application const&) const = default;
};

/// Where the form is handed in decides about a number that fails its check: online it is refused; at the counter staff
/// may accept it and say why.
enum class Intake : std::uint8_t { Online, Counter };

/// What a form of the right shape still lacks in law (条例第二十九条): identity, one working contact, what the chosen
/// way of obtaining needs. A paper form without identity or contact is registered all the same, and corrected
/// (第三十条). Pointers are relative to the application.
std::vector<FieldError> check_application(Application const& application, Intake intake, bool id_excused, Date today);

/// What a text gives away of whoever asks: 姓名或名称, 证件号码, 联系方式, or the description in the applicant's own
/// words (条例第三十二条: a third party is told what is at stake, not who asks). Empty where it gives away nothing.
std::string_view revealed_by(std::string_view text, Application const& application);

constexpr auto fields(std::type_identity<Applicant>) {
    using T = Applicant;
    return std::tuple{
        field("kind", &T::kind, "申请人类型"),
        field("name", &T::name, "姓名或名称", {1, kShortText}),
        field("id_type", &T::id_type, "证件名称"),
        field("id_number", &T::id_number, "证件号码", {1, 40}),
        field("employer", &T::employer, "工作单位", {1, kShortText}),
        field("uscc", &T::uscc, "统一社会信用代码", {1, 40}),
        field("legal_representative", &T::legal_representative, "法定代表人", {1, kShortText}),
        field("contact_name", &T::contact_name, "联系人", {1, kShortText}),
        field("phone", &T::phone, "联系电话", {1, 40}),
        field("email", &T::email, "电子邮箱", {1, kShortText}),
        field("address", &T::address, "通信地址", {1, kShortText}),
        field("postcode", &T::postcode, "邮政编码", {1, 10}),
    };
}

constexpr auto fields(std::type_identity<Agent>) {
    using T = Agent;
    return std::tuple{
        field("name", &T::name, "代理人姓名", {1, kShortText}),
        field("id_number", &T::id_number, "代理人证件号码", {1, 40}),
        field("phone", &T::phone, "代理人电话", {1, 40}),
    };
}

constexpr auto fields(std::type_identity<RequestedItem>) {
    using T = RequestedItem;
    return std::tuple{
        field("title", &T::title, "所需信息名称", {1, kShortText}),
        field("document_number", &T::document_number, "文号", {1, kShortText}),
        field("description", &T::description, "所需信息描述", {1, kLongText}),
    };
}

constexpr auto fields(std::type_identity<Application>) {
    using T = Application;
    return std::tuple{
        field("agency", &T::agency, "受理机关", {1, 40}),
        field("applicant", &T::applicant, "申请人"),
        field("agent", &T::agent, "代理人"),
        field("items", &T::items, "所需信息", {1, 20}),
        field("provide_as", &T::provide_as, "提供方式"),
        field("obtain_by", &T::obtain_by, "获取方式"),
        field("accept_other_form", &T::accept_other_form, "可接受其他方式"),
        field("needs_assistance", &T::needs_assistance, "需要协助"),
        field("assistance_note", &T::assistance_note, "协助说明", {1, kLongText}),
    };
}

}  // namespace workflow
