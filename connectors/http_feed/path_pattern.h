#pragma once
// Patterns of paths as robots.txt has them: "*" stands for any bytes, "$" for the end.

#include <cstddef>
#include <string>
#include <string_view>

namespace steppe {

/// Steps that all patterns of one file may take for one question.
inline constexpr std::size_t kMaxPatternSteps = 20'000'000;

/// One notation for all: unreserved bytes plain, bytes beyond ASCII and other escapes as %XX.
std::string normal_path(std::string_view text);

/// Whether `target` begins as `pattern` says; both normal. Takes its steps from `budget`; matches
/// when there are none left. Source: RFC 9309 2.2.2, 2.2.3.
bool matches_path(std::string_view pattern, std::string_view target, std::size_t& budget);

}  // namespace steppe
