#include "server/delivery/sms.hpp"

#include <gtest/gtest.h>

#include "server/delivery/mail_room.hpp"
#include "tests/fakes/carrier_process.hpp"

namespace server::delivery {
namespace {

using fakes::CarrierProcess;

Transfer send(CarrierProcess const& process, std::string phone = "13800000000") {
    SmsGateway gateway;
    gateway.url = "http://127.0.0.1:" + std::to_string(process.port()) + "/send";
    gateway.key = "key";
    gateway.time = std::chrono::milliseconds(1500);
    auto const at = workflow::parse_instant("2026-04-29T09:00:00+08:00").value();
    return SmsSender(gateway).send({"17.1", std::move(phone), "您的申请（430500-01-2026-000001）已经答复。", at});
}

TEST(Sms, IsHandedToTheGatewaySigned) {
    CarrierProcess const gateway("sms_gateway.py", "ok");
    auto const sent = send(gateway);
    ASSERT_EQ(sent.fate, Fate::Accepted) << sent.error;
    auto const received = gateway.received();
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0].at("id"), "17.1");
    EXPECT_EQ(received[0].at("phone"), "13800000000");
    EXPECT_EQ(received[0].at("text"), "您的申请（430500-01-2026-000001）已经答复。");
    EXPECT_EQ(received[0].at("signed"), true);
}

TEST(Sms, ARefusedNumberIsRefusedForGoodAndABusyGatewayTriedAgain) {
    EXPECT_EQ(send(CarrierProcess("sms_gateway.py", "refuse")).fate, Fate::Refused);
    auto const busy = send(CarrierProcess("sms_gateway.py", "busy"));
    EXPECT_EQ(busy.fate, Fate::Failed);
    EXPECT_EQ(busy.error, "http_503");
}

TEST(Sms, RedirectsAreNotFollowed) {
    CarrierProcess const gateway("sms_gateway.py", "redirect");
    EXPECT_EQ(send(gateway).fate, Fate::Failed);
    ASSERT_EQ(gateway.received().size(), 1U);
    EXPECT_EQ(gateway.received()[0].at("path"), "/send");
}

TEST(Sms, AnAnswerWithoutEndOrWithoutBeginningIsCutOff) {
    EXPECT_EQ(send(CarrierProcess("sms_gateway.py", "chatter")).fate, Fate::Failed);
    EXPECT_EQ(send(CarrierProcess("sms_gateway.py", "slow")).fate, Fate::Failed);
}

TEST(Sms, OnlyAMobileNumberIsCalled) {
    CarrierProcess const gateway("sms_gateway.py", "ok");
    for (auto const* phone : {"0739-1234567", "1380000000", "+8613800000000", "1380000000a", ""}) {
        EXPECT_EQ(send(gateway, phone).error, "bad_address") << phone;
    }
    EXPECT_TRUE(gateway.received().empty());
}

TEST(Sms, QuietHoursEndInTheMorning) {
    auto const loud = [](char const* now, std::int64_t from = 21, std::int64_t until = 8) {
        return workflow::to_string(next_loud_moment(workflow::parse_instant(now).value(), from, until));
    };
    EXPECT_EQ(loud("2026-04-29T20:59:59+08:00"), loud("2026-04-29T20:59:59+08:00", 0, 0));
    EXPECT_EQ(
        loud("2026-04-29T21:00:00+08:00"),
        workflow::to_string(workflow::parse_instant("2026-04-30T08:00:00+08:00").value())
    );
    EXPECT_EQ(
        loud("2026-04-30T07:59:00+08:00"),
        workflow::to_string(workflow::parse_instant("2026-04-30T08:00:00+08:00").value())
    );
    EXPECT_EQ(
        loud("2026-04-30T13:00:00+08:00", 12, 14),
        workflow::to_string(workflow::parse_instant("2026-04-30T14:00:00+08:00").value())
    );
}

}  // namespace
}  // namespace server::delivery
