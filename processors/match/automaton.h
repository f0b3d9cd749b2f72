#pragma once
// Aho-Corasick over bytes, for terms that may stand anywhere.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "processors/match/term_scanner.h"

namespace steppe {

/// Immutable after construction; any thread. Part of TermScanner.
/// Source: Aho and Corasick, Efficient string matching, CACM 18(6), 1975.
class Automaton {
 public:
  /// `patterns` hold folded, non-empty text.
  explicit Automaton(const std::vector<TermPattern>& patterns);

  /// Appends hits ordered by end.
  void scan(std::string_view folded, std::vector<TermHit>& out) const;

 private:
  struct Output {
    std::uint32_t id = 0;
    std::uint32_t length = 0;
    std::uint32_t next = 0;  // 1-based index of another output of the same node; 0 = none
  };
  struct Node {
    std::uint32_t outputs = 0;  // 1-based; 0 = none
    std::uint32_t fail = 0;
    std::uint32_t next_output = 0;  // nearest node with outputs along the failure links
  };

  void classify(const std::vector<TermPattern>& patterns);
  void add(const TermPattern& pattern);
  void note_start(std::string_view text);
  void link();
  void pack();
  template <typename Move>
  void scan_with(const std::vector<Move>& moves, std::string_view folded,
                 std::vector<TermHit>& out) const;
  std::size_t next_start(std::string_view folded, std::size_t at) const;
  void emit(std::string_view folded, std::size_t end, std::uint32_t node,
            std::vector<TermHit>& out) const;
  std::uint32_t& move(std::uint32_t node, std::uint32_t byte_class_index) {
    return moves_[std::size_t{node} * class_count_ + byte_class_index];
  }

  std::array<std::uint8_t, 256> classes_{};  // 0 = a byte of no pattern
  std::vector<bool> starts_;                 // by two bytes, whether a pattern begins so
  std::vector<std::uint8_t> firsts_;         // the bytes patterns begin with, when they are few
  std::uint32_t class_count_ = 1;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> moves_;  // node x byte class; empty when the next one holds them
  std::vector<std::uint16_t> short_moves_;
  std::vector<Output> outputs_;
};

}  // namespace steppe
