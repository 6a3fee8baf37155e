#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "server/files/office.hpp"
#include "server/files/release_check.hpp"

namespace server::files {
namespace {

using workflow::Finding;
using workflow::FindingKind;
using workflow::Treatment;

constexpr std::size_t kExcerpt = 120;

std::string shorten(std::string text) {
    if (text.size() <= kExcerpt) return text;
    auto end = kExcerpt;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text.append("…");
}

void add(Findings& findings, FindingKind kind, std::string place, std::string excerpt) {
    findings.push_back({kind, Treatment::Remove, std::move(place), shorten(std::move(excerpt))});
}

void add_unread(Findings& findings, std::string part) {
    findings.push_back({FindingKind::Unread, Treatment::WaiverOnly, std::move(part), "内容过大或不能读取"});
}

/// Reports author, dates and other properties, but not the values that office programs write by themselves into a new
/// file.
void check_properties(Findings& findings, Package const& package) {
    constexpr std::array kSaysNothing{"Application", "AppVersion", "Template", "TotalTime", "DocSecurity", "revision"};
    for (auto const& part : package.parts()) {
        pugi::xml_document document;
        if (!is_property_part(part) || !load(package, part, document)) continue;
        std::string excerpt;
        for (auto const& property : document.document_element().children()) {
            std::string_view name = property.name();
            name.remove_prefix(std::min(name.find(':') + 1, name.size()));
            std::string const value = text_of(property, nullptr);
            if (value.empty() || std::ranges::find(kSaysNothing, name) != kSaysNothing.end()) continue;
            excerpt.append(excerpt.empty() ? "" : "；").append(name).append(" ").append(value);
        }
        if (!excerpt.empty()) add(findings, FindingKind::Property, "文档属性", std::move(excerpt));
    }
}

/// Reports pictures with the metadata of a camera, and embedded objects, which cannot be searched.
void check_parts(Findings& findings, Package const& package) {
    for (auto const& part : package.parts()) {
        bool const picture = part.find("/media/") != std::string::npos;
        auto const content = picture ? package.part(part, kLargestPart) : std::nullopt;
        if (content && content->substr(0, 65536).find(std::string_view("Exif\0\0", 6)) != std::string::npos) {
            add(findings, FindingKind::ImageMetadata, part, "图片带有拍摄信息");
        }
        bool const foreign = part.find("/embeddings/") != std::string::npos ||
                             part.find("pivotCache") != std::string::npos ||
                             part.find("externalLinks") != std::string::npos;
        if (!foreign || part.ends_with(".rels")) continue;
        findings.push_back(
            {FindingKind::EmbeddedFile,
             Treatment::WaiverOnly,
             part,
             "嵌入的数据不能自动清理，请在原文件中删除后重新上传"}
        );
    }
}

// ---- DOCX ----------------------------------------------------------------------------------------------------------

bool has_descendant(pugi::xml_node node, std::initializer_list<std::string_view> names) {
    return !node.find_node([&](pugi::xml_node each) { return std::ranges::find(names, each.name()) != names.end(); }
    ).empty();
}

std::string hidden_text(pugi::xml_node paragraph) {
    std::string hidden;
    for (auto const& found : paragraph.select_nodes(".//w:r[w:rPr/w:vanish]")) hidden += text_of(found.node(), "w:t");
    return hidden;
}

void check_paragraph(Findings& findings, pugi::xml_node paragraph, std::string const& place) {
    if (has_descendant(paragraph, {"w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange"})) {
        std::string changed;
        for (auto const& found : paragraph.select_nodes(".//w:del")) changed += text_of(found.node(), "w:delText");
        for (auto const& found : paragraph.select_nodes(".//w:ins")) changed += text_of(found.node(), "w:t");
        add(findings, FindingKind::TrackedChange, place, std::move(changed));
    }
    if (auto hidden = hidden_text(paragraph); !hidden.empty()) {
        add(findings, FindingKind::HiddenText, place, std::move(hidden));
    }
    add_personal(findings, text_of(paragraph, "w:t"), place, Treatment::Mask);
}

void check_paragraphs(Findings& findings, Package const& package, std::string const& part) {
    pugi::xml_document document;
    if (!load(package, part, document)) return add_unread(findings, part);
    bool const body = part == "word/document.xml";
    int number = 0;
    for (auto const& found : document.select_nodes("//w:p")) {
        auto const where = fmt::format("第{}段", ++number);
        check_paragraph(findings, found.node(), body ? where : part.substr(5) + " " + where);
    }
}

void check_comments(Findings& findings, Package const& package, std::string const& part) {
    pugi::xml_document document;
    if (!load(package, part, document)) return;
    int number = 0;
    for (auto const& found : document.select_nodes("//w:comment")) {
        add(findings, FindingKind::Comment, fmt::format("批注{}", ++number), text_of(found.node(), "w:t"));
    }
}

// ---- XLSX ----------------------------------------------------------------------------------------------------------

std::vector<std::string> shared_strings(Package const& package) {
    std::vector<std::string> strings;
    pugi::xml_document document;
    if (!load(package, "xl/sharedStrings.xml", document)) return strings;
    for (auto const& item : document.document_element().children("si")) strings.push_back(text_of(item, "t"));
    return strings;
}

std::string cell_text(pugi::xml_node cell, std::vector<std::string> const& strings) {
    std::string_view const type = cell.attribute("t").as_string();
    if (type == "inlineStr") return text_of(cell, "t");
    if (type != "s") return cell.child_value("v");
    auto const index = cell.child("v").text().as_ullong();
    return index < strings.size() ? strings[index] : std::string();
}

void check_sheet(
    Findings& findings, Package const& package, Sheet const& sheet, std::vector<std::string> const& strings
) {
    if (sheet.hidden) add(findings, FindingKind::HiddenSheet, sheet.name, "工作表不可见");
    pugi::xml_document document;
    if (!load(package, sheet.part, document)) return add_unread(findings, sheet.name);
    auto const root = document.document_element();
    for (auto const& column : root.child("cols").children("col")) {
        if (!is_set(column.attribute("hidden"))) continue;
        auto const first = column_name(column.attribute("min").as_int(1));
        auto const last = column_name(column.attribute("max").as_int(1));
        add(findings, FindingKind::HiddenColumn, fmt::format("{}!{}–{}列", sheet.name, first, last), "列不可见");
    }
    for (auto const& row : root.child("sheetData").children("row")) {
        std::string texts;
        for (auto const& cell : row.children("c")) {
            auto const text = cell_text(cell, strings);
            texts.append(texts.empty() ? "" : " ").append(text);
            auto const place = fmt::format("{}!{}", sheet.name, cell.attribute("r").as_string());
            add_personal(findings, text, place, Treatment::Mask);
        }
        if (is_set(row.attribute("hidden"))) {
            auto const place = fmt::format("{}!第{}行", sheet.name, row.attribute("r").as_string());
            add(findings, FindingKind::HiddenRow, place, std::move(texts));
        }
    }
}

void check_cell_comments(Findings& findings, Package const& package, std::string const& part) {
    pugi::xml_document document;
    if (!load(package, part, document)) return;
    for (auto const& found : document.select_nodes("//comment|//threadedComment")) {
        auto const node = found.node();
        auto const text = text_of(node, node.child("text").child("t") ? "t" : nullptr);
        add(findings, FindingKind::Comment, node.attribute("ref").as_string(), text);
    }
}

}  // namespace

// ---- shared with cleaning ------------------------------------------------------------------------------------------

std::string text_of(pugi::xml_node node, char const* text_element) {
    std::string text;
    struct Walker : pugi::xml_tree_walker {
        bool for_each(pugi::xml_node& each) override {
            bool const wanted = element == nullptr || std::string_view(each.parent().name()) == element;
            if (each.type() == pugi::node_pcdata && wanted) into->append(each.value());
            return true;
        }
        char const* element;
        std::string* into;
    } walker;
    walker.element = text_element;
    walker.into = &text;
    node.traverse(walker);
    return text;
}

std::string column_name(int number) {
    std::string name;
    for (; number > 0; number = (number - 1) / 26)
        name.insert(name.begin(), static_cast<char>('A' + (number - 1) % 26));
    return name;
}

int column_number(std::string_view cell) {
    int number = 0;
    for (char const c : cell) {
        if (c < 'A' || c > 'Z' || number > 100'000) break;
        number = number * 26 + (c - 'A' + 1);
    }
    return number;
}

bool is_set(pugi::xml_attribute attribute) {
    std::string_view const value = attribute.as_string();
    return value == "1" || value == "true";
}

bool holds_paragraphs(std::string_view part) {
    constexpr std::array<std::string_view, 5> kStems{
        "word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes"};
    return part.ends_with(".xml") &&
           std::ranges::any_of(kStems, [&](std::string_view stem) { return part.starts_with(stem); });
}

bool is_comment_part(std::string_view part) {
    constexpr std::array<std::string_view, 6> kStems{
        "word/comments", "word/people", "xl/comments", "xl/threadedComments/", "xl/persons/", "xl/drawings/vmlDrawing"};
    return std::ranges::any_of(kStems, [&](std::string_view stem) { return part.starts_with(stem); });
}

bool is_property_part(std::string_view part) { return part.starts_with("docProps/") && part.ends_with(".xml"); }

std::vector<Sheet> sheets_of(Package const& package) {
    std::vector<Sheet> sheets;
    pugi::xml_document relations;
    pugi::xml_document workbook;
    if (!load(package, "xl/_rels/workbook.xml.rels", relations) || !load(package, "xl/workbook.xml", workbook)) {
        return sheets;
    }
    std::map<std::string, std::string> targets;
    for (auto const& each : relations.document_element().children("Relationship")) {
        std::string target = each.attribute("Target").as_string();
        target.starts_with('/') ? target.erase(0, 1) : target.insert(0, "xl/");
        targets.emplace(each.attribute("Id").as_string(), std::move(target));
    }
    for (auto const& sheet : workbook.document_element().child("sheets").children("sheet")) {
        std::string const relation = sheet.attribute("r:id").as_string();
        std::string_view const state = sheet.attribute("state").as_string();
        sheets.push_back(
            {sheet.attribute("name").as_string(),
             targets[relation],
             relation,
             state == "hidden" || state == "veryHidden"}
        );
    }
    return sheets;
}

// ---- the checks ----------------------------------------------------------------------------------------------------

Findings check_docx(Package const& package) {
    Findings findings;
    for (auto const& part : package.parts()) {
        if (holds_paragraphs(part)) check_paragraphs(findings, package, part);
        if (part.starts_with("word/comments") && part.ends_with(".xml")) check_comments(findings, package, part);
    }
    check_parts(findings, package);
    check_properties(findings, package);
    return findings;
}

Findings check_xlsx(Package const& package) {
    Findings findings;
    auto const strings = shared_strings(package);
    for (auto const& sheet : sheets_of(package)) check_sheet(findings, package, sheet, strings);
    for (auto const& part : package.parts()) {
        if (is_comment_part(part) && part.ends_with(".xml")) check_cell_comments(findings, package, part);
    }
    check_parts(findings, package);
    check_properties(findings, package);
    return findings;
}

}  // namespace server::files
