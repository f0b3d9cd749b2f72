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

HanIndex::HanIndex(const std::vector<TermPattern>& patterns) : empty_(patterns.empty()) {
  for (const TermPattern& pattern : patterns) {
    const auto bytes = static_cast<std::uint32_t>(pattern.text.size());
    const std::uint64_t key = load_key(pattern.text);
    const Entry entry{key, pattern.id, static_cast<std::uint32_t>(letters_.size()), bytes,
                      bits_after(bytes)};
    letters_ += pattern.text;
    const bool pair = bytes >= kPairBytes;
    (pair ? pairs_ : singles_).add(drop_last(key, pair ? kPairDrop : kSingleDrop), entry);
  }
  singles_.finish();
  pairs_.finish();
  letters_.shrink_to_fit();
}

void HanIndex::read(const Table& table, std::uint64_t mixed, std::uint64_t key, std::size_t at,
                    std::string_view folded, std::vector<TermHit>& out) const {
  const auto begin = static_cast<std::uint32_t>(at);
  for (const Entry& entry : table.look(mixed)) {
    if (drop_last(key, entry.drop) != entry.head) continue;
    if (entry.bytes > sizeof key) {
      const std::string_view rest(letters_.data() + entry.text + sizeof key,
                                  entry.bytes - sizeof key);
      if (folded.compare(at + sizeof key, rest.size(), rest) != 0) continue;
    }
    out.push_back({entry.id, begin, begin + entry.bytes, begin + entry.bytes});
  }
}

void HanIndex::scan(std::string_view folded, std::vector<TermHit>& out) const {
  if (empty_) return;
  const Table::Filter pairs = pairs_.filter();
  const Table::Filter singles = singles_.filter();
  for (std::size_t at = 0; at + kCharacterBytes <= folded.size();) {
    if (byte_class(folded[at]) != ByteClass::kHanLead) {
      ++at;
      while (at + 16 <= folded.size() && !any(load16(folded.data() + at) >= kFirstHanLead)) {
        at += 16;
      }
      continue;
    }
    const std::uint64_t key = at + sizeof(std::uint64_t) <= folded.size()
                                  ? load_key({folded.data() + at, sizeof(std::uint64_t)})
                                  : load_key(folded.substr(at));
    const std::uint64_t pair = Table::mix(drop_last(key, kPairDrop));
    const std::uint64_t single = Table::mix(drop_last(key, kSingleDrop));
    const std::size_t before = out.size();
    if (pairs.may_hold(pair)) read(pairs_, pair, key, at, folded, out);
    if (singles.may_hold(single)) read(singles_, single, key, at, folded, out);
    if (out.size() > before + 1) order_hits(out, before);
    at += kCharacterBytes;
  }
}

}  // namespace steppe
