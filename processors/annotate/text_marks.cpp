#include "processors/annotate/text_marks.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>

#include "processors/annotate/word_cover.h"

namespace steppe {
namespace {

constexpr std::uint32_t kNoByte = std::numeric_limits<std::uint32_t>::max();
constexpr Roles kCounters =
    roles_of(LexemeRole::kNumber, LexemeRole::kMultiplier, LexemeRole::kVague, LexemeRole::kMonth,
             LexemeRole::kWeekday, LexemeRole::kDay, LexemeRole::kSpan);

// A meaning is copied to a mark as it is.
constexpr std::size_t kMeaningBytes = 16;
static_assert(sizeof(WordMeaning) == kMeaningBytes && offsetof(WordMeaning, value) == 0 &&
              sizeof(Mark) == offsetof(Mark, value) + kMeaningBytes &&
              offsetof(Mark, role) - offsetof(Mark, value) == offsetof(WordMeaning, role) &&
              offsetof(Mark, detail) - offsetof(Mark, value) == offsetof(WordMeaning, detail));

inline void write(Mark& mark, const WordMeaning& meaning, std::uint32_t first, std::uint32_t last) {
  mark.first = first;
  mark.last = last;
  std::memcpy(&mark.value, &meaning, kMeaningBytes);
}

}  // namespace

/// Hits come by begin, longer first, and so do the marks made of them.
class TextMarks::Pass {
 public:
  Pass(TextMarks& text, std::span<const Token> tokens, const Lexicon& lexicon)
      : text_(text),
        lexicon_(lexicon),
        senses_(lexicon.senses()),
        most_(std::max(senses_.longest(), 1U)),
        tokens_(tokens) {
    make_room();
  }

  /// `hit` is followed by one that no token begins at.
  void read(const TermHit* hit);

 private:
  const WordSenses::List* settled_list(const TermHit& hit, std::uint32_t token) const;
  void take(const TermHit& hit, std::uint32_t token);
  void take_list(const TermHit& hit);
  void take_sense(const WordMeaning& meaning, std::uint32_t last, std::uint32_t end,
                  std::uint32_t word_end);
  void hide(std::uint32_t last);
  std::uint32_t end_of(std::uint32_t word_end) const;
  void make_room();
  void add_around(std::uint32_t last, std::uint32_t id) { *around_++ = {token_, last, id}; }

  TextMarks& text_;
  const Lexicon& lexicon_;
  const WordSenses& senses_;
  const std::uint32_t most_;  // marks, or words around, that a hit can be
  const std::span<const Token> tokens_;
  // The next of each, and how far there is room for what a hit can be.
  Mark* mark_ = nullptr;
  AroundWord* around_ = nullptr;
  const Mark* mark_limit_ = nullptr;
  const AroundWord* around_limit_ = nullptr;
  WordCover cover_;
  // The last place.
  std::uint32_t place_end_ = 0;
  std::uint32_t place_word_end_ = 0;
  // Of the token that is read.
  std::uint32_t token_ = 0;
  Roles roles_ = 0;
};

/// The list that a hit is, if its senses are all marks but for what phrases from before hide.
inline const WordSenses::List* TextMarks::Pass::settled_list(const TermHit& hit,
                                                             std::uint32_t token) const {
  // a word that a place ended in may hold a shorter one, which is none
  if (!TermScanner::is_list(hit.id) || hit.word_end == place_word_end_) return nullptr;
  const WordSenses::List& list = senses_.list(hit.id - TermScanner::kFirstList);
  const bool fits = list.settled && tokens_[token + list.units - 1].end == hit.word_end;
  return fits ? &list : nullptr;
}

/// Most hits are settled lists: those are written here, in registers, the others by take().
void TextMarks::Pass::read(const TermHit* hit) {
  const auto token_count = static_cast<std::uint32_t>(tokens_.size());
  const Token* const tokens = tokens_.data();
  std::uint32_t* const first_mark = text_.first_mark_.data();
  Roles* const starting = text_.starting_.data();
  Roles* const ending = text_.ending_.data();
  Mark* mark = mark_;
  AroundWord* around = around_;
  std::uint32_t kept = 0;
  for (std::uint32_t token = 0; token < token_count; ++token) {
    first_mark[token] = kept;
    const std::uint32_t begin = tokens[token].begin;
    while (hit->begin < begin) ++hit;  // inside a token
    if (hit->begin != begin) {
      starting[token] = 0;
      if (tokens[token].kind == TokenKind::kNumber) text_.counters_.push_back(token);
      continue;
    }
    const std::uint32_t first = kept;
    Roles roles = 0;
    do {
      const WordSenses::List* list = settled_list(*hit, token);
      if (list == nullptr || mark >= mark_limit_ || around >= around_limit_) {
        mark_ = mark;
        around_ = around;
        roles_ = roles;
        take(*hit, token);
        mark = mark_;
        around = around_;
        roles = roles_;
        kept = static_cast<std::uint32_t>(mark - text_.marks_.data());
        continue;
      }
      for (const AroundSense& sense : senses_.around(*list)) {
        *around++ = {token, token + sense.units, sense.id};
      }
      const std::span<const Sense> senses = senses_.senses(*list);
      if (cover_.end() <= token && list->units == 1) {
        for (const Sense& sense : senses) write(*mark++, sense, token, token + 1);
        kept += list->sense_count;
        roles |= list->roles;
        ending[token + 1] |= list->roles;
        continue;
      }
      for (const Sense& sense : senses) {
        const std::uint32_t last = token + sense.units;
        if (!cover_.add(sense, token, last)) continue;
        write(*mark++, sense, token, last);
        ++kept;
        roles |= roles_of(sense.role);
        ending[last] |= roles_of(sense.role);
      }
    } while ((++hit)->begin == begin);
    starting[token] = roles;
    if (tokens[token].kind == TokenKind::kNumber || (roles & kCounters) != 0) {
      text_.counters_.push_back(token);
    }
    if ((roles & kListedRoles) != 0) text_.lists_.add({text_.marks_.data() + first, mark}, first);
  }
  first_mark[token_count] = kept;
  text_.around_count_ = static_cast<std::uint32_t>(around - text_.around_.data());
}

/// Room for all that a hit can be.
void TextMarks::Pass::make_room() {
  const auto grow = [&](auto& all, auto*& next, auto*& limit) {
    const auto count = static_cast<std::size_t>(next == nullptr ? 0 : next - all.data());
    if (all.size() < count + most_) all.resize(2 * (count + most_));
    next = all.data() + count;
    limit = all.data() + all.size() - most_ + 1;
  };
  if (mark_ >= mark_limit_) grow(text_.marks_, mark_, mark_limit_);
  if (around_ >= around_limit_) grow(text_.around_, around_, around_limit_);
}

void TextMarks::Pass::take(const TermHit& hit, std::uint32_t token) {
  token_ = token;
  make_room();
  if (TermScanner::is_list(hit.id)) return take_list(hit);
  const std::uint32_t last = end_of(hit.word_end);
  const WordsAround around = lexicon_.words_around();
  if (around.holds(hit.id)) return add_around(last, hit.id - around.first);
  take_sense(lexicon_.meaning(hit.id), last, hit.end, hit.word_end);
}

void TextMarks::Pass::take_list(const TermHit& hit) {
  const WordSenses::List& list = senses_.list(hit.id - TermScanner::kFirstList);
  const auto word_end = [&](std::uint32_t bytes) {
    return list.han ? hit.begin + bytes : hit.word_end;
  };
  for (const AroundSense& around : senses_.around(list)) {
    add_around(end_of(word_end(around.bytes)), around.id);
  }
  for (const Sense& sense : senses_.senses(list)) {
    const std::uint32_t end = word_end(sense.bytes);
    take_sense(sense, end_of(end), hit.begin + sense.bytes, end);
  }
}

inline void TextMarks::Pass::take_sense(const WordMeaning& meaning, std::uint32_t last,
                                        std::uint32_t end, std::uint32_t word_end) {
  if (meaning.needs_capital && !tokens_[token_].capital) return;
  if (meaning.role == LexemeRole::kPlace) {
    // a stem within a longer one: "Samar*" where "Samarkand*" stands
    if (end < place_end_ && word_end == place_word_end_) return;
    place_end_ = end;
    place_word_end_ = word_end;
  }
  if (!cover_.add(meaning, token_, last)) return;
  if (meaning.role == LexemeRole::kIgnore) hide(last);
  write(*mark_++, meaning, token_, last);
  roles_ |= roles_of(meaning.role);
  text_.ending_[last] |= roles_of(meaning.role);
}

/// Drops the marks of the token that end where a word that is ignored does.
void TextMarks::Pass::hide(std::uint32_t last) {
  const Mark* const first = text_.marks_.data() + text_.first_mark_[token_];
  while (mark_ > first && mark_[-1].last == last) --mark_;
  roles_ = 0;
  for (const Mark& mark : std::span(first, mark_)) roles_ |= roles_of(mark.role);
}

/// The token behind the word of this one that ends at that byte.
inline std::uint32_t TextMarks::Pass::end_of(std::uint32_t word_end) const {
  std::uint32_t last = token_ + 1;
  if (word_end > tokens_[token_].end) {
    while (last < tokens_.size() && tokens_[last].begin < word_end) ++last;
  }
  return last;
}

void TextMarks::read(std::string_view folded, const TextWords& words, std::span<const Token> tokens,
                     const Lexicon& lexicon) {
  lexicon.scan(folded, words, hits_, name_hits_);
  hits_.push_back({0, kNoByte, 0, 0});
  token_count_ = static_cast<std::uint32_t>(tokens.size());
  counters_.clear();
  lists_.clear();
  if (ending_.size() <= token_count_) {
    first_mark_.resize(token_count_ + 1U);
    starting_.resize(token_count_ + 1U);
    ending_.resize(token_count_ + 1U);
  }
  std::fill_n(ending_.begin(), token_count_ + 1U, Roles{0});
  Pass(*this, tokens, lexicon).read(hits_.data());
}

}  // namespace steppe
