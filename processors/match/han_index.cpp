#include "processors/match/han_index.h"

#include "core/byte_lanes.h"
#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::size_t kCharacterBytes = 3;
constexpr std::size_t kPairBytes = 2 * kCharacterBytes;
constexpr std::uint32_t kSingleDrop = 8 * (8 - kCharacterBytes);
constexpr std::uint32_t kPairDrop = 8 * (8 - kPairBytes);

}  // namespace

HanIndex::HanIndex(const std::vector<TermPattern>& patterns)
    : starts_(patterns.empty() ? 0 : kStartBits / 64) {
  for (const TermPattern& pattern : patterns) {
    const auto bytes = static_cast<std::uint32_t>(pattern.text.size());
    const std::uint64_t key = load_key(pattern.text);
    const Entry entry{key, pattern.id, static_cast<std::uint32_t>(letters_.size()), bytes,
                      bits_after(bytes)};
    letters_ += pattern.text;
    const bool pair = bytes >= kPairBytes;
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

void HanIndex::read(const Table& table, std::uint64_t mixed, const Here& here,
                    std::vector<TermHit>& out) const {
  for (const Entry& entry : table.look(mixed)) {
    if (drop_last(here.key, entry.drop) != entry.head) continue;
    if (entry.bytes > sizeof here.key) {
      const std::string_view rest(letters_.data() + entry.text + sizeof here.key,
                                  entry.bytes - sizeof here.key);
      if (here.folded.compare(here.at + sizeof here.key, rest.size(), rest) != 0) continue;
    }
    const std::uint32_t end = here.at + entry.bytes;
    out.push_back({entry.id, here.at, end, end});
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
    const std::uint64_t key = load_key(folded.substr(at, sizeof key));
    const std::uint64_t pair = Table::mix(drop_last(key, kPairDrop));
    const std::uint64_t single = Table::mix(drop_last(key, kSingleDrop));
    const bool begins_pair = may_begin(pair);
    const bool begins_single = may_begin(single);
    if (begins_pair || begins_single) {
      const Here here{folded, static_cast<std::uint32_t>(at), key};
      const std::size_t before = out.size();
      if (begins_pair) read(pairs_, pair, here, out);
      if (begins_single) read(singles_, single, here, out);
      order_hits(out, before);
    }
    at += kCharacterBytes;
  }
}

}  // namespace steppe
