// Dates, figures, places, actors, events and claims are found in work that grows with the text,
// whatever it holds. Work is counted, not timed: their sources are compiled once more so that each
// basic block calls the function below (CMakeLists.txt).

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/time.h"
#include "processors/claims/enricher.h"
#include "tests/unit/processors/figures/profile_lexicon.h"

namespace {
std::uint64_t blocks = 0;
}  // namespace

// The name is the compilers' (-fsanitize-coverage=trace-pc).
extern "C" void __sanitizer_cov_trace_pc();   // NOLINT(bugprone-reserved-identifier)
extern "C" void __sanitizer_cov_trace_pc() {  // NOLINT(bugprone-reserved-identifier)
  ++blocks;
}

namespace steppe {
namespace {

constexpr std::size_t kKilobyte = 1024;
constexpr std::size_t kTimes = 8;
constexpr std::uint64_t kMostGrowth = 10;  // eight times the text; its square would be sixty-four

struct Hostile {
  std::string_view language;
  // Over and over, in one sentence where they hold no stop; each # is another number.
  std::string_view words;
};

// A place, a venue, somebody, an event, in each order that a rule asks its neighbours for.
constexpr Hostile kHostile[] = {
    {"en", "Almaty riots "},
    {"en", "Almaty, "},
    {"en", "Kazakhstan "},
    {"en", "Kazakh riots. "},
    {"en", "briefing Almaty "},
    {"en", "Almaty riots; "},
    {"en", "may not riots "},
    {"en", "protest over fuel prices "},
    {"en", "Interior Ministry Kazakhstan "},
    {"en", "Nurlan Seitov "},
    {"en", "Kassym-Jomart Tokayev "},
    {"en", "Riots. "},
    {"zh", "\u963f\u62c9\u6728\u56fe"},
    {"zh", "\u963f\u62c9\u6728\u56fe\u9a9a\u4e71\uff0c"},
};

// A number, what it counts, who says so and when, and words that take it back.
constexpr Hostile kHostileNumbers[] = {
    {"en", "# killed, "},
    {"en", "# killed. "},
    {"en", "12 killed. "},
    {"en", "\"# killed. "},
    {"en", "Almaty: # killed, including # children, "},
    {"en", "# were killed on 3 January, police said. "},
    {"en", "On Monday # and on Tuesday # "},
    {"en", "the number # of the "},
    {"en", "3 January "},
    {"en", "The ministry said # had died, he said. "},
    {"en", "Interior Ministry, he said. "},
    {"en", "Nurlan Seitov said it. Bolat Kairatov said. Marat said. "},
    {"en", "activist "},
    {"en", "said "},
    {"en", "Not # but # killed. "},
    {"en", "The report of # killed was wrong. "},
    {"en", "# killed. Correction: # killed. "},
    {"zh", "#\u4eba\u6b7b\u4ea1"},
    {"zh", "#\u4eba\u6b7b\u4ea1\u3002"},
    {"zh", "\u8b66\u65b9\u8bf41\u67083\u65e5#\u4eba\u6b7b\u4ea1\uff0c"},
};

std::string repeated(std::string_view words, std::size_t bytes) {
  constexpr int kFirst = 100;  // no year, and counted well
  int number = kFirst;
  std::string text;
  while (text.size() < bytes) {
    for (const char byte : words) {
      if (byte == '#') {
        text += std::to_string(number++);
      } else {
        text += byte;
      }
    }
  }
  return text;
}

std::uint64_t blocks_for(const Hostile& hostile, std::size_t bytes) {
  static const Enricher enricher(profile_lexicon());
  Item item;
  item.lang.code = hostile.language;
  item.body = repeated(hostile.words, bytes);
  item.published = PublishedAt{*parse_rfc3339("2022-01-12T06:00:00Z"), "", "feed"};
  blocks = 0;
  enricher.enrich(item, Feed{});
  return blocks;
}

void expect_linear_work(std::span<const Hostile> texts, std::size_t bytes) {
  for (const Hostile& hostile : texts) {
    const std::uint64_t small = blocks_for(hostile, bytes / kTimes);
    const std::uint64_t large = blocks_for(hostile, bytes);
    EXPECT_GT(small, bytes / kTimes / hostile.words.size()) << hostile.words;  // it is counted
    EXPECT_LT(large, kMostGrowth * small) << hostile.words;
  }
}

TEST(PlacesAndEvents, TakeLinearWork_WhenASentenceHasAMegabyte) {
  expect_linear_work(kHostile, kKilobyte * kKilobyte);
}

TEST(FiguresAndClaims, TakeLinearWork_WhenATextHasHalfAMegabyte) {
  expect_linear_work(kHostileNumbers, kKilobyte * kKilobyte / 2);
}

}  // namespace
}  // namespace steppe
