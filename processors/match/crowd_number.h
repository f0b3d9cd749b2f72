#pragma once
// Is a large number of people named beside a word?

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace steppe {

/// True when the sentence holds a number of at least `least` within a few words of `begin`..`end`.
/// Digits only, with spaces, dots or commas between thousands; years and percentages do not count.
bool has_number_near(std::string_view folded, std::size_t begin, std::size_t end,
                     std::int64_t least);

}  // namespace steppe
