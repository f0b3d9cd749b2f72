// Who can speak in a sentence, and who speaks beside a verb: the part of Attributor that finds
// speakers.

#include <algorithm>
#include <utility>

#include "processors/claims/attribution.h"

namespace steppe {
namespace {

// Distances are half words.
constexpr std::uint32_t kSpeakerReach = 14;
constexpr std::uint32_t kLeadingReach = 26;
constexpr std::uint32_t kVerbFinalReach = 40;
constexpr std::uint32_t kAccordingReach = 12;
constexpr std::uint32_t kAccordingBackReach = 4;
constexpr std::uint32_t kPostposedReach = 8;
constexpr std::uint32_t kCommaCost = 4;
constexpr std::uint32_t kInvertedReach = 2;  // "said Putin"
constexpr std::uint32_t kMaxNameTokens = 3;
constexpr std::uint32_t kAgeTokens = 5;  // between the verb and a name

bool is_verb(Speech kind) {
  return kind != Speech::kAccording && kind != Speech::kCiting && kind != Speech::kQuoted &&
         kind != Speech::kBack;
}

/// Languages in which the speaker may follow the verb at some distance: "soobshchili v MVD".
bool inverts_freely(const LanguagePack& pack) {
  return pack.decimal_separator == ',' && pack.code != "kk";
}

}  // namespace

/// Fills `here_`.
void Attributor::find_speakers(const Sentence& sentence) {
  here_.clear();
  const std::vector<ActorMention>& actors = passage_->actors;
  for (; next_actor_ < actors.size() && actors[next_actor_].first < sentence.last; ++next_actor_) {
    const ActorMention& mention = actors[next_actor_];
    if (mention.first < sentence.first || mention.last > sentence.last) continue;
    Speaker speaker{mention.first, mention.last, mention.actor, false};
    if (mention.actor) {
      speaker.media = text().lexicon().all().actors[*mention.actor].type == "outlet";
    }
    here_.push_back(speaker);
  }
  for (const Mark& mark : text().marks_in(sentence)) {
    if (mark.role == LexemeRole::kSpeaker) add_speaker_word(mark);
  }
  if (here_.size() < 2) return;
  std::sort(here_.begin(), here_.end(),
            [](const Speaker& a, const Speaker& b) { return a.first < b.first; });
  join_neighbours();
}

void Attributor::add_speaker_word(const Mark& mark) {
  const auto kind = static_cast<SpeakerKind>(mark.detail);
  const auto known = std::find_if(here_.begin(), here_.end(), [&](const Speaker& other) {
    return mark.first < other.last && other.first < mark.last;
  });
  if (known != here_.end()) {
    // "il ministero" within "ministero dell'Interno": one speaker
    known->last = std::max(known->last, mark.last);
    known->own_cue = known->own_cue || kind == SpeakerKind::kOwnCue;
    return;
  }
  here_.push_back({mark.first,
                   mark.last,
                   {},
                   kind == SpeakerKind::kMedia,
                   kind == SpeakerKind::kOwnCue,
                   kind == SpeakerKind::kPronoun,
                   kind == SpeakerKind::kReferring,
                   kind});
}

/// "head of the regional police": a few words, and nobody who says something, between two tokens.
bool Attributor::holds_together(std::uint32_t first, std::uint32_t last) const {
  if (last - first > kMaxNameTokens) return false;
  for (std::uint32_t at = first; at < last; ++at) {
    const TokenKind kind = text().tokens()[at].kind;
    const bool word = kind == TokenKind::kWord || kind == TokenKind::kClitic;
    if (!word || text().find(at, LexemeRole::kSpeech) != nullptr ||
        text().find(at, LexemeRole::kRangeJoin) != nullptr) {
      return false;
    }
  }
  return true;
}

/// "Interior Minister Marat Akhmetzhanov" is one speaker: neighbours join, one first name may stand
/// between them.
void Attributor::join_neighbours() {
  for (std::size_t i = 0; i + 1 < here_.size();) {
    Speaker& left = here_[i];
    const Speaker& right = here_[i + 1];
    std::uint32_t gap = left.last;
    while (gap < right.first && text().tokens()[gap].kind == TokenKind::kClitic) ++gap;
    const bool name_between = gap + 1 == right.first && text().is_capitalised(gap);
    const bool speaks_for =
        left.kind == SpeakerKind::kPerson && is_office(right) && holds_together(gap, right.first);
    const bool joins = !left.media && !right.media && !left.own_cue && !right.own_cue &&
                       !left.pronoun && !right.pronoun && !right.referring &&
                       (gap == right.first || name_between || speaks_for);
    if (!joins) {
      ++i;
      continue;
    }
    left.last = right.last;
    left.referring = false;
    if (right.actor) left.actor = right.actor;
    here_.erase(here_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

/// How far behind its subject a verb may stand: at the end of the sentence where verbs do, and
/// behind a clause about who speaks ("The imam, who kept the list, counted ten").
std::uint32_t Attributor::subject_reach(const Speaker& speaker) const {
  const std::uint32_t start = text().sentences()[text().sentence_of(speaker.first)].first;
  if (text().lexicon().pack().code == "kk") return kVerbFinalReach;
  return speaker.first <= start + 1 ? kLeadingReach : kSpeakerReach;
}

/// Cost of joining a cue and a speaker; nothing when they cannot belong together.
std::optional<std::uint32_t> Attributor::reach(const Mark& cue, const Speaker& speaker) const {
  const auto& tokens = text().tokens();
  const auto kind = static_cast<Speech>(cue.detail);
  const bool before = speaker.last <= cue.first;
  if (!before && speaker.first < cue.last) return {};
  const std::uint32_t from = before ? speaker.last : cue.last;
  const std::uint32_t to = before ? cue.first : speaker.first;
  std::uint32_t cost = tokens[to].position - tokens[from].position;
  for (std::uint32_t at = from; at < to; ++at) {
    const char mark = tokens[at].punctuation;
    if (mark == ',' || mark == '-') cost += kCommaCost;
    if (mark == ':' || mark == ';') cost += 2 * kCommaCost;
    if (text().find(at, LexemeRole::kSpeech) != nullptr) return {};
  }
  if (!is_verb(kind)) {
    const bool postposed = text().lexicon().pack().code == "kk";  // "aytuynsha" ends its phrase
    if (before && cost > (postposed ? kPostposedReach : kAccordingBackReach)) return {};
    if (before && kind != Speech::kAccording) return {};
    return cost <= kAccordingReach ? std::optional(cost) : std::nullopt;
  }
  // "..., said the regional hospital"
  const bool closes = cue.first > 0 && tokens[cue.first - 1].punctuation == ',';
  const bool inverts = kind == Speech::kVerb && (closes || inverts_freely(text().lexicon().pack()));
  if (!before && !inverts && cost > kInvertedReach) return {};
  if (!before && kind != Speech::kVerb) return {};
  const std::uint32_t reach = before ? subject_reach(speaker) : kSpeakerReach;
  return cost <= reach ? std::optional(cost) : std::nullopt;
}

/// An unknown person beside a verb: up to three capitalised words.
std::optional<Speaker> Attributor::speaker_by_name(const Mark& cue) const {
  if (!is_verb(static_cast<Speech>(cue.detail))) return {};
  const auto named = [&](std::uint32_t token) {
    return token < text().size() && text().is_capitalised(token) &&
           text().find(token, LexemeRole::kPlace) == nullptr &&
           text().find(token, LexemeRole::kMonth) == nullptr &&
           text().find(token, LexemeRole::kWeekday) == nullptr;
  };
  const auto& tokens = text().tokens();
  const auto joins = [&](std::uint32_t token) {  // the hyphen of "OVD-Info"
    return token + 1 < text().size() && tokens[token].punctuation == '-' &&
           text().is_glued(token) && text().is_glued(token + 1);
  };
  const auto quotes = [&](std::uint32_t token) {
    return token < text().size() && tokens[token].punctuation == '"';
  };
  const std::uint32_t end = cue.first > 0 && quotes(cue.first - 1) ? cue.first - 1 : cue.first;
  std::uint32_t first = end;
  while (first > 0 && end - first < kMaxNameTokens && (named(first - 1) || joins(first - 1))) {
    --first;
  }
  if (first < end && (end - first >= 2 || is_acronym(first))) return Speaker{first, end, {}, false};
  std::uint32_t start = quotes(cue.last) ? cue.last + 1 : cue.last;
  // "said the 45-year-old Saule Iskakova"
  const std::uint32_t furthest = std::min(cue.last + kAgeTokens, text().size());
  if (tokens[std::min(start, text().size() - 1)].kind == TokenKind::kNumber) {
    while (start < furthest && !named(start)) ++start;
  }
  std::uint32_t last = start;
  while (last - start < kMaxNameTokens && (named(last) || (last > start && joins(last)))) ++last;
  const bool quoted = last > start && start > cue.last && quotes(last);
  if (last - start >= 2 || quoted) return Speaker{start, last, {}, false};
  return {};
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

std::optional<Speaker> Attributor::speaker_for(const Mark& cue) const {
  std::optional<Speaker> best;
  std::uint32_t best_cost = 0;
  for (const Speaker& speaker : here_) {
    const auto cost = reach(cue, speaker);
    if (!cost || (best && *cost >= best_cost)) continue;
    best = speaker;
    best_cost = *cost;
  }
  if (!best) return speaker_by_name(cue);
  name_in_full(*best, best->last <= cue.first ? cue.first : text().size());
  return best;
}

/// "lawyer Ainur Bekova", "the rights group Qantar": the name behind the word belongs to it.
void Attributor::name_in_full(Speaker& speaker, std::uint32_t limit) const {
  const bool nameless =
      !speaker.actor && speaker.kind &&
      (*speaker.kind == SpeakerKind::kPerson || *speaker.kind == SpeakerKind::kGroup);
  if (!nameless) return;
  const std::uint32_t end = std::min(limit, speaker.last + kMaxNameTokens);
  while (speaker.last < end && text().is_capitalised(speaker.last) &&
         text().find(speaker.last, LexemeRole::kPlace) == nullptr) {
    ++speaker.last;
  }
}

}  // namespace steppe
