#include "server/files/examine.hpp"

#include "workflow/reply/secrecy.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <functional>
#include <sstream>
#include <utility>
#include <vector>

#include "server/files/package.hpp"
#include "server/files/pdf_actions.hpp"
#include "server/runtime/utf8.hpp"

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

/// Whether another file is hidden in one that is neither a package nor a page: an archive at its end, an HTML page or a
/// second PDF inside. `from` skips the file's own header.
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

/// Whether the file ends with %%EOF, but for line ends.
bool ends_as_pdf(PlainFile const& file) {
    auto const tail = file.read_text(file.size() - std::min<std::uint64_t>(file.size(), 1024), 1024);
    auto const end = tail.rfind("%%EOF");
    return end != std::string::npos && tail.find_first_not_of("\r\n \t\0"sv, end + 5) == std::string::npos;
}

/// Looks for a secrecy mark in the text, and tells how far the text was read.
Examination read_text(PlainFile const& file, ChildLimits const& limits) {
    workflow::SecrecyScanner scanner;
    auto const read = [&scanner](std::string_view piece) {
        scanner.read(piece);
        return scanner.found().empty();
    };
    auto const outcome = run_child({"pdftotext", "-enc", "UTF-8", std::string(kInput), "-"}, file, read, limits);
    // pdftotext ends with 0 also where it could not read a font, a stream or a filter.
    auto const reading = outcome.had_errors ? Reading::Unfinished : reading_of(outcome);
    return {.secrecy_mark = std::string(scanner.found()), .reading = reading};
}

Examination examine_pdf(PlainFile const& file, ChildLimits const& limits) {
    auto const head = file.read_text(0, 1024);
    bool const page = head.find("<html") != std::string::npos || head.find("<script") != std::string::npos;
    if (page || !ends_as_pdf(file)) return {two_in_one()};
    auto const info = child_text({"pdfinfo", std::string(kInput)}, file, limits);
    if (!info && !info.error().gave_up()) return {.reading = reading_of(info.error())};
    if (info && info->find("\nEncrypted:       yes") != std::string::npos) {
        return {FileFault{"encrypted", "这份 PDF 设有密码，无法检查。请取消密码后再上传。"}};
    }
    if (!info || info->find("\nPages:") == std::string::npos) return {differs()};
    auto const actions = pdf_actions(file, limits);
    if (actions.any) {
        return {FileFault{
            "active_content", "这份 PDF 里有脚本，或者打开时自动执行的动作，不能接收。请重新打印成 PDF 后再上传。"}};
    }
    auto text = read_text(file, limits);
    text.reading = std::max(text.reading, actions.reading);
    return text;
}

// ---- packages ------------------------------------------------------------------------------------------------------

void append_utf8(std::string& text, std::uint32_t point) {
    if (point < 0x80) {
        text += static_cast<char>(point);
        return;
    }
    int const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    constexpr std::array<unsigned, 4> kFirst{0, 0xC0, 0xE0, 0xF0};
    text += static_cast<char>(kFirst[static_cast<std::size_t>(more)] | point >> (6 * more));
    for (int left = more - 1; left >= 0; --left) text += static_cast<char>(0x80U | (point >> (6 * left) & 0x3FU));
}

/// The character that "#26426" or "#x673A" stands for; empty for named references, none of which occurs in a secrecy
/// mark.
std::string decode_reference(std::string_view reference) {
    std::string text;
    if (!reference.starts_with('#')) return text;
    bool const hex = reference.starts_with("#x");
    auto const digits = reference.substr(hex ? 2 : 1);
    std::uint32_t point = 0;
    auto const end = std::from_chars(digits.data(), digits.data() + digits.size(), point, hex ? 16 : 10).ptr;
    if (end == digits.data() + digits.size() && point <= 0x10FFFF) append_utf8(text, point);
    return text;
}

/// Feeds the text content of XML to the scanner as it is read, with references decoded and tags left out.
class XmlText {
public:
    void read(std::string_view piece, workflow::SecrecyScanner& scanner) {
        std::string text;
        for (char const c : piece) read_one(c, text);
        scanner.read(text);
    }

private:
    enum class Within : std::uint8_t { Text, Tag, Comment, Literal, Reference };
    static constexpr std::string_view kLiteral = "![CDATA[";
    static constexpr std::string_view kComment = "!--";
    static constexpr std::size_t kLongestReference = 32;  // including leading zeros

    void read_one(char c, std::string& text) {
        switch (within_) {
            case Within::Text:
                if (c != '<' && c != '&') {
                    text += c;
                    return;
                }
                within_ = c == '<' ? Within::Tag : Within::Reference;
                begun_.clear();
                return;
            case Within::Tag:
                if (quote_ != '\0') {
                    if (c == quote_) quote_ = '\0';
                    return;
                }
                if (c == '"' || c == '\'') quote_ = c;
                if (begun_.size() < kLiteral.size()) begun_ += c;
                if (begun_ == kLiteral) within_ = Within::Literal;
                if (begun_ == kComment) within_ = Within::Comment;
                if (c == '>') within_ = Within::Text;
                return;
            case Within::Comment:
                if (c == '>' && dashes_ >= 2) within_ = Within::Text;
                dashes_ = c == '-' ? dashes_ + 1 : 0;
                return;
            case Within::Literal:
                if (c == ']') {
                    ++brackets_;
                    return;
                }
                if (c == '>' && brackets_ >= 2) {
                    within_ = Within::Text;
                    brackets_ -= 2;
                }
                text.append(std::exchange(brackets_, 0), ']');
                if (within_ == Within::Literal) text += c;
                return;
            case Within::Reference:
                if (c == ';') text += decode_reference(begun_);
                begun_ += c;
                if (c == ';' || begun_.size() > kLongestReference) within_ = Within::Text;
                return;
        }
    }

    Within within_ = Within::Text;
    std::string begun_;
    char quote_ = '\0';         ///< around a value in a tag
    std::size_t dashes_ = 0;    ///< that may belong to the end of a comment
    std::size_t brackets_ = 0;  ///< that may belong to the end of a literal
};

/// Finds a document type declaration in any encoding of XML; programs that open the file would expand its entities.
class DoctypeFinder {
public:
    void read(std::string_view piece) {
        for (char const c : piece) {
            if (c == '\0') {  // of two or four bytes for each character
                wide_ = true;
                continue;
            }
            matched_ = lower(c) == kDoctype[matched_] ? matched_ + 1 : static_cast<std::size_t>(c == kDoctype[0]);
            if (matched_ == kDoctype.size()) {
                found_ = true;
                matched_ = 0;
            }
        }
    }

    bool found() const { return found_; }
    /// The text is UTF-16 or UTF-32, which is not read here.
    bool is_wide() const { return wide_; }

private:
    static constexpr std::string_view kDoctype = "<!doctype";
    std::size_t matched_ = 0;
    bool found_ = false;
    bool wide_ = false;
};

/// Whether the archive ends with its directory, without a comment after it.
bool ends_as_package(PlainFile const& file) {
    constexpr std::size_t kEnd = 22;
    return file.size() > kEnd && file.read_text(file.size() - kEnd, 4) == "PK\x05\x06"sv;
}

/// Whether the package has the parts that its format requires.
bool is_package_of(Format format, Package const& package) {
    if (format == Format::Ofd) return package.has("OFD.xml");
    auto const types = package.part("[Content_Types].xml", kMainPart);
    auto const wanted =
        format == Format::Docx ? "wordprocessingml.document.main+xml"sv : "spreadsheetml.sheet.main+xml"sv;
    auto const main = format == Format::Docx ? "word/document.xml"sv : "xl/workbook.xml"sv;
    return types && types->find(wanted) != std::string::npos && package.has(main);
}

/// Names of parts ignore case.
bool ends_with(std::string_view part, std::string_view ending) {
    auto const same = [](char a, char b) { return lower(a) == b; };
    return part.size() >= ending.size() && std::ranges::equal(part.substr(part.size() - ending.size()), ending, same);
}

bool is_xml(std::string_view part) { return ends_with(part, ".xml") || ends_with(part, ".rels"); }

/// Whether the beginning of an XML text says that it is written in something else than UTF-8.
bool declares_other_encoding(std::string_view beginning) {
    beginning = beginning.substr(0, beginning.find("?>"));
    auto const declared = beginning.find("encoding");
    if (beginning.substr(0, 16).find("<?xml") == std::string_view::npos || declared == std::string_view::npos)
        return false;
    std::string value(beginning.substr(declared));
    std::ranges::transform(value, value.begin(), lower);
    return value.find("utf-8") == std::string::npos && value.find("us-ascii") == std::string::npos;
}

/// Examines the parts of a package one after the other.
struct PartsReader {
    void operator()(std::string_view part, std::string_view piece) {
        if (part != reading) {
            reading = part;
            text = XmlText{};
            doctype = DoctypeFinder{};
            any_wide = any_wide || (is_xml(part) && declares_other_encoding(piece.substr(0, 256)));
            is_text = is_xml(part) || piece.find('\0') == std::string_view::npos;
        }
        macros = macros || ends_with(part, "vbaproject.bin");
        doctype.read(piece);
        any_doctype = any_doctype || doctype.found();
        any_wide = any_wide || (is_xml(part) && doctype.is_wide());
        if (is_text) text.read(piece, scanner);
    }

    std::string_view reading = {};
    bool is_text = false;  ///< XML by its content, whatever its name
    XmlText text = {};
    DoctypeFinder doctype = {};
    workflow::SecrecyScanner scanner = {};
    bool macros = false;
    bool any_doctype = false;
    bool any_wide = false;
};

Examination examine_package(Format format, PlainFile const& file) {
    if (!ends_as_package(file)) return {two_in_one()};
    auto const package = Package::open(file);
    if (!package) return {differs()};
    PartsReader reader;
    if (auto fault = package->walk({}, std::ref(reader))) return {FileFault{fault->code, fault->detail}};
    if (reader.macros) return {FileFault{"macros", "文件里有宏，不能接收。请另存为不含宏的文件后再上传。"}};
    if (reader.any_doctype) {
        return {FileFault{"document_type", "文件内部带有文档类型定义（DTD），不能接收。请用原来的软件另存后再上传。"}};
    }
    if (!is_package_of(format, *package)) return {differs()};
    auto const reading = reader.any_wide ? Reading::Unfinished : Reading::ToItsEnd;
    return {.secrecy_mark = std::string(reader.scanner.found()), .reading = reading};
}

// ---- images --------------------------------------------------------------------------------------------------------

std::uint64_t number_in(std::istream& lines) {
    std::string line;
    std::getline(lines, line);
    std::uint64_t number = 0;
    std::from_chars(line.data(), line.data() + line.size(), number);
    return number;
}

Examination examine_image(Format format, PlainFile const& file, ChildLimits const& limits) {
    if (holds_another(file, 1)) return {two_in_one()};
    auto const seen = child_text(
        {"exiftool", "-s3", "-n", "-f", "-FileType", "-ImageWidth", "-ImageHeight", std::string(kInput)}, file, limits
    );
    if (!seen && !seen.error().gave_up()) return {.reading = reading_of(seen.error())};
    if (!seen) return {differs()};
    std::istringstream lines(*seen);
    std::string type;
    std::getline(lines, type);
    auto const wanted = format == Format::Jpeg ? "JPEG"sv : format == Format::Png ? "PNG"sv : "TIFF"sv;
    auto const width = number_in(lines);
    auto const height = number_in(lines);
    if (type != wanted || width == 0 || height == 0) return {differs()};
    if (width > kMostPixels || height > kMostPixels || width * height > kMostPixels) {
        return {FileFault{"pixel_bomb", "图片的像素过多（最多1亿），不能接收。请缩小后再上传。"}};
    }
    return {};
}

// ---- text ----------------------------------------------------------------------------------------------------------

/// Plain text must be UTF-8 without control characters, and must not be an HTML page in disguise.
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
                return {FileFault{"not_text", "文本文件应当是 UTF-8 编码，不含控制字符。请另存为 UTF-8 后再上传。"}};
            }
            view.remove_prefix(size);
        }
        scanner.read(std::string_view(rest).substr(0, rest.size() - view.size()));
        rest.erase(0, rest.size() - view.size());
    }
    auto const first = file.read_text(0, 64).substr(0, 64);
    auto const begin = first.find_first_not_of(" \t\r\n\xEF\xBB\xBF"sv);
    if (begin != std::string::npos && first[begin] == '<') return {two_in_one()};
    return {.secrecy_mark = std::string(scanner.found())};
}

}  // namespace

Reading reading_of(ChildOutcome const& outcome) {
    if (outcome.finished()) return Reading::ToItsEnd;
    return outcome.says_nothing() ? Reading::Impossible : Reading::Unfinished;
}

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

Examination examine(Format format, PlainFile const& file, ChildLimits const& limits) {
    if (file.size() == 0) return {FileFault{"empty_file", "文件是空的。"}};
    if (!begins_as(format, file.read_text(0, 16))) return {differs()};
    switch (format) {
        case Format::Pdf:
            return examine_pdf(file, limits);
        case Format::Ofd:
        case Format::Docx:
        case Format::Xlsx:
            return examine_package(format, file);
        case Format::Jpeg:
        case Format::Png:
        case Format::Tiff:
            return examine_image(format, file, limits);
        case Format::Text:
            return examine_text(file);
    }
    return {differs()};
}

}  // namespace server::files
