#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <iostream>

#include "server/access/accounts.hpp"
#include "server/demo/demo.hpp"
#include "server/runtime/time_source.hpp"
#include "server/verbs/progress.hpp"
#include "server/verbs/verb.hpp"
#include "workflow/words/numbers.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using workflow::Result;

struct InitOptions {
    std::string agency;
    std::string name;
    std::string word;
    std::string review_body;
    std::string court;
    bool demo = false;
    bool as_json = false;
    DataOption data;
};

/// The three administrators (三员分立): nobody can be two of them.
struct Administrator {
    std::string_view username;
    std::string_view name;
};
constexpr std::array kThree{
    Administrator{"system_admin", "系统管理员"},
    Administrator{"security_admin", "安全管理员"},
    Administrator{"auditor", "审计员"},
};

Result<void> put_first_agency(storage::Store& store, InitOptions const& options, workflow::Instant now) {
    using C = workflow::Channel;
    storage::Agency agency;
    agency.code = workflow::Code{options.agency};
    agency.name = options.name;
    agency.word = options.word.empty() ? options.name : options.word;
    agency.review_body = options.review_body;
    agency.court = options.court;
    agency.channels = {C::Counter, C::RegisteredMail, C::OrdinaryMail, C::Online};
    return store.writes().run([&](storage::Connection& connection) {
        return store.directory().put(connection, agency, kOperator, now);
    });
}

Result<ExitCode> make_folder(InitOptions const& options) {
    if (!workflow::is_agency_code(options.agency)) {
        return invalid(
            "bad_agency_code", fmt::format("“{}”不是机关代码，应为六位地区代码和编号，例如 430500-01。", options.agency)
        );
    }
    auto const folder = options.data.folder();
    if (!folder) return folder.error();
    auto const store = storage::Store::create(*folder);
    if (!store) return store.error();
    auto const now = SystemTime().now();
    if (auto const put = put_first_agency(**store, options, now); !put) return put.error();
    json::array accounts;
    for (Administrator const& each : kThree) {
        NewAccount const account{
            std::string(each.username), std::string(each.name), options.agency, {}, {std::string(each.username)}};
        auto made = add_account(**store, to_json(account), now);
        if (!made) return made.error();
        accounts.push_back(std::move(*made));
    }
    if (options.as_json) {
        std::cout << json::serialize(json::object{{"data", folder->string()}, {"accounts", std::move(accounts)}})
                  << '\n';
        return kDone;
    }
    std::cout << fmt::format("已建立数据目录 {}\n管理员账号（密码只显示这一次，首次登录须更换）：\n", folder->string());
    for (auto const& account : accounts) {
        std::cout << fmt::format(
            "  {:<16} {}\n",
            std::string_view(account.at("username").as_string()),
            std::string_view(account.at("password").as_string())
        );
    }
    std::cout << fmt::format("密钥文件 {} 请另行备份，丢失后数据无法读出。\n", (*folder / "keys").string());
    std::cout
        << "下一步：disclosure serve 启动后，用 system_admin 登录 /staff/，补全机关的地址、电话，建立科室和账号。\n";
    if (options.review_body.empty() || options.court.empty()) {
        std::cout << "还要在“机关”中填写行政复议机关和有管辖权的法院：没有这两项，答复书写不出救济途径，不能送审。\n";
    }
    return kDone;
}

Result<ExitCode> make_demo(InitOptions const& options) {
    auto const folder = options.data.folder();
    if (!folder) return folder.error();
    ProgressLine line("正在建立示范市");
    auto const made =
        demo::make_city(*folder, SystemTime().now(), [&](std::int64_t done, std::int64_t of) { line.show(done, of); });
    if (!made) return made.error();
    if (options.as_json) {
        std::cout << json::serialize(json::object{{"data", folder->string()}, {"cases", made->cases.size()}}) << '\n';
    } else {
        std::cout << fmt::format("已建立示范市，数据目录 {}\n{}", folder->string(), demo::describe(made->cases));
    }
    return kDone;
}

}  // namespace

void add_init(CLI::App& program, Work& work) {
    auto* verb = program.add_subcommand("init", "新建数据目录：数据库、密钥、日历、第一个机关和管理员");
    auto const options = std::make_shared<InitOptions>();
    auto* agency = verb->add_option("--agency", options->agency, "第一个机关的代码，如 430500-01")->type_name("CODE");
    auto* name = verb->add_option("--name", options->name, "它的名称")->type_name("NAME");
    auto* word = verb->add_option("--word", options->word, "机关代字，用于文号（默认同名称）")->type_name("WORD");
    auto* review_body =
        verb->add_option("--review-body", options->review_body, "它的行政复议机关，写入每份答复书")->type_name("NAME");
    auto* court = verb->add_option("--court", options->court, "有管辖权的人民法院，写入每份答复书")->type_name("NAME");
    auto* demo = verb->add_flag("--demo", options->demo, "建立示范市，不需要其他选项");
    for (auto* other : {agency, name, word, review_body, court}) demo->excludes(other);
    verb->add_flag("--json", options->as_json, "输出 JSON");
    options->data.add_to(*verb);
    verb->footer("例：disclosure init --data data --agency 430500-01 --name 示范市人民政府 --word 示政");
    verb->callback([&work, options] {
        if (!options->demo && (options->agency.empty() || options->name.empty())) {
            throw CLI::RequiredError("--agency 和 --name（或者 --demo）");
        }
        work = [options] { return options->demo ? make_demo(*options) : make_folder(*options); };
    });
}

}  // namespace server::verbs
