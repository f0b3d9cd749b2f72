#pragma once
// Actors of the profile in a text: named in full, or by a short form whose antecedent was named.

#include <cstdint>
#include <optional>
#include <vector>

#include "processors/annotate/annotated_text.h"

namespace steppe {

/// Half-open range of tokens.
struct ActorMention {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::optional<std::uint32_t> actor;  // index among the actors of the profile; none: unresolved
  bool short_form = false;             // "the ambassador"
};

/// Finds actors over the fields of one item, in order, and remembers who was named before.
/// One thread at a time.
class ActorFinder {
 public:
  /// Every actor of `text`, in order.
  void find(const AnnotatedText& text, std::vector<ActorMention>& out);

 private:
  std::optional<std::uint32_t> resolve(const AnnotatedText& text, std::uint32_t first_mark,
                                       std::uint32_t end_mark) const;
  void remember(std::uint32_t actor);
  bool is_namesake(const AnnotatedText& text, const Mark& mark);

  std::vector<std::uint32_t> named_;      // latest last
  std::vector<std::uint32_t> namesakes_;  // whose surname somebody else bears in this item
};

}  // namespace steppe
