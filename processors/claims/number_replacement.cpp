#include "processors/claims/number_replacement.h"

#include <algorithm>
#include <optional>

#include "processors/claims/number_contrast.h"
#include "processors/claims/number_verdict.h"

namespace steppe {
namespace {

constexpr std::uint32_t kCorrectionSentences = 2;  // between the wrong number and the right one
constexpr std::uint32_t kRightReach = 14;  // half words between "should read" and its number

}  // namespace

/// "12 is how to read it", where the verb comes last.
const Quantity* NumberReplacement::ends_at(std::uint32_t token) const {
  const auto found = std::find_if(quantities_.begin(), quantities_.end(), [&](const auto& each) {
    return end_of(each) == token && is_countable(each);
  });
  return found != quantities_.end() ? &*found : nullptr;
}

void NumberReplacement::replace_former(std::uint32_t s) {
  const Sentence& sentence = text_.sentences()[s];
  const auto marks = text_.marks_in(sentence);
  const auto corrects = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is(mark, Retraction::kCorrects) && !reader_.is_held(mark, sentence) &&
           !reader_.is_negated(mark, sentence);
  });
  if (corrects == marks.end() || reader_.corrects_other(sentence)) return;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& former = figures_[i];
    if (former.sentence != s || !former.former || !former.quantity.value) continue;
    const bool replaced = std::any_of(figures_.begin(), figures_.end(), [&](const auto& other) {
      return other.sentence == s && other.kind == former.kind && !other.former &&
             other.quantity.value && other.quantity.value != former.quantity.value &&
             reader_.is_new(other.quantity);
    });
    if (replaced) taken_.take_told(i, "retraction.replaced", *corrects);
  }
}

void NumberReplacement::set_right(std::uint32_t s, const Mark& cue) {
  // "the opposition said the real number was 90"
  constexpr RetractionWords kOwn = words_of(Retraction::kAdmits, Retraction::kTakesBack,
                                            Retraction::kWithdraws, Retraction::kCorrects);
  const bool doubted = (words_[s] & words_of(Retraction::kOutsider)) != 0;
  if (doubted && (words_[s] & kOwn) == 0) return;
  const Quantity* right = nullptr;
  for (const Quantity& quantity : quantities_) {
    if (quantity.first < cue.last || !quantity.value) continue;
    if (text_.sentence_of(quantity.number_first) != s) break;
    const Between path = reader_.between(cue.last, quantity.first);
    if (path.length <= kRightReach && !path.quantity && !path.other) right = &quantity;
    break;
  }
  if (right == nullptr && reader_.has(cue.first, Retraction::kStands)) right = ends_at(cue.first);
  if (right == nullptr || (words_[s] & words_of(Retraction::kHolds)) != 0) return;
  if (right->unit == UnitKind::kOther) return;  // "should read 12 km"
  const NumberVerdict verdict(*this);
  if (const Quantity* wrong = verdict.misprinted(*right, s)) {
    right_ = right;
    return set_right(s, {wrong}, *right, cue);
  }
  replace_before(s, *right, cue);
  // "'15 dead and 214 hurt' should read '20 dead and 268 hurt'"
  for (const Quantity& next : quantities_) {
    if (next.first <= right->number_first) continue;
    if (reader_.gap(end_of(*right), next.number_first) > kRightReach) break;
    const bool list = next.first > right->number_first && is_countable(next) &&
                      text_.sentence_of(next.number_first) == s && taken_.index_of(next);
    if (list && reader_.joins(end_of(*right), next.number_first))
      return replace_alike(s, next, cue);
  }
}

/// The one number of its kind before the words.
void NumberReplacement::replace_alike(std::uint32_t s, const Quantity& right, const Mark& cue) {
  const auto stands = taken_.index_of(right);
  std::optional<std::size_t> falls;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    const bool near = figure.sentence <= s && figure.sentence + kCorrectionSentences >= s;
    if (!near || figure.kind != figures_[*stands].kind || !figure.quantity.value) continue;
    if (figure.quantity.number_first >= cue.first) continue;
    if (falls || figure.quantity.value == right.value) return;
    falls = i;
  }
  if (!falls) return;
  taken_.keep(*stands);
  taken_.take(*falls, "retraction.set_right", cue);
}

void NumberReplacement::change(std::uint32_t s) {
  constexpr RetractionWords kMistakes =
      words_of(Retraction::kErred, Retraction::kMiscounts, Retraction::kWrong);
  if ((words_[s] & words_of(Retraction::kHolds)) != 0) return;
  const Sentence& sentence = text_.sentences()[s];
  const auto marks = text_.marks_in(sentence);
  const bool erred = (words_[s] & kMistakes) != 0;
  const auto verb = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
    const bool changes =
        is(mark, Retraction::kCorrects) || (erred && is(mark, Retraction::kLowers));
    return changes && !reader_.is_held(mark, sentence) && !reader_.is_negated(mark, sentence);
  });
  if (verb == marks.end() || reader_.corrects_other(sentence)) return;
  const Quantity* right = nullptr;
  for (const Quantity& quantity : quantities_) {
    if (text_.sentence_of(quantity.number_first) != s || !is_countable(quantity)) continue;
    if (is_nobody(quantity) || quantity.part) continue;
    if (right != nullptr) return;  // the sentence itself tells which fell
    right = &quantity;
  }
  if (right == nullptr || !reader_.is_to(*right)) return;
  const Between path = right->first >= verb->last ? reader_.between(verb->last, right->first)
                                                  : reader_.between(end_of(*right), verb->first);
  if (path.all_commas == 0 && !path.stop && !path.colon) replace_before(s, *right, *verb);
}

void NumberReplacement::replace_before(std::uint32_t s, const Quantity& right, const Mark& cue) {
  right_ = &right;
  const std::uint32_t stop = s > kCorrectionSentences ? s - kCorrectionSentences : 0;
  for (std::uint32_t at = s + 1; at > stop;) {
    --at;
    std::vector<const Quantity*> wrong;
    for (const Quantity& quantity : quantities_) {
      const bool before = quantity.number_first < std::min(cue.first, right.number_first);
      if (!before || !is_countable(quantity) || quantity.value == right.value) continue;
      if (is_nobody(quantity) || reader_.is_miscounted(quantity)) continue;
      if (text_.sentence_of(quantity.number_first) == at) wrong.push_back(&quantity);
    }
    if (wrong.empty()) continue;
    set_right(at, wrong, right, cue);
    return;
  }
}

void NumberReplacement::set_right(std::uint32_t s, const std::vector<const Quantity*>& wrong,
                                  const Quantity& right, const Mark& cue) {
  const std::optional<std::size_t> stands = taken_.index_of(right);
  if (stands) taken_.keep(*stands);
  std::vector<std::size_t> found;
  for (const Quantity* quantity : wrong) {
    const auto known = taken_.index_of(*quantity);
    if (known && (!stands || figures_[*known].kind == figures_[*stands].kind)) {
      found.push_back(*known);
    }
  }
  if (found.empty() && wrong.size() == 1) {
    auto made = stands ? taken_.make_like(*wrong.front(), *stands) : taken_.make(*wrong.front(), s);
    if (!made && !stands) {  // what they count is said beside the right one
      const auto at = static_cast<std::uint32_t>(text_.sentence_of(right.number_first));
      if (const auto like = taken_.make(right, at)) {
        taken_.keep(*like);
        made = taken_.make_like(*wrong.front(), *like);
      }
    }
    if (made) found.push_back(*made);
  }
  if (found.size() != 1) return;
  taken_.take(found.front(), "retraction.set_right", cue);
}

}  // namespace steppe
