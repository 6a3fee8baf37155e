#include "workflow/people/application.hpp"

#include <array>

#include "workflow/people/contacts.hpp"
#include "workflow/words/text.hpp"

namespace workflow {

namespace {

bool given(std::optional<std::string> const& text) { return text && !text->empty(); }

/// What each way of obtaining the reply needs to reach the applicant.
struct Reach {
    ObtainBy obtain_by;
    std::optional<std::string> Applicant::*contact;
    std::string_view name;
};
constexpr std::array kReach{
    Reach{ObtainBy::Post, &Applicant::address, "address"},
    Reach{ObtainBy::Email, &Applicant::email, "email"},
    Reach{ObtainBy::Fax, &Applicant::phone, "phone"},
};

/// Characters from which on a text is somebody's own wording, and not a name that anybody would use.
constexpr std::int64_t kShortestWording = 10;

}  // namespace

std::string_view revealed_by(std::string_view text, Application const& application) {
    auto const tells = [&](std::optional<std::string> const& part) {
        return given(part) && text.find(*part) != std::string_view::npos;
    };
    Applicant const& who = application.applicant;
    if (tells(who.name) || tells(who.contact_name) || (application.agent && tells(application.agent->name)))
        return "申请人的姓名或者名称";
    if (tells(who.id_number) || tells(who.uscc)) return "申请人的证件号码";
    if (tells(who.phone) || tells(who.email) || tells(who.address)) return "申请人的联系方式";
    for (RequestedItem const& item : application.items) {
        if (characters(item.description) >= kShortestWording && tells(item.description)) return "申请人的原话";
    }
    return {};
}

std::vector<FieldError> check_application(Application const& application, Intake intake, bool id_excused, Date today) {
    std::vector<FieldError> errors;
    auto const complain = [&](std::string_view member, std::string code, std::string detail) {
        errors.push_back({"/applicant/" + std::string(member), std::move(code), std::move(detail)});
    };
    Applicant const& who = application.applicant;
    bool const strict = intake == Intake::Online || !id_excused;
    bool const whole = intake == Intake::Online;

    if (who.kind == ApplicantKind::NaturalPerson) {
        if (!who.id_type && (whole || given(who.id_number))) complain("id_type", "required", "请选择证件名称。");
        if (!given(who.id_number) && whole) complain("id_number", "required", "请填写证件号码。");
        if (who.id_type && given(who.id_number) && strict) {
            auto const number = normalise_number(*who.id_number);
            if (auto const fault = check_document(*who.id_type, number, today)) {
                complain("id_number", std::string(code(*fault)), std::string(label(*fault)));
            }
        }
    } else {
        if (!given(who.uscc) && whole) complain("uscc", "required", "请填写统一社会信用代码。");
        if (!given(who.contact_name)) complain("contact_name", "required", "请填写联系人。");
        if (given(who.uscc) && strict) {
            auto const number = normalise_number(*who.uscc);
            bool const old_code = intake == Intake::Counter && !check_organisation_code(number);
            if (auto const fault = check_uscc(number); fault && !old_code) {
                complain("uscc", std::string(code(*fault)), std::string(label(*fault)));
            }
        }
    }

    if (whole && !given(who.phone) && !given(who.email) && !given(who.address)) {
        complain("phone", "required", "请至少填写一种联系方式：电话、电子邮箱或通信地址。");
    }
    if (given(who.email) && !is_mail_address(*who.email)) {
        complain("email", "wrong_shape", std::string(kNoMailAddress));
    }
    if (given(who.phone) && !is_phone_number(*who.phone)) {
        complain("phone", "wrong_shape", std::string(kNoPhoneNumber));
    }
    if (application.agent && given(application.agent->phone) && !is_phone_number(*application.agent->phone)) {
        errors.push_back({"/agent/phone", "wrong_shape", std::string(kNoPhoneNumber)});
    }
    for (Reach const& reach : kReach) {
        if (application.obtain_by == reach.obtain_by && !given(who.*reach.contact)) {
            complain(
                reach.name,
                "required",
                "选择“" + std::string(label(application.obtain_by)) + "”方式获取，需要填写这一项。"
            );
        }
    }
    return errors;
}

}  // namespace workflow
