#pragma once

#include "server/letters/fonts.hpp"
#include "tests/storage/temporary_folder.hpp"
#include "workflow/letters/document.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

/// Papers to render, and programs that read what came out.
namespace papers {

inline std::string repeated(std::string const& text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
}

/// A reply that uses every part of a document.
inline workflow::Document reply() {
    using namespace workflow;
    Document paper;
    paper.agency = "示范市发展和改革局";
    paper.title = "关于政府信息公开申请部分公开的答复书";
    paper.number = "示发改公开〔2026〕答第17号";
    paper.addressee = "张三";
    paper.body = {
        Paragraph{
            "本机关于2026年4月24日收到您提出的政府信息公开申请，申请公开“2025年研究老旧小区改造事项的会议纪要全文”"
            "（受理编号：430500-01-2026-000017）。现答复如下："},
        Heading{"一、查明情况"},
        Paragraph{
            "经检索，本机关业务科室、档案室和办公系统中存有您申请的政府信息，共两份；其中《老旧小区改造工作会议纪要》"
            "（示改办〔2025〕12号）可以公开，另一份涉及第三方商业秘密，第三方不同意公开，且不公开不会对公共利益造成重大"
            "影响。"},
        Quotation{"申请人所需信息：2025年研究老旧小区改造事项的会议纪要全文，以及与示范市锦绣置业有限公司签订的合同（含"
                  "附件）。"},
        Table{
            {"序号", "信息名称", "处理", "依据"},
            {1, 4, 2, 4},
            {{"1", "老旧小区改造工作会议纪要", "予以公开", "《中华人民共和国政府信息公开条例》第三十六条第（二）项"},
             {"2", "改造工程施工合同", "不予公开", "《中华人民共和国政府信息公开条例》第十五条、第三十二条"}}},
        Heading{"二、救济途径"},
        Paragraph{"如对本答复不服，应当自收到本答复书之日起60日内先向示范市人民政府申请行政复议；对复议决定仍不服的，可"
                  "自收到复"
                  "议决定书之日起15日内向示范市中级人民法院提起行政诉讼。"}};
    paper.attachments = {"老旧小区改造工作会议纪要（示改办〔2025〕12号），共6页", "删除说明"};
    paper.contact = "联系人：李四，联系电话：0739-5300001";
    paper.signed_by = "示范市发展和改革局";
    paper.dated = parse_date("2026-07-01");
    paper.sealed = true;
    return paper;
}

/// A sheet of the file: a form of labels and values.
inline workflow::Document sheet(std::string const& value) {
    workflow::Document paper;
    paper.agency = "示范市发展和改革局";
    paper.title = "政府信息公开申请登记表";
    paper.body = {workflow::FactTable{
        {{"受理编号", "430500-01-2026-000017"}, {"所需信息", value}, {"受理日期", "2026年4月24日"}}}};
    paper.dated = workflow::parse_date("2026-04-24");
    return paper;
}

/// What a program prints about a file with this content; its name stands for "FILE" in the command.
inline std::string told(std::string const& bytes, std::string command) {
    TemporaryFolder const folder;
    auto const file = folder / "paper";
    std::ofstream(file, std::ios::binary) << bytes;
    for (auto at = command.find("FILE"); at != std::string::npos; at = command.find("FILE")) {
        command.replace(at, 4, file.string());
    }
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const pipe(::popen((command + " 2>&1").c_str(), "r"), ::pclose);
    if (!pipe) throw std::runtime_error("popen failed");
    std::string text;
    std::array<char, 4096> piece{};
    for (auto n = std::fread(piece.data(), 1, piece.size(), pipe.get()); n > 0;) {
        text.append(piece.data(), n);
        n = std::fread(piece.data(), 1, piece.size(), pipe.get());
    }
    return text;
}

/// The faces that every machine has which builds this: lines break and pages end at the same places everywhere.
inline server::letters::Fonts fonts() { return {{"Noto Serif CJK SC"}, {"Noto Serif CJK SC"}, {"Noto Sans CJK SC"}}; }

inline std::string text_of(std::string const& pdf) { return told(pdf, "pdftotext -layout FILE -"); }

}  // namespace papers
