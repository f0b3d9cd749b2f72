#include "processors/language/latin_words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <unordered_map>
#include <vector>

namespace steppe {

extern const std::string_view kLatinWords;

namespace {

constexpr std::size_t kMaxLanguages = 32;
constexpr std::size_t kMaxWordBytes = 8;
constexpr std::uint32_t kWhole = 60;  // weight of a word of one language; shared words split it
constexpr std::uint32_t kLead = 2 * kWhole;  // over the second language

// A word of at most eight bytes as a number.
std::uint64_t key_of(std::string_view word) {
  std::uint64_t key = 0;
  std::memcpy(&key, word.data(), std::min(word.size(), kMaxWordBytes));
  return key;
}

// The part before the next `mark`, which is cut off `text`.
std::string_view take(std::string_view& text, char mark) {
  const std::size_t end = std::min(text.find(mark), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

struct Words {
  std::vector<std::string_view> languages;
  std::unordered_map<std::uint64_t, std::uint32_t> bits;  // of the languages that have the word

  Words() {
    bits.reserve(1024);
    for (std::string_view data = kLatinWords; !data.empty();) {
      std::string_view line = take(data, '\n');
      if (line.empty() || line.front() == '#' || languages.size() == kMaxLanguages) continue;
      languages.push_back(take(line, '\t'));
      while (!line.empty()) {
        bits[key_of(take(line, ' '))] |= std::uint32_t{1} << (languages.size() - 1);
      }
    }
  }
};

const Words& words() {
  static const Words table;
  return table;
}

bool is_letter(unsigned char byte) {
  return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

using Tally = std::array<std::uint32_t, kMaxLanguages>;

void count(std::uint32_t bits, Tally& tally) {
  const auto share = kWhole / static_cast<std::uint32_t>(__builtin_popcount(bits));
  for (; bits != 0; bits &= bits - 1) tally[static_cast<std::size_t>(__builtin_ctz(bits))] += share;
}

}  // namespace

std::string_view guess_by_short_words(std::string_view text) {
  const Words& table = words();
  Tally tally{};
  for (std::size_t at = 0; at < text.size();) {
    std::array<char, kMaxWordBytes> word{};
    std::size_t length = 0;
    for (; at < text.size() && is_letter(static_cast<unsigned char>(text[at])); ++at, ++length) {
      const char byte = text[at];
      if (length < kMaxWordBytes) {
        word[length] = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
      }
    }
    if (length > 0 && length <= kMaxWordBytes) {
      const auto found = table.bits.find(key_of({word.data(), length}));
      if (found != table.bits.end()) count(found->second, tally);
    }
    at += length == 0 ? 1 : 0;
  }
  const auto best = std::max_element(tally.begin(), tally.end());
  const std::uint32_t most = *best;
  const auto index = static_cast<std::size_t>(best - tally.begin());
  *best = 0;
  const std::uint32_t second = *std::max_element(tally.begin(), tally.end());
  if (most < second + kLead || most < 2 * second) return {};
  return table.languages[index];
}

}  // namespace steppe
