#include "processors/places/place_finder.h"

#include <algorithm>
#include <array>

#include "processors/match/fold.h"

namespace steppe {
namespace {

/// "...; Kazakhstan urges calm": a country that begins a clause, before a verb of speech, speaks.
bool is_speaker(const AnnotatedText& text, const PlaceMention& place) {
  const Mark* cue = place.adjective ? nullptr : text.find(place.last, LexemeRole::kSpeech);
  if (cue == nullptr || !text.lexicon().all().places[place.place].is("country")) return false;
  const TokenKind before =
      place.first == 0 ? TokenKind::kLineEnd : text.tokens()[place.first - 1].kind;
  if (before != TokenKind::kLineEnd && before != TokenKind::kPunctuation) return false;
  const auto kind = static_cast<Speech>(cue->detail);
  return kind == Speech::kVerb || kind == Speech::kAsk || kind == Speech::kAccuse ||
         kind == Speech::kDeny;
}

bool is_quote(const AnnotatedText& text, std::uint32_t token) {
  return token < text.size() && text.tokens()[token].punctuation == '"';
}

/// "Russia-led", "Almaty-based": said of something else. "Almaty-Bishkek" is not.
bool is_compound(const AnnotatedText& text, const PlaceMention& place) {
  const std::uint32_t dash = place.last;
  const std::uint32_t next = dash + 1;
  if (next >= text.size() || text.tokens()[dash].punctuation != '-') return false;
  return text.is_glued(dash) && text.is_glued(next) &&
         text.tokens()[next].kind == TokenKind::kWord && !text.is_capitalised(next);
}

bool has_side(const Mark* word, NameSide side) {
  return word != nullptr && static_cast<NameSide>(word->detail) == side;
}

/// "Air Astana", "Astana Times", and a name alone between quotation marks, as of a club or a hotel:
/// part of a longer name. What belongs to a country is nearly always in it.
bool in_longer_name(const AnnotatedText& text, const PlaceMention& place) {
  if (text.lexicon().all().places[place.place].is("country")) return false;
  const bool opens =
      place.first > 0 && is_quote(text, place.first - 1) && text.is_glued(place.first);
  const bool closes = is_quote(text, place.last) && text.is_glued(place.last);
  if (opens && closes) return true;
  const Mark* left = text.find_before(opens ? place.first - 1 : place.first, LexemeRole::kNameWord);
  if (has_side(left, NameSide::kBefore)) return true;
  const std::uint32_t after = closes ? place.last + 1 : place.last;
  return has_side(text.find(after, LexemeRole::kNameWord), NameSide::kAfter);
}

bool is_unknown_name(const AnnotatedText& text, std::uint32_t token) {
  return token < text.size() && text.is_capitalised(token) && text.roles_at(token) == 0;
}

/// "Abai Kunanbayev", "activist Oral Saulebay": a name that is no place.
bool names_person(const AnnotatedText& text, const PlaceMention& place) {
  if (is_unknown_name(text, place.last)) return true;
  const Mark* before = text.find_before(place.first, LexemeRole::kSpeaker);
  return before != nullptr && static_cast<SpeakerKind>(before->detail) == SpeakerKind::kPerson;
}

/// The kind said beside a name: "Aksu district", "gorod Aksu".
std::optional<PlaceKind> said_kind(const AnnotatedText& text, const PlaceMention& place) {
  const Mark* said = text.find(place.last, LexemeRole::kPlaceKind);
  if (said == nullptr) said = text.find_before(place.first, LexemeRole::kPlaceKind);
  if (said == nullptr) return {};
  return static_cast<PlaceKind>(said->detail);
}

}  // namespace

std::string_view to_string(PlaceRole role) {
  switch (role) {
    case PlaceRole::kMention: return "mention";
    case PlaceRole::kEvent: return "event";
    case PlaceRole::kStatement: return "statement";
    case PlaceRole::kOrigin: return "origin";
  }
  return "mention";
}

void find_places(const AnnotatedText& text, std::vector<PlaceMention>& out) {
  out.clear();
  const std::vector<PlaceEntry>& entries = text.lexicon().all().places;
  const auto& marks = text.marks();
  std::uint32_t covered = 0;  // tokens of the names read so far
  for (const std::uint32_t i : text.marks_of(LexemeRole::kPlace)) {
    const Mark& mark = marks[i];
    PlaceMention* const before = out.empty() ? nullptr : &out.back();
    if (before != nullptr && before->first == mark.first && before->last == mark.last) {
      before->end_mark = i + 1;
      before->shared = before->shared || before->place != static_cast<std::uint32_t>(mark.value);
      continue;
    }
    if (mark.first < covered) continue;  // inside a longer name
    covered = mark.last;
    PlaceMention& place = out.emplace_back();  // made where it stays: a copy would wait
    place.first = mark.first;
    place.last = mark.last;
    place.place = static_cast<std::uint32_t>(mark.value);
    place.adjective = mark.detail == 1 || is_compound(text, place);
    place.first_mark = i;
    place.end_mark = i + 1;
    if (!place.adjective && in_longer_name(text, place)) {
      out.pop_back();
      continue;
    }
    const PlaceEntry& entry = entries[place.place];
    const bool perhaps_person = entry.also_person && !place.adjective;
    if (perhaps_person && names_person(text, place)) {
      out.pop_back();
      continue;
    }
    place.kind = said_kind(text, place);
    if (perhaps_person && !entry.usual && !place.kind) place.choice = PlaceChoice::kGuess;
    place.speaks = is_speaker(text, place);
  }
}

bool is_plain_country(const AnnotatedText& text, const PlaceMention& place) {
  const PlaceEntry& entry = text.lexicon().all().places[place.place];
  if (place.adjective || !entry.is("country")) return false;
  const std::string_view word = text.folded_slice(place.first, place.last);
  const std::array names = {&entry.en, &entry.ru, &entry.kk, &entry.zh};
  return std::any_of(names.begin(), names.end(), [&](const std::string* name) {
    return name->size() == word.size() && word == fold(*name);
  });
}

}  // namespace steppe
