#include "processors/claims/number_pair.h"

#include <algorithm>

#include "processors/claims/number_contrast.h"

namespace steppe {
namespace {

constexpr std::uint32_t kSentencesBefore = 2;  // between the number that was told and the error
constexpr std::uint32_t kSentencesBehind = 1;  // between the error and the number that is right
// Half words.
constexpr std::uint32_t kDeedReach = 4;   // between "600 workers" and "took back"
constexpr std::uint32_t kWholeReach = 4;  // between "2" and "of the 70"

}  // namespace

std::optional<std::size_t> NumberPair::figure_of(const Quantity& quantity) const {
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    if (figures_[i].quantity.number_first == quantity.number_first) return i;
  }
  return {};
}

std::optional<FigureKind> NumberPair::kind_of(const Quantity& quantity) const {
  const auto figure = figure_of(quantity);
  if (!figure) return {};
  return figures_[*figure].kind;
}

/// Nothing in the sentence keeps a number standing or speaks of something else. `own`: whoever
/// speaks there takes back what is theirs.
bool NumberPair::is_open(std::uint32_t s, bool own) const {
  const RetractionWords held =
      own ? words_of(Retraction::kHolds) : words_of(Retraction::kHolds, Retraction::kOutsider);
  return (words_[s] & held) == 0 && !reader_.corrects_other(text_.sentences()[s]);
}

/// "Detained by mistake", "took back its 600 workers": a deed, not what is told of it.
bool NumberPair::may_be_deed(const Mark& cue) const {
  if (is(cue, Retraction::kTakesBack)) {
    return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& quantity) {
      const Between path = quantity.first >= cue.last
                               ? reader_.between(cue.last, quantity.first)
                               : reader_.between(end_of(quantity), cue.first);
      const bool beside = path.length <= kDeedReach && path.all_commas == 0 && !path.noun;
      return beside && text_.sentence_of(quantity.first) == text_.sentence_of(cue.first) &&
             is_countable(quantity);
    });
  }
  if (!is(cue, Retraction::kWrong)) return false;
  constexpr Roles kActs =
      roles_of(LexemeRole::kTriggerVerb, LexemeRole::kTriggerAfter, LexemeRole::kTriggerNoun);
  return (text_.roles_at(cue.last) & kActs) != 0 ||
         text_.find_before(cue.first, LexemeRole::kTriggerVerb) != nullptr ||
         text_.find_before(cue.first, LexemeRole::kTriggerAfter) != nullptr;
}

const Mark* NumberPair::cue_in(std::uint32_t s) const {
  const Sentence& sentence = text_.sentences()[s];
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (mark.role != LexemeRole::kRetraction) continue;
    if ((kCues & (RetractionWords{1} << mark.detail)) == 0 || may_be_deed(mark)) continue;
    if (reader_.is_negated(mark, sentence) || reader_.is_held(mark, sentence)) continue;
    if (!is(mark, Retraction::kWithdraws)) return &mark;
    const auto frames = reader_.frames(sentence);
    const bool report = std::any_of(frames.begin(), frames.end(), [&](const auto& frame) {
      return frame.predicate == &mark && !frame.objects.empty();
    });
    if (report) return &mark;
  }
  return nullptr;
}

/// True for a number that counts something, and no part of it.
bool NumberPair::counts(const Quantity& quantity) const {
  if (!is_countable(quantity) || is_nobody(quantity) || quantity.part) return false;
  if (reader_.counts_reports(quantity) || reader_.is_miscounted(quantity)) return false;
  const auto figure = figure_of(quantity);
  return !figure || (!figures_[*figure].part_of && !figures_[*figure].added);
}

bool NumberPair::may_fall(const Quantity& quantity) const {
  if (!counts(quantity) || reader_.is_new(quantity)) return false;
  return figure_of(quantity) || quantity.unit != UnitKind::kNone;
}

/// Another number of the kind behind the one that was told.
bool NumberPair::replaces(const Quantity& right, const Quantity& old) const {
  if (right.number_first <= old.number_first || !counts(right)) return false;
  const Mark* before = text_.find_before(right.first, LexemeRole::kRetraction);
  if (before != nullptr && is(*before, Retraction::kEarlier)) return false;
  const Between path = reader_.between(end_of(old), right.first);  // "2 of the 70 held"
  if (path.all_commas == 0 && path.length <= kWholeReach) return false;
  const auto kind = kind_of(old);
  const auto own = kind_of(right);
  if (kind && own) return *kind == *own;
  const bool plain = right.unit == UnitKind::kNone && !reader_.is_new(right);
  if (kind) return may_count(right, *kind) && !plain;
  if (own) return may_count(old, *own);
  return right.unit == old.unit && reader_.is_new(right);
}

std::optional<FallenFigure> NumberPair::of_error(std::uint32_t s) const {
  const Mark* cue = cue_in(s);
  if (cue == nullptr) return {};
  const bool own =
      is(*cue, Retraction::kTakesBack) || (words_[s] & words_of(Retraction::kAdmits)) != 0;
  if (!is_open(s, own)) return {};
  const std::uint32_t first = s > kSentencesBefore ? s - kSentencesBefore : 0;
  const Quantity* old = nullptr;
  const Quantity* right = nullptr;
  for (const Quantity& each : quantities_) {
    const auto at = static_cast<std::uint32_t>(text_.sentence_of(each.number_first));
    if (at < first || at > s || !may_fall(each)) continue;
    if (!is_open(at, own) || !reader_.is_told(at)) continue;
    const Quantity* other = nullptr;
    for (const Quantity& next : quantities_) {
      const std::size_t behind = text_.sentence_of(next.number_first);
      if (behind > s + kSentencesBehind || !replaces(next, each)) continue;
      if (next.value == each.value || other != nullptr) return {};
      other = &next;
    }
    if (other == nullptr) continue;
    if (old != nullptr) return {};
    old = &each;
    right = other;
  }
  if (old == nullptr || right->number_first < cue->first) return {};
  return FallenFigure{figure_of(*old), figure_of(*right), old, cue};
}

}  // namespace steppe
