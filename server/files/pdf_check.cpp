#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "server/files/child.hpp"
#include "server/files/pdf_pages.hpp"
#include "server/files/release_check.hpp"

namespace server::files {
namespace {

using workflow::FindingKind;
using workflow::Treatment;

constexpr int kScale = 2;          ///< pixels for each point in the pictures that words are compared with
constexpr int kUniform = 12;       ///< shades that count as one: what the eye does not tell apart
constexpr int kMostUnread = 3;     ///< pages that take all the time a child has: then the rest is left to people
constexpr double kSmallest = 1.5;  ///< points: a word below it has nothing to be seen in

void add(Findings& findings, FindingKind kind, std::string place, std::string excerpt) {
    findings.push_back({kind, Treatment::Redact, std::move(place), std::move(excerpt)});
}

void add_unread(Findings& findings, std::string place, std::string what) {
    findings.push_back({FindingKind::Unread, Treatment::Redact, std::move(place), std::move(what)});
}

void check_properties(Findings& findings, PlainFile const& file) {
    constexpr std::array<std::string_view, 4> kSaySomething{"Title", "Subject", "Keywords", "Author"};
    auto const info = child_text({"pdfinfo", std::string(kInput)}, file);
    if (!info) return add_unread(findings, "文档属性", "文档属性不能读取");
    std::istringstream lines(*info);
    std::string line;
    std::string excerpt;
    while (std::getline(lines, line)) {
        auto const colon = line.find(':');
        auto const begin = colon == std::string::npos ? colon : line.find_first_not_of(' ', colon + 1);
        bool const told = std::ranges::find(kSaySomething, line.substr(0, colon)) != kSaySomething.end();
        if (!told || begin == std::string::npos) continue;
        excerpt.append(excerpt.empty() ? "" : "；")
            .append(line.substr(0, colon))
            .append(" ")
            .append(line.substr(begin));
    }
    if (!excerpt.empty()) add(findings, FindingKind::Property, "文档属性", std::move(excerpt));
}

/// Objects by the names in their dictionaries, as qpdf writes them out: one to a line, streams left packed.
void check_objects(Findings& findings, PlainFile const& file) {
    struct Sign {
        std::string_view name;
        FindingKind kind;
        std::string_view what;
    };
    constexpr std::array kSigns{
        Sign{"/Subtype /Text\n", FindingKind::Annotation, "便笺"},
        Sign{"/Subtype /FreeText\n", FindingKind::Annotation, "文本框"},
        Sign{"/Subtype /Highlight\n", FindingKind::Annotation, "高亮"},
        Sign{"/Subtype /StrikeOut\n", FindingKind::Annotation, "删除线"},
        Sign{"/Subtype /Underline\n", FindingKind::Annotation, "下划线"},
        Sign{"/Subtype /Square\n", FindingKind::Annotation, "方框"},
        Sign{"/Subtype /Ink\n", FindingKind::Annotation, "手写"},
        Sign{"/Subtype /Stamp\n", FindingKind::Annotation, "图章"},
        Sign{"/Subtype /Redact\n", FindingKind::Annotation, "没有生效的涂黑"},
        Sign{"/Subtype /FileAttachment\n", FindingKind::EmbeddedFile, "附加在页面上的文件"},
        Sign{"/Type /Filespec\n", FindingKind::EmbeddedFile, "嵌入的文件"},
        Sign{"/S /JavaScript\n", FindingKind::Script, "JavaScript"},
        Sign{"/S /Launch\n", FindingKind::Script, "启动程序的动作"},
        Sign{"/OCProperties ", FindingKind::HiddenLayer, "图层"},
    };
    auto const objects = child_text(
        {"qpdf",
         "--warning-exit-0",
         "--qdf",
         "--object-streams=disable",
         "--stream-data=preserve",
         "--no-original-object-ids",
         std::string(kInput),
         "-"},
        file,
        {.output = 256ULL * 1024 * 1024}
    );
    if (!objects) return add_unread(findings, "全文", "内部结构不能读取");
    for (auto const& [name, kind, what] : kSigns) {
        if (objects->find(name) != std::string::npos) add(findings, kind, "全文", std::string(what));
    }
}

struct Word {
    double left, top, right, bottom;
    std::string text;
};

/// Whether the area shows a single shade: then the word is covered, or was never visible.
bool is_invisible(Word const& word, GrayPage const& page) {
    double const inset = (word.bottom - word.top) * 0.1;
    int const left = std::max(static_cast<int>(std::floor(word.left * kScale)), 0);
    int const right = std::min(static_cast<int>(std::ceil(word.right * kScale)), page.width);
    int const top = std::max(static_cast<int>(std::floor((word.top + inset) * kScale)), 0);
    int const bottom = std::min(static_cast<int>(std::ceil((word.bottom - inset) * kScale)), page.height);
    int darkest = 255;
    int lightest = 0;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            auto const at =
                static_cast<std::size_t>(y) * static_cast<std::size_t>(page.width) + static_cast<std::size_t>(x);
            int const shade = static_cast<unsigned char>(page.pixels[at]);
            darkest = std::min(darkest, shade);
            lightest = std::max(lightest, shade);
        }
    }
    return lightest - darkest < kUniform;
}

bool can_be_seen(Word const& word) {
    bool const large_enough = word.bottom - word.top >= kSmallest && word.right - word.left >= kSmallest;
    return large_enough && word.text.find_first_not_of(" .,-_'`·") != std::string::npos;
}

/// False where the page could not be made into a picture.
bool check_words(Findings& findings, PlainFile const& file, pugi::xml_node page, int number) {
    std::vector<Word> words;
    for (auto const& node : page.children("word")) {
        Word word{
            node.attribute("xMin").as_double(),
            node.attribute("yMin").as_double(),
            node.attribute("xMax").as_double(),
            node.attribute("yMax").as_double(),
            node.child_value()};
        if (can_be_seen(word)) words.push_back(std::move(word));
    }
    if (words.empty()) return true;
    auto const picture = gray_page(file, number, kScale);
    if (!picture) return false;
    std::string covered;
    for (auto const& word : words) {
        if (covered.size() < 120 && is_invisible(word, *picture))
            covered.append(covered.empty() ? "" : " ").append(word.text);
    }
    if (!covered.empty()) add(findings, FindingKind::CoveredText, fmt::format("第{}页", number), std::move(covered));
    return true;
}

void check_visible(Findings& findings, PlainFile const& file) {
    auto const boxes = child_text({"pdftotext", "-q", "-bbox", "-enc", "UTF-8", std::string(kInput), "-"}, file);
    pugi::xml_document document;
    if (!boxes || !document.load_string(boxes->c_str())) return add_unread(findings, "全文", "文字不能提取");
    int number = 0;
    int unread = 0;
    for (auto const& page : document.child("html").child("body").child("doc").children("page")) {
        if (++number > kMostPages) break;
        if (check_words(findings, file, page, number)) continue;
        bool const last = ++unread == kMostUnread;
        add_unread(findings, fmt::format("第{}页{}", number, last ? "及以后" : ""), "页面过于复杂，不能检查");
        if (last) return;
    }
    if (number > kMostPages) {
        auto const rest = fmt::format("第{}页以后", kMostPages);
        findings.push_back({FindingKind::Unread, Treatment::WaiverOnly, rest, "页数过多"});
    }
}

void check_personal(Findings& findings, PlainFile const& file) {
    auto const text = child_text({"pdftotext", "-q", "-enc", "UTF-8", std::string(kInput), "-"}, file);
    if (!text) return add_unread(findings, "全文", "文字不能提取，没有查个人信息");
    std::istringstream pages(*text);
    std::string page;
    for (int number = 1; std::getline(pages, page, '\f'); ++number) {
        add_personal(findings, page, fmt::format("第{}页", number), Treatment::Redact);
    }
}

}  // namespace

Findings check_pdf(PlainFile const& file) {
    Findings findings;
    check_visible(findings, file);
    check_personal(findings, file);
    check_objects(findings, file);
    check_properties(findings, file);
    return findings;
}

}  // namespace server::files
