#include "processors/places/place_finder.h"

#include <algorithm>

namespace steppe {
namespace {

constexpr std::uint32_t kVenueReach = 10;     // half words between a venue and its place
constexpr std::uint32_t kDatelineStart = 3;   // tokens before the place of a dateline
constexpr std::uint32_t kDatelineReach = 14;  // tokens between it and the dash

bool tells_event(LexemeRole role) {
  switch (role) {
    case LexemeRole::kEvent:
    case LexemeRole::kTriggerVerb:
    case LexemeRole::kTriggerBefore:
    case LexemeRole::kTriggerAfter:
    case LexemeRole::kTriggerNoun:
    case LexemeRole::kTriggerToll: return true;
    default: return false;
  }
}

/// "ALMATY, January 9 (Agency) - ..." at the start of a text.
bool in_dateline(const AnnotatedText& text, const PlaceMention& place) {
  if (place.first > kDatelineStart) return false;
  for (std::uint32_t at = place.last; at < text.size() && at < place.last + kDatelineReach; ++at) {
    const Token& token = text.tokens()[at];
    if (token.punctuation == '-' && !text.is_glued(at)) return true;
    if (token.punctuation == '.' && at > place.last + 1) return false;
    if (token.kind == TokenKind::kWord && text.find(at, LexemeRole::kSpeech) != nullptr)
      return false;
  }
  return false;
}

/// "...; Kazakhstan urges calm": a country that begins a clause, before a verb of speech, speaks.
bool is_speaker(const AnnotatedText& text, const PlaceMention& place) {
  const Mark* cue = place.adjective ? nullptr : text.find(place.last, LexemeRole::kSpeech);
  if (cue == nullptr || text.lexicon().all().places[place.place].kind != "country") return false;
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

bool has_side(const Mark* word, NameSide side) {
  return word != nullptr && static_cast<NameSide>(word->detail) == side;
}

/// "Air Astana", "Astana Times", and a name alone between quotation marks, as of a club or a hotel:
/// part of a longer name. What belongs to a country is nearly always in it.
bool in_longer_name(const AnnotatedText& text, const PlaceMention& place) {
  if (text.lexicon().all().places[place.place].kind == "country") return false;
  const bool opens = place.first > 0 && is_quote(text, place.first - 1);
  const bool closes = is_quote(text, place.last);
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

bool names_another(const AnnotatedText& text, const Sentence& sentence, const PlaceMention& place) {
  const auto marks = text.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return mark.role == LexemeRole::kPlace && mark.detail == 0 && mark.first != place.first;
  });
}

PlaceRole role_of(const AnnotatedText& text, const PlaceMention& place) {
  if (in_dateline(text, place)) return PlaceRole::kOrigin;
  const Sentence& sentence = text.sentences()[text.sentence_of(place.first)];
  if (place.speaks && names_another(text, sentence, place)) return PlaceRole::kMention;
  const auto& tokens = text.tokens();
  bool event = false;
  for (const Mark& mark : text.marks_in(sentence)) {
    if (mark.role == LexemeRole::kVenue) {
      const bool before = mark.last <= place.first;
      const std::uint32_t gap = before
                                    ? tokens[place.first].position - tokens[mark.last - 1].position
                                    : tokens[mark.first].position - tokens[place.last - 1].position;
      if (gap <= kVenueReach) return PlaceRole::kStatement;
    }
    event = event || tells_event(mark.role);
  }
  return event && !place.adjective ? PlaceRole::kEvent : PlaceRole::kMention;
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
  for (std::uint32_t i = 0; i < marks.size(); ++i) {
    const Mark& mark = marks[i];
    if (mark.role != LexemeRole::kPlace) continue;
    PlaceMention* const before = out.empty() ? nullptr : &out.back();
    if (before != nullptr && before->first == mark.first && before->last == mark.last) {
      before->end_mark = i + 1;
      before->shared = before->shared || before->place != static_cast<std::uint32_t>(mark.value);
      continue;
    }
    if (mark.first < covered) continue;  // inside a longer name
    covered = mark.last;
    PlaceMention place;
    place.first = mark.first;
    place.last = mark.last;
    place.place = static_cast<std::uint32_t>(mark.value);
    place.adjective = mark.detail == 1;
    place.first_mark = i;
    place.end_mark = i + 1;
    if (!place.adjective && in_longer_name(text, place)) continue;
    const PlaceEntry& entry = entries[place.place];
    const bool perhaps_person = entry.also_person && !place.adjective;
    if (perhaps_person && names_person(text, place)) continue;
    place.kind = said_kind(text, place);
    if (perhaps_person && !entry.usual && !place.kind) place.choice = PlaceChoice::kGuess;
    place.speaks = is_speaker(text, place);
    place.role = role_of(text, place);
    out.push_back(place);
  }
}

}  // namespace steppe
