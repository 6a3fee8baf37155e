#include "server/demo/demo.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <iostream>

#include "server/runtime/time_source.hpp"
#include "server/service/service.hpp"
#include "server/verbs/progress.hpp"
#include "server/verbs/verb.hpp"

namespace server::verbs {
namespace {

namespace fs = std::filesystem;
using workflow::Result;

/// A visitor of the demo plays all its applicants at once.
constexpr std::int64_t kAsOftenAsOneLikes = 1'000'000;

struct DemoOptions {
    std::string data;
    std::string listen;
};

/// The folder to fill; a temporary one is deleted when the program ends.
class DemoFolder {
public:
    explicit DemoFolder(std::string const& wanted) : path_(wanted), temporary_(wanted.empty()) {
        if (!temporary_) return;
        auto name = (fs::temp_directory_path() / "disclosure-demo-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("不能建立临时目录，请检查系统临时目录的权限和空间");
        path_ = name;
    }
    DemoFolder(DemoFolder const&) = delete;
    DemoFolder& operator=(DemoFolder const&) = delete;
    ~DemoFolder() {
        std::error_code ignored;
        if (temporary_) fs::remove_all(path_, ignored);
    }
    fs::path const& path() const { return path_; }
    bool temporary() const { return temporary_; }

private:
    fs::path path_;
    bool temporary_;
};

Result<ExitCode> run(DemoOptions const& options) {
    Config config;
    config.secure_cookies = false;  // plain http on this machine
    config.public_writes_per_minute = config.applications_per_day = kAsOftenAsOneLikes;
    if (!options.listen.empty()) {
        if (auto const applied = apply_listen(options.listen, config); !applied) return applied.error();
    }
    DemoFolder const folder(options.data);
    auto city = [&] {
        ProgressLine line("正在建立示范市");
        return demo::make_city(folder.path(), SystemTime().now(), [&](std::int64_t done, std::int64_t of) {
            line.show(done, of);
        });
    }();
    if (!city) return city.error();
    auto const announce = [&](std::string const& url) {
        std::cout
            << fmt::format(
                   "示范市已启动：{0}\n接口说明：{0}api/v1/openapi.json\n数据目录：{1}{2}\n"
                   "为方便试用，放宽了同一来源提交的次数（public.writes_per_minute、public.applications_per_day）。\n\n"
                   "{3}\n按 Ctrl-C 停止。\n",
                   url,
                   folder.path().string(),
                   folder.temporary() ? "（临时，停止后删除；用 --data 保留）" : "",
                   demo::describe(city->cases)
               )
            << std::flush;
    };
    auto const ran = run_service(config, std::move(city->store), commands(), announce);
    if (!ran) return ran.error();
    return kDone;
}

}  // namespace

void add_demo(CLI::App& program, Work& work) {
    auto* verb = program.add_subcommand("demo", "在新的数据目录里建立示范市并运行服务");
    auto const options = std::make_shared<DemoOptions>();
    verb->add_option("--data", options->data, "数据目录，须为空（默认为临时目录，停止后删除）")->type_name("DIR");
    verb->add_option("--listen", options->listen, "监听的地址和端口（默认 127.0.0.1:8080）")->type_name("ADDR:PORT");
    verb->footer("例：disclosure demo --listen 127.0.0.1:8080");
    verb->callback([&work, options] { work = [options] { return run(*options); }; });
}

}  // namespace server::verbs
