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
  /// The same with one hit for all that begin with a character, of the id `first_list` + the
  /// list's number.
  void scan_lists(std::string_view folded, std::uint32_t first_list,
                  std::vector<TermHit>& out) const;
  std::uint32_t list_count() const { return static_cast<std::uint32_t>(lists_.size()); }
  /// Appends the terms of a list, longer first.
  void read_list(std::uint32_t number, std::vector<ListedTerm>& terms) const;

 private:
  struct Found {
    std::uint32_t id = 0;
    std::uint32_t bytes = 0;
  };
  // A range of found_.
  struct List {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    bool only_han = true;  // its patterns
  };
  struct State {
    std::uint32_t base = 0;  // the state that a code leads to, less the code
    std::uint32_t parent = kNone;
    std::uint32_t list = kNoList;
    std::uint16_t bytes = 0;  // of the longest pattern of the list
    bool leads_out = false;   // of Han: to a state of another character
  };
  struct Step {
    std::uint16_t code = 0;  // zero: of no pattern
    std::uint32_t bytes = 0;
  };
  struct Builder;

  static constexpr std::uint32_t kRoot = 0;
  static constexpr std::uint32_t kNoList = 0;  // an empty one
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr std::uint32_t kCodePoints = 0x10000;
  static constexpr std::uint16_t kNotHan = 1;            // of no pattern, for what is no Han
  static constexpr std::uint16_t kFirstHanCode = 0x100;  // below, codes are bytes

  /// The code point of a Han character; whatever the bytes are, below kCodePoints.
  static std::uint16_t han_at(const char* here) {
    return static_cast<std::uint16_t>(three_byte_character(here));
  }
  Step step_at(const char* here) const {
    if (byte_class(*here) != ByteClass::kHanLead) return {static_cast<unsigned char>(*here), 1};
    return {code_at(here), kHanBytes};
  }
  std::uint16_t code_at(const char* here) const { return codes_[han_at(here)]; }
  std::uint32_t walk(std::uint32_t state, std::string_view folded, std::size_t at) const;
  template <typename Take>
  void each_list(std::string_view folded, const Take& take) const;
  template <typename Take>
  std::size_t scan_run(std::string_view folded, std::size_t at, std::uint16_t* codes,
                       const Take& take) const;

  std::vector<std::uint16_t> codes_;   // by code point
  std::vector<State> states_;          // empty without patterns
  std::vector<std::uint32_t> starts_;  // by code: the state of a first character, or one of none
  std::vector<List> lists_;
  std::vector<Found> found_;
};

}  // namespace steppe
