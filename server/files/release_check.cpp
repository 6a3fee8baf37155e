#include "server/files/release_check.hpp"

#include "workflow/people/personal_data.hpp"

#include <fmt/format.h>

#include <sstream>

#include "server/files/child.hpp"

namespace server::files {
namespace {

using workflow::Finding;
using workflow::FindingKind;
using workflow::Treatment;

Findings check_text(PlainFile const& file) {
    Findings findings;
    std::istringstream lines(file.read_text(0, static_cast<std::size_t>(file.size())));
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        add_personal(findings, line, fmt::format("第{}行", number), Treatment::Mask);
    }
    return findings;
}

/// One finding for all tags that exiftool prints; nothing where there are none.
void add_tags(
    Findings& findings, PlainFile const& file, FindingKind kind, std::string place, std::vector<std::string> tags
) {
    std::vector<std::string> command{"exiftool", "-s", "-c", "%.5f"};
    command.insert(command.end(), tags.begin(), tags.end());
    command.emplace_back(kInput);
    auto const seen = child_text(command, file);
    if (!seen) {
        findings.push_back({FindingKind::Unread, Treatment::WaiverOnly, std::move(place), "附带的信息不能读取"});
        return;
    }
    std::istringstream lines(*seen);
    std::string excerpt;
    std::string line;
    while (std::getline(lines, line) && excerpt.size() < 400) {
        auto const colon = line.find(" : ");
        if (colon == std::string::npos) continue;
        auto const name = line.substr(0, line.find(' '));
        excerpt.append(excerpt.empty() ? "" : "；").append(name).append(" ").append(line.substr(colon + 3));
    }
    if (!excerpt.empty()) findings.push_back({kind, Treatment::Remove, std::move(place), std::move(excerpt)});
}

Findings check_image(PlainFile const& file) {
    Findings findings;
    add_tags(findings, file, FindingKind::Location, "图片", {"-GPSPosition", "-GPSDateTime"});
    add_tags(
        findings,
        file,
        FindingKind::ImageMetadata,
        "图片",
        {"-Make",
         "-Model",
         "-Artist",
         "-OwnerName",
         "-SerialNumber",
         "-Software",
         "-DateTimeOriginal",
         "-Copyright",
         "-ImageDescription",
         "-UserComment",
         "-Comment",
         "-IPTC:all",
         "-XMP:all"}
    );
    return findings;
}

Findings unread(std::string what) { return {{FindingKind::Unread, Treatment::WaiverOnly, "全文", std::move(what)}}; }

Findings check_package(Format format, PlainFile const& file) {
    auto const package = Package::open(file);
    if (!package) return unread("文件不能打开");
    return format == Format::Docx ? check_docx(*package) : check_xlsx(*package);
}

}  // namespace

void add_personal(Findings& findings, std::string_view text, std::string const& place, Treatment treatment) {
    constexpr std::size_t kAround = 18;
    auto const places = workflow::find_personal_data(text);
    auto const covered = workflow::masked(text, places);
    for (auto const& datum : places) {
        auto begin = datum.begin - std::min(datum.begin, kAround);
        auto end = std::min(datum.begin + datum.size + kAround, covered.size());
        auto const continues = [&](std::size_t at) {
            return (static_cast<unsigned char>(covered[at]) & 0xC0U) == 0x80U;
        };
        while (begin > 0 && continues(begin)) --begin;
        while (end < covered.size() && continues(end)) ++end;
        findings.push_back({finding_of(datum.kind), treatment, place, covered.substr(begin, end - begin)});
    }
}

Findings release_check(Format format, PlainFile const& file) {
    switch (format) {
        case Format::Pdf:
            return check_pdf(file);
        case Format::Docx:
        case Format::Xlsx:
            return check_package(format, file);
        case Format::Jpeg:
        case Format::Png:
        case Format::Tiff:
            return check_image(file);
        case Format::Text:
            return check_text(file);
        case Format::Ofd:
            break;
    }
    return unread("版式文件（OFD）不能自动检查");
}

}  // namespace server::files
