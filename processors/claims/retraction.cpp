#include "processors/claims/retraction.h"

#include <algorithm>
#include <optional>

#include "processors/claims/number_contrast.h"
#include "processors/claims/number_pair.h"
#include "processors/claims/number_replacement.h"
#include "processors/claims/number_verdict.h"
#include "processors/claims/retraction_frame.h"
#include "processors/claims/self_correction.h"
#include "processors/claims/taken_figures.h"

namespace steppe {
namespace {

constexpr std::uint32_t kLooksBackSentences = 3;
constexpr std::uint32_t kNounReach = 8;    // between a number and the noun that speaks of it
constexpr std::uint32_t kOpensReach = 12;  // between the start of a clause and its number
constexpr std::uint32_t kRightBehind = 1;  // between "so-called" and its number

constexpr RetractionWords kPredicates = words_of(
    Retraction::kTakesBack, Retraction::kWithdraws, Retraction::kDenies, Retraction::kWrong,
    Retraction::kWarnsOff, Retraction::kCorrects, Retraction::kErred, Retraction::kMiscounts);
constexpr RetractionWords kContrasts = words_of(Retraction::kNotThis, Retraction::kNotThat);
// Without one of these a sentence takes nothing back, whatever else stands there.
constexpr RetractionWords kOpeners =
    kPredicates | words_of(Retraction::kSetsRight, Retraction::kContrary, Retraction::kAdmits);

// What gives a number up without a noun for it.
constexpr RetractionWords kOwnErrors = words_of(Retraction::kErred, Retraction::kMiscounts);
constexpr RetractionWords kMistakes = kOwnErrors | words_of(Retraction::kWrong);
constexpr RetractionWords kLowerings = kMistakes | words_of(Retraction::kCorrects);
constexpr RetractionWords kChanges = words_of(Retraction::kCorrects, Retraction::kLowers);
constexpr RetractionWords kDenials =
    kMistakes | words_of(Retraction::kTakesBack, Retraction::kCorrects, Retraction::kContrary);
constexpr RetractionWords kOwnWords = kDenials | words_of(Retraction::kAlive);

// Rules by what takes back, in the order of Retraction.
constexpr std::string_view kHereRules[] = {
    "retraction.report.taken_back", "retraction.report.withdrawn",  "retraction.report.denied",
    "retraction.report.wrong",      "retraction.report.warned_off", "retraction.report.corrected"};
constexpr std::string_view kBeforeRules[] = {
    "retraction.before.taken_back", "retraction.before.withdrawn",  "retraction.before.denied",
    "retraction.before.wrong",      "retraction.before.warned_off", "retraction.before.corrected"};
constexpr std::string_view kPronounRules[] = {
    "retraction.pronoun.taken_back", "retraction.pronoun.withdrawn",
    "retraction.pronoun.denied",     "retraction.pronoun.wrong",
    "retraction.pronoun.warned_off", "retraction.pronoun.corrected"};

std::string_view rule_of(const std::string_view (&rules)[6], const Mark& predicate) {
  return rules[static_cast<std::size_t>(broader(static_cast<Retraction>(predicate.detail)))];
}

class RetractionFinder {
 public:
  RetractionFinder(const AnnotatedText& text, std::span<const Quantity> quantities,
                   std::vector<FoundFigure>& figures)
      : text_(text),
        quantities_(quantities),
        figures_(figures),
        reader_(text, quantities),
        taken_(text, quantities, figures, reader_),
        own_(text, quantities, figures, reader_),
        pair_(text, quantities, figures, reader_, words_),
        replacement_(text, quantities, figures, reader_, words_, taken_) {}

  std::vector<TakenBack> find() {
    if (quantities_.empty() || text_.marks_of(LexemeRole::kRetraction).empty()) {
      return taken_.finish();
    }
    note_words();
    if ((all_words_ & kOpeners) != 0) judge_numbers();
    if ((all_words_ & kContrasts) != 0) find_contrasts();
    for (std::uint32_t s = 0; s < words_.size(); ++s) {
      if ((words_[s] & kOpeners) != 0 && !judged_[s]) read_sentence(s);
    }
    if ((all_words_ & kOwnWords) != 0) {
      for (std::uint32_t s = 0; s < words_.size(); ++s) {
        if (!judged_[s]) correct_itself(s);
      }
    }
    if ((all_words_ & NumberPair::kCues) != 0) {
      for (std::uint32_t s = 0; s < words_.size(); ++s) {
        if (!judged_[s] && (words_[s] & NumberPair::kCues) != 0) replace_told(s);
      }
    }
    return taken_.finish();
  }

 private:
  void note_words() {
    words_.assign(text_.sentences().size(), 0);
    judged_.assign(words_.size(), false);
    for (const std::uint32_t place : text_.marks_of(LexemeRole::kRetraction)) {
      const Mark& mark = text_.marks()[place];
      words_[text_.sentence_of(mark.first)] |= RetractionWords{1} << mark.detail;
    }
    for (const RetractionWords words : words_) all_words_ |= words;
  }

  /// What a sentence itself calls wrong: the other numbers beside it stand.
  void judge_numbers() {
    const NumberVerdict verdict(text_, quantities_, reader_, words_);
    for (std::uint32_t s = 0; s < words_.size(); ++s) {
      const std::optional<WrongNumber> version = verdict.of_version(s);
      const std::optional<WrongNumber> wrong = version ? version : verdict.judged(s);
      if (!wrong) continue;
      auto falls = taken_.index_of(*wrong->number);
      if (!falls) falls = taken_.make(*wrong->number, s);
      if (!falls) continue;
      taken_.take_told(*falls, version ? "retraction.version" : "retraction.judged", *wrong->cue);
      judged_[s] = true;
      const std::uint32_t last = version ? s + 1 : s;
      for (std::size_t i = 0; i < figures_.size(); ++i) {
        const std::uint32_t at = figures_[i].sentence;
        if (i != *falls && at >= s && at <= last) taken_.keep(i);
      }
    }
  }

  void read_sentence(std::uint32_t s) {
    const Sentence& sentence = text_.sentences()[s];
    for (const Mark& mark : text_.marks_in(sentence)) {
      if (is(mark, Retraction::kSetsRight) || announces(mark, sentence) || admits(mark, s)) {
        replacement_.set_right(s, mark);
      }
      if (is(mark, Retraction::kContrary)) deny_behind(s, mark);
    }
    if (s > 0 && (words_[s] & kChanges) != 0) replacement_.change(s);
    if ((words_[s] & kPredicates) == 0) return;
    if ((words_[s] & words_of(Retraction::kCorrects)) != 0) replacement_.replace_former(s);
    for (const RetractionFrame& frame : reader_.frames(sentence)) take_back(s, frame);
  }

  /// "Admitted that in fact there were 26".
  bool admits(const Mark& fresh, std::uint32_t s) const {
    if (!is(fresh, Retraction::kFresh)) return false;
    if ((words_[s] & words_of(Retraction::kAdmits)) == 0) return false;
    const RetractionWords before = s > 0 ? words_[s - 1] : 0;
    if (((words_[s] | before) & words_of(Retraction::kOutsider)) != 0) return false;
    const auto marks = text_.marks_in(text_.sentences()[s]);
    return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
      return is(mark, Retraction::kAdmits) && mark.last <= fresh.first;
    });
  }

  /// "An hour later it issued a correction: 12."
  bool announces(const Mark& mark, const Sentence& sentence) const {
    if (!is(mark, Retraction::kCorrects) || mark.first == sentence.first) return false;
    if (reader_.corrects_other(sentence)) return false;
    std::uint32_t at = mark.last;
    while (at < sentence.last && at <= mark.last + 1 && text_.tokens()[at].punctuation != ':') ++at;
    if (at >= sentence.last || text_.tokens()[at].punctuation != ':') return false;
    return std::any_of(quantities_.begin(), quantities_.end(), [&](const Quantity& each) {
      return each.first == at + 1 && is_countable(each);
    });
  }

  void take_back(std::uint32_t s, const RetractionFrame& frame) {
    const Mark& predicate = *frame.predicate;
    for (const Mark* object : frame.objects) {
      std::vector<std::size_t> found = told_here(s, *object, predicate);
      if (is(predicate, Retraction::kCorrects)) {
        std::erase_if(found,
                      [&](auto i) { return !reader_.is_former(figures_[i].quantity, *object); });
      }
      const bool here = !found.empty();
      if (!here) found = told_before(s, *object, frame);
      const std::string_view rule = rule_of(here ? kHereRules : kBeforeRules, predicate);
      for (const std::size_t i : found) taken_.take_told(i, rule, predicate);
      if (!found.empty()) return;
    }
    for (const Mark* object : frame.objects) {
      const auto ahead = told_ahead(s, *object, predicate);
      if (!ahead) continue;
      taken_.take_told(*ahead, "retraction.ahead", predicate);
      return;
    }
    if (const auto announced = told_directly(s, predicate)) {
      taken_.take_told(*announced, "retraction.announced", predicate);
    }
    const bool stands_alone = frame.pronoun != nullptr && frame.objects.empty();
    if (!stands_alone && !frame.alive) return;
    std::vector<std::size_t> found;
    if (stands_alone) found = told_before_stop(s, frame);
    if (found.empty()) found = nearest_before(s, nullptr, true, 1);
    for (const std::size_t i : found) {
      const FigureKind kind = figures_[i].kind;
      const bool dead = kind == FigureKind::kKilled || kind == FigureKind::kMissing;
      if (!stands_alone && !dead) continue;
      taken_.take_told(i, stands_alone ? rule_of(kPronounRules, predicate) : "retraction.alive",
                       predicate);
    }
  }

  /// "Disowned its own count. The 600 protesters of the morning dispatch were ...": behind a colon
  /// or in the next sentence, where nothing was told before.
  std::optional<std::size_t> told_ahead(std::uint32_t s, const Mark& object,
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

  /// "Disavowed the 28 arrests they had announced".
  std::optional<std::size_t> told_directly(std::uint32_t s, const Mark& predicate) const {
    if (!is(predicate, Retraction::kTakesBack)) return {};
    for (std::size_t i = 0; i < figures_.size(); ++i) {
      const FoundFigure& figure = figures_[i];
      if (figure.sentence != s || !figure.quantity.value || taken_.is_standing(i)) continue;
      if (reader_.announces_behind(figure, predicate)) return i;
    }
    return {};
  }

  /// "240 were arrested; there is no truth in it", "a wire told of 19 dead, it was a hoax".
  std::vector<std::size_t> told_before_stop(std::uint32_t s, const RetractionFrame& frame) const {
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
  bool stood_in_report(std::uint32_t s, const FoundFigure& figure, const Mark& predicate) const {
    if (!is(predicate, Retraction::kWithdraws)) return false;
    const auto marks = text_.marks_in(text_.sentences()[s]);
    return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
      if (!is(mark, Retraction::kReport) || mark.last > figure.quantity.first) return false;
      const Between path = reader_.between(mark.last, figure.quantity.first);
      return path.all_commas == 0 && !path.stop && !path.predicate && !path.other;
    });
  }

  /// "Contrary to our report, 26 people did not die".
  void deny_behind(std::uint32_t s, const Mark& cue) {
    for (std::size_t i = 0; i < figures_.size(); ++i) {
      const FoundFigure& figure = figures_[i];
      if (figure.sentence != s || !figure.quantity.value || figure.quantity.first < cue.last) {
        continue;
      }
      if (own_.is_denied(figure)) taken_.take(i, "retraction.contrary", cue);
    }
  }

  /// What falls without a noun for it.
  void correct_itself(std::uint32_t s) {
    const RetractionWords here = words_[s];
    const RetractionWords before = s > 0 ? words_[s - 1] : 0;
    const RetractionWords behind = s + 1 < words_.size() ? words_[s + 1] : 0;
    if ((here & kMistakes) != 0) fell(own_.of_errors(s), "retraction.erred");
    if ((here & words_of(Retraction::kLowers)) != 0 && ((here | behind) & kLowerings) != 0) {
      fell(own_.of_lowering(s), "retraction.lowered");
    }
    if ((here & words_of(Retraction::kAlive)) != 0) fell(own_.of_living(s), "retraction.living");
    const bool doubted = (here & words_of(Retraction::kOutsider)) != 0;  // by who does not decide
    if (((here | before | behind) & kDenials) != 0 && !doubted && !is_supposed(s)) {
      fell(own_.of_denials(s), "retraction.denied");
    }
  }

  /// "71 were hurt. An intern typed the digits the wrong way round; there were 17."
  void replace_told(std::uint32_t s) {
    const std::uint32_t first = s > 2 ? s - 2 : 0;
    if (has_taken_in(first, s + 2)) return;
    auto pair = pair_.of_error(s);
    if (!pair) return;
    if (!pair->figure && !pair->right) pair->figure = taken_.make(*pair->number, s);
    if (pair->figure || pair->right) fell({*pair}, "retraction.pair");
  }

  void fell(const std::vector<FallenFigure>& fallen, std::string_view rule) {
    for (const FallenFigure& each : fallen) {
      std::optional<std::size_t> figure = each.figure;
      if (!figure) figure = taken_.make_like(*each.number, *each.right);
      if (!figure || taken_.is_standing(*figure)) continue;
      taken_.take(*figure, rule, *each.cue);
      if (each.right) taken_.keep(*each.right);
    }
  }

  /// The figures of the same sentence that `object` tells.
  std::vector<std::size_t> told_here(std::uint32_t s, const Mark& object, const Mark& predicate) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < figures_.size(); ++i) {
      const FoundFigure& figure = figures_[i];
      if (figure.sentence != s || !figure.quantity.value || taken_.is_standing(i)) continue;
      if (figure.quantity.value == 0.0 || reader_.counts_reports(figure.quantity)) continue;
      if (fits(object, figure) && reader_.is_told_by(figure.quantity, object, predicate)) {
        found.push_back(i);
      }
    }
    leave_added(object, predicate, found);
    leave_parts(found);
    if (add_listed(s, object, found)) return found;
    if (!found.empty()) return choose(object, std::move(found));
    for (const Quantity& quantity : quantities_) {
      if (text_.sentence_of(quantity.number_first) != s || !is_countable(quantity)) continue;
      if (is_nobody(quantity) || reader_.counts_reports(quantity) ||
          &quantity == replacement_.right())
        continue;
      if (taken_.index_of(quantity)) continue;
      if (!reader_.is_told_by(quantity, object, predicate)) continue;
      if (const auto made = taken_.make(quantity, s)) found.push_back(*made);
    }
    return choose(object, std::move(found));
  }

  /// "41 deaths, ten of them of pneumonia": what is told of some is no number of its own.
  void leave_parts(std::vector<std::size_t>& found) const {
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
  void leave_added(const Mark& object, const Mark& predicate,
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
  bool add_listed(std::uint32_t s, const Mark& object, std::vector<std::size_t>& found) const {
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

  /// A figure noun speaks of one number, a report of all it tells.
  std::vector<std::size_t> choose(const Mark& object, std::vector<std::size_t> found) const {
    if (found.size() <= 1) return found;
    std::vector<std::size_t> former;
    for (const std::size_t i : found) {
      if (figures_[i].former) former.push_back(i);
    }
    if (!former.empty() && former.size() < found.size()) return former;
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

  /// "The ministry later withdrew the figure": what the sentences before told.
  std::vector<std::size_t> told_before(std::uint32_t s, const Mark& object,
                                       const RetractionFrame& frame) const {
    if (object.role == LexemeRole::kSpeech || is(*frame.predicate, Retraction::kCorrects))
      return {};
    if (!reader_.points_back(object)) return {};
    // "false reports" are reports of their own
    const bool attribute = is(*frame.predicate, Retraction::kWrong) &&
                           frame.predicate->last == object.first && !reader_.names_earlier(object);
    if (attribute) return {};
    const bool sure =
        !is(*frame.predicate, Retraction::kWithdraws) || reader_.names_earlier(object);
    return nearest_before(s, &object, !sure, kLooksBackSentences);
  }

  /// "The figure" of a text that took one back already is that one.
  bool has_taken_in(std::uint32_t first, std::uint32_t last) const {
    for (std::size_t i = 0; i < figures_.size(); ++i) {
      if (taken_.is_taken(i) && figures_[i].sentence >= first && figures_[i].sentence < last)
        return true;
    }
    return false;
  }

  std::vector<std::size_t> nearest_before(std::uint32_t s, const Mark* object, bool only_reported,
                                          std::uint32_t most) const {
    const std::uint32_t stop = s > most ? s - most : 0;
    if (has_taken_in(stop, s)) return {};
    for (std::uint32_t at = s; at > stop;) {
      --at;
      std::vector<std::size_t> found;
      for (std::size_t i = 0; i < figures_.size(); ++i) {
        const FoundFigure& figure = figures_[i];
        if (figure.sentence != at || !figure.quantity.value || figure.part_of) continue;
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
  bool leaves_open(std::uint32_t s, const std::vector<std::size_t>& found) const {
    const RetractionWords held = words_of(Retraction::kHolds, Retraction::kWants);
    if ((words_[s] & held) != 0 && (words_[s] & kPredicates) != 0) return true;
    for (std::size_t i = 1; i < found.size(); ++i) {
      const FoundFigure& figure = figures_[found[i]];
      const FoundFigure& other = figures_[found[i - 1]];
      if (figure.kind == other.kind && figure.quantity.value != other.quantity.value) return true;
    }
    return own_.holds_another_number(s, found);
  }

  /// "The death toll" speaks of the dead only.
  bool fits(const Mark& object, const FoundFigure& figure) const {
    if (object.role != LexemeRole::kTriggerToll) {
      const std::optional<FigureKind> counted = reader_.counted_by(object);
      return !counted || *counted == figure.kind;
    }
    return object.detail == kOtherFigure || static_cast<FigureKind>(object.detail) == figure.kind;
  }

  /// "12, not 21", "12 instead of 21": one of two numbers does not stand.
  void find_contrasts() {
    const NumberContrast contrasts(text_, quantities_, reader_, words_);
    for (const Quantity& wrong : quantities_) {
      const auto right = contrasts.right_of(wrong);
      if (!right) continue;
      const bool turned = contrasts.is_turned(*right);
      contrast(turned ? *right->number : wrong, {turned ? &wrong : right->number, right->cue});
    }
  }

  void contrast(const Quantity& wrong, const RightNumber& right) {
    const auto s = static_cast<std::uint32_t>(text_.sentence_of(wrong.number_first));
    // "not 53 but more than 60, activists say"
    const bool own = speaks_of_errors(s) || (words_[s] & words_of(Retraction::kAdmits)) != 0;
    if ((words_[s] & words_of(Retraction::kOutsider)) != 0 && !own) return;
    if (!reader_.is_told(s) && !speaks_of_errors(s) && !(s > 0 && speaks_of_errors(s - 1))) return;
    if (is_supposed(s)) return;
    const std::optional<std::size_t> stands = taken_.index_of(*right.number);
    std::optional<std::size_t> falls = taken_.index_of(wrong);
    if (!falls) falls = stands ? taken_.make_like(wrong, *stands) : taken_.make(wrong, s);
    if (!falls) return;
    taken_.take(*falls, "retraction.contrast", *right.cue);
    taken_.keep(*right.number);
  }

  bool speaks_of_errors(std::uint32_t s) const { return (words_[s] & kErrorWords) != 0; }

  bool is_supposed(std::uint32_t s) const {
    return (words_[s] & words_of(Retraction::kHolds)) != 0;
  }

  const AnnotatedText& text_;
  std::span<const Quantity> quantities_;
  std::vector<FoundFigure>& figures_;
  std::vector<RetractionWords> words_;  // by sentence: of the marks that begin in it
  RetractionReader reader_;
  TakenFigures taken_;
  SelfCorrection own_;
  NumberPair pair_;
  NumberReplacement replacement_;
  RetractionWords all_words_ = 0;
  std::vector<bool> judged_;  // by sentence: it calls a number wrong
};

}  // namespace

std::vector<TakenBack> find_retractions(const AnnotatedText& text,
                                        std::span<const Quantity> quantities,
                                        std::vector<FoundFigure>& figures) {
  return RetractionFinder(text, quantities, figures).find();
}

}  // namespace steppe
