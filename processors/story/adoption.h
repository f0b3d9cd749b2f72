#pragma once
// Items that are not about the topic by their own words, but belong to a story that is: when they
// are adopted, and the ones that wait for such a story.

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/hash.h"
#include "core/item.h"
#include "core/state.h"
#include "processors/story/story_index.h"
#include "processors/story/terms.h"

namespace steppe {

struct AdoptionOptions {
  bool enabled = true;
  std::chrono::hours wait{72};      // an item in review waits for a story so long
  std::size_t max_waiting = 5'000;  // the oldest go first
  std::uint32_t burst_items = 8;    // kept within two days: the topic is in the news,
  double burst_factor = 4;          // and so many times the usual number,
  double burst_share = 0.3;         // and this part of all that names what is ours
  double tie_in_burst = 0.22;       // likeness that adopts a dropped item in a burst
  double tie_alone =
      0.7;  // that adopts an item in review at any time: a place in common is not enough
};

/// Counts the items of each day of story time, for 30 days: those kept by their own words, and
/// those left to a story although they name what is ours (adopted or not, so that adoption never
/// feeds itself).
class Burst {
 public:
  explicit Burst(const AdoptionOptions& options) : options_(options) {}
  void restore(const StateRow& row);
  void add_kept(Instant at);
  void add_other(Instant at);
  /// The counts as a row of `deltas`, when they changed since the last call: a row that is there
  /// already is replaced.
  void save(std::vector<StateRow>& deltas);
  /// True when the day of `at` and the day before kept many more items than two usual (median)
  /// days, and these are a good part of what names what is ours: the second holds from the first
  /// day on, when nothing is known of usual days.
  bool live(Instant at) const;

 private:
  struct Day {
    std::uint32_t kept = 0;
    std::uint32_t others = 0;
  };
  Day& day(Instant at);

  const AdoptionOptions& options_;
  std::map<std::int64_t, Day> days_;
  bool changed_ = false;
  std::size_t row_ = 0;  // where the last row was put
};

/// What adoption asks of an item.
struct AdoptionCase {
  bool review = false;   // in the review band; else dropped
  bool ours = false;     // a country, place, leader or institution of the profile is named
  bool against = false;  // its main place is elsewhere, or something vetoes it
};

AdoptionCase adoption_case(const Item& item);

/// Whether an item is adopted. In review: when it repeats or is very near to an item of a story,
/// or when the topic is in the news (`burst`) and it is ours.
/// Dropped: only in a burst, when it is ours and near to a story.
bool adopts(const AdoptionCase& item, const StoryTie& tie, bool burst,
            const AdoptionOptions& options);

/// Marks `item` as kept by adoption, with the reason.
void mark_adopted(Item& item, const StoryTie& tie);

/// Items that wait: opaque bytes, found by the terms they share with a new item.
/// One thread at a time. Every change is appended to `deltas`; restore() of those rows gives the
/// same list.
class WaitingItems {
 public:
  explicit WaitingItems(const AdoptionOptions& options) : options_(options) {}

  struct Waiting {
    Hash128 key;  // primary identity key
    Instant at{};
    std::vector<StoryTerm> terms;
    std::string bytes;
  };

  void restore(const StateRow& row);
  void add(Waiting item, std::vector<StateRow>& deltas);
  void remove(const Hash128& key, std::vector<StateRow>& deltas);
  void forget_before(Instant since, std::vector<StateRow>& deltas);

  /// Those that share at least three terms with `terms`, oldest first.
  std::vector<Hash128> sharing(const std::vector<StoryTerm>& terms) const;
  /// All of them, oldest first.
  std::vector<Hash128> all() const;
  /// Null when it does not wait.
  const Waiting* find(const Hash128& key) const;
  std::size_t size() const { return items_.size(); }

 private:
  void insert(std::uint64_t number, Waiting item);
  void erase(std::uint64_t number);

  const AdoptionOptions& options_;
  std::map<std::uint64_t, Waiting> items_;  // by order of arrival
  std::unordered_map<Hash128, std::uint64_t> numbers_;
  std::unordered_map<StoryTerm, std::vector<std::uint64_t>> postings_;
  std::uint64_t next_ = 1;
};

}  // namespace steppe
