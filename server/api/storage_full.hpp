#pragma once

#include "server/http/problem.hpp"

namespace server::api {

/// 507: what storage::StorageFull is to the client of whatever was to be written.
inline http::Problem storage_full() {
    return http::Problem{
        .status = http::status::insufficient_storage,
        .code = "storage_full",
        .detail = "服务器的存储空间已满，没有保存。请联系管理员清理后再试。"};
}

}  // namespace server::api
