#pragma once

#include "storage/engine/driver.hpp"

#include <gtest/gtest.h>

#include <cstdint>

/// The one number that a query gives.
inline std::int64_t number(storage::Connection& connection, storage::Sql sql) {
    auto rows = connection.query(sql);
    EXPECT_TRUE(rows.next());
    return rows.int64(0);
}
