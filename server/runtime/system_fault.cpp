#include "server/runtime/system_fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace server {
namespace {

/// The likely errors of system calls, in Chinese.
struct SystemFault {
    std::errc code;
    std::string_view words;
};
constexpr std::array kSystemFaults{
    SystemFault{std::errc::no_such_file_or_directory, "没有这个文件或目录"},
    SystemFault{std::errc::permission_denied, "没有权限"},
    SystemFault{std::errc::operation_not_permitted, "系统不允许"},
    SystemFault{std::errc::not_a_directory, "路径中有一段不是目录"},
    SystemFault{std::errc::is_a_directory, "这是目录，不是文件"},
    SystemFault{std::errc::file_exists, "已经存在"},
    SystemFault{std::errc::directory_not_empty, "目录里还有内容"},
    SystemFault{std::errc::filename_too_long, "路径太长"},
    SystemFault{std::errc::read_only_file_system, "文件系统是只读的"},
    SystemFault{std::errc::no_space_on_device, "磁盘空间不足"},
    SystemFault{std::errc::file_too_large, "文件太大"},
    SystemFault{std::errc::io_error, "磁盘读写出错"},
    SystemFault{std::errc::not_enough_memory, "内存不足"},
    SystemFault{std::errc::too_many_files_open, "本程序打开的文件太多"},
    SystemFault{std::errc::too_many_files_open_in_system, "系统打开的文件太多"},
    SystemFault{std::errc::resource_unavailable_try_again, "系统资源暂时不足"},
    SystemFault{std::errc::address_in_use, "地址已被占用"},
    SystemFault{std::errc::address_not_available, "本机没有这个地址"},
    SystemFault{std::errc::address_family_not_supported, "本机不支持这种地址"},
    SystemFault{std::errc::connection_refused, "对方没有在监听"},
};

}  // namespace

std::string describe_system_fault(std::error_code const& error) {
    auto const known = std::ranges::find_if(kSystemFaults, [&](SystemFault const& each) { return error == each.code; });
    return known == kSystemFaults.end() ? fmt::format("系统错误 {}", error.value()) : std::string(known->words);
}

}  // namespace server
