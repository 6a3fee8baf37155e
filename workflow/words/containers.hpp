#pragma once

#include <optional>
#include <vector>

/// What holds the value of a member, for whoever treats the members of a shape (fields.hpp) by their type.
namespace workflow {

template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <typename T>
inline constexpr bool kIsList = false;
template <typename T>
inline constexpr bool kIsList<std::vector<T>> = true;

}  // namespace workflow
