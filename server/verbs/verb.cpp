#include "server/verbs/verb.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>

#include "server/access/accounts.hpp"
#include "server/config/config.hpp"
#include "server/runtime/time_source.hpp"
#include "server/verbs/commands.hpp"
#include "storage/journal/canonical_json.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

std::string_view describe(storage::JsonFault fault) {
    switch (fault) {
        case storage::JsonFault::too_large:
            return "内容太大";
        case storage::JsonFault::bad_utf8:
            return "不是有效的 UTF-8";
        case storage::JsonFault::malformed:
            return "不是有效的 JSON";
        case storage::JsonFault::trailing_data:
            return "JSON 之后还有多余的内容";
        case storage::JsonFault::too_deep:
            return "嵌套太深";
        case storage::JsonFault::duplicate_key:
            return "同一个成员出现了两次";
    }
    return "不是有效的 JSON";
}

constexpr std::array kCommands{
    Command{"user.add", add_account},
    Command{"user.disable", disable_account},
    Command{"user.reset", reset_account},
    Command{"calendar.import", import_calendar},
    Command{"ledger.import", import_ledger},
    Command{"retention.erase", erase_case},
};

}  // namespace

std::span<Command const> commands() { return kCommands; }

Refusal invalid(std::string code, std::string detail) {
    return {RefusalKind::Invalid, std::move(code), std::move(detail)};
}

void DataOption::add_to(CLI::App& verb) {
    verb.add_option("--data", data_, "数据目录（默认取配置中的 data.folder，否则为 ./data）")->type_name("DIR");
    verb.add_option("--config", config_, "配置文件")->type_name("FILE");
}

Result<std::filesystem::path> DataOption::folder() const {
    if (!data_.empty()) return std::filesystem::path(data_);
    if (config_.empty()) return std::filesystem::path(Config().data_folder);
    auto const config = read_config(config_);
    if (!config) return invalid("config", fmt::format("{}", fmt::join(config.error().lines, "\n")));
    return std::filesystem::path(config->data_folder);
}

ReadOnlyStore::ReadOnlyStore(storage::DataFolder opened)
    : folder(std::move(opened)),
      database(storage::open_database(folder.database())),
      connection(database->open_reader()),
      journal((storage::require_current_schema(*connection, database->schema()), *connection)),
      directory(*connection, folder.vault(), journal),
      calendar(*connection, journal),
      publications(folder.vault(), journal),
      cases(folder.vault(), journal, directory, calendar, publications),
      letters(folder.vault(), journal),
      files(folder.files(), folder.vault()),
      retention(folder.vault(), journal, cases, files) {}

Result<std::unique_ptr<ReadOnlyStore>> open_read_only(DataOption const& data) {
    auto const path = data.folder();
    if (!path) return path.error();
    auto folder = storage::DataFolder::open_read_only(*path);
    if (!folder) return folder.error();
    return std::make_unique<ReadOnlyStore>(std::move(*folder));
}

Result<json::object> run_command(DataOption const& data, std::string_view name, json::object const& arguments) {
    auto const path = data.folder();
    if (!path) return path.error();
    {
        auto const folder = storage::DataFolder::open_read_only(*path);
        if (!folder) return folder.error();
        if (auto answer = ask_service(folder->control_socket(), name, arguments)) return *answer;
    }
    auto folder = storage::DataFolder::open(*path);
    if (!folder) return folder.error();
    auto const store = storage::Store::open(std::move(*folder));
    if (!store) return store.error();
    auto const command = std::ranges::find(commands(), name, &Command::name);
    return command->run(**store, arguments, SystemTime().now());
}

Result<std::string> read_text(std::string const& file) {
    if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::ifstream in(file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (!in.is_open() || in.bad())
        return invalid("file_unreadable", fmt::format("读不出文件 {}，请检查路径和权限。", file));
    return text;
}

Result<json::value> read_json(std::string const& file) {
    auto const text = read_text(file);
    if (!text) return text.error();
    return parse_json(*text);
}

Result<json::value> parse_json(std::string_view text) {
    auto value = storage::parse_json(text);
    if (value) return std::move(*value);
    auto const before = text.substr(0, value.error().offset);
    auto const line = 1 + std::ranges::count(before, '\n');
    return invalid("bad_json", fmt::format("第 {} 行：{}，请改正后重试。", line, describe(value.error().fault)));
}

}  // namespace server::verbs
