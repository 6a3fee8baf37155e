#pragma once

#include <string>
#include <system_error>

namespace server {

/// Why a call of the operating system failed, in the words of those who run the program: "没有权限".
std::string describe_system_fault(std::error_code const& error);

}  // namespace server
