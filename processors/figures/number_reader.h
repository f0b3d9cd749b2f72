#pragma once
// Reads one number, in digits or words, at one token.

#include <cstdint>
#include <optional>

#include "processors/annotate/annotated_text.h"

namespace steppe {

/// Half-open range of tokens and what it counts.
struct NumberSpan {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  double value = 0;
  double multiplier = 1;     // of the last component: "5-6 thousand" lends it to the 5
  bool in_words = false;     // no digit at all
  bool decimal = false;      // written with a fraction
  bool part = false;         // "two of them" in one word
  std::uint32_t digits = 0;  // of a plain run of digits without separators, else 0
};

/// One thread at a time.
class NumberReader {
 public:
  explicit NumberReader(const AnnotatedText& text) : text_(text), limit_(text.size()) {}

  /// Numbers end before `token` (exclusive), where a date begins.
  void set_limit(std::uint32_t token) { limit_ = token; }

  /// The longest number that begins at `token`; nothing when there is none.
  /// A multiplier alone ("thousands of") is a number only after a bound ("more than a thousand") or
  /// where the language does not also list it as vague.
  std::optional<NumberSpan> read(std::uint32_t token) const;

 private:
  /// Sum so far, in the manner of long-hand numbers: closed groups, open group, last addend.
  struct Sum {
    double total = 0;
    double section = 0;
    std::optional<double> pending;
    double last_multiplier = 0;
    double smallest_scale = 1e18;
  };

  bool take(NumberSpan& span, Sum& sum) const;
  bool takes_dot(const NumberSpan& span, const Sum& sum) const;
  bool take_point(NumberSpan& span, Sum& sum) const;
  bool take_and(NumberSpan& span, Sum& sum) const;
  bool take_digits(NumberSpan& span, Sum& sum) const;
  bool take_word(NumberSpan& span, Sum& sum, const Mark& mark) const;
  bool take_multiplier(NumberSpan& span, Sum& sum, double multiplier, std::uint32_t last) const;
  bool fits(const Sum& sum, double value) const;
  bool is_multiplier_allowed(const NumberSpan& span, const Sum& sum, const Mark& mark) const;

  const AnnotatedText& text_;
  std::uint32_t limit_;
};

/// The value of digits with separators, as written in a language with this decimal separator;
/// nothing when they are no number ("13.06.2019"). `before_multiplier`: "1,234 million" is a
/// fraction where the comma is the decimal separator.
struct DigitValue {
  double value = 0;
  bool decimal = false;
};
std::optional<DigitValue> parse_digits(std::string_view digits, char decimal_separator,
                                       bool before_multiplier);

}  // namespace steppe
