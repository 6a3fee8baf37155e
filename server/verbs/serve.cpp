#include <fmt/format.h>

#include <csignal>
#include <iostream>

#include "server/config/machine.hpp"
#include "server/service/service.hpp"
#include "server/verbs/verb.hpp"

namespace server::verbs {
namespace {

using workflow::Result;

struct ServeOptions {
    std::string config;
    std::string data;
    std::string listen;
    bool sample = false;
};

Result<Config> configure(ServeOptions const& options) {
    Config config;
    if (!options.config.empty()) {
        auto read = read_config(options.config);
        if (!read) return invalid("config", fmt::format("{}", fmt::join(read.error().lines, "\n")));
        config = std::move(*read);
    }
    if (!options.data.empty()) config.data_folder = options.data;
    if (!options.listen.empty()) {
        if (auto const applied = apply_listen(options.listen, config); !applied) return applied.error();
    }
    return config;
}

Result<ExitCode> serve(ServeOptions const& options) {
    if (options.sample) {
        std::cout << sample_config();
        return kDone;
    }
    std::signal(SIGHUP, SIG_IGN);  // until the service hears it: it never ends one that still opens its folder
    auto const config = configure(options);
    if (!config) return config.error();
    auto folder = storage::DataFolder::open(config->data_folder);
    if (!folder) return folder.error();
    auto store = storage::Store::open(std::move(*folder), write_limits(*config));
    if (!store) return store.error();
    auto const announce = [&](std::string const& url) {
        std::cout << "服务已启动：" << url << '\n';
        for (auto const& warnings : {warnings_of(*config), warnings_of_machine(*config)})
            for (auto const& warning : warnings) std::cout << "注意：" << warning.detail << '\n';
        std::cout << std::flush;
    };
    Reread reread;
    if (!options.config.empty()) reread = [options] { return configure(options); };
    auto const ran = run_service(*config, std::move(*store), commands(), announce, std::move(reread));
    if (!ran) return ran.error();
    return kDone;
}

}  // namespace

void add_serve(CLI::App& program, Work& work) {
    auto* verb = program.add_subcommand("serve", "运行服务；SIGTERM 办完手头的停止，再次发送立即停止；SIGHUP 重载");
    auto const options = std::make_shared<ServeOptions>();
    verb->add_option("--config", options->config, "配置文件")->type_name("FILE");
    verb->add_option("--data", options->data, "数据目录（默认取配置，否则为 ./data）")->type_name("DIR");
    verb->add_option("--listen", options->listen, "监听的地址和端口，覆盖配置")->type_name("ADDR:PORT");
    verb->add_flag("--sample-config", options->sample, "打印一份带说明的配置文件后退出");
    verb->footer(
        "例：disclosure serve --data data --listen 127.0.0.1:8080\n"
        "    disclosure serve --sample-config > disclosure.toml\n\n"
        "SIGHUP 重新打开日志文件；有 --config 时重新读取配置，注明“可重载”的设置立即生效，其余的重新启动后生效；\n"
        "配置有误时一项也不改，错在哪里写入日志。\n\n设置：\n" +
        list_settings()
    );
    verb->callback([&work, options] { work = [options] { return serve(*options); }; });
}

}  // namespace server::verbs
