// The one translation unit with the compiled parts of Asio and Beast (…_SEPARATE_COMPILATION).
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
