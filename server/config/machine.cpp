#include "server/config/machine.hpp"

#include <fmt/format.h>

#include "server/letters/missing_faces.hpp"

namespace server {

std::vector<Warning> warnings_of_machine(Config const& config) {
    auto const missing = letters::missing_faces(config.letter_fonts);
    if (missing.empty()) return {};
    return {
        {"letter_fonts_missing",
         fmt::format(
             "没有安装公文用的{}字体，文书暂用 Noto 字体代替，不合 GB/T 9704。请运行 .ci/fonts 取得 Fandol "
             "字体，或者安装"
             "已购买的字体，然后重新启动。",
             fmt::join(missing, "、")
         )}};
}

}  // namespace server
