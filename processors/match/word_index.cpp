#include "processors/match/word_index.h"

#include <algorithm>
#include <bit>

#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::size_t kLongBytes = 8;
constexpr std::size_t kMiddleBytes = 4;

constexpr std::size_t kPhraseBytes = 2;  // of the second word

// Of the first word, as loaded, and the second.
std::uint64_t phrase_key(std::uint64_t first, std::uint64_t second) {
  constexpr std::uint64_t kOdd = 0xD6E8FEB86659FD93ULL;
  return first ^ (drop_last(second, bits_after(kPhraseBytes)) * kOdd);
}

/// Of the first bytes of a word, zero-padded; `size` is a power of two.
std::uint64_t start_slot(std::uint64_t key, std::size_t size) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;
  return (drop_last(key, bits_after(kMiddleBytes)) * kOdd) >> (64 - std::countr_zero(size));
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
  for (Table* table : {&phrases_, &long_, &exact_, &middle_, &short_}) table->finish();
  words_.shrink_to_fit();
  letters_.shrink_to_fit();
}

void WordIndex::add(const TermPattern& pattern) {
  Entry entry;
  entry.id = pattern.id;
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
  words_.back().open = pattern.anchor != Anchor::kWord;
  const Word& head = words_[entry.first_word];
  entry.head = load_key(text_of(head));
  entry.head_bytes = static_cast<std::uint16_t>(head.bytes);
  entry.head_drop = static_cast<std::uint8_t>(bits_after(head.bytes));
  entry.closed_head = !head.open;
  if (entry.word_count > 1) {
    const Word& second = words_[entry.first_word + 1];
    entry.second = load_key(text_of(second));
    entry.second_drop = static_cast<std::uint8_t>(bits_after(second.bytes));
  }
  add_head(entry);
}

void WordIndex::add_head(const Entry& entry) {
  // A head may go on in Han characters, which end a word of the text.
  const std::string_view letters = text_of(words_[entry.first_word]);
  const std::size_t bytes = word_end_at(letters, 0);
  const std::uint64_t key = load_key(letters);
  const bool whole = entry.closed_head && bytes == letters.size();
  if (whole || bytes >= kMiddleBytes) note_start(drop_last(key, bits_after(bytes)));
  if (whole && entry.word_count > 1 && words_[entry.first_word + 1].bytes >= kPhraseBytes) {
    return phrases_.add(phrase_key(key, entry.second), entry);
  }
  if (bytes >= kLongBytes) return long_.add(key, entry);
  if (whole) return exact_.add(key, entry);
  const bool middle = bytes >= kMiddleBytes;
  if (!middle) starts_short_[static_cast<unsigned char>(letters.front())] = true;
  (middle ? middle_ : short_).add(drop_last(key, bits_after(middle ? kMiddleBytes : 1)), entry);
}

void WordIndex::note_start(std::uint64_t key) {
  const std::uint64_t slot = start_slot(key, kStartBits);
  starts_[slot / 64] |= std::uint64_t{1} << (slot % 64);
}

inline bool WordIndex::may_begin(std::uint64_t whole) const {
  const std::uint64_t slot = start_slot(whole, kStartBits);
  return ((starts_[slot / 64] >> (slot % 64)) & 1) != 0;
}

inline bool WordIndex::suffix_fits(const Entry& entry, std::string_view suffix) {
  return suffix.empty() || entry.max_suffix == kAnySuffix ||
         count_code_points(suffix) <= entry.max_suffix;
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
    // of the first word, what its key holds was compared before
    const std::uint32_t from = i == 0 ? std::min<std::uint32_t>(word.bytes, kLongBytes) : 0;
    const std::string_view rest = text_of(word).substr(from);
    if (!rest.empty() && folded.compare(at + from, rest.size(), rest) != 0) return false;
    at += word.bytes;
    if (at > end) end = word_end_at(folded, at);
    if (at != end && !word.open) return false;
  }
  if (!suffix_fits(entry, folded.substr(at, end - at))) return false;
  hit = {entry.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at),
         static_cast<std::uint32_t>(end)};
  return true;
}

void WordIndex::probe(const Table& table, std::uint64_t mixed, const TextWord& word,
                      std::string_view folded, std::vector<TermHit>& out) const {
  for (const Entry& entry : table.look(mixed)) {
    if (drop_last(word.key, entry.head_drop) != entry.head) continue;
    const std::size_t bytes = word.end - word.begin;
    if (entry.closed_head && entry.head_bytes < bytes) continue;
    // a head that goes on in Han characters ends behind the word
    if (entry.word_count == 1 && entry.head_bytes <= std::min(bytes, kLongBytes)) {
      // the keys were all of it
      const std::uint32_t end = word.begin + entry.head_bytes;
      if (suffix_fits(entry, folded.substr(end, word.end - end))) {
        out.push_back({entry.id, word.begin, end, word.end});
      }
      continue;
    }
    const bool second = entry.word_count > 1 && entry.head_bytes <= bytes;
    if (second && drop_last(word.next, entry.second_drop) != entry.second) continue;
    TermHit hit;
    if (match(entry, folded, word.begin, word.end, hit)) out.push_back(hit);
  }
}

void WordIndex::scan(std::string_view folded, std::span<const TextWord> words,
                     std::vector<TermHit>& out) const {
  for (const TextWord& word : words) {
    const auto look = [&](const Table& table, std::uint64_t key) {
      const std::uint64_t mixed = Table::mix(key);
      if (table.may_hold(mixed)) probe(table, mixed, word, folded, out);
    };
    const bool may_be_short = starts_short_[static_cast<unsigned char>(folded[word.begin])];
    const std::uint64_t whole = word.whole;
    const bool may_be_other = may_begin(whole);
    if (!may_be_short && !may_be_other) continue;
    const std::size_t length = word.end - word.begin;
    const std::size_t before = out.size();
    if (may_be_other) {
      look(length >= kLongBytes ? long_ : exact_, whole);
      look(phrases_, phrase_key(whole, word.next));
      if (length >= kMiddleBytes) look(middle_, drop_last(whole, bits_after(kMiddleBytes)));
    }
    if (may_be_short) look(short_, drop_last(whole, bits_after(1)));
    if (out.size() > before + 1) {
      std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), is_before);
    }
  }
}

}  // namespace steppe
