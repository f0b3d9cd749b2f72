#include "processors/story/sketch.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/utf8.h"

namespace steppe {
namespace {

constexpr std::uint64_t kEmpty = ~std::uint64_t{0};
constexpr unsigned kBinShift = 57;  // the top 7 bits of a hash choose its bin
constexpr std::size_t kRowsPerBand = 3;
constexpr std::size_t kRunCharacters = 4;
constexpr std::size_t kRunWords = 3;
constexpr std::uint64_t kNibbles = 0x1111111111111111;

using Minima = std::array<std::uint64_t, Sketch::kBins>;

// Source: finaliser of MurmurHash3 (public domain).
std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 33U;
  value *= 0xFF51AFD7ED558CCD;
  value ^= value >> 33U;
  value *= 0xC4CEB9FE1A85EC53;
  return value ^ (value >> 33U);
}

void add(Minima& minima, std::uint64_t run) {
  const std::uint64_t hash = mixed(run);
  std::uint64_t& least = minima[hash >> kBinShift];
  least = std::min(least, hash & ((std::uint64_t{1} << kBinShift) - 1));
}

void add_word_runs(const std::vector<Word>& words, Minima& minima) {
  for (std::size_t i = 0; i + kRunWords <= words.size(); ++i) {
    add(minima, words[i].hash * 0x9E3779B97F4A7C15 + std::rotl(words[i + 1].hash, 21) +
                    words[i + 2].hash * 0xD6E8FEB86659FD93);
  }
}

// Runs go across words, which one space parts; a text shorter than a run is one run.
void add_character_runs(std::string_view folded, const std::vector<Word>& words, Minima& minima) {
  std::uint64_t run = 0;  // the last four characters, 16 bits each
  std::size_t count = 0;
  const auto take = [&](char32_t c) {
    run = (run << 16U) | (static_cast<std::uint64_t>(c) & 0xFFFF);
    if (++count >= kRunCharacters) add(minima, run);
  };
  for (const Word& word : words) {
    if (count > 0 && !word.cjk) take(U' ');
    for (std::size_t at = word.begin; at < word.begin + word.length;) {
      const CodePoint cp = decode_utf8(folded, at);
      take(cp.value);
      at += cp.length;
    }
  }
  if (count > 0 && count < kRunCharacters) add(minima, run);
}

// An empty bin borrows from the next full one, so that short texts have all their keys as well.
// Source: Shrivastava, Li 2014, densification by rotation.
std::uint64_t borrowed(const Minima& minima, std::size_t bin) {
  for (std::size_t step = 0; step < minima.size(); ++step) {
    const std::uint64_t value = minima[(bin + step) % minima.size()];
    if (value != kEmpty) return value + step * 0x9E3779B97F4A7C15;
  }
  return kEmpty;
}

std::array<std::uint32_t, kBands> keys_of(const Minima& minima, bool headline) {
  std::array<std::uint32_t, kBands> keys{};
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t key = headline ? band + kBands : band;
    for (std::size_t row = 0; row < kRowsPerBand; ++row) {
      key = mixed(key + borrowed(minima, band * kRowsPerBand + row));
    }
    keys[band] = static_cast<std::uint32_t>(key >> 32U);
  }
  return keys;
}

std::uint64_t word_of(const Sketch& sketch, std::size_t index) {
  std::uint64_t word = 0;
  std::memcpy(&word, sketch.bins.data() + index * sizeof word, sizeof word);
  return word;
}

// One bit for every nibble that is not zero.
std::uint64_t filled(std::uint64_t word) {
  return (word | (word >> 1U) | (word >> 2U) | (word >> 3U)) & kNibbles;
}

}  // namespace

SketchWithKeys sketch_of(std::string_view folded, const std::vector<Word>& words) {
  Minima minima;
  minima.fill(kEmpty);
  SketchWithKeys out;
  out.sketch.headline = words.size() < kHeadlineWords;
  const auto cjk = static_cast<std::size_t>(
      std::count_if(words.begin(), words.end(), [](const Word& word) { return word.cjk; }));
  out.sketch.bare = words.size() - cjk / 2 <= kBareWords;
  if (out.sketch.headline) {
    add_character_runs(folded, words, minima);
  } else {
    add_word_runs(words, minima);
  }
  for (std::size_t bin = 0; bin < minima.size(); ++bin) {
    if (minima[bin] == kEmpty) continue;
    const auto value = static_cast<std::uint8_t>(1 + (mixed(minima[bin]) % 15));
    out.sketch.bins[bin / 2] |= static_cast<std::uint8_t>(bin % 2 == 0 ? value : value << 4U);
  }
  out.keys = keys_of(minima, out.sketch.headline);
  return out;
}

double similarity(const Sketch& a, const Sketch& b) {
  if (a.headline != b.headline) return 0;
  int equal = 0;
  int both = 0;
  int either = 0;
  for (std::size_t i = 0; i < a.bins.size() / sizeof(std::uint64_t); ++i) {
    const std::uint64_t x = word_of(a, i);
    const std::uint64_t y = word_of(b, i);
    const std::uint64_t full = filled(x) & filled(y);
    equal += std::popcount(full & ~filled(x ^ y));
    both += std::popcount(full);
    either += std::popcount(filled(x) | filled(y));
  }
  if (either == 0) return 0;
  // Of 15 values, one in 15 is equal by chance.
  const double by_chance = both / 15.0;
  return std::clamp((equal - by_chance) / (1 - 1 / 15.0) / either, 0.0, 1.0);
}

}  // namespace steppe
