// What a predicate takes back: the nouns around it. A part of RetractionReader.

#include <algorithm>

#include "processors/claims/retraction_frame.h"

namespace steppe {
namespace {

// Half words.
constexpr std::uint32_t kObjectReach = 32;    // between a predicate and what it takes back
constexpr std::uint32_t kInsertedTokens = 5;  // between a comma and the noun of its clause
constexpr std::uint32_t kObjectBehind = 4;    // between "rejected" and "the report"
constexpr std::uint32_t kOtherBehind = 14;    // between "misspelled" and "the name"
constexpr std::uint32_t kOtherBefore = 8;     // between "the name", before a noun, and "wrong"
constexpr std::uint32_t kOtherBeside = 12;    // the same, on either side of "wrongly said"
constexpr std::uint32_t kToldOfReach = 8;     // between "reports of" and a noun inside
constexpr std::uint32_t kMeasureReach = 2;    // between "$2 billion" and "estimate"
constexpr std::uint32_t kQuotedTokens = 8;    // of a quotation that is a word or two
constexpr std::uint32_t kPronounBehind = 2;   // tokens between "denied" and "this"
constexpr std::uint32_t kPronounReach = 12;   // "withdrew it"

}  // namespace

/// "misspelled the name in the report": something else stands nearer to the predicate.
bool RetractionReader::has_nearer_other(const Mark& noun, const Mark& predicate,
                                        const Sentence& sentence) const {
  const auto distance = [&](const Mark& mark) {
    return mark.first >= predicate.last ? gap(mark.first, predicate.last - 1)
                                        : gap(mark.last - 1, predicate.first);
  };
  const auto marks = text_.marks_in(sentence);
  const bool nearer = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    const bool words = is_noun(mark) && quotes_words(mark);
    if ((!is_other(mark) && !words) || distance(mark) >= distance(noun)) return false;
    if (mark.first < predicate.last) return true;
    // "overstated because names were merged", "was wrong and that no troops had left"
    const Between path = between(predicate.last, mark.first);
    const bool clause = path.about && !path.speech && !path.noun && noun.last <= predicate.first;
    return !path.apart && !(clause && is(predicate, Retraction::kWrong));
  });
  return nearer || (noun.last <= predicate.first && has_other_behind(predicate, sentence)) ||
         has_other_before(noun, predicate, sentence);
}

/// "whose name the lists got wrong".
bool RetractionReader::has_other_before(const Mark& noun, const Mark& predicate,
                                        const Sentence& sentence) const {
  const bool applies = is(predicate, Retraction::kWrong) && !is_han(predicate.first);
  if (!applies || noun.last > predicate.first) return false;
  const auto marks = text_.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    if (!is_other(mark) || mark.last > noun.first) return false;
    if (text_.is_glued(mark.first)) return false;  // the ending of a number
    const Between path = between(mark.last, predicate.first);
    return path.all_commas == 0 && !path.quantity && path.length <= kOtherBefore;
  });
}

/// "the report wrongly gave the name".
bool RetractionReader::has_other_behind(const Mark& predicate, const Sentence& sentence) const {
  const auto marks = text_.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    if (!is_other(mark) || mark.first < predicate.last) return false;
    const Between path = between(predicate.last, mark.first);
    // "was wrong and that no troops had left"
    const bool clause = path.about && !path.speech && !path.noun;
    return path.length <= kOtherBehind && path.commas == 0 && !path.apart && !clause &&
           !path.colon && !path.stop;
  });
}

/// "The word called 'terrorist'", where what is called comes first: a quotation without a number.
bool RetractionReader::quotes_words(const Mark& noun) const {
  if (noun.first < 3 || is_han(noun.first)) return false;
  const bool phrase = noun.last > noun.first + 1;  // "called words" as one
  if (!phrase && !has(noun.first - 1, Retraction::kToldBefore)) return false;
  const std::uint32_t end = noun.first - (phrase ? 1 : 2);
  if (text_.tokens()[end].punctuation != '"') return false;
  for (std::uint32_t at = end; at > 0 && at + kQuotedTokens > end;) {
    --at;
    if (text_.tokens()[at].punctuation == '"') return !between(at, end).quantity;
  }
  return false;
}

/// "given by the commission": where it comes from.
bool RetractionReader::names_source(std::uint32_t token) const {
  const Mark* mark = text_.find(token, LexemeRole::kSpeech);
  if (mark == nullptr) return false;
  const auto speech = static_cast<Speech>(mark->detail);
  return speech == Speech::kAccording || speech == Speech::kQuoted;
}

/// "the report of 21 deaths carried by the channel was wrong" is well, "the report said the attack
/// was wrong" is not.
bool RetractionReader::tells_first(const Mark& noun, const Mark& predicate) const {
  if (noun.first >= predicate.last) return false;
  if (is(predicate, Retraction::kCorrects)) return true;
  for (std::uint32_t at = noun.last; at < predicate.first; ++at) {
    if (!speaks_at(at) || names_source(at)) continue;
    if (is_han(at) && has(at, Retraction::kReport)) continue;  // "from the report"
    // "the email that spoke of 40 dead"
    if (at == noun.last + 1 && has(noun.last, Retraction::kAbout)) return true;
    const Between path = between(noun.last, at);
    // "that report, a spokeswoman said, was premature"
    const bool inserted = path.commas == 1 && between(at, predicate.first).commas == 1;
    return path.quantity || (inserted && text_.tokens()[noun.last].punctuation == ',');
  }
  return true;
}

/// "the false report": where its attribute begins.
std::uint32_t RetractionReader::start_of(const Mark& noun) const {
  if (noun.first == 0) return noun.first;
  for (const Mark& mark : text_.marks_at(noun.first - 1)) {
    if (is(mark, Retraction::kWrong) && mark.last == noun.first) return mark.first;
  }
  return noun.first;
}

/// "a lie," he said of the report: the quotation ends behind the predicate.
bool RetractionReader::closes_quote(const Mark& predicate) const {
  for (std::uint32_t at = predicate.last; at < text_.size() && at < predicate.last + 2; ++at) {
    if (text_.tokens()[at].kind != TokenKind::kPunctuation) return false;
    if (text_.tokens()[at].punctuation == '"') return true;
  }
  return false;
}

/// A comma stands before the noun, and none between.
bool RetractionReader::is_in_inserted(const Mark& noun, std::uint32_t reach) const {
  const Sentence& sentence = text_.sentences()[text_.sentence_of(noun.first)];
  for (std::uint32_t at = noun.first; at > sentence.first; --at) {
    if (text_.tokens()[at - 1].punctuation == ',') return true;
    if (noun.first - at >= reach) return false;
  }
  return false;
}

bool RetractionReader::is_of_missing(const Mark& predicate) const {
  const std::span<const Mark> marks = text_.marks_at(predicate.first);
  return std::any_of(marks.begin(), marks.end(), [](const Mark& mark) {
    const bool trigger = mark.role == LexemeRole::kTriggerVerb ||
                         mark.role == LexemeRole::kTriggerBefore ||
                         mark.role == LexemeRole::kTriggerAfter;
    return trigger && static_cast<FigureKind>(mark.detail) == FigureKind::kMissing;
  });
}

/// "reports of hidden data": the data are what is told.
bool RetractionReader::is_told_of(const Mark& noun, const Sentence& sentence) const {
  if (noun.first > 0 && has(noun.first - 1, Retraction::kEarlier)) return false;  // "of this story"
  const auto marks = text_.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    if (!is(mark, Retraction::kReport)) return false;
    if (mark.first >= noun.last) {  // where what is told comes first
      const Between path = between(noun.last, mark.first);
      return has(mark.first - 1, Retraction::kToldBefore) && !path.quantity &&
             path.all_commas == 0 && path.length <= kToldOfReach;
    }
    if (mark.last > noun.first || !says_something(mark)) return false;
    const Between path = between(mark.last, noun.first);
    return !path.quantity && !path.noun && path.all_commas == 0 && path.length <= kToldOfReach;
  });
}

/// "its $2 billion damage estimate".
bool RetractionReader::is_measured(const Mark& noun) const {
  if (!has(noun.first, Retraction::kNumber)) return false;
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& quantity) {
    const std::uint32_t end = end_of(quantity);
    return end <= noun.first && gap(end, noun.first) <= kMeasureReach &&
           text_.sentence_of(end) == text_.sentence_of(noun.first);
  });
}

bool RetractionReader::counts_at(std::uint32_t token) const {
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& quantity) {
    return quantity.first == token && quantity.reject == Reject::kNone;
  });
}

/// "and" stands between the two tokens.
bool RetractionReader::adds_more(std::uint32_t first, std::uint32_t last) const {
  for (std::uint32_t at = first; at < last; ++at) {
    if (text_.find(at, LexemeRole::kAdded) != nullptr) return true;
  }
  return false;
}

bool RetractionReader::is_object(const Mark& noun, const Mark& predicate,
                                 const Sentence& sentence) const {
  if (noun.first < predicate.last && noun.last > predicate.first) {  // says both
    return !has_other_behind(predicate, sentence);
  }
  if (judges_at(noun.first)) return false;  // "denied that it took its words back"
  // "a corrected statement" is right
  const bool attribute = is(predicate, Retraction::kCorrects) && predicate.last == noun.first;
  if (attribute && !is_han(noun.first) && predicate.first != sentence.first) return false;
  const bool before = noun.last <= predicate.first;
  const Between path =
      before ? between(noun.last, predicate.first) : between(predicate.last, start_of(noun));
  if (path.length > kObjectReach || path.stop || path.other) return false;
  // "denied that it was hiding the toll": not the toll is denied
  if (!before && path.about && is(predicate, Retraction::kDenies)) return false;
  // "the count of 340 given after the march was wrong"
  const bool complete = before && path.quantity && path.commas == 0;
  // "disowned what it had spread the day before, the figure": one clause
  const bool own = !before && is(predicate, Retraction::kTakesBack) && path.all_commas == 0;
  if (path.apart && !complete && !own) return false;
  if (path.predicate || is_told_of(noun, sentence)) return false;
  // "removed from the report"
  if (is(predicate, Retraction::kWithdraws) && is_another(noun)) return false;
  // "the report that 12 people disappeared": who, not the report
  if (is_of_missing(predicate)) {
    const bool told = path.quantity && path.speech && path.all_commas == 0;
    if (told || counts_at(predicate.last)) return false;
  }
  if (has_nearer_other(noun, predicate, sentence)) return false;
  if (path.colon && !is(predicate, Retraction::kCorrects)) return false;
  const bool han = is_han(predicate.first);
  // "we are sorry," he said, putting the crowd at 11,000
  if (!before && closes_quote(predicate) && noun.role == LexemeRole::kTriggerToll) return false;
  const bool told_between = !before && ((han && path.commas == 0) || closes_quote(predicate));
  // "apologised for having published a list of"
  const bool for_telling = !before && is(predicate, Retraction::kTakesBack) &&
                           path.all_commas == 0 && !path.about &&
                           !adds_more(predicate.last, noun.first);
  if (path.speech && !told_between && !for_telling && !tells_first(noun, predicate)) return false;
  // an inserted clause has two commas; "the papers, which printed the report, retracted it"
  const bool paired =
      path.commas % 2 == 0 || path.all_commas % 2 == 0 || (!before && closes_quote(predicate)) ||
      (before && is(predicate, Retraction::kTakesBack) && is_in_inserted(noun, kInsertedTokens)) ||
      (before && is(predicate, Retraction::kWrong) && is_in_inserted(noun, 2) &&
       !has(noun.first - 1, Retraction::kApart));
  if (!paired && !(han && before)) return false;
  if (path.commas != 0 && !before && (han || is(predicate, Retraction::kWrong))) return false;
  // "withdrew 400 troops ... the report"
  const bool names_another = !before && path.quantity && !han && !is_measured(noun);
  return !names_another || !is(predicate, Retraction::kWithdraws);
}

bool RetractionReader::stands_beside_other(const Mark& predicate, const Sentence& sentence) const {
  const auto marks = text_.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is_other(mark) && gap(mark.first, predicate.first) <= kOtherBeside;
  });
}

/// "rejecting reports of an explosion": what stands right behind the verb is its object.
void RetractionReader::keep_nearest_side(RetractionFrame& frame) const {
  const Mark& predicate = *frame.predicate;
  if (is(predicate, Retraction::kWrong) || is(predicate, Retraction::kCorrects)) return;
  const auto follows = [&](const Mark* object) {
    if (object->first < predicate.last) return false;
    const Between path = between(predicate.last, object->first);
    return path.length <= kObjectBehind && path.commas == 0;
  };
  if (std::none_of(frame.objects.begin(), frame.objects.end(), follows)) return;
  std::erase_if(frame.objects, [&](const Mark* object) { return object->last <= predicate.first; });
}

/// "A post told of 21 dead. They deleted it."
bool RetractionReader::follows_report(const Mark& pronoun) const {
  const std::size_t s = text_.sentence_of(pronoun.first);
  // "a note about 77 arrests is a satire, and the site removed it"
  const auto here = text_.marks_in(text_.sentences()[s]);
  const bool told = std::any_of(here.begin(), here.end(), [&](const Mark& mark) {
    return is(mark, Retraction::kReport) && mark.last < pronoun.first &&
           has(mark.last, Retraction::kAbout);
  });
  if (told && !corrects_other(text_.sentences()[s])) return true;
  if (s == 0) return false;
  const auto marks = text_.marks_in(text_.sentences()[s - 1]);
  return std::any_of(marks.begin(), marks.end(),
                     [](const Mark& mark) { return is(mark, Retraction::kReport); });
}

/// "reported", "which said", not "accused".
bool RetractionReader::is_telling(const Mark& mark) const {
  if (mark.role == LexemeRole::kRetraction) {
    return static_cast<Retraction>(mark.detail) == Retraction::kSays;
  }
  if (!is_speech(mark)) return false;
  const auto speech = static_cast<Speech>(mark.detail);
  return speech != Speech::kAccuse && speech != Speech::kDeny && speech != Speech::kAsk &&
         speech != Speech::kCiting;
}

/// "wrongly detained": the deed is wrong, not what is told of it.
bool RetractionReader::is_of_deed(const Mark& predicate) const {
  if (!is(predicate, Retraction::kWrong) || is_han(predicate.first)) return false;
  if (predicate.last > predicate.first + 1) return false;
  const std::span<const Mark> marks = text_.marks_at(predicate.last);
  return std::any_of(marks.begin(), marks.end(), [](const Mark& mark) {
    return mark.role == LexemeRole::kTriggerVerb || mark.role == LexemeRole::kTriggerAfter;
  });
}

/// "It denied reports" speaks of whoever denies, "it was denied" of what was told.
bool RetractionReader::may_stand_for_report(const Mark& pronoun, const Mark& predicate) const {
  if (is(predicate, Retraction::kWithdraws)) {
    return !is_of_missing(predicate) && follows_report(pronoun) && !is_han(pronoun.first);
  }
  // "gave the wrong date. It has been corrected."
  const std::size_t s = text_.sentence_of(predicate.first);
  if (is(predicate, Retraction::kCorrects) && s > 0 && corrects_other(text_.sentences()[s - 1])) {
    return false;
  }
  // "denied having beaten them: 'it is not like this'"
  const bool far = pronoun.first > predicate.last + kPronounBehind && is_han(predicate.first);
  if (far && is(predicate, Retraction::kDenies)) return false;
  if (is(predicate, Retraction::kWrong) || pronoun.first >= predicate.last) return true;
  if (is_han(pronoun.first)) return false;
  const std::span<const Mark> marks = text_.marks_at(pronoun.first);
  return pronoun.last > pronoun.first + 1 ||
         std::none_of(marks.begin(), marks.end(),
                      [](const Mark& mark) { return mark.role == LexemeRole::kSpeaker; });
}

void RetractionReader::add_objects(const Sentence& sentence, RetractionFrame& frame) const {
  const Mark& predicate = *frame.predicate;
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (is(mark, Retraction::kIt)) {
      const bool before = mark.last <= predicate.first;
      const Between path =
          before ? between(mark.last, predicate.first) : between(predicate.last, mark.first);
      // "denied that it had been slow"
      const bool within = !before && path.about && is(predicate, Retraction::kDenies);
      const bool near = path.length <= kPronounReach && path.commas == 0 && !path.noun && !within;
      if (near && may_stand_for_report(mark, predicate)) frame.pronoun = &mark;
    }
    frame.alive = frame.alive || is(mark, Retraction::kAlive);
    // "mistakenly reported that": the verb stands for the report
    const bool says = is_telling(mark);
    const bool tells = is(predicate, Retraction::kWrong) && says &&
                       !has(predicate.first, Retraction::kMiscounts) &&
                       !has(mark.first, Retraction::kAdmits) &&
                       (mark.first == predicate.last || mark.last == predicate.first) &&
                       !stands_beside_other(predicate, sentence);
    const bool itself = &mark == &predicate && (opens_untruth(mark) || is_heading(mark)) &&
                        !is(predicate, Retraction::kCorrects);
    if (tells || itself ||
        (is_noun(mark) && !quotes_words(mark) && is_object(mark, predicate, sentence))) {
      frame.objects.push_back(&mark);
    }
  }
  keep_nearest_side(frame);
  std::sort(frame.objects.begin(), frame.objects.end(), [&](const Mark* a, const Mark* b) {
    return gap(a->first, predicate.first) < gap(b->first, predicate.first);
  });
}

}  // namespace steppe
