// What is said of a number: old or new, told or standing. A part of RetractionReader.

#include <algorithm>

#include "processors/claims/retraction_frame.h"

namespace steppe {
namespace {

// Half words.
constexpr std::uint32_t kStandsReach = 12;      // between a figure and "remains in force"
constexpr std::uint32_t kFreshReach = 8;        // between "confirmed" and its number
constexpr std::uint32_t kTellerTokens = 6;      // between a number and "that" of who told it
constexpr std::uint32_t kToldBehindReach = 12;  // between "21 dead" and "named in the report"
constexpr std::uint32_t kMiscountReach = 16;    // between "two" and "were wrongly listed"

}  // namespace

bool RetractionReader::counts_reports(const Quantity& quantity) const {
  if (quantity.unit == UnitKind::kMoney) return false;  // "the $940,000 figure"
  const std::uint32_t end = end_of(quantity);
  const bool noun = has(end, Retraction::kReport) || has(end, Retraction::kNumber);
  if (noun && !is_han(end) && !speaks_at(end)) return true;
  const std::span<const Mark> marks =
      text_.marks_at(quantity.first);  // "two-numbers" as one phrase
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    const bool word = is(mark, Retraction::kReport) || is(mark, Retraction::kNumber);
    return word && mark.last >= end;
  });
}

bool RetractionReader::stands(const Quantity& quantity, const Mark& predicate) const {
  const std::uint32_t end = end_of(quantity);
  const Sentence& sentence = text_.sentences()[text_.sentence_of(quantity.first)];
  for (const Mark& mark : text_.marks_in(sentence)) {
    const bool holds =
        is(mark, Retraction::kStands) && !judges_at(mark.first) && !denies_at(mark.last);
    if (holds && mark.first >= end) {
      const Between path = between(end, mark.first);
      // "'280' should be read as '28'": the nearest number is the right one
      const bool nearest = !path.quantity || !has(mark.first, Retraction::kSetsRight);
      const bool here =
          !path.predicate && !path.stop && !path.colon && nearest && !adds_saying(end, mark.first);
      if (path.length <= kStandsReach && path.all_commas == 0 && here) return true;
    }
    const bool fresh = is(mark, Retraction::kFresh) || is(mark, Retraction::kSetsRight);
    // "higher than 28" belongs to the number wherever the predicate stands
    const bool after = mark.first >= predicate.first || mark.first >= quantity.first;
    if (fresh && after && mark.last <= quantity.number_first) {
      const Between path = between(mark.last, quantity.number_first);
      if (path.length <= kFreshReach && !path.quantity && !path.predicate) return true;
    }
  }
  return false;
}

/// One of `words` right before the number, or one of `endings` at its end.
bool RetractionReader::has_way(const Quantity& quantity, const std::vector<std::string>& words,
                               const std::vector<std::string>& endings) const {
  if (quantity.number_first > 0) {  // "up to" may be the number's own bound
    const std::string_view before = text_.folded_token(quantity.number_first - 1);
    if (std::find(words.begin(), words.end(), before) != words.end()) return true;
  }
  const std::string_view number = text_.folded_slice(quantity.first, end_of(quantity));
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& ending) { return number.ends_with(ending); });
}

bool RetractionReader::is_from(const Quantity& quantity) const {
  if (quantity.qualifier != Qualifier::kExact) return false;  // "from 40 upwards"
  if (text_.find_before(quantity.first, LexemeRole::kFormer) != nullptr) return true;
  const auto& ways = text_.lexicon().pack().ways;
  return has_way(quantity, ways.from, ways.from_endings);
}

bool RetractionReader::is_to(const Quantity& quantity) const {
  const Mark* verb = quantity.first > 0 ? text_.find_before(quantity.first, LexemeRole::kRetraction)
                                        : nullptr;  // "changed-into 12"
  if (verb != nullptr && is_han(verb->first) && is(*verb, Retraction::kLowers)) return true;
  if (quantity.qualifier != Qualifier::kExact && quantity.qualifier != Qualifier::kAtMost) {
    return false;
  }
  const auto& ways = text_.lexicon().pack().ways;
  return has_way(quantity, ways.to, ways.to_endings);
}

/// "A report of 21 deaths", or where the noun comes last: the number is what it tells.
bool RetractionReader::is_named(const Quantity& quantity) const {
  const auto noun = [&](std::uint32_t token) {
    return has(token, Retraction::kReport) || has(token, Retraction::kNumber);
  };
  const std::uint32_t end = end_of(quantity);
  const std::uint32_t verb = is_han(end) ? 2 : 0;  // characters between "31" and "'s figure"
  for (std::uint32_t at = end; at <= end + verb; ++at) {
    if (has(at, Retraction::kToldBefore)) return noun(at + 1);
  }
  return quantity.first > 1 && has(quantity.first - 1, Retraction::kAbout) &&
         noun(quantity.first - 2);
}

bool RetractionReader::is_former(const Quantity& quantity, const Mark& object) const {
  if (is_from(quantity)) return true;
  const bool counted =
      std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& each) {
        return end_of(each) == object.first && each.first != quantity.first;
      });
  if (counted) return false;  // "two of its reports"
  const Sentence& sentence = text_.sentences()[text_.sentence_of(quantity.first)];
  const auto marks = text_.marks_in(sentence);
  const bool version = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is(mark, Retraction::kContrary) && mark.last <= quantity.first;
  });
  if (version) return true;
  if (quantity.first < object.first) {
    if (between(end_of(quantity), object.first).quantity) return false;
    const bool quoted = text_.tokens()[object.first - 1].punctuation == '"';
    return quoted || is_told_first(object) || has(end_of(quantity), Retraction::kSays) ||
           has(object.first, Retraction::kSays);
  }
  const Between path = between(object.last, quantity.first);
  return !path.colon && (path.about || path.speech || speaks_at(object.first));
}

bool RetractionReader::is_new(const Quantity& quantity) const {
  const Sentence& sentence = text_.sentences()[text_.sentence_of(quantity.first)];
  // "a reference to 130 missing" is none
  const bool told = quantity.first > 1 && has(quantity.first - 2, Retraction::kReport);
  const bool to = !told && is_to(quantity);
  for (std::uint32_t at = quantity.first; at > sentence.first; --at) {
    const Token& token = text_.tokens()[at - 1];
    const bool ends = token.punctuation == ',' || token.punctuation == ';' ||
                      token.punctuation == '"' ||
                      (to ? token.punctuation == ':' : token.kind == TokenKind::kNumber);
    if (ends) return false;
    for (const Mark& mark : text_.marks_at(at - 1)) {
      if (mark.role != LexemeRole::kRetraction || mark.last > quantity.first) continue;
      const bool changes = is(mark, Retraction::kCorrects) || is(mark, Retraction::kLowers);
      const bool onto = is_han(mark.first) && mark.last == quantity.first;  // "changed-into 12"
      if (changes && (to || onto)) return true;
      if (is(mark, Retraction::kFresh) || is(mark, Retraction::kSetsRight)) return true;
      const bool old = is(mark, Retraction::kEarlier) || is(mark, Retraction::kContrary) ||
                       is(mark, Retraction::kNotThis) || is(mark, Retraction::kWrong) ||
                       is(mark, Retraction::kReport) || is(mark, Retraction::kNumber);
      if (old && !to) return false;
    }
  }
  return false;
}

/// ", 410," or "- 410 -".
bool RetractionReader::is_inserted(const Quantity& quantity) const {
  const std::uint32_t end = end_of(quantity);
  if (quantity.first == 0 || end >= text_.size()) return false;
  return text_.tokens()[quantity.first - 1].kind == TokenKind::kPunctuation &&
         text_.tokens()[end].kind == TokenKind::kPunctuation;
}

bool RetractionReader::is_told_behind(const Quantity& quantity) const {
  const std::uint32_t end = end_of(quantity);
  const Sentence& sentence = text_.sentences()[text_.sentence_of(quantity.first)];
  for (std::uint32_t at = end; at < sentence.last && gap(end, at) <= kToldBehindReach; ++at) {
    if (counts_at(at)) return false;
    if (speaks_at(at) || has(at, Retraction::kReport) || has(at, Retraction::kSays) ||
        opens_telling(at)) {
      return true;
    }
  }
  return false;
}

/// "The channel that reported 21 deaths", where the noun comes last: who told it is meant.
bool RetractionReader::is_of_teller(const Quantity& quantity) const {
  if (!is_han(end_of(quantity))) return false;
  const std::uint32_t stop = std::min(end_of(quantity) + kTellerTokens, text_.size());
  for (std::uint32_t at = end_of(quantity); at < stop; ++at) {
    if (text_.tokens()[at].kind == TokenKind::kPunctuation || counts_at(at)) return false;
    if (!has(at, Retraction::kToldBefore)) continue;
    const std::uint32_t next = at + 1;
    const std::span<const Mark> marks = text_.marks_at(next);
    const bool counted = std::any_of(marks.begin(), marks.end(),
                                     [](const Mark& mark) { return is_trigger(mark.role); });
    return !counted && !has(next, Retraction::kReport) && !has(next, Retraction::kNumber) &&
           !judges_at(next);
  }
  return false;
}

/// "Two were wrongly listed": a number of the mistake, not the one that falls.
bool RetractionReader::is_miscounted(const Quantity& quantity) const {
  if (is_named(quantity)) return false;
  const Sentence& sentence = text_.sentences()[text_.sentence_of(quantity.first)];
  const auto marks = text_.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    if (!is(mark, Retraction::kMiscounts)) return false;
    const Between path = quantity.first < mark.first ? between(quantity.number_last, mark.first)
                                                     : between(mark.last, quantity.first);
    return path.length <= kMiscountReach && path.all_commas == 0 && !path.speech && !path.colon &&
           !path.stop;
  });
}

}  // namespace steppe
