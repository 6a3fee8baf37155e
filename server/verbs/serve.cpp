#include <fmt/format.h>

#include <iostream>

#include "server/verbs/service.hpp"

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
        if (!read) return wrong("config", fmt::format("{}", fmt::join(read.error().lines, "\n")));
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
    auto const config = configure(options);
    if (!config) return config.error();
    auto folder = storage::DataFolder::open(config->data_folder);
    if (!folder) return folder.error();
    auto store = storage::Store::open(std::move(*folder), write_limits(*config));
    if (!store) return store.error();
    return run_service(*config, std::move(*store), [](std::string const& url) {
        std::cout << "服务已启动：" << url << std::endl;
    });
}

}  // namespace

void add_serve(CLI::App& program, Work& work) {
    auto* verb = program.add_subcommand("serve", "运行服务；SIGTERM 停止");
    auto const options = std::make_shared<ServeOptions>();
    verb->add_option("--config", options->config, "配置文件")->type_name("FILE");
    verb->add_option("--data", options->data, "数据目录（默认取配置，否则为 ./data）")->type_name("DIR");
    verb->add_option("--listen", options->listen, "监听的地址和端口，覆盖配置")->type_name("ADDR:PORT");
    verb->add_flag("--sample-config", options->sample, "打印一份带说明的配置文件后退出");
    verb->footer(
        "例：disclosure serve --data data --listen 127.0.0.1:8080\n"
        "    disclosure serve --sample-config > disclosure.toml\n\n设置：\n" +
        list_settings()
    );
    verb->callback([&work, options] { work = [options] { return serve(*options); }; });
}

}  // namespace server::verbs
