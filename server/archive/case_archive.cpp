#include "server/archive/case_archive.hpp"

#include "server/letters/pdf.hpp"
#include "storage/engine/sha256.hpp"

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace server::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t kPiece = 64 * 1024;

/// One entry to a line, each as in an export of the journal (storage/journal/journal_format.md).
std::string lines_of(std::vector<storage::StoredEntry> const& entries) {
    std::string lines;
    for (auto const& entry : entries) {
        json::object const line{{"chain", storage::to_hex(entry.chain)}, {"record", entry.record}, {"seq", entry.seq}};
        lines.append(json::serialize(line)).append("\n");
    }
    return lines;
}

std::string proofs_of(Proofs const& proofs) {
    json::array list;
    for (std::size_t i = 0; i < proofs.entries.size(); ++i) {
        json::array path;
        for (auto const& digest : proofs.paths[i]) path.emplace_back(storage::to_hex(digest));
        list.push_back(json::object{{"seq", proofs.entries[i].seq}, {"path", std::move(path)}});
    }
    json::object const text{
        {"size", proofs.head.size},
        {"root", storage::to_hex(proofs.head.root)},
        {"at", proofs.head.at},
        {"proofs", std::move(list)}};
    return json::serialize(text);
}

}  // namespace

std::string paper_name(std::string_view folder, std::size_t number, std::string_view name) {
    std::string safe(name);
    for (char& c : safe) {
        if (static_cast<unsigned char>(c) < 0x20 || std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos)
            c = '_';
    }
    return fmt::format("{}/{:02} {}", folder, number, safe);
}

CaseArchive::CaseArchive(
    storage::Files const& files, letters::Fonts fonts, std::vector<Paper> papers, Proofs const& proofs
)
    : files_(files),
      fonts_(std::move(fonts)),
      papers_(std::move(papers)),
      entries_(lines_of(proofs.entries)),
      proofs_(proofs_of(proofs)) {}

std::size_t CaseArchive::read(std::span<char> into) {
    while (given_ == pending_.size()) {
        pending_.clear();
        given_ = 0;
        next_piece();
        if (pending_.empty() && !open_) return 0;
    }
    auto const count = pending_.copy(into.data(), into.size(), given_);
    given_ += count;
    return count;
}

void CaseArchive::next_piece() {
    if (!open_) return next_file();
    pending_.resize(kPiece);
    pending_.resize(open_->read(pending_));
    if (!pending_.empty()) {
        zip_.add(pending_);
        listed_.back().size += pending_.size();
    } else {
        open_.reset();
        pending_ = zip_.end();
    }
}

void CaseArchive::next_file() {
    auto const number = next_++;
    if (number < papers_.size()) {
        auto const& [name, content] = papers_[number];
        if (auto const* document = std::get_if<workflow::Document>(&content)) {
            return put(name, letters::render_pdf(*document, fonts_));
        }
        auto const& stored = std::get<StoredFile>(content);
        open_ = std::make_unique<storage::Files::Reader>(files_, stored.sha256);
        listed_.push_back({name, stored.sha256, 0});
        pending_ = zip_.begin(name);
        return;
    }
    switch (number - papers_.size()) {
        case 0:
            return put("journal.jsonl", entries_);
        case 1:
            return put("proofs.json", proofs_);
        case 2:
            return put("manifest.json", manifest());
        case 3:
            pending_ = zip_.finish();
            return;
        default:
            return;  // the end
    }
}

void CaseArchive::put(std::string const& name, std::string const& content) {
    pending_ = zip_.begin(name);
    zip_.add(content);
    listed_.push_back({name, storage::to_hex(storage::sha256({storage::as_bytes(content)})), content.size()});
    pending_.append(content).append(zip_.end());
}

std::string CaseArchive::manifest() const {
    json::array files;
    for (auto const& file : listed_) {
        files.push_back(json::object{{"name", file.name}, {"sha256", file.sha256}, {"size", file.size}});
    }
    return json::serialize(json::object{{"files", std::move(files)}});
}

}  // namespace server::archive
