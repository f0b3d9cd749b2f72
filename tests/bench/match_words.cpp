#include "tests/bench/match_words.h"

#include <cmath>
#include <set>

namespace steppe {
namespace {

constexpr std::size_t kVocabulary = 40000;
constexpr std::size_t kCommon = 400;  // ranks that no term is made of

}  // namespace

BenchWords::BenchWords(std::uint32_t seed) : random_(seed) {
  languages_.push_back(
      {{"\u043F", "\u0440", "\u0441\u0442", "\u043D", "\u043A\u0440", "\u0432", "\u043C", "\u0434",
        "\u043B", "\u0442", "\u0437", "\u0431", "\u0433", "\u0447", "\u0448", "\u043F\u0440"},
       {"\u043E", "\u0430", "\u0435", "\u0438", "\u0443", "\u044B", "\u044F"},
       {"", "", "", "\u043D", "\u0439", "\u0441", "\u043B", "\u0442"},
       {"", "", "\u0430", "\u043E\u0432", "\u0430\u043C\u0438", "\u0443", "\u043E\u0433\u043E",
        "\u044B\u0445"},
       {}});
  languages_.push_back({{"b", "c", "st", "d", "f", "g", "h", "pr", "l", "m", "n", "p", "tr", "r",
                         "s", "t", "w", "v"},
                        {"a", "e", "i", "o", "u", "ea", "ou"},
                        {"", "", "n", "r", "s", "t", "nd", "l"},
                        {"", "", "", "s", "ed", "ing", "ers", "ly"},
                        {}});
  languages_.push_back(
      {{"\u049B", "\u0436", "\u0441", "\u0442", "\u0431", "\u0434", "\u043D", "\u0433", "\u043A",
        "\u043B", "\u043C", "\u0440", "\u0448", "\u0493"},
       {"\u0430", "\u044B", "\u0435", "\u0456", "\u043E", "\u04E9", "\u04B1", "\u04AF", "\u04D9"},
       {"", "", "\u0440", "\u043D", "\u043B", "\u0437", "\u04A3", "\u043F"},
       {"", "\u0434\u044B\u04A3", "\u043B\u0430\u0440", "\u0493\u0430", "\u043D\u0430\u043D",
        "\u0434\u0430\u0493\u044B"},
       {}});
  for (Language& language : languages_) invent(language, kVocabulary);
}

void BenchWords::invent(Language& language, std::size_t count) {
  std::set<std::string> known;
  while (language.words.size() < count) {
    std::string word;
    // Frequent words are short.
    const std::size_t syllables = language.words.size() < 60 ? 1 : 2 + below(3);
    for (std::size_t i = 0; i < syllables; ++i) {
      word += language.onsets[below(language.onsets.size())];
      word += language.nuclei[below(language.nuclei.size())];
      word += language.codas[below(language.codas.size())];
    }
    if (known.insert(word).second) language.words.push_back(word);
  }
}

BenchWords::Language& BenchWords::pick() {
  const std::size_t roll = below(5);
  return languages_[roll / 2];
}

std::vector<std::string> BenchWords::terms(std::size_t count) {
  std::set<std::string> chosen;
  while (chosen.size() < count) {
    const Language& language = pick();
    chosen.insert(language.words[kCommon + below(language.words.size() - kCommon)]);
  }
  return {chosen.begin(), chosen.end()};
}

std::string BenchWords::block(Language& language, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    // Zipf: a uniform logarithm of the rank.
    const double uniform = static_cast<double>(below(1 << 20)) / (1 << 20);
    const auto rank =
        static_cast<std::size_t>(std::pow(static_cast<double>(language.words.size()), uniform)) - 1;
    std::string word = language.words[rank] + language.endings[below(language.endings.size())];
    if (below(9) == 0 && word.front() >= 'a' && word.front() <= 'z') {
      word.front() = static_cast<char>(word.front() - 32);
    }
    text += word;
    text += below(12) == 0 ? (below(2) == 0 ? ", " : ". ") : " ";
  }
  return text;
}

std::vector<std::string> BenchWords::blocks(std::size_t count, std::size_t bytes) {
  std::vector<std::string> blocks;
  while (blocks.size() < count) blocks.push_back(block(pick(), bytes));
  return blocks;
}

}  // namespace steppe
