#include "processors/places/place_history.h"

#include <algorithm>

#include "processors/match/fold.h"

namespace steppe {
namespace {

constexpr int kDeepest = 3;  // levels of places within places

std::uint32_t parent_on(const PlaceEntry& place, std::string_view day) {
  for (const DatedName& former : place.former_parents) {
    if (former.holds_on(day)) return former.place;
  }
  return place.parent_place;
}

/// The word of `text` that begins at `at`, which moves behind it and the gap that follows.
std::string_view take_word(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find_first_of(" -", at), text.size());
  const std::string_view word = text.substr(at, end - at);
  at = std::min(end + 1, text.size());
  return word;
}

/// True when their first letters are of the Latin alphabet and not the same.
bool begins_otherwise(std::string_view pattern, std::string_view folded) {
  if (pattern.empty() || folded.empty()) return false;
  const auto small = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  };
  const char wanted = small(pattern.front());
  const char first = folded.front();
  return wanted >= 'a' && wanted <= 'z' && first >= 'a' && first <= 'z' && wanted != first;
}

bool is_form(std::string_view pattern, std::string_view folded) {
  if (pattern.starts_with('^')) pattern.remove_prefix(1);
  if (begins_otherwise(pattern, folded)) return false;
  // the fold keeps lengths: most forms are too long or too short to be folded
  const auto stems = static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '*'));
  if (folded.size() + stems < pattern.size()) return false;
  if (stems == 0 && folded.size() != pattern.size()) return false;
  const std::string form = fold(pattern);
  std::size_t form_at = 0;
  std::size_t at = 0;
  while (form_at < form.size() && at < folded.size()) {
    const std::string_view wanted = take_word(form, form_at);
    const std::string_view word = take_word(folded, at);
    const std::size_t stem = wanted.find('*');
    const bool same =
        stem == std::string_view::npos ? word == wanted : word.starts_with(wanted.substr(0, stem));
    if (!same) return false;
  }
  return form_at == form.size() && at == folded.size();
}

}  // namespace

std::uint32_t region_on(const std::vector<PlaceEntry>& places, std::uint32_t place,
                        std::string_view day) {
  for (int level = 0; level < kDeepest; ++level) {
    place = parent_on(places[place], day);
    if (place == kNoPlace || !places[place].iso_3166_2.empty()) return place;
  }
  return kNoPlace;
}

std::vector<std::string> codes_on(const std::vector<PlaceEntry>& places, std::uint32_t place,
                                  std::string_view day) {
  if (places[place].iso_3166_2.empty()) place = region_on(places, place, day);
  std::vector<std::string> codes;
  if (place == kNoPlace) return codes;
  for (const bool held : {true, false}) {
    for (const DatedName& code : places[place].iso_3166_2) {
      if (code.holds_on(day) == held) codes.push_back(code.name);
    }
  }
  return codes;
}

const FormerName* former_name(const PlaceEntry& place, std::string_view folded) {
  for (const FormerName& name : place.former) {
    const bool written =
        std::any_of(name.forms.begin(), name.forms.end(),
                    [&](const std::string& form) { return is_form(form, folded); });
    if (written) return &name;
  }
  return nullptr;
}

}  // namespace steppe
