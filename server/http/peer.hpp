#pragma once

#include <boost/asio/ip/address.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/runtime/asio.hpp"

namespace server::http {

/// A set of IP networks, such as the proxies whose X-Forwarded-For is believed.
class Networks {
public:
    /// Adds "10.0.0.0/8", "2001:db8::/32" or a single address. False when the text is none of these.
    bool add(std::string_view text);
    [[nodiscard]] bool contains(net::ip::address const& address) const;

private:
    struct Network {
        net::ip::address_v6 address;  ///< IPv4 as mapped addresses
        unsigned prefix_bits;
    };
    std::vector<Network> networks_;
};

/// The client's address: `peer`, or, as long as that is a trusted proxy, the address from which it says it got the
/// request. `forwarded_for` is the whole X-Forwarded-For list; it is read from the right, so what the client wrote
/// itself is never reached. Reading stops at a part that is no address.
[[nodiscard]] net::ip::address client_address(
    net::ip::address const& peer, std::string_view forwarded_for, Networks const& trusted_proxies
);

/// The network that counts as one client: the IPv4 address, or the /64 of IPv6.
[[nodiscard]] net::ip::address client_network(net::ip::address const& address);

/// The network that one customer of a provider may hold: the IPv4 address, or the /48 of IPv6. For limits that nobody
/// may evade by using another of their own addresses.
[[nodiscard]] net::ip::address client_site(net::ip::address const& address);

/// The part of an address that may be logged: "203.0.113.0/24" or "2001:db8:1::/48".
[[nodiscard]] std::string address_prefix(net::ip::address const& address);

}  // namespace server::http
