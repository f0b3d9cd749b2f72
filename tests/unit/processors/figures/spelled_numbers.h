#pragma once
// Numbers spelled out and days named by ICU, the oracle for those words of a profile.

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace steppe {

/// The cardinal spelling rules of one language. One thread at a time.
class SpelledNumbers {
 public:
  explicit SpelledNumbers(const std::string& language);
  ~SpelledNumbers();
  SpelledNumbers(const SpelledNumbers&) = delete;
  SpelledNumbers& operator=(const SpelledNumbers&) = delete;

  /// How many cardinal rule sets there are: one a case and gender.
  std::size_t forms() const;
  /// `value` in one form, without soft hyphens.
  std::string spell(std::int64_t value, std::size_t form) const;

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

/// The words of a spelled number, split at spaces and hyphens; for Han, single characters.
std::vector<std::string> words_of_number(const std::string& spelled, bool han);

/// Names of months (1-12) and weekdays (1-7, Monday first) of a locale, in the forms CLDR has:
/// beside a day, and alone. Names with digits are left out.
using CalendarNames = std::map<int, std::set<std::string>>;
CalendarNames month_names(const std::string& locale);
CalendarNames weekday_names(const std::string& locale);

}  // namespace steppe
