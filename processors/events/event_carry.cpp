#include "processors/events/event_carry.h"

#include <algorithm>
#include <optional>

#include "core/boundary.h"

namespace steppe {
namespace {

constexpr std::uint32_t kNearSentences = 1;
// In events on either side: a text of nothing but triggers has tens of thousands.
constexpr std::size_t kAround = 256;

using Slot = std::optional<Participant> EventMention::*;

/// Reads the events of one text.
class Carrier {
 public:
  Carrier(const AnnotatedText& text, std::span<const Candidate> participants,
          const EventChains& chains, std::span<EventMention> events)
      : text_(text),
        all_(text.lexicon().all()),
        participants_(participants),
        chains_(chains),
        events_(events) {}

  void carry() {
    for (std::size_t i = 0; i < events_.size(); ++i) resolve_pronouns(i);
    // two conditions decide one branch: each alone is guessed wrongly often
    for (EventMention& event : events_) {
      if ((!event.actor & event.traits.has_usual_actor) != 0) give(event.actor, usual_actor(event));
    }
    for (EventMention& event : events_) {
      if (!event.actor) give(event.actor, told_twice(event, &EventMention::actor));
      if ((!event.target & event.traits.has_target) != 0) {
        give(event.target, told_twice(event, &EventMention::target));
      }
    }
    for (EventMention& event : events_) meet_gathered(event);
  }

 private:
  static void give(std::optional<Participant>& slot, const Participant* who) {
    if (who != nullptr) slot = *who;
  }

  void resolve_pronouns(std::size_t index) {
    EventMention& event = events_[index];
    if (!event.same_actor && !event.same_target) return;
    const EventMention* before = last_with_actor(index);
    if (before == nullptr) return;
    if (event.same_actor && !event.actor) event.actor = before->actor;
    if (!event.same_target || !event.traits.has_target) return;
    const bool same = event.actor && event.actor->first == before->actor->first;
    event.target = same ? before->target : before->actor;
  }

  const EventMention* last_with_actor(std::size_t index) const {
    const std::size_t last = index - std::min(index, kAround);
    while (index > last) {
      const EventMention& before = events_[--index];
      if (before.actor) return &before;
    }
    return nullptr;
  }

  std::size_t place_of(const EventMention& event) const {
    return static_cast<std::size_t>(&event - events_.data());
  }

  /// The events of its sentence and the ones beside it.
  std::span<const EventMention> near_events(const EventMention& event) const {
    const auto is_near = [&](std::size_t at) {
      return gap(events_[at].sentence, event.sentence) <= kNearSentences;
    };
    const std::size_t at = place_of(event);
    std::size_t first = at;
    while (first > 0 && at - first < kAround && is_near(first - 1)) --first;
    std::size_t last = at + 1;
    while (last < events_.size() && last - at <= kAround && is_near(last)) ++last;
    return events_.subspan(first, last - first);
  }

  /// Those in its sentence or one beside it.
  std::span<const Candidate> near(const EventMention& event) const {
    const std::vector<Sentence>& sentences = text_.sentences();
    const std::size_t from = event.sentence - std::min(event.sentence, kNearSentences);
    const std::size_t to =
        std::min<std::size_t>(event.sentence + kNearSentences, sentences.size() - 1);
    return part_between(participants_, sentences[from].first, sentences[to].last,
                        &Candidate::first);
  }

  static bool is_old(const EventMention& event) {
    return event.modality == EventModality::kHistorical;
  }

  static std::uint32_t gap(std::uint32_t a, std::uint32_t b) { return a < b ? b - a : a - b; }

  /// The nearest of the sectors that do it, in its sentence or one beside it.
  const Participant* usual_actor(const EventMention& event) const {
    const std::vector<std::string>& sectors = all_.events[event.event].usual_actor;
    const Participant* best = nullptr;
    std::uint32_t best_gap = 0;
    for (const Candidate& who : near(event)) {
      if (std::find(sectors.begin(), sectors.end(), who.sector) == sectors.end()) continue;
      if (who.thing || (event.target && event.target->first == who.first)) continue;
      const std::uint32_t distance = gap(who.first, event.word_first);
      if (best != nullptr && distance >= best_gap) continue;
      best = &who;
      best_gap = distance;
    }
    return best;
  }

  /// The nearest event of that type that has it, of two the one before.
  const Participant* told_twice(const EventMention& event, Slot slot) const {
    const auto at = static_cast<std::uint32_t>(place_of(event));
    const auto has_slot = [&](const EventMention& other) {
      return (other.*slot).has_value() && is_old(other) == is_old(event);
    };
    const EventMention* best = nullptr;
    const auto distance = [&](const EventMention& other) {
      return gap(other.word_first, event.word_first);
    };
    for (std::uint32_t i = chains_.before(at); i != EventChains::kNone && at - i <= kAround;
         i = chains_.before(i)) {
      const EventMention& other = events_[i];
      if (best != nullptr && distance(other) > distance(*best)) break;
      if (has_slot(other)) best = &other;
    }
    for (std::uint32_t i = chains_.behind(at); i != EventChains::kNone && i - at <= kAround;
         i = chains_.behind(i)) {
      const EventMention& other = events_[i];
      if (best != nullptr && distance(other) >= distance(*best)) break;
      if (has_slot(other)) best = &other;
    }
    return best == nullptr ? nullptr : &*(best->*slot);
  }

  /// Who is met at a gathering is of those who gathered.
  void meet_gathered(EventMention& event) const {
    if (!event.traits.meets_gathered) return;
    if (event.target && !is_anyone(*event.target)) return;
    const EventMention* gathering = nullptr;
    for (const EventMention& other : near_events(event)) {
      if (!other.traits.gathers) continue;
      const bool nearer = gathering == nullptr || gap(other.word_first, event.word_first) <
                                                      gap(gathering->word_first, event.word_first);
      if (nearer) gathering = &other;
    }
    if (gathering == nullptr) return;
    if (event.target) {
      name_gathered(*event.target);
    } else if (gathering->actor && gathering->sentence == event.sentence) {
      const bool self = event.actor && event.actor->first == gathering->actor->first;
      if (!self) event.target = gathering->actor;
    }
  }

  bool is_anyone(const Participant& who) const {
    return who.kind == ParticipantKind::kGroup && all_.groups[who.index].anyone;
  }

  void name_gathered(Participant& who) const {
    for (std::uint32_t i = 0; i < all_.groups.size(); ++i) {
      if (all_.groups[i].gathered) who.index = i;
    }
  }

  const AnnotatedText& text_;
  const EnrichmentLexicon& all_;
  std::span<const Candidate> participants_;
  const EventChains& chains_;
  std::span<EventMention> events_;
};

}  // namespace

void EventChains::read(std::span<const EventMention> events, std::size_t types) {
  before_.resize(events.size());
  behind_.assign(events.size(), kNone);
  last_.assign(types, kNone);
  for (std::uint32_t i = 0; i < events.size(); ++i) {
    std::uint32_t& last = last_[events[i].event];
    before_[i] = last;
    if (last != kNone) behind_[last] = i;
    last = i;
  }
}

void carry_slots(const AnnotatedText& text, std::span<const Candidate> participants,
                 EventChains& chains, std::span<EventMention> events) {
  if (events.empty()) return;
  chains.read(events, text.lexicon().all().events.size());
  Carrier(text, participants, chains, events).carry();
}

}  // namespace steppe
