#include "processors/story/terms.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/hash.h"
#include "core/utf8.h"

namespace steppe {
namespace {

constexpr std::size_t kStemBytes = 12;      // six Cyrillic letters: inflection sits behind
constexpr std::size_t kStemAscii = 6;       // six Latin ones
constexpr std::size_t kLeastWordBytes = 4;  // shorter words tell little
constexpr std::size_t kSkeleton = 5;
constexpr std::size_t kRomanTable = 0x1100;  // all alphabets; not Hangul, Han, kana
constexpr std::uint64_t kLeastNumber = 10;   // smaller ones are in every text
constexpr std::uint64_t kFirstYear = 1900;
constexpr std::uint64_t kLastYear = 2100;

StoryTerm term(StoryTermKind kind, std::uint64_t hash) {
  return (static_cast<StoryTerm>(kind) << 29U) | static_cast<StoryTerm>(hash & 0x1FFFFFFF);
}

// Latin letters of each code point below kRomanTable, lower case.
constexpr char kRomanLetters[kRomanTable][8] = {
#include "roman_table.inc"
};

std::string_view roman_letters(char32_t c) {
  constexpr char32_t kRussianShortI = 0x439;  // romanised as y, i or j
  if (c >= kRomanTable || c == kRussianShortI) return {};
  return kRomanLetters[c];
}

struct Spelling {
  std::string_view from;
  std::string_view to;
};

// Ways to write one sound in Latin letters, longest first.
constexpr std::array<Spelling, 16> kSpellings = {{{"shch", "s"},
                                                  {"sch", "s"},
                                                  {"zh", "z"},
                                                  {"kh", "h"},
                                                  {"sh", "s"},
                                                  {"ch", "c"},
                                                  {"ts", "c"},
                                                  {"tz", "c"},
                                                  {"dj", "z"},
                                                  {"dz", "z"},
                                                  {"ph", "f"},
                                                  {"ck", "k"},
                                                  {"j", "z"},
                                                  {"q", "k"},
                                                  {"x", "ks"},
                                                  {"w", "v"}}};

// Letters that begin one of kSpellings.
constexpr auto kSpelt = [] {
  std::array<bool, 256> letters{};
  for (const Spelling& spelling : kSpellings)
    letters[static_cast<unsigned char>(spelling.from.front())] = true;
  return letters;
}();

void append_consonant(std::string& out, char letter) {
  if (std::string_view("aeiouy").find(letter) != std::string_view::npos) return;
  if (out.empty() || out.back() != letter) out.push_back(letter);
}

bool is_upper_ascii(char c) {
  return c >= 'A' && c <= 'Z';
}

// A word is written with a capital when folding changed its first character. Alphabets without
// capitals have no such words.
bool is_capitalised(std::string_view original, std::string_view folded, const Word& word) {
  if (original.size() != folded.size()) return false;
  const char before = original[word.begin];
  const char after = folded[word.begin];
  if (static_cast<unsigned char>(before) < 0x80) return is_upper_ascii(before);
  return original.substr(word.begin, 2) != folded.substr(word.begin, 2) && before != 0 &&
         after != 0;
}

std::string_view stem_of(std::string_view word) {
  const bool ascii = std::all_of(word.begin(), word.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? word.substr(0, kStemAscii) : truncate_utf8(word, kStemBytes);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void add_findings(const Enrichment& found, std::vector<StoryTerm>& terms) {
  for (const Place& place : found.places) {
    if (place.key.empty() || place.precision == "country" || place.role == "statement") continue;
    terms.push_back(term(StoryTermKind::kPlace, hash64(place.key)));
  }
  for (const Figure& figure : found.figures) {
    if (!figure.value) continue;
    const auto value = static_cast<std::uint64_t>(std::llround(std::max(0.0, *figure.value)));
    const std::uint64_t kind = hash64(to_string(figure.kind));
    terms.push_back(term(StoryTermKind::kFigure, hash64(std::to_string(value)) ^ kind));
    terms.push_back(term(StoryTermKind::kNumber, hash64(std::to_string(value))));
  }
  for (const Actor& actor : found.actors) {
    if (!actor.key.empty()) terms.push_back(term(StoryTermKind::kActor, hash64(actor.key)));
  }
  for (const Event& event : found.events)
    terms.push_back(term(StoryTermKind::kEvent, hash64(event.type)));
}

void add_numbers(std::string_view folded, const std::vector<Word>& words,
                 std::vector<StoryTerm>& terms) {
  for (const NumberInText& number : numbers_in(folded, words)) {
    const bool year = number.value >= kFirstYear && number.value <= kLastYear;
    if (number.value < kLeastNumber || year) continue;
    terms.push_back(term(StoryTermKind::kNumber, hash64(std::to_string(number.value))));
  }
}

void add_words(std::string_view original, std::string_view folded, const std::vector<Word>& words,
               std::vector<StoryTerm>& terms) {
  for (std::size_t i = 0; i < words.size() && terms.size() < kMaxTerms; ++i) {
    const Word& word = words[i];
    const std::string_view text = word.of(folded);
    if (word.cjk) {
      if (i + 1 < words.size() && words[i + 1].cjk)
        terms.push_back(term(StoryTermKind::kBigram, word.hash * 31 + words[i + 1].hash));
      continue;
    }
    if (is_digit(text.front())) continue;
    const bool capital = is_capitalised(original, folded, word);
    const bool shout = text.size() == 3 && capital && is_upper_ascii(original[word.begin + 2]);
    if (text.size() < kLeastWordBytes && !shout) continue;
    terms.push_back(term(StoryTermKind::kWord, hash64(stem_of(text))));
    if (!capital || text.size() < kLeastWordBytes) continue;
    const std::string skeleton = name_skeleton(text);
    if (!skeleton.empty()) terms.push_back(term(StoryTermKind::kName, hash64(skeleton)));
  }
}

void sort_unique(std::vector<StoryTerm>& terms) {
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

}  // namespace

std::string name_skeleton(std::string_view name) {
  std::string roman;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint cp = decode_utf8(name, at);
    roman += roman_letters(cp.value);
    at += cp.length;
  }
  std::string out;
  for (std::size_t at = 0; at < roman.size() && out.size() < kSkeleton;) {
    const std::string_view rest = std::string_view(roman).substr(at);
    if (!kSpelt[static_cast<unsigned char>(rest.front())]) {
      append_consonant(out, rest.front());
      ++at;
      continue;
    }
    const auto* spelling =
        std::find_if(kSpellings.begin(), kSpellings.end(),
                     [&](const Spelling& s) { return rest.starts_with(s.from); });
    if (spelling == kSpellings.end()) {
      append_consonant(out, rest.front());
      ++at;
    } else {
      for (const char letter : spelling->to) append_consonant(out, letter);
      at += spelling->from.size();
    }
  }
  if (out.size() > kSkeleton) out.resize(kSkeleton);
  return out.size() >= 3 ? out : std::string();
}

std::vector<StoryTerm> terms_of(const Enrichment& found, std::string_view original,
                                std::string_view folded, const std::vector<Word>& words) {
  std::vector<StoryTerm> terms;
  add_findings(found, terms);
  sort_unique(terms);
  if (terms.size() > kMaxTerms / 2) terms.resize(kMaxTerms / 2);
  add_numbers(folded, words, terms);
  add_words(original, folded, words, terms);
  sort_unique(terms);
  if (terms.size() > kMaxTerms) terms.resize(kMaxTerms);
  return terms;
}

}  // namespace steppe
