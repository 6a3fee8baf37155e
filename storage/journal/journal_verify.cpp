#include "storage/journal/journal_verify.hpp"

#include "storage/journal/canonical_json.hpp"

#include <algorithm>
#include <map>

namespace storage {
namespace {

constexpr std::int64_t kEntriesPerReport = 65536;
constexpr std::size_t kDateSize = 10;
constexpr std::size_t kHexDigestSize = 64;

bool equal(BytesView stored, Digest const& computed) { return std::ranges::equal(stored, computed); }

/// Takes `part` off the end of `text`.
bool take_back(std::string_view& text, std::string_view part) {
    if (!text.ends_with(part)) return false;
    text.remove_suffix(part.size());
    return true;
}

/// What follows "object" in a record has a fixed length, so the end of the record can be read without parsing it all.
struct RecordEnd {
    bool matches;  ///< the record names this seq and this object
    bool sealed;   ///< it commits to sealed members
};

RecordEnd read_end(std::string_view record, std::int64_t seq, std::string_view type, std::string_view id) {
    if (!take_back(record, ",\"seq\":" + std::to_string(seq) + ",\"v\":1}")) return {false, false};
    constexpr std::string_view kSealed = ",\"sealed\":\"";
    constexpr std::size_t kSealedSize = kSealed.size() + kHexDigestSize + 1;
    bool const sealed = record.size() > kSealedSize && record.substr(record.size() - kSealedSize).starts_with(kSealed);
    if (sealed) record.remove_suffix(kSealedSize);
    if (record.size() < kDateSize + 1) return {false, sealed};
    record.remove_suffix(kDateSize + 1);  // the date and its closing quote
    std::string object = ",\"object\":{\"id\":";
    append_canonical_string(object, id);
    object += ",\"type\":";
    append_canonical_string(object, type);
    object += "},\"on\":\"";
    return {record.ends_with(object), sealed};
}

/// The stored nodes, one running query per level: each level is read once, in order, beside the entries.
class NodeCursors {
public:
    explicit NodeCursors(Connection& connection) : connection_(connection) {}

    bool next_is(unsigned level, std::uint64_t index, Digest const& hash) {
        while (levels_.size() < level) {
            levels_.push_back(connection_.query(
                "SELECT idx, hash FROM journal_node WHERE level = $1 ORDER BY idx", levels_.size() + 1
            ));
        }
        Rows& rows = levels_[level - 1];
        return rows.next() && rows.int64(0) == static_cast<std::int64_t>(index) && equal(rows.blob(1), hash);
    }

    bool exhausted() {
        auto beyond = connection_.query("SELECT 1 FROM journal_node WHERE level > $1 LIMIT 1", levels_.size());
        return !beyond.next() && std::ranges::none_of(levels_, [](Rows& rows) { return rows.next(); });
    }

private:
    Connection& connection_;
    std::vector<Rows> levels_;
};

class Walk {
public:
    Walk(Connection& connection, std::span<KnownHead const> known_heads)
        : connection_(connection),
          nodes_(connection),
          sealed_(connection.query("SELECT seq FROM journal_sealed ORDER BY seq")) {
        for (KnownHead const& known : known_heads) known_.emplace(known.size, known.root);
    }

    /// Nullopt when all is well, else what is wrong with the entry after the last good one.
    std::optional<std::string> run(std::function<void(std::int64_t)> const& progress) {
        if (auto wrong = check_known_heads()) return wrong;
        auto rows =
            connection_.query("SELECT seq, object_type, object_id, record, leaf, chain FROM journal ORDER BY seq");
        next_sealed_ = sealed_.next();
        while (rows.next()) {
            if (auto wrong = check(rows)) return wrong;
            if (size_ % kEntriesPerReport == 0 && progress) progress(size_);
        }
        if (!known_.empty() && known_.rbegin()->first > size_) return "日志被截短：少于已知的长度";
        if (next_sealed_) return "有不属于任何记录的密封内容";
        if (!nodes_.exhausted()) return "有多余的树节点";
        return std::nullopt;
    }

    std::int64_t size() const { return size_; }
    Head head() const { return {size_, tree_.root(), chain_, at_of(last_record_)}; }

private:
    std::optional<std::string> check(Rows const& rows) {
        std::int64_t const seq = size_ + 1;
        if (rows.int64(0) != seq) return "编号不连续，缺少这一条";
        BytesView const record = rows.blob(3);
        Digest const leaf = merkle::leaf_hash(record);
        if (!equal(rows.blob(4), leaf)) return "记录内容与其哈希不符";
        Digest const chain = chain_hash(chain_, leaf);
        if (!equal(rows.blob(5), chain)) return "链哈希不符";
        RecordEnd const end = read_end(as_text(record), seq, rows.text(1), rows.text(2));
        if (!end.matches) return "检索列或编号与记录内容不符";
        bool const sealed_there = next_sealed_ && sealed_.int64(0) == seq;
        if (end.sealed != sealed_there) return "密封内容缺失或多余";
        if (sealed_there) next_sealed_ = sealed_.next();
        bool nodes_match = true;
        tree_.append(leaf, [&](unsigned level, std::uint64_t index, Digest const& hash) {
            nodes_match = nodes_match && nodes_.next_is(level, index, hash);
        });
        if (!nodes_match) return "树节点不符";
        chain_ = chain;
        size_ = seq;
        last_record_.assign(as_text(record));
        return check_known_heads();
    }

    std::optional<std::string> check_known_heads() const {
        auto const [begin, end] = known_.equal_range(size_);
        bool const same = std::all_of(begin, end, [&](auto const& known) { return known.second == tree_.root(); });
        return same ? std::nullopt : std::optional<std::string>("与已知的日志头不符：历史已被改写");
    }

    static std::string at_of(std::string_view record) {
        auto const value = parse_json(record);
        return value ? std::string(value->at("at").as_string()) : std::string();
    }

    Connection& connection_;
    NodeCursors nodes_;
    Rows sealed_;
    bool next_sealed_ = false;
    std::multimap<std::int64_t, Digest> known_;

    std::int64_t size_ = 0;
    merkle::Frontier tree_;
    Digest chain_{};
    std::string last_record_;
};

}  // namespace

VerifyReport verify_journal(
    Connection& connection, std::span<KnownHead const> known_heads, std::function<void(std::int64_t)> const& progress
) {
    Transaction const snapshot(connection, Access::read);
    Walk walk(connection, known_heads);
    std::optional<std::string> wrong;
    try {
        wrong = walk.run(progress);
    } catch (DamagedDatabase const&) {
        wrong = "数据库文件已损坏，读不出这一条";
    }
    VerifyReport report{walk.head(), std::nullopt};
    if (wrong) report.fault = VerifyReport::Fault{walk.size() + 1, *wrong};
    return report;
}

}  // namespace storage
