#include "processors/claims/retraction.h"

#include <algorithm>
#include <optional>

#include "processors/claims/correction_note.h"
#include "processors/claims/number_contrast.h"
#include "processors/claims/number_pair.h"
#include "processors/claims/number_replacement.h"
#include "processors/claims/number_verdict.h"
#include "processors/claims/quoted_number.h"
#include "processors/claims/retraction_frame.h"
#include "processors/claims/said_before.h"
#include "processors/claims/self_correction.h"
#include "processors/claims/taken_figures.h"
#include "processors/claims/told_figures.h"

namespace steppe {
namespace {

constexpr RetractionWords kContrasts = words_of(Retraction::kNotThis, Retraction::kNotThat);
// Without one of these a sentence takes nothing back, whatever else stands there.
constexpr RetractionWords kOpeners =
    kPredicates | words_of(Retraction::kSetsRight, Retraction::kContrary, Retraction::kAdmits);

// Without one of these no number is called wrong, and none set right.
constexpr RetractionWords kVerdicts =
    words_of(Retraction::kContrary, Retraction::kWrong, Retraction::kErred, Retraction::kMiscounts);
constexpr RetractionWords kSetters = words_of(Retraction::kSetsRight, Retraction::kCorrects,
                                              Retraction::kAdmits, Retraction::kContrary);

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
        rule_(text, quantities, figures, reader_, words_),
        own_(rule_),
        pair_(rule_),
        said_(rule_),
        told_(rule_, own_, taken_),
        replacement_(rule_, taken_) {}

  std::vector<TakenBack> find() {
    if (quantities_.empty() || text_.marks_of(LexemeRole::kRetraction).empty()) {
      return taken_.finish();
    }
    note_words();
    if ((all_words_ & CorrectionNote::kHeadings) != 0) {
      CorrectionNote(rule_, taken_).read();
    }
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
    for_each_open(NumberPair::kCues, [this](std::uint32_t s) { replace_told(s); });
    for_each_open(SaidBefore::kCues, [this](std::uint32_t s) { give_up(s); });
    if ((all_words_ & QuotedNumber::kCues) != 0) judge_quotes();
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
    for (std::size_t s = 0; s < words_.size(); ++s) {
      words_[s] = reader_.is_long(s) ? 0 : words_[s];
      all_words_ |= words_[s];
    }
  }

  /// The sentences with such words that are not settled: judged, or beside what was taken back.
  template <typename Read>
  void for_each_open(RetractionWords cues, Read read) {
    if ((all_words_ & cues) == 0) return;
    for (std::uint32_t s = 0; s < words_.size(); ++s) {
      if (judged_[s] || (words_[s] & cues) == 0) continue;
      if (!told_.has_taken_in(s > 2 ? s - 2 : 0, s + 2)) read(s);
    }
  }

  /// What a sentence itself calls wrong: the other numbers beside it stand.
  void judge_numbers() {
    const NumberVerdict verdict(rule_);
    for (std::uint32_t s = 0; s < words_.size(); ++s) {
      if ((words_[s] & kVerdicts) == 0) continue;
      const std::optional<WrongNumber> version = verdict.of_version(s);
      const std::optional<WrongNumber> wrong = version ? version : verdict.judged(s);
      if (!wrong) continue;
      const auto falls = taken_.find_or_make(*wrong->number, s);
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
    const bool sets_right = (words_[s] & kSetters) != 0;
    for (const Mark& mark : text_.marks_in(sentence)) {
      if (!sets_right) break;
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
      std::vector<std::size_t> found = told_.told_here(s, *object, predicate, replacement_.right());
      if (is(predicate, Retraction::kCorrects)) {
        std::erase_if(found,
                      [&](auto i) { return !reader_.is_former(figures_[i].quantity, *object); });
      }
      const bool here = !found.empty();
      if (!here) found = told_.told_before(s, *object, frame);
      const std::string_view rule = rule_of(here ? kHereRules : kBeforeRules, predicate);
      for (const std::size_t i : found) taken_.take_told(i, rule, predicate);
      if (!found.empty()) return;
    }
    for (const Mark* object : frame.objects) {
      const auto ahead = told_.told_ahead(s, *object, predicate);
      if (!ahead) continue;
      taken_.take_told(*ahead, "retraction.ahead", predicate);
      return;
    }
    if (const auto announced = told_.told_directly(s, predicate)) {
      taken_.take_told(*announced, "retraction.announced", predicate);
    }
    bool stands_alone = frame.pronoun != nullptr && frame.objects.empty();
    if (stands_alone && !is(predicate, Retraction::kTakesBack) && reader_.denies_deed(predicate)) {
      stands_alone = false;
    }
    if (!stands_alone && !frame.alive) return;
    std::vector<std::size_t> found;
    if (stands_alone) found = told_.told_before_stop(s, frame);
    // "withdrew his resignation. It was a mistake to offer it."
    const bool other = s > 0 && reader_.corrects_other(text_.sentences()[s - 1]);
    if (found.empty() && !other) found = told_.nearest_before(s, nullptr, true, 1);
    for (const std::size_t i : found) {
      const FigureKind kind = figures_[i].kind;
      const bool dead = kind == FigureKind::kKilled || kind == FigureKind::kMissing;
      if (!stands_alone && !dead) continue;
      taken_.take_told(i, stands_alone ? rule_of(kPronounRules, predicate) : "retraction.alive",
                       predicate);
    }
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
    auto pair = pair_.of_error(s);
    if (!pair) return;
    fell({*pair}, "retraction.pair");
  }

  /// "Deleted the post. In it he had mourned five people."
  void give_up(std::uint32_t s) {
    const auto wrong = said_.given_up(s);
    if (!wrong) return;
    const std::size_t told = text_.sentence_of(wrong->number->first);
    const auto at = static_cast<std::uint32_t>(told);
    auto falls = taken_.find_or_make(*wrong->number, at);
    // "deleted his page. It had 300,000 followers."
    const bool before = wrong->number->first < wrong->cue->first;
    const bool open = !falls && (before || !is(*wrong->cue, Retraction::kWithdraws));
    if (open) falls = taken_.make_open(*wrong->number, at);
    if (falls && !taken_.is_standing(*falls)) {
      taken_.take_told(*falls, "retraction.pointed_at", *wrong->cue);
    }
  }

  /// "A page announced '38 dead, 210 hurt'. The clerk had misread his notes."
  void judge_quotes() {
    const QuotedNumber quoted(rule_);
    const auto claims = quoted.fragments();
    for (std::size_t i = 0; i < claims.size(); ++i) {
      const QuotedNumber::Fragment& claim = claims[i];
      const Mark* cue = cue_of_taken(claim);
      const bool open = cue == nullptr && !told_.has_taken_in(claim.sentence, claim.sentence + 1);
      if (open) cue = quoted.untruth_of(claim, i + 1 < claims.size() ? &claims[i + 1] : nullptr);
      if (cue == nullptr) continue;
      for (const Quantity* number : claim.numbers) {
        auto falls = taken_.index_of(*number);
        if (!falls) falls = taken_.make_open(*number, claim.sentence);
        if (falls && !taken_.is_standing(*falls)) taken_.take(*falls, "retraction.quoted", *cue);
      }
    }
  }

  /// The word that took back one number of the claim, or null.
  const Mark* cue_of_taken(const QuotedNumber::Fragment& claim) const {
    for (const Quantity* number : claim.numbers) {
      const auto figure = taken_.index_of(*number);
      const Mark* cue = figure ? taken_.cue_of(*figure) : nullptr;
      if (cue != nullptr) return cue;
    }
    return nullptr;
  }

  void fell(const std::vector<FallenFigure>& fallen, std::string_view rule) {
    for (const FallenFigure& each : fallen) {
      std::optional<std::size_t> figure = each.figure;
      if (!figure) {
        const auto at = static_cast<std::uint32_t>(text_.sentence_of(each.number->number_first));
        figure = each.right ? taken_.make_like(*each.number, *each.right)
                            : taken_.make_open(*each.number, at);
      }
      if (!figure || taken_.is_standing(*figure)) continue;
      taken_.take(*figure, rule, *each.cue);
      if (each.right) taken_.keep(*each.right);
    }
  }

  /// "12, not 21", "12 instead of 21": one of two numbers does not stand.
  void find_contrasts() {
    const NumberContrast contrasts(rule_);
    for (const Quantity& wrong : quantities_) {
      if ((words_[text_.sentence_of(wrong.number_first)] & kContrasts) == 0) continue;
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
    if (!falls && stands) falls = taken_.make_like(wrong, *stands);
    if (!falls && !stands) {
      // "Correction: 43 kiosks, not 430"
      const bool errs = speaks_of_errors(s) || (s > 0 && speaks_of_errors(s - 1));
      const bool open = errs && is_slip(wrong, *right.number);
      falls = open ? taken_.make_open(wrong, s) : taken_.make(wrong, s);
    }
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
  RetractionRule rule_;  // what each of the following reads
  SelfCorrection own_;
  NumberPair pair_;
  SaidBefore said_;
  ToldFigures told_;
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
