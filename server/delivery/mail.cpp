#include "server/delivery/mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "server/delivery/curl_handle.hpp"
#include "workflow/people/contacts.hpp"

namespace server::delivery {
namespace {

constexpr std::chrono::milliseconds kConnectTime = std::chrono::seconds(10);

struct FreeMime {
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Mime = std::unique_ptr<curl_mime, FreeMime>;

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        }
        for (std::size_t j = 0; j < 4; ++j) {
            bool const filled = i + j <= bytes.size();
            out += filled ? kAlphabet[group >> (18 - 6 * j) & 63U] : '=';
        }
    }
    return out;
}

/// The longest beginning of at most `most` bytes that ends between two characters.
std::string_view beginning(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    auto end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end == 0 ? most : end);
}

std::string percent_encoded(CURL* curl, std::string const& text) {
    std::unique_ptr<char, decltype(&curl_free)> const escaped(
        curl_easy_escape(curl, text.c_str(), static_cast<int>(text.size())), &curl_free
    );
    return escaped.get();
}

/// "name <address>" for a header.
std::string mailbox(std::string_view name, std::string_view address) {
    if (name.empty()) return fmt::format("<{}>", address);
    auto const shown = header_text(name);
    return is_ascii(name) ? fmt::format("\"{}\" <{}>", shown, address) : fmt::format("{} <{}>", shown, address);
}

std::string domain_of(std::string_view address) { return std::string(address.substr(address.find('@') + 1)); }

CurlList headers_of(Mail const& mail, std::string const& sender) {
    CurlList list;
    append(list, "Date: " + mail_date(mail.at));
    append(list, "From: " + mailbox(mail.from_name, sender));
    append(list, "To: " + mailbox(mail.to_name, mail.to));
    append(list, "Message-ID: <" + mail.id + "@" + domain_of(sender) + ">");
    append(list, "Subject: " + header_text(mail.subject));
    append(list, "Auto-Submitted: auto-generated");
    return list;
}

Mime body_of(CURL* curl, Mail const& mail) {
    Mime mime(curl_mime_init(curl));
    curl_mimepart* text = curl_mime_addpart(mime.get());
    curl_mime_data(text, mail.text.data(), mail.text.size());
    curl_mime_type(text, "text/plain; charset=utf-8");
    curl_mime_encoder(text, "base64");
    for (MailFile const& file : mail.files) {
        curl_mimepart* part = curl_mime_addpart(mime.get());
        curl_mime_data(part, file.bytes.data(), file.bytes.size());
        curl_mime_type(part, file.media_type.c_str());
        curl_mime_encoder(part, "base64");
        CurlList own;
        append(own, "Content-Disposition: attachment; filename*=UTF-8''" + percent_encoded(curl, file.name));
        curl_mime_headers(part, own.release(), 1);
    }
    return mime;
}

/// The server refuses this client, not the letter: a matter of settings, and the letter waits until they are corrected.
bool refuses_us(long code) { return code == 530 || code == 534 || code == 535 || code == 538; }

Transfer outcome_of(CURL* curl, CURLcode result) {
    if (result == CURLE_OK) return {Fate::Accepted};
    long code = 0;
    curl_off_t sent = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    curl_easy_getinfo(curl, CURLINFO_SIZE_UPLOAD_T, &sent);
    // A refused envelope ends with CURLE_SEND_ERROR; a refused text only after the text has been sent.
    bool const about_the_mail = result == CURLE_SEND_ERROR || sent > 0;
    if (about_the_mail && code >= 500 && !refuses_us(code)) return {Fate::Refused, fmt::format("smtp_{}", code)};
    if (code >= 400) return {Fate::Failed, fmt::format("smtp_{}", code)};
    return {Fate::Failed, fmt::format("curl_{}", static_cast<int>(result))};
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

}  // namespace

struct Mailer::Connection : CurlHandle {};

Mailer::Mailer(MailServer server) : server_(std::move(server)) {
    set_up_transfers();
    connection_ = std::make_unique<Connection>();
}

Mailer::~Mailer() = default;

Transfer Mailer::send(Mail const& mail) {
    if (!workflow::is_mail_address(mail.to)) return {Fate::Refused, "bad_address"};
    CURL* curl = connection_->curl;
    curl_easy_reset(curl);  // the connection stays
    bool const implicit = server_.tls == MailTls::Implicit;
    auto const url = fmt::format("{}://{}:{}", implicit ? "smtps" : "smtp", server_.host, server_.port);
    constexpr std::array kUseTls{CURLUSESSL_ALL, CURLUSESSL_TRY, CURLUSESSL_NONE, CURLUSESSL_ALL};
    long const verified = server_.tls == MailTls::Optional ? 0 : 1;
    CurlList recipients;
    append(recipients, '<' + mail.to + '>');
    CurlList const headers = headers_of(mail, server_.sender);
    Mime const body = body_of(curl, mail);

    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(kUseTls[static_cast<std::size_t>(server_.tls)]));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, verified);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, verified * 2);
    if (!server_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, server_.ca_file.c_str());
    if (!server_.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server_.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server_.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(server_.time.count()));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(server_.time, kConnectTime).count()));
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, fmt::format("<{}>", server_.sender).c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, body.get());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &ignore);
    return outcome_of(curl, curl_easy_perform(curl));
}

std::string header_text(std::string_view text) {
    std::string clean(text);
    std::ranges::replace_if(
        clean, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; }, ' '
    );
    if (is_ascii(clean)) {
        std::erase_if(clean, [](char c) { return c == '"' || c == '\\'; });
        return clean;
    }
    constexpr std::size_t kBytesInAWord = 42;  // 75 characters with its frame
    std::string out;
    for (std::string_view rest = clean; !rest.empty();) {
        auto const piece = beginning(rest, kBytesInAWord);
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + base64(piece) + "?=";
        rest.remove_prefix(piece.size());
    }
    return out;
}

std::string mail_date(workflow::Instant at) {
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const local = at + std::chrono::hours(8);  // Asia/Shanghai
    auto const day = std::chrono::floor<std::chrono::days>(local);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(std::chrono::floor<std::chrono::seconds>(local - day));
    return fmt::format(
        "{}, {:02} {} {} {:02}:{:02}:{:02} +0800",
        kDays[std::chrono::weekday(day).c_encoding()],
        static_cast<unsigned>(date.day()),
        kMonths[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()),
        time.hours().count(),
        time.minutes().count(),
        time.seconds().count()
    );
}

}  // namespace server::delivery
