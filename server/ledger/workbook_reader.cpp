#include <zip.h>

#include <fmt/format.h>
#include <pugixml.hpp>

#include <charconv>
#include <memory>
#include <optional>

#include "server/ledger/table.hpp"

/// The first sheet of an XLSX file (ECMA-376): enough of it to read a list. Rows and shared texts are parsed one by
/// one, so that memory follows the text and not a tree of the whole sheet.
namespace server::ledger {
namespace {

using workflow::Result;

struct CloseArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

workflow::Refusal no_workbook() { return unreadable("文件不是可以读取的 XLSX 表格。"); }

Archive open_archive(std::string_view file) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const source = zip_source_buffer_create(file.data(), file.size(), 0, &error);
    if (source == nullptr) return nullptr;
    Archive archive(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!archive) zip_source_free(source);
    return archive;
}

/// Reads one part whole. The size stated in the directory is checked first, and the bytes read are counted.
Result<std::string> read_part(zip_t& archive, std::string const& name, Limits const& limits) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    bool const sized = zip_stat(&archive, name.c_str(), 0, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0;
    if (!sized) return no_workbook();
    if (stat.size > limits.unpacked_bytes) return unreadable("表格展开后过大，请分成几个文件导入。");
    std::unique_ptr<zip_file_t, CloseFile> const file(zip_fopen(&archive, name.c_str(), 0));
    if (!file) return no_workbook();
    std::string text(stat.size, '\0');
    std::size_t have = 0;
    while (have < text.size()) {
        auto const count = zip_fread(file.get(), text.data() + have, text.size() - have);
        if (count <= 0) return no_workbook();
        have += static_cast<std::size_t>(count);
    }
    return text;
}

bool has_part(zip_t& archive, std::string const& name) { return zip_name_locate(&archive, name.c_str(), 0) >= 0; }

bool parse(pugi::xml_document& document, std::string_view xml) {
    return document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
}

/// Calls visit(element) for each <name …>…</name> of the text, parsed by itself, until it returns false.
template <typename Visit>
bool for_each_element(std::string_view xml, std::string_view name, Visit&& visit) {
    std::string const begin = "<" + std::string(name);
    std::string const end = "</" + std::string(name) + ">";
    for (auto at = xml.find(begin); at != std::string_view::npos; at = xml.find(begin, at)) {
        auto const next = at + begin.size();
        bool const whole_name = next < xml.size() && std::string_view(" \t\r\n/>").find(xml[next]) != std::string::npos;
        auto const head_end = xml.find('>', at);
        if (head_end == std::string_view::npos) return false;
        if (!whole_name) {
            at = head_end;
            continue;
        }
        auto stop = head_end + 1;
        if (xml[head_end - 1] != '/') {
            auto const tail = xml.find(end, at);
            if (tail == std::string_view::npos) return false;
            stop = tail + end.size();
        }
        pugi::xml_document document;
        if (!parse(document, xml.substr(at, stop - at)) || !visit(document.first_child())) return false;
        at = stop;
    }
    return true;
}

/// The text of <si> or <is>, readings of characters (<rPh>) left out.
std::string text_of(pugi::xml_node const& item) {
    std::string text;
    for (pugi::xml_node const& child : item.children()) {
        std::string_view const name = child.name();
        if (name == "t") text += child.text().get();
        if (name == "r") text += child.child("t").text().get();
    }
    return text;
}

/// The place of the first sheet, from the workbook and its relations.
std::optional<std::string> first_sheet(zip_t& archive, Limits const& limits) {
    auto const workbook = read_part(archive, "xl/workbook.xml", limits);
    auto const relations = read_part(archive, "xl/_rels/workbook.xml.rels", limits);
    pugi::xml_document book;
    pugi::xml_document links;
    if (!workbook || !relations || !parse(book, *workbook) || !parse(links, *relations)) return std::nullopt;
    auto const sheet = book.child("workbook").child("sheets").child("sheet");
    std::string_view const id = sheet.attribute("r:id").value();
    for (pugi::xml_node const& link : links.child("Relationships").children("Relationship")) {
        if (id != link.attribute("Id").value()) continue;
        std::string target = link.attribute("Target").value();
        return target.starts_with('/') ? target.substr(1) : "xl/" + target;
    }
    return std::nullopt;
}

/// "AB12" → 27; nullopt where there are no letters, or too many.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    std::size_t letters = 0;
    for (; letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z'; ++letters) {
        column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A') + 1;
    }
    if (letters == 0 || letters > 3) return std::nullopt;
    return column - 1;
}

class SheetReader {
public:
    SheetReader(std::vector<std::string> const& shared, Limits const& limits) : shared_(shared), limits_(limits) {}

    bool add_row(pugi::xml_node const& row) {
        if (auto const number = row.attribute("r").as_ullong(); number > 0) row_ = number - 1;
        std::size_t column = 0;
        for (pugi::xml_node const& cell : row.children("c")) {
            column = column_of(cell.attribute("r").value()).value_or(column);
            auto const put = put_cell(table, row_, column, cell_text(cell), limits_);
            if (!put) fault = put.error();
            if (fault) return false;
            ++column;
        }
        ++row_;
        return true;
    }

    Table table;
    std::optional<workflow::Refusal> fault;

private:
    std::string cell_text(pugi::xml_node const& cell) const {
        std::string_view const type = cell.attribute("t").value();
        if (type == "inlineStr") return text_of(cell.child("is"));
        std::string value = cell.child("v").text().get();
        if (type != "s") return value;
        std::size_t index = shared_.size();
        std::from_chars(value.data(), value.data() + value.size(), index);
        return index < shared_.size() ? shared_[index] : std::string();
    }

    std::vector<std::string> const& shared_;
    Limits const& limits_;
    std::size_t row_ = 0;
};

Result<std::vector<std::string>> shared_texts(zip_t& archive, Limits const& limits) {
    std::vector<std::string> texts;
    if (!has_part(archive, "xl/sharedStrings.xml")) return texts;
    auto const xml = read_part(archive, "xl/sharedStrings.xml", limits);
    if (!xml) return xml.error();
    bool const whole = for_each_element(*xml, "si", [&](pugi::xml_node const& item) {
        texts.push_back(text_of(item));
        return texts.size() <= limits.rows * limits.columns;
    });
    if (!whole) return no_workbook();
    return texts;
}

}  // namespace

Result<Table> read_workbook(std::string_view file, Limits const& limits) {
    auto const archive = open_archive(file);
    if (!archive) return no_workbook();
    if (static_cast<std::size_t>(zip_get_num_entries(archive.get(), 0)) > limits.parts) return no_workbook();
    auto const sheet = first_sheet(*archive, limits);
    if (!sheet) return no_workbook();
    auto const shared = shared_texts(*archive, limits);
    if (!shared) return shared.error();
    auto const xml = read_part(*archive, *sheet, limits);
    if (!xml) return xml.error();
    SheetReader reader(*shared, limits);
    bool const whole = for_each_element(*xml, "row", [&](pugi::xml_node const& row) { return reader.add_row(row); });
    if (reader.fault) return *reader.fault;
    if (!whole) return no_workbook();
    return std::move(reader.table);
}

}  // namespace server::ledger
