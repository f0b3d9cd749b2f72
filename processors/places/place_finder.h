#pragma once
// Places of the profile in a text, and what each is there for.

#include <cstdint>
#include <optional>
#include <vector>

#include "processors/annotate/annotated_text.h"

namespace steppe {

enum class PlaceRole : std::uint8_t {
  kMention,
  kEvent,      // something happened there
  kStatement,  // somebody spoke there, or the report was written
  kOrigin      // people, goods or forces come from there
};

/// Why a mention means its place.
enum class PlaceChoice : std::uint8_t {
  kNamed,    // the name is of this place alone
  kContext,  // one of several, named beside its region or kind
  kFocus,    // one of several, in the country the text is about
  kGuess     // one of several, or perhaps a person: nothing tells
};

/// Half-open range of tokens; `place` indexes the places of the profile.
struct PlaceMention {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t place = 0;
  bool adjective = false;  // "Kazakh", not "in Kazakhstan"
  bool speaks = false;     // "Kazakhstan urges calm": who, not where
  PlaceRole role = PlaceRole::kMention;
  PlaceChoice choice = PlaceChoice::kNamed;
  bool shared = false;           // other places have the name: the marks of the same range
  std::uint32_t first_mark = 0;  // of the text
  std::uint32_t end_mark = 0;
  std::optional<PlaceKind> kind;  // said beside it: "region"
};

std::string_view to_string(PlaceRole role);

/// Every place of `text`, in order; of several with one name the first, see PlaceResolver. What
/// each is there for is settled later. A name inside a longer one ("Air Astana", "Almaty Marathon")
/// is no place. Any thread.
void find_places(const AnnotatedText& text, std::vector<PlaceMention>& out);

/// True for a country's name as the profile writes it: no adjective, and in languages with cases
/// in none. Any thread.
bool is_plain_country(const AnnotatedText& text, const PlaceMention& place);

}  // namespace steppe
