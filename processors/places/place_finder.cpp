#include "processors/places/place_finder.h"

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

PlaceRole role_of(const AnnotatedText& text, const PlaceMention& place) {
  if (in_dateline(text, place)) return PlaceRole::kOrigin;
  const Sentence& sentence = text.sentences()[text.sentence_of(place.first)];
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
  for (const Mark& mark : text.marks()) {
    if (mark.role != LexemeRole::kPlace) continue;
    if (!out.empty() && mark.first < out.back().last) continue;  // inside a longer name
    PlaceMention place{mark.first, mark.last, static_cast<std::uint32_t>(mark.value),
                       mark.detail == 1};
    place.role = role_of(text, place);
    out.push_back(place);
  }
}

}  // namespace steppe
