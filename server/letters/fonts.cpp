#include "server/letters/fonts.hpp"

namespace server::letters {

Fonts standard_fonts() {
    return {
        .body = {"FangSong_GB2312", "FandolFang", "Noto Serif CJK SC"},
        .title = {"FZXiaoBiaoSong-B05S", "FandolSong", "Noto Serif CJK SC"},
        .heading = {"SimHei", "FandolHei", "Noto Sans CJK SC"},
    };
}

}  // namespace server::letters
