#include "processors/actors/role_names.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <span>

namespace steppe {
namespace {

constexpr std::uint32_t kMostNameTokens = 3;
constexpr std::uint32_t kMostHan = 8;     // characters of a transliterated name
constexpr std::uint32_t kFewestHan = 2;   // of any name
constexpr std::uint32_t kMostOfRole = 4;  // tokens of an office between role and name
constexpr Roles kNoName =
    roles_of(LexemeRole::kPlace, LexemeRole::kActor, LexemeRole::kMonth, LexemeRole::kWeekday,
             LexemeRole::kSpeech, LexemeRole::kEvent, LexemeRole::kRoleWord, LexemeRole::kSpeaker);

bool is_initial(const AnnotatedText& text, std::uint32_t token) {
  return token + 1 < text.size() && text.is_capitalised(token) &&
         text.tokens()[token + 1].punctuation == '.' && text.is_glued(token + 1) &&
         text.tokens()[token].end - text.tokens()[token].begin <= 2;
}

bool is_name_part(const AnnotatedText& text, std::uint32_t token) {
  return token < text.size() && text.is_capitalised(token) && (text.roles_at(token) & kNoName) == 0;
}

/// The end of the name that starts at `first`, initials counted in; `first` when there is none.
std::uint32_t name_end(const AnnotatedText& text, std::uint32_t first) {
  std::uint32_t at = first;
  std::uint32_t end = first;
  for (std::uint32_t part = 0; part < kMostNameTokens; ++part) {
    if (is_initial(text, at)) {
      at += 2;
      continue;
    }
    if (!is_name_part(text, at)) break;
    end = ++at;
  }
  return end;
}

std::uint32_t name_start(const AnnotatedText& text, std::uint32_t last) {
  std::uint32_t first = last;
  while (first > 0 && last - first < kMostNameTokens && is_name_part(text, first - 1)) --first;
  return first;
}

/// True for "DP", "MVD": an office in capitals.
bool is_acronym(const AnnotatedText& text, std::uint32_t token) {
  if (!text.is_capitalised(token)) return false;
  const std::string_view written = text.slice(token, token + 1);
  const std::string_view folded = text.folded_token(token);
  std::size_t same = 0;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] == folded[i]) ++same;
  }
  const std::size_t letters = written.size();  // in bytes
  // no letter stayed as it was: in Cyrillic only lead bytes may
  return letters <= 10 && letters >= 2 && same <= letters / 2 && written.back() != folded.back();
}

/// Where the name may start behind a role: "press secretary of the Almaty police", "head of DP".
std::uint32_t skip_office(const AnnotatedText& text, std::uint32_t at) {
  const std::uint32_t limit = std::min(at + kMostOfRole, text.size());
  while (at < limit) {
    const Mark* office = text.find(at, LexemeRole::kSpeaker);
    if (office == nullptr) office = text.find(at, LexemeRole::kActor);
    if (office == nullptr) office = text.find(at, LexemeRole::kPlace);
    if (office != nullptr) {
      at = office->last;
    } else if (is_acronym(text, at)) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

std::optional<std::uint32_t> place_within(const AnnotatedText& text, std::uint32_t first,
                                          std::uint32_t last) {
  for (std::uint32_t at = first; at < last; ++at) {
    const Mark* place = text.find(at, LexemeRole::kPlace);
    if (place != nullptr) return static_cast<std::uint32_t>(place->value);
  }
  return {};
}

/// A role, up to `role_last`, with the name beside it.
RoleName make(const AnnotatedText& text, const Mark& role, std::uint32_t role_last,
              std::uint32_t name_first, std::uint32_t name_last) {
  RoleName found;
  const Mark* place = text.find_before(role.first, LexemeRole::kPlace);
  found.role_first = place != nullptr ? place->first : role.first;
  found.role_last = role_last;
  found.sector = static_cast<Sector>(role.detail);
  found.place = place_within(text, found.role_first, role_last);
  found.name_first = name_first;
  found.name_last = name_last;
  found.first = std::min(found.role_first, name_first);
  found.last = std::max(role_last, name_last);
  return found;
}

/// Role, then name.
std::optional<RoleName> read_behind(const AnnotatedText& text, const Mark& role) {
  std::uint32_t first = skip_office(text, role.last);
  std::uint32_t last = name_end(text, first);
  if (last == first && first > role.last) {
    // the acronym was the name after all: nothing is left
    first = role.last;
    last = name_end(text, first);
  }
  if (last == first) return {};
  return make(text, role, first, first, last);
}

/// "Nurlan Seitov, a police spokesman": name, comma, perhaps a small word, role.
std::optional<RoleName> read_before(const AnnotatedText& text, const Mark& role) {
  std::uint32_t at = role.first;
  const Mark* place = text.find_before(at, LexemeRole::kPlace);
  if (place != nullptr) at = place->first;
  if (at > 0 && text.tokens()[at - 1].kind == TokenKind::kWord && !text.is_capitalised(at - 1))
    --at;
  if (at == 0 || text.tokens()[at - 1].punctuation != ',') return {};
  const std::uint32_t last = at - 1;
  const std::uint32_t first = name_start(text, last);
  if (last - first < 2) return {};
  return make(text, role, role.last, first, last);
}

bool is_foreign_letter(const AnnotatedText& text, std::uint32_t token) {
  const Token& here = text.tokens()[token];
  if (here.kind != TokenKind::kHan) return false;
  constexpr std::size_t kBytes = 3;  // a character
  const std::string_view letters = text.lexicon().pack().person_names.foreign_letters;
  const std::string_view letter = text.folded_token(token);
  std::size_t first = 0;
  std::size_t last = letters.size() / kBytes;
  while (first < last) {
    const std::size_t middle = (first + last) / 2;
    const int order = letters.compare(middle * kBytes, kBytes, letter);
    if (order == 0) return true;
    if (order < 0) first = middle + 1;
    if (order > 0) last = middle;
  }
  return false;
}

/// "·" between the parts of a foreign name.
bool joins_foreign(const AnnotatedText& text, std::uint32_t token) {
  return text.tokens()[token].kind == TokenKind::kPunctuation &&
         text.slice(token, token + 1) == "\u00b7";
}

/// Behind a role: characters that foreign names are written with.
std::optional<RoleName> read_foreign(const AnnotatedText& text, const Mark& role) {
  constexpr std::uint32_t kFewest = 3;
  constexpr std::uint32_t kMost = 12;
  std::uint32_t at = role.last;
  while (at < text.size() && at - role.last < kMost &&
         (is_foreign_letter(text, at) || (at > role.last && joins_foreign(text, at)))) {
    if (text.find(at, LexemeRole::kSpeech) != nullptr) break;
    ++at;
  }
  const std::uint32_t length = at - role.last;
  const bool told = length >= kFewestHan && text.find(at, LexemeRole::kSpeech) != nullptr;
  if (length < kFewest && !told) return {};
  if (place_within(text, role.last, at)) return {};
  return make(text, role, role.last, role.last, at);
}

/// Without capitals: the characters between a role and a verb of speech.
std::optional<RoleName> read_han(const AnnotatedText& text, const Mark& role) {
  std::uint32_t at = role.last;
  while (at < text.size() && at - role.last <= kMostHan &&
         text.tokens()[at].kind == TokenKind::kHan &&
         text.find(at, LexemeRole::kSpeech) == nullptr) {
    ++at;
  }
  const std::uint32_t length = at - role.last;
  if (length < kFewestHan || length > kMostHan) return {};
  if (text.find(at, LexemeRole::kSpeech) == nullptr) return {};
  if (place_within(text, role.last, at)) return {};
  return make(text, role, role.last, role.last, at);
}

/// "Kazakh Activist Dies Of Gunshot": where nearly every word has a capital, none tells a name.
bool has_capitals(const AnnotatedText& text, const Sentence& sentence) {
  constexpr std::uint32_t kLongWord = 4;  // bytes; shorter ones stay small in such titles
  constexpr std::uint32_t kFewest = 4;
  std::uint32_t words = 0;
  std::uint32_t capitals = 0;
  for (std::uint32_t at = sentence.first; at < sentence.last; ++at) {
    const Token& token = text.tokens()[at];
    if (token.kind != TokenKind::kWord || token.end - token.begin < kLongWord) continue;
    ++words;
    if (text.is_capitalised(at)) ++capitals;
  }
  return words >= kFewest && capitals * 10 >= words * 9;
}

/// Reads each sentence of a text once, when they are asked for in order.
class TitleCase {
 public:
  explicit TitleCase(const AnnotatedText& text) : text_(text) {}

  bool is_title(std::size_t sentence) {
    if (sentence != sentence_) {
      sentence_ = sentence;
      title_ = has_capitals(text_, text_.sentences()[sentence]);
    }
    return title_;
  }

 private:
  const AnnotatedText& text_;
  std::size_t sentence_ = std::numeric_limits<std::size_t>::max();  // the last that was read
  bool title_ = false;
};

/// An office in capitals, and a first name whose surname the profile knows, are nobody new.
bool is_whole_name(const AnnotatedText& text, const RoleName& name) {
  const bool acronym = name.name_last - name.name_first == 1 && is_acronym(text, name.name_first);
  return !acronym && text.find(name.name_last, LexemeRole::kActor) == nullptr;
}

/// Actors are in order and do not overlap.
bool is_known(const RoleName& name, const std::vector<ActorMention>& known) {
  auto actor = std::partition_point(known.begin(), known.end(), [&](const ActorMention& before) {
    return before.last <= name.name_first;
  });
  for (; actor != known.end() && actor->first < name.name_last; ++actor) {
    if (actor->actor && !actor->short_form) return true;
  }
  return false;
}

bool has_surname_ending(const AnnotatedText& text, std::uint32_t token) {
  constexpr std::size_t kShortestStem = 3;  // bytes before the ending
  const std::string_view word = text.folded_token(token);
  const char last = word.back();
  const auto& endings = text.lexicon().pack().person_names.surname_endings;
  return std::any_of(endings.begin(), endings.end(), [&](const std::string& ending) {
    return ending.back() == last && word.size() >= ending.size() + kShortestStem &&
           word.ends_with(ending);
  });
}

bool may_be_given(const AnnotatedText& text, std::uint32_t token) {
  constexpr std::uint32_t kShortest = 3;  // bytes
  const auto& words = text.lexicon().pack().person_names.not_given;
  const Token& here = text.tokens()[token];
  return here.end - here.begin >= kShortest && !is_acronym(text, token) &&
         std::find(words.begin(), words.end(), text.folded_token(token)) == words.end();
}

bool is_taken(const std::vector<RoleName>& people, const RoleName& name) {
  return std::any_of(people.begin(), people.end(), [&](const RoleName& other) {
    return other.first < name.last && name.first < other.last;
  });
}

/// A bit for each of the tokens from `first` on, 64 at most, that has a capital.
std::uint64_t capitals_from(std::span<const Token> tokens, std::uint32_t first) {
  std::uint64_t bits = 0;
  const std::size_t count = std::min<std::size_t>(tokens.size() - first, 64);
  for (std::size_t i = 0; i < count; ++i) bits |= std::uint64_t{tokens[first + i].capital} << i;
  return bits;
}

/// "Nurlan Seitov" with no role beside it, "N. Seitov": the name that ends in this token.
std::optional<RoleName> lone_name(const AnnotatedText& text, std::uint32_t surname,
                                  const std::vector<ActorMention>& known, TitleCase& titles,
                                  const std::vector<RoleName>& out) {
  const bool initial = surname >= 2 && is_initial(text, surname - 2);
  if (!initial && (surname == 0 || !is_name_part(text, surname - 1))) return {};
  if (!is_name_part(text, surname) || !has_surname_ending(text, surname)) return {};
  if (!initial && !may_be_given(text, surname - 1)) return {};
  const std::uint32_t first = surname - (initial ? 2 : 1);
  const std::uint32_t last = surname + 1;
  RoleName name;
  name.first = name.name_first = name.role_first = name.role_last = first;
  name.last = name.name_last = last;
  name.sector = Sector::kCvl;
  const std::size_t sentence = text.sentence_of(first);
  if (is_known(name, known) || is_taken(out, name) || sentence != text.sentence_of(last - 1) ||
      titles.is_title(sentence) || !is_whole_name(text, name)) {
    return {};
  }
  return name;
}

/// One token in six has a capital, which is guessed wrongly one by one: they are read off a mask.
void find_lone_names(const AnnotatedText& text, const std::vector<ActorMention>& known,
                     TitleCase& titles, std::vector<RoleName>& out) {
  if (text.lexicon().pack().person_names.surname_endings.empty()) return;
  for (std::uint32_t first = 0; first < text.size(); first += 64) {
    for (std::uint64_t bits = capitals_from(text.tokens(), first); bits != 0; bits &= bits - 1) {
      if (out.size() >= kMostRoleNames) return;
      const std::uint32_t surname = first + static_cast<std::uint32_t>(std::countr_zero(bits));
      if (const auto name = lone_name(text, surname, known, titles, out)) out.push_back(*name);
    }
  }
}

}  // namespace

void find_role_names(const AnnotatedText& text, const std::vector<ActorMention>& known,
                     std::vector<RoleName>& out) {
  out.clear();
  TitleCase titles(text);
  for (const std::uint32_t place : text.marks_of(LexemeRole::kRoleWord)) {
    if (out.size() == kMostRoleNames) break;
    const Mark& mark = text.marks()[place];
    if (!out.empty() && mark.first < out.back().last) continue;
    const bool han = text.tokens()[mark.first].kind == TokenKind::kHan;
    std::optional<RoleName> found = han ? read_han(text, mark) : read_behind(text, mark);
    if (!found && han) found = read_foreign(text, mark);
    if (!found && !han) found = read_before(text, mark);
    if (!found || is_known(*found, known) || !is_whole_name(text, *found)) continue;
    const std::size_t sentence = text.sentence_of(found->first);
    if (sentence != text.sentence_of(found->last - 1)) continue;
    if (!han && titles.is_title(sentence)) continue;
    out.push_back(*found);
  }
  find_lone_names(text, known, titles, out);
}

}  // namespace steppe
