// Copies: the same text, almost the same, or a headline that tells the same in other words.

#include <algorithm>

#include "processors/story/story_draft.h"

namespace steppe {
namespace {

constexpr double kTellingWords = 0.3;   // alike headlines must also share what they tell of
constexpr double kAlikeLetters = 0.2;   // what common character runs add to what is told
constexpr double kCommonNumber = 0.15;  // and a number in common

// Each side has a number the other has not: "5,800 detained" and "9,900 detained" are two items.
bool numbers_differ(std::uint64_t a, std::uint64_t b) {
  return (a & b) != a && (a & b) != b;
}

}  // namespace

std::optional<StoryIndex::Best> StoryIndex::copy_of(const Draft& draft,
                                                    const WeightedTerms& weighted,
                                                    std::uint32_t number) const {
  const StoryPeer& peer = *peers_.find(number);
  const StoryPeer& fresh = draft.peer;
  if (peer.id == fresh.id || peer.lang != fresh.lang) return {};
  const bool headline = fresh.sketch.headline || peer.sketch.headline;
  const auto window = headline ? options_.link_window : options_.memory;
  if (std::chrono::abs(Instant(fresh.at) - Instant(peer.at)) > window) return {};
  Best best{.number = number, .story = peer.story, .similarity = 1, .copy = true};
  if (peer.content_hash == fresh.content_hash) return best;
  if (numbers_differ(fresh.numbers, peer.numbers)) return {};
  best.similarity = similarity(fresh.sketch, peer.sketch);
  const bool both_headlines = fresh.sketch.headline && peer.sketch.headline;
  const double enough = both_headlines ? options_.headline_similarity : options_.copy_similarity;
  const bool alike = best.similarity >= enough;
  const std::vector<StoryTerm>* terms = both_headlines ? peers_.terms_of(number) : nullptr;
  if (terms == nullptr) return alike ? std::optional(best) : std::nullopt;
  const double told = likeness(weighted, *terms, weights_, true);
  const bool common_number = in_common(weighted, *terms, true).numbers > 0;
  const double telling =
      told + kAlikeLetters * best.similarity + (common_number ? kCommonNumber : 0);
  const bool bare = fresh.sketch.bare && peer.sketch.bare;
  const bool reworded = bare && telling >= options_.reworded_similarity;
  if (told < kTellingWords || (!alike && !reworded)) return {};
  best.reworded = !alike;
  best.similarity = std::max(best.similarity, told);
  return best;
}

StoryIndex::Best StoryIndex::find_copy(const Draft& draft, const WeightedTerms& fresh) const {
  Best best;
  for (const std::uint32_t number : peers_.under(draft.keys)) {
    if (draft.by_own_words && peers_.find(number)->adopted) continue;
    const auto copy = copy_of(draft, fresh, number);
    if (copy && copy->similarity > best.similarity) best = *copy;
  }
  return best;
}

}  // namespace steppe
