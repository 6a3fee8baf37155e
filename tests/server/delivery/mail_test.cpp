#include "server/delivery/mail.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/fakes/carrier_process.hpp"

namespace server::delivery {
namespace {

using fakes::CarrierProcess;

/// Mail to a real SMTP server that behaves as the test says.
struct Post {
    explicit Post(std::string const& mode, MailTls tls = MailTls::Off) : smtp("smtp_server.py", mode) {
        server.host = "127.0.0.1";
        server.port = smtp.port();
        server.tls = tls;
        server.sender = "gk@shifan.example.cn";
        server.time = std::chrono::seconds(10);
    }
    static Mail mail() {
        Mail mail;
        mail.id = "17.1777424400000";
        mail.from_name = "示范市人民政府";
        mail.to = "zhang@example.cn";
        mail.to_name = "张三";
        mail.subject = "延期答复告知（430500-01-2026-000001）";
        mail.text = "您的申请延期答复。\n第二行";
        mail.at = workflow::parse_instant("2026-04-29T09:00:00+08:00").value();
        return mail;
    }
    Transfer send(Mail const& mail = Post::mail()) { return Mailer(server).send(mail); }

    CarrierProcess smtp;
    MailServer server;
};

TEST(Mail, ArrivesWithItsWordsAndItsLetter) {
    Post post("ok");
    auto mail = Post::mail();
    mail.files.push_back({"延期答复告知书.pdf", "application/pdf", std::string(200'000, '\x01')});
    auto const sent = post.send(mail);
    ASSERT_EQ(sent.fate, Fate::Accepted) << sent.error;
    auto const received = post.smtp.received();
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0].at("from"), "gk@shifan.example.cn");
    EXPECT_EQ(received[0].at("to").as_array(), (boost::json::array{"zhang@example.cn"}));
    EXPECT_EQ(received[0].at("subject"), "延期答复告知（430500-01-2026-000001）");
    EXPECT_EQ(received[0].at("to_header"), "张三 <zhang@example.cn>");
    EXPECT_EQ(received[0].at("from_header"), "示范市人民政府 <gk@shifan.example.cn>");
    EXPECT_EQ(received[0].at("message_id"), "<17.1777424400000@shifan.example.cn>");
    EXPECT_EQ(received[0].at("text"), "您的申请延期答复。\n第二行");
    auto const& file = received[0].at("files").at(0).as_object();
    EXPECT_EQ(file.at("name"), "延期答复告知书.pdf");
    EXPECT_EQ(file.at("type"), "application/pdf");
    EXPECT_EQ(file.at("bytes"), 200'000);
}

TEST(Mail, OneConnectionCarriesMany) {
    Post post("ok");
    Mailer mailer(post.server);
    for (int i = 0; i < 20; ++i) ASSERT_EQ(mailer.send(Post::mail()).fate, Fate::Accepted);
    EXPECT_EQ(post.smtp.received().size(), 20U);
}

TEST(Mail, NamesCannotWriteHeaders) {
    Post post("ok");
    auto mail = Post::mail();
    mail.to_name = "张三\r\nBcc: all@example.cn\r\n\r\nbody";
    mail.subject = "a\r\nX-Evil: 1";
    mail.from_name = "Office\" <evil@example.cn>\r\nCc: x@example.cn";
    ASSERT_EQ(post.send(mail).fate, Fate::Accepted);
    auto const received = post.smtp.received();
    ASSERT_EQ(received.size(), 1U);
    for (auto const& name : received[0].at("names").as_array()) {
        EXPECT_TRUE(name != "bcc" && name != "cc" && name != "x-evil") << name;
    }
    EXPECT_EQ(received[0].at("to").as_array().size(), 1U);
}

TEST(Mail, AnAddressThatIsNoneIsNotTried) {
    Post post("ok");
    for (auto const* address : {"zhang", "a@b@c", "a b@c.cn", "a@c.cn>\r\nRCPT TO:<x@y.cn", "<a@c.cn>", ""}) {
        auto mail = Post::mail();
        mail.to = address;
        auto const sent = post.send(mail);
        EXPECT_EQ(sent.fate, Fate::Refused) << address;
        EXPECT_EQ(sent.error, "bad_address");
    }
    EXPECT_TRUE(post.smtp.received().empty());
}

TEST(Mail, ARefusedRecipientIsRefusedForGood) {
    Post post("refuse");
    auto const sent = post.send();
    EXPECT_EQ(sent.fate, Fate::Refused);
    EXPECT_EQ(sent.error, "smtp_550") << "and no word of the server, which names the address";
}

TEST(Mail, ARefusedTextIsRefusedForGood) {
    Post post("refuse_text");
    auto const sent = post.send();
    EXPECT_EQ(sent.fate, Fate::Refused);
    EXPECT_EQ(sent.error, "smtp_554");
}

TEST(Mail, GreylistingIsTriedAgain) {
    Post post("greylist");
    Mailer mailer(post.server);
    auto const first = mailer.send(Post::mail());
    EXPECT_EQ(first.fate, Fate::Failed);
    EXPECT_EQ(first.error, "smtp_451");
    EXPECT_EQ(mailer.send(Post::mail()).fate, Fate::Accepted);
}

TEST(Mail, AServerThatDiesInTheMiddleIsTriedAgain) {
    Post post("die");
    auto mail = Post::mail();
    mail.files.push_back({"a.pdf", "application/pdf", std::string(3'000'000, 'x')});
    EXPECT_EQ(post.send(mail).fate, Fate::Failed);
    EXPECT_TRUE(post.smtp.received().empty());
}

TEST(Mail, AServerThatIsNotThereIsTriedAgain) {
    Post post("ok");
    post.server.port = 1;
    EXPECT_EQ(post.send().fate, Fate::Failed);
}

TEST(Mail, StarttlsIsCheckedWhereItIsRequired) {
    Post post("tls", MailTls::Required);
    auto const unknown = post.send();
    EXPECT_EQ(unknown.fate, Fate::Failed) << "a certificate of nobody we know";
    EXPECT_TRUE(post.smtp.received().empty());
    post.server.ca_file = post.smtp.file("cert.pem");
    auto const sent = post.send();
    EXPECT_EQ(sent.fate, Fate::Accepted) << sent.error;
    ASSERT_EQ(post.smtp.received().size(), 1U);
    EXPECT_EQ(post.smtp.received()[0].at("tls"), true);
}

TEST(Mail, OptionalTlsTakesAnyAndOffTakesNone) {
    Post post("tls", MailTls::Optional);
    EXPECT_EQ(post.send().fate, Fate::Accepted);
    EXPECT_EQ(post.smtp.received().at(0).at("tls"), true);
    post.server.tls = MailTls::Off;
    auto const sent = post.send();
    EXPECT_EQ(sent.fate, Fate::Failed) << "530 is about us, not about the letter";
}

TEST(Mail, RequiredTlsNeverFallsBackToPlain) {
    Post post("ok", MailTls::Required);
    EXPECT_EQ(post.send().fate, Fate::Failed);
    EXPECT_TRUE(post.smtp.received().empty());
}

TEST(Mail, HeadersAreCutBetweenCharactersIntoShortWords) {
    EXPECT_EQ(header_text("plain"), "plain");
    std::string long_name;
    for (int i = 0; i < 40; ++i) long_name += "龘";
    auto const encoded = header_text(long_name);
    for (std::string_view rest = encoded; !rest.empty();) {
        auto const end = std::min(rest.find("\r\n"), rest.size());
        EXPECT_LE(end, 76U);
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    EXPECT_EQ(header_text("中"), "=?UTF-8?B?5Lit?=");
    EXPECT_EQ(header_text("中文"), "=?UTF-8?B?5Lit5paH?=");
}

TEST(Mail, DatesAreThoseOfMail) {
    EXPECT_EQ(
        mail_date(workflow::parse_instant("2026-11-21T15:12:53+08:00").value()), "Sat, 21 Nov 2026 15:12:53 +0800"
    );
    EXPECT_EQ(
        mail_date(workflow::parse_instant("2026-01-01T00:00:00+08:00").value()), "Thu, 01 Jan 2026 00:00:00 +0800"
    );
}

}  // namespace
}  // namespace server::delivery
