#include "processors/claims/event_place.h"

#include <algorithm>
#include <utility>

#include "core/boundary.h"

namespace steppe {
namespace {

constexpr std::uint32_t kStopCost = 1000;  // tokens
constexpr std::uint32_t kSpeakerCost = 100;
constexpr std::uint32_t kMentionCost = 200;

bool may_hold_events(const PlaceMention& place) {
  return !place.adjective && place.role != PlaceRole::kStatement &&
         place.role != PlaceRole::kOrigin;
}

}  // namespace

void EventPlaces::read_stops(const Sentence& sentence) {
  const auto& tokens = passage_.text.tokens();
  stops_.clear();
  for (const std::uint32_t token : passage_.text.punctuation(sentence)) {
    if (tokens[token].punctuation == ';') stops_.push_back(token);
  }
}

/// In tokens; what a semicolon sets apart is far.
std::uint32_t EventPlaces::distance(std::uint32_t a, std::uint32_t b) const {
  if (a > b) std::swap(a, b);
  const std::size_t stops = part_between(stops_, a, b, std::identity{}).size();
  return b - a + static_cast<std::uint32_t>(stops) * kStopCost;
}

/// The nearest place of its sentence: one where something happens before others, a town before its
/// region.
const PlaceMention* EventPlaces::in_sentence(const EventMention& event) {
  const Sentence& sentence = passage_.text.sentences()[event.sentence];
  const std::vector<PlaceEntry>& entries = passage_.text.lexicon().all().places;
  const auto& places = passage_.places;
  auto place = find_boundary(places.begin(), places.end(), [&](const PlaceMention& other) {
    return other.first < sentence.first;
  });
  if (place == places.end() || place->first >= sentence.last) return nullptr;
  if (stops_of_ != event.sentence) read_stops(sentence);
  stops_of_ = event.sentence;
  const PlaceMention* best = nullptr;
  std::uint32_t best_gap = 0;
  for (; place != places.end() && place->last <= sentence.last; ++place) {
    if (!may_hold_events(*place)) continue;
    std::uint32_t gap = distance(place->first, event.word_first);
    // who asks for calm is not where it happens; the asking itself is theirs
    if (place->speaks && event.word_first != place->last) gap += kSpeakerCost;
    if (place->role == PlaceRole::kMention) gap += kMentionCost;
    const bool within = best != nullptr && entries[place->place].parent_place == best->place;
    const bool around = best != nullptr && entries[best->place].parent_place == place->place;
    if (best != nullptr && !within && (around || gap >= best_gap)) continue;
    best = &*place;
    best_gap = gap;
  }
  return best;
}

/// The last place told of before its sentence, where something happened.
const PlaceMention* EventPlaces::before(const EventMention& event) {
  const Sentence& sentence = passage_.text.sentences()[event.sentence];
  const auto& places = passage_.places;
  for (; next_ < places.size() && places[next_].first < sentence.first; ++next_) {
    const PlaceMention& place = places[next_];
    if (place.role == PlaceRole::kEvent && !place.adjective) last_ = &place;
  }
  return last_;
}

const PlaceMention* EventPlaces::in_title() {
  if (in_title_) return *in_title_;
  in_title_ = nullptr;
  for (const Passage& other : reading_.passages) {
    if (other.field != TextField::kTitle) continue;
    const auto named = std::find_if(other.places.begin(), other.places.end(), may_hold_events);
    if (named == other.places.end()) continue;
    in_title_ = &*named;
    break;
  }
  return *in_title_;
}

const PlaceMention* EventPlaces::of(const EventMention& event) {
  if (event.traits.nowhere) return nullptr;
  const PlaceMention* here = in_sentence(event);
  const bool happens_there = here != nullptr && here->role == PlaceRole::kEvent;
  const bool set = event.traits.takes_place || event.traits.in_setting;
  if (happens_there || !set) return here;
  // "they blocked the road to Aktau": where the text is set, sooner than what is only named
  if (const PlaceMention* place = before(event)) return place;
  return here != nullptr ? here : in_title();
}

}  // namespace steppe
