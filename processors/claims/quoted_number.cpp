#include "processors/claims/quoted_number.h"

#include <algorithm>

#include "processors/claims/number_contrast.h"

namespace steppe {
namespace {

constexpr std::uint32_t kClaimTokens = 24;     // of a quoted claim on either side of its number
constexpr std::uint32_t kJudgedSentences = 3;  // between a claim and the word for its error
constexpr std::uint32_t kJudgedReach = 24;     // half words between them in one sentence

}  // namespace

/// An even number of quotation marks stands before it in its sentence.
bool QuotedNumber::is_opening(std::uint32_t quote) const {
  const std::uint32_t first = text_.sentences()[text_.sentence_of(quote)].first;
  std::uint32_t quotes = 0;
  for (std::uint32_t at = first; at < quote; ++at) {
    if (text_.tokens()[at].punctuation == '"') ++quotes;
  }
  return quotes % 2 == 0;
}

/// Words of one clause or list: direct speech ends with punctuation of its own.
std::optional<QuotedNumber::Fragment> QuotedNumber::around(const Quantity& quantity) const {
  const std::size_t s = text_.sentence_of(quantity.number_first);
  const Sentence& sentence = text_.sentences()[s];
  std::uint32_t open = quantity.number_first;  // 'about "63 people"'
  while (open > sentence.first && text_.tokens()[open - 1].punctuation != '"') {
    if (quantity.number_first - open >= kClaimTokens) return {};
    --open;
  }
  std::uint32_t close = end_of(quantity);
  while (close < sentence.last && text_.tokens()[close].punctuation != '"') {
    if (close - end_of(quantity) >= kClaimTokens) return {};
    ++close;
  }
  if (open == sentence.first || close == sentence.last || !is_opening(open - 1)) return {};
  if (text_.tokens()[close - 1].kind == TokenKind::kPunctuation) return {};
  return Fragment{open, close, static_cast<std::uint32_t>(s), {}};
}

std::vector<QuotedNumber::Fragment> QuotedNumber::fragments() const {
  std::vector<Fragment> found;
  for (const Quantity& quantity : quantities_) {
    if (!is_countable(quantity) || is_nobody(quantity)) continue;
    if (!found.empty() && quantity.first < found.back().last) {
      found.back().numbers.push_back(&quantity);
      continue;
    }
    const std::size_t s = text_.sentence_of(quantity.number_first);
    const std::size_t stop = std::min(s + kJudgedSentences + 1, words_.size());
    const bool told = std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(s),
                                  words_.begin() + static_cast<std::ptrdiff_t>(stop),
                                  [](RetractionWords words) { return (words & kCues) != 0; });
    if (!told) continue;
    if (auto fragment = around(quantity)) {
      fragment->numbers.push_back(&quantity);
      found.push_back(*std::move(fragment));
    }
  }
  return found;
}

/// "It remains in force", not "more accurately, 19".
bool QuotedNumber::stands(std::uint32_t s) const {
  if ((words_[s] & words_of(Retraction::kStands)) == 0) return false;
  const Sentence& sentence = text_.sentences()[s];
  const auto marks = text_.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is(mark, Retraction::kStands) && !reader_.between(mark.last, sentence.last).quantity;
  });
}

/// Somebody else doubts, or the number stands, or something else is called wrong.
bool QuotedNumber::holds(std::uint32_t s) const {
  if (reader_.is_long(s)) return true;
  const bool admits = (words_[s] & words_of(Retraction::kAdmits, Retraction::kErred)) != 0;
  if ((words_[s] & words_of(Retraction::kHolds)) != 0 || stands(s)) return true;
  return (words_[s] & words_of(Retraction::kOutsider)) != 0 && !admits;
}

/// "Has withdrawn 'seized 96 rifles', a report said; that report is false".
bool QuotedNumber::is_withdrawn(const Fragment& claim) const {
  const auto marks = text_.marks_in(text_.sentences()[claim.sentence]);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is(mark, Retraction::kWithdraws) && mark.last <= claim.first;
  });
}

bool QuotedNumber::counts_less(std::uint32_t s, const Fragment& claim) const {
  const Quantity& told = *claim.numbers.front();
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& each) {
    const std::size_t at = text_.sentence_of(each.number_first);
    return at >= s && at <= s + 1 && each.first >= claim.last && is_countable(each) &&
           (each.unit == told.unit || told.unit == UnitKind::kNone) && *each.value < *told.value;
  });
}

/// "'38 dead' is a lie": in one sentence right behind the claim.
bool QuotedNumber::is_beside(const Mark& cue, const Fragment& claim) const {
  if (cue.first < claim.last || text_.sentence_of(cue.first) != claim.sentence) return false;
  const Between path = reader_.between(claim.last, cue.first);
  return !path.stop && !path.other && path.length <= kJudgedReach && path.all_commas <= 1;
}

/// A lower number, a word for what is wrong, or that it did not happen.
bool QuotedNumber::has_evidence(const Mark& cue, const Fragment& claim) const {
  const auto s = static_cast<std::uint32_t>(text_.sentence_of(cue.first));
  if (is_beside(cue, claim)) return true;
  if (counts_less(s, claim)) return true;
  if (s == claim.sentence) return false;
  const auto marks = text_.marks_in(text_.sentences()[s]);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    const bool noun = is(mark, Retraction::kReport) || is(mark, Retraction::kNumber);
    return noun && reader_.points_back(mark);
  });
}

bool QuotedNumber::judges(const Mark& mark, const Fragment& claim) const {
  if (mark.role != LexemeRole::kRetraction) return false;
  if ((kCues & (RetractionWords{1} << mark.detail)) == 0) return false;
  if (mark.first >= claim.first && mark.last <= claim.last) return false;
  const Sentence& sentence = text_.sentences()[text_.sentence_of(mark.first)];
  if (reader_.is_negated(mark, sentence) || reader_.is_held(mark, sentence)) return false;
  const bool sure = is(mark, Retraction::kTakesBack) || is(mark, Retraction::kWarnsOff) ||
                    static_cast<Retraction>(mark.detail) != Retraction::kWrong;
  if (mark.last <= claim.first) return sure;
  return sure || has_evidence(mark, claim);
}

const Mark* QuotedNumber::untruth_of(const Fragment& claim, const Fragment* next) const {
  constexpr RetractionWords kDone = words_of(Retraction::kNotThis, Retraction::kNotThat);
  if ((words_[claim.sentence] & kDone) != 0) return nullptr;
  for (std::uint32_t at = claim.first; at < claim.last; ++at) {
    const std::span<const Mark> marks = text_.marks_at(at);
    if (std::any_of(marks.begin(), marks.end(), is_predicate)) return nullptr;
  }
  const auto count = static_cast<std::uint32_t>(words_.size());
  const std::uint32_t stop = std::min(claim.sentence + kJudgedSentences + 1, count);
  for (std::uint32_t s = claim.sentence; s < stop; ++s) {
    if (holds(s) || (s > claim.sentence && next != nullptr && next->sentence <= s)) return nullptr;
    if ((words_[s] & kCues) == 0) continue;
    const Sentence& sentence = text_.sentences()[s];
    const bool other = reader_.corrects_other(sentence) && !counts_less(s, claim);
    for (const Mark& mark : text_.marks_in(sentence)) {
      if (other && !is_beside(mark, claim)) continue;
      if (judges(mark, claim)) return is_withdrawn(claim) ? nullptr : &mark;
    }
    if (other) return nullptr;
  }
  return nullptr;
}

}  // namespace steppe
