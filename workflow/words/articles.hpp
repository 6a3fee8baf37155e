#pragma once

#include <string>
#include <string_view>

/// The words of the law that letters quote: 中华人民共和国政府信息公开条例 (国务院令第711号). Articles are named as the
/// tables of the procedure name them: "条例第三十六条第二项".
namespace workflow {

/// What the article says, for the limb that is named; empty for one that is not of the 条例.
std::string_view text_of_article(std::string_view article);

/// As a letter cites it, the name of the law in full: "《中华人民共和国政府信息公开条例》第三十六条第二项".
std::string citation(std::string_view article);

}  // namespace workflow
