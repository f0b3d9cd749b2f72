#include "processors/match/word_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "processors/match/word_bytes.h"
#include "processors/match/word_mask.h"

namespace steppe {
namespace {

constexpr std::size_t kLongBytes = 8;
constexpr std::size_t kMiddleBytes = 4;
constexpr std::uint32_t kFilterBitsAnEntry = 24;
constexpr std::uint32_t kLargestFilterLog = 20;

std::uint64_t mix(std::uint64_t key) {
  return key * 0x9E3779B97F4A7C15ULL;
}

// The first eight bytes of `text`, zero-padded.
std::uint64_t load(std::string_view text) {
  std::uint64_t key = 0;
  if (text.size() >= sizeof key) {
    std::memcpy(&key, text.data(), sizeof key);
  } else {
    std::memcpy(&key, text.data(), text.size());
  }
  return key;
}

// Keeps the first `bytes` (1 to 8) of a loaded key.
std::uint64_t cut(std::uint64_t key, std::size_t bytes) {
  const std::size_t drop = 8 * (8 - bytes);
  if (std::endian::native == std::endian::little) return key << drop >> drop;
  return key >> drop << drop;
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
  for (const TermPattern& pattern : patterns) add(pattern);
  for (Table* table : {&long_, &exact_, &middle_, &short_}) finish(*table);
  words_.shrink_to_fit();
  letters_.shrink_to_fit();
}

void WordIndex::add(const TermPattern& pattern) {
  Entry entry;
  entry.id = pattern.id;
  entry.open = pattern.anchor != Anchor::kWord;
  entry.max_suffix = pattern.max_suffix;
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
    const bool open = end < text.size() && text[end] == '*';
    words_.push_back({static_cast<std::uint32_t>(letters_.size()),
                      static_cast<std::uint32_t>(end - at), joint, open});
    letters_ += text.substr(at, end - at);
    ++entry.word_count;
    joint = ' ';
    at = end;
  }
  if (entry.word_count == 0) return;
  words_.back().open = entry.open;
  Table& table = table_for(entry, entry.key);
  table.entries.push_back(entry);
}

WordIndex::Table& WordIndex::table_for(const Entry& entry, std::uint64_t& key) {
  const Word& head = words_[entry.first_word];
  // A head may go on in Han characters, which end a word of the text.
  const std::string_view letters = text_of(head);
  const std::size_t bytes = word_end_at(letters, 0);
  key = load(letters);
  if (bytes >= kLongBytes) return long_;
  if (!head.open && bytes == letters.size()) return exact_;
  const bool middle = bytes >= kMiddleBytes;
  key = cut(key, middle ? kMiddleBytes : 1);
  return middle ? middle_ : short_;
}

void WordIndex::finish(Table& table) {
  const auto bits = std::max(4U, static_cast<std::uint32_t>(std::bit_width(table.entries.size())));
  table.shift = 64 - bits;
  const auto bucket = [&](const Entry& entry) { return mix(entry.key) >> table.shift; };
  std::stable_sort(table.entries.begin(), table.entries.end(),
                   [&](const Entry& a, const Entry& b) { return bucket(a) < bucket(b); });
  table.entries.shrink_to_fit();
  table.buckets.assign((std::size_t{1} << bits) + 1, 0);
  const auto wanted = static_cast<std::uint32_t>(table.entries.size() * kFilterBitsAnEntry);
  const auto log =
      std::clamp(static_cast<std::uint32_t>(std::bit_width(wanted)), 8U, kLargestFilterLog);
  table.filter_shift = 64 - log;
  table.filter.assign((std::size_t{1} << log) / 64, 0);
  for (const Entry& entry : table.entries) {
    ++table.buckets[bucket(entry) + 1];
    const std::uint64_t slot = mix(entry.key) >> table.filter_shift;
    table.filter[slot / 64] |= std::uint64_t{1} << (slot % 64);
  }
  for (std::size_t i = 1; i < table.buckets.size(); ++i) table.buckets[i] += table.buckets[i - 1];
}

bool WordIndex::match(const Entry& entry, std::string_view folded, std::size_t begin,
                      std::size_t first_end, TermHit& hit) const {
  std::size_t at = begin;
  std::size_t end = first_end;
  for (std::uint32_t i = 0; i < entry.word_count; ++i) {
    const Word& word = words_[entry.first_word + i];
    if (i > 0) {
      at = skip_joint(folded, end, word.joint);
      if (at == std::string_view::npos) return false;
      end = word_end_at(folded, at);
    }
    if (folded.compare(at, word.bytes, text_of(word)) != 0) return false;
    at += word.bytes;
    if (at > end) end = word_end_at(folded, at);
    if (at != end && !word.open) return false;
  }
  if (at != end && entry.max_suffix != kAnySuffix &&
      count_code_points(folded.substr(at, end - at)) > entry.max_suffix) {
    return false;
  }
  hit = {entry.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at),
         static_cast<std::uint32_t>(end)};
  return true;
}

bool WordIndex::may_hold(const Table& table, std::uint64_t mixed) {
  const std::uint64_t slot = mixed >> table.filter_shift;
  return ((table.filter[slot / 64] >> (slot % 64)) & 1) != 0;
}

void WordIndex::probe(const Table& table, std::uint64_t key, const Span& word,
                      std::string_view folded, std::vector<TermHit>& out) const {
  const std::uint64_t bucket = mix(key) >> table.shift;
  for (std::uint32_t i = table.buckets[bucket]; i < table.buckets[bucket + 1]; ++i) {
    TermHit hit;
    if (table.entries[i].key == key && match(table.entries[i], folded, word.begin, word.end, hit)) {
      out.push_back(hit);
    }
  }
}

void WordIndex::scan(std::string_view folded, std::vector<TermHit>& out) const {
  const WordMask mask(folded);
  Span word;
  while (mask.next(word.end, word.begin, word.end)) {
    const std::size_t length = word.end - word.begin;
    const std::size_t before = out.size();
    const std::uint64_t key = load(folded.substr(word.begin));
    const auto look = [&](const Table& table, std::uint64_t part) {
      if (may_hold(table, mix(part))) probe(table, part, word, folded, out);
    };
    if (length >= kLongBytes) {
      look(long_, key);
    } else {
      look(exact_, cut(key, length));
    }
    if (length >= kMiddleBytes) look(middle_, cut(key, kMiddleBytes));
    look(short_, cut(key, 1));
    if (out.size() > before + 1) {
      std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), is_before);
    }
  }
}

}  // namespace steppe
