#include "processors/match/word_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::array<std::uint32_t, 3> kWidths = {8, 4, 1};
constexpr std::uint32_t kFilterBits = 1U << 16;

std::uint64_t mix(std::uint64_t key) {
  return key * 0x9E3779B97F4A7C15ULL;
}
std::uint32_t filter_slot(std::uint64_t key) {
  return static_cast<std::uint32_t>(mix(key) >> 48);
}

// The first eight bytes of `text`, zero-padded, the first byte lowest.
std::uint64_t load(std::string_view text) {
  std::uint64_t key = 0;
  std::memcpy(&key, text.data(), std::min<std::size_t>(text.size(), sizeof key));
  return key;
}

std::uint64_t cut(std::uint64_t key, std::uint32_t width) {
  if (width == 8) return key;
  const std::uint64_t keep = (std::uint64_t{1} << (8 * width)) - 1;
  return std::endian::native == std::endian::little ? key & keep : key & (keep << (64 - 8 * width));
}

// After an apostrophe or another joint only the padding of its fold may stand.
std::size_t skip_joint(std::string_view folded, std::size_t at, char joint) {
  if (joint == ' ') {
    const std::size_t from = at;
    while (at < folded.size() && is_gap(folded[at])) ++at;
    return at == from ? std::string_view::npos : at;
  }
  if (at >= folded.size() || folded[at] != joint) return std::string_view::npos;
  ++at;
  for (int padding = 0; padding < 2 && at < folded.size() && folded[at] == ' '; ++padding) ++at;
  return at;
}

std::uint32_t count_code_points(std::string_view bytes) {
  return static_cast<std::uint32_t>(std::count_if(bytes.begin(), bytes.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

}  // namespace

WordIndex::WordIndex(const std::vector<TermPattern>& patterns) {
  for (std::size_t i = 0; i < kWidths.size(); ++i) tables_[i].width = kWidths[i];
  for (const TermPattern& pattern : patterns) {
    Entry entry;
    entry.id = pattern.id;
    entry.anchor = pattern.anchor;
    entry.max_suffix = pattern.max_suffix;
    add_words(pattern, entry);
    if (entry.word_count == 0) continue;
    const std::string& head = words_[entry.first_word].text;
    Table& table = *std::find_if(tables_.begin(), tables_.end(),
                                 [&](const Table& t) { return head.size() >= t.width; });
    entry.key = cut(load(head), table.width);
    table.entries.push_back(entry);
  }
  for (Table& table : tables_) finish(table);
}

void WordIndex::add_words(const TermPattern& pattern, Entry& entry) {
  entry.first_word = static_cast<std::uint32_t>(words_.size());
  const std::string_view text = pattern.text;
  char joint = ' ';
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && byte_class(text[end]) != ByteClass::kBreak) ++end;
    if (end == at) {
      if (text[at] != '*' && joint == ' ') joint = is_gap(text[at]) ? ' ' : text[at];
      ++at;
      continue;
    }
    Word word{std::string(text.substr(at, end - at)), joint, false};
    word.open = end < text.size() && text[end] == '*';
    words_.push_back(std::move(word));
    ++entry.word_count;
    joint = ' ';
    at = end;
  }
}

void WordIndex::finish(Table& table) {
  if (table.entries.empty()) return;
  const auto bits = std::max(4U, static_cast<std::uint32_t>(std::bit_width(table.entries.size())));
  table.shift = 64 - bits;
  const auto bucket = [&](const Entry& entry) { return mix(entry.key) >> table.shift; };
  std::stable_sort(table.entries.begin(), table.entries.end(),
                   [&](const Entry& a, const Entry& b) { return bucket(a) < bucket(b); });
  table.buckets.assign((std::size_t{1} << bits) + 1, 0);
  table.filter.assign(kFilterBits / 64, 0);
  for (const Entry& entry : table.entries) {
    ++table.buckets[bucket(entry) + 1];
    const std::uint32_t slot = filter_slot(entry.key);
    table.filter[slot / 64] |= std::uint64_t{1} << (slot % 64);
  }
  for (std::size_t i = 1; i < table.buckets.size(); ++i) table.buckets[i] += table.buckets[i - 1];
}

bool WordIndex::match(const Entry& entry, std::string_view folded, std::size_t begin,
                      TermHit& hit) const {
  std::size_t at = begin;
  for (std::uint32_t i = 0; i < entry.word_count; ++i) {
    const Word& word = words_[entry.first_word + i];
    if (i > 0) {
      const std::size_t end = word_end_at(folded, at);
      if (end != at && !words_[entry.first_word + i - 1].open) return false;
      at = skip_joint(folded, end, word.joint);
      if (at == std::string_view::npos) return false;
    }
    if (folded.compare(at, word.text.size(), word.text) != 0) return false;
    at += word.text.size();
  }
  const std::size_t end = word_end_at(folded, at);
  if (end != at) {
    if (entry.anchor == Anchor::kWord) return false;
    if (entry.max_suffix != 255 &&
        count_code_points(folded.substr(at, end - at)) > entry.max_suffix) {
      return false;
    }
  }
  hit = {entry.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at),
         static_cast<std::uint32_t>(end)};
  return true;
}

void WordIndex::probe(const Table& table, std::string_view folded, std::size_t begin,
                      std::uint64_t key, std::vector<TermHit>& out) const {
  const std::uint32_t slot = filter_slot(key);
  if (((table.filter[slot / 64] >> (slot % 64)) & 1) == 0) return;
  const std::uint64_t bucket = mix(key) >> table.shift;
  for (std::uint32_t i = table.buckets[bucket]; i < table.buckets[bucket + 1]; ++i) {
    TermHit hit;
    if (table.entries[i].key == key && match(table.entries[i], folded, begin, hit)) {
      out.push_back(hit);
    }
  }
}

void WordIndex::scan(std::string_view folded, std::vector<TermHit>& out) const {
  for (std::size_t at = 0; at < folded.size();) {
    switch (byte_class(folded[at])) {
      case ByteClass::kBreak: ++at; continue;
      case ByteClass::kHanLead: at += 3; continue;
      case ByteClass::kWord: break;
    }
    const std::uint64_t key = load(folded.substr(at));
    for (const Table& table : tables_) {
      if (!table.entries.empty()) probe(table, folded, at, cut(key, table.width), out);
    }
    at = word_end_at(folded, at);
  }
}

}  // namespace steppe
