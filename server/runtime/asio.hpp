#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

/// The one short name for Boost.Asio in the server. Every coroutine of the server runs on the one io thread unless a
/// header says otherwise.
namespace server {
namespace net = boost::asio;

/// Waits for an operation; its error is the first element of what `co_await` gives.
inline constexpr auto kAwait = net::as_tuple(net::use_awaitable);

}  // namespace server
