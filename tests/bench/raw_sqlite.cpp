#include "storage/open_database.hpp"

#include <sqlite3.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

/// usage: raw_sqlite DATABASE FOLDER
/// What SQLite itself can do: takes the rows that handing in applications has left in DATABASE (a folder filled by
/// `disclosure serve` and POST /applications alone) and writes the same rows, as many per application, into a fresh
/// database in FOLDER with the same schema and settings, 32 applications per commit. Prints applications per second.
namespace {

constexpr int kGroup = 32;
constexpr std::array kMasterData{"agencies"};
constexpr std::array kPerApplication{
    "journal",
    "journal_sealed",
    "journal_node",
    "cases",
    "applicant_index",
    "object_keys",
    "idempotency",
    "outbox",
    "search_pending"};

void check(int code, sqlite3* database) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        throw std::runtime_error(sqlite3_errmsg(database));
}

void run(sqlite3* database, std::string const& sql) {
    check(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), database);
}

struct Table {
    sqlite3_stmt* insert = nullptr;
    std::vector<std::vector<sqlite3_value*>> rows;
    std::size_t next = 0;
};

Table load(sqlite3* from, sqlite3* to, std::string const& name) {
    Table table;
    sqlite3_stmt* select = nullptr;
    check(sqlite3_prepare_v2(from, ("SELECT * FROM " + name).c_str(), -1, &select, nullptr), from);
    int const columns = sqlite3_column_count(select);
    while (sqlite3_step(select) == SQLITE_ROW) {
        auto& row = table.rows.emplace_back();
        for (int i = 0; i < columns; ++i) row.push_back(sqlite3_value_dup(sqlite3_column_value(select, i)));
    }
    sqlite3_finalize(select);
    std::string sql = "INSERT INTO " + name + " VALUES (?";
    for (int i = 1; i < columns; ++i) sql += ",?";
    check(sqlite3_prepare_v2(to, (sql + ")").c_str(), -1, &table.insert, nullptr), to);
    return table;
}

/// Writes the rows up to `share` of all of them.
void write(Table& table, double share, sqlite3* to) {
    auto const until = static_cast<std::size_t>(share * static_cast<double>(table.rows.size()));
    for (; table.next < until; ++table.next) {
        for (std::size_t i = 0; i < table.rows[table.next].size(); ++i) {
            sqlite3_bind_value(table.insert, static_cast<int>(i) + 1, table.rows[table.next][i]);
        }
        check(sqlite3_step(table.insert), to);
        sqlite3_reset(table.insert);
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: raw_sqlite DATABASE FOLDER\n";
        return 2;
    }
    sqlite3* from = nullptr;
    sqlite3* to = nullptr;
    check(sqlite3_open_v2(arguments[1], &from, SQLITE_OPEN_READONLY, nullptr), from);
    auto const path = std::filesystem::path(arguments[2]) / "raw.db";
    check(sqlite3_open(path.c_str(), &to), to);
    run(to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
    for (auto const& step : storage::sqlite_schema()) run(to, std::string(step.sql));

    for (auto const* name : kMasterData) {
        auto table = load(from, to, name);
        write(table, 1, to);
    }
    std::vector<Table> tables;
    for (auto const* name : kPerApplication) tables.push_back(load(from, to, name));
    auto const applications = tables[3].rows.size();

    auto const began = std::chrono::steady_clock::now();
    for (std::size_t done = 0; done < applications; done += kGroup) {
        run(to, "BEGIN IMMEDIATE");
        double const share = std::min(1.0, static_cast<double>(done + kGroup) / static_cast<double>(applications));
        for (auto& table : tables) write(table, share, to);
        run(to, "COMMIT");
    }
    std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - began;
    std::cout << static_cast<std::int64_t>(static_cast<double>(applications) / taken.count()) << '\n';
    return applications > 0 ? 0 : 1;
}
