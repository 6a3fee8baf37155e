#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace storage {

class Connection;
class Query;

/// The full-text index, which every database has in a way of its own. It finds objects, known by number, whose texts
/// are lines of tokens parted by blanks; what an object is and what a token stands for, it does not know.
class SearchIndex {
public:
    virtual ~SearchIndex() = default;

    /// Adds text number `part` of an object: 0 for the first, then any below 65536 once. Writer thread, inside a job.
    virtual void add(Connection& writer, std::int64_t object, std::int64_t part, std::string_view tokens) const = 0;
    /// Takes out what was added; `tokens` are the same. Writer thread, inside a job.
    virtual void remove(Connection& writer, std::int64_t object, std::int64_t part, std::string_view tokens) const = 0;
    /// Adds a SELECT of the numbers of the objects with a text in which the tokens of `phrase` follow each other. A
    /// number may come several times.
    virtual void select_objects(Query& query, std::string phrase) const = 0;
};

}  // namespace storage
