#pragma once
// A place in its sentence: what its own ending and the words right beside it say of it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "processors/annotate/annotated_text.h"
#include "processors/places/place_finder.h"

namespace steppe {

/// The place and what a text knows of it. Outlived by all three.
struct Site {
  const AnnotatedText& text;
  const PlaceMention& place;
  const Sentence& sentence;
  std::string_view so_far;     // folded, up to the word before the place; empty: none
  std::size_t word_bytes = 0;  // of that word; 0 in scripts without blanks

  Site(const AnnotatedText& all, const PlaceMention& one, const Sentence& around);

  const PlaceEntry& entry() const { return text.lexicon().all().places[place.place]; }
  const LanguagePack::PlaceWays& ways() const { return text.lexicon().pack().ways; }
  bool is_country() const { return entry().is("country"); }
};

/// One of `words` stands right before the place; in scripts without blanks, its last characters.
bool stands_before(const Site& site, const std::vector<std::string>& words);

/// The words that say what sort of place it is come behind it and take its endings.
std::uint32_t end_with_kind(const Site& site);

/// The place, or the word behind it that says what sort of place it is, ends so, in a language
/// that puts the way behind its names.
bool has_ending(const Site& site, const std::vector<std::string>& endings);

/// "Maskeuden", "almatylyk".
bool ends_whence(const Site& site);

/// The same, or "from Moscow".
bool is_whence(const Site& site);

/// "in Kazakhstan": something is there, rather than the country does or is something.
bool is_inside(const Site& site);

}  // namespace steppe
