#pragma once
// Finds patterns that begin with a Han character, at every character.

#include <cstdint>
#include <string_view>
#include <vector>

#include "processors/match/term_scanner.h"
#include "processors/match/word_bytes.h"

namespace steppe {

/// Immutable after construction; any thread. Part of TermScanner.
///
/// A double-array trie (Aoe 1989) over characters, and bytes of others. Four characters of five in
/// Chinese news begin some pattern: each state lists all that end on the way to it, so that one
/// walk a character, of two steps as a rule, finds its hits in their order.
class HanIndex {
 public:
  /// `patterns` hold folded text whose first character is Han or kana.
  explicit HanIndex(std::vector<TermPattern> patterns);

  /// Appends hits ordered by is_before. `folded` comes from fold_into().
  void scan(std::string_view folded, std::vector<TermHit>& out) const;

 private:
  struct Found {
    std::uint32_t id = 0;
    std::uint32_t bytes = 0;
  };
  struct State {
    std::uint32_t base = 0;  // the state that a code leads to, less the code
    std::uint32_t parent = kNone;
    std::uint32_t first = 0;  // in found_
    std::uint32_t count = 0;
  };
  struct Step {
    std::uint16_t code = 0;  // zero: of no pattern
    std::uint32_t bytes = 0;
  };
  struct Builder;

  static constexpr std::uint32_t kRoot = 0;
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr std::uint32_t kFirstHan = 0x3000;
  static constexpr std::uint32_t kHanCodePoints = 0x7000;
  static constexpr std::uint16_t kNotHan = 1;  // of no pattern, for what is no Han
  static constexpr std::uint32_t kHanBytes = 3;
  static constexpr std::uint16_t kFirstHanCode = 0x100;  // below, codes are bytes

  /// The code point of a Han character, from kFirstHan on.
  static std::uint32_t han_at(const char* here) {
    const auto byte = [&](int i) -> std::uint32_t { return static_cast<unsigned char>(here[i]); };
    const std::uint32_t c = ((byte(0) & 0xF) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
    return c - kFirstHan;
  }
  Step step_at(const char* here) const {
    if (byte_class(*here) != ByteClass::kHanLead) return {static_cast<unsigned char>(*here), 1};
    return {code_at(here), kHanBytes};
  }
  std::uint16_t code_at(const char* here) const { return codes_[han_at(here)]; }
  std::uint32_t walk(std::uint32_t state, std::string_view folded, std::size_t at) const;
  std::size_t scan_run(std::string_view folded, std::size_t at, std::uint16_t* codes,
                       std::vector<TermHit>& out) const;

  std::vector<std::uint16_t> codes_;  // by code point from kFirstHan on
  std::vector<State> states_;         // empty without patterns
  std::vector<Found> found_;          // lists of states
};

}  // namespace steppe
