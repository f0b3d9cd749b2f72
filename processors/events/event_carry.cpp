#include "processors/events/event_carry.h"

#include <algorithm>
#include <optional>

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
          std::span<EventMention> events)
      : text_(text), all_(text.lexicon().all()), participants_(participants), events_(events) {}

  void carry() {
    for (std::size_t i = 0; i < events_.size(); ++i) resolve_pronouns(i);
    for (EventMention& event : events_) {
      if (!event.actor) event.actor = usual_actor(event);
    }
    for (EventMention& event : events_) {
      if (!event.actor) event.actor = told_twice(event, &EventMention::actor);
      if (!event.target && entry(event).has_target)
        event.target = told_twice(event, &EventMention::target);
    }
    for (EventMention& event : events_) meet_gathered(event);
  }

 private:
  using Found = std::optional<Participant>;

  const EventEntry& entry(const EventMention& event) const { return all_.events[event.event]; }

  void resolve_pronouns(std::size_t index) {
    EventMention& event = events_[index];
    if (!event.same_actor && !event.same_target) return;
    const EventMention* before = last_with_actor(index);
    if (before == nullptr) return;
    if (event.same_actor && !event.actor) event.actor = before->actor;
    if (!event.same_target || !entry(event).has_target) return;
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

  std::span<const EventMention> around(const EventMention& event) const {
    const auto at = static_cast<std::size_t>(&event - events_.data());
    const std::size_t first = at - std::min(at, kAround);
    return events_.subspan(first, std::min(events_.size(), at + kAround + 1) - first);
  }

  /// Those in its sentence or one beside it.
  std::span<const Candidate> near(const EventMention& event) const {
    const std::vector<Sentence>& sentences = text_.sentences();
    const std::size_t from = event.sentence - std::min(event.sentence, kNearSentences);
    const std::size_t to =
        std::min<std::size_t>(event.sentence + kNearSentences, sentences.size() - 1);
    const auto before = [](const Candidate& who, std::uint32_t at) { return who.first < at; };
    const auto first =
        std::lower_bound(participants_.begin(), participants_.end(), sentences[from].first, before);
    return {first, std::lower_bound(first, participants_.end(), sentences[to].last, before)};
  }

  static bool is_old(const EventMention& event) {
    return event.modality == EventModality::kHistorical;
  }

  static std::uint32_t gap(std::uint32_t a, std::uint32_t b) { return a < b ? b - a : a - b; }

  /// The nearest of the sectors that do it, in its sentence or one beside it.
  Found usual_actor(const EventMention& event) const {
    const std::vector<std::string>& sectors = entry(event).usual_actor;
    if (sectors.empty()) return {};
    Found best;
    std::uint32_t best_gap = 0;
    for (const Candidate& who : near(event)) {
      if (std::find(sectors.begin(), sectors.end(), who.sector) == sectors.end()) continue;
      if (who.thing || (event.target && event.target->first == who.first)) continue;
      const std::uint32_t distance = gap(who.first, event.word_first);
      if (best && distance >= best_gap) continue;
      best = who;
      best_gap = distance;
    }
    return best;
  }

  /// The nearest event of that type that has it.
  Found told_twice(const EventMention& event, Slot slot) const {
    Found best;
    std::uint32_t best_gap = 0;
    for (const EventMention& other : around(event)) {
      if (other.event != event.event || !(other.*slot) || is_old(other) != is_old(event)) continue;
      const std::uint32_t distance = gap(other.word_first, event.word_first);
      if (best && distance >= best_gap) continue;
      best = other.*slot;
      best_gap = distance;
    }
    return best;
  }

  /// Who is met at a gathering is of those who gathered.
  void meet_gathered(EventMention& event) const {
    if (!entry(event).meets_gathered) return;
    if (event.target && !is_anyone(*event.target)) return;
    const EventMention* gathering = nullptr;
    for (const EventMention& other : around(event)) {
      if (!entry(other).gathers || gap(other.sentence, event.sentence) > kNearSentences) continue;
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
  std::span<EventMention> events_;
};

}  // namespace

void carry_slots(const AnnotatedText& text, std::span<const Candidate> participants,
                 std::span<EventMention> events) {
  Carrier(text, participants, events).carry();
}

}  // namespace steppe
