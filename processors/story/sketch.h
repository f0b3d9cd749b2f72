#pragma once
// What is remembered of a text to find its copies: a one-permutation MinHash of its word runs.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "processors/story/words.h"

namespace steppe {

/// Sketch of a text: 128 bins of 4 bits, two in a byte; 0 is an empty bin.
/// Long texts are sketched by runs of three words, short ones (headlines) by runs of four
/// characters; the two kinds do not compare.
/// Source: Li, Owen, Zhang 2012, "One Permutation Hashing"; b-bit minima: Li, Koenig 2010.
struct Sketch {
  static constexpr std::size_t kBins = 128;
  std::array<std::uint8_t, kBins / 2> bins{};
  bool headline : 1 = false;
  bool bare : 1 = false;  // a headline and nothing else
};

/// Keys under which a copy is looked for: every band of three bins is one. Texts that share a
/// share J of their runs have a key in common with probability 1-(1-J^3)^10: 0.996 at J = 0.75.
inline constexpr std::size_t kBands = 10;

struct SketchWithKeys {
  Sketch sketch;
  std::array<std::uint32_t, kBands> keys{};
};

/// Texts of fewer words count as headlines.
inline constexpr std::size_t kHeadlineWords = 64;
/// And of at most so many as a headline alone; two CJK characters are a word here.
inline constexpr std::size_t kBareWords = 24;

SketchWithKeys sketch_of(std::string_view folded, const std::vector<Word>& words);

/// The share of common runs, |both| / |either|, estimated with a standard error of about 0.05;
/// 0 for sketches of different kinds.
double similarity(const Sketch& a, const Sketch& b);

}  // namespace steppe
