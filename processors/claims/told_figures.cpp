#include "processors/claims/told_figures.h"

#include <algorithm>
#include <utility>

#include "processors/claims/number_contrast.h"

namespace steppe {
namespace {

constexpr std::uint32_t kLooksBackSentences = 3;
// Half words.
constexpr std::uint32_t kNounReach = 8;    // between a number and the noun that speaks of it
constexpr std::uint32_t kOpensReach = 12;  // between the start of a clause and its number
constexpr std::uint32_t kRightBehind = 1;  // between "so-called" and its number

}  // namespace

std::vector<std::size_t> ToldFigures::told_here(std::uint32_t s, const Mark& object,
                                                const Mark& predicate, const Quantity* right) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    if (figure.sentence != s || !figure.quantity.value || taken_.is_standing(i)) continue;
    if (figure.quantity.value == 0.0 || reader_.counts_reports(figure.quantity)) continue;
    if (reader_.is_new(figure.quantity)) continue;
    const std::uint32_t number = figure.quantity.first;  // "bulletin No. 14"
    // "on forged papers 30 were held", "after an error in the lists 16 were named"
    const bool aside = is(predicate, Retraction::kWrong) && predicate.last <= object.first &&
                       object.last <= number && !reader_.reports(object, figure.quantity);
    if (aside) continue;
    const bool inside = number > text_.sentences()[s].first;
    if (inside && text_.tokens()[number - 1].punctuation == '.') continue;
    if (fits(object, figure) && reader_.is_told_by(figure.quantity, object, predicate)) {
      found.push_back(i);
    }
  }
  leave_added(object, predicate, found);
  leave_parts(found);
  if (add_listed(s, object, found)) return found;
  if (!found.empty()) {
    found = choose(object, std::move(found));
    if (!found.empty()) add_joined(s, object, predicate, found);
    return found;
  }
  for (const Quantity& quantity : quantities_) {
    if (text_.sentence_of(quantity.number_first) != s || !is_countable(quantity)) continue;
    if (is_nobody(quantity) || reader_.counts_reports(quantity) || &quantity == right) continue;
    if (taken_.index_of(quantity)) continue;
    if (!reader_.is_told_by(quantity, object, predicate)) continue;
    // "repealed the law by which 120 were tried" withdraws no report
    const bool act = is(predicate, Retraction::kWithdraws) && is(object, Retraction::kOther);
    // "that 46 fell ill is false", where the verb of saying is the noun
    const bool said =
        is(predicate, Retraction::kWrong) && reader_.has(object.first, Retraction::kToldBefore);
    // "property worth 288 million was seized": a sum that a deed is about
    const bool sum = quantity.unit == UnitKind::kMoney;
    const bool open = !act && !sum && !is(predicate, Retraction::kCorrects) &&
                      (said || reader_.reports(object, quantity));
    // "struck 12 garages off the list"
    const bool off = is(predicate, Retraction::kWithdraws) && object.last <= quantity.first;
    if (!open && off) continue;
    const bool number = is(object, Retraction::kNumber) && object.last == quantity.first;
    const auto made = open ? taken_.make_open(quantity, s, number) : taken_.make(quantity, s);
    if (made) found.push_back(*made);
  }
  return choose(object, std::move(found));
}

/// "14 dead and 60 hostages": a number beside those found that counts what no kind is known of.
void ToldFigures::add_joined(std::uint32_t s, const Mark& object, const Mark& predicate,
                             std::vector<std::size_t>& found) {
  if (!is(object, Retraction::kReport) || is(predicate, Retraction::kCorrects)) return;
  for (const Quantity& quantity : quantities_) {
    if (text_.sentence_of(quantity.number_first) != s || !is_countable(quantity)) continue;
    if (is_nobody(quantity) || quantity.part || taken_.index_of(quantity)) continue;
    if (quantity.unit == UnitKind::kNone || !reader_.reports(object, quantity)) continue;
    const Quantity last = figures_[found.back()].quantity;
    const bool joined = last.first < quantity.first
                            ? reader_.joins(end_of(last), quantity.number_first)
                            : reader_.joins(end_of(quantity), last.number_first);
    if (!joined || !reader_.is_told_by(quantity, object, predicate)) continue;
    if (const auto made = taken_.make_open(quantity, s)) found.push_back(*made);
  }
}

/// "41 deaths, ten of them of pneumonia": what is told of some is no number of its own.
void ToldFigures::leave_parts(std::vector<std::size_t>& found) const {
  for (std::size_t n = 1; n < found.size();) {
    const FoundFigure& whole = figures_[found[n - 1]];
    const FoundFigure& part = figures_[found[n]];
    const bool less = part.kind == whole.kind && *part.quantity.value < *whole.quantity.value;
    const bool list =
        !part.part_of && reader_.joins(end_of(whole.quantity), part.quantity.number_first);
    if (less && !list && whole.quantity.first < part.quantity.first) {
      found.erase(found.begin() + static_cast<std::ptrdiff_t>(n));
    } else {
      ++n;
    }
  }
}

/// "Withdrew its report that 31 died, saying 18 are dead": what is added stands.
void ToldFigures::leave_added(const Mark& object, const Mark& predicate,
                              std::vector<std::size_t>& found) const {
  if (found.size() <= 1 || object.first < predicate.last) return;
  const std::uint32_t told = figures_[found.front()].quantity.number_last;
  std::erase_if(found, [&](auto i) {
    const std::uint32_t number = figures_[i].quantity.first;
    return number > told && reader_.adds_saying(told, number);
  });
}

/// "The report, 38 died and 420 hurt, is void", where the noun comes last: a figure of another
/// kind that a comma joins to the first one.
bool ToldFigures::add_listed(std::uint32_t s, const Mark& object,
                             std::vector<std::size_t>& found) const {
  if (found.size() != 1 || !reader_.is_told_first(object)) return false;
  const FoundFigure& last = figures_[found.front()];
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    if (figure.sentence != s || !figure.quantity.value || figure.kind == last.kind) continue;
    if (taken_.is_standing(i) || end_of(figure.quantity) > last.quantity.first) continue;
    if (reader_.joins(end_of(figure.quantity), last.quantity.first)) {
      found.insert(found.begin(), i);
      return true;
    }
  }
  return false;
}

/// Of two numbers of a kind the former is meant; false when none is one.
bool ToldFigures::choose_former(std::vector<std::size_t>& found) const {
  const auto is_former = [&](std::size_t i) { return figures_[i].former; };
  if (std::none_of(found.begin(), found.end(), is_former)) return false;
  const std::vector<std::size_t> all = found;
  const auto left = std::erase_if(found, [&](auto i) {
    return !is_former(i) && std::any_of(all.begin(), all.end(), [&](auto other) {
      return is_former(other) && figures_[other].kind == figures_[i].kind;
    });
  });
  return left > 0;
}

/// A figure noun speaks of one number, a report of all it tells.
std::vector<std::size_t> ToldFigures::choose(const Mark& object,
                                             std::vector<std::size_t> found) const {
  if (found.size() <= 1) return found;
  if (choose_former(found)) return found;
  // "the report of 21 deaths counted three twice": told on one side only
  std::vector<std::size_t> before;
  for (const std::size_t i : found) {
    if (figures_[i].quantity.number_first < object.first) before.push_back(i);
  }
  const bool both = !before.empty() && before.size() < found.size();
  if (both) {
    // "118 are held, the so-called '240' is invented": what stands right behind the noun
    std::erase_if(found, [&](auto i) {
      const Quantity& quantity = figures_[i].quantity;
      return quantity.first < object.last ||
             reader_.gap(quantity.first, object.last) > kRightBehind;
    });
    if (found.empty()) found = std::move(before);
  }
  if (is(object, Retraction::kReport) || object.role == LexemeRole::kSpeech) return found;
  const auto nearest = std::min_element(found.begin(), found.end(), [&](auto a, auto b) {
    return reader_.gap(figures_[a].quantity.number_first, object.first) <
           reader_.gap(figures_[b].quantity.number_first, object.first);
  });
  // "spoke of 80, later of 35, and the number was a guess": which is meant?
  const bool far = reader_.gap(end_of(figures_[*nearest].quantity), object.first) > kNounReach;
  const bool open = far && std::any_of(found.begin(), found.end(), [&](auto i) {
                      return figures_[i].kind == figures_[*nearest].kind &&
                             figures_[i].quantity.value != figures_[*nearest].quantity.value;
                    });
  if (open && figures_[*nearest].quantity.number_first < object.first) return {};
  return {*nearest};
}

/// "The death toll" speaks of the dead only.
bool ToldFigures::fits(const Mark& object, const FoundFigure& figure) const {
  if (object.role != LexemeRole::kTriggerToll) {
    const std::optional<FigureKind> counted = reader_.counted_by(object);
    return !counted || *counted == figure.kind;
  }
  return object.detail == kOtherFigure || static_cast<FigureKind>(object.detail) == figure.kind;
}

std::vector<std::size_t> ToldFigures::told_before(std::uint32_t s, const Mark& object,
                                                  const RetractionFrame& frame) const {
  if (object.role == LexemeRole::kSpeech || is(*frame.predicate, Retraction::kCorrects)) return {};
  if (!reader_.points_back(object)) return {};
  // "false reports" are reports of their own
  const bool attribute = is(*frame.predicate, Retraction::kWrong) &&
                         frame.predicate->last == object.first && !reader_.names_earlier(object);
  if (attribute || reader_.tells_other(object, *frame.predicate)) return {};
  const bool sure = !is(*frame.predicate, Retraction::kWithdraws) || reader_.names_earlier(object);
  std::vector<std::size_t> found = nearest_before(s, &object, !sure, kLooksBackSentences);
  if (!found.empty() &&
      reader_.is_of_other_party(*frame.predicate, figures_[found.front()].sentence)) {
    return {};
  }
  return found;
}

bool ToldFigures::has_taken_in(std::uint32_t first, std::uint32_t last) const {
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    if (taken_.is_taken(i) && figures_[i].sentence >= first && figures_[i].sentence < last)
      return true;
  }
  return false;
}

std::vector<std::size_t> ToldFigures::nearest_before(std::uint32_t s, const Mark* object,
                                                     bool only_reported, std::uint32_t most) const {
  const std::uint32_t stop = s > most ? s - most : 0;
  if (has_taken_in(stop, s)) return {};
  for (std::uint32_t at = s; at > stop;) {
    --at;
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < figures_.size(); ++i) {
      const FoundFigure& figure = figures_[i];
      if (figure.sentence != at || !figure.quantity.value || figure.part_of) continue;
      if (reader_.is_miscounted(figure.quantity)) continue;
      if (object == nullptr || fits(*object, figure)) found.push_back(i);
    }
    if (found.empty()) continue;
    const bool all = object == nullptr || is(*object, Retraction::kReport);
    if (only_reported && !reader_.is_told(at)) return {};
    if ((found.size() > 1 && !all) || leaves_open(at, found)) return {};
    return found;
  }
  return {};
}

/// Which number is meant, and whether it fell: a sentence that tells another number, two of one
/// kind, or that a report was not taken back.
bool ToldFigures::leaves_open(std::uint32_t s, const std::vector<std::size_t>& found) const {
  const RetractionWords held = words_of(Retraction::kHolds, Retraction::kWants);
  if ((words_[s] & held) != 0 && (words_[s] & kPredicates) != 0) return true;
  for (std::size_t i = 1; i < found.size(); ++i) {
    const FoundFigure& figure = figures_[found[i]];
    const FoundFigure& other = figures_[found[i - 1]];
    if (figure.kind == other.kind && figure.quantity.value != other.quantity.value) return true;
  }
  return own_.holds_another_number(s, found);
}

std::vector<std::size_t> ToldFigures::told_before_stop(std::uint32_t s,
                                                       const RetractionFrame& frame) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    if (figure.sentence != s || !figure.quantity.value || taken_.is_standing(i)) continue;
    const std::uint32_t from = figure.quantity.number_last;
    const std::uint32_t to = std::min(frame.pronoun->first, frame.predicate->first);
    if (from >= to) continue;
    const Between path = reader_.between(from, to);
    const bool told = path.stop || (path.noun && path.commas > 0);
    if (told || stood_in_report(s, figure, *frame.predicate)) found.push_back(i);
  }
  return found;
}

/// "A post with a toll of 21 was up for an hour before it was taken down".
bool ToldFigures::stood_in_report(std::uint32_t s, const FoundFigure& figure,
                                  const Mark& predicate) const {
  if (!is(predicate, Retraction::kWithdraws)) return false;
  const auto marks = text_.marks_in(text_.sentences()[s]);
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    if (!is(mark, Retraction::kReport) || mark.last > figure.quantity.first) return false;
    const Between path = reader_.between(mark.last, figure.quantity.first);
    return path.all_commas == 0 && !path.stop && !path.predicate && !path.other;
  });
}

std::optional<std::size_t> ToldFigures::told_directly(std::uint32_t s,
                                                      const Mark& predicate) const {
  const bool warns = is(predicate, Retraction::kWarnsOff);
  if (!is(predicate, Retraction::kTakesBack) && !is(predicate, Retraction::kWrong) && !warns) {
    return {};
  }
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    if (figure.sentence != s || !figure.quantity.value || taken_.is_standing(i)) continue;
    const bool named =
        !is(predicate, Retraction::kWrong) && reader_.names_behind(figure.quantity, predicate);
    if (named || (!warns && reader_.announces_behind(figure, predicate))) return i;
  }
  return {};
}

std::optional<std::size_t> ToldFigures::told_ahead(std::uint32_t s, const Mark& object,
                                                   const Mark& predicate) const {
  const bool act = is(predicate, Retraction::kTakesBack) || is(predicate, Retraction::kWithdraws);
  if (!act || object.last <= predicate.first || !is(object, Retraction::kNumber)) return {};
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const FoundFigure& figure = figures_[i];
    if (figure.quantity.first < object.last) return {};
    if (figure.sentence > s + 1 || taken_.is_standing(i)) return {};
    if (figure.part_of || !is_countable(figure.quantity)) continue;
    if (figure.sentence == s && !reader_.between(object.last, figure.quantity.first).colon) {
      return {};
    }
    const std::uint32_t first = text_.sentences()[figure.sentence].first;
    const std::uint32_t start = figure.sentence == s ? object.last : first;
    const bool opens = reader_.gap(start, figure.quantity.first) <= kOpensReach;
    if (!opens || !reader_.is_told_behind(figure.quantity)) return {};
    return i;
  }
  return {};
}

}  // namespace steppe
