#include "server/api/applicants/contact_check.hpp"

#include <algorithm>
#include <utility>

#include "server/api/applicants/operations.hpp"
#include "server/api/applicants/tracking.hpp"
#include "server/api/kit/sign_in.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/shapes/input.hpp"
#include "server/delivery/deliveries.hpp"
#include "server/delivery/mail.hpp"
#include "server/delivery/sms.hpp"
#include "server/http/peer.hpp"
#include "workflow/people/contacts.hpp"
#include "workflow/people/identity.hpp"

namespace server::api {

/// The request for a code.
struct CodeRequest {
    workflow::Code number;
    CodeWay way{};
};

constexpr auto fields(std::type_identity<CodeRequest>) {
    using T = CodeRequest;
    return std::tuple{
        workflow::field("number", &T::number, "受理编号", {1, 60}), workflow::field("way", &T::way, "发到哪里")};
}

/// The code as the applicant enters it.
struct CodeEntry {
    workflow::Code number;
    std::string code;
};

constexpr auto fields(std::type_identity<CodeEntry>) {
    using T = CodeEntry;
    return std::tuple{
        workflow::field("number", &T::number, "受理编号", {1, 60}),
        workflow::field("code", &T::code, "核验码", {6, 6})};
}

namespace {

using http::Problem;
using http::status;
using storage::Connection;
using storage::ContactChecks;
using workflow::Result;

std::optional<std::string> const& address_of(CodeWay way, workflow::Applicant const& applicant) {
    return way == CodeWay::Email ? applicant.email : applicant.phone;
}

workflow::Refusal nothing_to_check() {
    return {workflow::RefusalKind::IllegalStep, "contact_checked", "这件申请的联系方式不用核验，或者已经核验。"};
}

/// A limit on the codes sent in a day.
struct CodeBound {
    std::string_view what;
    std::string whose;
    std::int64_t most;
    std::string_view words;
};

/// Counts a code against every limit. If one is exceeded the code is refused, and none of them has counted it.
std::optional<workflow::Refusal> count_code(
    Services& services, Connection& connection, Call const& call, std::string const& case_id, std::string const& address
) {
    auto const& config = services.config;
    std::array const bounds{
        CodeBound{"codes of a case", case_id, config.codes_per_case, "这件申请今天发送核验码的次数已满。"},
        CodeBound{
            "codes to an address", address, config.codes_per_contact, "这个邮箱或者手机号码今天收到的核验码已满。"},
        CodeBound{
            "codes for a network",
            http::client_network(call.request.peer).to_string(),
            config.codes_per_address,
            "您所在的网络今天要求发送核验码的次数已满。"},
        CodeBound{"codes", "", config.codes_per_day, "今天发送的核验码已满。"}};
    for (auto const& bound : bounds) {
        auto const today = services.store.daily_counts().add(connection, bound.what, bound.whose, call.today());
        if (today <= bound.most) continue;
        auto detail = std::string(bound.words) + "请明天再试，或者等工作人员核对；申请的办理期限不受影响。";
        return workflow::Refusal{workflow::RefusalKind::IllegalStep, "too_many_codes", std::move(detail)};
    }
    return std::nullopt;
}

/// Creates one code and the message that carries it. Writer thread.
struct SendCodeJob {
    Services& services;
    Call const& call;
    storage::StoredCase const& stored;
    CodeWay way;

    Result<bool> operator()(Connection& connection) const {
        auto& checks = services.store.contact_checks();
        if (!checks.is_open(connection, stored.id)) return nothing_to_check();
        auto const& application = stored.facts.application;
        auto const& address = address_of(way, application.applicant);
        if (auto refusal = count_code(services, connection, call, stored.id, *address)) return *std::move(refusal);
        checks.issue_code(connection, stored.id, call.now);
        storage::Outbox::NewMessage message;
        message.kind = way == CodeWay::Email ? storage::MessageKind::Email : storage::MessageKind::Sms;
        message.case_id = stored.id;
        message.agency = application.agency;
        message.topic = workflow::code(workflow::Notification::ContactCode);
        message.recipient = delivery::kApplicant;
        services.store.outbox().add(connection, message, call.now);
        return true;
    }
};

Problem conflict(std::string code, std::string detail) {
    return Problem{.status = status::conflict, .code = std::move(code), .detail = std::move(detail)};
}

/// The time until the daily limits start again.
std::chrono::seconds until_tomorrow(Call const& call) {
    auto const midnight = workflow::start_of(workflow::add_days(call.today(), 1));
    return std::chrono::ceil<std::chrono::seconds>(midnight - call.now);
}

// ---- the calls -----------------------------------------------------------------------------------------------------

/// The applicant's own case of that number.
boost::system::result<VisibleCase, Problem> find_meant_case(
    Services& services, Call& call, workflow::Code const& number
) {
    auto const own = find_meant_case(call, number.value);
    if (!own) return own.error();
    return visible_case(services, services.reader, call, own->case_id);
}

net::awaitable<Answer> request_code(Services& services, Call& call) {
    auto const request = read_body<CodeRequest>(call.request.body);
    if (!request) co_return request.error();
    auto const found = find_meant_case(services, call, request->number);
    if (!found) co_return found.error();
    auto problem = co_await send_code(services, call, found->stored, request->way);
    if (problem) co_return *std::move(problem);
    co_return no_content();
}

net::awaitable<Answer> enter_code(Services& services, Call& call) {
    auto const entry = read_body<CodeEntry>(call.request.body);
    if (!entry) co_return entry.error();
    auto const found = find_meant_case(services, call, entry->number);
    if (!found) co_return found.error();
    auto problem = co_await take_code(services, call, found->stored.id, entry->code);
    if (problem) co_return *std::move(problem);
    co_return no_content();
}

}  // namespace

std::vector<OpenWay> open_ways(Config const& config, workflow::Applicant const& applicant) {
    auto const channels = delivery::channels_of(config);
    std::vector<OpenWay> ways;
    if (channels.mail && applicant.email && workflow::is_mail_address(*applicant.email)) {
        ways.push_back({CodeWay::Email, workflow::mask_email(*applicant.email)});
    }
    if (channels.sms && applicant.phone && delivery::is_mobile(*applicant.phone)) {
        ways.push_back({CodeWay::Sms, workflow::mask_phone(*applicant.phone)});
    }
    return ways;
}

std::optional<Problem> refuses_files(
    Services& services, Connection& connection, Call const& call, VisibleCase const& found
) {
    auto allowed = workflow::permitted(found.stored.facts, workflow::Action::Attach, found.context(call));
    if (!allowed) return http::problem_of(allowed.error());
    bool const unchecked =
        call.account == nullptr && services.store.contact_checks().is_open(connection, found.stored.id);
    if (!unchecked) return std::nullopt;
    return conflict(
        "contact_unchecked",
        "这件申请的联系方式还没有核验，核验以后才能上传材料。请在进度页面核验，或者等工作人员核对；申请的提交日期和办理"
        "期限不受影响。"
    );
}

net::awaitable<std::optional<Problem>> send_code(
    Services& services, Call const& call, storage::StoredCase const& stored, CodeWay way
) {
    auto const ways = open_ways(services.config, stored.facts.application.applicant);
    if (std::ranges::find(ways, way, &OpenWay::way) == ways.end()) {
        co_return conflict("no_such_way", "不能这样发送核验码，请等工作人员核对联系方式。");
    }
    std::function<Result<bool>(Connection&)> work = SendCodeJob{services, call, stored, way};
    auto const sent = co_await commit_write<bool>(services, std::move(work));
    if (sent) co_return std::nullopt;
    if (sent.error().code != "too_many_codes") co_return http::problem_of(sent.error());
    co_return too_many_tries(sent.error().code, sent.error().detail, until_tomorrow(call));
}

net::awaitable<std::optional<Problem>> take_code(
    Services& services, Call const& call, std::string const& case_id, std::string const& digits
) {
    using Entry = ContactChecks::Entry;
    std::function<Result<Entry>(Connection&)> work = [&](Connection& connection) -> Result<Entry> {
        auto& checks = services.store.contact_checks();
        if (!checks.is_open(connection, case_id)) return nothing_to_check();
        return checks.enter_code(connection, case_id, digits, code_limits(services.config), call.now);
    };
    auto const entry = co_await commit_write<Entry>(services, std::move(work));
    if (!entry) co_return http::problem_of(entry.error());
    switch (*entry) {
        case Entry::Right:
            break;
        case Entry::Wrong: {
            std::vector<workflow::FieldError> errors;
            errors.push_back({"/code", "wrong_code", "核验码不对，请核对后再填。"});
            co_return invalid_input(std::move(errors));
        }
        case Entry::Over:
            co_return conflict("code_over", "核验码已经过期、填错次数太多，或者还没有发送，请重新发送。");
    }
    co_return std::nullopt;
}

storage::CodeLimits code_limits(Config const& config) { return {config.code_life, config.code_tries}; }

std::vector<Operation> contact_check_operations() {
    return {
        {.method = http::verb::post,
         .path = "/api/v1/tracking/contact/code",
         .id = "sendContactCode",
         .summary = "把联系方式核验码发到申请时留下的邮箱或手机",
         .tag = "tracking",
         .who = Who::Applicant,
         .handler = request_code,
         .request = shape_schema<CodeRequest>,
         .success = status::no_content,
         .problems = {status::not_found, status::conflict, status::too_many_requests}},
        {.method = http::verb::post,
         .path = "/api/v1/tracking/contact",
         .id = "enterContactCode",
         .summary = "填写收到的核验码",
         .tag = "tracking",
         .who = Who::Applicant,
         .handler = enter_code,
         .request = shape_schema<CodeEntry>,
         .success = status::no_content,
         .problems = {status::not_found, status::conflict}},
    };
}

}  // namespace server::api
