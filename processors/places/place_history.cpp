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

bool is_gap_of_name(char byte) {
  return byte == ' ' || byte == '-';
}

/// Past the word that `at` stands in.
void skip_word(std::string_view text, std::size_t& at) {
  while (at < text.size() && !is_gap_of_name(text[at])) ++at;
}

/// `form` is a folded pattern: '*' and what follows it stand for the rest of a word.
bool is_form(std::string_view form, std::string_view folded) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < form.size(); ++i, ++at) {
    if (form[i] == '*') {
      skip_word(form, i);
      skip_word(folded, at);
      if (i == form.size()) break;
    }
    if (at == folded.size()) return false;
    const bool gaps = is_gap_of_name(form[i]) && is_gap_of_name(folded[at]);
    if (form[i] != folded[at] && !gaps) return false;
  }
  return at == folded.size();
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

Few<KeptText, 2> codes_on(const std::vector<PlaceEntry>& places, std::uint32_t place,
                          std::string_view day) {
  if (places[place].iso_3166_2.empty()) place = region_on(places, place, day);
  Few<KeptText, 2> codes;
  if (place == kNoPlace) return codes;
  for (const bool held : {true, false}) {
    for (const DatedName& code : places[place].iso_3166_2) {
      if (code.holds_on(day) == held) codes.push_back(KeptText(code.name));
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
