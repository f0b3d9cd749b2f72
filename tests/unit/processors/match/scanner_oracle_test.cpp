// The term scanner against Hyperscan: the shipped profile over texts made of its own words.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "config/profile.h"
#include "core/utf8.h"
#include "processors/match/fold.h"
#include "processors/match/term_scanner.h"
#include "tests/support/hyperscan_terms.h"

namespace steppe {
namespace {

// Every third term: Hyperscan compiles all of them for half a minute under sanitizers.
std::vector<TermPattern> shipped_terms(const std::string& profile) {
  Problems problems;
  const auto loaded =
      load_profile({std::string(STEPPE_SOURCE_DIR "/config/profiles/") + profile}, problems);
  std::vector<TermPattern> patterns;
  const std::vector<ProfileTerm>& terms = loaded.value().terms;
  for (std::size_t i = 0; i < terms.size(); i += 3) patterns.push_back(terms[i].pattern);
  return patterns;
}

// Terms whole, cut short, run on, run together and torn apart.
class TextMaker {
 public:
  TextMaker(const std::vector<TermPattern>& terms, std::uint32_t seed)
      : terms_(terms), random_(seed) {}

  std::string text() {
    std::string out;
    for (std::size_t n = 1 + below(12); n > 0; --n) {
      out += piece();
      out += kJoints[below(kJoints.size())];
    }
    return out;
  }

 private:
  static constexpr std::array<std::string_view, 12> kJoints = {
      " ", " ", " ", ", ", ". ", "-", "", "\n", " \u00AB", "\u2014", "' ", "\u4E00"};
  static constexpr std::array<std::string_view, 8> kEndings = {
      "", "", "s", "\u0430", "\u043B\u0430\u0440", "ing", "\u044B\u043C\u0438", "7"};

  std::string piece() {
    std::string text = terms_[below(terms_.size())].text;
    std::replace(text.begin(), text.end(), '*', below(2) == 0 ? 'a' : ' ');
    if (below(6) == 0) text = std::string(truncate_utf8(text, 1 + below(text.size())));
    if (below(8) == 0) text = "x" + text;
    return text + std::string(kEndings[below(kEndings.size())]);
  }
  std::size_t below(std::size_t limit) { return random_() % limit; }

  const std::vector<TermPattern>& terms_;
  std::mt19937 random_;
};

TEST(ScannerOracle, FindsWhatHyperscanFinds_OverTenThousandTexts) {
  const std::vector<TermPattern> terms = shipped_terms("kazakhstan-unrest");
  const TermScanner scanner(terms);
  HyperscanTerms oracle(terms);
  TextMaker maker(terms, 7);
  std::vector<TermHit> found;
  std::vector<TermHit> wanted;
  std::size_t hits = 0;
  for (int i = 0; i < 10000; ++i) {
    const std::string folded = fold(maker.text());
    scanner.scan(folded, found);
    oracle.scan(folded, wanted);
    hits += found.size();
    ASSERT_EQ(found, wanted) << folded;
  }
  EXPECT_GT(hits, 30000U);
}

}  // namespace
}  // namespace steppe
