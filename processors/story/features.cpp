#include "processors/story/features.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/hash.h"
#include "core/utf8.h"
#include "processors/match/fold.h"

namespace steppe {
namespace {

constexpr std::size_t kLeadBytes = 400;
constexpr std::size_t kTextBytes = 16U << 10U;
constexpr std::size_t kStemBytes = 12;      // six Cyrillic letters: inflection sits behind
constexpr std::size_t kShingleSample = 96;  // smallest hashes stand for all
constexpr double kTellingValue = 10;        // smaller tolls are too common to tell an event

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

// Punctuation beyond ASCII ends a word as well: U+2000..206F and U+3000..303F, full-width forms.
bool is_separator(char32_t c) {
  return (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) || c == 0xAB || c == 0xBB ||
         (c >= 0xFF00 && c <= 0xFF0F) || c == 0xFF1A || c == 0xFF1B || c == 0xFF1F;
}

/// Words of a folded text; a CJK character is a word by itself.
std::vector<std::string_view> split_words(std::string_view folded) {
  std::vector<std::string_view> words;
  std::size_t start = std::string_view::npos;
  const auto end_word = [&](std::size_t at) {
    if (start != std::string_view::npos) words.push_back(folded.substr(start, at - start));
    start = std::string_view::npos;
  };
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint cp = decode_utf8(folded, at);
    if (is_cjk(cp.value) && !is_separator(cp.value)) {
      end_word(at);
      words.push_back(folded.substr(at, cp.length));
    } else if (!is_word_byte(folded[at]) || is_separator(cp.value)) {
      end_word(at);
    } else if (start == std::string_view::npos) {
      start = at;
    }
    at += cp.length;
  }
  end_word(folded.size());
  return words;
}

bool is_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void sort_unique(std::vector<std::uint64_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// Chinese words are mostly two characters: neighbours stand for them.
void add_words(const std::vector<std::string_view>& words, StoryFeatures& features) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const bool single_cjk = word.size() == 3 && is_cjk(decode_utf8(word, 0).value);
    if (is_number(word)) {
      features.numbers.push_back(hash64(word));
    } else if (single_cjk && i + 1 < words.size()) {
      features.words.push_back(hash64(std::string(word) + std::string(words[i + 1])));
    } else if (word.size() >= 4 && !single_cjk) {
      features.words.push_back(hash64(truncate_utf8(word, kStemBytes)));
    }
  }
}

void add_shingles(const std::vector<std::string_view>& words, StoryFeatures& features) {
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    const std::array<std::uint64_t, 3> run = {hash64(words[i]), hash64(words[i + 1]),
                                              hash64(words[i + 2])};
    features.shingles.push_back(hash64(
        {reinterpret_cast<const char*>(run.data()), sizeof run}));  // NOLINT: bytes of hashes
  }
  sort_unique(features.shingles);
  if (features.shingles.size() > kShingleSample) features.shingles.resize(kShingleSample);
}

void add_finding(const std::string& name, bool strong, StoryFeatures& features) {
  const std::uint64_t hash = hash64(name);
  features.findings.push_back(hash);
  if (strong) features.strong.push_back(hash);
}

void add_findings(const Enrichment& found, StoryFeatures& features) {
  for (const Place& place : found.places) {
    if (place.role == "statement" || place.key.empty()) continue;
    add_finding("place/" + place.key, place.precision != "country", features);
  }
  for (const Figure& figure : found.figures) {
    if (!figure.value) continue;
    const std::string name =
        std::string(to_string(figure.kind)) + "/" + std::to_string(std::llround(*figure.value));
    add_finding("figure/" + name, *figure.value >= kTellingValue, features);
  }
  for (const Actor& actor : found.actors) {
    if (!actor.key.empty()) add_finding("actor/" + actor.key, actor.type == "person", features);
  }
  for (const Event& event : found.events) add_finding("event/" + event.type, false, features);
}

}  // namespace

StoryFeatures story_features(const Item& item) {
  StoryFeatures features;
  const std::string& text = item.body.empty() ? item.summary : item.body;
  std::string folded;
  fold_into(item.title + "\n" + std::string(truncate_utf8(text, kLeadBytes)), folded);
  add_words(split_words(folded), features);
  fold_into(item.title + "\n" + std::string(truncate_utf8(text, kTextBytes)), folded);
  add_shingles(split_words(folded), features);
  add_findings(item.found, features);
  sort_unique(features.words);
  sort_unique(features.numbers);
  sort_unique(features.findings);
  sort_unique(features.strong);
  return features;
}

std::size_t common(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t both = 0;
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (a[i] == b[k]) {
      ++both;
      ++i;
      ++k;
    } else if (a[i] < b[k]) {
      ++i;
    } else {
      ++k;
    }
  }
  return both;
}

double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  const std::size_t both = common(a, b);
  const std::size_t either = a.size() + b.size() - both;
  return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

}  // namespace steppe
