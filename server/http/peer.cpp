#include "server/http/peer.hpp"

#include <algorithm>
#include <charconv>

namespace server::http {
namespace {

constexpr unsigned kMappedBits = 96;  // an IPv4 address is the last 32 bits of its mapped IPv6 address

net::ip::address_v6 as_v6(net::ip::address const& address) {
    return address.is_v6() ? address.to_v6() : net::ip::make_address_v6(net::ip::v4_mapped, address.to_v4());
}

/// IPv4 clients of an IPv6 socket appear as mapped addresses; there is one form of each address.
net::ip::address plain(net::ip::address const& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6());
    }
    return address;
}

net::ip::address_v6 mask(net::ip::address_v6 const& address, unsigned prefix_bits) {
    auto bytes = address.to_bytes();
    for (unsigned i = 0; i < bytes.size(); ++i) {
        auto const kept = std::clamp(static_cast<int>(prefix_bits) - static_cast<int>(i * 8), 0, 8);
        bytes[i] = static_cast<unsigned char>(bytes[i] & (0xFF00u >> kept));
    }
    return net::ip::address_v6(bytes, address.scope_id());
}

std::optional<net::ip::address> parse_address(std::string_view text) {
    boost::system::error_code failed;
    auto const address = net::ip::make_address(text, failed);
    if (failed) return std::nullopt;
    return plain(address);
}

/// "203.0.113.9:1234" and "[2001:db8::1]:55", as some proxies write it.
std::string_view without_port(std::string_view text) {
    if (auto const end = text.find(']'); text.starts_with('[') && end != std::string_view::npos) {
        return text.substr(1, end - 1);
    }
    auto const colon = text.find(':');
    return colon != std::string_view::npos && text.rfind(':') == colon ? text.substr(0, colon) : text;
}

}  // namespace

bool Networks::add(std::string_view text) {
    auto const slash = std::min(text.find('/'), text.size());
    auto const address = parse_address(text.substr(0, slash));
    if (!address) return false;
    unsigned const width = address->is_v4() ? 32 : 128;
    unsigned bits = width;
    if (slash < text.size()) {
        auto const* const end = text.data() + text.size();
        auto const [stop, failed] = std::from_chars(text.data() + slash + 1, end, bits);
        if (failed != std::errc() || stop != end || bits > width) return false;
    }
    if (address->is_v4()) bits += kMappedBits;
    networks_.push_back({mask(as_v6(*address), bits), bits});
    return true;
}

bool Networks::contains(net::ip::address const& address) const {
    if (networks_.empty()) return false;
    auto const wanted = as_v6(address);
    return std::ranges::any_of(networks_, [&](Network const& network) {
        return mask(wanted, network.prefix_bits) == network.address;
    });
}

net::ip::address client_address(
    net::ip::address const& peer, std::string_view forwarded_for, Networks const& trusted_proxies
) {
    auto client = plain(peer);
    while (!forwarded_for.empty() && trusted_proxies.contains(client)) {
        auto const comma = forwarded_for.rfind(',');
        auto part = comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        auto const named = parse_address(without_port(part));
        if (!named) break;
        client = *named;
        forwarded_for = comma == std::string_view::npos ? std::string_view() : forwarded_for.substr(0, comma);
    }
    return client;
}

net::ip::address client_network(net::ip::address const& address) {
    auto one = plain(address);
    if (one.is_v4()) return one;
    return mask(one.to_v6(), 64);
}

net::ip::address client_site(net::ip::address const& address) {
    auto one = plain(address);
    if (one.is_v4()) return one;
    return mask(one.to_v6(), 48);
}

std::string address_prefix(net::ip::address const& address) {
    auto const one = plain(address);
    if (one.is_v4()) {
        auto const bytes = one.to_v4().to_bytes();
        return std::to_string(bytes[0]) + '.' + std::to_string(bytes[1]) + '.' + std::to_string(bytes[2]) + ".0/24";
    }
    auto network = mask(one.to_v6(), 48);
    network.scope_id(0);
    return network.to_string() + "/48";
}

}  // namespace server::http
