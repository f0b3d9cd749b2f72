#include "processors/claims/number_pair.h"

#include <algorithm>

#include "processors/claims/number_contrast.h"

namespace steppe {
namespace {

constexpr std::uint32_t kSentencesBefore = 3;  // between the number that was told and the error
constexpr std::uint32_t kSentencesBehind = 1;  // between the error and the number that is right
constexpr std::uint32_t kFormerTokens = 8;     // between "not" or "earlier" and its number
constexpr std::size_t kMostNumbers = 24;       // around an error: which is meant is open among more
// Half words.
constexpr std::uint32_t kDeedReach = 4;   // between "600 workers" and "took back"
constexpr std::uint32_t kWholeReach = 4;  // between "2" and "of the 70"

}  // namespace

/// The sentence keeps its numbers standing, or somebody else doubts them. `own`: whoever speaks
/// there takes back what is theirs.
bool NumberPair::is_held(std::uint32_t s, bool own) const {
  const RetractionWords held =
      own ? words_of(Retraction::kHolds) : words_of(Retraction::kHolds, Retraction::kOutsider);
  return (words_[s] & held) != 0;
}

bool NumberPair::is_open(std::uint32_t s, bool own) const {
  return !is_held(s, own) && !reader_.corrects_other(text_.sentences()[s]);
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
  if (static_cast<Retraction>(cue.detail) != Retraction::kWrong) return false;
  constexpr Roles kActs =
      roles_of(LexemeRole::kTriggerVerb, LexemeRole::kTriggerAfter, LexemeRole::kTriggerNoun);
  return (text_.roles_at(cue.last) & kActs) != 0 ||
         text_.find_before(cue.first, LexemeRole::kTriggerVerb) != nullptr ||
         text_.find_before(cue.first, LexemeRole::kTriggerAfter) != nullptr;
}

/// The first word that tells of an error, else the first that may.
const Mark* NumberPair::cue_in(std::uint32_t s) const {
  const Sentence& sentence = text_.sentences()[s];
  const Mark* weak = nullptr;
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (mark.role != LexemeRole::kRetraction) continue;
    if ((kCues & (RetractionWords{1} << mark.detail)) == 0 || may_be_deed(mark)) continue;
    if (reader_.is_negated(mark, sentence) || reader_.is_held(mark, sentence)) continue;
    if (is(mark, Retraction::kCorrects) && mark.first <= sentence.first + 1) continue;  // a heading
    if (is_weak(mark)) {
      if (weak == nullptr) weak = &mark;
      continue;
    }
    if (!is(mark, Retraction::kWithdraws)) return &mark;
    const auto frames = reader_.frames(sentence);
    const bool report = std::any_of(frames.begin(), frames.end(), [&](const auto& frame) {
      return frame.predicate == &mark && !frame.objects.empty();
    });
    if (report) return &mark;
  }
  return weak;
}

bool NumberPair::may_fall(const Quantity& quantity, std::uint32_t s, bool own) const {
  const auto at = static_cast<std::uint32_t>(text_.sentence_of(quantity.number_first));
  // "the board showed 410": a device tells, too
  const bool told = reader_.is_told(at) || (words_[at] & words_of(Retraction::kExplains)) != 0;
  return reader_.is_counted(quantity) && !reader_.is_new(quantity) && told &&
         (at == s || is_open(at, own));
}

/// "Not the 18 named before", "an earlier update reported 18".
bool NumberPair::is_called_former(const Quantity& quantity) const {
  const bool han = text_.tokens()[quantity.number_first].kind == TokenKind::kHan ||
                   text_.tokens()[end_of(quantity) - 1].kind == TokenKind::kHan;
  for (std::uint32_t at = quantity.first; at > 0 && quantity.first - at < kFormerTokens;) {
    --at;
    if (text_.tokens()[at].kind == TokenKind::kPunctuation) return false;
    const Mark* mark = text_.find(at, LexemeRole::kRetraction);
    if (mark == nullptr) continue;
    const bool near = han || at + 1 == quantity.first || mark->last > at + 1;  // "this" is far
    if (is(*mark, Retraction::kNotThis) || (is(*mark, Retraction::kEarlier) && near)) return true;
  }
  return false;
}

/// A number behind this one has its digits but for a slip.
bool NumberPair::has_slip(const std::vector<Number>& all, std::size_t i) {
  return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end(),
                     [&](const Number& each) { return is_slip(*each.quantity, *all[i].quantity); });
}

/// Another number of the kind.
bool NumberPair::replaces(const Number& right, const Number& old) const {
  if (right.figure != nullptr && old.figure != nullptr) {
    if (right.figure->kind != old.figure->kind) return false;
  } else if (old.figure != nullptr) {
    if (!may_count(*right.quantity, old.figure->kind)) return false;
    const bool bare = right.quantity->unit == UnitKind::kNone;
    const bool slip = is_slip(*right.quantity, *old.quantity);
    if (bare && !slip && !reader_.is_new(*right.quantity)) return false;
  } else if (right.figure != nullptr) {
    if (!may_count(*old.quantity, right.figure->kind)) return false;
  } else if (!is_slip(*right.quantity, *old.quantity) &&
             (right.quantity->unit != old.quantity->unit || !reader_.is_new(*right.quantity))) {
    return false;
  }
  if (is_called_former(*right.quantity)) return false;
  const Between path = reader_.between(end_of(*old.quantity), right.quantity->first);
  const bool whole = path.all_commas == 0 && path.length <= kWholeReach;  // "2 of the 70 held"
  return !whole && reader_.is_counted(*right.quantity);
}

/// The numbers of the sentences that may be one of a pair, in order.
std::vector<NumberPair::Number> NumberPair::numbers(std::uint32_t first, std::uint32_t last) const {
  std::vector<Number> found;
  for (const Quantity& quantity : quantities_) {
    const std::size_t at = text_.sentence_of(quantity.number_first);
    if (at < first) continue;
    if (at > last) break;
    if (!is_countable(quantity) || is_nobody(quantity) || quantity.part) continue;
    const auto figure = figure_of(quantity);
    if (figure && (figures_[*figure].part_of || figures_[*figure].added)) continue;
    found.push_back({&quantity, figure ? &figures_[*figure] : nullptr});
  }
  return found;
}

/// Words that tell of an error only beside a number that is lower or called right.
bool NumberPair::is_weak(const Mark& cue) {
  return is(cue, Retraction::kCorrects) || is(cue, Retraction::kContrary) ||
         is(cue, Retraction::kAdmits) || is(cue, Retraction::kExplains);
}

/// The number gives way for a lower one, or one called right, by such words.
bool NumberPair::gives_way(const Number& old, const Number& right, const Mark& cue) const {
  const bool called_right = reader_.is_new(*right.quantity);
  const bool lower = *right.quantity->value < *old.quantity->value;
  if (!called_right && !lower) return false;
  if (called_right && lower) return true;
  if (is(cue, Retraction::kCorrects) || is(cue, Retraction::kContrary)) return true;
  const std::size_t s = text_.sentence_of(cue.first);
  const bool here = text_.sentence_of(right.quantity->number_first) == s;
  if (is(cue, Retraction::kAdmits) && !here && !called_right) return false;
  constexpr RetractionWords kBefore =
      words_of(Retraction::kEarlier, Retraction::kContrary, Retraction::kSays);
  const bool former = old.figure != nullptr && old.figure->former;
  const RetractionWords words = words_[text_.sentence_of(old.quantity->number_first)];
  return former || (words & kBefore) != 0 || reader_.is_told_of(*old.quantity);
}

std::optional<FallenFigure> NumberPair::of_error(std::uint32_t s) const {
  constexpr RetractionWords kNouns = words_of(Retraction::kReport, Retraction::kNumber);
  const RetractionWords cues = words_[s] & kCues;
  if (cues == words_of(Retraction::kWithdraws) && (words_[s] & kNouns) == 0) return {};
  // who speaks here takes back what is theirs; of "the union said; the employer admits" it is not
  const bool own = (words_[s] & words_of(Retraction::kTakesBack)) != 0;
  const bool admits = (words_[s] & words_of(Retraction::kAdmits)) != 0;
  if (is_held(s, own || admits)) return {};
  const std::uint32_t first = s > kSentencesBefore ? s - kSentencesBefore : 0;
  const std::vector<Number> all = numbers(first, s + kSentencesBehind);
  if (all.size() > kMostNumbers) return {};
  const Number* old = nullptr;
  const Number* right = nullptr;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    const Number& each = all[i];
    if (text_.sentence_of(each.quantity->number_first) > s) break;
    const bool bare = each.figure == nullptr && each.quantity->unit == UnitKind::kNone;
    if (bare && !has_slip(all, i)) continue;
    const Number* other = nullptr;
    for (std::size_t n = i + 1; n < all.size(); ++n) {
      if (!replaces(all[n], each)) continue;
      if (all[n].quantity->value == each.quantity->value || other != nullptr) return {};
      other = &all[n];
    }
    if (other == nullptr || !may_fall(*each.quantity, s, own)) continue;
    if (old != nullptr) return {};
    old = &each;
    right = other;
  }
  if (old == nullptr) return {};
  // "they had pasted old photographs; in truth there were 6"
  const bool called_right =
      reader_.is_new(*right->quantity) && *right->quantity->value < *old->quantity->value;
  if (!called_right && reader_.corrects_other(text_.sentences()[s])) return {};
  const Mark* cue = cue_in(s);
  if (cue == nullptr) return {};
  const bool leads = is(*cue, Retraction::kCorrects) || is(*cue, Retraction::kExplains);
  if (!leads && right->quantity->number_first < cue->first) return {};
  if (is_weak(*cue) && !gives_way(*old, *right, *cue)) return {};
  // "the minister apologised for the soldiers. Twelve were hurt today": an error in what was told?
  const bool behind = text_.sentence_of(right->quantity->number_first) > s;
  const auto word = static_cast<Retraction>(cue->detail);
  const bool open = word == Retraction::kTakesBack || word == Retraction::kWrong;
  const bool called = reader_.is_new(*right->quantity) || is_slip(*right->quantity, *old->quantity);
  if (behind && open && !called && (words_[s] & kNouns) == 0) return {};
  // "freed 14 men held by mistake; 190 remain": what is higher must be called right
  const bool lower = *right->quantity->value < *old->quantity->value;
  if (!lower && !reader_.is_new(*right->quantity)) return {};
  return FallenFigure{figure_of(*old->quantity), figure_of(*right->quantity), old->quantity, cue};
}

}  // namespace steppe
