#pragma once

#include <pugixml.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/files/package.hpp"

/// What check and cleaning of DOCX and XLSX have in common.
namespace server::files {

inline constexpr std::uint64_t kLargestPart = 32ULL * 1024 * 1024;

/// False when it is not there, too long, or no XML.
inline bool load(Package const& package, std::string_view part, pugi::xml_document& document) {
    auto const text = package.part(part, kLargestPart);
    return text && document.load_buffer(text->data(), text->size(), pugi::parse_default | pugi::parse_ws_pcdata);
}

/// One worksheet: its name as people see it and where it lies.
struct Sheet {
    std::string name;
    std::string part;
    std::string relation;
    bool hidden;
};
std::vector<Sheet> sheets_of(Package const& package);

/// "AB" for 28, and 28 for "AB12".
std::string column_name(int number);
int column_number(std::string_view cell);

/// The text under a node, wherever it stands.
std::string text_of(pugi::xml_node node, char const* text_element);

/// The parts of DOCX that hold paragraphs: the body, headers, footers, notes.
bool holds_paragraphs(std::string_view part);
/// Comments and their authors, properties: parts that go altogether.
bool is_comment_part(std::string_view part);
bool is_property_part(std::string_view part);
/// The names in an attribute of the workbook or a row that mean "yes".
bool is_set(pugi::xml_attribute attribute);

}  // namespace server::files
