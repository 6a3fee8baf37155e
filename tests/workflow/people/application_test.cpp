#include "workflow/people/application.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

using Lines = std::vector<std::string>;

Lines faults(Application const& application, Intake intake = Intake::Online, bool id_excused = false) {
    Lines lines;
    for (auto const& error : check_application(application, intake, id_excused, day("2026-03-02"))) {
        lines.push_back(error.pointer + " " + error.code);
    }
    return lines;
}

Application organisation() {
    Application form = Office::application();
    form.applicant.kind = ApplicantKind::Business;
    form.applicant.id_type.reset();
    form.applicant.id_number.reset();
    form.applicant.uscc = "91430502MA4L000115";
    form.applicant.contact_name = "李四";
    return form;
}

TEST(Application, OfAPersonOrAnOrganisationIsComplete) {
    EXPECT_EQ(faults(Office::application()), Lines{});
    EXPECT_EQ(faults(organisation()), Lines{});
}

TEST(Application, APersonShowsADocument) {
    Application form = Office::application();
    form.applicant.id_type.reset();
    form.applicant.id_number.reset();
    EXPECT_EQ(faults(form), (Lines{"/applicant/id_type required", "/applicant/id_number required"}));
}

TEST(Application, AnOrganisationShowsItsCodeAndAContact) {
    Application form = organisation();
    form.applicant.uscc.reset();
    form.applicant.contact_name.reset();
    EXPECT_EQ(faults(form), (Lines{"/applicant/uscc required", "/applicant/contact_name required"}));
}

/// 条例第三十条: it is registered, and the applicant is asked to add what is missing.
TEST(Application, OnPaperIdentityAndContactMayBeMissing) {
    Application form = Office::application();
    form.obtain_by = ObtainBy::PickUp;
    form.applicant.id_type.reset();
    form.applicant.id_number.reset();
    form.applicant.phone.reset();
    form.applicant.address.reset();
    EXPECT_EQ(faults(form, Intake::Counter), Lines{});
    EXPECT_EQ(faults(form).size(), 3U);
    form.applicant.id_number = "430502199003070014";
    EXPECT_EQ(faults(form, Intake::Counter), Lines{"/applicant/id_type required"});
    Application firm = organisation();
    firm.applicant.uscc.reset();
    EXPECT_EQ(faults(firm, Intake::Counter), Lines{});
}

TEST(Application, AWrongCheckDigitIsRefusedOnlineAndExcusableAtTheCounter) {
    Application person = Office::application();
    person.applicant.id_number = "430502199003070015";
    Application firm = organisation();
    firm.applicant.uscc = "91430502MA4L000116";
    for (Application const& form : {person, firm}) {
        EXPECT_EQ(faults(form).size(), 1U);
        EXPECT_EQ(faults(form, Intake::Counter).size(), 1U);
        EXPECT_EQ(faults(form, Intake::Counter, true), Lines{});
    }
}

TEST(Application, TheOldOrganisationCodeIsForPaperOnly) {
    Application form = organisation();
    form.applicant.uscc = "MA4L00011";
    bool const right = !check_organisation_code("MA4L00011");
    EXPECT_EQ(faults(form, Intake::Counter).empty(), right);
    EXPECT_EQ(faults(form).size(), 1U);
}

TEST(Application, OneContactIsEnoughButItMustWork) {
    Application form = Office::application();
    form.obtain_by = ObtainBy::PickUp;
    form.applicant.phone.reset();
    form.applicant.address.reset();
    EXPECT_EQ(faults(form), Lines{"/applicant/phone required"});
    form.applicant.email = "zhangsan@example";
    EXPECT_EQ(faults(form), Lines{"/applicant/email wrong_shape"});
    form.applicant.email = "zhangsan@example.cn";
    EXPECT_EQ(faults(form), Lines{});
    form.applicant.phone = "12345";
    EXPECT_EQ(faults(form), Lines{"/applicant/phone wrong_shape"});
}

TEST(Application, TheWayOfObtainingNeedsAnAddressOfItsKind) {
    Application form = Office::application();
    form.applicant.address.reset();
    EXPECT_EQ(faults(form), Lines{"/applicant/address required"});
    form.obtain_by = ObtainBy::Email;
    EXPECT_EQ(faults(form), Lines{"/applicant/email required"});
    form.obtain_by = ObtainBy::ReadOnSite;
    EXPECT_EQ(faults(form), Lines{});
}

}  // namespace
}  // namespace workflow
