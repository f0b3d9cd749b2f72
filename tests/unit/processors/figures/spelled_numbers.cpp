#include "tests/unit/processors/figures/spelled_numbers.h"

#include <unicode/dtfmtsym.h>
#include <unicode/rbnf.h>

#include "core/check.h"
#include "core/utf8.h"

namespace steppe {
namespace {

const char* const kSoftHyphen = "\xC2\xAD";

bool is_wanted(const std::string& name) {
  // financial forms stand on cheques, and their characters are ordinary words elsewhere
  return name.find("cardinal") != std::string::npos && name.find("financial") == std::string::npos;
}

void add_name(const icu::UnicodeString& name, int number, CalendarNames& names) {
  std::string plain;
  name.toUTF8String(plain);
  if (plain.find_first_of("0123456789") != std::string::npos || plain.empty()) return;
  names[number].insert(plain);
}

constexpr icu::DateFormatSymbols::DtContextType kContexts[] = {icu::DateFormatSymbols::FORMAT,
                                                               icu::DateFormatSymbols::STANDALONE};

}  // namespace

CalendarNames month_names(const std::string& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(locale.c_str()), status);
  CalendarNames names;
  for (const auto context : kContexts) {
    std::int32_t count = 0;
    const icu::UnicodeString* found =
        symbols.getMonths(count, context, icu::DateFormatSymbols::WIDE);
    for (std::int32_t i = 0; i < count && i < 12; ++i) add_name(found[i], i + 1, names);
  }
  return names;
}

CalendarNames weekday_names(const std::string& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(locale.c_str()), status);
  CalendarNames names;
  for (const auto context : kContexts) {
    std::int32_t count = 0;
    const icu::UnicodeString* found =
        symbols.getWeekdays(count, context, icu::DateFormatSymbols::WIDE);
    // ICU counts from Sunday = 1
    for (std::int32_t i = 1; i < count; ++i) add_name(found[i], i == 1 ? 7 : i - 1, names);
  }
  return names;
}

struct SpelledNumbers::Rules {
  explicit Rules(const std::string& language)
      : format(icu::URBNF_SPELLOUT, icu::Locale(language.c_str()), status) {}
  UErrorCode status = U_ZERO_ERROR;
  icu::RuleBasedNumberFormat format;
  std::vector<icu::UnicodeString> names;
};

SpelledNumbers::SpelledNumbers(const std::string& language)
    : rules_(std::make_unique<Rules>(language)) {
  STEPPE_CHECK(U_SUCCESS(rules_->status) != 0);
  for (std::int32_t i = 0; i < rules_->format.getNumberOfRuleSetNames(); ++i) {
    const icu::UnicodeString name = rules_->format.getRuleSetName(i);
    std::string plain;
    name.toUTF8String(plain);
    if (is_wanted(plain)) rules_->names.push_back(name);
  }
}

SpelledNumbers::~SpelledNumbers() = default;

std::size_t SpelledNumbers::forms() const {
  return rules_->names.size();
}

std::string SpelledNumbers::spell(std::int64_t value, std::size_t form) const {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  icu::FieldPosition position;
  rules_->format.format(value, rules_->names[form], out, position, status);
  STEPPE_CHECK(U_SUCCESS(status) != 0);
  std::string spelled;
  out.toUTF8String(spelled);
  for (std::size_t at = spelled.find(kSoftHyphen); at != std::string::npos;
       at = spelled.find(kSoftHyphen, at)) {
    spelled.erase(at, 2);
  }
  return spelled;
}

std::vector<std::string> words_of_number(const std::string& spelled, bool han) {
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < spelled.size();) {
    const std::size_t length = decode_utf8(spelled, at).length;
    if (spelled[at] == ' ' || spelled[at] == '-' || spelled[at] == ',') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      if (han && !words.back().empty()) words.emplace_back();
      words.back() += spelled.substr(at, length);
    }
    at += length;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace steppe
