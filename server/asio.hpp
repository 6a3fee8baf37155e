#pragma once

#include <boost/asio/awaitable.hpp>

/// The one short name for Boost.Asio in the server. Every coroutine of the server runs on the one io thread unless a
/// header says otherwise.
namespace server {
namespace net = boost::asio;
}
