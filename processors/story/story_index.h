#pragma once
// Assigns items to stories: copies by their sketches, the same event by the terms they share.

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/state.h"
#include "core/story.h"
#include "processors/story/peer_store.h"
#include "processors/story/story.h"
#include "processors/story/story_options.h"

namespace steppe {

/// How an item that is not (yet) kept relates to the live stories. Adopted items tie nothing:
/// what one of them drew in would draw in the next.
struct StoryTie {
  double similarity = 0;  // to the nearest story, 0..1, faded by age
  ItemId nearest;         // its most similar item
  bool copy = false;      // it repeats that item, word for word or nearly so
};

/// One thread at a time. The same inputs in the same order give the same stories.
/// Every change is also appended to `deltas`; restore() of those rows gives the same index.
class StoryIndex {
 public:
  explicit StoryIndex(StoryOptions options = {}) : options_(options), peers_(options_) {}
  StoryIndex(const StoryIndex&) = delete;
  StoryIndex& operator=(const StoryIndex&) = delete;

  void restore(const StateRow& row);

  /// The story of an item. A known story (of an earlier revision, or a repeat in another feed) is
  /// kept; the outlet counts for it.
  StoryLink apply(const StoryInput& input, std::vector<StateRow>& deltas);

  /// What apply() would find; nothing is remembered.
  StoryTie tie(const StoryInput& input);

  /// The terms an item is compared by, sorted.
  std::vector<StoryTerm> terms(const StoryInput& input);

  /// The story as published next: its revision grows by one. An unknown id gives an empty one.
  StorySnapshot publish(const StoryId& id, Instant at, std::vector<StateRow>& deltas);

  /// Story time of its last snapshot; nothing when it has none or is unknown.
  std::optional<Instant> published_at(const StoryId& id) const;

  /// Stories that became part of another since the last call, with that other.
  struct Merge {
    StoryId from;
    StoryId into;
  };
  std::vector<Merge> take_merges() { return std::exchange(fresh_merges_, {}); }
  /// The remembered stories that became part of `id`.
  std::vector<StoryId> merged_into(const StoryId& id) const;

  std::size_t items() const { return peers_.size(); }
  std::size_t stories() const { return by_id_.size(); }

 private:
  struct Draft;  // an item on its way in
  struct Best {
    std::uint32_t number = 0;  // the nearest item; 0: none
    std::uint32_t story = 0;
    double similarity = 0;
    bool copy = false;
    bool reworded = false;  // a copy in other words, which later items are compared with as well
    bool one_language = true;
  };
  struct Ranking {
    Best first;
    Best second;  // the nearest of another story
  };

  Draft draft_of(const StoryInput& input);
  StoryLink known(std::uint32_t story, const StoryInput& input, std::vector<StateRow>& deltas);
  std::optional<Best> copy_of(const Draft& draft, const WeightedTerms& weighted,
                              std::uint32_t number) const;
  Best find_copy(const Draft& draft, const WeightedTerms& fresh) const;
  Ranking find_stories(const Draft& draft, const WeightedTerms& fresh) const;
  Best in_story(std::span<const Best> similar, Instant at) const;
  std::size_t linked_members(std::uint32_t story, std::size_t enough) const;
  std::uint32_t new_story(const ItemId& item);
  void join(const StoryLink& link, const StoryInput& input, StoryRecord& story);
  void remember(Draft draft, std::uint32_t story, std::vector<StateRow>& deltas);
  void forget_old(std::vector<StateRow>& deltas);
  void forget_item(std::uint32_t number, std::vector<StateRow>& deltas);
  void save_weights(std::vector<StateRow>& deltas);
  void trim(std::uint32_t story);
  std::vector<std::uint32_t> newest_linked(std::uint32_t story) const;
  double nearness(std::uint32_t story, std::uint32_t other) const;
  void merge_if_one(const Best& first, const Best& second, std::vector<StateRow>& deltas);
  void merge(std::uint32_t from, std::uint32_t into, std::vector<StateRow>& deltas);
  void forget_merged(std::vector<StateRow>& deltas);
  void finish_restore();
  void drop_empty_stories();
  std::optional<std::uint32_t> slot_of(const StoryId& id) const;
  Relation relation_of(const Draft& draft, const Best& best) const;

  StoryOptions options_;
  NameTable names_;
  TermWeights weights_;
  std::uint32_t unsaved_from_ = 1;  // items from here on are not in the saved weights
  std::uint32_t unsaved_ = 0;
  PeerStore peers_;
  std::vector<StoryRecord> stories_;  // by slot
  std::vector<std::uint32_t> free_slots_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_id_;  // by hash of the id
  std::deque<std::uint32_t> merged_;  // slots of stories that became part of others, oldest first
  std::vector<Merge> fresh_merges_;
  std::vector<PeerRow> restored_;
  Instant clock_{};  // the latest story time
};

}  // namespace steppe
