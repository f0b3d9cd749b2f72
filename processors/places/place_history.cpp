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

/// `form` is a folded pattern.
bool is_form(std::string_view form, std::string_view folded) {
  if (form.empty() || folded.empty()) return form.empty() == folded.empty();
  if (form.front() != folded.front() && form.front() != '*') return false;
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

void fold_former_names(std::vector<PlaceEntry>& places) {
  for (PlaceEntry& place : places) {
    for (FormerName& name : place.former) {
      for (std::string& form : name.forms) form = fold(form.substr(form.starts_with('^') ? 1 : 0));
    }
  }
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
