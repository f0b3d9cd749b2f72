#include "processors/match/word_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "processors/match/word_bytes.h"

namespace steppe {
namespace {

constexpr std::size_t kLongBytes = 8;
constexpr std::size_t kMiddleBytes = 4;

constexpr std::size_t kSecondBytes = 4;  // of the second word, and of the third
constexpr std::size_t kMostWords = 255;  // of phrases that are found by them

/// Of the index of a known word and the second word, as loaded.
std::uint64_t phrase_key(std::uint64_t known, std::uint64_t second) {
  constexpr std::uint64_t kOdd = 0xD6E8FEB86659FD93ULL;
  return (known * kOdd) ^ drop_last(second, bits_after(kSecondBytes));
}

/// The same of a longer one, with the third word: "in the ..." begins too many.
std::uint64_t long_phrase_key(std::uint64_t known, std::uint64_t second, std::uint64_t third) {
  constexpr std::uint64_t kOdd = 0x9FB21C651E98DF25ULL;
  return phrase_key(known, second) ^ (drop_last(third, bits_after(kSecondBytes)) * kOdd);
}

/// Which bit of Known::seconds a second word has.
std::uint64_t second_bit(std::uint64_t second) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;
  return std::uint64_t{1} << ((drop_last(second, bits_after(kSecondBytes)) * kOdd) >> 58U);
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

/// Bits of a hash that the place of a slot says little about.
std::uint32_t tag_of(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 16U);
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
  Making making;
  for (const TermPattern& pattern : patterns) add(pattern, making);
  std::vector<Closed>& closed = making.closed;
  letters_.append(kLongBytes, '\0');
  for (Stems* table : {&long_, &middle_, &short_}) table->finish();
  const auto letters_of = [&](const Closed& each) {
    return std::string_view(letters_).substr(each.text, each.bytes);
  };
  std::sort(closed.begin(), closed.end(), [&](const Closed& a, const Closed& b) {
    const int order = letters_of(a).compare(letters_of(b));
    return order != 0 ? order < 0 : a.pattern.id < b.pattern.id;
  });
  for (std::size_t first = 0, last = 0; first < closed.size(); first = last) {
    while (last < closed.size() && letters_of(closed[last]) == letters_of(closed[first])) ++last;
    add_known(std::span(closed).subspan(first, last - first));
  }
  make_slots();
  Known end;
  end.first_single = static_cast<std::uint32_t>(singles_.size());
  end.first_loose = static_cast<std::uint32_t>(loose_.size());
  known_.push_back(end);
  phrases_.finish();
  long_phrases_.finish();
  letters_.shrink_to_fit();
  words_.shrink_to_fit();
  known_.shrink_to_fit();
  singles_.shrink_to_fit();
  loose_.shrink_to_fit();
  phrase_patterns_.shrink_to_fit();
}

void WordIndex::add(const TermPattern& pattern, Making& making) {
  Pattern made;
  made.id = pattern.id;
  made.max_suffix = pattern.max_suffix;
  made.first_word = static_cast<std::uint32_t>(words_.size());
  add_words(pattern, made, making);
  if (made.word_count == 0) return;
  words_.back().open = pattern.anchor != Anchor::kWord;
  const Word& head = words_[made.first_word];
  made.head_bytes = head.bytes;
  made.closed_head = !head.open;
  // A head may go on in Han characters, which end a word of the text.
  const std::size_t bytes = word_end_at(text_of(head), 0);
  const bool stem = head.open && bytes == head.bytes;
  if (stem) {
    add_stem(made);
  } else {
    making.closed.push_back({head.text, static_cast<std::uint32_t>(bytes), made});
  }
  // it is known without its word, but for what begins_with() reads
  const bool read_again = stem && bytes > 2 * kLongBytes;
  if (made.shape == Shape::kSingle && !read_again) words_.pop_back();
}

/// Takes the words of `pattern` in.
void WordIndex::add_words(const TermPattern& pattern, Pattern& made, Making& making) {
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
    const std::string_view letters = text.substr(at, end - at);
    const auto next = static_cast<std::uint32_t>(letters_.size());
    const auto [known, is_new] = making.texts.try_emplace(std::string(letters), next);
    if (is_new) letters_ += letters;
    words_.push_back({known->second, static_cast<std::uint16_t>(letters.size()), joint, open});
    ++made.word_count;
    joint = ' ';
    at = end;
  }
  made.shape = han ? Shape::kHan : made.word_count > 1 ? Shape::kPhrase : Shape::kSingle;
}

void WordIndex::add_stem(const Pattern& pattern) {
  const std::string_view letters = text_of(words_[pattern.first_word]);
  const std::uint64_t key = load_key(letters);
  Stem stem{key, 0, bits_after(letters.size()), pattern};
  if (letters.size() < kMiddleBytes) {
    note_short_start(letters);
    return short_.add(drop_last(key, bits_after(1)), stem);
  }
  note_start(key);
  if (letters.size() < kLongBytes) {
    return middle_.add(drop_last(key, bits_after(kMiddleBytes)), stem);
  }
  stem.tail = last_key(letters, letters.size());
  long_.add(key, stem);
}

/// Of patterns that are found by one word of the text.
void WordIndex::add_known(std::span<const Closed> patterns) {
  Known known;
  known.text = patterns.front().text;
  known.bytes = patterns.front().bytes;
  known.head = load_key(std::string_view(letters_).substr(known.text, known.bytes));
  known.first_single = static_cast<std::uint32_t>(singles_.size());
  known.first_loose = static_cast<std::uint32_t>(loose_.size());
  for (const Closed& closed : patterns) {
    const Pattern& pattern = closed.pattern;
    if (pattern.shape != Shape::kSingle && !add_phrase(pattern, known)) loose_.push_back(pattern);
  }
  add_singles(known, patterns);
  known_.push_back(known);
}

/// False when more than four bytes of the next word must be known to find it, or Han, and for very
/// long ones.
bool WordIndex::add_phrase(const Pattern& pattern, Known& known) {
  if (pattern.shape != Shape::kPhrase || pattern.word_count > kMostWords) return false;
  const Word& second = words_[pattern.first_word + 1];
  if (second.bytes < kSecondBytes && second.open) return false;
  const Word& last = words_[pattern.first_word + pattern.word_count - 1U];
  const std::uint64_t key = load_key(text_of(second));
  const auto index = static_cast<std::uint32_t>(known_.size());
  known.seconds |= second_bit(key);
  const bool exact = !last.open && last.bytes < kLongBytes;
  Phrase phrase;
  phrase.last = load_key(text_of(last));
  phrase.pattern = static_cast<std::uint32_t>(phrase_patterns_.size());
  phrase.drop = static_cast<std::uint8_t>(last.open ? bits_after(last.bytes) : 0);
  phrase.words = static_cast<std::uint8_t>(pattern.word_count);
  phrase.is_pair = pattern.word_count == 2 && second.joint == ' ' && exact;
  const Word* third = pattern.word_count > 2 ? &second + 1 : nullptr;
  if (third == nullptr || (third->bytes < kSecondBytes && third->open)) {
    phrases_.add(phrase_key(index, key), phrase);
  } else {
    long_phrases_.add(long_phrase_key(index, key, load_key(text_of(*third))), phrase);
  }
  phrase_patterns_.push_back({index, pattern});
  return true;
}

/// Those of one word, and the stems that the known word begins with.
void WordIndex::add_singles(const Known& known, std::span<const Closed> patterns) {
  for (const Closed& closed : patterns) {
    if (closed.pattern.shape == Shape::kSingle) {
      singles_.push_back({closed.pattern.id, known.bytes});
    }
  }
  const std::string_view letters = std::string_view(letters_).substr(known.text, known.bytes);
  each_stem(letters, {0, known.bytes, known.head}, [&](const Stem& stem) {
    const Pattern& pattern = stem.pattern;
    if (pattern.shape != Shape::kSingle) {
      loose_.push_back(pattern);
    } else if (suffix_fits(pattern, letters.substr(pattern.head_bytes))) {
      singles_.push_back({pattern.id, pattern.head_bytes});
    }
  });
  std::sort(singles_.begin() + known.first_single, singles_.end(),
            [](const Single& a, const Single& b) {
              return a.bytes != b.bytes ? a.bytes > b.bytes : a.id < b.id;
            });
}

void WordIndex::make_slots() {
  home_slots_ = 2 * known_.size();
  slots_.resize(home_slots_ + 1);
  for (std::uint32_t i = 0; i < known_.size(); ++i) {
    const Known& known = known_[i];
    const bool more = known.bytes > kLongBytes;
    const std::uint64_t last = more ? last_key(letters_, known.text + known.bytes) : 0;
    const std::uint64_t hash = Phrases::mix(exact_key(known.head, last, known.bytes));
    std::size_t slot = home_of(hash);
    while (slots_[slot].known != 0) ++slot;
    slots_[slot] = {tag_of(hash), i + 1};
    if (slot + 1 == slots_.size()) slots_.emplace_back();  // a free one ends every search
  }
  slots_.shrink_to_fit();
}

void WordIndex::note_short_start(std::string_view letters) {
  std::uint32_t& seconds = starts_short_[static_cast<unsigned char>(letters.front())];
  seconds |= letters.size() == 1 ? ~0U : 1U << (static_cast<unsigned char>(letters[1]) % 32U);
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

inline bool WordIndex::may_begin(std::uint64_t key) const {
  const std::uint64_t slot = start_slot(key, kStartBits);
  return ((starts_[slot / 64] >> (slot % 64)) & 1) != 0;
}

inline bool WordIndex::suffix_fits(const Pattern& pattern, std::string_view suffix) {
  return suffix.empty() || pattern.max_suffix == kAnySuffix ||
         count_code_points(suffix) <= pattern.max_suffix;
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
WordIndex::Ends WordIndex::match_phrase(const Pattern& pattern, const Text& text,
                                        const TextWord* first) const {
  if (pattern.word_count > text.left_from(first)) return {};
  const Word* word = &words_[pattern.first_word + 1];
  const TextWord* const last = first + pattern.word_count - 1;
  std::uint32_t end = 0;
  for (const TextWord* here = first + 1; here <= last; ++here, ++word) {
    if (!is_joined(text.folded, here[-1].end, here->begin, word->joint)) return {};
    const std::size_t bytes = here->end - here->begin;
    if (word->bytes > bytes || (word->bytes != bytes && !word->open)) return {};
    if (!stands_at(text.folded, here->begin, here->key, *word)) return {};
    end = here->begin + word->bytes;
  }
  if (!suffix_fits(pattern, text.folded.substr(end, last->end - end))) return {};
  return {end, last->end};
}

/// A word that goes on in Han characters ends behind the word of the text.
WordIndex::Ends WordIndex::match_han(const Pattern& pattern, std::string_view folded,
                                     const TextWord& first) const {
  std::size_t at = first.begin;
  std::size_t end = first.end;
  if (pattern.closed_head && pattern.head_bytes < end - at) return {};
  for (std::uint32_t i = 0; i < pattern.word_count; ++i) {
    const Word& word = words_[pattern.first_word + i];
    if (i > 0) {
      at = skip_joint(folded, end, word.joint);
      if (at == std::string_view::npos) return {};
      end = word_end_at(folded, at);
    }
    if (folded.compare(at, word.bytes, text_of(word)) != 0) return {};
    at += word.bytes;
    if (at > end) end = word_end_at(folded, at);
    if (at != end && !word.open) return {};
  }
  if (!suffix_fits(pattern, folded.substr(at, end - at))) return {};
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
}

/// The known word that this word is, or null.
inline const WordIndex::Known* WordIndex::find(std::string_view folded,
                                               const TextWord& word) const {
  const std::uint32_t bytes = word.end - word.begin;
  const std::uint64_t last = bytes > kLongBytes ? last_key(folded, word.end) : 0;
  const std::uint64_t hash = Phrases::mix(exact_key(word.key, last, bytes));
  for (std::size_t at = home_of(hash);; ++at) {
    const Slot& slot = slots_[at];
    if (slot.known == 0) return nullptr;
    if (slot.tag != tag_of(hash)) continue;
    const Known& known = known_[slot.known - 1];
    if (known.head != word.key || known.bytes != bytes) continue;
    if (bytes <= kLongBytes ||
        std::memcmp(folded.data() + word.begin + kLongBytes,
                    letters_.data() + known.text + kLongBytes, bytes - kLongBytes) == 0) {
      return &known;
    }
  }
}

/// True when `word`, whose first bytes were compared, begins with the head of `stem`.
inline bool WordIndex::begins_with(const Stem& stem, std::string_view folded,
                                   const TextWord& word) const {
  const std::size_t bytes = stem.pattern.head_bytes;
  if (bytes > word.end - word.begin) return false;
  if (bytes <= kLongBytes) return true;
  if (last_key(folded, word.begin + bytes) != stem.tail) return false;
  if (bytes <= 2 * kLongBytes) return true;
  const std::string_view rest = text_of(words_[stem.pattern.first_word]).substr(kLongBytes);
  return folded.compare(word.begin + kLongBytes, rest.size(), rest) == 0;
}

/// Calls take(stem) for each stem that `word` begins with.
template <typename Take>
inline void WordIndex::each_stem(std::string_view folded, const TextWord& word,
                                 const Take& take) const {
  const std::size_t bytes = word.end - word.begin;
  const auto probe = [&](const Stems& table, std::uint64_t key) {
    const std::uint64_t mixed = Stems::mix(key);
    if (!table.may_hold(mixed)) return;
    for (const Stem& stem : table.look(mixed)) {
      if (drop_last(word.key, stem.head_drop) != stem.head) continue;
      if (begins_with(stem, folded, word)) take(stem);
    }
  };
  if (may_begin(word.key)) {
    if (bytes >= kLongBytes) probe(long_, word.key);
    if (bytes >= kMiddleBytes) probe(middle_, drop_last(word.key, bits_after(kMiddleBytes)));
  }
  if (may_begin_short(word.key)) probe(short_, drop_last(word.key, bits_after(1)));
}

void WordIndex::read_long(const Pattern& pattern, const Text& text, const TextWord* word,
                          std::vector<TermHit>& out) const {
  const Ends ends = pattern.shape == Shape::kPhrase ? match_phrase(pattern, text, word)
                                                    : match_han(pattern, text.folded, *word);
  if (ends.pattern != 0) out.push_back({pattern.id, word->begin, ends.pattern, ends.word});
}

void WordIndex::read_phrases(const Known& known, const Text& text, const TextWord* word,
                             std::vector<TermHit>& out) const {
  const auto index = static_cast<std::uint32_t>(&known - known_.data());
  const std::size_t left = text.left_from(word);
  const auto read = [&](std::span<const Phrase> phrases) {
    for (const Phrase& phrase : phrases) {
      if (phrase.words > left) continue;
      const TextWord& last = word[phrase.words - 1];
      if (drop_last(last.key, phrase.drop) != phrase.last) continue;
      const PhrasePattern& found = phrase_patterns_[phrase.pattern];
      if (found.known != index) continue;
      if (phrase.is_pair && last.begin == word->end + 1 && is_gap(text.folded[word->end])) {
        out.push_back({found.pattern.id, word->begin, last.end, last.end});
      } else {
        read_long(found.pattern, text, word, out);
      }
    }
  };
  read(phrases_.look(Phrases::mix(phrase_key(index, word[1].key))));
  if (left < 3) return;
  const std::uint64_t key = Phrases::mix(long_phrase_key(index, word[1].key, word[2].key));
  if (long_phrases_.may_hold(key)) read(long_phrases_.look(key));
}

/// False for most: nothing longer begins with the known word that stands here.
inline bool WordIndex::may_be_longer(const Known& known, const Text& text,
                                     const TextWord* word) const {
  if (known.first_loose != (&known + 1)->first_loose) return true;
  if (known.seconds == 0 || word + 1 == text.end) return false;
  if ((known.seconds & second_bit(word[1].key)) == 0) return false;
  const auto index = static_cast<std::uint32_t>(&known - known_.data());
  if (phrases_.may_hold(Phrases::mix(phrase_key(index, word[1].key)))) return true;
  return text.left_from(word) > 2 &&
         long_phrases_.may_hold(Phrases::mix(long_phrase_key(index, word[1].key, word[2].key)));
}

/// What a known word begins with others.
void WordIndex::read_longer(const Known& known, const Text& text, const TextWord* word,
                            std::vector<TermHit>& out) const {
  const std::size_t before = out.size();
  if (word + 1 != text.end) read_phrases(known, text, word, out);
  for (std::uint32_t i = known.first_loose; i < (&known + 1)->first_loose; ++i) {
    read_long(loose_[i], text, word, out);
  }
  if (out.size() > before + 1) order_hits(out, before);
}

void WordIndex::read_stems(const Text& text, const TextWord* word,
                           std::vector<TermHit>& out) const {
  const std::size_t before = out.size();
  each_stem(text.folded, *word, [&](const Stem& stem) {
    const Pattern& pattern = stem.pattern;
    if (pattern.shape != Shape::kSingle) return read_long(pattern, text, word, out);
    const std::uint32_t end = word->begin + pattern.head_bytes;
    if (!suffix_fits(pattern, text.folded.substr(end, word->end - end))) return;
    out.push_back({pattern.id, word->begin, end, word->end});
  });
  order_hits(out, before);
}

/// Appends what begins with each word, and calls take(known, word) for those that are known.
template <typename Take>
inline void WordIndex::each_word(std::string_view folded, std::span<const TextWord> words,
                                 const Take& take, std::vector<TermHit>& out) const {
  const Text text{folded, words.data() + words.size()};
  for (const TextWord* word = words.data(); word != text.end; ++word) {
    if (const Known* known = find(folded, *word)) {
      if (may_be_longer(*known, text, word)) read_longer(*known, text, word, out);
      take(*known, *word);
    } else if (may_have_stems(*word)) {
      read_stems(text, word, out);
    }
  }
}

void WordIndex::scan(std::string_view folded, std::span<const TextWord> words,
                     std::vector<TermHit>& out) const {
  const auto take = [&](const Known& known, const TextWord& word) {
    for (std::uint32_t i = known.first_single; i < (&known + 1)->first_single; ++i) {
      out.push_back({singles_[i].id, word.begin, word.begin + singles_[i].bytes, word.end});
    }
  };
  each_word(folded, words, take, out);
}

void WordIndex::scan_lists(std::string_view folded, std::span<const TextWord> words,
                           std::uint32_t first_list, std::vector<TermHit>& out) const {
  const auto take = [&](const Known& known, const TextWord& word) {
    if (known.first_single == (&known + 1)->first_single) return;
    const auto number = static_cast<std::uint32_t>(&known - known_.data());
    out.push_back({first_list + number, word.begin, word.end, word.end});
  };
  each_word(folded, words, take, out);
}

void WordIndex::read_list(std::uint32_t number, std::vector<ListedTerm>& terms) const {
  for (std::uint32_t i = known_[number].first_single; i < known_[number + 1].first_single; ++i) {
    terms.push_back({singles_[i].id, singles_[i].bytes, 1});
  }
}

}  // namespace steppe
