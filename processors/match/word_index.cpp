#include "processors/match/word_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

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

/// Of a whole word: its first bytes, zero-padded, and, of one that is longer, its last eight.
std::uint64_t exact_key(std::uint64_t first, std::uint64_t last, std::size_t bytes) {
  constexpr std::uint64_t kOdd = 0xA0761D6478BD642FULL;
  return bytes <= kLongBytes ? first : first ^ (last * kOdd);
}

/// The eight bytes that end at `end`, which has as many before it.
std::uint64_t last_key(std::string_view text, std::size_t end) {
  return load_key({text.data() + end - kLongBytes, kLongBytes});
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

/// True when this joint stands between two neighbouring words, all of it.
bool is_joined(std::string_view folded, std::size_t end, std::size_t begin, char joint) {
  if (joint == ' ' && begin == end + 1) return is_gap(folded[end]);
  return skip_joint(folded, end, joint) == begin;
}

std::uint32_t count_code_points(std::string_view bytes) {
  return static_cast<std::uint32_t>(std::count_if(bytes.begin(), bytes.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

}  // namespace

WordIndex::WordIndex(const std::vector<TermPattern>& patterns) {
  for (const TermPattern& pattern : patterns) add(pattern);
  letters_.append(kLongBytes, '\0');
  for (Table* table : {&phrases_, &long_, &exact_, &middle_, &short_}) table->finish();
  words_.shrink_to_fit();
  letters_.shrink_to_fit();
}

void WordIndex::add(const TermPattern& pattern) {
  Entry entry;
  entry.id = pattern.id;
  entry.max_suffix = pattern.max_suffix;
  entry.first_word = static_cast<std::uint32_t>(words_.size());
  add_words(pattern, entry);
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
  } else if (head.bytes >= kLongBytes) {
    entry.second = last_key(letters_, letters_.size());
  }
  add_head(entry);
}

/// Takes the words of `pattern` in.
void WordIndex::add_words(const TermPattern& pattern, Entry& entry) {
  const std::string_view text = pattern.text;
  bool han = false;
  char joint = ' ';
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    for (; end < text.size() && byte_class(text[end]) != ByteClass::kBreak; ++end) {
      han = han || byte_class(text[end]) == ByteClass::kHanLead;
    }
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
  entry.shape = han ? Shape::kHan : entry.word_count > 1 ? Shape::kPhrase : Shape::kSingle;
}

void WordIndex::add_head(const Entry& entry) {
  // A head may go on in Han characters, which end a word of the text.
  const std::string_view letters = text_of(words_[entry.first_word]);
  const std::size_t bytes = word_end_at(letters, 0);
  const std::uint64_t key = load_key(letters);
  const bool whole = entry.closed_head && bytes == letters.size();
  if (whole || bytes >= kMiddleBytes) note_start(drop_last(key, bits_after(bytes)));
  if (whole && entry.word_count == 1) {
    if (bytes >= kLongBytes) long_.note(key);
    return exact_.add(exact_key(key, entry.second, bytes), entry);
  }
  if (whole && words_[entry.first_word + 1].bytes >= kPhraseBytes) {
    return phrases_.add(phrase_key(key, entry.second), entry);
  }
  if (bytes >= kLongBytes) return long_.add(key, entry);
  if (whole) return exact_.add(key, entry);
  const bool middle = bytes >= kMiddleBytes;
  if (!middle) note_short_start(letters, bytes);
  (middle ? middle_ : short_).add(drop_last(key, bits_after(middle ? kMiddleBytes : 1)), entry);
}

void WordIndex::note_short_start(std::string_view letters, std::size_t bytes) {
  std::uint32_t& seconds = starts_short_[static_cast<unsigned char>(letters.front())];
  seconds |= bytes == 1 ? ~0U : 1U << (static_cast<unsigned char>(letters[1]) % 32U);
}

inline bool WordIndex::may_begin_short(std::uint64_t key) const {
  unsigned char bytes[2];
  std::memcpy(bytes, &key, sizeof bytes);
  return ((starts_short_[bytes[0]] >> (bytes[1] % 32U)) & 1U) != 0;
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

/// True when `word`, all of it, stands at `at`, where a word of the text begins that is as long.
inline bool WordIndex::stands_at(std::string_view folded, std::size_t at, std::uint64_t key,
                                 const Word& word) const {
  const std::uint64_t own = load_key({letters_.data() + word.text, kLongBytes});
  if (drop_last(own ^ key, bits_after(word.bytes)) != 0) return false;
  if (word.bytes <= kLongBytes) return true;
  const std::string_view rest = text_of(word).substr(kLongBytes);
  return folded.compare(at + kLongBytes, rest.size(), rest) == 0;
}

/// The head was compared before.
inline bool WordIndex::match_single(const Entry& entry, const TextWord& word,
                                    std::string_view folded) const {
  const std::size_t bytes = word.end - word.begin;
  if (entry.head_bytes > bytes || (entry.closed_head && entry.head_bytes != bytes)) return false;
  const std::uint32_t end = word.begin + entry.head_bytes;
  if (entry.head_bytes > kLongBytes) {
    if (last_key(folded, end) != entry.second) return false;
    if (entry.head_bytes > 2 * kLongBytes) {
      const std::string_view rest = text_of(words_[entry.first_word]).substr(kLongBytes);
      if (folded.compare(word.begin + kLongBytes, rest.size(), rest) != 0) return false;
    }
  }
  return suffix_fits(entry, folded.substr(end, word.end - end));
}

bool WordIndex::match_phrase(const Entry& entry, const Here& here, TermHit& hit) const {
  if (entry.word_count > here.words.size()) return false;
  const Word* word = &words_[entry.first_word];
  std::size_t end = 0;
  for (std::size_t i = 0; i < entry.word_count; ++i, ++word) {
    const TextWord& text = here.words[i];
    if (i > 0 && !is_joined(here.folded, here.words[i - 1].end, text.begin, word->joint)) {
      return false;
    }
    const std::size_t bytes = text.end - text.begin;
    if (word->bytes > bytes || (word->bytes != bytes && !word->open)) return false;
    if (!stands_at(here.folded, text.begin, text.key, *word)) return false;
    end = text.begin + word->bytes;
  }
  hit.end = static_cast<std::uint32_t>(end);
  hit.word_end = here.words[entry.word_count - 1U].end;
  return suffix_fits(entry, here.folded.substr(end, hit.word_end - end));
}

/// A word that goes on in Han characters ends behind the word of the text.
bool WordIndex::match_han(const Entry& entry, const Here& here, TermHit& hit) const {
  const std::string_view folded = here.folded;
  if (entry.closed_head && entry.head_bytes < here.bytes()) return false;
  std::size_t at = here.word().begin;
  std::size_t end = here.word().end;
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
  hit.end = static_cast<std::uint32_t>(at);
  hit.word_end = static_cast<std::uint32_t>(end);
  return suffix_fits(entry, folded.substr(at, end - at));
}

void WordIndex::read(const Table& table, std::uint64_t mixed, const Here& here,
                     std::vector<TermHit>& out) const {
  const TextWord word = here.word();
  for (const Entry& entry : table.look(mixed)) {
    if (drop_last(word.key, entry.head_drop) != entry.head) continue;
    if (entry.shape == Shape::kSingle) {
      if (!match_single(entry, word, here.folded)) continue;
      out.push_back({entry.id, word.begin, word.begin + entry.head_bytes, word.end});
      continue;
    }
    const bool phrase = entry.shape == Shape::kPhrase;
    if (phrase && drop_last(word.next, entry.second_drop) != entry.second) continue;
    TermHit hit{entry.id, word.begin, 0, 0};
    if (phrase ? match_phrase(entry, here, hit) : match_han(entry, here, hit)) out.push_back(hit);
  }
}

void WordIndex::scan(std::string_view folded, std::span<const TextWord> words,
                     std::vector<TermHit>& out) const {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const TextWord& word = words[i];
    const std::uint64_t whole = word.whole();
    const bool may_be_other = may_begin(whole);
    const bool may_be_short = may_begin_short(word.key);
    if (!may_be_other && !may_be_short) continue;
    const Here here{folded, words.subspan(i)};
    const auto probe = [&](const Table& table, std::uint64_t key) {
      const std::uint64_t mixed = Table::mix(key);
      if (table.may_hold(mixed)) read(table, mixed, here, out);
    };
    const std::size_t bytes = here.bytes();
    const std::size_t before = out.size();
    if (may_be_other) {
      if (bytes < kLongBytes) {
        probe(exact_, whole);
      } else if (long_.may_hold(Table::mix(whole))) {
        probe(exact_, exact_key(whole, last_key(folded, word.end), bytes));
        read(long_, Table::mix(whole), here, out);
      }
      probe(phrases_, phrase_key(whole, word.next));
      if (bytes >= kMiddleBytes) probe(middle_, drop_last(whole, bits_after(kMiddleBytes)));
    }
    if (may_be_short) probe(short_, drop_last(whole, bits_after(1)));
    order_hits(out, before);
  }
}

}  // namespace steppe
