#pragma once
// Places of the profile in a text, and what each is there for.

#include <cstdint>
#include <vector>

#include "processors/annotate/annotated_text.h"

namespace steppe {

enum class PlaceRole : std::uint8_t {
  kMention,
  kEvent,      // something happened there
  kStatement,  // somebody spoke there
  kOrigin      // the dateline
};

/// Half-open range of tokens; `place` indexes the places of the profile.
struct PlaceMention {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t place = 0;
  bool adjective = false;  // "Kazakh", not "in Kazakhstan"
  PlaceRole role = PlaceRole::kMention;
};

std::string_view to_string(PlaceRole role);

/// Every place of `text`, in order. A place beside a venue ("told a news conference in Beijing") or
/// in a dateline is never where the event was. Any thread.
void find_places(const AnnotatedText& text, std::vector<PlaceMention>& out);

}  // namespace steppe
