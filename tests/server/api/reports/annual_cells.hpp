#pragma once

#include <cstdint>
#include <string>

#include "tests/server/api/service.hpp"

namespace server::api {

/// Every cell of 表三 and 表四 opens as many cases as it counts. (The tables of these tests are smaller than a page.)
inline void expect_each_cell_to_open_its_cases(HttpClient& who, boost::json::object const& report) {
    auto const expect_listed = [&who](std::string const& list, boost::json::value const& cell) {
        auto const cases = who.get(std::string(kCases) + "?" + list);
        ASSERT_EQ(cases.status(), 200U) << list << cases.body();
        auto const listed = static_cast<std::int64_t>(cases.json().at("items").as_array().size());
        EXPECT_EQ(listed, cell.as_int64()) << list;
    };
    auto const& table3 = report.at("table3").as_object();
    auto const& columns = table3.at("column_lists").as_array();
    for (auto const& row : table3.at("rows").as_array()) {
        auto const& cells = row.at("cells").as_array();
        for (std::size_t column = 0; column < cells.size(); ++column) {
            std::string list(row.at("list").as_string());
            expect_listed(list.append(columns[column].as_string()), cells[column]);
        }
    }
    for (auto const& [block, lists] : report.at("table4_lists").as_object()) {
        auto const& cells = report.at("table4").at(block).as_array();
        for (std::size_t column = 0; column < cells.size(); ++column) {
            expect_listed(std::string(lists.as_array()[column].as_string()), cells[column]);
        }
    }
}

}  // namespace server::api
