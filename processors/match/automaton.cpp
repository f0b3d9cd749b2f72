#include "processors/match/automaton.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "core/byte_lanes.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::size_t kFewFirsts = 8;

// Two bytes in a number; a byte behind the end counts as 0.
std::size_t pair_of(std::string_view text, std::size_t at) {
  const auto second = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
  return std::size_t{static_cast<unsigned char>(text[at])} << 8U | second;
}

}  // namespace

Automaton::Automaton(const std::vector<TermPattern>& patterns) {
  if (!patterns.empty()) starts_.resize(std::size_t{1} << 16U);
  classify(patterns);
  nodes_.emplace_back();
  moves_.resize(class_count_);
  for (const TermPattern& pattern : patterns) {
    add(pattern);
    note_start(pattern.text);
  }
  if (firsts_.size() > kFewFirsts) firsts_.clear();
  link();
  pack();
}

void Automaton::note_start(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (std::find(firsts_.begin(), firsts_.end(), first) == firsts_.end()) firsts_.push_back(first);
  if (text.size() > 1) {
    starts_[pair_of(text, 0)] = true;
    return;
  }
  std::fill_n(starts_.begin() + static_cast<std::ptrdiff_t>(pair_of(text, 0)), 0x100, true);
}

// One automaton a language pack: what growing left over, and half of each small move, is given
// back.
void Automaton::pack() {
  nodes_.shrink_to_fit();
  outputs_.shrink_to_fit();
  if (nodes_.size() <= std::numeric_limits<std::uint16_t>::max()) {
    short_moves_.assign(moves_.begin(), moves_.end());
    moves_.clear();
  }
  moves_.shrink_to_fit();
}

void Automaton::classify(const std::vector<TermPattern>& patterns) {
  for (const TermPattern& pattern : patterns) {
    for (const char byte : pattern.text) {
      std::uint8_t& index = classes_[static_cast<unsigned char>(byte)];
      if (index == 0) index = static_cast<std::uint8_t>(class_count_++);
    }
  }
}

void Automaton::add(const TermPattern& pattern) {
  std::uint32_t node = 0;
  for (const char byte : pattern.text) {
    const std::uint32_t index = classes_[static_cast<unsigned char>(byte)];
    if (move(node, index) == 0) {
      const auto fresh = static_cast<std::uint32_t>(nodes_.size());
      nodes_.emplace_back();
      moves_.resize(moves_.size() + class_count_);
      move(node, index) = fresh;
    }
    node = move(node, index);
  }
  outputs_.push_back(
      {pattern.id, static_cast<std::uint32_t>(pattern.text.size()), nodes_[node].outputs});
  nodes_[node].outputs = static_cast<std::uint32_t>(outputs_.size());
}

// Breadth first: fills failure links and replaces every missing move by that of the failure node.
void Automaton::link() {
  std::vector<std::uint32_t> queue;
  for (std::uint32_t c = 0; c < class_count_; ++c) {
    if (move(0, c) != 0) queue.push_back(move(0, c));
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const std::uint32_t node = queue[i];
    const std::uint32_t fail = nodes_[node].fail;
    nodes_[node].next_output = nodes_[fail].outputs != 0 ? fail : nodes_[fail].next_output;
    for (std::uint32_t c = 0; c < class_count_; ++c) {
      std::uint32_t& child = move(node, c);
      if (child == 0) {
        child = move(fail, c);
      } else {
        nodes_[child].fail = move(fail, c);
        queue.push_back(child);
      }
    }
  }
}

void Automaton::emit(std::string_view folded, std::size_t end, std::uint32_t node,
                     std::vector<TermHit>& out) const {
  for (; node != 0; node = nodes_[node].next_output) {
    for (std::uint32_t i = nodes_[node].outputs; i != 0; i = outputs_[i - 1].next) {
      const Output& output = outputs_[i - 1];
      const std::size_t begin = end - output.length;
      const bool han = byte_class(folded[begin]) == ByteClass::kHanLead;
      const std::size_t stop = han ? end : word_end_at(folded, end);
      out.push_back({output.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                     static_cast<std::uint32_t>(stop)});
    }
  }
}

void Automaton::scan(std::string_view folded, std::vector<TermHit>& out) const {
  if (nodes_.size() == 1) return;
  if (short_moves_.empty()) return scan_with(moves_, folded, out);
  scan_with(short_moves_, folded, out);
}

// The first place from `at` on where a pattern may begin; the size when there is none.
std::size_t Automaton::next_start(std::string_view folded, std::size_t at) const {
  for (; !firsts_.empty() && at + kLanes <= folded.size(); at += kLanes) {
    const Bytes16 bytes = load16(folded.data() + at);
    Bytes16 found{};
    for (const std::uint8_t first : firsts_) found |= bytes == first;
    for (std::uint32_t bits = bits_of(found); bits != 0; bits &= bits - 1) {
      const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(bits));
      if (starts_[pair_of(folded, place)]) return place;
    }
  }
  while (at < folded.size() && !starts_[pair_of(folded, at)]) ++at;
  return at;
}

template <typename Move>
void Automaton::scan_with(const std::vector<Move>& moves, std::string_view folded,
                          std::vector<TermHit>& out) const {
  std::uint32_t node = 0;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    if (node == 0) at = next_start(folded, at);
    if (at == folded.size()) return;
    const auto byte = static_cast<unsigned char>(folded[at]);
    const std::uint32_t index = classes_[byte];
    node = moves[std::size_t{node} * class_count_ + index];
    if (node == 0) continue;
    if (nodes_[node].outputs != 0 || nodes_[node].next_output != 0) emit(folded, at + 1, node, out);
  }
}

}  // namespace steppe
