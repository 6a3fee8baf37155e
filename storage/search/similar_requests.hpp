#pragma once

#include "storage/engine/driver.hpp"
#include "storage/vault/vault.hpp"
#include "workflow/people/application.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/catalogue.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// What resembles a text, and what the same person has asked, found without readable text.
namespace storage {

/// Ranks rows by the pairs of characters they share with one text. Rare pairs weigh most; pairs that too many rows have
/// count for nothing.
class Resemblance {
public:
    /// A pair that this many rows have is too common; no more rows are read for it.
    static constexpr std::int64_t kTooCommon = 2000;

    /// `all`: how many there are to compare with.
    explicit Resemblance(std::int64_t all) : all_(static_cast<double>(all)) {}

    /// The next pair of the text, and the rows that have it.
    void add(std::vector<std::int64_t> const& rows);

    struct Match {
        std::int64_t row = 0;
        int score = 0;  ///< 1 to 100: how much of the text's weight stands there
    };
    /// Those that share enough, heaviest first; of equals the later.
    std::vector<Match> ranked() const;

private:
    struct Shared {
        double weight = 0;
        std::size_t pairs = 0;
    };
    std::unordered_map<std::int64_t, Shared> shared_;
    double all_;
    double total_ = 0;
    std::size_t pairs_ = 0;
};

/// A request that is there or being typed. Borrowed for the time of the call.
struct SimilarRequestsQuery {
    workflow::Applicant const& applicant;
    std::vector<workflow::RequestedItem> const& items;
    workflow::Code const& agency;   ///< only its cases are compared
    workflow::Date month;           ///< any day of the month whose pieces are counted
    std::string_view case_id = {};  ///< of the request itself, once it is a case
};

struct SimilarCase {
    std::string id;
    int score = 0;  ///< 0: nothing in common but the applicant
    bool same_applicant = false;
};

struct SimilarRequests {
    std::vector<SimilarCase> cases;  ///< the likeliest first
    int piece_of_month = 0;  ///< 1 for the applicant's first piece at this agency in the month, 2 for the second
};

/// The applicant is the same where the identity number or the 统一社会信用代码 is; where neither was given, where name
/// and phone both are. At most `most` cases. Any connection, its own thread; slow enough for the pool.
SimilarRequests find_similar_requests(
    Connection& connection, Vault const& vault, SimilarRequestsQuery const& query, std::size_t most
);

struct CatalogueMatch {
    workflow::CatalogueItem const* item;
    int score;  ///< 1 to 100: how much of one of the item's names stands in the text
};

/// What of the text agencies must publish by themselves, likeliest first, at most `most`.
std::vector<CatalogueMatch> find_in_catalogue(std::string_view text, std::size_t most);

}  // namespace storage
