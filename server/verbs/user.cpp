#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <iostream>

#include "server/access/accounts.hpp"
#include "server/verbs/verb.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using workflow::Result;

struct UserOptions {
    NewAccount account;
    std::string username;
    bool as_json = false;
    DataOption data;
};

void add_common(CLI::App& verb, std::shared_ptr<UserOptions> const& options) {
    verb.add_flag("--json", options->as_json, "输出 JSON");
    options->data.add_to(verb);
}

/// Prints what a command returned: the account, and a password where one was made.
ExitCode print(json::object const& result, bool as_json, std::string_view done) {
    if (as_json) {
        std::cout << json::serialize(result) << '\n';
        return kDone;
    }
    std::cout << "账号 " << std::string_view(result.at("username").as_string()) << " " << done << '\n';
    if (auto const* password = result.if_contains("password")) {
        std::cout << "初始密码（只显示这一次，首次登录须更换）：" << std::string_view(password->as_string()) << '\n';
    }
    return kDone;
}

Result<ExitCode> list(UserOptions const& options) {
    auto const store = open_read_only(options.data);
    if (!store) return store.error();
    auto const directory = (*store)->directory.current();
    json::array accounts;
    for (auto const& [id, staff] : directory->staff()) accounts.push_back(account_json(staff));
    if (options.as_json) {
        std::cout << json::serialize(accounts) << '\n';
        return kDone;
    }
    for (auto const& [id, staff] : directory->staff()) {
        std::cout << fmt::format(
            "{:<28} {:<12} {}  {}{}\n",
            staff.username,
            staff.agency.value,
            staff.name,
            workflow::names_of(staff.roles),
            staff.disabled ? "（已停用）" : ""
        );
    }
    return kDone;
}

void add_add(CLI::App& user, Work& work) {
    auto* verb = user.add_subcommand("add", "新增账号，打印一次性的初始密码");
    auto const options = std::make_shared<UserOptions>();
    verb->add_option("USERNAME", options->account.username, "用户名")->required();
    verb->add_option("--name", options->account.name, "姓名")->required();
    verb->add_option("--agency", options->account.agency, "机关代码")->required();
    verb->add_option("--department", options->account.department, "内设机构代码（承办人和部门负责人须填）");
    verb->add_option("--role", options->account.roles, "角色，可重复")->required();
    add_common(*verb, options);
    verb->footer("例：disclosure user add zhangsan --name 张三 --agency 430500-01 --role registrar --role reviewer");
    verb->callback([&work, options] {
        work = [options]() -> Result<ExitCode> {
            auto const result = run_command(options->data, "user.add", to_json(options->account));
            if (!result) return result.error();
            return print(*result, options->as_json, "已新增。");
        };
    });
}

/// A verb that names one account and nothing else.
struct Named {
    std::string_view verb;
    std::string_view command;
    std::string_view what;
    std::string_view done;
};
constexpr std::array kNamed{
    Named{"disable", "user.disable", "停用账号；已登录的随即退出", "已停用。"},
    Named{"reset", "user.reset", "重置密码并重新启用，打印一次性的初始密码", "的密码已重置。"},
};

void add_named(CLI::App& user, Work& work, Named const& named) {
    auto* verb = user.add_subcommand(std::string(named.verb), std::string(named.what));
    auto const options = std::make_shared<UserOptions>();
    verb->add_option("USERNAME", options->username, "用户名")->required();
    add_common(*verb, options);
    verb->footer(fmt::format("例：disclosure user {} zhangsan", named.verb));
    verb->callback([&work, options, &named] {
        work = [options, &named]() -> Result<ExitCode> {
            json::object const arguments{{"username", options->username}};
            auto const result = run_command(options->data, named.command, arguments);
            if (!result) return result.error();
            return print(*result, options->as_json, named.done);
        };
    });
}

void add_list(CLI::App& user, Work& work) {
    auto* verb = user.add_subcommand("list", "列出账号");
    auto const options = std::make_shared<UserOptions>();
    add_common(*verb, options);
    verb->footer("例：disclosure user list --json");
    verb->callback([&work, options] { work = [options] { return list(*options); }; });
}

}  // namespace

void add_user(CLI::App& program, Work& work) {
    auto* user = program.add_subcommand("user", "工作人员账号");
    user->require_subcommand(1);
    user->footer("例：disclosure user list");
    add_add(*user, work);
    for (Named const& named : kNamed) add_named(*user, work, named);
    add_list(*user, work);
}

}  // namespace server::verbs
