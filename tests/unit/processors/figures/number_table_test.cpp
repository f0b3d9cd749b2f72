// The shipped number words are what ICU's spelling rules give. STEPPE_UPDATE_NUMBERS=1 rewrites
// them.

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
};

// The languages of the profile that ICU can spell and whose words stand apart.
constexpr TableLanguage kLanguages[] = {
    {"en"},
    {"ru"},
    {"kk"},
    {"zh", true},
    {"ar"},
    {"az"},
    {"be"},
    {"bg"},
    {"cs", false, true},
    {"de", false, true},
    {"es", false, true},
    {"et", false, true},
    {"fa"},
    {"fr"},
    {"hu", false, true},
    {"hy", false, true},
    {"id"},
    {"it", false, true},
    {"ja", true},
    {"ky"},
    {"mk"},
    {"nl", false, true},
    {"no", false, true},
    {"pl"},
    {"pt"},
    {"ro"},
    {"sq", false, true},
    {"sr"},
    {"tr"},
    {"uk"},
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

std::string file_text(const TableLanguage& language) {
  const Tables tables = spell_tables(language);
  std::ostringstream out;
  out << "# Made from the spelling rules of ICU by number_table_test; other words are in figures-"
      << language.code << ".toml.\nlanguage = \"" << language.code << "\"\n";
  write_table(out, "number", tables.numbers);
  write_table(out, "multiplier", tables.multipliers);
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
