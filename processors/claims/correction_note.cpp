#include "processors/claims/correction_note.h"

#include <algorithm>

#include "processors/claims/number_contrast.h"

namespace steppe {
namespace {

constexpr std::uint32_t kHeadingTokens = 7;
constexpr std::uint32_t kNoteSentences = 8;
constexpr std::uint32_t kToldSentences = 3;     // of a note before the one that tells what was said
constexpr std::uint32_t kRightSentences = 4;    // between what was said and what is right
constexpr std::uint32_t kGivenUpSentences = 2;  // the same, to where the number is given up
constexpr std::size_t kUnitStem = 4;            // bytes by which two units are the same
constexpr std::uint32_t kBareSentences = 1;     // the same, where the right number counts nothing
constexpr std::uint32_t kSetRightReach =
    14;                                      // half words between "should have said" and its number
constexpr std::uint32_t kToldReach = 40;     // half words between "said" and its number
constexpr std::uint32_t kTellingBehind = 2;  // tokens between a number and "was said" behind it

constexpr RetractionWords kOwnErrors = kErrorWords | words_of(Retraction::kAdmits);

}  // namespace

void CorrectionNote::read() {
  for (std::uint32_t s = 0; s < words_.size(); ++s) {
    if ((words_[s] & kHeadings) == 0 || !text_.opens_paragraph(s)) continue;
    const std::uint32_t heading = end_of_heading(s);
    if (heading == 0) continue;
    const Sentence& sentence = text_.sentences()[s];
    const bool corrects = (words_[s] & words_of(Retraction::kCorrects)) != 0;
    const std::uint32_t first = heading < sentence.last ? s : s + 1;
    const std::uint32_t end = end_of_note(s, first);
    for (std::uint32_t at = first; at < end && at < first + kToldSentences; ++at) {
      const std::uint32_t from = at == s ? heading : text_.sentences()[at].first;
      const std::vector<Told> told = told_in(at, from, corrects);
      if (told.empty()) continue;
      replace(told, at, end);
      keep_topics(told, at);
      break;
    }
  }
}

/// Punctuation or the end of a line.
bool CorrectionNote::is_mark(std::uint32_t token) const {
  const TokenKind kind = text_.tokens()[token].kind;
  return kind == TokenKind::kPunctuation || kind == TokenKind::kLineEnd;
}

/// The token behind "Correction:"; 0 when the sentence begins with no heading.
std::uint32_t CorrectionNote::end_of_heading(std::uint32_t s) const {
  const Sentence& sentence = text_.sentences()[s];
  bool heads = false;
  for (std::uint32_t at = sentence.first; at < sentence.last; ++at) {
    if (at - sentence.first > kHeadingTokens) return 0;
    const Token& token = text_.tokens()[at];
    if (token.kind == TokenKind::kNumber) return 0;
    const std::span<const Mark> marks = text_.marks_at(at);
    const bool named = std::any_of(marks.begin(), marks.end(), [](const Mark& mark) {
      return mark.role == LexemeRole::kSpeaker || mark.role == LexemeRole::kActor;
    });
    if (named) return 0;
    heads = heads || std::any_of(marks.begin(), marks.end(), [](const Mark& mark) {
              return is(mark, Retraction::kCorrects) || is(mark, Retraction::kWrong) ||
                     is(mark, Retraction::kTakesBack) || is(mark, Retraction::kContrary);
            });
    const bool ends =
        token.punctuation == ':' || token.punctuation == '.' || token.kind == TokenKind::kLineEnd;
    if (!ends) continue;
    while (at + 1 < sentence.last && is_mark(at + 1)) ++at;
    return heads ? at + 1 : 0;
  }
  return heads ? sentence.last : 0;
}

/// The sentence behind the paragraph, or behind the next one where the heading is a paragraph.
std::uint32_t CorrectionNote::end_of_note(std::uint32_t s, std::uint32_t first) const {
  const auto count = static_cast<std::uint32_t>(words_.size());
  std::uint32_t end = std::max(first, s) + 1;
  while (end < count && end < first + kNoteSentences && !text_.opens_paragraph(end)) ++end;
  end = std::min(end, count);
  for (std::uint32_t at = first; at < end; ++at) {
    if (reader_.is_long(at)) return at;
  }
  return end;
}

const FoundFigure* CorrectionNote::figure_of(const Quantity& quantity) const {
  const auto index = taken_.index_of(quantity);
  return index ? &figures_[*index] : nullptr;
}

/// The outlet itself tells: its report is named, or nobody else is, where that is enough.
bool CorrectionNote::is_own(const Mark& tells, std::uint32_t first, bool plain) const {
  bool other = false;
  for (std::uint32_t at = first; at <= tells.first; ++at) {
    for (const Mark& mark : text_.marks_at(at)) {
      const bool own = mark.last <= tells.last &&
                       (is(mark, Retraction::kReport) || is(mark, Retraction::kContrary));
      if (own) return true;
      other = other || mark.role == LexemeRole::kSpeaker || mark.role == LexemeRole::kActor ||
              is(mark, Retraction::kOutsider);
    }
  }
  return plain && !other;
}

bool CorrectionNote::tells(const Mark& mark) const {
  // "a report that": what it is about
  if (!is_han(mark.first) && reader_.has(mark.first, Retraction::kReport)) return false;
  // "published when 18 were said to be dead"
  const bool when = mark.first > 0 && (reader_.has(mark.first - 1, Retraction::kApart) ||
                                       reader_.has(mark.last, Retraction::kApart));
  if (when) return false;
  // "misprinted as" in one word
  const bool misprints =
      is(mark, Retraction::kReport) && reader_.has(mark.first, Retraction::kWrong);
  return misprints || is_speech(mark) || reader_.has(mark.first, Retraction::kSays);
}

/// The word before the number that tells it: "a report said 34", "our table had 34".
const Mark* CorrectionNote::telling(const Quantity& quantity, std::uint32_t s, std::uint32_t first,
                                    bool plain) const {
  const bool other = reader_.corrects_other(text_.sentences()[s]);
  for (const Mark& mark : text_.marks_in(text_.sentences()[s])) {
    if (mark.first < first || mark.last > quantity.first) continue;
    const bool noun = is(mark, Retraction::kReport) && !is_han(mark.first) && !other;
    if (!noun && !tells(mark)) continue;
    const bool opens = is_han(mark.first) && mark.last < quantity.first &&
                       text_.tokens()[mark.last].punctuation == ',';
    const Between path = reader_.between(mark.last + (opens ? 1 : 0), quantity.first);
    const bool clause = path.commas == 0 && !path.stop && !path.predicate && !path.fresh;
    if (!clause || path.length > kToldReach) continue;
    const bool about = path.about || reader_.has(quantity.first, Retraction::kAbout);
    if (tells(mark) ? is_own(mark, first, plain) : !about && !path.apart && !path.colon) {
      return &mark;
    }
  }
  return nullptr;
}

/// "34 people died, it said", where the verb comes last.
const Mark* CorrectionNote::telling_behind(const Quantity& quantity, std::uint32_t s,
                                           std::uint32_t first) const {
  if (reader_.between(first, quantity.first).about) return nullptr;
  const FoundFigure* figure = figure_of(quantity);
  std::uint32_t end = end_of(quantity);
  if (figure != nullptr && figure->trigger_last > figure->trigger_first) {
    end = std::max(end, figure->trigger_last);
  }
  for (const Mark& mark : text_.marks_in(text_.sentences()[s])) {
    if (mark.first < end || mark.first > end + kTellingBehind || is_han(mark.first)) continue;
    const bool says = is_speech(mark) || tells(mark);
    if (says && reader_.between(end, mark.first).all_commas == 0) return &mark;
  }
  return nullptr;
}

/// The numbers that the sentence says were told.
std::vector<CorrectionNote::Told> CorrectionNote::told_in(std::uint32_t s, std::uint32_t first,
                                                          bool plain) {
  std::vector<Told> told;
  const Sentence& sentence = text_.sentences()[s];
  constexpr RetractionWords kOtherRules =
      words_of(Retraction::kHolds, Retraction::kNotThis, Retraction::kNotThat);
  if ((words_[s] & kOtherRules) != 0) return told;
  std::vector<const Quantity*> before;  // those that nothing tells yet
  for (const Quantity& quantity : quantities_) {
    if (quantity.first < first || quantity.number_first < sentence.first) continue;
    if (quantity.number_first >= sentence.last) break;
    if (is_nobody(quantity) || quantity.part || is_set_right(quantity, s)) continue;
    const Mark* cue = telling(quantity, s, first, plain);
    const bool behind = cue == nullptr;
    if (behind) cue = telling_behind(quantity, s, first);
    const bool listed = cue == nullptr && !told.empty() &&
                        reader_.joins(end_of(*told.back().number), quantity.first);
    if (listed) cue = told.back().cue;
    if (cue == nullptr) {
      before.push_back(&quantity);
      continue;
    }
    if (reader_.stands(quantity, *cue)) continue;
    // "6 died, 45 were hurt, it said"
    if (behind && !before.empty() && reader_.joins(end_of(*before.back()), quantity.first)) {
      told.push_back({before.back(), cue});
    }
    told.push_back({&quantity, cue});
  }
  return told;
}

/// "Should have said 12", "12 was misprinted as 21".
bool CorrectionNote::is_set_right(const Quantity& quantity, std::uint32_t s) const {
  if (reader_.is_new(quantity) || reader_.has(end_of(quantity), Retraction::kWrong)) return true;
  const auto marks = text_.marks_in(text_.sentences()[s]);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    if (!is(mark, Retraction::kSetsRight) && !is(mark, Retraction::kFresh)) return false;
    if (mark.last > quantity.first) return false;
    const Between path = reader_.between(mark.last, quantity.first);
    return !path.quantity && path.commas == 0 && path.length <= kSetRightReach;
  });
}

/// "A report on a fire that killed five said ...": what the report is about stands.
void CorrectionNote::keep_topics(const std::vector<Told>& told, std::uint32_t s) {
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    if (figure.sentence != s || figure.quantity.first >= told.front().number->first) continue;
    if (!taken_.is_taken(i)) taken_.keep(i);
  }
}

void CorrectionNote::replace(const std::vector<Told>& told, std::uint32_t s, std::uint32_t end) {
  const auto counted = std::count_if(told.begin(), told.end(),
                                     [](const Told& each) { return is_countable(*each.number); });
  for (const Told& each : told) {
    if (!is_countable(*each.number)) continue;
    auto falls = taken_.index_of(*each.number);
    if (falls && is_confirmed(figures_[*falls].kind, s, end)) {
      taken_.keep(*falls);
      continue;
    }
    const Right right = sets_other_right(*each.number, s, end)
                            ? Right{nullptr, true}
                            : right_of(each, told, counted == 1, end);
    if (right.number == nullptr) {
      const bool given_up = falls && counted == 1 && is_given_up(figures_[*falls], s, end);
      if (given_up) taken_.take(*falls, "retraction.note", *each.cue);
      const bool kept = right.of_other || !speaks_of_errors(s, end);
      if (falls && !given_up && kept) taken_.keep(*falls);
      continue;
    }
    const auto stands = taken_.index_of(*right.number);
    if (!falls && stands) falls = taken_.make_like(*each.number, *stands);
    if (!falls) falls = taken_.make_open(*each.number, s);
    if (!falls) continue;
    taken_.take(*falls, "retraction.note", *each.cue);
    taken_.keep(*right.number);
  }
}

/// "It should have said since 2018", "for 15 days ... for 10 days": not the number is corrected.
bool CorrectionNote::sets_other_right(const Quantity& told, std::uint32_t s,
                                      std::uint32_t end) const {
  const std::uint32_t last = std::min(end, s + 1 + kGivenUpSentences);
  const std::uint32_t stop = text_.sentences()[last - 1].last;
  const auto behind = [&](const Quantity& each) {
    return each.first >= end_of(told) && each.number_first < stop;
  };
  for (const Quantity& length : quantities_) {
    if (text_.sentence_of(length.number_first) != s || !is_measure(length)) continue;
    const bool again = std::any_of(quantities_.begin(), quantities_.end(), [&](const auto& each) {
      return behind(each) && each.first > length.first && is_measure(each) &&
             each.value != length.value && has_same_unit(each, length);
    });
    if (again) return true;
  }
  for (std::uint32_t at = s; at < last; ++at) {
    const auto marks = text_.marks_in(text_.sentences()[at]);
    const bool sets = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
      return is(mark, Retraction::kSetsRight) && mark.first >= end_of(told);
    });
    if (!sets) continue;
    const bool counts = std::any_of(quantities_.begin(), quantities_.end(), [&](const auto& each) {
      return text_.sentence_of(each.number_first) == at && behind(each) && is_countable(each);
    });
    if (!counts) return true;
  }
  return false;
}

/// "15 days".
bool CorrectionNote::is_measure(const Quantity& quantity) {
  return quantity.reject == Reject::kUnit && quantity.unit_last > quantity.unit_first;
}

bool CorrectionNote::has_same_unit(const Quantity& a, const Quantity& b) const {
  const std::string_view x = text_.folded_slice(a.unit_first, a.unit_last);
  const std::string_view y = text_.folded_slice(b.unit_first, b.unit_last);
  const std::size_t stem = std::min({x.size(), y.size(), kUnitStem});
  return x.substr(0, stem) == y.substr(0, stem);
}

/// The sentence tells of another day or place than sentence `s`, and nobody says so.
bool CorrectionNote::is_elsewhere(std::uint32_t at, std::uint32_t s) const {
  if (at == s) return false;
  bool day = false;
  bool places = false;
  bool shared = false;
  const auto before = text_.marks_in(text_.sentences()[s]);
  for (const Mark& mark : text_.marks_in(text_.sentences()[at])) {
    if (is_speech(mark)) return false;
    const bool place = mark.role == LexemeRole::kPlace;
    if (!place && mark.role != LexemeRole::kWeekday && mark.role != LexemeRole::kSpan) continue;
    const bool again = std::any_of(before.begin(), before.end(), [&](const Mark& other) {
      return other.role == mark.role && other.value == mark.value && other.detail == mark.detail;
    });
    day = day || (!place && !again);
    places = places || place;
    shared = shared || (place && again);
  }
  const bool placed = std::any_of(before.begin(), before.end(),
                                  [](const Mark& mark) { return mark.role == LexemeRole::kPlace; });
  return day || (places && placed && !shared);
}

/// Something is called wrong or withdrawn, not by the heading alone.
bool CorrectionNote::speaks_of_errors(std::uint32_t s, std::uint32_t end) const {
  constexpr RetractionWords kErrors =
      words_of(Retraction::kTakesBack, Retraction::kWithdraws, Retraction::kDenies,
               Retraction::kWrong, Retraction::kErred, Retraction::kMiscounts,
               Retraction::kWarnsOff, Retraction::kContrary, Retraction::kAlive);
  return std::any_of(words_.begin() + s, words_.begin() + end,
                     [&](RetractionWords words) { return (words & kErrors) != 0; });
}

/// "No medic was killed", "that number is from an unverified post".
bool CorrectionNote::is_given_up(const FoundFigure& figure, std::uint32_t s,
                                 std::uint32_t end) const {
  const std::uint32_t last = std::min(end, s + 1 + kGivenUpSentences);
  for (std::uint32_t at = s + 1; at < last; ++at) {
    const Sentence& sentence = text_.sentences()[at];
    if ((words_[at] & words_of(Retraction::kHolds)) != 0) return false;
    bool denied = false;
    bool same = false;
    bool noun = false;
    const Mark* predicate = nullptr;
    for (const Mark& mark : text_.marks_in(sentence)) {
      denied = denied || (mark.role == LexemeRole::kUnreal &&
                          static_cast<Unreal>(mark.detail) == Unreal::kDenied);
      same = same || (is_trigger(mark.role) && mark.detail != kOtherFigure &&
                      static_cast<FigureKind>(mark.detail) == figure.kind);
      noun = noun || is(mark, Retraction::kNumber);
      if (is_predicate(mark) && !is(mark, Retraction::kCorrects) &&
          !reader_.is_held(mark, sentence) && !reader_.is_negated(mark, sentence)) {
        predicate = &mark;
      }
    }
    if (reader_.corrects_other(sentence)) continue;
    if ((denied && same) || (noun && predicate != nullptr)) return true;
  }
  return false;
}

bool CorrectionNote::may_be_right(const Quantity& quantity) const {
  if (!is_countable(quantity) || is_nobody(quantity) || quantity.part) return false;
  for (std::uint32_t at = quantity.first; at <= end_of(quantity); ++at) {  // "twenty more"
    const bool more = at < end_of(quantity) && reader_.has(at, Retraction::kAnother);
    if (more || text_.find_before(at, LexemeRole::kAdded) != nullptr) return false;
  }
  if (!reader_.is_counted(quantity)) return false;
  const std::size_t s = text_.sentence_of(quantity.number_first);
  if ((words_[s] & words_of(Retraction::kHolds)) != 0) return false;
  const bool doubted = (words_[s] & words_of(Retraction::kOutsider)) != 0;
  return !doubted || (words_[s] & kOwnErrors) != 0;
}

/// "The official figure: 120 people", in a sentence that tells nothing else.
bool CorrectionNote::is_named(const Quantity& quantity, std::uint32_t s) const {
  constexpr RetractionWords kNames =
      words_of(Retraction::kReport, Retraction::kNumber, Retraction::kSetsRight);
  if ((words_[s] & kNames) == 0 ||
      !(quantity.unit == UnitKind::kPeople || quantity.unit == UnitKind::kNone)) {
    return false;
  }
  const auto marks = text_.marks_in(text_.sentences()[s]);
  return std::none_of(marks.begin(), marks.end(), [](const Mark& mark) {
    return is_trigger(mark.role) && mark.detail != kOtherFigure;
  });
}

/// The first other number of the same kind behind it.
CorrectionNote::Right CorrectionNote::right_of(const Told& told, std::span<const Told> all,
                                               bool only, std::uint32_t end) const {
  const FoundFigure* wrong = figure_of(*told.number);
  const auto s = static_cast<std::uint32_t>(text_.sentence_of(told.number->number_first));
  Right right;
  for (const Quantity& quantity : quantities_) {
    if (quantity.first < end_of(*told.number)) continue;
    const auto at = static_cast<std::uint32_t>(text_.sentence_of(quantity.number_first));
    if (at >= end || at > s + kRightSentences) break;
    const bool too = std::any_of(all.begin(), all.end(),
                                 [&](const Told& each) { return each.number == &quantity; });
    if (too || quantity.value == told.number->value) continue;
    const FoundFigure* figure = figure_of(quantity);
    const bool same = figure != nullptr && wrong != nullptr && figure->kind == wrong->kind;
    // "Right: 1,300" is no part of what was told
    const bool set = (words_[at] & words_of(Retraction::kSetsRight)) != 0;
    const bool beside = figure != nullptr && !set && (figure->part_of || figure->added);
    if (beside || !may_be_right(quantity) || is_elsewhere(at, s)) {
      right.of_other = right.of_other || same;
      continue;
    }
    if (!same && !(only && is_bare_right(told, quantity, at))) continue;
    right.number = &quantity;
    return right;
  }
  return right;
}

/// The one number told, or the right one, is no figure of its own: "gave the number as 37. There
/// were 73."
bool CorrectionNote::is_bare_right(const Told& told, const Quantity& quantity,
                                   std::uint32_t at) const {
  const FoundFigure* wrong = figure_of(*told.number);
  const FoundFigure* figure = figure_of(quantity);
  const auto s = static_cast<std::uint32_t>(text_.sentence_of(told.number->number_first));
  const bool noun = (words_[s] & words_of(Retraction::kNumber)) != 0;
  if (figure != nullptr) {
    const bool counts = told.number->unit != UnitKind::kNone || noun;
    return wrong == nullptr && counts && may_count(*told.number, figure->kind);
  }
  const bool bare = quantity.unit == UnitKind::kNone || quantity.unit == told.number->unit;
  if (bare && (wrong != nullptr || noun) && at <= s + kBareSentences) return true;
  return wrong != nullptr && is_named(quantity, at);
}

/// "The number of arrests was correct."
bool CorrectionNote::is_confirmed(FigureKind kind, std::uint32_t s, std::uint32_t end) const {
  constexpr RetractionWords kRight = words_of(Retraction::kStands, Retraction::kSetsRight);
  for (std::uint32_t at = s + 1; at < end; ++at) {
    if ((words_[at] & kRight) == 0) continue;
    const Sentence& sentence = text_.sentences()[at];
    const bool counts = std::any_of(quantities_.begin(), quantities_.end(), [&](const auto& each) {
      return text_.sentence_of(each.number_first) == at && is_countable(each);
    });
    if (counts) continue;
    const auto marks = text_.marks_in(sentence);
    const bool same = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
      return is_trigger(mark.role) && mark.detail != kOtherFigure &&
             static_cast<FigureKind>(mark.detail) == kind;
    });
    if (same) return true;
  }
  return false;
}

}  // namespace steppe
