#include "processors/events/event_slots.h"

#include <algorithm>
#include <optional>

namespace steppe {
namespace {

// Half words.
constexpr std::uint32_t kSubjectReach = 24;  // from who acts to the verb
constexpr std::uint32_t kNounReach = 14;     // the same, where a noun tells the event
constexpr std::uint32_t kObjectReach = 16;   // from the verb to whom it meets
constexpr std::uint32_t kBesideReach = 4;    // "arrest of the activists", "oil workers' strike"
constexpr std::uint32_t kAgentReach = 4;     // from "by" to who did it
constexpr std::uint32_t kPassiveReach = 5;   // from "were" to the verb
constexpr std::uint32_t kMarkReach = 8;      // from a word for "because of" to the cause
constexpr std::uint32_t kCauseReach = 48;    // from a cause to the event

bool has_role(const FrameNote& note, FrameRole role) {
  return note.meaning->role == role;
}

/// Reads the participants around one event.
class SlotReader {
 public:
  SlotReader(const SentenceWords& words, std::span<const Candidate> participants,
             EventMention& event)
      : words_(words),
        participants_(participants),
        event_(event),
        meets_(words.text().lexicon().all().events[event.event].has_target) {}

  void fill() {
    event_.actor = agent();
    switch (form()) {
      case EventForm::kVerb: fill_verb(); break;
      case EventForm::kPassive: fill_passive(); break;
      case EventForm::kNoun: fill_noun(); break;
    }
    if (!meets_) event_.target.reset();
    if (event_.actor && event_.target && event_.actor->first == event_.target->first) {
      event_.target.reset();
    }
    event_.cause = cause();
  }

 private:
  using Found = std::optional<Participant>;

  /// "were detained", "20 detained in Almaty": a verb that may be both suffers here.
  EventForm form() const {
    const bool open = event_.frame->form == EventForm::kVerb && meets_;
    if (!open || !words_.has(FrameRole::kPassive)) return event_.frame->form;
    for (const FrameNote& note : words_.around(event_.word_first, event_.word_last)) {
      if (!has_role(note, FrameRole::kPassive) || note.last > event_.word_first) continue;
      if (words_.between(note.last, event_.word_first).cost() <= kPassiveReach) {
        return EventForm::kPassive;
      }
    }
    return event_.frame->form;
  }

  void fill_verb() {
    event_.target = marked_object();
    if (!event_.target) event_.target = nearest_after(kObjectReach, &Path::clauses);
    if (!event_.target && event_.first < event_.word_first) event_.target = part();
    if (!event_.actor) event_.actor = nearest_before(kSubjectReach);
  }

  void fill_passive() {
    event_.target = nearest_before(kSubjectReach);
    if (!event_.target) event_.target = nearest_after(kObjectReach, &Path::clauses);
  }

  void fill_noun() {
    const Found behind = nearest_after(kBesideReach, &Path::commas);
    const Found before = nearest_before(kNounReach);
    if (meets_) {
      event_.target = behind ? behind : marked_object();
    } else if (behind && !event_.actor && !is_met(*behind)) {
      event_.actor = behind;
    }
    if (!event_.actor) event_.actor = before;
  }

  /// "against the government": it meets them.
  bool is_met(const Participant& who) const {
    for (const FrameNote& note : words_.notes(event_.word_last, who.first)) {
      if (has_role(note, FrameRole::kAgainst)) return true;
    }
    return false;
  }

  bool overlaps_word(const Participant& who) const {
    return who.first < event_.word_last && event_.word_first < who.last;
  }

  /// The nearest that its neighbours or its ending show to be one who acts, or whom it meets.
  Found nearest(bool Candidate::* shown, std::uint32_t reach) const {
    Found best;
    std::uint32_t best_cost = reach + 1;
    for (const Candidate& who : participants_) {
      if (overlaps_word(who) || !(who.*shown)) continue;
      const std::uint32_t cost =
          words_.between(who.first, who.last, event_.word_first, event_.word_last).cost();
      if (cost >= best_cost) continue;
      best = who;
      best_cost = cost;
    }
    return best;
  }

  /// "by police", an ending.
  Found agent() const { return nearest(&Candidate::agent, kSubjectReach); }
  Found marked_object() const { return nearest(&Candidate::object, kObjectReach); }

  bool is_taken(const Participant& who) const {
    return (event_.actor && event_.actor->first == who.first) ||
           (event_.target && event_.target->first == who.first);
  }

  Found nearest_before(std::uint32_t reach) const {
    Found best;
    for (const Candidate& who : participants_) {
      if (who.last > event_.word_first) break;
      if (is_taken(who) || who.ending || (who.object && !best)) continue;
      const Path path = words_.between(who.last, event_.word_first);
      if (path.cost() <= reach && path.clauses == 0) best = who;
    }
    return best;
  }

  Found nearest_after(std::uint32_t reach, std::uint32_t Path::* bar) const {
    for (const Candidate& who : participants_) {
      if (who.first < event_.word_last || is_taken(who)) continue;
      const Path path = words_.between(event_.word_last, who.first);
      if (path.cost() > reach || path.*bar > 0) return {};
      if (who.ending) continue;
      return who;
    }
    return {};
  }

  /// The second part of the frame, where it is somebody.
  Found part() const {
    for (const Candidate& who : participants_) {
      if (who.first >= event_.first && who.last <= event_.last && !is_taken(who)) return who;
    }
    return {};
  }

  /// The nearest cause that a word for "because of" stands before or behind, or that stands right
  /// before the event: "fuel price protest".
  std::optional<std::uint16_t> cause() const {
    std::optional<std::uint16_t> best;
    if (!words_.has(FrameRole::kCause)) return best;
    std::uint32_t best_cost = kCauseReach + 1;
    for (const FrameNote& note : words_.around(event_.word_first, event_.word_last)) {
      if (!has_role(note, FrameRole::kCause)) continue;
      if (note.first < event_.word_last && event_.word_first < note.last) continue;
      const Path path = words_.between(note.first, note.last, event_.word_first, event_.word_last);
      const bool beside = note.last <= event_.word_first && path.length <= 1;
      if (path.stop || path.cost() >= best_cost || (!beside && !is_reason(note))) continue;
      best = note.meaning->index;
      best_cost = path.cost();
    }
    return best;
  }

  bool is_reason(const FrameNote& cause) const {
    const std::uint32_t from = cause.first > kMarkReach ? cause.first - kMarkReach : 0;
    for (const FrameNote& note : words_.notes(from, cause.last + kMarkReach)) {
      const bool before = has_role(note, FrameRole::kCauseBefore) && note.last <= cause.first;
      const bool behind = has_role(note, FrameRole::kCauseAfter) && note.first >= cause.last;
      if (!before && !behind) continue;
      const Path path = words_.between(note.first, note.last, cause.first, cause.last);
      if (path.length <= kMarkReach && path.commas == 0) return true;
    }
    return false;
  }

  const SentenceWords& words_;
  std::span<const Candidate> participants_;
  EventMention& event_;
  bool meets_ = false;
};

std::string_view last_word(const SentenceWords& words, const Participant& who) {
  std::uint32_t last = who.last - 1;
  while (last > who.first && words.text().tokens()[last].kind == TokenKind::kClitic) --last;
  return words.text().folded_token(last);
}

bool stands_by_agent(const SentenceWords& words, const Participant& who) {
  if (!words.has(FrameRole::kAgent) && !words.has(FrameRole::kAgentAfter)) return false;
  const std::uint32_t from = who.first > 6 ? who.first - 6 : 0;
  for (const FrameNote& note : words.notes(from, who.last + 4)) {
    const bool before = has_role(note, FrameRole::kAgent) && note.last <= who.first;
    const bool behind = has_role(note, FrameRole::kAgentAfter) && note.first >= who.last;
    if (!before && !behind) continue;
    const Path path = words.between(note.first, note.last, who.first, who.last);
    if (path.cost() <= kAgentReach) return true;
  }
  return false;
}

Candidate candidate(const SentenceWords& words, const Participant& who) {
  Candidate made{who};
  const FrameWords& frames = words.text().lexicon().frames();
  const std::string_view word = last_word(words, who);
  made.ending = frames.is_agent(word);
  // names end like other words' cases: "Yeselov"
  made.object = who.kind == ParticipantKind::kGroup && frames.is_object(word);
  made.agent = made.ending || stands_by_agent(words, who);
  return made;
}

}  // namespace

void find_participants(const SentenceWords& words, std::span<const Participant> named,
                       std::vector<Candidate>& out) {
  constexpr std::size_t kMost = 32;  // a sentence
  out.clear();
  const Sentence& sentence = words.sentence();
  auto name =
      std::lower_bound(named.begin(), named.end(), sentence.first,
                       [](const Participant& who, std::uint32_t at) { return who.first < at; });
  for (; name != named.end() && name->first < sentence.last && out.size() < kMost; ++name) {
    out.push_back(candidate(words, *name));
  }
  const std::size_t names = out.size();
  std::uint32_t covered = 0;
  if (!words.has(FrameRole::kGroup)) return;
  for (const FrameNote& note : words.notes(sentence.first, sentence.last)) {
    if (note.meaning->role != FrameRole::kGroup || note.first < covered) continue;
    if (out.size() == kMost) break;
    const bool in_name = std::any_of(
        out.begin(), out.begin() + static_cast<std::ptrdiff_t>(names),
        [&](const Participant& who) { return who.first < note.last && note.first < who.last; });
    // "government buildings": not who, but what
    const bool building = words.text().find(note.last, LexemeRole::kBuilding) != nullptr;
    if (in_name || building) continue;
    const Participant who{note.first, note.last, ParticipantKind::kGroup, note.meaning->index};
    out.push_back(candidate(words, who));
    covered = note.last;
  }
  std::sort(out.begin(), out.end(),
            [](const Participant& a, const Participant& b) { return a.first < b.first; });
}

void fill_slots(const SentenceWords& words, std::span<const Candidate> participants,
                EventMention& event) {
  SlotReader(words, participants, event).fill();
}

}  // namespace steppe
