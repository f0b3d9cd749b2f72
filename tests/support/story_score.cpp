#include "tests/support/story_score.h"

#include <malloc.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <unordered_map>

#include "processors/identity/identity.h"
#include "processors/identity/identity_table.h"
#include "processors/story/story_index.h"

namespace steppe::test {
namespace {

double resident_bytes() {
  malloc_trim(0);
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  statm >> pages >> pages;
  return pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double pairs(double n) {
  return n * (n - 1) / 2;
}

// What the truth and the result are made of, in numbers only: small beside what is measured.
struct Tally {
  std::vector<std::uint32_t> event_of, report_of, story_of;  // by item
  double right_copies = 0, wrong_copies = 0, copies = 0;

  void score(StoryScore& out) const {
    std::unordered_map<std::uint64_t, double> both;
    std::unordered_map<std::uint32_t, double> events;
    std::unordered_map<std::uint32_t, double> found;
    for (std::size_t i = 0; i < event_of.size(); ++i) {
      ++both[(std::uint64_t{event_of[i]} << 32U) | story_of[i]];
      ++events[event_of[i]];
      ++found[story_of[i]];
    }
    double right = 0, real = 0, made = 0;
    for (const auto& [key, n] : both) right += pairs(n);
    for (const auto& [key, n] : events) real += pairs(n);
    for (const auto& [key, n] : found) made += pairs(n);
    out.pair_recall = real > 0 ? right / real : 1;
    out.pair_precision = made > 0 ? right / made : 1;
    out.copy_recall = copies > 0 ? right_copies / copies : 1;
    const double linked = right_copies + wrong_copies;
    out.copy_precision = linked > 0 ? right_copies / linked : 1;
  }
};

}  // namespace

double thread_cpu() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

StoryScore score_stories(const WorldOptions& options, const StoryOptions& story_options) {
  StoryWorld world(options);
  StoryScore out;
  Tally tally;
  for (auto* list : {&tally.event_of, &tally.report_of, &tally.story_of})
    list->assign(options.items, 0);
  IdentityTable seen;
  IdentityTable ids;  // hashes of item ids
  std::vector<StateRow> rows;
  WorldItem made;
  const double before = resident_bytes();
  StoryIndex index(story_options);
  for (std::uint32_t i = 0; world.next(made); ++i) {
    const double start = thread_cpu();
    const auto keys = identity_keys(made.item, made.feed, true);
    for (const IdentityKey& key : keys) {
      if (!seen.find(key.key)) seen.put(key.key, i);
    }
    const ItemId id = item_id_of("bench", keys.front());
    rows.clear();
    const StoryLink link =
        index.apply({.item_id = id, .item = &made.item, .feed = &made.feed, .at = made.at}, rows);
    const double took = thread_cpu() - start;
    out.cpu_secs += took;
    const std::size_t tenth = options.items / 10;
    if (i >= tenth / 10 && i < tenth) out.first_part_secs += took * 10 / 9;
    if (i >= options.items - tenth) out.last_part_secs += took;
    tally.event_of[i] = made.event;
    tally.report_of[i] = made.report;
    tally.story_of[i] = static_cast<std::uint32_t>(hash64(link.story_id.str()));
    tally.copies += made.copy ? 1 : 0;
    ids.put(hash128(id.str()), i);
    if (link.relation == Relation::kReprint || link.relation == Relation::kRevision) {
      const auto of = ids.find(hash128(link.of_item.str()));
      const bool right = of && tally.report_of[*of] == made.report;
      (right ? tally.right_copies : tally.wrong_copies) += 1;
    }
  }
  out.items = options.items;
  out.remembered = index.items();
  out.stories = index.stories();
  const auto own = static_cast<double>(seen.memory_bytes() + ids.memory_bytes());
  const double grown = resident_bytes() - before - own;
  out.bytes_per_item = grown / static_cast<double>(out.remembered);
  tally.score(out);
  return out;
}

}  // namespace steppe::test
