#pragma once
// Assigns items to stories: copies by content and word runs, the same event by what is found in it.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/state.h"
#include "core/story.h"
#include "processors/story/story.h"

namespace steppe {

struct StoryOptions {
  std::chrono::hours link_window{7 * 24};  // an item joins a story seen within this time
  std::chrono::hours memory{30 * 24};      // peers are compared with for so long
  std::size_t max_peers = 50'000;          // the oldest go first
  std::size_t max_candidates = 200;        // compared per item, newest first
  double copy_similarity = 0.6;            // word runs: a reprint
  double same_event_similarity = 0.34;     // words and findings, one language
  double translation_similarity = 0.45;    // findings alone, across languages
};

/// One thread at a time. The same inputs in the same order give the same stories.
/// Every change is also appended to `deltas`; restore() of those rows gives the same index.
class StoryIndex {
 public:
  explicit StoryIndex(StoryOptions options = {}) : options_(options) {}

  void restore(const StateRow& row);

  /// The story of an item. A known story (of an earlier revision, or a repeat in another feed) is
  /// kept; the outlet counts for it.
  StoryLink apply(const StoryInput& input, std::vector<StateRow>& deltas);

  /// The story as published next: its revision grows by one. An unknown id gives an empty one.
  StorySnapshot publish(const StoryId& id, std::vector<StateRow>& deltas);

 private:
  struct Best {
    const StoryPeer* peer = nullptr;
    double similarity = 0;
    Relation relation = Relation::kOrigin;
  };

  StoryLink known(const StoryInput& input, std::vector<StateRow>& deltas);
  Best find_copy(const StoryPeer& fresh) const;
  Best find_event(const StoryPeer& fresh) const;
  std::vector<const StoryPeer*> candidates(const StoryPeer& fresh) const;
  Best compare(const StoryPeer& fresh, const StoryPeer& peer) const;
  void join(const StoryLink& link, const StoryInput& input, StoryRecord& story) const;
  using Peers = std::map<std::uint64_t, StoryPeer>;  // by number, in order of arrival

  void forget(Peers::iterator peer);
  void remember(StoryPeer peer, std::vector<StateRow>& deltas);
  void forget_old(Instant now, std::vector<StateRow>& deltas);

  StoryOptions options_;
  std::map<StoryId, StoryRecord> stories_;
  Peers peers_;
  std::unordered_map<ItemId, std::uint64_t> peer_numbers_;
  std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> postings_;  // feature -> peers
  std::unordered_map<std::uint64_t, std::uint64_t> contents_;               // content hash -> peer
  std::uint64_t next_number_ = 1;
};

}  // namespace steppe
