// The names of speakers no profile knows: the part of Attributor that reads them.

#include <algorithm>

#include "processors/claims/attribution.h"

namespace steppe {
namespace {

constexpr std::uint32_t kMaxNameTokens = 3;
constexpr std::uint32_t kAgeTokens = 5;     // between the verb and a name
constexpr std::uint32_t kTradeTokens = 3;   // "said the shop assistant Aigul"
constexpr std::uint32_t kApposition = 9;    // tokens of a role between a name and its verb
constexpr std::uint32_t kRankTokens = 2;    // "the police chief, Colonel Seitkali"
constexpr std::ptrdiff_t kNamesBack = 500;  // of persons who spoke
constexpr std::uint32_t kMostHan = 8;       // characters of a transliterated name
constexpr std::uint32_t kFewestHan = 2;
constexpr Roles kNoName =
    roles_of(LexemeRole::kPlace, LexemeRole::kMonth, LexemeRole::kWeekday, LexemeRole::kDay);
constexpr Roles kNoHanName =
    roles_of(LexemeRole::kPlace, LexemeRole::kMonth, LexemeRole::kWeekday, LexemeRole::kDay,
             LexemeRole::kDateUnit, LexemeRole::kSpeaker, LexemeRole::kSpeech, LexemeRole::kEvent,
             LexemeRole::kTriggerAfter, LexemeRole::kTriggerVerb, LexemeRole::kFormer,
             LexemeRole::kAdded, LexemeRole::kUnreal, LexemeRole::kAsOf, LexemeRole::kRetraction,
             LexemeRole::kSpan, LexemeRole::kTense, LexemeRole::kPart);

}  // namespace

bool Attributor::is_name(std::uint32_t token) const {
  return token < text().size() && text().is_capitalised(token) &&
         (text().roles_at(token) & kNoName) == 0;
}

/// The hyphen of "OVD-Info".
bool Attributor::joins_names(std::uint32_t token) const {
  return token + 1 < text().size() && text().tokens()[token].punctuation == '-' &&
         text().is_glued(token) && text().is_glued(token + 1);
}

/// The end of the name that begins at `first`; `first` when none does.
std::uint32_t Attributor::name_end(std::uint32_t first) const {
  std::uint32_t last = first;
  while (last - first < kMaxNameTokens && (is_name(last) || (last > first && joins_names(last)))) {
    ++last;
  }
  return last;
}

std::uint32_t Attributor::name_start(std::uint32_t last) const {
  std::uint32_t first = last;
  while (first > 0 && last - first < kMaxNameTokens &&
         (is_name(first - 1) || (first < last && joins_names(first - 1)))) {
    --first;
  }
  return first;
}

/// "..., said", "...' - told": the words before the verb are what is said.
bool Attributor::closes_quote(const Mark& cue) const {
  if (cue.first == 0) return false;
  const char before = text().tokens()[cue.first - 1].punctuation;
  return before == ',' || before == '-' || before == '"';
}

/// An unknown person beside a verb: up to three capitalised words.
std::optional<Speaker> Attributor::speaker_by_name(const Mark& cue) const {
  if (!is_verb(static_cast<Speech>(cue.detail))) return name_told_of(cue);
  if (text().tokens()[cue.first].kind == TokenKind::kHan) return han_before(cue);
  const auto& tokens = text().tokens();
  const bool quoted = cue.first > 0 && tokens[cue.first - 1].punctuation == '"';
  if (auto before = name_that_ends(quoted ? cue.first - 1 : cue.first)) return before;
  if (auto inside = name_between_commas(cue)) return inside;
  if (auto behind = name_that_begins(cue)) return behind;
  if (auto apart = name_set_off(cue)) return apart;
  if (auto known = surname_beside(cue)) return known;
  if (text().lexicon().pack().verb_final) {
    if (auto first_named = name_in_clause(cue)) return first_named;
  }
  return country_before(cue.first);
}

/// "according to Aigul Sarsenova", and where the cue stands behind, "Sarsenova's words say".
std::optional<Speaker> Attributor::name_told_of(const Mark& cue) const {
  if (static_cast<Speech>(cue.detail) != Speech::kAccording) return {};
  if (text().tokens()[cue.first].kind == TokenKind::kHan) return {};
  // "according to shop assistant Aigul Sarsenova"
  std::uint32_t first = cue.last;
  const std::uint32_t limit = std::min(cue.last + kTradeTokens, text().size());
  while (first < limit && !is_name(first) && text().tokens()[first].kind == TokenKind::kWord) {
    ++first;
  }
  const std::uint32_t last = name_end(first);
  if (last - first >= 2) return Speaker{first, last, {}, false};
  if (last > first) {
    const Speaker* known = named_before(first);
    return known != nullptr ? std::optional(*known) : std::nullopt;
  }
  if (text().lexicon().pack().verb_final) return name_that_ends(cue.first);
  return {};
}

/// "Ospanov said" of Marat Ospanov who spoke before; a name that spoke for nobody yet only closes
/// what is quoted.
std::optional<Speaker> Attributor::surname_beside(const Mark& cue) const {
  const std::uint32_t before = name_start(cue.first);
  const std::uint32_t behind = name_end(cue.last);
  if (before + 1 == cue.first) {
    if (const Speaker* known = named_before(before)) return *known;
  }
  if (behind != cue.last + 1) return {};
  if (const Speaker* known = named_before(cue.last)) return *known;
  if (cue.first == 0 || !closes_quote(cue) || text().tokens()[cue.first - 1].punctuation == ',') {
    return {};
  }
  return Speaker{cue.last, behind, {}, false};
}

/// The person who spoke before under a name that ends like the word at `token`; null when nobody
/// did.
const Speaker* Attributor::named_before(std::uint32_t token) const {
  constexpr std::size_t kShortest = 4;  // bytes
  const std::string_view word = text().folded_token(token);
  const std::string_view stem = word.substr(0, std::max(kShortest, word.size() * 3 / 4));
  const auto first = names_.rbegin() + std::min(std::ssize(names_), kNamesBack);
  for (auto name = names_.rbegin(); name != first; ++name) {
    const std::string_view last = text().folded_token(name->last - 1);
    const std::string_view shorter = last.substr(0, std::max(kShortest, last.size() * 3 / 4));
    if (word.size() >= kShortest && (last.starts_with(stem) || word.starts_with(shorter))) {
      return &*name;
    }
  }
  return nullptr;
}

/// Where the verb stands last: the first full name of its clause, "Aigul Sarsenova ... dedi".
std::optional<Speaker> Attributor::name_in_clause(const Mark& cue) const {
  const auto& tokens = text().tokens();
  std::uint32_t start = cue.first;
  const std::uint32_t first = text().sentences()[text().sentence_of(cue.first)].first;
  while (start > first && tokens[start - 1].kind != TokenKind::kPunctuation) --start;
  for (std::uint32_t at = start; at < cue.first; ++at) {
    const std::uint32_t last = name_end(at);
    if (last - at < 2) {
      at = std::max(at, last == at ? at : last - 1);
      continue;
    }
    const Speaker named{at, last, {}, false};
    if (!is_oblique(named)) return named;
    at = last - 1;
  }
  return {};
}

std::optional<Speaker> Attributor::name_that_ends(std::uint32_t end) const {
  const std::uint32_t first = name_start(end);
  if (first == end || (end - first < 2 && !is_acronym(first))) return {};
  return Speaker{first, end, {}, false};
}

/// "Its head, Saule Iskakova, told": the name stands between its trade and the verb.
std::optional<Speaker> Attributor::name_between_commas(const Mark& cue) const {
  const auto& tokens = text().tokens();
  if (cue.first < 2 || tokens[cue.first - 1].punctuation != ',') return {};
  auto named = name_that_ends(cue.first - 1);
  if (!named || named->first == 0 || tokens[named->first - 1].punctuation != ',') return {};
  return named;
}

std::optional<Speaker> Attributor::name_that_begins(const Mark& cue) const {
  const auto& tokens = text().tokens();
  const auto quotes = [&](std::uint32_t token) {
    return token < text().size() && tokens[token].punctuation == '"';
  };
  std::uint32_t start = quotes(cue.last) ? cue.last + 1 : cue.last;
  if (start >= text().size()) return {};
  // "said the 45-year-old Saule Iskakova", "told the shop assistant Aigul"
  const bool aged = tokens[start].kind == TokenKind::kNumber;
  const bool closes = closes_quote(cue);
  if (aged || closes) {
    const std::uint32_t furthest =
        std::min(cue.last + (aged ? kAgeTokens : kTradeTokens), text().size());
    const auto stays = [&](std::uint32_t at) {
      return tokens[at].kind == TokenKind::kWord || aged;
    };
    while (start < furthest && !is_name(start) && stays(start)) ++start;
  }
  const std::uint32_t last = name_end(start);
  const bool in_quotes = last > start && start > cue.last && quotes(last);
  const bool trade = closes && last > start && start > cue.last;
  if (last - start >= 2 || in_quotes || trade) return Speaker{start, last, {}, false};
  return {};
}

/// "Aigul, a shop assistant, told us": the name stands before its apposition.
std::optional<Speaker> Attributor::name_set_off(const Mark& cue) const {
  const auto& tokens = text().tokens();
  std::uint32_t at = cue.first;
  if (at > 0 && tokens[at - 1].kind == TokenKind::kWord && !text().is_capitalised(at - 1)) --at;
  if (at == 0 || tokens[at - 1].punctuation != ',') return {};
  std::uint32_t comma = at - 1;
  for (std::uint32_t steps = 0; comma > 0 && steps < kApposition; ++steps) {
    const Token& token = tokens[--comma];
    if (token.punctuation == ',') break;
    if (token.kind == TokenKind::kPunctuation && token.punctuation != '-') return {};
  }
  if (comma == 0 || tokens[comma].punctuation != ',') return {};
  const std::uint32_t first = name_start(comma);
  if (first == comma) return {};
  const bool opens = first == 0 || tokens[first - 1].kind == TokenKind::kPunctuation ||
                     tokens[first - 1].kind == TokenKind::kLineEnd;
  if (!opens && comma - first < 2) return {};
  return Speaker{first, comma, {}, false};
}

/// "Kyrgyzstan reported 24 dead": a country right before the verb.
std::optional<Speaker> Attributor::country_before(std::uint32_t end) const {
  const Mark* place = text().find_before(end, LexemeRole::kPlace);
  if (place == nullptr) return {};
  const auto& entry = text().lexicon().all().places[static_cast<std::size_t>(place->value)];
  if (!entry.is("country")) return {};
  Speaker speaker{place->first, place->last, {}, false};
  speaker.kind = SpeakerKind::kOffice;
  return speaker;
}

/// Without capitals: characters that mean nothing else, from a stop or a place to the verb; a day
/// may stand between.
std::optional<Speaker> Attributor::han_before(const Mark& cue) const {
  const auto& tokens = text().tokens();
  std::uint32_t last = cue.first;
  const auto date =
      std::partition_point(passage_->dates.all.begin(), passage_->dates.all.end(),
                           [&](const DateMention& each) { return each.last < cue.first; });
  if (date != passage_->dates.all.end() && date->last == cue.first) last = date->first;
  std::uint32_t first = last;
  const auto unknown = [&](std::uint32_t at) {
    return tokens[at].kind == TokenKind::kHan && (text().roles_at(at) & kNoHanName) == 0;
  };
  while (first > 0 && last - first <= kMostHan && unknown(first - 1)) --first;
  const std::uint32_t length = last - first;
  if (length < kFewestHan + 1 || length > kMostHan || first == 0) return {};
  const Token& before = tokens[first - 1];
  const Mark* place = text().find_before(first, LexemeRole::kPlace);
  const bool opens = before.kind == TokenKind::kPunctuation || before.kind == TokenKind::kLineEnd;
  if (!opens && place == nullptr) return {};
  return Speaker{place != nullptr ? place->first : first, last, {}, false};
}

/// "HRW": capitals to the last letter.
bool Attributor::is_acronym(std::uint32_t token) const {
  const Token& word = text().tokens()[token];
  const auto last_letter = [&](std::string_view letters) {
    std::size_t at = letters.size();
    while (at > 1 && (static_cast<unsigned char>(letters[at - 1]) & 0xC0U) == 0x80U) --at;
    return letters.substr(at - 1);
  };
  const std::string_view written = text().text().substr(word.begin, word.end - word.begin);
  return word.kind == TokenKind::kWord &&
         last_letter(written) != last_letter(text().folded_token(token));
}

/// "lawyer Ainur Bekova", "the rights group Qantar", "Saltanat Azirbek, an aide to the prosecutor":
/// the name beside the word belongs to it.
void Attributor::name_in_full(Speaker& speaker, const Mark& cue) const {
  const bool person = speaker.actor && text().lexicon().all().actors[*speaker.actor].is("person");
  if (person || speaker.own_cue || speaker.pronoun || speaker.media) return;
  if (text().tokens()[speaker.last - 1].kind == TokenKind::kHan) return name_in_han(speaker, cue);
  const bool leads = speaker.last <= cue.first;
  const Speaker before = speaker;
  name_behind(speaker, leads ? cue.first : text().size());
  if (speaker.last == before.last && leads && !speaker.referring) name_before(speaker);
  if (speaker.last != before.last) speaker.referring = false;
}

/// "the regional police chief, Colonel Arman Seitkali", "opposition politician Aman Sagidullaev",
/// "the prosecutor of Uzbekistan Abror Mamatov": a rank, a trade or a place may stand between.
void Attributor::name_behind(Speaker& speaker, std::uint32_t limit) const {
  const auto& tokens = text().tokens();
  const bool leads = limit < text().size();
  std::uint32_t at = speaker.last;
  const bool comma = leads && at < limit && tokens[at].punctuation == ',';
  if (comma) ++at;
  const std::uint32_t furthest = std::min(at + kRankTokens, limit);
  while (at < furthest && !is_name(at)) {
    const Mark* place = text().find(at, LexemeRole::kPlace);
    const bool quote = tokens[at].punctuation == '"';
    if (place == nullptr && !quote && tokens[at].kind != TokenKind::kWord) return;
    if (text().find(at, LexemeRole::kSpeech) != nullptr) return;
    at = place != nullptr ? place->last : at + 1;
  }
  const std::uint32_t end = name_end(at);
  const bool beside = at == speaker.last;
  if (end > limit || end - at < (beside || !comma ? 1U : 2U)) return;
  // what follows a few words is a name only where a verb or a stop closes it
  const bool closed = end == limit || end == text().size() ||
                      tokens[end].kind == TokenKind::kPunctuation ||
                      tokens[end].kind == TokenKind::kLineEnd;
  if (beside || (closed && end - at >= 2) || (closed && tokens[at - 1].punctuation == '"')) {
    speaker.last = end;
  }
}

/// "Saltanat Azirbek, an aide to the prosecutor general, told": a name before the comma before.
void Attributor::name_before(Speaker& speaker) const {
  const auto& tokens = text().tokens();
  std::uint32_t comma = speaker.first;
  for (std::uint32_t steps = 0; steps < kApposition; ++steps) {
    if (comma == 0) return;
    const Token& token = tokens[--comma];
    if (token.punctuation == ',') break;
    if (token.kind != TokenKind::kWord && token.kind != TokenKind::kClitic) return;
    if (text().find(comma, LexemeRole::kSpeech) != nullptr) return;
  }
  if (tokens[comma].punctuation != ',') return;
  const std::uint32_t first = name_start(comma);
  if (first < comma && (comma - first >= 2 || is_acronym(first))) speaker.first = first;
}

/// Without capitals: the characters between a role and its verb.
void Attributor::name_in_han(Speaker& speaker, const Mark& cue) const {
  const std::uint32_t limit = cue.first;
  if (limit <= speaker.last) return;
  std::uint32_t end = speaker.last;
  while (end < limit && end - speaker.last < kMostHan &&
         text().tokens()[end].kind == TokenKind::kHan && (text().roles_at(end) & kNoHanName) == 0) {
    ++end;
  }
  if (end - speaker.last >= kFewestHan) speaker.last = end;
}

}  // namespace steppe
