#pragma once
// The oracle of the term scanner: the same terms as regular expressions, found by Hyperscan.

#include <span>
#include <string_view>
#include <vector>

#include "processors/match/term_scanner.h"

struct hs_database;
struct hs_scratch;

namespace steppe {

/// One thread at a time. Aborts when Hyperscan refuses a term.
class HyperscanTerms {
 public:
  /// Ids of `patterns` may be any; patterns of no letters are left out.
  explicit HyperscanTerms(std::span<const TermPattern> patterns);
  ~HyperscanTerms();
  HyperscanTerms(const HyperscanTerms&) = delete;
  HyperscanTerms& operator=(const HyperscanTerms&) = delete;

  /// Replaces `out` by the hits that TermScanner::scan() must find, in its order.
  void scan(std::string_view folded, std::vector<TermHit>& out);

 private:
  std::vector<TermPattern> patterns_;  // folded
  hs_database* database_ = nullptr;
  hs_scratch* scratch_ = nullptr;
};

}  // namespace steppe
