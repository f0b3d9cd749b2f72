#pragma once
// Invented Russian, English and Kazakh: words of syllables, met as often as words of real text.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace steppe {

class BenchWords {
 public:
  explicit BenchWords(std::uint32_t seed);

  /// Stems of seldom words: 40 % Russian, 40 % English, 20 % Kazakh.
  std::vector<std::string> terms(std::size_t count);
  /// Texts of one language each, in the same shares.
  std::vector<std::string> blocks(std::size_t count, std::size_t bytes);

 private:
  struct Language {
    std::vector<std::string> onsets, nuclei, codas, endings;
    std::vector<std::string> words;  // the most frequent first
  };

  void invent(Language& language, std::size_t count);
  Language& pick();
  std::string block(Language& language, std::size_t bytes);
  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::mt19937 random_;
  std::vector<Language> languages_;
};

}  // namespace steppe
