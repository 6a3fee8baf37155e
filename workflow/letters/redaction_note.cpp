#include "workflow/letters/redaction_note.hpp"

#include <algorithm>
#include <string>

namespace workflow {
namespace {

std::string_view article_of(Limb limb) { return std::ranges::find(kLimbRules, limb, &LimbRule::limb)->article; }

}  // namespace

Document redaction_note(std::string_view file_name, Redaction const& redaction) {
    Document note;
    note.title = "删除说明";
    std::string text = "《";
    text.append(file_name).append("》");
    if (redaction.areas.empty()) {
        note.body.push_back(Paragraph{text.append("由各页的图像重新生成，没有删除内容。")});
        return note;
    }
    text.append("中下列内容不予公开，已按照《中华人民共和国政府信息公开条例》第三十七条作区分处理，其余内容予以公开：");
    note.body.push_back(Paragraph{std::move(text)});
    Table table{{"序号", "页", "具体情形", "依据"}, {1, 1, 4, 3}, {}};
    for (auto const& area : redaction.areas) {
        table.rows.push_back(
            {std::to_string(table.rows.size() + 1),
             std::to_string(area.page),
             std::string(label(area.limb)),
             std::string(article_of(area.limb))}
        );
    }
    note.body.push_back(std::move(table));
    return note;
}

}  // namespace workflow
