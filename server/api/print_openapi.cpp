#include <boost/json/serialize.hpp>

#include <iostream>

#include "server/api/openapi.hpp"

int main() { std::cout << boost::json::serialize(server::api::openapi_document()) << '\n'; }
