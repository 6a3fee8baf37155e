#include "server/delivery/mail_room.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "server/delivery/digest.hpp"
#include "server/delivery/enclosed_letters.hpp"
#include "server/delivery/plan.hpp"

namespace server::delivery {
namespace {

using storage::MessageKind;
using storage::MessageState;
using storage::Outbox;
using Verdict = Outbox::Verdict;
using workflow::Enclosure;
using workflow::Instant;
using workflow::NotificationRule;

/// How long a mail waits for its letter, which is made within seconds: between two attempts, and in total.
constexpr std::chrono::minutes kUntilLetter{1};
constexpr std::chrono::hours kLongestWait{24};

/// The total size of the files in one mail: servers accept 20 MB and more, and the encoding adds a third.
constexpr std::int64_t kMostEnclosed = 14 * 1024 * 1024;
constexpr std::string_view kTooLarge = "随答复提供的材料较大，未附在邮件中，请凭编号和查询码在“查进度”页面下载。\n";

std::string first_line_of(std::string const& path) {
    if (path.empty()) return {};
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line)) throw std::runtime_error("不能读取 " + path);
    return line;
}

MailServer mail_server(Config const& config) {
    struct Way {
        std::string_view name;
        MailTls tls;
    };
    constexpr std::array kWays{
        Way{"required", MailTls::Required},
        Way{"optional", MailTls::Optional},
        Way{"off", MailTls::Off},
        Way{"implicit", MailTls::Implicit}};
    if (!config.mail_host.empty() && config.mail_sender.empty()) {
        throw std::runtime_error("设置了 mail.host，还要设置 mail.sender");
    }
    MailServer server;
    server.host = config.mail_host;
    server.port = config.mail_port;
    server.ca_file = config.mail_ca_file;
    server.user = config.mail_user;
    server.password = first_line_of(config.mail_password_file);
    server.sender = config.mail_sender;
    server.time = config.mail_time;
    for (Way const& way : kWays) {
        if (way.name == config.mail_tls) server.tls = way.tls;
    }
    return server;
}

Outbox::Settlement settlement_of(Transfer const& transfer) {
    switch (transfer.fate) {
        case Fate::Accepted:
            return {Verdict::Sent};
        case Fate::Failed:
            return {Verdict::Failed, transfer.error};
        case Fate::Refused:
            return {Verdict::Hopeless, transfer.error};
    }
    return {};
}

/// Replaces the names in braces.
std::string fill_in(std::string_view words, std::string_view number, std::string_view agency, std::string_view code) {
    return fmt::format(
        fmt::runtime(words), fmt::arg("number", number), fmt::arg("agency", agency), fmt::arg("code", code)
    );
}

std::string id_of(Outbox::Message const& message) {
    return fmt::format("{}.{}", message.id, message.created_at.time_since_epoch().count());
}

}  // namespace

MailRoom::MailRoom(storage::Store& store, Config const& config)
    : store_(store),
      config_(config),
      reader_(store.connect()),
      mailer_(mail_server(config)),
      sms_({config.sms_url, first_line_of(config.sms_key_file), config.mail_ca_file, config.sms_time}) {}

MailRoom::Settlement MailRoom::send_mail(Message const& message, Instant now) {
    auto const& rule = workflow::rule_of(workflow::parse<workflow::Notification>(message.topic).value());
    auto const found = store_.cases().find(*reader_, message.case_id);
    if (!found) return {Verdict::Needless, "case_erased"};
    auto const to = find_person(message, found->facts, now);
    if (!to.email) return {Verdict::Hopeless, "no_address"};
    auto enclosed = gather_enclosures(message, rule, found->facts);
    if (!enclosed && now - message.created_at > kLongestWait) return {Verdict::Hopeless, "letter_not_ready"};
    if (!enclosed) return {Verdict::Later, "letter_not_ready", now + kUntilLetter};

    auto const said = compose_words(message, rule, found->facts, now);
    if (!said) return {Verdict::Needless, "code_over"};

    Mail mail;
    mail.id = id_of(message);
    mail.from_name = name_agency(found->facts.application.agency);
    mail.to = *to.email;
    mail.to_name = to.name;
    mail.subject = fmt::format("{}（{}）", workflow::label(rule.notification), found->facts.number.value);
    mail.text = fmt::format(
        "{}\n{}\n{}\n{}\n本邮件由系统自动发出，请勿直接回复。\n",
        *said,
        enclosed->too_large ? kTooLarge : "",
        mail.from_name,
        config_.public_url
    );
    mail.files = std::move(enclosed->files);
    mail.at = now;
    return settlement_of(mailer_.send(mail));
}

MailRoom::Settlement MailRoom::send_text(Message const& message, Instant now) {
    auto const& rule = workflow::rule_of(workflow::parse<workflow::Notification>(message.topic).value());
    auto const found = store_.cases().find(*reader_, message.case_id);
    if (!found) return {Verdict::Needless, "case_erased"};
    auto const to = find_person(message, found->facts, now);
    if (!to.phone) return {Verdict::Hopeless, "no_address"};
    auto const said = compose_words(message, rule, found->facts, now);
    if (!said) return {Verdict::Needless, "code_over"};
    return settlement_of(sms_.send({id_of(message), *to.phone, *said, now}));
}

MailRoom::Settlement MailRoom::send_digest(Message const& message, Instant now) {
    auto const directory = store_.directory().current();
    auto const* staff = directory->staff(workflow::Code{message.recipient});
    auto const contact = load_contact(store_.drafts(), *reader_, message.recipient, now);
    if (staff == nullptr || staff->disabled || !contact.email || !contact.digest) return {Verdict::Needless};
    auto const text = digest_for(store_, *reader_, *directory, *staff, now);
    if (!text) return {Verdict::Needless, "nothing_to_tell"};
    Mail mail;
    mail.id = id_of(message);
    mail.from_name = name_agency(staff->agency);
    mail.to = *contact.email;
    mail.to_name = staff->name;
    mail.subject = fmt::format("每日摘要（{}）", workflow::to_string(workflow::local_date(now)));
    mail.text = fmt::format("{}\n{}/staff/\n不想再收到摘要，可以在“通知方式”中关闭。\n", *text, config_.public_url);
    mail.at = now;
    return settlement_of(mailer_.send(mail));
}

MailRoom::Person MailRoom::find_person(Message const& message, workflow::Case const& facts, Instant now) {
    if (message.recipient == kApplicant) {
        auto const& applicant = facts.application.applicant;
        return {applicant.name, applicant.email, applicant.phone};
    }
    auto const* staff = store_.directory().current()->staff(workflow::Code{message.recipient});
    if (staff == nullptr || staff->disabled) return {};
    auto contact = load_contact(store_.drafts(), *reader_, message.recipient, now);
    return {staff->name, std::move(contact.email), std::move(contact.phone)};
}

std::optional<MailRoom::Enclosures> MailRoom::gather_enclosures(
    Message const& message, NotificationRule const& rule, workflow::Case const& facts
) {
    auto const letters = enclosed_letters(store_, *reader_, message, facts);
    if (!letters) return {};
    Enclosures enclosed;
    for (auto const& letter : *letters) {
        auto name = fmt::format("{}.pdf", workflow::label(letter.kind));
        enclosed.files.push_back({std::move(name), "application/pdf", read_content(letter.frozen->sha256)});
    }
    if (rule.encloses == Enclosure::Reply) add_released(enclosed, message.case_id, facts);
    return enclosed;
}

void MailRoom::add_released(Enclosures& enclosed, std::string const& case_id, workflow::Case const& facts) {
    auto const released = storage::released_files(*reader_, case_id, facts.attachments);
    std::int64_t size = 0;
    for (auto const& file : released) size += file.attachment.size;
    enclosed.too_large = size > kMostEnclosed;
    if (enclosed.too_large) return;
    for (auto const& [file, pages] : released) {
        enclosed.files.push_back({file.name, file.media_type.value, read_content(file.sha256.value)});
    }
}

std::string MailRoom::read_content(std::string const& sha256) {
    std::string bytes;
    storage::Files::Reader reader(store_.files(), sha256);
    std::vector<char> piece(64 * 1024);
    while (auto const count = reader.read(piece)) bytes.append(piece.data(), count);
    return bytes;
}

std::optional<std::string> MailRoom::compose_words(
    Message const& message, NotificationRule const& rule, workflow::Case const& facts, Instant now
) {
    std::string code;
    if (rule.notification == workflow::Notification::ContactCode) {
        storage::CodeLimits const limits{config_.code_life, config_.code_tries};
        auto valid = store_.contact_checks().code(*reader_, message.case_id, limits, now);
        if (!valid) return std::nullopt;
        code = *std::move(valid);
    }
    return fill_in(rule.words, facts.number.value, name_agency(facts.application.agency), code);
}

std::string MailRoom::name_agency(workflow::Code const& code) const {
    auto const directory = store_.directory().current();
    auto const* agency = directory->agency(code);
    return agency != nullptr ? agency->name : code.value;
}

Instant next_loud_moment(Instant now, std::int64_t quiet_from, std::int64_t quiet_until) {
    auto const today = workflow::local_date(now);
    auto const midnight = workflow::start_of(today);
    auto const hour = std::chrono::duration_cast<std::chrono::hours>(now - midnight).count();
    bool const overnight = quiet_from > quiet_until;
    bool const quiet = overnight ? hour >= quiet_from || hour < quiet_until : hour >= quiet_from && hour < quiet_until;
    if (!quiet) return now;
    auto const day = overnight && hour >= quiet_from ? workflow::add_days(today, 1) : today;
    return workflow::start_of(day) + std::chrono::hours(quiet_until);
}

}  // namespace server::delivery
