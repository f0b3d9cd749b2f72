#include "processors/language/language.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/utf8.h"
#include "processors/language/cld2_hint.h"
#include "processors/language/cyrillic.h"
#include "processors/language/latin_words.h"
#include "processors/language/scripts.h"

namespace steppe {
namespace {

constexpr std::size_t kSampleBytes = 512;
constexpr std::size_t kTitleBytes = 320;
constexpr std::uint32_t kDeclaredBonus = 45;  // tenths of nats
constexpr std::uint32_t kCld2Bonus = 20;
constexpr std::uint32_t kClearMargin = 60;  // beyond it CLD2 is not asked
constexpr std::size_t kCld2Bytes = 192;  // its time grows with the text, its answer hardly changes
constexpr double kCertain = 0.99;

std::string primary_subtag(std::string_view tag) {
  std::string code(tag.substr(0, tag.find_first_of("-_")));
  std::transform(code.begin(), code.end(), code.begin(), [](char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
  });
  const bool plain =
      code.size() >= 2 && code.size() <= 3 &&
      std::all_of(code.begin(), code.end(), [](char b) { return b >= 'a' && b <= 'z'; });
  return plain ? code : std::string();
}

// From a lead in tenths of nats to how often such a lead is right.
double confidence_of(std::uint32_t margin) {
  return std::min(kCertain, 1 / (1 + std::exp(-static_cast<double>(margin) / 20)));
}

std::size_t index_of(std::string_view code) {
  const auto found = std::find(kCyrillicLanguages.begin(), kCyrillicLanguages.end(), code);
  return static_cast<std::size_t>(found - kCyrillicLanguages.begin());
}

struct Lead {
  std::size_t first = 0;
  std::uint32_t margin = 0;
};

Lead lead_of(const CyrillicCosts& costs) {
  const auto best = std::min_element(costs.cost.begin(), costs.cost.end());
  std::uint32_t second = UINT32_MAX;
  for (auto it = costs.cost.begin(); it != costs.cost.end(); ++it) {
    if (it != best) second = std::min(second, *it);
  }
  return {static_cast<std::size_t>(best - costs.cost.begin()), second - *best};
}

Language identify_cyrillic(std::string_view sample, const std::string& declared) {
  CyrillicCosts costs = cyrillic_costs(sample);
  const auto favour = [&costs](std::size_t chosen, std::uint32_t bonus) {
    for (std::size_t i = 0; i < costs.cost.size(); ++i) {
      if (i != chosen) costs.cost[i] += bonus;
    }
  };
  // A declaration is right far more often than CLD2 on a text too short for the letters.
  const std::size_t hint = index_of(declared);
  if (hint < costs.cost.size()) {
    favour(hint, kDeclaredBonus);
  } else if (lead_of(costs).margin < kClearMargin) {
    const std::size_t opinion =
        index_of(ask_cld2(truncate_utf8(sample, kCld2Bytes), declared).code);
    if (opinion < costs.cost.size()) favour(opinion, kCld2Bonus);
  }
  const Lead lead = lead_of(costs);
  return {std::string(kCyrillicLanguages[lead.first]), confidence_of(lead.margin), {}};
}

std::uint32_t count_any(std::string_view text, std::u32string_view letters) {
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint cp = decode_utf8(text, at);
    at += cp.length;
    if (letters.find(cp.value) != std::u32string_view::npos) ++count;
  }
  return count;
}

// Letters that one language written in Arabic script has and its neighbours have not.
Language identify_arabic(std::string_view sample, const std::string& declared) {
  const std::uint32_t kazakh = count_any(sample, U"\u0674\u06C7\u06CB");
  const std::uint32_t uyghur = count_any(sample, U"\u06D0\u06C8\u06C6\u06D5");
  const std::uint32_t urdu = count_any(sample, U"\u0679\u0688\u0691\u06D2\u06BA");
  const std::uint32_t persian = count_any(sample, U"\u067E\u0686\u0698\u06AF\u06A9\u06CC");
  if (kazakh > 0 && kazakh >= uyghur) return {"kk", 0.9, {}};
  if (uyghur > urdu) return {"ug", 0.9, {}};
  if (urdu > 0) return {"ur", 0.9, {}};
  if (persian > 0) return {"fa", 0.95, {}};
  if (declared == "fa" || declared == "ur" || declared == "ug") return {declared, 0.7, {}};
  return {"ar", 0.9, {}};
}

// A q that no u follows is rare outside Kazakh, Uzbek and Azerbaijani; the acute letters settle it.
bool looks_kazakh_latin(std::string_view sample, std::string_view opinion) {
  std::uint32_t lonely = 0;
  for (std::size_t at = 0; at + 1 < sample.size(); ++at) {
    const bool q = sample[at] == 'q' || sample[at] == 'Q';
    if (q && sample[at + 1] != 'u' && sample[at + 1] != 'U') ++lonely;
  }
  if (lonely == 0 || opinion == "uz") return false;
  if (count_any(sample, U"\u01F5\u01F4\u0144\u0143\u00E1\u00C1\u00FD\u00FA\u00F3") > 0) return true;
  return opinion != "az" && opinion != "tr" &&
         count_any(sample, U"\u0131\u011F\u016B\u00F1\u015F") > 0;
}

Language identify_latin(std::string_view sample, const std::string& declared, bool ascii_only) {
  if (!ascii_only && count_any(sample, U"\u0259\u018F") > 0) return {"az", 0.97, {}};
  const std::string_view plain = guess_by_short_words(sample);
  if (!plain.empty()) return {std::string(plain), 0.97, {}};
  const Cld2Opinion opinion = ask_cld2(truncate_utf8(sample, kCld2Bytes), declared);
  if (looks_kazakh_latin(sample, opinion.code)) return {"kk", 0.85, {}};
  if (opinion.code.empty()) {
    if (!declared.empty() && index_of(declared) == kCyrillicLanguages.size()) {
      return {declared, 0.6, {}};
    }
    return ascii_only ? Language{"en", 0.5, {}} : Language{"und", 0, {}};
  }
  const double share = opinion.percent / 100.0;
  return {opinion.code, std::min(0.97, (opinion.reliable ? 0.95 : 0.6) * share), {}};
}

Language identify_han(const ScriptCounts& counts) {
  const std::uint32_t kana = counts.of(Script::kKana);
  if (kana * 8 > counts.of(Script::kHan)) return {"ja", 0.97, {}};
  return {"zh", 0.98, {}};
}

Language by_script(std::string_view sample, const std::string& declared) {
  const ScriptCounts counts = count_scripts(sample);
  switch (counts.main()) {
    case Script::kNone: return {"und", 0, {}};
    case Script::kLatin: return identify_latin(sample, declared, counts.ascii_only);
    case Script::kCyrillic: return identify_cyrillic(sample, declared);
    case Script::kArabic: return identify_arabic(sample, declared);
    case Script::kHan:
    case Script::kKana: return identify_han(counts);
    case Script::kHangul: return {"ko", kCertain, {}};
    case Script::kArmenian: return {"hy", kCertain, {}};
    case Script::kGeorgian: return {"ka", kCertain, {}};
    case Script::kGreek: return {"el", kCertain, {}};
    case Script::kHebrew: return {"he", kCertain, {}};
    case Script::kDevanagari: return {"hi", 0.8, {}};
    case Script::kThai: return {"th", kCertain, {}};
  }
  return {"und", 0, {}};
}

}  // namespace

Language identify_language(std::string_view text, std::string_view declared) {
  std::size_t replaced = 0;
  const std::string sample = repair_utf8(truncate_utf8(text, kSampleBytes), replaced);
  Language found = by_script(sample, primary_subtag(declared));
  found.declared = declared;
  return found;
}

Language identify_language(const Item& item) {
  std::string sample(truncate_utf8(item.title, kTitleBytes));
  const std::string& rest = item.summary.empty() ? item.body : item.summary;
  if (!rest.empty()) sample.append("\n").append(truncate_utf8(rest, kSampleBytes - sample.size()));
  return identify_language(sample, item.lang.declared);
}

}  // namespace steppe
