#include "server/http/peer.hpp"

#include <gtest/gtest.h>

namespace server::http {
namespace {

net::ip::address ip(char const* text) { return net::ip::make_address(text); }

Networks networks(std::initializer_list<char const*> texts) {
    Networks made;
    for (auto const* text : texts) EXPECT_TRUE(made.add(text)) << text;
    return made;
}

TEST(Networks, ContainAddressesByPrefix) {
    auto const some = networks({"10.1.0.0/16", "192.0.2.7", "2001:db8:1::/47"});
    EXPECT_TRUE(some.contains(ip("10.1.255.3")));
    EXPECT_TRUE(some.contains(ip("::ffff:10.1.0.9")));
    EXPECT_FALSE(some.contains(ip("10.2.0.1")));
    EXPECT_TRUE(some.contains(ip("192.0.2.7")));
    EXPECT_FALSE(some.contains(ip("192.0.2.6")));
    EXPECT_TRUE(some.contains(ip("2001:db8:1:ffff::1")));
    EXPECT_TRUE(some.contains(ip("2001:db8::1")));
    EXPECT_FALSE(some.contains(ip("2001:db8:2::1")));
    EXPECT_FALSE(Networks().contains(ip("0.0.0.0")));
    EXPECT_TRUE(networks({"0.0.0.0/0"}).contains(ip("8.8.8.8")));
    EXPECT_FALSE(networks({"0.0.0.0/0"}).contains(ip("2001:db8::1")));
}

TEST(Networks, RefuseWhatIsNone) {
    Networks some;
    for (auto const* text : {"", "proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "10.0.0/8", "::1/129", "/8"}) {
        EXPECT_FALSE(some.add(text)) << text;
    }
}

TEST(ClientAddress, BelievesOnlyTrustedProxies) {
    auto const trusted = networks({"10.0.0.0/8"});
    EXPECT_EQ(client_address(ip("203.0.113.5"), "198.51.100.1", trusted), ip("203.0.113.5"));
    EXPECT_EQ(client_address(ip("10.0.0.1"), "198.51.100.1", trusted), ip("198.51.100.1"));
    EXPECT_EQ(client_address(ip("10.0.0.1"), "1.1.1.1, 198.51.100.1, 10.0.0.2", trusted), ip("198.51.100.1"));
    EXPECT_EQ(client_address(ip("10.0.0.1"), "1.1.1.1, nonsense, 10.0.0.2", trusted), ip("10.0.0.2"));
    EXPECT_EQ(client_address(ip("10.0.0.1"), "", trusted), ip("10.0.0.1"));
    EXPECT_EQ(client_address(ip("10.0.0.1"), "198.51.100.1:4711", trusted), ip("198.51.100.1"));
    EXPECT_EQ(client_address(ip("10.0.0.1"), "[2001:db8::7]:55", trusted), ip("2001:db8::7"));
    EXPECT_EQ(client_address(ip("10.0.0.1"), "[2001:db8::7", trusted), ip("10.0.0.1"));
    EXPECT_EQ(client_address(ip("::ffff:10.0.0.1"), "2001:db8::7", trusted), ip("2001:db8::7"));
}

TEST(ClientNetwork, IsOneHostOrOneIpv6Site) {
    EXPECT_EQ(client_network(ip("203.0.113.5")), ip("203.0.113.5"));
    EXPECT_EQ(client_network(ip("::ffff:203.0.113.5")), ip("203.0.113.5"));
    EXPECT_EQ(client_network(ip("2001:db8:1:2:3:4:5:6")), ip("2001:db8:1:2::"));
}

TEST(ClientSite, IsOneHostOrWhatOneCustomerHolds) {
    EXPECT_EQ(client_site(ip("::ffff:203.0.113.5")), ip("203.0.113.5"));
    EXPECT_EQ(client_site(ip("2001:db8:1:2:3:4:5:6")), ip("2001:db8:1::"));
}

TEST(AddressPrefix, NamesNoSingleHost) {
    EXPECT_EQ(address_prefix(ip("203.0.113.5")), "203.0.113.0/24");
    EXPECT_EQ(address_prefix(ip("::ffff:203.0.113.5")), "203.0.113.0/24");
    EXPECT_EQ(address_prefix(ip("2001:db8:1:2:3:4:5:6")), "2001:db8:1::/48");
}

}  // namespace
}  // namespace server::http
