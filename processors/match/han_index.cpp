#include "processors/match/han_index.h"

#include <algorithm>
#include <cstring>

#include "core/byte_lanes.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::size_t kCharacterBytes = 3;
constexpr std::size_t kPairBytes = 2 * kCharacterBytes;
constexpr std::uint32_t kSingleDrop = 8 * (8 - kCharacterBytes);
constexpr std::uint32_t kPairDrop = 8 * (8 - kPairBytes);

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
    entry.drop = bits_after(text.size());
    entry.id = pattern.id;
    entry.text = static_cast<std::uint32_t>(letters_.size());
    entry.bytes = static_cast<std::uint32_t>(text.size());
    if (text.size() > sizeof key) entry.tail = load_key(text.substr(text.size() - sizeof key));
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
  constexpr std::size_t kKey = sizeof entry.head;
  if (folded.size() - at < entry.bytes) return false;
  if (load_key({folded.data() + at + entry.bytes - kKey, kKey}) != entry.tail) return false;
  if (entry.bytes <= 2 * kKey) return true;
  const std::string_view middle(letters_.data() + entry.text + kKey, entry.bytes - 2 * kKey);
  return folded.compare(at + kKey, middle.size(), middle) == 0;
}

inline void HanIndex::read(const Table& table, std::uint64_t mixed, const Here& here,
                           std::vector<TermHit>& out) const {
  const auto begin = static_cast<std::uint32_t>(here.at);
  for (const Entry& entry : table.look(mixed)) {
    if (drop_last(here.key, entry.drop) != entry.head) continue;
    if (entry.bytes > sizeof here.key && !goes_on(entry, here.folded, here.at)) continue;
    const std::uint32_t end = begin + entry.bytes;
    out.push_back({entry.id, begin, end, end});
  }
}

inline void HanIndex::read_at(const Here& here, std::vector<TermHit>& out) const {
  const std::uint64_t pair = Table::mix(drop_last(here.key, kPairDrop));
  const std::uint64_t single = Table::mix(drop_last(here.key, kSingleDrop));
  if (may_begin(pair)) read(pairs_, pair, here, out);
  if (may_begin(single)) read(singles_, single, here, out);
}

void HanIndex::scan(std::string_view folded, std::vector<TermHit>& out) const {
  if (starts_.empty()) return;
  const char* const text = folded.data();
  std::size_t at = 0;
  while (at + sizeof(std::uint64_t) <= folded.size()) {
    if (byte_class(text[at]) == ByteClass::kHanLead) {
      std::uint64_t key = 0;
      std::memcpy(&key, text + at, sizeof key);
      read_at({folded, at, key}, out);
      at += kCharacterBytes;
      continue;
    }
    ++at;
    while (at + 16 <= folded.size() && !any(load16(text + at) >= kFirstHanLead)) at += 16;
  }
  while (at + kCharacterBytes <= folded.size()) {
    const bool han = byte_class(text[at]) == ByteClass::kHanLead;
    if (han) read_at({folded, at, load_key(folded.substr(at))}, out);
    at += han ? kCharacterBytes : 1;
  }
}

}  // namespace steppe
