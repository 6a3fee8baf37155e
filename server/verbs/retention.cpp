#include "storage/papers/retention.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <limits>

#include "server/access/accounts.hpp"
#include "server/runtime/time_source.hpp"
#include "server/verbs/commands.hpp"
#include "server/verbs/verb.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using storage::Connection;
using workflow::Result;

constexpr auto kAll = std::numeric_limits<std::int64_t>::max();

struct RetentionOptions {
    std::string number;
    bool as_json = false;
    DataOption data;
};

json::object to_json(storage::Retention::Row const& row) {
    return {
        {"number", row.number},
        {"agency", row.agency},
        {"keep_until", workflow::to_string(row.keep_until)},
        {"held", row.held},
        {"proposed", row.proposed_by.has_value()}};
}

Result<ExitCode> list(RetentionOptions const& options) {
    auto const store = open_read_only(options.data);
    if (!store) return store.error();
    auto const today = workflow::local_date(SystemTime().now());
    json::array all;
    for (auto const& row : (*store)->retention.expired(*(*store)->connection, today, kAll)) {
        all.push_back(to_json(row));
        if (options.as_json) continue;
        auto const* const standing = row.held ? "暂缓销毁" : row.proposed_by ? "已提议销毁" : "期满";
        std::cout << fmt::format("{}  保管到 {}  {}\n", row.number, workflow::to_string(row.keep_until), standing);
    }
    if (options.as_json) {
        std::cout << json::serialize(all) << '\n';
    } else if (all.empty()) {
        std::cout << "没有保管期限已经届满的案卷。\n";
    }
    return kDone;
}

}  // namespace

Result<json::object> erase_case(storage::Store& store, json::object const& arguments, workflow::Instant now) {
    std::string const number(arguments.at("number").as_string());
    auto& retention = store.retention();
    auto erase = [&](Connection& connection) -> Result<void> {
        auto const expired = retention.expired(connection, workflow::local_date(now), kAll);
        auto const row = std::ranges::find(expired, number, &storage::Retention::Row::number);
        if (row == expired.end())
            return invalid("not_expired", "没有这件保管期限已经届满的申请，请用 retention list 查看。");
        return retention.erase(connection, row->id, kOperator, now);
    };
    if (auto const erased = store.writes().run(std::move(erase)); !erased) return erased.error();
    auto remove = [&retention](Connection& connection) -> Result<void> {
        retention.remove_files(connection);
        return {};
    };
    if (auto const removed = store.writes().run(std::move(remove)); !removed) return removed.error();
    return json::object{{"number", number}};
}

void add_retention(CLI::App& program, Work& work) {
    auto* retention = program.add_subcommand("retention", "案卷的保管期限和个人信息的销毁");
    retention->require_subcommand(1);
    retention->footer("例：disclosure retention list");

    auto const options = std::make_shared<RetentionOptions>();
    auto const add = [&](std::string const& name, std::string const& what) {
        auto* verb = retention->add_subcommand(name, what);
        verb->add_flag("--json", options->as_json, "输出 JSON");
        options->data.add_to(*verb);
        return verb;
    };
    auto* listing = add("list", "保管期限已经届满、还没有销毁的案卷");
    listing->footer("例：disclosure retention list --json");
    listing->callback([&work, options] { work = [options] { return list(*options); }; });

    auto* erasing = add("erase", "作为第二人，销毁安全管理员已经提议销毁的一件申请的个人信息；不能恢复");
    erasing->add_option("NUMBER", options->number, "受理编号")->required();
    erasing->footer("例：disclosure retention erase 430500-01-2026-000001");
    erasing->callback([&work, options] {
        work = [options]() -> Result<ExitCode> {
            auto const result = run_command(options->data, "retention.erase", {{"number", options->number}});
            if (!result) return result.error();
            if (options->as_json)
                std::cout << json::serialize(*result) << '\n';
            else
                std::cout << fmt::format("申请件 {} 的个人信息已经销毁。\n", options->number);
            return kDone;
        };
    });
}

}  // namespace server::verbs
