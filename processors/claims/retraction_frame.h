#pragma once
// How the words of one sentence that take something back hang together. Part of find_retractions().

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "processors/figures/figure_finder.h"

namespace steppe {

/// What stands between two ranges of tokens.
struct Between {
  std::uint32_t commas = 0;  // those before "that" aside
  std::uint32_t all_commas = 0;
  std::uint32_t length = 0;  // half words
  bool stop = false;         // a semicolon
  bool about = false;
  bool earlier = false;
  bool colon = false;
  bool apart = false;
  bool other = false;
  bool predicate = false;
  bool noun = false;
  bool fresh = false;
  bool speech = false;
  bool quantity = false;
};

/// One word that takes back with the words for what it takes back, nearest first.
struct RetractionFrame {
  const Mark* predicate = nullptr;
  std::vector<const Mark*> objects;
  const Mark* pronoun = nullptr;  // "it" beside the predicate
  bool alive = false;             // those called dead are told to be alive
};

/// The word of retraction that others are kinds of: a phrase hides the words inside it.
constexpr Retraction broader(Retraction word) {
  switch (word) {
    case Retraction::kErred:
    case Retraction::kMiscounts: return Retraction::kWrong;
    case Retraction::kSays: return Retraction::kAbout;
    default: return word;
  }
}

inline bool is(const Mark& mark, Retraction word) {
  if (mark.role != LexemeRole::kRetraction) return false;
  const auto own = static_cast<Retraction>(mark.detail);
  return own == word || broader(own) == word;
}

inline bool is_predicate(const Mark& mark) {
  return mark.role == LexemeRole::kRetraction &&
         broader(static_cast<Retraction>(mark.detail)) <= Retraction::kCorrects;
}

/// A set of words of retraction.
using RetractionWords = std::uint32_t;
template <typename... Word>
constexpr RetractionWords words_of(Word... words) {
  return ((RetractionWords{1} << static_cast<unsigned>(words)) | ...);
}
/// Words that take something back.
constexpr RetractionWords kPredicates = words_of(
    Retraction::kTakesBack, Retraction::kWithdraws, Retraction::kDenies, Retraction::kWrong,
    Retraction::kWarnsOff, Retraction::kCorrects, Retraction::kErred, Retraction::kMiscounts);
/// Words for errors: something was told that does not hold.
constexpr RetractionWords kErrorWords =
    words_of(Retraction::kCorrects, Retraction::kWrong, Retraction::kWithdraws,
             Retraction::kTakesBack, Retraction::kErred, Retraction::kMiscounts);

/// A word of saying, those that only point back aside.
inline bool is_speech(const Mark& mark) {
  return mark.role == LexemeRole::kSpeech && static_cast<Speech>(mark.detail) != Speech::kBack;
}

constexpr std::uint32_t kLongTokens = 500;  // of a sentence

/// Reads one passage. One thread at a time.
class RetractionReader {
 public:
  RetractionReader(const AnnotatedText& text, std::span<const Quantity> quantities)
      : text_(text), quantities_(quantities) {}

  /// Every predicate of the sentence that is neither negated nor only demanded, supposed or
  /// refused.
  std::vector<RetractionFrame> frames(const Sentence& sentence) const;

  /// True when the quantity is what `object` reports, seen from `predicate`.
  bool is_told_by(const Quantity& quantity, const Mark& object, const Mark& predicate) const;

  /// Longer than anybody writes: not looked at where each word is weighed against each number.
  bool is_long(std::size_t sentence) const {
    const Sentence& which = text_.sentences()[sentence];
    return which.last - which.first > kLongTokens;
  }
  /// "Who had said that they were soldiers, took that back": not what others told before.
  bool tells_other(const Mark& object, const Mark& predicate) const;
  /// "Doctors counted 40. The police called this a lie": another party than who told it.
  bool is_of_other_party(const Mark& predicate, std::uint32_t told) const;
  /// "Denied that it had fired. 'This is not so.'": what is denied is a deed.
  bool denies_deed(const Mark& predicate) const;

  /// True for "that figure", "its earlier report".
  bool names_earlier(const Mark& object) const;

  /// True for "the figure", "this report": it says nothing of its own.
  bool points_back(const Mark& object) const;

  /// True when the words say that the number behind or before them is the right one.
  bool stands(const Quantity& quantity, const Mark& predicate) const;

  /// What something else, a condition, a demand or a refusal keeps from being taken back.
  bool is_held(const Mark& predicate, const Sentence& sentence) const;
  bool is_negated(const Mark& predicate, const Sentence& sentence) const;
  /// "gave the wrong date": the sentence sets something else right.
  bool corrects_other(const Sentence& sentence) const;
  /// True when a word that judges ends right before the token.
  bool ends_judging(std::uint32_t token) const;
  /// True when a word that announces a denial ends right before the token: "no 300 dead".
  bool ends_contrary(std::uint32_t token) const;
  bool asks(const Sentence& sentence) const;
  /// True when a quotation ends right behind the word.
  bool closes_quote(const Mark& predicate) const;
  /// True when the number right behind the predicate was announced before.
  bool announces_behind(const FoundFigure& figure, const Mark& predicate) const;
  /// "Strike out those 15 dead".
  bool names_behind(const Quantity& quantity, const Mark& predicate) const;
  /// ", saying": somebody goes on to tell between the two tokens.
  bool adds_saying(std::uint32_t first, std::uint32_t last) const;
  /// What the noun tells ends right before it: "that 21 died, news".
  bool is_told_first(const Mark& noun) const;
  /// Nothing but a verb and one comma stand between two numbers.
  bool joins(std::uint32_t first, std::uint32_t last) const;
  /// "Two were wrongly listed": a number of the mistake, not the one that falls.
  bool is_miscounted(const Quantity& quantity) const;
  /// "Two lists": what is counted are reports.
  bool counts_reports(const Quantity& quantity) const;
  /// Neither of these: a number of what happened.
  bool is_counted(const Quantity& quantity) const {
    return !counts_reports(quantity) && !is_miscounted(quantity);
  }
  /// "21 dead named in the report": words behind the number say that it was told.
  bool is_told_behind(const Quantity& quantity) const;
  /// "The number of wounded": what a noun that names no number itself counts.
  std::optional<FigureKind> counted_by(const Mark& noun) const;
  /// "A report of 21 deaths", or where the noun comes last.
  bool is_told_of(const Quantity& quantity) const { return is_named(quantity); }
  /// "The report of 47 hostages", not "for false reports 120 were tried": what the noun says.
  bool reports(const Mark& noun, const Quantity& quantity) const;
  /// True when the word begins at the token.
  bool has(std::uint32_t token, Retraction word) const;
  /// True when somebody tells what the sentence says.
  bool is_told(std::uint32_t sentence) const;
  /// Something else than a figure: "the surname".
  bool is_other(const Mark& mark) const;

  Between between(std::uint32_t first, std::uint32_t last) const;
  /// "should read 12", "confirmed 12", "corrected ... to 12": the number is what stands now.
  bool is_new(const Quantity& quantity) const;
  /// "The story said that 21 died", "from 21": a correction that names `object` means the number as
  /// it was told.
  bool is_former(const Quantity& quantity, const Mark& object) const;
  /// "from 21": what a number was before.
  bool is_from(const Quantity& quantity) const;
  /// "to 12".
  bool is_to(const Quantity& quantity) const;
  /// Half words between two tokens.
  std::uint32_t gap(std::uint32_t a, std::uint32_t b) const;

 private:
  bool is_object(const Mark& noun, const Mark& predicate, const Sentence& sentence) const;
  bool has_nearer_other(const Mark& noun, const Mark& predicate, const Sentence& sentence) const;
  std::uint32_t start_of(const Mark& noun) const;
  bool is_of_missing(const Mark& predicate) const;
  bool counts_at(std::uint32_t token) const;
  bool is_telling(const Mark& mark) const;
  bool is_of_deed(const Mark& predicate) const;
  bool is_told_in_clause(const Mark& noun) const;
  bool is_measured(const Mark& noun) const;
  bool adds_more(std::uint32_t first, std::uint32_t last) const;
  bool opens_trigger(const Mark& word) const;
  bool tells_how_long(const Mark& word) const;
  bool is_in_trigger(const Mark& word) const;
  bool judges_circumstance(const Mark& mark, const Sentence& sentence) const;
  bool is_denial(const Mark& predicate) const;
  bool ends_trigger(const Mark& word) const;
  bool is_told_of(const Mark& noun, const Sentence& sentence) const;
  bool has_other_before(const Mark& noun, const Mark& predicate, const Sentence& sentence) const;
  bool has_other_behind(const Mark& predicate, const Sentence& sentence) const;
  bool is_another(const Mark& object) const;
  void keep_nearest_side(RetractionFrame& frame) const;
  bool says_something(const Mark& object) const;

  bool is_noun(const Mark& mark) const;
  bool quotes_words(const Mark& noun) const;
  bool claims_something(const Mark& mark) const;
  bool admits(const Sentence& sentence) const;
  bool is_in_inserted(const Mark& noun, std::uint32_t reach) const;
  bool is_own_denial(const Mark& predicate) const;
  bool follows_report(const Mark& pronoun) const;
  bool names_source(std::uint32_t token) const;
  bool denies_at(std::uint32_t token) const;
  bool is_told_already(const Mark& object, const Mark& predicate) const;
  bool tells_in_past(const Mark& object) const;
  bool is_told_word(const Mark& mark) const;
  bool gives_as(const Mark& object, const Quantity& quantity, const Mark& predicate) const;
  std::uint32_t behind_relative(const Mark& object, const Quantity& quantity) const;
  bool is_in_list(const Quantity& quantity, const Mark& object, const Mark& predicate) const;
  bool tells_on(std::uint32_t first, std::uint32_t last) const;
  bool is_of_teller(const Quantity& quantity) const;
  bool is_named(const Quantity& quantity) const;
  bool has_way(const Quantity& quantity, const std::vector<std::string>& words,
               const std::vector<std::string>& endings) const;
  bool denies_error(const Mark& denial, const Mark& predicate, const Sentence& sentence) const;
  bool names_number(std::uint32_t first, std::uint32_t last) const;
  bool is_claimed(const Mark& predicate, const Sentence& sentence) const;
  bool is_denied(const Mark& act, const Sentence& sentence) const;
  bool may_stand_for_report(const Mark& pronoun, const Mark& predicate) const;
  std::uint32_t end_of_inserted(std::uint32_t token, std::uint32_t last) const;
  bool speaks_at(std::uint32_t token) const;
  bool judges_at(std::uint32_t token) const;
  bool opens_telling(std::uint32_t token) const;
  bool is_heading(const Mark& mark) const;
  bool opens_untruth(const Mark& mark) const;
  bool is_inserted(const Quantity& quantity) const;
  bool tells_first(const Mark& noun, const Mark& predicate) const;
  bool stands_beside_other(const Mark& predicate, const Sentence& sentence) const;
  void add_objects(const Sentence& sentence, RetractionFrame& frame) const;
  bool is_han(std::uint32_t token) const { return text_.tokens()[token].kind == TokenKind::kHan; }

  const AnnotatedText& text_;
  std::span<const Quantity> quantities_;
};

}  // namespace steppe
