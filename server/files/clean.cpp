#include "server/files/clean.hpp"

#include "workflow/people/personal_data.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "server/files/child.hpp"
#include "server/files/office.hpp"

namespace server::files {
namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

std::string serialize(pugi::xml_document const& document) {
    std::ostringstream out;
    document.save(out, "", pugi::format_raw);
    return std::move(out).str();
}

void remove_all(pugi::xml_node root, char const* what) {
    for (auto const& found : root.select_nodes(what)) found.node().parent().remove_child(found.node());
}

/// Replaces each such node by its children.
void unwrap_all(pugi::xml_node root, char const* what) {
    for (auto const& found : root.select_nodes(what)) {
        auto node = found.node();
        while (auto child = node.first_child()) node.parent().insert_move_before(child, node);
        node.parent().remove_child(node);
    }
}

// ---- packages ------------------------------------------------------------------------------------------------------

/// "word/document.xml" for "word/_rels/document.xml.rels".
std::string folder_of_relations(std::string_view part) {
    auto const end = part.find("_rels/");
    return std::string(part.substr(0, end));
}

/// Removes the dropped parts from relations and content types.
void forget_dropped(std::string const& part, pugi::xml_document& document, std::set<std::string> const& dropped) {
    auto const folder = folder_of_relations(part);
    std::vector<pugi::xml_node> gone;
    for (auto const& node : document.document_element().children()) {
        std::string name = node.attribute("PartName").as_string(node.attribute("Target").as_string());
        bool const absolute = name.starts_with('/');
        if (absolute) name.erase(0, 1);
        while (!absolute && name.starts_with("../")) name.erase(0, 3);
        bool const is_gone = std::ranges::any_of(dropped, [&](std::string const& each) {
            return absolute ? each == name : each == folder + name || each.ends_with("/" + name);
        });
        if (is_gone) gone.push_back(node);
    }
    for (auto& node : gone) node.parent().remove_child(node);
}

/// The picture without its metadata.
ChildResult<std::string> without_tags(PlainFile const& picture) {
    auto made = child_text({"exiftool", "-q", "-all=", "-o", "-", std::string(kInput)}, picture);
    if (made && made->empty()) return ChildOutcome{ChildEnd::Failed};
    return made;
}

/// A picture without metadata; unchanged for kinds that have none. Nullopt where that could not be determined.
std::optional<std::string> without_camera(std::string content) {
    auto made = without_tags(PlainFile(content));
    if (made) return std::move(*made);
    return made.error().gave_up() ? std::optional(std::move(content)) : std::nullopt;
}

using Cleaner = void (*)(std::string const& part, pugi::xml_document& document, Mask mask, void* context);

/// Copies the package part by part: each is dropped, cleaned, or kept as it is. Nullopt where a part cannot be read.
std::optional<PlainFile> repacked(
    Package const& package, std::set<std::string> const& dropped, Mask mask, Cleaner clean, void* context
) {
    Parts parts;
    for (auto const& name : package.parts()) {
        if (dropped.contains(name) || name.ends_with('/')) continue;
        auto content = package.part(name, kLargestPart);
        if (!content) return std::nullopt;
        bool const is_list = name == "[Content_Types].xml" || name.ends_with(".rels");
        pugi::xml_document document;
        if (is_list || name.ends_with(".xml")) {
            if (!load(package, name, document)) return std::nullopt;
            if (is_list) forget_dropped(name, document, dropped);
            if (!is_list) clean(name, document, mask, context);
            content = serialize(document);
        } else if (name.find("/media/") != std::string::npos) {
            content = without_camera(std::move(*content));
            if (!content) return std::nullopt;
        }
        parts.emplace_back(name, std::move(*content));
    }
    return PlainFile(pack(parts));
}

// ---- DOCX ----------------------------------------------------------------------------------------------------------

/// Masks the personal data of a paragraph, also where it spans several text nodes; masking keeps the length.
void mask_paragraph(pugi::xml_node paragraph) {
    std::vector<pugi::xml_node> pieces;
    std::string text;
    for (auto const& found : paragraph.select_nodes(".//w:t")) {
        pieces.push_back(found.node());
        text += found.node().child_value();
    }
    auto const places = workflow::find_personal_data(text);
    if (places.empty()) return;
    auto const covered = workflow::masked(text, places);
    std::size_t at = 0;
    for (auto& piece : pieces) {
        auto const size = std::string_view(piece.child_value()).size();
        piece.text().set(covered.substr(at, size).c_str());
        at += size;
    }
}

void clean_word_part(std::string const& part, pugi::xml_document& document, Mask mask, void*) {
    auto root = document.document_element();
    if (is_property_part(part)) root.remove_children();
    if (part == "word/settings.xml") remove_all(root, "//w:trackRevisions|//w:rsids");
    if (!holds_paragraphs(part)) return;
    remove_all(
        root,
        "//w:del|//w:moveFrom|//w:rPrChange|//w:pPrChange|//w:tblPrChange|//w:trPrChange|//w:tcPrChange|//"
        "w:sectPrChange"
    );
    remove_all(root, "//w:commentRangeStart|//w:commentRangeEnd|//w:commentReference");
    remove_all(root, "//w:r[w:rPr/w:vanish]");
    unwrap_all(root, "//w:ins|//w:moveTo");
    if (mask == Mask::No) return;
    for (auto const& found : root.select_nodes("//w:p")) mask_paragraph(found.node());
}

std::optional<PlainFile> clean_docx(Package const& package, Mask mask) {
    std::set<std::string> dropped;
    for (auto const& part : package.parts()) {
        if (is_comment_part(part) || part == "docProps/custom.xml") dropped.insert(part);
    }
    return repacked(package, dropped, mask, clean_word_part, nullptr);
}

// ---- XLSX ----------------------------------------------------------------------------------------------------------

struct Workbook {
    std::vector<Sheet> sheets;
    std::set<std::size_t> used;  ///< shared strings that a visible cell shows
};

void remove_hidden_cells(pugi::xml_node root) {
    remove_all(root, "//sheetData/row[@hidden='1' or @hidden='true']");
    for (auto const& found : root.select_nodes("//cols/col[@hidden='1' or @hidden='true']")) {
        int const first = found.node().attribute("min").as_int();
        int const last = found.node().attribute("max").as_int();
        for (auto row : root.child("sheetData").children("row")) {
            std::vector<pugi::xml_node> gone;
            for (auto const& cell : row.children("c")) {
                int const column = column_number(cell.attribute("r").as_string());
                if (column >= first && column <= last) gone.push_back(cell);
            }
            for (auto& cell : gone) row.remove_child(cell);
        }
        found.node().parent().remove_child(found.node());
    }
}

/// Replaces numeric cells that are personal data by masked text.
void mask_cells(pugi::xml_node root) {
    for (auto const& found : root.select_nodes("//sheetData/row/c[not(@t='s')]")) {
        auto cell = found.node();
        bool const inline_text = std::string_view(cell.attribute("t").as_string()) == "inlineStr";
        std::string const text = inline_text ? text_of(cell, "t") : std::string(cell.child_value("v"));
        auto const places = workflow::find_personal_data(text);
        if (places.empty()) continue;
        cell.remove_children();
        cell.remove_attribute("t");
        cell.append_attribute("t").set_value("inlineStr");
        cell.append_child("is").append_child("t").text().set(workflow::masked(text, places).c_str());
    }
}

void clean_sheet(pugi::xml_node root, Mask mask) {
    remove_hidden_cells(root);
    remove_all(root, "//f");
    remove_all(root, "/worksheet/legacyDrawing");
    if (mask == Mask::Yes) mask_cells(root);
}

/// Empties the shared strings that no visible cell shows; the indexes of the others stay valid.
void clean_strings(pugi::xml_node root, std::set<std::size_t> const& used, Mask mask) {
    std::size_t index = 0;
    for (auto item : root.children("si")) {
        auto const text = used.contains(index++) ? text_of(item, "t") : std::string();
        auto const places = workflow::find_personal_data(text);
        if (!text.empty() && (places.empty() || mask == Mask::No)) continue;
        item.remove_children();
        item.append_child("t").text().set(workflow::masked(text, places).c_str());
    }
}

void clean_excel_part(std::string const& part, pugi::xml_document& document, Mask mask, void* context) {
    auto const& workbook = *static_cast<Workbook*>(context);
    auto root = document.document_element();
    if (is_property_part(part)) root.remove_children();
    if (part == "xl/sharedStrings.xml") clean_strings(root, workbook.used, mask);
    if (part == "xl/workbook.xml") {
        remove_all(root, "//sheet[@state='hidden' or @state='veryHidden']|//definedNames|//bookViews");
    }
    if (std::ranges::find(workbook.sheets, part, &Sheet::part) != workbook.sheets.end()) clean_sheet(root, mask);
}

std::optional<PlainFile> clean_xlsx(Package const& package, Mask mask) {
    Workbook workbook{sheets_of(package), {}};
    std::set<std::string> dropped;
    for (auto const& part : package.parts()) {
        if (is_comment_part(part) || part == "docProps/custom.xml" || part == "xl/calcChain.xml") dropped.insert(part);
    }
    for (auto const& sheet : workbook.sheets) {
        pugi::xml_document document;
        if (sheet.hidden) dropped.insert(sheet.part);
        if (sheet.hidden || !load(package, sheet.part, document)) continue;
        remove_hidden_cells(document.document_element());
        for (auto const& found : document.select_nodes("//sheetData/row/c[@t='s']/v")) {
            workbook.used.insert(static_cast<std::size_t>(found.node().text().as_ullong()));
        }
    }
    return repacked(package, dropped, mask, clean_excel_part, &workbook);
}

// ---- the others ----------------------------------------------------------------------------------------------------

std::optional<PlainFile> clean_image(PlainFile const& file) {
    auto const made = without_tags(file);
    return made ? std::optional<PlainFile>(PlainFile(*made)) : std::nullopt;
}

std::optional<PlainFile> clean_text(PlainFile const& file, Mask mask) {
    auto const text = file.read_text(0, static_cast<std::size_t>(file.size()));
    return PlainFile(mask == Mask::Yes ? workflow::masked(text, workflow::find_personal_data(text)) : text);
}

std::optional<PlainFile> clean_package(Format format, PlainFile const& file, Mask mask) {
    auto const package = Package::open(file);
    if (!package) return std::nullopt;
    return format == Format::Docx ? clean_docx(*package, mask) : clean_xlsx(*package, mask);
}

}  // namespace

std::optional<PlainFile> clean_copy(Format format, PlainFile const& file, Mask mask) {
    switch (format) {
        case Format::Docx:
        case Format::Xlsx:
            return clean_package(format, file, mask);
        case Format::Jpeg:
        case Format::Png:
        case Format::Tiff:
            return clean_image(file);
        case Format::Text:
            return clean_text(file, mask);
        case Format::Pdf:
        case Format::Ofd:
            break;
    }
    return std::nullopt;
}

}  // namespace server::files
