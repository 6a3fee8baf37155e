#pragma once

#include "server/archive/zip_writer.hpp"
#include "server/letters/fonts.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/files.hpp"
#include "workflow/letters/document.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

/// The 案卷 of a case: its papers in order, the journal's entries about it with their proofs, and a list of the hashes
/// of all that. tests/archive_verify.py verifies it without this program.
namespace server::archive {

/// A file in the store.
struct StoredFile {
    std::string sha256;
};

/// One paper of the file: a document that becomes a PDF, or a file as it was handed in or frozen.
struct Paper {
    std::string name;  ///< in the ZIP, with its folder
    std::variant<workflow::Document, StoredFile> content;
};

/// The journal's entries about the case and their proofs.
struct Proofs {
    storage::Head head;
    std::vector<storage::StoredEntry> entries;
    std::vector<std::vector<storage::Digest>> paths;  ///< RFC 9162 inclusion proof of each entry in the tree of `head`
};

/// The name of a paper in the ZIP: "文书/02 补正告知书.pdf". Characters that a file system does not take become "_".
std::string paper_name(std::string_view folder, std::size_t number, std::string_view name);

/// Produces the ZIP piece by piece, holding one paper in memory at a time. Used by one thread at a time.
class CaseArchive {
public:
    CaseArchive(storage::Files const& files, letters::Fonts fonts, std::vector<Paper> papers, Proofs const& proofs);

    /// Fills `into` with the next bytes of the ZIP and returns how many; 0 at the end. Throws what storage::Files
    /// throws.
    std::size_t read(std::span<char> into);

private:
    struct Listed {
        std::string name;
        std::string sha256;
        std::uint64_t size;
    };

    void next_piece();
    void next_file();
    void put(std::string const& name, std::string const& content);
    std::string manifest() const;

    storage::Files const& files_;
    letters::Fonts fonts_;
    std::vector<Paper> papers_;
    std::string entries_;  ///< journal.jsonl
    std::string proofs_;   ///< proofs.json
    ZipWriter zip_;
    std::vector<Listed> listed_;
    std::unique_ptr<storage::Files::Reader> open_;  ///< the stored file being read
    std::string pending_;                           ///< made and not yet read
    std::size_t given_ = 0;                         ///< of `pending_`
    std::size_t next_ = 0;                          ///< file: papers, then journal, proofs, manifest, end
};

}  // namespace server::archive
