#include "processors/claims/retraction_frame.h"

#include <algorithm>

namespace steppe {
namespace {

// Half words.
constexpr std::uint32_t kObjectReach = 32;   // between a predicate and what it takes back
constexpr std::uint32_t kNegationReach = 4;  // "did not retract"
constexpr std::uint32_t kErrorDenied = 12;   // "of an error in these data ... not"
constexpr std::uint32_t kDeniedReach = 12;   // "denied that it had withdrawn"
constexpr std::uint32_t kWantsReach = 20;    // "called on the ministry to retract"
constexpr std::uint32_t kWantsBehind = 4;    // where the verb that asks comes last
constexpr std::uint32_t kTellingTokens = 3;  // between "which" and "said"
constexpr std::uint32_t kTriggerTokens = 2;  // of a trigger before its last word
constexpr std::uint32_t kHeadingTokens = 4;  // between "withdrawn" and its colon

bool is_noun_word(const Mark& mark) {
  return is(mark, Retraction::kReport) || is(mark, Retraction::kNumber);
}

}  // namespace

std::uint32_t RetractionReader::gap(std::uint32_t a, std::uint32_t b) const {
  const std::uint32_t x = text_.tokens()[a].position;
  const std::uint32_t y = text_.tokens()[b].position;
  return x > y ? x - y : y - x;
}

bool RetractionReader::has(std::uint32_t token, Retraction word) const {
  const std::span<const Mark> marks = text_.marks_at(token);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) { return is(mark, word); });
}

/// "which said": what follows is still what the report tells.
bool RetractionReader::opens_telling(std::uint32_t token) const {
  if (!has(token, Retraction::kApart) || !has(token, Retraction::kAbout)) return false;
  for (std::uint32_t at = token + 1; at <= token + kTellingTokens && at < text_.size(); ++at) {
    if (text_.tokens()[at].kind == TokenKind::kPunctuation) return false;
    if (speaks_at(at) || has(at, Retraction::kReport)) return true;
  }
  return false;
}

/// "dismissed as false": a predicate follows at once.
bool RetractionReader::judges_at(std::uint32_t token) const {
  const std::span<const Mark> marks = text_.marks_at(token);
  return std::any_of(marks.begin(), marks.end(), is_predicate);
}

/// "Withdrawn from the wire: ...": a heading speaks of what follows.
bool RetractionReader::is_heading(const Mark& mark) const {
  const Sentence& sentence = text_.sentences()[text_.sentence_of(mark.first)];
  if (mark.first != sentence.first || has(mark.first, Retraction::kErred)) return false;
  const std::uint32_t stop = std::min(mark.last + kHeadingTokens, sentence.last);
  for (std::uint32_t at = mark.last; at < stop; ++at) {
    if (text_.tokens()[at].punctuation == ':') return true;
  }
  return false;
}

/// "not true that": what follows is not so.
bool RetractionReader::opens_untruth(const Mark& mark) const {
  if (!is(mark, Retraction::kWrong) || mark.last >= text_.size()) return false;
  const std::uint32_t next = mark.last + (text_.tokens()[mark.last].punctuation == ',' ? 1 : 0);
  if (!has(next, Retraction::kAbout)) return false;
  // "there is no evidence for that."
  return next + 1 >= text_.size() || text_.tokens()[next + 1].kind != TokenKind::kPunctuation ||
         text_.tokens()[next + 1].punctuation == '"';
}

/// What a word of telling before it in the clause says, where the noun comes last.
bool RetractionReader::is_told_in_clause(const Mark& noun) const {
  const Sentence& sentence = text_.sentences()[text_.sentence_of(noun.first)];
  for (std::uint32_t at = noun.first; at > sentence.first; --at) {
    if (text_.tokens()[at - 1].punctuation == ',') return false;
    if (has(at - 1, Retraction::kSays)) return true;
  }
  return false;
}

/// "A video claiming that 21 died": whatever it is, it reports.
bool RetractionReader::claims_something(const Mark& mark) const {
  const bool comma = mark.last < text_.size() && text_.tokens()[mark.last].punctuation == ',';
  const std::uint32_t next = mark.last + (comma ? 1 : 0);
  if (has(next, Retraction::kSays) || opens_telling(next) || opens_telling(next + 1)) return true;
  if (mark.first == 0 || !has(mark.first - 1, Retraction::kToldBefore)) return false;
  return is_han(mark.first) ? is_told_in_clause(mark) : speaks_at(mark.first - 1);
}

/// A verb that is told, not done: "64 were eliminated", before the word for "that".
bool RetractionReader::is_told_word(const Mark& mark) const {
  const bool act = is(mark, Retraction::kWithdraws) || is(mark, Retraction::kTakesBack);
  return act && !is_han(mark.first) && has(mark.last, Retraction::kToldBefore) &&
         speaks_at(mark.last);
}

/// Characters that are a part of the word for what is counted: "charge" of "be charged".
bool RetractionReader::is_in_trigger(const Mark& word) const {
  if (word.first == 0) return false;
  const std::span<const Mark> marks = text_.marks_at(word.first - 1);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is_trigger(mark.role) && mark.last >= word.last;
  });
}

/// What is counted is none: "21 soldiers".
bool RetractionReader::is_other(const Mark& mark) const {
  if (!is(mark, Retraction::kOther) || claims_something(mark)) return false;
  if (text_.find_before(mark.first, LexemeRole::kWeekday) != nullptr) return false;  // "Friday day"
  if (is_han(mark.first) && is_in_trigger(mark)) return false;
  // "information about the evacuation of 270 people": counted, it is what is told
  if (mark.first > 0 && has(mark.first - 1, Retraction::kAbout) && counts_at(mark.last))
    return false;
  for (std::uint32_t at = mark.first + 1; at < mark.last; ++at) {
    if (is_han(at) && judges_at(at)) return false;  // two words that share a character
  }
  return std::none_of(quantities_.begin(), quantities_.end(), [&](const Quantity& quantity) {
    const bool one = quantity.in_words && quantity.value == 1.0;
    return !one && quantity.first <= mark.first && mark.first < end_of(quantity);
  });
}

/// Words for a toll count as "the figure", unless they also name the counted: "the dead".
bool RetractionReader::is_noun(const Mark& mark) const {
  if (is(mark, Retraction::kOther)) return claims_something(mark);
  if (mark.role != LexemeRole::kTriggerToll) return is_noun_word(mark);
  for (const Quantity& quantity : quantities_) {
    if (quantity.first <= mark.first && mark.first <= end_of(quantity)) return false;
  }
  const std::span<const Mark> marks = text_.marks_at(mark.first);
  return std::none_of(marks.begin(), marks.end(), [](const Mark& other) {
    return other.role == LexemeRole::kPerson || other.role == LexemeRole::kTriggerNoun ||
           other.role == LexemeRole::kPart;
  });
}

bool RetractionReader::speaks_at(std::uint32_t token) const {
  const std::span<const Mark> marks = text_.marks_at(token);
  return std::any_of(marks.begin(), marks.end(), is_speech);
}

/// ", which spread on Monday,": the token behind its second comma, or `token` when none is
/// inserted.
std::uint32_t RetractionReader::end_of_inserted(std::uint32_t token, std::uint32_t last) const {
  if (text_.tokens()[token].punctuation != ',' || token + 1 >= last) return token;
  if (!has(token + 1, Retraction::kApart) || opens_telling(token + 1)) return token;
  for (std::uint32_t at = token + 2; at < last; ++at) {
    if (text_.tokens()[at].punctuation == ';') return token;
    if (text_.tokens()[at].punctuation == ',') return at + 1;
  }
  return token;
}

bool RetractionReader::is_told(std::uint32_t sentence) const {
  const auto marks = text_.marks_in(text_.sentences()[sentence]);
  return std::any_of(marks.begin(), marks.end(), [](const Mark& mark) {
    return mark.role == LexemeRole::kSpeech || mark.role == LexemeRole::kSpeaker ||
           mark.role == LexemeRole::kActor || mark.role == LexemeRole::kTriggerToll ||
           is(mark, Retraction::kReport) || is(mark, Retraction::kNumber) ||
           (mark.role == LexemeRole::kRetraction &&
            static_cast<Retraction>(mark.detail) == Retraction::kSays);
  });
}

/// "under arrest" is no "under".
bool RetractionReader::opens_trigger(const Mark& word) const {
  const std::span<const Mark> marks = text_.marks_at(word.first);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return mark.role == LexemeRole::kTriggerVerb && mark.last > word.last;
  });
}

/// "After two hours" tells of nothing else.
bool RetractionReader::tells_how_long(const Mark& word) const {
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& quantity) {
    const bool beside = end_of(quantity) == word.first || quantity.first == word.last;
    return beside && quantity.reject == Reject::kUnit;
  });
}

Between RetractionReader::between(std::uint32_t first, std::uint32_t last) const {
  Between found;
  if (first >= last) return found;
  found.length = gap(first, last - 1);
  std::uint32_t telling = 0;
  for (std::uint32_t at = first; at < last; ++at) {
    if (const std::uint32_t end = end_of_inserted(at, last); end != at) {
      found.length -= std::min(found.length, gap(at, end - 1));
      at = end - 1;
      continue;
    }
    const char punctuation = text_.tokens()[at].punctuation;
    found.stop = found.stop || punctuation == ';';
    found.colon = found.colon || punctuation == ':';
    if (punctuation == ',') ++found.all_commas;
    if (punctuation == ',' && !has(at + 1, Retraction::kAbout) && !opens_telling(at + 1) &&
        !opens_telling(at + 2)) {
      ++found.commas;
    }
    if (opens_telling(at)) telling = at + kTellingTokens;
    for (const Mark& mark : text_.marks_at(at)) {
      if (is(mark, Retraction::kSays)) telling = std::max(telling, mark.last - 1);
    }
    const bool tells = at <= telling;
    for (const Mark& mark : text_.marks_at(at)) {
      if (mark.last > last && !is_speech(mark)) continue;
      found.apart =
          found.apart || (is(mark, Retraction::kApart) && !tells && !judges_at(mark.last) &&
                          !opens_trigger(mark) && !tells_how_long(mark));
      found.earlier = found.earlier || is(mark, Retraction::kEarlier);
      found.about = found.about || is(mark, Retraction::kAbout);
      found.other = found.other || is_other(mark);
      found.fresh = found.fresh || is(mark, Retraction::kFresh) || is(mark, Retraction::kSetsRight);
      found.predicate = found.predicate || (is_predicate(mark) && !is_told_word(mark));
      found.noun = found.noun || is_noun(mark);
      found.speech = found.speech || (is_speech(mark) && !tells);
    }
  }
  found.quantity =
      std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& quantity) {
        return quantity.reject == Reject::kNone && quantity.number_first >= first &&
               quantity.number_first < last;
      });
  return found;
}

bool RetractionReader::is_negated(const Mark& predicate, const Sentence& sentence) const {
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (mark.role != LexemeRole::kUnreal) continue;
    const auto kind = static_cast<Unreal>(mark.detail);
    if (kind != Unreal::kDenied && kind != Unreal::kHypothetical && kind != Unreal::kPlanned) {
      continue;
    }
    if (mark.last <= predicate.first && gap(mark.first, predicate.first) <= kNegationReach &&
        between(mark.last, predicate.first).commas == 0) {
      return true;
    }
    if (mark.first == predicate.last) return true;
    if (kind == Unreal::kDenied && denies_error(mark, predicate, sentence)) return true;
  }
  return false;
}

/// "No report of an error was made", where the negation comes last.
bool RetractionReader::denies_error(const Mark& denial, const Mark& predicate,
                                    const Sentence& sentence) const {
  const bool told = predicate.first > 0 && has(predicate.first - 1, Retraction::kAbout);
  const bool told_first = has(predicate.last, Retraction::kToldBefore);
  if (!is(predicate, Retraction::kWrong) || (!told && !told_first)) return false;
  if (denial.first < predicate.last) return false;
  const auto marks = text_.marks_in(sentence);
  const bool judges = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is_predicate(mark) && mark.first <= denial.first && denial.first < mark.last;
  });
  if (judges) return false;
  const Between path = between(predicate.last, denial.first);
  return path.length <= kErrorDenied && path.all_commas == 0 && !path.stop && !path.colon &&
         !path.quantity && !path.predicate;
}

/// "I never said that 21 died", he insists.
bool RetractionReader::is_own_denial(const Mark& predicate) const {
  return is(predicate, Retraction::kTakesBack) && has(predicate.first, Retraction::kReport);
}

/// "denied that it had withdrawn": the act itself is what is denied.
bool RetractionReader::is_denied(const Mark& act, const Sentence& sentence) const {
  if (!is(act, Retraction::kTakesBack) && !is(act, Retraction::kWithdraws)) return false;
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (!is(mark, Retraction::kDenies) && !is(mark, Retraction::kTakesBack)) continue;
    if (mark.last > act.first) continue;
    const Between path = between(mark.last, act.first);
    const bool told = is(mark, Retraction::kDenies) || path.about;
    if (path.length <= kDeniedReach && path.commas == 0 && !path.noun && !path.predicate && told) {
      return true;
    }
  }
  return false;
}

/// "Denied that its figure was wrong", "claims that its figure was wrong", "reports that it had
/// withdrawn its figure are false": what is denied or claimed is no verdict.
bool RetractionReader::is_claimed(const Mark& predicate, const Sentence& sentence) const {
  const bool judges = is(predicate, Retraction::kWrong);
  const bool act = is(predicate, Retraction::kWithdraws) || is(predicate, Retraction::kTakesBack);
  if (!judges && !act) return false;
  const auto marks = text_.marks_in(sentence);
  const bool judged = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is(mark, Retraction::kWrong) && mark.first >= predicate.last;
  });
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    if (mark.last > predicate.first) return false;
    const bool comma = mark.last < text_.size() && text_.tokens()[mark.last].punctuation == ',';
    const bool that = has(mark.last + (comma ? 1 : 0), Retraction::kAbout) ||
                      (mark.last > mark.first + 1 && has(mark.last - 1, Retraction::kAbout));
    if (!that && !is_han(mark.first)) return false;
    const Between path = between(mark.last, predicate.first);
    if (path.commas != 0 || path.stop || path.colon) return false;
    if (is(mark, Retraction::kDenies)) return judges && path.noun;
    if (!is(mark, Retraction::kReport) || is_han(mark.first)) return false;
    return judges ? names_number(mark.last, predicate.first) : judged && !path.quantity;
  });
}

/// "Its figure of 62": a noun with a number behind it, between two tokens.
bool RetractionReader::names_number(std::uint32_t first, std::uint32_t last) const {
  for (std::uint32_t at = first; at < last; ++at) {
    const std::span<const Mark> marks = text_.marks_at(at);
    const auto noun =
        std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) { return is_noun(mark); });
    if (noun != marks.end() && noun->last < last) return between(noun->last, last).quantity;
  }
  return false;
}

/// "The opposition admitted that its figure was false".
bool RetractionReader::admits(const Sentence& sentence) const {
  const auto marks = text_.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(),
                     [](const Mark& mark) { return is(mark, Retraction::kAdmits); });
}

/// "Was the toll of 21 a slip?"
bool RetractionReader::asks(const Sentence& sentence) const {
  return sentence.last > sentence.first && text_.tokens()[sentence.last - 1].punctuation == '?';
}

/// A condition, a demand, a refusal or a doubt of somebody who cannot take the figure back.
bool RetractionReader::is_held(const Mark& predicate, const Sentence& sentence) const {
  const bool judges = is(predicate, Retraction::kDenies) || is(predicate, Retraction::kWrong);
  if (is_denied(predicate, sentence) || asks(sentence)) return true;
  if (is_claimed(predicate, sentence)) return true;
  for (const Mark& mark : text_.marks_in(sentence)) {
    // "the report that the channel spread"
    const bool spread = is_han(mark.first) && has(mark.last, Retraction::kToldBefore);
    if (is(mark, Retraction::kHolds) && !spread && !is_own_denial(predicate)) return true;
    if (mark.last <= predicate.first && opens_untruth(mark)) return true;
    const bool outsider = is(mark, Retraction::kOutsider);
    if (judges && outsider && !admits(sentence)) return true;
    // "denies that the figure is wrong", without a word for "that"
    if (is(predicate, Retraction::kDenies) && is(mark, Retraction::kWrong) && is_han(mark.first) &&
        mark.first >= predicate.last && between(predicate.last, mark.first).all_commas == 0) {
      return true;
    }
    const bool before = is(mark, Retraction::kWants);
    const bool behind = is(mark, Retraction::kWantsAfter);
    if ((!before && !behind) || is(predicate, Retraction::kWarnsOff)) continue;
    // where the verb itself says that it is not done
    if (mark.first < predicate.last && mark.last > predicate.first) return true;
    if (before && mark.last <= predicate.first) {
      const Between path = between(mark.last, predicate.first);
      if (path.length <= kWantsReach && !path.stop && !path.predicate) return true;
    } else if (behind && mark.first >= predicate.last) {
      const Between path = between(predicate.last, mark.first);
      const bool phrase = mark.last > mark.first + 1 && !is_han(mark.first);
      const std::uint32_t reach = phrase ? kObjectReach : kWantsBehind;
      if (path.length <= reach && path.commas == 0 && !path.predicate) return true;
    }
  }
  return false;
}

/// "Correction: an earlier version gave the wrong date".
bool RetractionReader::corrects_other(const Sentence& sentence) const {
  const auto marks = text_.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) { return is_other(mark); });
}

/// "A statement denying this": the noun in front is what denies.
bool RetractionReader::is_denial(const Mark& predicate) const {
  return is(predicate, Retraction::kDenies) && predicate.first > 0 && !is_han(predicate.first) &&
         has(predicate.first - 1, Retraction::kReport);
}

/// "Were taken into custody", where the verb alone takes a report off a page.
bool RetractionReader::ends_trigger(const Mark& word) const {
  for (std::uint32_t at = word.first; at > 0 && at + kTriggerTokens > word.first;) {
    const std::span<const Mark> marks = text_.marks_at(--at);
    const bool ends = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
      return is_trigger(mark.role) && mark.last >= word.last;
    });
    if (ends) return true;
  }
  return false;
}

/// "Was wrong about where they stood", "wrongly stated, where they stood".
bool RetractionReader::judges_circumstance(const Mark& mark, const Sentence& sentence) const {
  if (is_han(mark.first)) return false;
  if (has(mark.last, Retraction::kAbout) && has(mark.last + 1, Retraction::kApart)) return true;
  const std::uint32_t stop = std::min(mark.last + kTellingTokens, sentence.last);
  for (std::uint32_t at = mark.last; at < stop; ++at) {
    if (text_.tokens()[at].punctuation != ',') continue;
    return speaks_at(at - 1) && has(at + 1, Retraction::kApart) && !opens_telling(at + 1);
  }
  return false;
}

std::vector<RetractionFrame> RetractionReader::frames(const Sentence& sentence) const {
  std::vector<RetractionFrame> found;
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (!is_predicate(mark) || is_told_word(mark) || is_held(mark, sentence)) continue;
    if (is(mark, Retraction::kCorrects) && corrects_other(sentence)) continue;
    if (is_of_deed(mark) || ends_trigger(mark) || is_denial(mark)) continue;
    if (is(mark, Retraction::kWrong) && judges_circumstance(mark, sentence)) continue;
    if (!is(mark, Retraction::kWarnsOff) && is_negated(mark, sentence)) continue;
    RetractionFrame frame{&mark, {}, nullptr, false};
    add_objects(sentence, frame);
    const bool speaks = is(mark, Retraction::kTakesBack) || is(mark, Retraction::kWarnsOff);
    if (!frame.objects.empty() || frame.pronoun != nullptr || frame.alive || speaks) {
      found.push_back(std::move(frame));
    }
  }
  return found;
}

}  // namespace steppe
