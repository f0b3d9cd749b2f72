#include "processors/match/han_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "core/byte_lanes.h"

namespace steppe {
namespace {

bool is_han(char byte) {
  return byte_class(byte) == ByteClass::kHanLead;
}

/// The first byte from `at` on that begins a Han character, or the end.
std::size_t next_han(std::string_view folded, std::size_t at) {
  for (; at + kLanes <= folded.size(); at += kLanes) {
    const Bytes16 leads = between(load16(folded.data() + at), kFirstHanLead, kLastHanLead);
    if (const std::uint32_t bits = bits_of(leads); bits != 0) {
      return at + static_cast<std::size_t>(std::countr_zero(bits));
    }
  }
  while (at < folded.size() && !is_han(folded[at])) ++at;
  return at;
}

}  // namespace

/// Makes states breadth first, so that those near the root lie together.
struct HanIndex::Builder {
  // A pattern as its codes.
  struct Path {
    std::vector<std::uint16_t> codes;
    Found found;
  };
  // The paths that share what leads to a state.
  struct Range {
    std::uint32_t state = kRoot;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t depth = 0;
  };

  HanIndex& index;
  std::vector<Path> paths;
  // Where to look for room, by the number of codes up to the last: each only goes on.
  std::array<std::uint32_t, 8> room_from{};

  std::size_t number_characters(std::span<const TermPattern> patterns);
  void add_paths(std::span<const TermPattern> patterns);
  void build();
  void list_found(const Range& range, std::size_t own_end);
  std::uint32_t base_for(std::span<const std::uint16_t> codes);
  bool is_free(std::uint32_t state) const {
    return state >= index.states_.size() || index.states_[state].parent == kNone;
  }
};

/// Those of most patterns get the lowest codes: their states lie together. Returns how many codes
/// there are.
std::size_t HanIndex::Builder::number_characters(std::span<const TermPattern> patterns) {
  std::vector<std::uint32_t> counts(kCodePoints);
  std::vector<std::uint32_t> seen;
  index.codes_.resize(kCodePoints);
  for (const TermPattern& pattern : patterns) {
    for (std::size_t at = 0; at < pattern.text.size(); ++at) {
      if (!is_han(pattern.text[at])) continue;
      const std::uint32_t c = han_at(pattern.text.data() + at);
      if (counts[c]++ == 0) seen.push_back(c);
    }
  }
  std::sort(seen.begin(), seen.end(), [&](std::uint32_t a, std::uint32_t b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
  });
  std::uint16_t code = kFirstHanCode;
  for (const std::uint32_t c : seen) index.codes_[c] = code++;
  return code;
}

void HanIndex::Builder::add_paths(std::span<const TermPattern> patterns) {
  for (const TermPattern& pattern : patterns) {
    Path path;
    const std::string& text = pattern.text;
    path.found = {pattern.id, static_cast<std::uint32_t>(text.size())};
    for (std::size_t at = 0; at < text.size();) {
      const Step step = index.step_at(text.data() + at);
      path.codes.push_back(step.code);
      at += step.bytes;
    }
    paths.push_back(std::move(path));
  }
  std::sort(paths.begin(), paths.end(), [](const Path& a, const Path& b) {
    return a.codes != b.codes ? a.codes < b.codes : a.found.id < b.found.id;
  });
}

/// The list of a state: what ends there, then what ended before.
void HanIndex::Builder::list_found(const Range& range, std::size_t own_end) {
  State& state = index.states_[range.state];
  if (range.state == kRoot) return;
  state.list = index.states_[state.parent].list;
  state.bytes = index.states_[state.parent].bytes;
  if (own_end == range.begin) return;
  const List before = index.lists_[state.list];
  List own = before;
  own.first = static_cast<std::uint32_t>(index.found_.size());
  for (std::size_t i = range.begin; i < own_end; ++i) index.found_.push_back(paths[i].found);
  for (std::uint32_t i = 0; i < before.count; ++i) {
    index.found_.push_back(Found(index.found_[before.first + i]));
  }
  own.count = static_cast<std::uint32_t>(index.found_.size()) - own.first;
  for (const std::uint16_t code : paths[range.begin].codes) {
    own.only_han = own.only_han && code >= kFirstHanCode;
  }
  state.list = static_cast<std::uint32_t>(index.lists_.size());
  state.bytes = static_cast<std::uint16_t>(paths[range.begin].found.bytes);
  index.lists_.push_back(own);
}

/// The first base by which all `codes`, in order, lead to free states.
std::uint32_t HanIndex::Builder::base_for(std::span<const std::uint16_t> codes) {
  std::uint32_t& from = room_from[std::min(codes.size(), room_from.size()) - 1];
  std::uint32_t first = std::max<std::uint32_t>(from, codes.front() + 1U);
  const auto fits = [&](std::uint32_t base) {
    return std::all_of(codes.begin(), codes.end(),
                       [&](std::uint16_t code) { return is_free(base + code); });
  };
  while (!fits(first - codes.front())) ++first;
  from = first;
  return first - codes.front();
}

void HanIndex::Builder::build() {
  index.states_.resize(1);
  index.lists_.resize(1);
  index.states_[kRoot].parent = kRoot;
  std::vector<Range> ranges = {{kRoot, 0, paths.size(), 0}};
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const Range range = ranges[i];
    std::size_t at = range.begin;
    while (at < range.end && paths[at].codes.size() == range.depth) ++at;
    list_found(range, at);
    if (at == range.end) continue;
    std::vector<std::uint16_t> codes;
    const std::size_t first_child = ranges.size();
    for (; at < range.end; ++at) {
      const std::uint16_t code = paths[at].codes[range.depth];
      if (codes.empty() || codes.back() != code) {
        codes.push_back(code);
        ranges.push_back({kRoot, at, at, range.depth + 1});
      }
      ranges.back().end = at + 1;
    }
    const std::uint32_t base = base_for(codes);
    if (index.states_.size() <= base + codes.back()) index.states_.resize(base + codes.back() + 1);
    index.states_[range.state].base = base;
    index.states_[range.state].leads_out = codes.front() < kFirstHanCode;
    for (std::size_t child = 0; child < codes.size(); ++child) {
      ranges[first_child + child].state = base + codes[child];
      index.states_[base + codes[child]].parent = range.state;
    }
  }
}

HanIndex::HanIndex(std::vector<TermPattern> patterns) {
  if (patterns.empty()) return;
  Builder builder{*this, {}, {}};
  const std::size_t codes = builder.number_characters(patterns);
  builder.add_paths(patterns);
  builder.build();
  const auto dead = static_cast<std::uint32_t>(states_.size());
  states_.resize(states_.size() + codes);  // whatever a base is, each code leads to a state
  starts_.assign(codes, dead);
  for (std::size_t code = kFirstHanCode; code < codes; ++code) {
    const std::uint32_t first = states_[kRoot].base + static_cast<std::uint32_t>(code);
    if (states_[first].parent == kRoot) starts_[code] = first;
  }
}

/// As far as patterns lead from `state` over what stands from byte `at` on.
std::uint32_t HanIndex::walk(std::uint32_t state, std::string_view folded, std::size_t at) const {
  while (at < folded.size()) {
    const Step step = step_at(folded.data() + at);
    const std::uint32_t next = states_[state].base + step.code;
    if (states_[next].parent != state) break;
    state = next;
    at += step.bytes;
  }
  return state;
}

/// Scans the run of Han characters from byte `at` on, and returns its end. `codes` has room for one
/// more than its characters: each takes part in some walks, and is looked up once. Calls
/// take(begin, state) for each that some pattern begins at: the state that its walk ends in.
template <typename Take>
inline std::size_t HanIndex::scan_run(std::string_view folded, std::size_t at, std::uint16_t* codes,
                                      const Take& take) const {
  std::size_t end = at;
  std::uint16_t* last = codes;
  for (; end < folded.size() && is_han(folded[end]); end += kHanBytes) {
    *last++ = code_at(folded.data() + end);
  }
  *last = kNotHan;
  const State* const states = states_.data();
  auto begin = static_cast<std::uint32_t>(at);
  for (const std::uint16_t* first = codes; first != last; ++first, begin += kHanBytes) {
    std::uint32_t state = starts_[*first];
    const std::uint16_t* code = first + 1;
    for (;; ++code) {
      const std::uint32_t next = states[state].base + *code;
      if (states[next].parent != state) break;
      state = next;
    }
    if (code == last && states[state].leads_out) state = walk(state, folded, end);
    if (states[state].list != kNoList) take(begin, states[state]);
  }
  return end;
}

template <typename Take>
inline void HanIndex::each_list(std::string_view folded, const Take& take) const {
  if (states_.empty()) return;
  std::vector<std::uint16_t> codes;
  for (std::size_t at = next_han(folded, 0); at < folded.size(); at = next_han(folded, at)) {
    if (codes.empty()) codes.resize((folded.size() - at) / kHanBytes + 1);
    at = scan_run(folded, at, codes.data(), take);
  }
}

void HanIndex::scan(std::string_view folded, std::vector<TermHit>& out) const {
  each_list(folded, [&](std::uint32_t begin, const State& state) {
    const List& list = lists_[state.list];
    for (const Found& found : std::span(found_).subspan(list.first, list.count)) {
      out.push_back({found.id, begin, begin + found.bytes, begin + found.bytes});
    }
  });
}

void HanIndex::scan_lists(std::string_view folded, std::uint32_t first_list,
                          std::vector<TermHit>& out) const {
  each_list(folded, [&](std::uint32_t begin, const State& state) {
    out.push_back({first_list + state.list, begin, begin + state.bytes, begin + state.bytes});
  });
}

void HanIndex::read_list(std::uint32_t number, std::vector<ListedTerm>& terms) const {
  const List& list = lists_[number];
  for (const Found& found : std::span(found_).subspan(list.first, list.count)) {
    terms.push_back({found.id, found.bytes, list.only_han ? found.bytes / kHanBytes : 0});
  }
}

}  // namespace steppe
