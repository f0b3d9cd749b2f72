#pragma once
// Terms that are regular expressions, found by Hyperscan.

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "processors/match/term_scanner.h"

namespace steppe {

/// Immutable after construction; any thread (each scan borrows a scratch space). Part of
/// TermScanner.
class RegexSet {
 public:
  /// `patterns` hold texts that term_regex_fault() found nothing against; others never match.
  explicit RegexSet(const std::vector<TermPattern>& patterns);
  ~RegexSet();
  RegexSet(const RegexSet&) = delete;
  RegexSet& operator=(const RegexSet&) = delete;

  /// Appends hits ordered by is_before: of those of one term with one begin the longest; at most
  /// kMaxHits before that choice.
  void scan(std::string_view folded, std::vector<TermHit>& out) const;

  static constexpr std::size_t kMaxHits = 10'000;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;  // null without patterns
};

}  // namespace steppe
