#include "processors/claims/number_verdict.h"

#include <algorithm>

#include "processors/claims/number_contrast.h"

namespace steppe {
namespace {

// Half words.
constexpr std::uint32_t kJudgedReach = 12;     // between a number and "is wrong"
constexpr std::uint32_t kMiscountReach = 20;   // between "a tally of 31" and "counted twice"
constexpr std::uint32_t kVersionTokens = 3;    // between "earlier version" and "article"
constexpr std::uint32_t kAttributeTokens = 4;  // between a number and the particle of its clause
constexpr std::uint32_t kNoteSentences = 2;    // from "an earlier version" to "we apologise"

}  // namespace

bool NumberVerdict::is_noun(std::uint32_t token) const {
  return reader_.has(token, Retraction::kReport) || reader_.has(token, Retraction::kNumber);
}

std::optional<WrongNumber> NumberVerdict::judged(std::uint32_t s) const {
  constexpr RetractionWords kJudging =
      words_of(Retraction::kWrong, Retraction::kErred, Retraction::kMiscounts);
  if ((words_[s] & kJudging) == 0) return {};
  const Sentence& sentence = text_.sentences()[s];
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (!is(mark, Retraction::kWrong)) continue;
    if (reader_.is_negated(mark, sentence) || reader_.is_held(mark, sentence)) continue;
    if (const Quantity* found = judged_by(mark, s)) return WrongNumber{found, &mark};
  }
  return {};
}

const Quantity* NumberVerdict::judged_by(const Mark& predicate, std::uint32_t s) const {
  const Quantity* found = nullptr;
  for (const Quantity& quantity : quantities_) {
    if (text_.sentence_of(quantity.number_first) != s) continue;
    if (end_of(quantity) > predicate.first) break;
    if (!is_countable(quantity) || is_nobody(quantity)) continue;
    if (!reader_.counts_reports(quantity) && is_subject(quantity, predicate)) {
      found = &quantity;
    }
  }
  return found;
}

/// "51 as a number is wrong", where the noun follows the number.
bool NumberVerdict::is_measured(const Quantity& quantity, const Mark& predicate) const {
  if (is(predicate, Retraction::kMiscounts)) return false;
  const auto marks = text_.marks_in(text_.sentences()[text_.sentence_of(quantity.first)]);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is(mark, Retraction::kNumber) && mark.first == end_of(quantity) &&
           mark.last == predicate.first;
  });
}

/// "A tally of 267 issued on Sunday wrongly included officers".
bool NumberVerdict::is_subject(const Quantity& quantity, const Mark& predicate) const {
  const Between path = reader_.between(end_of(quantity), predicate.first);
  if (path.all_commas > 0 || path.stop || path.colon || path.predicate || path.other) return false;
  const bool han = text_.tokens()[predicate.first].kind == TokenKind::kHan;
  if (!han && is_measured(quantity, predicate)) return true;
  if (path.apart || path.noun) return false;
  if (!han) {
    return is(predicate, Retraction::kMiscounts) && path.length <= kMiscountReach &&
           is_named(quantity);
  }
  if (path.quantity || path.speech || path.length > kJudgedReach) return false;
  const bool attribute = predicate.last < text_.size() && is_noun(predicate.last);
  return !attribute && is_named_han(quantity);
}

/// "a tally of 267".
bool NumberVerdict::is_named(const Quantity& quantity) const {
  if (quantity.first < 2) return false;
  const std::uint32_t before = quantity.first - 1;
  return reader_.has(before, Retraction::kNumber) ||
         (reader_.has(before, Retraction::kAbout) && reader_.has(before - 1, Retraction::kNumber));
}

/// What was told stands before the number in its clause, joined to it by a particle.
bool NumberVerdict::is_named_han(const Quantity& quantity) const {
  const Sentence& sentence = text_.sentences()[text_.sentence_of(quantity.first)];
  bool joined =
      quantity.first > sentence.first && reader_.has(quantity.first - 1, Retraction::kToldBefore);
  bool told = false;
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (mark.last > quantity.first || reader_.between(mark.last, quantity.first).all_commas > 0) {
      continue;
    }
    const bool noun = is(mark, Retraction::kReport) || is(mark, Retraction::kNumber);
    told = told || noun || is(mark, Retraction::kEarlier);
    joined = joined || (noun && mark.last == quantity.first && mark.last > mark.first + 2);
  }
  return joined && told;
}

/// "earlier version of this article", "earlier version said".
bool NumberVerdict::names_version(const Mark& mark) const {
  if (!is(mark, Retraction::kContrary) || !reader_.has(mark.first, Retraction::kReport)) {
    return false;
  }
  if (text_.tokens()[mark.first].kind == TokenKind::kHan) return true;
  for (std::uint32_t at = mark.last; at < text_.size() && at <= mark.last + kVersionTokens; ++at) {
    if (text_.tokens()[at].kind == TokenKind::kPunctuation) return false;
    if (reader_.has(at, Retraction::kReport) || reader_.has(at, Retraction::kSays)) return true;
    if (text_.find(at, LexemeRole::kSpeech) != nullptr) return true;
  }
  return false;
}

bool NumberVerdict::speaks_of_errors(std::uint32_t s) const {
  const std::size_t first = s > 0 ? s - 1 : 0;
  const std::size_t last = std::min<std::size_t>(s + kNoteSentences + 1, words_.size());
  return std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(first),
                     words_.begin() + static_cast<std::ptrdiff_t>(last),
                     [](RetractionWords words) { return (words & kErrorWords) != 0; });
}

/// The sentence behind tells another number.
bool NumberVerdict::counts_again(std::uint32_t s) const {
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& quantity) {
    return text_.sentence_of(quantity.number_first) == s + 1 && is_countable(quantity) &&
           !is_nobody(quantity);
  });
}

const Quantity* NumberVerdict::only_behind(const Mark& version, std::uint32_t s) const {
  const Quantity* found = nullptr;
  for (const Quantity& quantity : quantities_) {
    if (quantity.first < version.last || !is_countable(quantity) || is_nobody(quantity)) continue;
    if (text_.sentence_of(quantity.number_first) != s) break;
    if (found == nullptr) {
      found = &quantity;
      continue;
    }
    // "said 38 died and 420 were hurt": which of them was wrong?
    const Between path = reader_.between(end_of(*found), quantity.first);
    const bool apart = path.all_commas > 0 || path.stop || path.apart || path.fresh;
    return apart ? found : nullptr;
  }
  return found;
}

/// "An earlier version said the strike at the mine, where 46 died, began on Monday."
bool NumberVerdict::is_beside(const Mark& version, const Quantity& quantity) const {
  const Between path = reader_.between(version.last, quantity.first);
  if (text_.tokens()[version.first].kind != TokenKind::kHan) {
    return path.commas > 0 && (path.apart || path.all_commas > 1);
  }
  const std::uint32_t end = end_of(quantity);
  for (std::uint32_t at = end; at < text_.size() && at <= end + kAttributeTokens; ++at) {
    if (text_.tokens()[at].kind == TokenKind::kPunctuation) return false;
    if (reader_.has(at, Retraction::kToldBefore)) return !is_noun(at + 1);
  }
  return false;
}

std::optional<WrongNumber> NumberVerdict::of_version(std::uint32_t s) const {
  if ((words_[s] & words_of(Retraction::kContrary)) == 0) return {};
  if ((words_[s] & words_of(Retraction::kHolds, Retraction::kNotThis, Retraction::kNotThat)) != 0 ||
      !(speaks_of_errors(s) || counts_again(s))) {
    return {};
  }
  const Sentence& sentence = text_.sentences()[s];
  if (reader_.corrects_other(sentence)) return {};
  const auto marks = text_.marks_in(sentence);
  for (const Mark& mark : marks) {
    if (!names_version(mark)) continue;
    const Quantity* found = only_behind(mark, s);
    if (found == nullptr || reader_.stands(*found, mark) || is_beside(mark, *found)) return {};
    // "did not mention the 60 arrests"
    const bool denied = std::any_of(marks.begin(), marks.end(), [&](const Mark& other) {
      return other.role == LexemeRole::kUnreal && other.first >= mark.last &&
             static_cast<Unreal>(other.detail) == Unreal::kDenied;
    });
    if (denied) return {};
    return WrongNumber{found, &mark};
  }
  return {};
}

const Quantity* NumberVerdict::misprinted(const Quantity& right, std::uint32_t s) const {
  for (const Quantity& quantity : quantities_) {
    if (quantity.first < right.last || !is_countable(quantity)) continue;
    if (text_.sentence_of(quantity.number_first) != s) break;
    const bool wrong = quantity.first > 0 && reader_.ends_judging(quantity.first);
    return wrong && quantity.value != right.value ? &quantity : nullptr;
  }
  return nullptr;
}

}  // namespace steppe
