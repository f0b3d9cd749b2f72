// What a report tells, and who tells it. A part of RetractionReader.

#include <algorithm>

#include "processors/claims/retraction_frame.h"

namespace steppe {
namespace {

// Half words.
constexpr std::uint32_t kEarlierReach = 8;     // between "this" and "figure"
constexpr std::uint32_t kAnotherReach = 4;     // between "rival" and "tally"
constexpr std::uint32_t kBeforeObject = 24;    // a clause before "report", where those come last
constexpr std::uint32_t kUntruthReach = 3;     // between "not true" and its number
constexpr std::uint32_t kNumberBehind = 0;     // one word between "its own figure" and its number
constexpr std::uint32_t kNamedReach = 2;       // between "strike out" and "those 15 dead"
constexpr std::uint32_t kDirectReach = 2;      // between "disavowed" and its number
constexpr std::uint32_t kAnnouncedTokens = 3;  // between "28 arrests" and "announced"
constexpr std::uint32_t kJoinReach = 8;        // between two numbers of one list
constexpr std::uint32_t kListTokens = 9;       // of a list from a number to its end
constexpr std::uint32_t kRelativeTokens = 8;   // between "a note" and "that had said"

}  // namespace

/// "confirmed it not", where the negation comes last.
bool RetractionReader::denies_at(std::uint32_t token) const {
  const std::span<const Mark> marks = text_.marks_at(token);
  return std::any_of(marks.begin(), marks.end(), [](const Mark& mark) {
    return mark.role == LexemeRole::kUnreal && static_cast<Unreal>(mark.detail) == Unreal::kDenied;
  });
}

bool RetractionReader::adds_saying(std::uint32_t first, std::uint32_t last) const {
  for (std::uint32_t at = first; at + 1 < last; ++at) {
    if (text_.tokens()[at].punctuation != ',') continue;
    if (speaks_at(at + 1) || has(at + 1, Retraction::kSays)) return true;
  }
  return false;
}

bool RetractionReader::is_told_first(const Mark& noun) const {
  const bool report = is(noun, Retraction::kReport) || is_han(noun.first);
  return report && noun.first > 0 && has(noun.first - 1, Retraction::kToldBefore);
}

bool RetractionReader::reports(const Mark& noun, const Quantity& quantity) const {
  if (!is(noun, Retraction::kReport) || is_named(quantity)) return true;
  if (noun.first >= end_of(quantity)) {
    const bool quoted = text_.tokens()[noun.first - 1].punctuation == '"';
    // "54 called figure", where the two are one phrase
    const bool phrase = noun.first == end_of(quantity) && noun.last > noun.first + 1;
    return quoted || phrase || is_told_first(noun) || judges_at(noun.first) || names_earlier(noun);
  }
  if (noun.last > quantity.first || has(noun.first, Retraction::kSays)) return true;
  return speaks_at(noun.first) || speaks_at(noun.last) || speaks_at(noun.last + 1) ||
         between(noun.last, quantity.first).about;
}

bool RetractionReader::joins(std::uint32_t first, std::uint32_t last) const {
  const Between path = between(first, last);
  return path.all_commas <= 1 && path.length <= kJoinReach && !path.stop && !path.colon &&
         !path.speech && !path.noun && !path.predicate && !path.apart && !path.quantity &&
         !path.other && !path.fresh;
}

bool RetractionReader::ends_judging(std::uint32_t token) const {
  const Sentence& sentence = text_.sentences()[text_.sentence_of(token)];
  const auto marks = text_.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return mark.last == token && is(mark, Retraction::kWrong);
  });
}

bool RetractionReader::ends_contrary(std::uint32_t token) const {
  const Mark* mark = token > 0 ? text_.find_before(token, LexemeRole::kRetraction) : nullptr;
  return mark != nullptr && is(*mark, Retraction::kContrary);
}

/// "the post that had put": the verb behind its auxiliary.
bool RetractionReader::tells_in_past(const Mark& object) const {
  const std::uint32_t verb = object.last + 2;
  if (verb >= text_.size() || is_han(object.first) || !speaks_at(verb)) return false;
  if (!has(object.last, Retraction::kAbout)) return false;
  const std::span<const Mark> marks = text_.marks_at(object.last + 1);
  return marks.empty() && text_.tokens()[object.last + 1].kind != TokenKind::kPunctuation;
}

/// "Was misreported as 21": the word before the number parts nothing.
bool RetractionReader::gives_as(const Mark& object, const Quantity& quantity,
                                const Mark& predicate) const {
  if (!is(predicate, Retraction::kWrong) || object.last >= quantity.first) return false;
  const std::uint32_t as = quantity.first - 1;
  const Mark* word = text_.find(as, LexemeRole::kRetraction);
  if (word == nullptr || !is(*word, Retraction::kApart) || word->last != quantity.first)
    return false;
  return speaks_at(predicate.first) || has(predicate.first, Retraction::kReport);
}

/// "A note from its office that had said 24,000": the token behind the verb; 0 when there is none.
std::uint32_t RetractionReader::behind_relative(const Mark& object,
                                                const Quantity& quantity) const {
  const std::uint32_t most = object.last + kRelativeTokens;
  for (std::uint32_t at = object.last; at + 1 < quantity.first && at < most; ++at) {
    const bool stop = text_.tokens()[at].kind == TokenKind::kPunctuation || speaks_at(at) ||
                      has(at, Retraction::kReport) || has(at, Retraction::kNumber);
    if (stop) return 0;
    if (!has(at, Retraction::kAbout) || !has(at, Retraction::kEarlier)) continue;
    if (speaks_at(at + 1)) return at + 2;
    const bool auxiliary = text_.marks_at(at + 1).empty() && at + 2 < quantity.first;
    return auxiliary && speaks_at(at + 2) ? at + 3 : 0;
  }
  return 0;
}

/// "Both numbers of the morning, 14 dead and 208 arrested, were wrong": one of an inserted list.
bool RetractionReader::is_in_list(const Quantity& quantity, const Mark& object,
                                  const Mark& predicate) const {
  if (!is(object, Retraction::kReport) || predicate.first < end_of(quantity)) return false;
  const auto closes = [&](std::uint32_t at) {
    return text_.tokens()[at].kind == TokenKind::kPunctuation &&
           text_.tokens()[at].punctuation != '"';
  };
  std::uint32_t open = quantity.first;
  while (open > object.last && quantity.first - open <= kListTokens && !closes(open - 1)) --open;
  if (open == object.last || quantity.first - open > kListTokens) return false;
  const bool counted = std::any_of(
      quantities_.begin(), quantities_.end(),
      [&](const Quantity& each) { return each.first == open && each.reject == Reject::kNone; });
  if (!counted || text_.tokens()[open - 1].punctuation == ';') return false;
  const std::uint32_t stop = std::min(predicate.first, end_of(quantity) + kListTokens);
  for (std::uint32_t at = end_of(quantity); at < stop; ++at) {
    if (speaks_at(at)) return false;
    if (closes(at)) return text_.tokens()[at].punctuation == text_.tokens()[open - 1].punctuation;
  }
  return false;
}

bool RetractionReader::is_told_by(const Quantity& quantity, const Mark& object,
                                  const Mark& predicate) const {
  if (stands(quantity, predicate) || is_miscounted(quantity)) return false;
  if (object.last <= quantity.first) {
    if (is_told_already(object, predicate)) return false;
    Between path = between(object.last, quantity.first);
    // "not true that 60 were held", not "that he had ordered the arrest of 60"
    const bool itself = object.first == predicate.first && opens_untruth(object);
    if (itself && path.length > kUntruthReach) return false;
    // "the statement said": the verb right behind the noun says what it tells
    const bool says = speaks_at(object.first) || speaks_at(object.last) ||
                      speaks_at(object.last + 1) || tells_in_past(object);
    if (says) path.speech = tells_on(object.last + 3, quantity.first);
    // "a note from its office that had said 24,000"
    if (const std::uint32_t told = behind_relative(object, quantity); told != 0) {
      path.speech = tells_on(told, quantity.first);
    }
    if (path.apart && gives_as(object, quantity, predicate)) path.apart = false;
    const bool listed = is_in_list(quantity, object, predicate);
    if (listed) {
      path.commas = 0;
      path.apart = path.speech = path.fresh = false;
    }
    if (is_of_teller(quantity)) return false;
    if (is_inserted(quantity) && path.commas == 1) path.commas = 0;
    // "the report, which put the toll at 21, was withdrawn"
    if (path.commas == 1 && text_.tokens()[object.last].punctuation == ',' &&
        object.last < predicate.first && between(quantity.last, predicate.first).commas == 1) {
      path.commas = 0;
      path.apart = path.speech = false;
    }
    // "what it had published itself: 187 dead", where the particle joins the two
    const bool joined = is_han(object.first) && object.last == quantity.first &&
                        has(object.last - 1, Retraction::kToldBefore);
    if (!listed && !says && !path.about && !joined && names_earlier(object) &&
        !is_inserted(quantity) && (path.length > kNumberBehind || is_han(object.first))) {
      return false;
    }
    // behind a colon stands what a heading tells, else another statement
    if (path.colon && !is(predicate, Retraction::kCorrects) && !is_heading(predicate)) return false;
    return !path.predicate && !path.stop && !path.apart && !path.speech && !path.fresh &&
           path.commas == 0;
  }
  if (object.first < end_of(quantity)) return true;  // "the death toll of 21" as one phrase
  // "225 died, and reports of more are false"
  if (is(object, Retraction::kReport) && says_something(object)) return false;
  const Between path = between(quantity.number_last, object.first);
  if (path.commas == 0 && !path.stop && !path.apart && !path.predicate) {
    if (path.length <= kBeforeObject || is_another(object)) return !is_another(object);
  }
  // "30 were hurt, a sensor gave false data": data of their own
  const bool attribute = predicate.last == object.first && is(predicate, Retraction::kWrong) &&
                         is(object, Retraction::kReport) && !is_han(object.first);
  // "recalled 47 workers and cancelled its report": nobody told the number
  const bool told = path.speech || path.all_commas > 0 || path.stop || path.noun;
  return names_earlier(object) || (points_back(object) && !path.apart && !attribute && told);
}

bool RetractionReader::tells_other(const Mark& object, const Mark& predicate) const {
  const bool within = object.first < predicate.last && object.last > predicate.first;
  if (!within || !is(predicate, Retraction::kTakesBack)) return false;
  const std::size_t s = text_.sentence_of(predicate.first);
  if (is_long(s)) return false;
  const Sentence& sentence = text_.sentences()[s];
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (mark.first >= predicate.first) return false;
    if (is(mark, Retraction::kAbout) && !between(mark.last, predicate.first).quantity) return true;
  }
  return false;
}

bool RetractionReader::is_of_other_party(const Mark& predicate, std::uint32_t told) const {
  const std::size_t s = text_.sentence_of(predicate.first);
  const Sentence& sentence = text_.sentences()[s];
  const bool judges = is(predicate, Retraction::kWrong) || is(predicate, Retraction::kDenies);
  if (!judges || admits(sentence)) return false;
  const auto names = [](SpeakerKind kind) {
    return [kind](const Mark& mark) {
      return mark.role == LexemeRole::kSpeaker && static_cast<SpeakerKind>(mark.detail) == kind;
    };
  };
  const auto here = text_.marks_in(sentence);
  const auto there = text_.marks_in(text_.sentences()[told]);
  const bool group = std::any_of(there.begin(), there.end(), names(SpeakerKind::kGroup)) ||
                     std::any_of(there.begin(), there.end(), names(SpeakerKind::kPerson));
  return group && std::none_of(there.begin(), there.end(), names(SpeakerKind::kOffice)) &&
         std::any_of(here.begin(), here.end(), names(SpeakerKind::kOffice));
}

bool RetractionReader::denies_deed(const Mark& predicate) const {
  const std::size_t s = text_.sentence_of(predicate.first);
  for (std::size_t at = s > 0 ? s - 1 : s; at <= s; ++at) {
    if (is_long(at)) continue;
    const auto marks = text_.marks_in(text_.sentences()[at]);
    const auto denial = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
      return is(mark, Retraction::kDenies) && mark.first != predicate.first;
    });
    if (denial == marks.end() || denial->first > predicate.first) continue;
    const bool noun = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
      const bool told = is(mark, Retraction::kReport) || is(mark, Retraction::kNumber);
      // "the rumour of an epidemic it denied: 'This is not true'"
      const bool other = at == s && says_something(mark) &&
                         !between(mark.last, text_.sentences()[at].last).quantity;
      return told && !other;
    });
    if (!noun) return true;
  }
  return false;
}

/// Somebody says more between the two tokens: "a report that he left, and said".
bool RetractionReader::tells_on(std::uint32_t first, std::uint32_t last) const {
  for (std::uint32_t at = first; at < last; ++at) {
    if (speaks_at(at) || text_.find(at, LexemeRole::kAdded) != nullptr) return true;
  }
  return false;
}

std::optional<FigureKind> RetractionReader::counted_by(const Mark& noun) const {
  if (!is(noun, Retraction::kNumber) || names_earlier(noun)) return {};
  const std::uint32_t behind = has(noun.last, Retraction::kAbout) ? noun.last + 1 : noun.last;
  for (const Mark& mark : text_.marks_at(behind)) {
    if (is_trigger(mark.role) && mark.detail != kOtherFigure) {
      return static_cast<FigureKind>(mark.detail);
    }
  }
  for (const LexemeRole role : {LexemeRole::kTriggerNoun, LexemeRole::kTriggerAfter}) {
    const Mark* mark = text_.find_before(noun.first, role);
    if (mark != nullptr && mark->detail != kOtherFigure) {
      return static_cast<FigureKind>(mark->detail);
    }
  }
  return {};
}

/// "The false report about a bomb", where what a report tells stands before it.
bool RetractionReader::is_told_already(const Mark& object, const Mark& predicate) const {
  const bool attribute = predicate.last == object.first && is(predicate, Retraction::kWrong);
  const std::uint32_t first = attribute ? predicate.first : object.first;
  return first > 0 && has(first - 1, Retraction::kToldBefore);
}

/// "Disavowed the 28 arrests they had announced".
bool RetractionReader::announces_behind(const FoundFigure& figure, const Mark& predicate) const {
  const Quantity& quantity = figure.quantity;
  if (quantity.first < predicate.last) return false;
  const Between path = between(predicate.last, quantity.first);
  if (path.length > kDirectReach || path.all_commas > 0 || path.speech || path.noun) return false;
  for (std::uint32_t at = predicate.last; at < quantity.first; ++at) {
    // "the ministry that denied it says 225 died"
    for (const Mark& mark : text_.marks_at(at)) {
      if (mark.role == LexemeRole::kSpeaker || mark.role == LexemeRole::kActor) return false;
    }
  }
  const std::uint32_t end = std::max(end_of(quantity), figure.trigger_last);
  for (std::uint32_t at = end; at < text_.size() && at <= end + kAnnouncedTokens; ++at) {
    if (text_.tokens()[at].kind == TokenKind::kPunctuation) return false;
    if (speaks_at(at)) return true;
  }
  return false;
}

bool RetractionReader::names_behind(const Quantity& quantity, const Mark& predicate) const {
  if (quantity.first == 0) return false;
  if (end_of(quantity) <= predicate.first) {  // where the verb comes last
    const Between path = between(end_of(quantity), predicate.first);
    return path.length <= kNamedReach && path.all_commas == 0 && !path.noun &&
           has(quantity.first - 1, Retraction::kEarlier);
  }
  if (quantity.first < predicate.last) return false;
  const Between path = between(predicate.last, quantity.first);
  const bool near = path.length <= kNamedReach && path.all_commas == 0 && !path.noun;
  return near && (path.earlier || has(predicate.last - 1, Retraction::kAbout));
}

/// "that figure", "its earlier report".
bool RetractionReader::names_earlier(const Mark& object) const {
  const Sentence& sentence = text_.sentences()[text_.sentence_of(object.first)];
  const auto marks = text_.marks_in(sentence);
  return !says_something(object) && std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is(mark, Retraction::kEarlier) && mark.last <= object.first &&
           gap(mark.first, object.first) <= kEarlierReach && !between(mark.last, object.first).noun;
  });
}

/// "a rival tally".
bool RetractionReader::is_another(const Mark& object) const {
  const Sentence& sentence = text_.sentences()[text_.sentence_of(object.first)];
  const auto marks = text_.marks_in(sentence);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    // "cut the reference to 38 dead from the report": of another noun
    return is(mark, Retraction::kAnother) && mark.last <= object.first &&
           gap(mark.first, object.first) <= kAnotherReach && !between(mark.last, object.first).noun;
  });
}

/// "the report of torture": told at once, behind the noun.
bool RetractionReader::says_something(const Mark& object) const {
  // "a number that": the word points rather than tells
  const bool points = !is(object, Retraction::kReport) && has(object.last, Retraction::kEarlier);
  return has(object.last, Retraction::kAbout) && !points;
}

bool RetractionReader::points_back(const Mark& object) const {
  if (says_something(object) || is_another(object)) return false;
  if (names_earlier(object)) return true;
  const Sentence& sentence = text_.sentences()[text_.sentence_of(object.first)];
  const auto marks = text_.marks_in(sentence);
  return std::none_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is(mark, Retraction::kToldBefore) && mark.last == object.first;
  });
}

}  // namespace steppe
