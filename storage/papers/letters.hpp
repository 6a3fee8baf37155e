#pragma once

#include "storage/engine/driver.hpp"
#include "storage/journal/journal.hpp"
#include "storage/office/directory.hpp"
#include "storage/vault/files.hpp"
#include "storage/vault/vault.hpp"
#include "workflow/letters/letters.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace storage {

/// One letter of a case. Planned at once after its step; frozen when its pages have been made, and from then on the
/// same for ever.
struct StoredLetter {
    std::int64_t n = 0;  ///< within its case, from 1
    workflow::LetterKind kind{};
    std::optional<workflow::Code> number;  ///< 文号
    workflow::Date dated{};
    std::optional<workflow::Code> consultation;
    std::int64_t event = 0;  ///< the journal entry of the step that made it
    struct Frozen {
        std::int64_t entry;  ///< the journal entry that holds what it says
        std::string sha256;  ///< of its PDF in the store of files
        std::int64_t size;
        std::int64_t template_version;
    };
    std::optional<Frozen> frozen;
};

/// A text and where it comes from. Version 0 is the text in the program.
struct TemplateVersion {
    workflow::LetterTemplate text;
    std::int64_t version = 0;
    std::string hash;        ///< SHA-256 of title, line end, body; lower-case hex
    std::int64_t entry = 0;  ///< the journal entry that says who wrote it and when
};

/// The columns of the tables `letters` and `letter_templates`, with those of LetterTemplate.
constexpr auto fields(std::type_identity<StoredLetter>) {
    using T = StoredLetter;
    return std::tuple{
        workflow::field("n", &T::n),
        workflow::field("kind", &T::kind),
        workflow::field("number", &T::number),
        workflow::field("dated", &T::dated),
        workflow::field("consultation", &T::consultation),
        workflow::field("event", &T::event)};
}

constexpr auto fields(std::type_identity<StoredLetter::Frozen>) {
    using T = StoredLetter::Frozen;
    return std::tuple{
        workflow::field("entry", &T::entry),
        workflow::field("sha256", &T::sha256),
        workflow::field("size", &T::size),
        workflow::field("template_version", &T::template_version)};
}

constexpr auto fields(std::type_identity<TemplateVersion>) {
    using T = TemplateVersion;
    return std::tuple{workflow::field("version", &T::version), workflow::field("entry", &T::entry)};
}

/// The letters and their texts. Keeps nothing in memory. Every change leaves a journal entry of its own object
/// (letter, letter_template), so the version of the case does not move.
class Letters {
public:
    Letters(Vault const& vault, Journal& journal) : vault_(vault), journal_(journal) {}

    // ---- writer thread, inside a job ----

    /// Gives the letters of one step their places and, where they take one of their own, their 文号. A second call for
    /// the same step gives what the first has made.
    std::vector<StoredLetter> plan(
        Connection& connection,
        std::string_view case_id,
        std::int64_t event,
        Agency const& agency,
        std::optional<workflow::Code> const& number,
        workflow::Date dated,
        std::vector<workflow::DueLetter> const& due
    );

    /// Freezes the letter: what it says, and the hash of its pages. Nothing happens to one that is frozen already.
    /// Refused where the personal data of the case have been erased.
    workflow::Result<void> freeze(
        Connection& connection,
        std::string_view case_id,
        std::int64_t n,
        workflow::Document const& document,
        Files::Writer::Stored const& pages,
        TemplateVersion const& used,
        Agency const& agency,
        workflow::Instant now
    );

    /// A new version of a text. `expected` is the version the caller has seen; another is refused as stale. The text is
    /// expected to be checked.
    workflow::Result<TemplateVersion> put_template(
        Connection& connection,
        workflow::LetterKind kind,
        workflow::LetterTemplate text,
        std::int64_t expected,
        Author const& by,
        workflow::Instant now
    );

    // ---- any connection, its own thread ----

    std::vector<StoredLetter> list(Connection& connection, std::string_view case_id) const;
    std::optional<StoredLetter> find(Connection& connection, std::string_view case_id, std::int64_t n) const;

    /// What a frozen letter says; nullopt once the personal data of the case have been erased.
    std::optional<workflow::Document> document(
        Connection& connection, std::string_view case_id, StoredLetter const& letter
    ) const;

    /// The text in force.
    TemplateVersion letter_template(Connection& connection, workflow::LetterKind kind) const;
    /// All that were ever in force, the latest first; the text in the program is not among them.
    std::vector<TemplateVersion> versions(Connection& connection, workflow::LetterKind kind) const;

    /// `journal verify`: what the tables say otherwise than the journal; one sentence per difference.
    std::vector<std::string> differences(Connection& connection) const;

private:
    Vault const& vault_;
    Journal& journal_;
};

/// "<case id>/<n>", as the journal calls it.
ObjectRef letter_object(std::string_view case_id, std::int64_t n);

std::string hash_of(workflow::LetterTemplate const& text);

}  // namespace storage
