// The shipped number words are what ICU's spelling rules give, months and weekdays what CLDR has.
// STEPPE_UPDATE_NUMBERS=1 rewrites them.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/unit/processors/figures/spelled_numbers.h"

namespace steppe {
namespace {

struct TableLanguage {
  const char* code;
  bool han = false;
  /// Numbers up to 99 are one word each: the compounds are listed, not put together.
  bool compounds = false;
  /// False where ICU cannot spell the language, or spells it in thousands of forms.
  bool numbers = true;
  /// Names of months and weekdays; the languages read most have theirs, in every case, by hand.
  bool calendar = true;
  const char* second_locale = "";  // another script of the same language
};

constexpr TableLanguage kLanguages[] = {
    {.code = "en", .calendar = false},
    {.code = "ru", .calendar = false},
    {.code = "kk", .calendar = false},
    {.code = "zh", .han = true, .calendar = false},
    {.code = "ar"},
    {.code = "az"},
    {.code = "cs", .compounds = true},
    {.code = "de", .compounds = true},
    {.code = "es", .compounds = true},
    {.code = "et", .compounds = true},
    {.code = "fa"},
    {.code = "fi", .numbers = false},
    {.code = "fr"},
    {.code = "hu", .compounds = true},
    {.code = "hy", .compounds = true},
    {.code = "id"},
    {.code = "it", .compounds = true},
    {.code = "ja", .han = true},
    {.code = "ko", .numbers = false},
    {.code = "ky"},
    {.code = "nl", .compounds = true},
    {.code = "pl"},
    {.code = "pt"},
    {.code = "ro"},
    {.code = "sk", .compounds = true},
    {.code = "tr"},
    {.code = "uk"},
    {.code = "uz", .numbers = false, .second_locale = "uz_Cyrl"},
};

using Table = std::map<std::int64_t, std::set<std::string>>;

struct Tables {
  Table numbers;
  Table multipliers;
};

std::vector<std::int64_t> small_numbers(bool han, bool compounds) {
  std::vector<std::int64_t> values;
  const std::int64_t last = han ? 9 : compounds ? 99 : 19;
  for (std::int64_t n = 0; n <= last; ++n) values.push_back(n);
  for (std::int64_t n = 20; !han && n <= 90; n += 10) values.push_back(n);
  for (std::int64_t n = 100; !han && n <= 900; n += 100) values.push_back(n);
  return values;
}

std::vector<std::int64_t> scales(bool han) {
  if (han) return {10, 100, 1000, 10000, 100000000};
  return {100, 1000, 1000000, 1000000000};
}

/// The word that multiplies in "two thousand": what follows the number before it.
void add_multiplier(const SpelledNumbers& rules, std::size_t form, std::int64_t scale, bool han,
                    Tables& tables) {
  for (const std::int64_t count : {2, 3, 5, 7, 21, 25}) {
    if (scale == 100 && count > 9) continue;
    const auto whole = words_of_number(rules.spell(count * scale, form), han);
    const auto front = words_of_number(rules.spell(count, form), han);
    if (whole.size() != front.size() + 1) continue;
    tables.multipliers[scale].insert(whole.back());
  }
  const auto one = words_of_number(rules.spell(scale, form), han);
  if (one.size() == 1 && !tables.multipliers[scale].empty()) {
    tables.multipliers[scale].insert(one.back());
  }
}

Tables spell_tables(const TableLanguage& language) {
  const SpelledNumbers rules(language.code);
  Tables tables;
  for (std::size_t form = 0; form < rules.forms(); ++form) {
    for (const std::int64_t scale : scales(language.han)) {
      add_multiplier(rules, form, scale, language.han, tables);
    }
    for (const std::int64_t n : small_numbers(language.han, language.compounds)) {
      const auto words = words_of_number(rules.spell(n, form), language.han);
      if (words.size() == 1) tables.numbers[n].insert(words.back());
    }
  }
  for (const auto& [scale, words] : tables.multipliers) {
    for (const std::string& word : words) tables.numbers[scale].erase(word);
  }
  return tables;
}

void write_table(std::ostream& out, const std::string& name, const Table& table) {
  if (table.empty()) return;
  out << "\n[" << name << "]\n";
  for (const auto& [value, words] : table) {
    if (words.empty()) continue;
    out << value << " = [";
    const char* comma = "";
    for (const std::string& word : words) {
      out << comma << '"' << word << '"';
      comma = ", ";
    }
    out << "]\n";
  }
}

Table calendar(const TableLanguage& language, CalendarNames (*names_of)(const std::string&)) {
  Table table;
  for (const std::string locale : {language.code, language.second_locale}) {
    if (locale.empty()) continue;
    for (const auto& [number, names] : names_of(locale)) {
      table[number].insert(names.begin(), names.end());
    }
  }
  return table;
}

std::string file_text(const TableLanguage& language) {
  const Tables tables = language.numbers ? spell_tables(language) : Tables();
  std::ostringstream out;
  out << "# Made by number_table_test from what ICU knows; other words are in figures-"
      << language.code << ".toml.\nlanguage = \"" << language.code << "\"\n";
  write_table(out, "number", tables.numbers);
  write_table(out, "multiplier", tables.multipliers);
  if (language.calendar) {
    write_table(out, "date.month", calendar(language, month_names));
    write_table(out, "date.weekday", calendar(language, weekday_names));
  }
  return out.str();
}

TEST(NumberTable, IsWhatIcuSpells) {
  for (const TableLanguage& language : kLanguages) {
    const std::string path = std::string(STEPPE_SOURCE_DIR) +
                             "/config/profiles/kazakhstan-unrest/figures-numbers-" + language.code +
                             ".toml";
    const std::string wanted = file_text(language);
    if (std::getenv("STEPPE_UPDATE_NUMBERS") != nullptr) std::ofstream(path) << wanted;
    std::ifstream file(path);
    std::ostringstream shipped;
    shipped << file.rdbuf();
    EXPECT_EQ(shipped.str(), wanted) << path;
  }
}

}  // namespace
}  // namespace steppe
