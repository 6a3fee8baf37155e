#pragma once

#include <span>
#include <string>
#include <string_view>

/// The words of the law that letters quote: 中华人民共和国政府信息公开条例 (国务院令第711号) and its neighbours.
/// Articles are named as the tables of the procedure name them: "条例第三十六条第二项", "档案法第十五条第二款".
namespace workflow {

/// What the article says, for the limb that is named; empty for one whose words are not kept here.
std::string_view text_of_article(std::string_view article);

/// As a letter cites it, the name of the law in full: "《中华人民共和国政府信息公开条例》第三十六条第二项".
std::string citation(std::string_view article);

/// Several articles in a sentence, each law named once and short: "《政府信息公开条例》第三十六条第三项、第十四条".
std::string short_citation(std::span<std::string_view const> articles);

}  // namespace workflow
