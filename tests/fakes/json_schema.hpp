#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace fakes {

/// Every place where `value` is not what `schema` says, as "/pointer: what is wrong"; empty when it is. References lead
/// into `document`. JSON Schema 2020-12 as far as the service uses it: a keyword not known here throws
/// std::invalid_argument, so that none goes unchecked.
std::vector<std::string> schema_faults(
    boost::json::value const& value, boost::json::object const& schema, boost::json::object const& document
);

}  // namespace fakes
