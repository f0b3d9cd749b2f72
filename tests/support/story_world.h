#pragma once
// An invented stream of news with known truth: events, reports on them in three languages, and
// edited copies of the reports. The same seed gives the same stream on every machine.

#include <cstdint>
#include <queue>
#include <string>
#include <vector>

#include "core/feed.h"
#include "core/item.h"

namespace steppe::test {

struct WorldOptions {
  std::size_t items = 1'000'000;
  std::uint64_t seed = 1;
  std::chrono::hours span{30 * 24};  // events begin within this time
  std::size_t report_words = 220;    // with the title about 1.7 KB
  double edited_words = 0.05;        // of a copy
};

/// One item of the stream and what it really is.
struct WorldItem {
  Item item;
  Feed feed;
  Instant at{};
  std::uint32_t event = 0;
  std::uint32_t report = 0;  // copies share the report's number
  bool copy = false;         // not the first of its report
};

/// A pseudo-random generator of our own: the standard distributions differ between libraries.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t roll();
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(roll() % bound); }
  double share() { return static_cast<double>(roll() >> 11U) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

class StoryWorld {
 public:
  explicit StoryWorld(WorldOptions options);
  /// False when the stream is over.
  bool next(WorldItem& out);

 private:
  struct Event {
    std::uint32_t number = 0;
    std::uint64_t seed = 0;
  };
  struct Report {
    std::uint32_t number = 0;
    std::uint32_t event = 0;
    std::uint64_t seed = 0;
    std::uint8_t lang = 0;
  };
  struct Coming {
    std::int64_t at_ms = 0;
    Report report;
    std::uint32_t copy = 0;  // 0: the original
    bool operator>(const Coming& other) const {
      return at_ms != other.at_ms ? at_ms > other.at_ms : report.number > other.report.number;
    }
  };

  void begin_events();
  void write(const Coming& coming, WorldItem& out);

  WorldOptions options_;
  Dice dice_;
  std::priority_queue<Coming, std::vector<Coming>, std::greater<>> coming_;
  std::int64_t next_event_ms_ = 0;
  std::int64_t event_gap_ms_ = 0;
  std::uint32_t events_ = 0;
  std::uint32_t reports_ = 0;
  std::size_t written_ = 0;
};

}  // namespace steppe::test
