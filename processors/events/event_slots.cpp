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
constexpr std::uint32_t kPassiveReach = 5;   // from "were" to the verb
constexpr std::uint32_t kMarkReach = 8;      // from a word for "because of" to the cause
constexpr std::uint32_t kCauseReach = 48;    // from a cause to the event
constexpr std::uint32_t kReasonReach = 16;   // from "over" to the event, whatever the cause is
// Tokens.
constexpr std::uint32_t kPronounReach = 8;
constexpr std::uint32_t kRelativeReach = 6;
constexpr std::uint32_t kBefore = 4;  // from an object pronoun to the verb

bool has_role(const FrameNote& note, FrameRole role) {
  return note.role == role;
}

/// Reads the participants around one event.
class SlotReader {
 public:
  SlotReader(const SentenceWords& words, std::span<const Candidate> participants,
             std::span<const EventMention> earlier, EventMention& event)
      : words_(words),
        participants_(participants),
        earlier_(earlier),
        event_(event),
        frames_(words.text().lexicon().frames()) {}

  void fill() {
    switch (form()) {
      case EventForm::kVerb: fill_verb(); break;
      case EventForm::kAlone: fill_alone(); break;
      case EventForm::kPassive: fill_passive(); break;
      case EventForm::kNoun: fill_noun(); break;
    }
    if (event_.traits.meets_with && !target_) target_ = nearest(&Candidate::with, kObjectReach);
    const bool met =
        target_ && event_.traits.has_target && !(actor_ && actor_->first == target_->first);
    if (actor_) event_.actor = *actor_;
    if (met) event_.target = *target_;
    event_.cause = cause();
  }

 private:
  using Found = const Participant*;  // of this sentence, or null

  /// "were detained", "20 detained in Almaty": a verb that may be both suffers here.
  EventForm form() const {
    const bool open = event_.frame->form == EventForm::kVerb && event_.traits.has_target;
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
    event_.same_target = has_object_pronoun(event_.word_last, event_.word_last + 1);
    if (!event_.same_target) find_object();
    if (event_.traits.has_usual_actor) actor_ = agent();  // "20 detained by police"
    find_subject();
    if (!actor_ && !event_.same_actor) actor_ = agent();
    // "activists arrested last week"
    const bool suffers = actor_ && !target_ && !event_.same_target &&
                         event_.traits.has_usual_actor && !is_usual(*actor_);
    if (suffers) std::swap(actor_, target_);
  }

  void find_object() {
    target_ = marked_object();
    if (!target_) target_ = nearest_after(kObjectReach, &Path::clauses);
    if (!target_ && event_.first < event_.word_first) target_ = part();
    const std::uint32_t first = std::max(words_.sentence().first + kBefore, event_.word_first);
    event_.same_target = !target_ && (has_object_pronoun(first - kBefore, event_.word_first) ||
                                      has_object_pronoun(event_.word_last, event_.word_last + 2));
  }

  /// Whoever is nearer: "X stepped down as minister", "the resignation of X".
  void fill_alone() {
    const Found behind = nearest_after(kBesideReach, &Path::commas);
    find_subject();
    if (!behind || event_.same_actor) return;
    const bool nearer = !actor_ || words_.between(event_.word_last, behind->first).cost() <
                                       words_.between(actor_->last, event_.word_first).cost();
    if (nearer) actor_ = behind;
  }

  void fill_passive() {
    actor_ = agent();
    target_ = nearest_before(kSubjectReach);
    if (target_ && !actor_ && is_usual(*target_)) {
      std::swap(actor_, target_);  // "officers had beaten"
    }
    if (!target_) target_ = nearest_after(kObjectReach, &Path::clauses);
    event_.same_target = !target_ && has_pronoun();
  }

  void fill_noun() {
    actor_ = agent();
    if (!actor_ && !event_.traits.has_target) actor_ = itself();
    const Found behind = nearest_after(kBesideReach, &Path::commas);
    const Found before = is_aside() ? nullptr : nearest_before(kNounReach);
    if (event_.traits.has_target) {
      target_ = behind ? behind : marked_object();
    } else if (behind && !actor_ && !is_met(*behind)) {
      actor_ = behind;
    }
    if (!actor_) actor_ = before;
  }

  /// "strikers": the word for the event is one for who acts.
  Found itself() const {
    for (const Candidate& who : participants_) {
      if (who.first >= event_.word_first && who.last <= event_.word_last && !who.thing) return &who;
    }
    return nullptr;
  }

  /// "accused of leading the riots": who stands before does something else.
  bool is_aside() const {
    const std::uint32_t start = words_.sentence().first;
    std::uint32_t at = event_.word_first;
    while (at > start && is(at - 1, Beside::kPassing)) --at;
    return at > start && is(at - 1, Beside::kOblique);
  }

  /// Who acts: whom the clause is about, a pronoun for them, the nearest before the verb, who acted
  /// in the verb before.
  void find_subject() {
    if (actor_) return;
    actor_ = antecedent();
    if (actor_) return;
    if (has_pronoun()) {
      actor_ = named_before_pronoun();
      event_.same_actor = !actor_;
      return;
    }
    actor_ = nearest_before(kSubjectReach);
    if (!actor_) actor_ = joined_subject();
    if (!actor_ && !event_.same_actor) actor_ = first_named();
  }

  /// In languages whose verbs come last: the subject of all may be far before.
  Found first_named() const {
    if (!frames_.has(NameEnding::kOwner)) return nullptr;
    if (event_.frame->form == EventForm::kNoun) return nullptr;
    for (const Candidate& who : participants_) {
      if (who.last > event_.word_first) break;
      if (!is_taken(who) && is_subject(who)) return &who;
    }
    return nullptr;
  }

  bool is_usual(const Participant& who) const {
    const auto& usual = words_.text().lexicon().all().events[event_.event].usual_actor;
    return std::find(usual.begin(), usual.end(), who.sector) != usual.end();
  }

  bool is(std::uint32_t token, Beside kind) const {
    return (words_.beside(token) & bit_of(kind)) != 0;
  }

  const Candidate* ending_at(std::uint32_t token) const {
    for (const Candidate& who : participants_) {
      if (who.last == token) return &who;
    }
    return nullptr;
  }

  /// "the men who had seized": nobody else stands between.
  Found antecedent() const {
    if (!frames_.has(Beside::kRelative)) return nullptr;
    const std::uint32_t start = words_.sentence().first;
    for (std::uint32_t at = event_.word_first;
         at > start + 1 && event_.word_first - at < kRelativeReach; --at) {
      const std::uint32_t word = at - 1;
      if (ending_at(at) != nullptr) return nullptr;
      if (!is(word, Beside::kRelative)) continue;
      const Candidate* who = ending_at(word);
      if (who == nullptr && words_.text().tokens()[word - 1].kind == TokenKind::kPunctuation) {
        who = ending_at(word - 1);
      }
      if (who == nullptr || who->thing) return nullptr;
      return who;
    }
    return nullptr;
  }

  /// "They stormed": a pronoun, and nobody between it and the verb.
  bool has_pronoun() const {
    const std::uint32_t start = words_.sentence().first;
    for (std::uint32_t at = event_.word_first; at > start && event_.word_first - at < kPronounReach;
         --at) {
      const Candidate* who = ending_at(at);
      if (who != nullptr && !who->oblique && !who->object) return false;
      if (words_.text().tokens()[at - 1].kind == TokenKind::kPunctuation) return false;
      if (is(at - 1, Beside::kPronoun)) return true;
    }
    return false;
  }

  /// "X said that he would": somebody with a name.
  Found named_before_pronoun() const {
    Found best = nullptr;
    for (const Candidate& who : participants_) {
      if (who.last > event_.word_first) break;
      if (who.kind != ParticipantKind::kGroup && !is_taken(who) && is_subject(who)) best = &who;
    }
    return best;
  }

  /// "accused him".
  bool has_object_pronoun(std::uint32_t first, std::uint32_t last) const {
    if (!frames_.has(Beside::kObjectPronoun)) return false;
    for (std::uint32_t at = first; at < std::min(last, words_.sentence().last); ++at) {
      if (is(at, Beside::kObjectPronoun)) return true;
    }
    return false;
  }

  /// "Police broke up the rally and detained 40": who acted in the verb before, when no clause
  /// begins between.
  Found joined_subject() const {
    for (std::size_t i = earlier_.size(); i > 0; --i) {
      const EventMention& before = earlier_[i - 1];
      if (before.word_last > event_.word_first || before.frame->form == EventForm::kNoun) continue;
      const Path path = words_.between(before.word_last, event_.word_first);
      if (path.stop || path.clauses > 0) return nullptr;
      event_.same_actor = before.same_actor && !before.actor;
      if (before.frame->form == EventForm::kPassive || !before.actor) return nullptr;
      return &*before.actor;
    }
    return nullptr;
  }

  /// "against the government": it meets them.
  bool is_met(const Participant& who) const {
    if (!words_.has(FrameRole::kAgainst)) return false;
    for (const FrameNote& note : words_.notes(event_.word_last, who.first)) {
      if (has_role(note, FrameRole::kAgainst)) return true;
    }
    return false;
  }

  bool overlaps_word(const Participant& who) const {
    return who.first < event_.word_last && event_.word_first < who.last;
  }

  /// A building is met by some events, and acts in none.
  bool may_be_met(const Candidate& who) const {
    return (!who.thing || event_.traits.meets_things) && may_act(who);
  }

  /// A country is where most events happen; in others it acts.
  bool may_act(const Candidate& who) const {
    return who.kind != ParticipantKind::kState ||
           (!event_.traits.takes_place && event_.frame->form != EventForm::kNoun);
  }

  /// The nearest that its neighbours or its ending show to be one who acts, or whom it meets.
  Found nearest(bool Candidate::* shown, std::uint32_t reach) const {
    Found best = nullptr;
    std::uint32_t best_cost = reach + 1;
    for (const Candidate& who : participants_) {
      if (!(who.*shown) || overlaps_word(who) || !may_be_met(who) || is_taken(who)) continue;
      const std::uint32_t cost =
          words_.between(who.first, who.last, event_.word_first, event_.word_last).cost();
      if (cost >= best_cost) continue;
      best = &who;
      best_cost = cost;
    }
    return best;
  }

  /// "by police", an ending.
  Found agent() const { return nearest(&Candidate::agent, kSubjectReach); }
  Found marked_object() const { return nearest(&Candidate::object, kObjectReach); }

  bool is_taken(const Participant& who) const {
    return (actor_ && actor_->first == who.first) || (target_ && target_->first == who.first);
  }

  /// Whom a verb before has met does not act in this one.
  bool was_met(const Participant& who) const {
    return std::any_of(earlier_.begin(), earlier_.end(), [&](const EventMention& before) {
      return before.frame->form == EventForm::kVerb && before.target &&
             before.target->first == who.first && before.word_last <= who.first;
    });
  }

  /// "police's", "the mayor of": only right beside a noun that tells the event.
  bool is_subject(const Candidate& who) const {
    if (who.thing || who.ending || who.object || !may_act(who)) return false;
    const bool beside = event_.frame->form == EventForm::kNoun &&
                        words_.between(who.last, event_.word_first).length <= kBesideReach;
    if (who.owner) return beside;
    return !who.oblique;
  }

  Found nearest_before(std::uint32_t reach) const {
    Found best = nullptr;
    Found met = nullptr;
    for (const Candidate& who : participants_) {
      if (who.last > event_.word_first) break;
      if (is_taken(who) || !is_subject(who)) continue;
      const Path path = words_.between(who.last, event_.word_first);
      if (path.cost() > reach || path.clauses > 0) continue;
      (was_met(who) ? met : best) = &who;
    }
    return best ? best : met;
  }

  Found nearest_after(std::uint32_t reach, std::uint32_t Path::* bar) const {
    for (const Candidate& who : participants_) {
      if (who.first < event_.word_last || is_taken(who)) continue;
      const Path path = words_.between(event_.word_last, who.first);
      if (path.cost() > reach || path.*bar > 0) return nullptr;
      if (who.ending || who.place || who.owner || !may_be_met(who)) continue;
      return &who;
    }
    return nullptr;
  }

  /// The second part of the frame, where it is somebody.
  Found part() const {
    for (const Candidate& who : participants_) {
      if (who.first >= event_.first && who.last <= event_.last && !is_taken(who) &&
          may_be_met(who)) {
        return &who;
      }
    }
    return nullptr;
  }

  /// The nearest cause that a word for "because of" stands before or behind, or that stands right
  /// before the event: "fuel price protest".
  std::optional<std::uint16_t> cause() const {
    const FrameNote* best = nullptr;
    if (!words_.has(FrameRole::kCause)) return any_cause();
    std::uint32_t best_cost = kCauseReach + 1;
    for (const FrameNote& note : words_.around(event_.word_first, event_.word_last)) {
      if (!has_role(note, FrameRole::kCause)) continue;
      if (note.first < event_.word_last && event_.word_first < note.last) continue;
      const Path path = words_.between(note.first, note.last, event_.word_first, event_.word_last);
      const bool beside = note.last <= event_.word_first && path.length <= 1;
      if (path.stop || path.cost() >= best_cost || (!beside && !is_reason(note))) continue;
      best = &note;
      best_cost = path.cost();
    }
    if (best == nullptr) return any_cause();
    return best->meaning->index;
  }

  /// "protest over ...": there is a cause, and none of those with a name.
  std::optional<std::uint16_t> any_cause() const {
    const bool marked = words_.has(FrameRole::kCauseBefore) || words_.has(FrameRole::kCauseAfter);
    if (!event_.traits.shares_cause || !marked) return {};
    for (const FrameNote& note : words_.around(event_.word_first, event_.word_last)) {
      const bool reason =
          (has_role(note, FrameRole::kCauseBefore) || has_role(note, FrameRole::kCauseAfter)) &&
          note.meaning->index == 1;
      if (!reason || (note.first < event_.word_last && event_.word_first < note.last)) continue;
      const Path path = words_.between(note.first, note.last, event_.word_first, event_.word_last);
      if (!path.stop && path.cost() <= kReasonReach) {
        return frames_.any_cause();
      }
    }
    return {};
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
  std::span<const EventMention> earlier_;
  EventMention& event_;
  const FrameWords& frames_;
  Found actor_ = nullptr;
  Found target_ = nullptr;
};

}  // namespace

void fill_slots(const SentenceWords& words, std::span<const Candidate> participants,
                std::span<const EventMention> earlier, EventMention& event) {
  SlotReader(words, participants, earlier, event).fill();
}

}  // namespace steppe
