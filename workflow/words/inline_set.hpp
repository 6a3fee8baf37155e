#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>

namespace workflow {

/// A small set of enumerators, kept in the object itself, so that a table of rows that hold one stays constexpr.
template <typename E, std::size_t Capacity>
class InlineSet {
public:
    constexpr InlineSet(std::initializer_list<E> list) : size_(list.size()) {
        std::copy(list.begin(), list.end(), items_.begin());
    }
    constexpr void add(E e) { items_[size_++] = e; }
    constexpr E const* begin() const { return items_.data(); }
    constexpr E const* end() const { return items_.data() + size_; }
    constexpr bool has(E e) const { return std::find(begin(), end(), e) != end(); }
    constexpr bool empty() const { return size_ == 0; }
    constexpr bool operator==(InlineSet const&) const = default;

private:
    std::array<E, Capacity> items_{};
    std::size_t size_;
};

}  // namespace workflow
