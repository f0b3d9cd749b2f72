#include "processors/events/event_modality.h"

#include <algorithm>
#include <array>
#include <optional>

namespace steppe {
namespace {

// Half words.
constexpr std::uint32_t kNearReach = 2;
constexpr std::uint32_t kBeforeReach = 12;
constexpr std::uint32_t kOverReach = 60;
constexpr std::uint32_t kAfterReach = 12;
constexpr std::uint32_t kBehindReach = 24;
constexpr std::uint32_t kVerbReach = 14;     // from an event to the verb that ends its clause
constexpr std::uint32_t kAllegedReach = 20;  // from an accusation to what it is about
constexpr std::uint32_t kJoinedReach = 6;    // from an event to the one joined to it

// Stronger first: "may not be released" did not happen, "if they keep striking" may.
constexpr std::array kByStrength = {Unreal::kDenied, Unreal::kHypothetical, Unreal::kPlanned,
                                    Unreal::kHistorical, Unreal::kOngoing};

EventModality modality_of(Unreal unreal) {
  switch (unreal) {
    case Unreal::kDenied: return EventModality::kDenied;
    case Unreal::kHypothetical: return EventModality::kHypothetical;
    case Unreal::kPlanned: return EventModality::kPlanned;
    case Unreal::kOngoing: return EventModality::kOngoing;
    case Unreal::kHistorical: return EventModality::kHistorical;
  }
  return EventModality::kAsserted;
}

std::size_t strength(Unreal unreal) {
  return static_cast<std::size_t>(std::find(kByStrength.begin(), kByStrength.end(), unreal) -
                                  kByStrength.begin());
}

/// Reads the words around one event.
class ModalReader {
 public:
  ModalReader(const SentenceWords& words, std::span<const EventMention> events,
              const EventMention& event)
      : words_(words), events_(events), event_(event) {}

  EventModality read() {
    if (words_.has(FrameRole::kModal)) read_words();
    read_endings();
    if (!found_ && event_.frame->modality) found_ = event_.frame->modality;
    if (found_ && *found_ != Unreal::kOngoing && *found_ != Unreal::kHistorical) {
      return modality_of(*found_);
    }
    if (claimed_ || is_alleged()) return EventModality::kClaimed;
    if (found_) return modality_of(*found_);
    return event_.traits.claimed ? EventModality::kClaimed : EventModality::kAsserted;
  }

 private:
  void read_words() {
    for (const FrameNote& note : words_.around(event_.first, event_.last)) {
      if (note.role != FrameRole::kModal) continue;
      if (!reaches(note)) continue;
      if (note.meaning->claimed) {
        claimed_ = true;
      } else {
        take(note.meaning->modal);
      }
    }
  }

  /// "accused them of seizing": what stands behind an accusation in its clause.
  bool is_alleged() const {
    if (event_.traits.speech) return false;
    return std::any_of(events_.begin(), events_.end(), [&](const EventMention& other) {
      if (!other.traits.alleges || other.word_last > event_.word_first) return false;
      if (other.frame->form == EventForm::kNoun) return false;
      const Path path = words_.between(other.word_last, event_.word_first);
      return path.cost() <= kAllegedReach && path.clauses == 0;
    });
  }

  void take(Unreal unreal) {
    // "accuse him of handing out weapons in 2022": that is long ago, and not the accusation
    const bool telling = event_.traits.speech || looks_back(event_.traits);
    if (unreal == Unreal::kHistorical && telling) return;
    if (!found_ || strength(unreal) < strength(*found_)) found_ = unreal;
  }

  bool reaches(const FrameNote& note) const {
    const ModalSide side = note.meaning->side;
    if (side == ModalSide::kAfter || side == ModalSide::kBehind) return reaches_back(note);
    if (belongs_to_event(note)) return side != ModalSide::kOver;
    if (note.last > event_.word_first) return false;
    const Path path = words_.between(note.last, event_.word_first);
    if (path.stop) return false;
    if (side == ModalSide::kNear) return path.length <= kNearReach && path.commas == 0;
    if (side == ModalSide::kOver) {
      return path.length <= kOverReach && !speaks_between(note.last, event_.word_first);
    }
    return path.cost() <= kBeforeReach && !is_taken(note.last, event_.word_first);
  }

  /// "will be released", "the court will sentence": the event's own verb, or between the parts of
  /// what makes it one, of which "gathered to demand" asks for nothing else. Not so what is
  /// announced or asked for.
  bool belongs_to_event(const FrameNote& note) const {
    if (event_.traits.speech) return false;
    const bool opens = note.first <= event_.word_first && note.last > event_.word_first &&
                       note.meaning->modal == Unreal::kPlanned && !note.meaning->claimed;
    const bool asks = note.last == event_.last && note.meaning->modal == Unreal::kHypothetical;
    return opens || (note.first >= event_.word_last && note.last <= event_.last && !asks);
  }

  bool reaches_back(const FrameNote& note) const {
    if (note.first < event_.word_last) return false;
    const Path path = words_.between(event_.word_last, note.first);
    if (path.stop) return false;
    if (note.meaning->side == ModalSide::kBehind) return path.length <= kBehindReach;
    return path.cost() <= kAfterReach && !is_taken(event_.word_last, note.first);
  }

  /// "denied the arrests and said": what follows is told anew.
  bool speaks_between(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t at = first; at < last; ++at) {
      if (words_.text().find(at, LexemeRole::kSpeech) != nullptr) return true;
    }
    return false;
  }

  /// True when another event stands between, and is not joined to this one.
  bool is_taken(std::uint32_t first, std::uint32_t last) const {
    const auto starts_before = [](const EventMention& other, std::uint32_t at) {
      return other.word_first < at;
    };
    auto other = std::lower_bound(events_.begin(), events_.end(), first, starts_before);
    for (; other != events_.end() && other->word_first < last; ++other) {
      if (other->word_last > last) continue;
      if (other->word_first < event_.last && event_.first < other->word_last) continue;
      const Path path =
          words_.between(other->word_first, other->word_last, event_.word_first, event_.word_last);
      const bool joined = (path.joins || path.commas > 0) && path.length <= kJoinedReach;
      if (!joined) return true;
    }
    return false;
  }

  /// Languages that say it in the ending: of the event's verb, or of the one that ends its clause.
  void read_endings() {
    if (!words_.text().lexicon().frames().has_modal_endings()) return;
    read_ending(event_.word_last - 1);
    if (event_.frame->form != EventForm::kNoun) return;
    const std::optional<std::uint32_t> verb = clause_end();
    if (verb && !is_taken(event_.word_last, *verb + 1)) read_ending(*verb);
  }

  void read_ending(std::uint32_t token) {
    const std::string_view word = words_.text().folded_token(token);
    for (const auto& each : words_.text().lexicon().frames().modal_endings(word.back())) {
      if (word.ends_with(each.ending)) take(each.meaning);
    }
  }

  /// The last word before the next comma or the end of the sentence.
  std::optional<std::uint32_t> clause_end() const {
    const auto& tokens = words_.text().tokens();
    std::optional<std::uint32_t> end;
    for (std::uint32_t at = event_.word_last; at < words_.sentence().last; ++at) {
      if (tokens[at].position - tokens[event_.word_last - 1].position > kVerbReach) return {};
      if (tokens[at].kind == TokenKind::kPunctuation && tokens[at].punctuation != '"') break;
      if (tokens[at].kind == TokenKind::kWord) end = at;
    }
    return end;
  }

  const SentenceWords& words_;
  std::span<const EventMention> events_;
  const EventMention& event_;
  std::optional<Unreal> found_;
  bool claimed_ = false;
};

}  // namespace

EventModality modality_of(const SentenceWords& words, std::span<const EventMention> events,
                          const EventMention& event) {
  return ModalReader(words, events, event).read();
}

}  // namespace steppe
