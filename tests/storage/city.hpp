#pragma once

#include "storage/cases/case_store.hpp"
#include "tests/storage/each_database.hpp"
#include "workflow/procedure/decide.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// A store with a small city in it: three agencies one below the other, two departments each, and an account for every
/// case role in each. Accounts are called "<agency>-<role>", "430500-01-department-head" and so on; who belongs to a
/// department belongs to "<agency>-d1".
class City : public EachDatabase {
protected:
    using Connection = storage::Connection;
    static constexpr std::string_view kTop = "430500-01";
    static constexpr std::string_view kMiddle = "430521-01";
    static constexpr std::string_view kLow = "430521-02";

    template <typename Work>
    auto write(Work work) {
        return store_->writes().run(std::move(work));
    }

    void SetUp() override {
        auto made = write([&](Connection& connection) -> workflow::Result<int> {
            std::optional<workflow::Code> above;
            for (std::string_view const code : {kTop, kMiddle, kLow}) {
                if (auto put = put_agency(connection, code, above); !put) return put.error();
                above = workflow::Code{std::string(code)};
            }
            return 0;
        });
        ASSERT_TRUE(made) << made.error().detail;
        reader_ = store_->connect();
    }

    // ---- time and people ----

    static workflow::Date day(std::string_view text) { return workflow::parse_date(text).value(); }
    static workflow::Instant morning(std::string_view text) {
        return workflow::start_of(day(text)) + std::chrono::hours{9};
    }
    inline static storage::Author const kAdmin{"system_admin", "root"};

    static workflow::Actor applicant(std::string own_case = {}) {
        return {
            .id = {},
            .roles = {workflow::Role::Applicant},
            .agency = {},
            .department = {},
            .own_case = {std::move(own_case)}};
    }
    workflow::Actor account(std::string const& id) const {
        storage::Staff const& staff = *directory()->staff({id});
        return {
            .id = staff.id,
            .roles = staff.roles,
            .agency = staff.agency,
            .department = staff.department,
            .own_case = {}};
    }
    workflow::Actor top(std::string const& role) const { return account(std::string(kTop) + '-' + role); }
    std::shared_ptr<storage::Directory const> directory() const { return store_->directory().current(); }

    // ---- requests ----

    /// As a registrar records it for an applicant who has called.
    static workflow::Withdrawal oral_withdrawal(std::string reason, std::string_view on) {
        return {
            .reason = std::move(reason),
            .means = workflow::WithdrawalMeans::Oral,
            .withdrawn_on = workflow::parse_date(on),
            .recording = "录音0427"};
    }

    static workflow::Application form(std::string_view agency = kTop) {
        workflow::Application form;
        form.agency = {std::string(agency)};
        form.applicant.kind = workflow::ApplicantKind::NaturalPerson;
        form.applicant.name = "欧阳春晓";
        form.applicant.id_type = workflow::IdType::ResidentId;
        form.applicant.id_number = "11010519491231002X";
        form.applicant.phone = "13873901234";
        form.applicant.email = "chunxiao@example.cn";
        form.applicant.address = "湖南省邵阳市双清区宝庆东路100号";
        form.applicant.postcode = "422000";
        form.items = {{"资江二桥征地补偿方案", "邵政发〔2025〕3号", "2025年资江二桥项目的征地补偿安置方案及附图"}};
        form.provide_as = workflow::ProvideAs::Paper;
        form.obtain_by = workflow::ObtainBy::Post;
        return form;
    }

    workflow::Result<storage::NewCase> submit(workflow::Application application, std::string_view on) {
        workflow::Command const command{
            workflow::Action::Submit, workflow::Submission{.application = std::move(application), .received_on = {}}};
        return write([&](Connection& c) { return store_->cases().create(c, command, applicant(), morning(on)); });
    }
    /// A submitted case; returns its id.
    std::string submitted(std::string_view on, workflow::Application application = form()) {
        auto made = submit(std::move(application), on);
        EXPECT_TRUE(made) << made.error().detail;
        return made->stored.id;
    }

    workflow::Result<storage::StoredCase> act(
        std::string const& id,
        workflow::Action action,
        workflow::Payload payload,
        workflow::Actor const& by,
        std::string_view on,
        std::optional<std::int64_t> expected = {}
    ) {
        workflow::Command const command{action, std::move(payload)};
        return write([&](Connection& c) { return store_->cases().act(c, id, expected, command, by, morning(on)); });
    }
    /// Does it, or the test fails.
    void must(
        std::string const& id,
        workflow::Action action,
        workflow::Payload payload,
        workflow::Actor const& by,
        std::string_view on
    ) {
        auto const done = act(id, action, std::move(payload), by, on);
        EXPECT_TRUE(done) << workflow::code(action) << ": " << done.error().detail;
    }

    /// The letter that has just been decided is handed over to the applicant: from here it counts.
    void hand_over(std::string const& id, std::string_view on) {
        workflow::NoticeDispatch dispatch;
        dispatch.letter = workflow::unsent_notices(facts(id)).front()->kind;
        dispatch.method = workflow::ObtainBy::PickUp;
        dispatch.dispatched_on = day(on);
        dispatch.recipient = "张三";
        must(id, workflow::Action::DispatchLetter, dispatch, top("registrar"), on);
    }

    /// Received, accepted and given to the handler of the top agency.
    std::string handled(std::string_view on) {
        std::string const id = submitted(on);
        must(id, workflow::Action::ConfirmReceipt, workflow::Remark{}, top("registrar"), on);
        must(
            id, workflow::Action::Accept, workflow::Acceptance{{std::string(kTop) + "-d1"}, {}, {}}, top("reviewer"), on
        );
        must(id, workflow::Action::Claim, workflow::Nothing{}, top("handler"), on);
        return id;
    }

    /// From the handler's desk to the applicant.
    void reply(std::string const& id, std::string_view on) {
        workflow::ItemReply item;
        item.outcome = workflow::Outcome::Disclosed;
        item.reference = "方案全文一份，共12页";
        workflow::ReplyDraft const draft{workflow::Outcome::Disclosed, {item}, "现向您公开所申请的信息。"};
        must(id, workflow::Action::DraftReply, draft, top("handler"), on);
        must(id, workflow::Action::SubmitReply, workflow::ReplySubmission{}, top("handler"), on);
        for (std::string const who : {"department-head", "secrecy-reviewer", "legal-reviewer", "office-head"}) {
            must(id, workflow::Action::ApproveReply, workflow::ReplyApproval{}, top(who), on);
        }
        workflow::Dispatch const dispatch{workflow::ObtainBy::Post, day(on), workflow::Code{"1164300000123"}, {}};
        must(id, workflow::Action::DispatchReply, dispatch, top("registrar"), on);
    }

    void consult(std::string const& id, std::string_view on) {
        workflow::ConsultationLetter letter;
        letter.kind = workflow::ConsultationKind::ThirdParty;
        letter.addressee = "湖南某某建设有限公司";
        letter.question = "贵公司是否同意公开补偿协议";
        letter.content = "补偿协议的价款部分";
        letter.served_on = day(on);
        must(id, workflow::Action::Consult, letter, top("handler"), on);
    }

    workflow::Case facts(std::string const& id) { return store_->cases().find(*reader_, id).value().facts; }

    std::int64_t run_due(std::string_view on) {
        return *write([&](Connection& c) -> workflow::Result<std::int64_t> {
            return store_->cases().run_due(c, morning(on), 100);
        });
    }

    std::vector<std::string> refold() {
        return store_->cases().refold(*reader_, [](std::int64_t, std::int64_t) {});
    }

    std::int64_t number(storage::Sql sql) {
        auto rows = reader_->query(sql);
        EXPECT_TRUE(rows.next());
        return rows.int64(0);
    }

    /// As the next start of the program finds it.
    void reopen() {
        reader_.reset();
        store_.reset();
        store_ = *storage::Store::open(*storage::DataFolder::open(folder_ / "data"), {}, GetParam().make);
        reader_ = store_->connect();
    }

    std::unique_ptr<storage::Store> store_ = *storage::Store::create(folder_ / "data", {}, GetParam().make);
    std::unique_ptr<storage::Connection> reader_;

private:
    workflow::Result<void> put_agency(
        Connection& connection, std::string_view code, std::optional<workflow::Code> const& above
    ) {
        workflow::Instant const when = morning("2024-01-02");
        storage::Agency agency;
        agency.code = {std::string(code)};
        agency.parent = above;
        agency.name = "某机关" + agency.code.value;
        agency.word = "邵" + agency.code.value;
        agency.review_body = "邵阳市人民政府";
        agency.court = "邵阳市大祥区人民法院";
        if (auto put = store_->directory().put(connection, agency, kAdmin, when); !put) return put;
        for (std::string const end : {"-d1", "-d2"}) {
            storage::Department const department{{agency.code.value + end}, agency.code, "某科" + end};
            if (auto put = store_->directory().put(connection, department, kAdmin, when); !put) return put;
        }
        for (auto const& role : workflow::kRoles) {
            workflow::Scope const scope = workflow::scope_of(role.value);
            if (scope == workflow::Scope::Nothing || scope == workflow::Scope::OwnCase ||
                scope == workflow::Scope::Everything)
                continue;
            storage::Staff staff;
            staff.username = agency.code.value + '-' + std::string(role.code);
            std::ranges::replace(staff.username, '_', '-');
            staff.id = {staff.username};
            staff.name = "钱学斌";
            staff.roles = {role.value};
            staff.agency = agency.code;
            if (scope == workflow::Scope::OwnDepartment) staff.department = {agency.code.value + "-d1"};
            if (auto put = store_->directory().put(connection, staff, kAdmin, when); !put) return put;
        }
        return {};
    }
};
