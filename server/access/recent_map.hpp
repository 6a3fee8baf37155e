#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace server::access {

/// A bounded map for keys that outsiders choose (addresses, names, numbers): above `capacity` the least recently used
/// entry is dropped. Io thread only.
template <typename Value>
class RecentMap {
public:
    explicit RecentMap(std::size_t capacity) : capacity_(capacity) {}
    RecentMap(RecentMap&&) = default;  // no copies: the index looks into the entries
    RecentMap& operator=(RecentMap&&) = default;

    /// Null when the key is unknown.
    Value* find(std::string_view key) {
        auto const found = index_.find(key);
        if (found == index_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return &found->second->second;
    }

    Value& find_or_make(std::string_view key, Value const& fresh) {
        if (Value* known = find(key)) return *known;
        if (entries_.size() == capacity_) {
            index_.erase(entries_.back().first);
            entries_.pop_back();
        }
        entries_.emplace_front(std::string(key), fresh);
        index_.emplace(entries_.front().first, entries_.begin());
        return entries_.front().second;
    }

    void erase(std::string_view key) {
        auto const found = index_.find(key);
        if (found == index_.end()) return;
        auto const entry = found->second;
        index_.erase(found);
        entries_.erase(entry);
    }

    /// Erases every key that matches(key).
    template <typename Matches>
    void erase_if(Matches const& matches) {
        std::erase_if(entries_, [&](auto const& entry) {
            bool const found = matches(std::string_view(entry.first));
            if (found) index_.erase(entry.first);
            return found;
        });
    }

    std::size_t size() const { return entries_.size(); }

private:
    using Entries = std::list<std::pair<std::string const, Value>>;  // most recently used first

    std::size_t capacity_;
    Entries entries_;
    std::unordered_map<std::string_view, typename Entries::iterator> index_;  // keys look into entries_
};

}  // namespace server::access
