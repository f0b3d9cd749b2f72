#include "processors/match/han_index.h"

#include <algorithm>

#include "core/byte_lanes.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::size_t kCharacterBytes = 3;
constexpr std::size_t kPairBytes = 2 * kCharacterBytes;
constexpr std::uint32_t kSingleDrop = 8 * (8 - kCharacterBytes);
constexpr std::uint32_t kPairDrop = 8 * (8 - kPairBytes);

/// The first eight bytes from `at` on.
inline std::uint64_t key_at(std::string_view folded, std::size_t at) {
  return load_key({folded.data() + at, folded.size() - at});
}

}  // namespace

HanIndex::HanIndex(std::vector<TermPattern> patterns)
    : starts_(patterns.empty() ? 0 : kStartBits / 64) {
  std::sort(patterns.begin(), patterns.end(), [](const TermPattern& a, const TermPattern& b) {
    return a.text.size() != b.text.size() ? a.text.size() > b.text.size() : a.id < b.id;
  });
  for (const TermPattern& pattern : patterns) {
    const std::string_view text = pattern.text;
    const std::uint64_t key = load_key(text);
    Entry entry;
    entry.head = key;
    entry.head_drop = static_cast<std::uint8_t>(bits_after(text.size()));
    entry.id = pattern.id;
    entry.text = static_cast<std::uint32_t>(letters_.size());
    entry.bytes = static_cast<std::uint32_t>(text.size());
    if (text.size() > sizeof key) {
      entry.rest = load_key(text.substr(sizeof key));
      entry.rest_drop = static_cast<std::uint8_t>(bits_after(text.size() - sizeof key));
    }
    letters_ += text;
    const bool pair = text.size() >= kPairBytes;
    const std::uint64_t start = drop_last(key, pair ? kPairDrop : kSingleDrop);
    (pair ? pairs_ : singles_).add(start, entry);
    const std::uint64_t slot = Table::mix(start) >> kStartShift;
    starts_[slot / 64] |= std::uint64_t{1} << (slot % 64);
  }
  singles_.finish();
  pairs_.finish();
  letters_.shrink_to_fit();
}

inline bool HanIndex::may_begin(std::uint64_t mixed) const {
  const std::uint64_t slot = mixed >> kStartShift;
  return ((starts_[slot / 64] >> (slot % 64)) & 1) != 0;
}

/// True when an entry of more than eight bytes, which were compared, stands at `at`.
inline bool HanIndex::goes_on(const Entry& entry, std::string_view folded, std::size_t at) const {
  constexpr std::size_t kHead = sizeof entry.head;
  if (folded.size() - at < entry.bytes) return false;
  if (drop_last(key_at(folded, at + kHead), entry.rest_drop) != entry.rest) return false;
  constexpr std::size_t kBoth = 2 * kHead;
  if (entry.bytes <= kBoth) return true;
  const std::string_view tail(letters_.data() + entry.text + kBoth, entry.bytes - kBoth);
  return folded.compare(at + kBoth, tail.size(), tail) == 0;
}

inline void HanIndex::read(const Table& table, std::uint64_t mixed, std::string_view folded,
                           std::size_t at, std::vector<TermHit>& out) const {
  const std::uint64_t key = key_at(folded, at);
  const auto begin = static_cast<std::uint32_t>(at);
  for (const Entry& entry : table.look(mixed)) {
    if (drop_last(key, entry.head_drop) != entry.head) continue;
    if (entry.bytes > sizeof key && !goes_on(entry, folded, at)) continue;
    const std::uint32_t end = begin + entry.bytes;
    out.push_back({entry.id, begin, end, end});
  }
}

void HanIndex::scan(std::string_view folded, std::vector<TermHit>& out) const {
  if (starts_.empty()) return;
  for (std::size_t at = 0; at + kCharacterBytes <= folded.size();) {
    if (byte_class(folded[at]) != ByteClass::kHanLead) {
      ++at;
      while (at + 16 <= folded.size() && !any(load16(folded.data() + at) >= kFirstHanLead)) {
        at += 16;
      }
      continue;
    }
    const std::uint64_t key = key_at(folded, at);
    const std::uint64_t pair = Table::mix(drop_last(key, kPairDrop));
    const std::uint64_t single = Table::mix(drop_last(key, kSingleDrop));
    if (may_begin(pair)) read(pairs_, pair, folded, at, out);
    if (may_begin(single)) read(singles_, single, folded, at, out);
    at += kCharacterBytes;
  }
}

}  // namespace steppe
