#include "processors/claims/self_correction.h"

#include <algorithm>

#include "processors/claims/number_contrast.h"

namespace steppe {
namespace {

constexpr std::uint32_t kAliveReach = 16;     // half words between "all five" and "alive"
constexpr std::uint32_t kErrorReach = 30;     // half words between an error and when it was said
constexpr std::uint32_t kSubjectReach = 2;    // half words between "180 dead" and "pure invention"
constexpr std::uint32_t kOpeningTokens = 2;   // before "got it wrong" at the start of a sentence
constexpr std::uint32_t kAliveSentences = 2;  // between "five died" and "all five are alive"

bool is_kind_of_dead(FigureKind kind) {
  return kind == FigureKind::kKilled;
}

}  // namespace

bool SelfCorrection::opens_sentence(const Mark& mark) const {
  const Sentence& sentence = text_.sentences()[text_.sentence_of(mark.first)];
  std::uint32_t first = sentence.first;
  while (first < mark.first && text_.tokens()[first].kind == TokenKind::kPunctuation) ++first;
  return mark.first - first <= kOpeningTokens;
}

/// "'54 people died' is false": the number ends the quotation right before the word.
bool SelfCorrection::judges_quote(const Mark& mark) const {
  if (!is(mark, Retraction::kWrong) || mark.first == 0) return false;
  if (text_.tokens()[mark.first - 1].punctuation != '"') return false;
  return std::any_of(figures_.begin(), figures_.end(), [&](const FoundFigure& figure) {
    return std::max(end_of(figure.quantity), figure.trigger_last) == mark.first - 1;
  });
}

/// "Forty dead? Nonsense."
bool SelfCorrection::answers(const Mark& mark, std::uint32_t s) const {
  return is(mark, Retraction::kWrong) && s > 0 && opens_sentence(mark) &&
         reader_.asks(text_.sentences()[s - 1]);
}

/// Nothing of the clause stands before the number but what it is told with: "the 180 dead",
/// "that 180 died".
bool SelfCorrection::is_subject(const Quantity& quantity) const {
  const std::uint32_t first = text_.sentences()[text_.sentence_of(quantity.first)].first;
  for (std::uint32_t at = quantity.first, words = 0; at > first && words <= kOpeningTokens;
       ++words) {
    --at;
    if (text_.tokens()[at].kind == TokenKind::kPunctuation ||
        text_.tokens()[at].kind == TokenKind::kHan)
      return true;
    if (reader_.has(at, Retraction::kAbout) || reader_.has(at, Retraction::kReport) ||
        reader_.has(at, Retraction::kNumber) || reader_.has(at, Retraction::kEarlier)) {
      return true;
    }
    if (at == first) return true;
  }
  return quantity.first == first;
}

/// A verb that tells stands before the number in its clause.
bool SelfCorrection::is_told_of(const Quantity& quantity) const {
  const auto marks = text_.marks_in(text_.sentences()[text_.sentence_of(quantity.first)]);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    if (!is_speech(mark) || mark.last > quantity.first) return false;
    const Between path = reader_.between(mark.last, quantity.first);
    return path.about && path.commas == 0 && !path.quantity && path.length <= kErrorReach;
  });
}

/// "Was mistaken when he said that 27 died", "said that 27 died and was mistaken".
bool SelfCorrection::tells(const FoundFigure& figure, const Mark& error) const {
  const Quantity& quantity = figure.quantity;
  if (quantity.first >= error.last) {
    const Between path = reader_.between(error.last, quantity.first);
    // "mixing up two columns, he told of 19 dead"
    const bool opens = text_.sentences()[figure.sentence].first == error.first;
    const bool about = reader_.has(quantity.first - 1, Retraction::kAbout);
    if (opens && path.all_commas == 1 && about && path.speech && !path.quantity && !path.other &&
        !path.stop && !path.colon && !path.apart && path.length <= kErrorReach) {
      return true;
    }
    const bool when = path.apart || reader_.has(error.last - 1, Retraction::kApart);
    return (when || reader_.closes_quote(error)) && path.speech && !path.colon && !path.other &&
           !path.stop && !path.quantity && path.commas <= 1 && path.length <= kErrorReach;
  }
  if (quantity.number_last > error.first) return false;
  // "180 dead is pure invention"
  const std::uint32_t end = std::min(std::max(end_of(quantity), figure.trigger_last), error.first);
  const Between rest = reader_.between(end, error.first);
  if (rest.length <= kSubjectReach && rest.commas == 0 && !rest.quantity && !rest.noun &&
      !rest.other && is_subject(quantity)) {
    return true;
  }
  const Between path = reader_.between(quantity.number_last, error.first);
  // "told of 19 dead, having mixed up the columns"
  if (path.all_commas == 1 && text_.tokens()[error.first - 1].punctuation == ',') {
    return !path.stop && !path.colon && !path.other && !path.quantity && !path.apart &&
           path.length <= kErrorReach && is_told_of(quantity);
  }
  return path.speech && !path.stop && !path.other && path.commas == 0 && path.length <= kErrorReach;
}

std::optional<std::size_t> SelfCorrection::told_with(std::uint32_t s, const Mark& error) const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    if (figure.sentence != s || !figure.quantity.value || !tells(figure, error)) continue;
    if (reader_.stands(figure.quantity, error)) continue;
    if (found) return {};
    found = i;
  }
  return found;
}

/// The one number that the sentence before tells.
std::optional<std::size_t> SelfCorrection::told_before(std::uint32_t s) const {
  // "Forty dead? Nonsense."
  if (s == 0 || (!reader_.is_told(s - 1) && !reader_.asks(text_.sentences()[s - 1]))) return {};
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    if (figure.sentence != s - 1 || !figure.quantity.value || figure.part_of) continue;
    if (found) return {};
    found = i;
  }
  if (found && holds_another_number(s - 1, {*found})) return {};
  return found;
}

/// Where a verb has its object right behind it: "mistook", not "mistook the room".
bool SelfCorrection::ends_clause(const Mark& mark) const {
  if (text_.tokens()[mark.first].kind != TokenKind::kHan || mark.last >= text_.size()) return true;
  return text_.tokens()[mark.last].kind == TokenKind::kPunctuation;
}

const Quantity* SelfCorrection::reported_before(std::uint32_t s) const {
  if (s == 0 || !reader_.is_told(s - 1)) return nullptr;
  const Quantity* found = only_in(s - 1, [](const Quantity& quantity) {
    return is_countable(quantity) && !is_nobody(quantity);
  });
  if (found == nullptr || figure_of(*found)) return nullptr;
  if (reader_.is_told_behind(*found)) return found;
  // "a post about 37 children", "told of 37 children"
  const auto marks = text_.marks_in(text_.sentences()[s - 1]);
  const bool told = std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    const bool noun = is(mark, Retraction::kReport) && reader_.reports(mark, *found);
    const bool says = reader_.has(mark.first, Retraction::kSays) && mark.last == found->first;
    const bool han = text_.tokens()[mark.first].kind == TokenKind::kHan;  // no word for "that"
    const bool verb = says || (is_speech(mark) && mark.last <= found->first &&
                               (han || reader_.between(mark.last, found->first).about));
    return (noun || verb) && reader_.gap(mark.first, found->first) <= kErrorReach;
  });
  return told ? found : nullptr;
}

/// "The ministry: 430; the city: 340": which of them is wrong?
bool SelfCorrection::holds_another_number(std::uint32_t s,
                                          const std::vector<std::size_t>& figures) const {
  return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& quantity) {
    if (text_.sentence_of(quantity.number_first) != s || !quantity.value) return false;
    if (quantity.reject != Reject::kNone || quantity.unit == UnitKind::kOther) return false;
    if (quantity.part || *quantity.value <= 1) return false;
    return std::none_of(figures.begin(), figures.end(), [&](auto i) {
      return figures_[i].quantity.number_first == quantity.number_first;
    });
  });
}

std::vector<FallenFigure> SelfCorrection::of_errors(std::uint32_t s) const {
  const Sentence& sentence = text_.sentences()[s];
  for (const Mark& mark : text_.marks_in(sentence)) {
    const bool erred = is(mark, Retraction::kErred) || judges_quote(mark) || answers(mark, s);
    if (!erred && !is(mark, Retraction::kMiscounts)) continue;
    if (reader_.is_negated(mark, sentence) || reader_.is_held(mark, sentence)) continue;
    if (reader_.denies_deed(mark)) continue;
    if (erred) {
      if (const auto found = told_with(s, mark)) return {{*found, {}, nullptr, &mark}};
    }
    // somebody says so, or "This was a mistake."
    const bool admits = (words_[s] & words_of(Retraction::kAdmits)) != 0;
    const bool said = admits || reader_.is_told(s) || (erred && opens_sentence(mark));
    if (!said || reader_.corrects_other(sentence)) continue;
    if (const auto found = told_before(s)) return {{*found, {}, nullptr, &mark}};
    const Quantity* number = erred && ends_clause(mark) ? reported_before(s) : nullptr;
    if (number != nullptr) return {{{}, {}, number, &mark}};
    if (!erred || !opens_sentence(mark)) continue;
    auto all = all_told_before(s, mark);
    if (!all.empty()) return all;
  }
  return {};
}

/// "270 died and 35 were hurt, it said. This is a lie": a number of each kind.
std::vector<FallenFigure> SelfCorrection::all_told_before(std::uint32_t s, const Mark& cue) const {
  std::vector<FallenFigure> found;
  std::vector<std::size_t> told;
  if (s == 0 || !reader_.is_told(s - 1)) return {};
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    if (figure.sentence != s - 1 || !figure.quantity.value || figure.part_of) continue;
    const bool again = std::any_of(told.begin(), told.end(),
                                   [&](auto n) { return figures_[n].kind == figure.kind; });
    if (again) return {};
    told.push_back(i);
    found.push_back({i, {}, nullptr, &cue});
  }
  if (holds_another_number(s - 1, told)) return {};
  return found;
}

std::vector<FallenFigure> SelfCorrection::of_lowering(std::uint32_t s) const {
  const Sentence& sentence = text_.sentences()[s];
  const auto marks = text_.marks_in(sentence);
  const auto lowers = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
    return is(mark, Retraction::kLowers) && !reader_.is_negated(mark, sentence) &&
           !reader_.is_held(mark, sentence);
  });
  if (lowers == marks.end() || reader_.corrects_other(sentence)) return {};
  std::vector<FallenFigure> fallen;
  for (const Quantity& old : quantities_) {
    if (text_.sentence_of(old.number_first) != s) continue;
    for (const Quantity& right : quantities_) {
      if (text_.sentence_of(right.number_first) != s || !is_beside(right, *lowers)) continue;
      if (const auto pair = changed(old, right, *lowers)) fallen.push_back(*pair);
    }
  }
  return fallen.size() == 1 ? fallen : std::vector<FallenFigure>{};
}

/// In one clause with the verb.
bool SelfCorrection::is_beside(const Quantity& quantity, const Mark& verb) const {
  const Between path = quantity.first >= verb.last
                           ? reader_.between(verb.last, quantity.first)
                           : reader_.between(quantity.number_last, verb.first);
  // "347, down from 456"
  const bool comma = verb.first > 0 && text_.tokens()[verb.first - 1].punctuation == ',';
  const std::uint32_t most = quantity.first < verb.first && comma ? 1 : 0;
  return path.all_commas <= most && !path.stop && !path.colon && !path.apart;
}

/// "To 310 from 130": what it was before falls, else the higher number.
std::optional<FallenFigure> SelfCorrection::changed(const Quantity& old, const Quantity& right,
                                                    const Mark& verb) const {
  const bool counts = old.reject == Reject::kNone && right.reject == Reject::kNone && old.value &&
                      right.value && *old.value != *right.value;
  if (!counts || is_nobody(old) || is_nobody(right)) return {};
  if (reader_.counts_reports(old) || reader_.counts_reports(right)) return {};
  const bool from = reader_.is_from(old) && !reader_.is_from(right);
  if (!from && (reader_.is_from(right) || *old.value < *right.value)) return {};
  const auto falls = figure_of(old);
  const auto stands = figure_of(right);
  if (falls && stands && figures_[*falls].kind != figures_[*stands].kind) return {};
  if (right.part || (stands && figures_[*stands].part_of)) return {};
  if (falls) return FallenFigure{falls, stands, nullptr, &verb};
  const bool same = old.unit == right.unit || old.unit == UnitKind::kNone;
  if (!stands || !same) return {};
  return FallenFigure{{}, stands, &old, &verb};
}

std::vector<FallenFigure> SelfCorrection::of_living(std::uint32_t s) const {
  const Sentence& sentence = text_.sentences()[s];
  for (const Mark& mark : text_.marks_in(sentence)) {
    if (!is(mark, Retraction::kAlive)) continue;
    for (const Quantity& living : quantities_) {
      if (!living.value || living.number_last > mark.first) continue;
      if (text_.sentence_of(living.number_first) != s) continue;
      const Between path = reader_.between(living.number_last, mark.first);
      if (path.length > kAliveReach || path.all_commas > 1) continue;
      for (std::size_t i = figures_.size(); i > 0; --i) {
        const FoundFigure& dead = figures_[i - 1];
        const bool near = dead.sentence <= s && dead.sentence + kAliveSentences >= s;
        if (!near || !is_kind_of_dead(dead.kind) || dead.quantity.value != living.value) continue;
        if (dead.quantity.number_first >= living.number_first) continue;
        return {{i - 1, {}, nullptr, &mark}};
      }
    }
  }
  return {};
}

const Mark* SelfCorrection::denial_of(const FoundFigure& figure) const {
  const Quantity& quantity = figure.quantity;
  const bool has_trigger = figure.trigger_last > figure.trigger_first;
  const std::uint32_t end = std::max(end_of(quantity), has_trigger ? figure.trigger_last : 0U);
  for (const Mark& mark : text_.marks_in(text_.sentences()[figure.sentence])) {
    const bool denied =
        mark.role == LexemeRole::kUnreal && static_cast<Unreal>(mark.detail) == Unreal::kDenied;
    const bool han = text_.tokens()[mark.first].kind == TokenKind::kHan;
    if (!denied || (han && reader_.has(mark.first, Retraction::kNotThis)))
      continue;  // "is not that"
    if (mark.last == quantity.first) return &mark;
    if (has_trigger && mark.last == figure.trigger_first) return &mark;
    // "no 300 bodies lie there": the word before the number says it already
    const bool none = mark.first > end && reader_.ends_contrary(quantity.first) &&
                      reader_.between(end, mark.first).all_commas == 0;
    if (none) return &mark;
    if (mark.first != end) continue;
    // "there are not and never were 300 dead", where the two are one phrase
    const bool ends = mark.last >= text_.size() || reader_.has(mark.first, Retraction::kContrary) ||
                      text_.tokens()[mark.last].kind == TokenKind::kPunctuation;
    if (ends) return &mark;
  }
  return nullptr;
}

/// "13 officers, not 13 protesters": the number stands.
bool SelfCorrection::is_told_twice(const FoundFigure& figure) const {
  return std::any_of(figures_.begin(), figures_.end(), [&](const FoundFigure& other) {
    return &other != &figure && other.sentence == figure.sentence &&
           other.quantity.value == figure.quantity.value;
  });
}

std::vector<FallenFigure> SelfCorrection::of_denials(std::uint32_t s) const {
  std::vector<FallenFigure> found;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    if (figure.sentence != s || !figure.quantity.value) continue;
    const Mark* denial = denial_of(figure);
    if (denial != nullptr && !is_told_twice(figure)) found.push_back({i, {}, nullptr, denial});
  }
  return found;
}

}  // namespace steppe
