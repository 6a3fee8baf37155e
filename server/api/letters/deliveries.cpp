#include "storage/office/outbox.hpp"
#include "workflow/letters/letters.hpp"
#include "workflow/letters/notifications.hpp"
#include "workflow/people/contacts.hpp"
#include "workflow/people/postal.hpp"

#include <charconv>
#include <utility>

#include "server/api/cases/case_access.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/letters/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/input.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/delivery/deliveries.hpp"

/// Messages to applicants and staff: their state, and what people do about them.
namespace server::api {

/// What a person may do to a message.
enum class DeliveryAction : std::uint8_t { Retry, Cancel, ConfirmPrinted, RecordBounce };
// clang-format off
inline constexpr std::array kDeliveryActions{
    workflow::Term{DeliveryAction::Retry,          "retry",           "重新发送"},
    workflow::Term{DeliveryAction::Cancel,         "cancel",          "取消"},
    workflow::Term{DeliveryAction::ConfirmPrinted, "confirm_printed", "登记已送出"},
    workflow::Term{DeliveryAction::RecordBounce,   "record_bounce",   "登记退信"},
};
// clang-format on
constexpr auto const& terms(DeliveryAction) { return kDeliveryActions; }
static_assert(workflow::is_well_formed<DeliveryAction>());

/// How a printed letter was delivered (送达回证), or why a message is not sent any more.
struct DeliveryForm {
    std::optional<workflow::ObtainBy> way;
    std::optional<workflow::Date> sent_on;
    std::optional<workflow::Code> tracking_number;
    std::optional<std::string> recipient;
    std::optional<std::string> fax_report;
    std::optional<std::string> reason;
};

constexpr auto fields(std::type_identity<DeliveryForm>) {
    using T = DeliveryForm;
    return std::tuple{
        workflow::field("way", &T::way, "送达方式"),
        workflow::field("sent_on", &T::sent_on, "送出日期"),
        workflow::field("tracking_number", &T::tracking_number, "邮政单号", {6, 40}),
        workflow::field("recipient", &T::recipient, "收件人或签收人", {2, workflow::kShortText}),
        workflow::field("fax_report", &T::fax_report, "传真发送报告", {2, workflow::kShortText}),
        workflow::field("reason", &T::reason, "取消的理由", {4, workflow::kShortText})};
}

namespace {

using http::Problem;
using http::verb;
using storage::Connection;
using storage::MessageKind;
using storage::MessageState;
using storage::Outbox;
using workflow::Result;
using workflow::Role;

constexpr workflow::RoleSet kSenders{Role::Registrar, Role::OfficeHead, Role::SystemAdmin};
constexpr workflow::RoleSet kDeliveryReaders = workflow::table::kCaseRoles | kSenders;

/// The kinds that are sent to somebody; the others are work of the system itself.
constexpr std::array kSent{MessageKind::Email, MessageKind::Sms, MessageKind::Print, MessageKind::DailyDigest};

struct ActionRule {
    DeliveryAction action;
    std::vector<MessageKind> kinds;
    std::vector<MessageState> from;
    MessageState to;
};

ActionRule const& rule_of(DeliveryAction action) {
    using K = MessageKind;
    using S = MessageState;
    static std::array const kRules{
        ActionRule{DeliveryAction::Retry, {K::Email, K::Sms, K::DailyDigest}, {S::Dead, S::Retrying}, S::Waiting},
        ActionRule{
            DeliveryAction::Cancel,
            {K::Email, K::Sms, K::Print, K::DailyDigest},
            {S::Waiting, S::Retrying, S::Dead, S::Bounced, S::Held},
            S::Cancelled},
        ActionRule{DeliveryAction::ConfirmPrinted, {K::Print}, {S::Waiting}, S::Sent},
        ActionRule{DeliveryAction::RecordBounce, {K::Email}, {S::Sent}, S::Bounced},
    };
    return kRules[static_cast<std::size_t>(action)];
}

bool is_open(ActionRule const& rule, Outbox::Message const& message) {
    return std::ranges::find(rule.kinds, message.kind) != rule.kinds.end() &&
           std::ranges::find(rule.from, message.state) != rule.from.end();
}

/// What the law requires to be told; it is not called off without a reason.
bool is_statutory(Outbox::Message const& message) {
    auto const topic = workflow::parse<workflow::Notification>(message.topic);
    return topic && workflow::rule_of(*topic).statutory;
}

/// The error code in words.
std::string_view explain(std::string_view error) {
    struct Meaning {
        std::string_view code;
        std::string_view text;
    };
    constexpr std::array kMeanings{
        Meaning{"", ""},
        Meaning{"no_address", "没有留下地址"},
        Meaning{"bad_address", "地址的格式不对"},
        Meaning{"letter_not_ready", "文书还没有制作完成"},
        Meaning{"quiet_hours", "夜间不发短信"},
        Meaning{"code_over", "核验码已经用过、过期，或者换了新的"},
        Meaning{"case_erased", "申请的个人信息已经清除"},
        Meaning{"nothing_to_tell", "没有需要告知的内容"},
        Meaning{"internal", "系统内部错误，详见日志"},
        Meaning{"not_recorded", "结果没有记录成功"},
        Meaning{storage::kStorageFull, "服务器的存储空间已满"},
    };
    for (auto const& meaning : kMeanings) {
        if (meaning.code == error) return meaning.text;
    }
    if (error.starts_with("smtp_5")) return "对方邮件服务器拒收";
    if (error.starts_with("smtp_4")) return "对方邮件服务器暂不接收";
    if (error.starts_with("http_")) return "短信网关没有接收";
    return "连接不上服务器";
}

// ---- reading -------------------------------------------------------------------------------------------------------

/// The recipient and address of a message, as far as everybody who sees the list may know them.
struct Shown {
    std::string to;
    std::optional<std::string> name;  ///< of whoever it goes to
    std::optional<std::string> address;
    std::optional<storage::StoredLetter> letter;
    std::optional<std::string> number;  ///< of the case
};

/// The letter that the message carries or stands for: the signed reply, or what its step has made for the recipient.
std::optional<storage::StoredLetter> letter_of(
    Services& services, Connection& connection, Outbox::Message const& message, workflow::Case const& facts
) {
    auto const topic = workflow::parse<workflow::Notification>(message.topic);
    if (!topic) return std::nullopt;
    bool const reply = workflow::carries_reply(workflow::rule_of(*topic));
    bool const applicants = message.recipient == delivery::kApplicant;
    auto const letters = services.store.letters().list(connection, message.case_id);
    auto const found = std::ranges::find_if(letters, [&](storage::StoredLetter const& letter) {
        auto const& rule = workflow::rule_of(letter.kind);
        if (applicants != (rule.addressee == workflow::Addressee::Applicant)) return false;
        return reply ? rule.is_reply && letter.number == facts.reply_number : letter.event == message.seq;
    });
    return found == letters.end() ? std::nullopt : std::optional(*found);
}

Shown shown(Services& services, Connection& connection, Call const& call, Outbox::Message const& message) {
    Shown shown;
    bool const applicants = message.recipient == delivery::kApplicant;
    if (!applicants && message.recipient != delivery::kThirdParty) {
        auto const* staff = call.directory->staff(workflow::Code{message.recipient});
        shown.to = staff != nullptr ? staff->name : message.recipient;
    } else {
        shown.to = applicants ? "申请人" : "第三方";
    }
    auto const found =
        message.case_id.empty() ? std::nullopt : services.store.cases().find(connection, message.case_id);
    if (!found) return shown;
    shown.number = found->facts.number.value;
    shown.letter = letter_of(services, connection, message, found->facts);
    auto const& applicant = found->facts.application.applicant;
    if (call.actor.roles.intersects(workflow::table::kCaseRoles)) {
        auto const about = shown.letter ? shown.letter->consultation : std::nullopt;
        auto const* const asked = about ? workflow::find_consultation(found->facts, *about) : nullptr;
        if (applicants) shown.name = workflow::mask_name(applicant.name);
        if (!applicants && asked != nullptr) shown.name = asked->letter.addressee;
    }
    if (!applicants || !call.actor.roles.intersects(workflow::table::kCaseRoles)) return shown;
    if (message.kind == MessageKind::Email && applicant.email) shown.address = workflow::mask_email(*applicant.email);
    if (message.kind == MessageKind::Sms && applicant.phone) shown.address = workflow::mask_phone(*applicant.phone);
    if (message.kind == MessageKind::Print && applicant.address) {
        shown.address = workflow::mask_address(*applicant.address);
    }
    return shown;
}

void write_delivery(
    JsonWriter& json, Services& services, Connection& connection, Call const& call, Outbox::Message const& message
) {
    auto const notification = workflow::parse<workflow::Notification>(message.topic);
    auto const seen = shown(services, connection, call, message);
    json.open_object().member("id", message.id).member("kind", message.kind).member("state", message.state);
    json.member("topic", notification);
    json.member("statutory", is_statutory(message));
    json.member("case", message.case_id.empty() ? std::nullopt : std::optional(message.case_id));
    json.member("number", seen.number).member("to", seen.to).member("address", seen.address);
    json.member("name", seen.name);
    json.member("letter", seen.letter ? std::optional(seen.letter->kind) : std::nullopt);
    json.member(
        "letter_number", seen.letter && seen.letter->number ? std::optional(seen.letter->number->value) : std::nullopt
    );
    json.member("attempts", message.attempts).member("created_at", message.created_at);
    json.member("due_at", message.due_at).member("done_at", message.done_at);
    json.member("error", message.error).member("error_text", explain(message.error));
    json.member("reference", message.reference).key("actions").open_list();
    for (auto const& term : kDeliveryActions) {
        if (call.actor.roles.intersects(kSenders) && is_open(rule_of(term.value), message)) json.value(term.code);
    }
    json.close_list().close_object();
}

json::object delivery_schema() {
    return ObjectSchema()
        .member<std::int64_t>("id")
        .member<MessageKind>("kind", "方式")
        .member<MessageState>("state", "状态")
        .member<std::optional<workflow::Notification>>("topic", "内容")
        .member<bool>("statutory", "法定告知")
        .member<std::optional<std::string>>("case", "申请件")
        .member<std::optional<std::string>>("number", "受理编号")
        .member<std::string>("to", "收件人")
        .member<std::optional<std::string>>("address", "地址，隐去一部分")
        .member<std::optional<std::string>>("name", "姓名或者名称，申请人的隐去一部分")
        .member<std::optional<workflow::LetterKind>>("letter", "文书")
        .member<std::optional<std::string>>("letter_number", "文号")
        .member<std::int64_t>("attempts", "已尝试的次数")
        .member<workflow::Instant>("created_at", "产生的时间")
        .member<std::optional<workflow::Instant>>("due_at", "下次尝试的时间")
        .member<std::optional<workflow::Instant>>("done_at", "送出的时间")
        .member<std::string>("error", "上次失败的原因")
        .member<std::string>("error_text")
        .member<std::string>("reference", "邮政单号")
        .member<std::vector<DeliveryAction>>("actions", "现在可以做的")
        .named("DeliveryTask");
}

/// The agencies whose deliveries the caller deals with.
std::vector<workflow::Code> agencies_of(Call const& call) {
    if (call.actor.roles.has(Role::SystemAdmin)) return call.directory->subtree(call.actor.agency);
    return {call.actor.agency};
}

boost::system::result<Outbox::Filter, Problem> read_filter(Call const& call) {
    Outbox::Filter filter;
    filter.agencies = agencies_of(call);
    filter.kinds.assign(kSent.begin(), kSent.end());
    if (auto const kind = call.request.query("kind"); kind && !kind->empty()) {
        auto const known = workflow::parse<MessageKind>(*kind);
        if (!known || std::ranges::find(kSent, *known) == kSent.end()) {
            return bad_request("bad_query", "查询参数 kind 不是送达的方式。");
        }
        filter.kinds = {*known};
    }
    if (auto const states = call.request.query("state"); states && !states->empty()) {
        for (std::string_view rest = *states; !rest.empty();) {
            auto const end = std::min(rest.find(','), rest.size());
            auto const known = workflow::parse<MessageState>(rest.substr(0, end));
            if (!known) return bad_request("bad_query", "查询参数 state 不是送达的状态。");
            filter.states.push_back(*known);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    auto const limit = query_number(call.request, "limit", 1, kLongestPage, kUsualPage);
    if (!limit) return limit.error();
    filter.limit = *limit;
    filter.case_id = call.request.query("case").value_or("");
    filter.cursor = call.request.query("cursor").value_or("");
    return filter;
}

struct DeliveryListJob {
    Services& services;
    Call const& call;
    Outbox::Filter filter;

    Result<std::string> operator()(Connection& connection) const {
        auto const page = services.store.outbox().list(connection, filter);
        if (!page) return page.error();
        JsonWriter json;
        json.open_object().key("items").open_list();
        for (auto const& message : page->items) write_delivery(json, services, connection, call, message);
        json.close_list().member("next_cursor", page->next_cursor).close_object();
        return json.take();
    }
};

net::awaitable<Answer> list_deliveries(Services& services, Call& call) {
    auto filter = read_filter(call);
    if (!filter) co_return filter.error();
    if (!call.actor.roles.intersects(kSenders)) {
        auto const found = visible_case(services, services.reader, call, filter->case_id);
        if (!found) co_return found.error();
    }
    DeliveryListJob job{services, call, std::move(*filter)};
    auto body = co_await services.pool.read(std::move(job));
    if (!body) co_return http::problem_of(body.error());
    co_return http::text_response(http::status::ok, "application/json", std::move(*body));
}

// ---- acting --------------------------------------------------------------------------------------------------------

/// The faults of what confirm_printed needs; none for other actions.
std::vector<workflow::FieldError> faults_of(DeliveryAction action, DeliveryForm const& form, Call const& call) {
    std::vector<workflow::FieldError> errors;
    if (action != DeliveryAction::ConfirmPrinted) return errors;
    if (!form.way) errors.push_back({"/way", "missing", "请填写“送达方式”。"});
    if (!form.sent_on) errors.push_back({"/sent_on", "missing", "请填写“送出日期”。"});
    if (form.sent_on > call.today()) errors.push_back({"/sent_on", "in_the_future", "送出日期不能晚于今天。"});
    if (form.way != workflow::ObtainBy::Post) return errors;
    if (!form.tracking_number) {
        errors.push_back({"/tracking_number", "tracking_number_missing", "邮寄应当交邮政企业并填写邮政单号。"});
    } else if (auto const fault = workflow::check_postal_number(workflow::normalise_number(form.tracking_number->value))) {
        errors.push_back({"/tracking_number", std::string(code(*fault)), std::string(label(*fault))});
    }
    return errors;
}

std::optional<std::int64_t> delivery_id(Call const& call) {
    std::int64_t id = 0;
    auto const text = call.parameter(0);
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(id) : std::nullopt;
}

workflow::Refusal unknown() {
    return {workflow::RefusalKind::NotFound, "delivery_not_found", "没有找到这项送达任务。"};
}

storage::Entry journal_entry(
    Call const& call, DeliveryAction action, DeliveryForm const& form, Outbox::Message const& message
) {
    storage::Entry entry;
    entry.at = call.now;
    entry.on = form.sent_on.value_or(call.today());
    entry.action = "delivery_" + std::string(workflow::code(action));
    entry.by = journal_author(call, kSenders);
    entry.object = {"delivery", std::to_string(message.id)};
    entry.data = {{"case", message.case_id}, {"kind", workflow::code(message.kind)}, {"topic", message.topic}};
    if (form.way) entry.data["way"] = workflow::code(*form.way);
    if (form.tracking_number) entry.data["tracking_number"] = form.tracking_number->value;
    if (form.reason) entry.data["reason"] = *form.reason;
    return entry;
}

/// What the case is told when a printed letter has gone out: from here it counts, or the reply is sent. Nullopt where
/// it need not be told.
std::optional<workflow::Command> step_of(
    DeliveryForm const& form, Outbox::Message const& message, workflow::Case const& facts
) {
    auto const topic = workflow::parse<workflow::Notification>(message.topic);
    if (!topic || message.recipient != delivery::kApplicant) return std::nullopt;
    auto const& rule = workflow::rule_of(*topic);
    if (auto const kind = workflow::notice_of(rule)) {
        auto const* const notice = workflow::find_notice(facts, *kind);
        if (notice == nullptr || notice->dispatch || facts.concluded_on) return std::nullopt;
        workflow::NoticeDispatch dispatch;
        dispatch.letter = *kind;
        dispatch.method = *form.way;
        dispatch.dispatched_on = *form.sent_on;
        dispatch.tracking_number = form.tracking_number;
        dispatch.recipient = form.recipient;
        dispatch.fax_report = form.fax_report;
        return workflow::Command{workflow::Action::DispatchLetter, dispatch};
    }
    bool const waits = facts.signed_on && !facts.concluded_on;
    if (!waits || !workflow::carries_reply(rule)) return std::nullopt;
    workflow::Dispatch dispatch{*form.way, *form.sent_on, form.tracking_number, form.recipient, form.fax_report};
    return workflow::Command{workflow::Action::DispatchReply, dispatch};
}

/// Why a printed letter must not go out any more, or not this way; empty where it may.
std::string_view fault_of_sending(
    DeliveryForm const& form, Outbox::Message const& message, workflow::Case const& facts
) {
    if (form.way == workflow::ObtainBy::Email || form.way == workflow::ObtainBy::Download)
        return "打印的文书是邮寄、当面或者传真送出的，请选择实际的送达方式。";
    auto const topic = workflow::parse<workflow::Notification>(message.topic);
    if (!topic || message.recipient != delivery::kApplicant) return {};
    auto const& rule = workflow::rule_of(*topic);
    auto const kind = workflow::notice_of(rule);
    auto const counts_as = kind ? workflow::rule_of(*kind).counts_as : std::nullopt;
    bool const told = std::ranges::find(facts.clock_events, counts_as, [](workflow::ClockEvent const& each) {
                          return std::optional(each.type);
                      }) != facts.clock_events.end();
    if (counts_as && !told && workflow::find_notice(facts, *kind) == nullptr)
        return "这份文书已经不再需要送出，请取消这项任务。";
    if (workflow::carries_reply(rule) && facts.concluded_on && !facts.dispatch)
        return "这件申请没有答复就已经办结，答复书不再送出，请取消这项任务。";
    return {};
}

/// One act on one message. Writer thread.
struct ActJob {
    Services& services;
    Call const& call;
    std::int64_t id;
    DeliveryAction action;
    DeliveryForm form;

    /// The journal names the person with the task; whoever may confirm it need not hold a role on the case.
    workflow::Actor actor_of(workflow::Command const& step) const {
        bool const system_may = step.action == workflow::Action::DispatchLetter;
        if (!system_may || call.actor.roles.has(Role::Registrar)) return call.actor;
        workflow::Actor system;
        system.roles = {Role::System};
        return system;
    }

    Result<std::string> operator()(Connection& connection) const {
        auto& outbox = services.store.outbox();
        auto const message = outbox.find(connection, id);
        auto const agencies = agencies_of(call);
        if (!message || std::ranges::find(agencies, message->agency) == agencies.end()) return unknown();
        ActionRule const& rule = rule_of(action);
        if (!is_open(rule, *message)) {
            return workflow::Refusal{
                workflow::RefusalKind::IllegalStep,
                "not_in_this_state",
                "这项送达任务现在不能这样处理，请刷新后再看。"};
        }
        if (action == DeliveryAction::Cancel && !form.reason && is_statutory(*message)) {
            workflow::Refusal silent{
                workflow::RefusalKind::Invalid, "invalid_input", "这是法律要求的告知，取消要写明理由。"};
            silent.errors.push_back({"/reason", "missing", silent.detail});
            return silent;
        }
        if (action == DeliveryAction::ConfirmPrinted) {
            if (form.sent_on < workflow::local_date(message->created_at)) {
                workflow::Refusal early{
                    workflow::RefusalKind::Invalid, "invalid_input", "送出日期不能早于这项任务产生之日。"};
                early.errors.push_back({"/sent_on", "before_the_letter", early.detail});
                return early;
            }
            auto const found = services.store.cases().find(connection, message->case_id);
            if (auto const fault = found ? fault_of_sending(form, *message, found->facts) : ""; !fault.empty()) {
                workflow::Refusal refused{workflow::RefusalKind::Invalid, "invalid_input", std::string(fault)};
                refused.errors.push_back({"/way", "not_to_be_sent", refused.detail});
                return refused;
            }
            if (auto const step = found ? step_of(form, *message, found->facts) : std::nullopt) {
                auto const told = services.store.cases().act(
                    connection, message->case_id, std::nullopt, *step, actor_of(*step), call.now
                );
                if (!told) return told.error();
            }
        }
        outbox.move(connection, id, rule.to, call.now, form.tracking_number ? form.tracking_number->value : "");
        services.store.journal().append(connection, journal_entry(call, action, form, *message));
        if (rule.to == MessageState::Bounced) {
            auto const channels = delivery::channels_of(services.config);
            delivery::print_instead(services.store, connection, *message, channels, call.now);
        }
        JsonWriter json;
        write_delivery(json, services, connection, call, *outbox.find(connection, id));
        return json.take();
    }
};

net::awaitable<Answer> act_on_delivery(Services& services, Call& call) {
    auto const id = delivery_id(call);
    auto const action = workflow::parse<DeliveryAction>(call.parameter(1));
    if (!id || !action) co_return http::problem_of(unknown());
    auto const form = read_body<DeliveryForm>(call.request.body);
    if (!form) co_return form.error();
    if (auto faults = faults_of(*action, *form, call); !faults.empty()) co_return invalid_input(std::move(faults));
    std::function<Result<std::string>(Connection&)> work = ActJob{services, call, *id, *action, *form};
    auto body = co_await commit_write<std::string>(services, std::move(work));
    if (!body) co_return http::problem_of(body.error());
    co_return http::text_response(http::status::ok, "application/json", std::move(*body));
}

std::vector<std::string_view> action_names() {
    std::vector<std::string_view> names;
    for (auto const& term : kDeliveryActions) names.push_back(term.code);
    return names;
}

// ---- how an account wants to be told -------------------------------------------------------------------------------

http::Response contact_response(delivery::Contact const& contact) {
    JsonWriter json;
    json.value(contact);
    return http::text_response(http::status::ok, "application/json", json.take());
}

Answer read_contact(Services& services, Call& call) {
    return contact_response(
        delivery::load_contact(services.store.drafts(), services.reader, call.account->id.value, call.now)
    );
}

net::awaitable<Answer> put_contact(Services& services, Call& call) {
    auto const contact = read_body<delivery::Contact>(call.request.body);
    if (!contact) co_return contact.error();
    std::vector<workflow::FieldError> errors;
    if (contact->email && !workflow::is_mail_address(*contact->email)) {
        errors.push_back({"/email", "wrong_shape", std::string(workflow::kNoMailAddress)});
    }
    if (contact->phone && !delivery::is_mobile(*contact->phone)) {
        errors.push_back({"/phone", "wrong_shape", "手机号码是11位数字，以1开头。"});
    }
    if (!errors.empty()) co_return invalid_input(std::move(errors));
    std::function<Result<std::monostate>(Connection&)> work = [&services, &call, &contact](Connection& connection
                                                              ) -> Result<std::monostate> {
        auto const saved =
            delivery::save_contact(services.store.drafts(), connection, call.account->id.value, *contact);
        if (!saved) return saved.error();
        return std::monostate{};
    };
    auto const saved = co_await commit_write<std::monostate>(services, std::move(work));
    if (!saved) co_return http::problem_of(saved.error());
    co_return contact_response(*contact);
}

json::object contact_schema() { return answer_schema<delivery::Contact>(); }

}  // namespace

std::vector<Operation> delivery_operations() {
    constexpr std::string_view kContact = "/api/v1/session/contact";
    return {
        {.method = verb::get,
         .path = "/api/v1/deliveries",
         .id = "listDeliveries",
         .summary = "送达任务，新的在前；登记员、公开工作机构负责人、系统管理员以外的，须指明一件申请",
         .tag = "deliveries",
         .who = Who::Staff,
         .handler = list_deliveries,
         .roles = kDeliveryReaders,
         .response = [] { return page_of("DeliveryPage", delivery_schema()); },
         .query =
             {{"state", "状态，可以是逗号分开的几个"},
              {"kind", "方式", codes_schema<MessageKind>()},
              {"case", "申请件"},
              {"limit", "每页条数", whole_number(1, kLongestPage)},
              {"cursor", "上一页的 next_cursor"}},
         .problems = {http::status::not_found, http::status::unprocessable_entity}},
        {.method = verb::post,
         .path = "/api/v1/deliveries/{id}/actions/{action}",
         .id = "actOnDelivery",
         .summary = "处理一项送达任务",
         .tag = "deliveries",
         .who = Who::Staff,
         .handler = act_on_delivery,
         .roles = kSenders,
         .request = shape_schema<DeliveryForm>,
         .response = delivery_schema,
         .actions = action_names(),
         .problems = {http::status::conflict}},
        {.method = verb::get,
         .path = kContact,
         .id = "readContact",
         .summary = "自己的通知方式",
         .tag = "session",
         .who = Who::Staff,
         .handler = read_contact,
         .response = contact_schema},
        {.method = verb::put,
         .path = kContact,
         .id = "putContact",
         .summary = "设置自己的通知方式",
         .tag = "session",
         .who = Who::Staff,
         .handler = put_contact,
         .request = shape_schema<delivery::Contact>,
         .response = contact_schema},
    };
}

}  // namespace server::api
