// Places, actors and events are found in work that grows with the text, whatever it holds. Work is
// counted, not timed: their sources are compiled once more so that each basic block calls the
// function below (CMakeLists.txt).

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
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

constexpr std::size_t kSmall = 128 * 1024;
constexpr std::size_t kLarge = 1024 * 1024;
constexpr std::uint64_t kMostGrowth = 10;  // eight times the text; its square would be sixty-four

struct Hostile {
  std::string_view language;
  std::string_view words;  // over and over, in one sentence where they hold no stop
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

std::uint64_t blocks_for(const Hostile& hostile, std::size_t bytes) {
  static const Enricher enricher(profile_lexicon());
  std::string text;
  while (text.size() < bytes) text += hostile.words;
  Item item;
  item.lang.code = hostile.language;
  item.body = text;
  item.published = PublishedAt{*parse_rfc3339("2022-01-12T06:00:00Z"), "", "feed"};
  blocks = 0;
  enricher.enrich(item, Feed{});
  return blocks;
}

TEST(PlacesAndEvents, TakeLinearWork_WhenASentenceHasAMegabyte) {
  for (const Hostile& hostile : kHostile) {
    const std::uint64_t small = blocks_for(hostile, kSmall);
    const std::uint64_t large = blocks_for(hostile, kLarge);
    EXPECT_GT(small, kSmall / hostile.words.size()) << hostile.words;  // it is counted
    EXPECT_LT(large, kMostGrowth * small) << hostile.words;
  }
}

}  // namespace
}  // namespace steppe
