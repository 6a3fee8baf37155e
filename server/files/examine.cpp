#include "server/files/examine.hpp"

#include "workflow/secrecy.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <sstream>
#include <vector>

#include "server/files/child.hpp"
#include "server/files/package.hpp"
#include "server/utf8.hpp"

namespace server::files {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::uint64_t kMainPart = 1024 * 1024;

FileFault differs() {
    return {"content_differs", "文件的内容与扩展名不符，或者文件已损坏。请用原来的软件另存后再上传。"};
}

FileFault two_in_one() { return {"polyglot", "文件里混有另一种格式的内容，不能接收。请用原来的软件另存后再上传。"}; }

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

/// Signs that something else hides in a file that is neither a package nor a page: an archive at its end, a page or
/// another PDF within. `from` leaves out the file's own beginning.
bool holds_another(PlainFile const& file, std::uint64_t from) {
    constexpr std::array kSigns{
        "<html"sv, "<script"sv, "<!doctype html"sv, "%pdf-"sv, "pk\x03\x04\x14"sv, "pk\x05\x06\0\0"sv};
    constexpr std::size_t kLongest = 14;
    std::string window;
    for (std::uint64_t at = from; at < file.size(); at += kPiece) {
        std::string piece = file.read_text(at, kPiece);
        std::ranges::transform(piece, piece.begin(), lower);
        window.append(piece);
        if (std::ranges::any_of(kSigns, [&](auto sign) { return window.find(sign) != std::string::npos; })) return true;
        window.erase(0, window.size() - std::min(window.size(), kLongest));
    }
    return false;
}

// ---- PDF -----------------------------------------------------------------------------------------------------------

/// %%EOF is the last thing, but for line ends.
bool ends_as_pdf(PlainFile const& file) {
    auto const tail = file.read_text(file.size() - std::min<std::uint64_t>(file.size(), 1024), 1024);
    auto const end = tail.rfind("%%EOF");
    return end != std::string::npos && tail.find_first_not_of("\r\n \t\0"sv, end + 5) == std::string::npos;
}

std::string mark_in_pdf(PlainFile const& file) {
    workflow::SecrecyScanner scanner;
    auto const read = [&scanner](std::string_view piece) {
        scanner.read(piece);
        return scanner.found().empty();
    };
    std::vector<std::string> const command{"pdftotext", "-q", "-enc", "UTF-8", std::string(kInput), "-"};
    run_child(command, file, read, {.time = std::chrono::seconds(60)});
    return std::string(scanner.found());
}

Examination examine_pdf(PlainFile const& file) {
    auto const head = file.read_text(0, 1024);
    bool const page = head.find("<html") != std::string::npos || head.find("<script") != std::string::npos;
    if (page || !ends_as_pdf(file)) return {two_in_one(), {}};
    auto const info = child_text({"pdfinfo", std::string(kInput)}, file);
    if (info.end == ChildEnd::Stopped) {
        return {FileFault{"too_complex", "这份 PDF 过于复杂，不能检查。请重新打印成 PDF 后再上传。"}, {}};
    }
    if (info.text.find("\nEncrypted:       yes") != std::string::npos) {
        return {FileFault{"encrypted", "这份 PDF 设有密码，无法检查。请取消密码后再上传。"}, {}};
    }
    if (info.end != ChildEnd::Done || info.text.find("\nPages:") == std::string::npos) return {differs(), {}};
    return {std::nullopt, mark_in_pdf(file)};
}

// ---- packages ------------------------------------------------------------------------------------------------------

/// The text of XML without its tags, fed to the scanner as it comes.
class TagStripper {
public:
    void read(std::string_view piece, workflow::SecrecyScanner& scanner) {
        while (!piece.empty()) {
            auto const end = std::min(piece.find(in_tag_ ? '>' : '<'), piece.size());
            if (!in_tag_) scanner.read(piece.substr(0, end));
            if (end < piece.size()) in_tag_ = !in_tag_;
            piece.remove_prefix(std::min(end + 1, piece.size()));
        }
    }

private:
    bool in_tag_ = false;
};

/// The directory of the archive is the last thing, without a comment behind it.
bool ends_as_package(PlainFile const& file) {
    constexpr std::size_t kEnd = 22;
    return file.size() > kEnd && file.read_text(file.size() - kEnd, 4) == "PK\x05\x06"sv;
}

/// The parts by which the formats are told apart.
bool is_package_of(Format format, Package const& package) {
    if (format == Format::Ofd) return package.has("OFD.xml");
    auto const types = package.part("[Content_Types].xml", kMainPart);
    auto const wanted =
        format == Format::Docx ? "wordprocessingml.document.main+xml"sv : "spreadsheetml.sheet.main+xml"sv;
    auto const main = format == Format::Docx ? "word/document.xml"sv : "xl/workbook.xml"sv;
    return types && types->find(wanted) != std::string::npos && package.has(main);
}

Examination examine_package(Format format, PlainFile const& file) {
    if (!ends_as_package(file)) return {two_in_one(), {}};
    auto const package = Package::open(file);
    if (!package) return {differs(), {}};
    workflow::SecrecyScanner scanner;
    TagStripper stripper;
    std::string_view reading;
    bool macros = false;
    auto const see = [&](std::string_view part, std::string_view piece) {
        if (part != reading) stripper = TagStripper{};
        reading = part;
        macros = macros || part.ends_with("vbaProject.bin");
        if (part.ends_with(".xml")) stripper.read(piece, scanner);
    };
    if (auto fault = package->walk({}, see)) return {FileFault{fault->code, fault->detail}, {}};
    if (macros) return {FileFault{"macros", "文件里有宏，不能接收。请另存为不含宏的文件后再上传。"}, {}};
    if (!is_package_of(format, *package)) return {differs(), {}};
    return {std::nullopt, std::string(scanner.found())};
}

// ---- images --------------------------------------------------------------------------------------------------------

std::uint64_t number_in(std::istream& lines) {
    std::string line;
    std::getline(lines, line);
    std::uint64_t number = 0;
    std::from_chars(line.data(), line.data() + line.size(), number);
    return number;
}

Examination examine_image(Format format, PlainFile const& file) {
    if (holds_another(file, 1)) return {two_in_one(), {}};
    auto const seen = child_text(
        {"exiftool", "-s3", "-n", "-f", "-FileType", "-ImageWidth", "-ImageHeight", std::string(kInput)}, file
    );
    std::istringstream lines(seen.text);
    std::string type;
    std::getline(lines, type);
    auto const wanted = format == Format::Jpeg ? "JPEG"sv : format == Format::Png ? "PNG"sv : "TIFF"sv;
    auto const width = number_in(lines);
    auto const height = number_in(lines);
    if (seen.end != ChildEnd::Done || type != wanted || width == 0 || height == 0) return {differs(), {}};
    if (width > kMostPixels || height > kMostPixels || width * height > kMostPixels) {
        return {FileFault{"pixel_bomb", "图片的像素过多（最多1亿），不能接收。请缩小后再上传。"}, {}};
    }
    return {};
}

// ---- text ----------------------------------------------------------------------------------------------------------

/// UTF-8 without control characters, and no page in disguise.
Examination examine_text(PlainFile const& file) {
    workflow::SecrecyScanner scanner;
    std::string rest;
    for (std::uint64_t at = 0; at < file.size(); at += kPiece) {
        rest.append(file.read_text(at, kPiece));
        bool const last = at + kPiece >= file.size();
        std::string_view view = rest;
        while (view.size() >= 4 || (last && !view.empty())) {
            auto const size = utf8_sequence(view);
            if (size == 0 || (is_unseen(view.substr(0, size)) && view[0] != '\r')) {
                return {
                    FileFault{"not_text", "文本文件应当是 UTF-8 编码，不含控制字符。请另存为 UTF-8 后再上传。"}, {}};
            }
            view.remove_prefix(size);
        }
        scanner.read(std::string_view(rest).substr(0, rest.size() - view.size()));
        rest.erase(0, rest.size() - view.size());
    }
    auto const first = file.read_text(0, 64).substr(0, 64);
    auto const begin = first.find_first_not_of(" \t\r\n\xEF\xBB\xBF"sv);
    if (begin != std::string::npos && first[begin] == '<') return {two_in_one(), {}};
    return {std::nullopt, std::string(scanner.found())};
}

}  // namespace

bool begins_as(Format format, std::string_view first) {
    switch (format) {
        case Format::Pdf:
            return first.starts_with("%PDF-");
        case Format::Ofd:
        case Format::Docx:
        case Format::Xlsx:
            return first.starts_with("PK\x03\x04"sv);
        case Format::Jpeg:
            return first.starts_with("\xFF\xD8\xFF"sv);
        case Format::Png:
            return first.starts_with("\x89PNG\r\n\x1A\n"sv);
        case Format::Tiff:
            return first.starts_with("II*\0"sv) || first.starts_with("MM\0*"sv);
        case Format::Text:
            return !first.empty();
    }
    return false;
}

Examination examine(Format format, PlainFile const& file) {
    if (file.size() == 0) return {FileFault{"empty_file", "文件是空的。"}, {}};
    if (!begins_as(format, file.read_text(0, 16))) return {differs(), {}};
    switch (format) {
        case Format::Pdf:
            return examine_pdf(file);
        case Format::Ofd:
        case Format::Docx:
        case Format::Xlsx:
            return examine_package(format, file);
        case Format::Jpeg:
        case Format::Png:
        case Format::Tiff:
            return examine_image(format, file);
        case Format::Text:
            return examine_text(file);
    }
    return {differs(), {}};
}

}  // namespace server::files
