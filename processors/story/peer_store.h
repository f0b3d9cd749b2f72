#pragma once
// The remembered items, and two ways to find those like a new one: as a copy, by keys; as the same
// event, by shared terms.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "processors/story/key_table.h"
#include "processors/story/score_table.h"
#include "processors/story/story.h"
#include "processors/story/story_options.h"
#include "processors/story/term_weights.h"

namespace steppe {

/// Terms with their weights at the time of asking, sorted by term.
struct WeightedTerms {
  explicit WeightedTerms(const std::vector<StoryTerm>& terms, const TermWeights& weights);

  static constexpr std::size_t kNone = kMaxTerms;
  /// The place of `term` in `terms`; kNone when it is not there.
  std::size_t find(StoryTerm term) const {
    for (std::size_t slot = slot_of(term); places_[slot] != 0; slot = (slot + 1) % kSlots) {
      if (terms[places_[slot] - 1U] == term) return places_[slot] - 1U;
    }
    return kNone;
  }

  std::vector<StoryTerm> terms;
  std::vector<float> weights;
  double norm = 0;          // Euclidean, over all
  double neutral_norm = 0;  // over those that mean the same in every language

 private:
  static constexpr std::size_t kSlots = 8 * kMaxTerms;
  static std::size_t slot_of(StoryTerm term) { return (term * 0x9E3779B1U) >> 23U; }
  static_assert(kSlots == 1U << (32U - 23U));

  std::array<std::uint8_t, kSlots> places_{};  // place + 1 by hash, or 0
};

/// One thread at a time. Numbers grow with every item and are never used twice.
class PeerStore {
 public:
  explicit PeerStore(const StoryOptions& options) : options_(options) {}

  std::uint32_t next_number() const { return first_ + static_cast<std::uint32_t>(peers_.size()); }
  std::size_t size() const { return peers_.size(); }
  std::size_t linked() const { return terms_.size(); }

  /// Remembers an item under `number`, which must be next_number() or above.
  void add(std::uint32_t number, const StoryPeer& peer, const CopyKeys& keys,
           const std::vector<StoryTerm>& terms, std::string url);

  /// Null when it was never there or is forgotten.
  StoryPeer* find(std::uint32_t number);
  const StoryPeer* find(std::uint32_t number) const;
  /// The oldest remembered one; null when there is none. Drops forgotten ones before it.
  const StoryPeer* oldest();
  std::uint32_t oldest_number() const { return first_; }
  void forget(std::uint32_t number);

  /// Remembered items under any of `keys`, oldest first.
  std::vector<std::uint32_t> under(const CopyKeys& keys) const;

  /// The items that share the most telling terms, at most options.max_compared, best first.
  std::vector<std::uint32_t> sharing(const WeightedTerms& fresh) const;

  /// Null when the item is a copy or too old to be linked to.
  const std::vector<StoryTerm>* terms_of(std::uint32_t number) const;
  /// Whether terms_of() has some.
  bool is_linked(std::uint32_t number) const {
    const StoryPeer* peer = find(number);
    return peer != nullptr && peer->linked;
  }
  /// Items before `since` are no longer linked to. Calls `gone` for each.
  template <typename Gone>
  void unlink_before(Instant since, Gone gone) {
    for (; !terms_.empty(); ++oldest_linked_) {
      const StoryPeer* peer = find(oldest_linked_);
      if (peer == nullptr || !peer->linked) continue;
      if (Instant(peer->at) >= since && terms_.size() <= options_.max_linked) return;
      gone(*peer);
      unlink(oldest_linked_);
    }
  }
  void unlink(std::uint32_t number);

  /// Addresses are kept for items newer than this.
  void drop_urls_before(Instant since);
  /// Empty when it was dropped.
  std::string url_of(std::uint32_t number) const;

 private:
  // The linked items of a term, oldest first. A term of very many finds nothing: their list is
  // dropped, and made anew should they become few.
  struct Posting {
    std::vector<std::uint32_t> numbers;
    std::uint32_t count = 0;
    bool listed = true;
  };
  void post(StoryTerm term, std::uint32_t number);
  void list_again(StoryTerm term, Posting& posting) const;

  const StoryOptions& options_;
  std::deque<StoryPeer> peers_;
  std::uint32_t first_ = 1;
  KeyTable keys_;
  std::unordered_map<std::uint32_t, std::vector<StoryTerm>> terms_;
  std::uint32_t oldest_linked_ = 1;  // none below is linked
  std::unordered_map<StoryTerm, Posting> postings_;
  mutable ScoreTable scores_;
  std::map<std::uint32_t, std::string> urls_;
};

/// What two items share. Across languages only terms that mean the same in each count.
struct InCommon {
  double shared = 0;        // sum of squared weights
  std::size_t things = 0;   // terms
  std::size_t numbers = 0;  // of these
};
InCommon in_common(const WeightedTerms& fresh, const std::vector<StoryTerm>& other,
                   bool one_language);

/// Likeness of two items 0..1, the cosine of their weighted terms; several times as costly.
double likeness(const WeightedTerms& fresh, const std::vector<StoryTerm>& other,
                const TermWeights& weights, bool one_language);

}  // namespace steppe
