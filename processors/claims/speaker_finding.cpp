// Who can speak in a sentence, and who speaks beside a verb: the part of Attributor that finds
// speakers.

#include <algorithm>
#include <limits>
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
constexpr std::uint32_t kFurthest = kVerbFinalReach;  // of all these
constexpr std::uint32_t kTooFar = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kOpening = 2;  // tokens before a speaker, and behind it to the comma
constexpr std::uint32_t kCommaCost = 4;
constexpr std::size_t kMostSpeakers = 100;   // of one sentence: what names more is a list
constexpr std::uint32_t kInvertedReach = 2;  // "said Putin"
constexpr std::uint32_t kMaxNameTokens = 3;

/// Languages in which the speaker may follow the verb at some distance: "soobshchili v MVD".
bool inverts_freely(const LanguagePack& pack) {
  return pack.decimal_separator == ',' && !pack.verb_final;
}

}  // namespace

/// Fills `here_`.
void Attributor::find_speakers(const Sentence& sentence) {
  here_.clear();
  const std::vector<ActorMention>& actors = passage_->actors;
  for (; next_actor_ < actors.size() && actors[next_actor_].first < sentence.last; ++next_actor_) {
    const ActorMention& mention = actors[next_actor_];
    if (mention.first < sentence.first || mention.last > sentence.last) continue;
    if (here_.size() >= kMostSpeakers) continue;
    Speaker& speaker = here_.emplace_back(mention.first, mention.last, mention.actor);
    speaker.short_form = mention.short_form;
    if (mention.actor) {
      speaker.media = text().lexicon().all().actors[*mention.actor].is("outlet");
    }
  }
  bool audience = false;
  for (const std::uint32_t word : take_marks(LexemeRole::kSpeaker, next_speaker_word_)) {
    const Mark& mark = text().marks()[word];
    if (static_cast<SpeakerKind>(mark.detail) == SpeakerKind::kAudience) {
      audience = true;
    } else if (here_.size() < kMostSpeakers) {
      add_speaker_word(mark);
    }
  }
  if (audience) mark_audience(sentence);
  if (here_.size() < 2) return;
  std::sort(here_.begin(), here_.end(),
            [](const Speaker& a, const Speaker& b) { return a.first < b.first; });
  join_neighbours();
}

/// "said to the television channel Khabar 24": who stands behind the word is told.
void Attributor::mark_audience(const Sentence& sentence) {
  const auto& tokens = text().tokens();
  for (const Mark& mark : text().marks_in(sentence)) {
    const bool audience = mark.role == LexemeRole::kSpeaker &&
                          static_cast<SpeakerKind>(mark.detail) == SpeakerKind::kAudience;
    if (!audience) continue;
    std::uint32_t at = mark.last;
    if (at < sentence.last && tokens[at].punctuation == '"') ++at;
    for (Speaker& speaker : here_) {
      const bool within = speaker.first < mark.last && mark.first < speaker.last;
      speaker.told = speaker.told || within || (speaker.media && speaker.first == at);
    }
  }
}

void Attributor::add_speaker_word(const Mark& mark) {
  const auto kind = static_cast<SpeakerKind>(mark.detail);
  const auto known = std::find_if(here_.begin(), here_.end(), [&](const Speaker& other) {
    return mark.first < other.last && other.first < mark.last;
  });
  if (known != here_.end()) {
    // "il ministero" within "ministero dell'Interno": one speaker
    const bool longer = mark.last - mark.first > known->last - known->first;
    if (known->short_form && longer && kind == SpeakerKind::kOffice) {
      known->actor.reset();  // "the ministry" within "the ministry of justice"
      known->first = std::min(known->first, mark.first);
    }
    known->last = std::max(known->last, mark.last);
    known->own_cue = known->own_cue || kind == SpeakerKind::kOwnCue;
    known->referring = known->referring || (!known->actor && kind == SpeakerKind::kReferring);
    if (!known->actor && !known->kind) known->kind = kind;
    return;
  }
  Speaker& speaker = here_.emplace_back(mark.first, mark.last);
  speaker.media = kind == SpeakerKind::kMedia;
  const bool own_pronoun = kind == SpeakerKind::kOwnPronoun;
  speaker.own_cue = kind == SpeakerKind::kOwnCue || kind == SpeakerKind::kSelf || own_pronoun;
  speaker.pronoun =
      kind == SpeakerKind::kPronoun || kind == SpeakerKind::kPronounBody || own_pronoun;
  speaker.referring = kind == SpeakerKind::kReferring || kind == SpeakerKind::kReferringGroup;
  speaker.kind = kind;
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
                       !(right.actor && is_oblique(right)) &&
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
  if (text().lexicon().pack().verb_final) return kVerbFinalReach;
  return speaker.first <= start_ + 1 ? kLeadingReach : kSpeakerReach;
}

/// Half words between a cue and a speaker, more with punctuation; kTooFar across a semicolon or
/// another cue.
std::uint32_t Attributor::words_between(std::uint32_t first, std::uint32_t last) const {
  const auto& tokens = text().tokens();
  std::uint32_t cost = tokens[last].position - tokens[first].position;
  for (std::uint32_t at = first; at < last; ++at) {
    const char mark = tokens[at].punctuation;
    if (mark == ';') return kTooFar;
    if (mark == ',' || mark == '-') cost += kCommaCost;
    if (mark == ':') cost += 2 * kCommaCost;
    if (text().find(at, LexemeRole::kSpeech) != nullptr) return kTooFar;
  }
  return cost;
}

/// "'..., and it is incomplete', says Omarova": who stands within a quotation does not speak
/// outside; "the channel 'Khabar' said": the marks are of a name.
bool Attributor::is_parted_by_quote(const Speaker& speaker, std::uint32_t first,
                                    std::uint32_t last) const {
  const auto& tokens = text().tokens();
  if (quotes(first, last).size() % 2 == 0) return false;
  const auto is_quote = [&](std::uint32_t at) {
    return at < text().size() && tokens[at].punctuation == '"';
  };
  const bool in_quotes = speaker.first > 0 && is_quote(speaker.first - 1) && is_quote(speaker.last);
  return !in_quotes;
}

/// "The imam, who kept the list from the start, counted": who opens a sentence, with a clause
/// between two commas and nothing else up to the verb.
bool Attributor::is_set_off(const Speaker& speaker, std::uint32_t from, std::uint32_t to) const {
  const auto& tokens = text().tokens();
  if (speaker.first > start_ + kOpening || to < from + 2 || tokens[to - 1].punctuation != ',') {
    return false;
  }
  const std::uint32_t limit = std::min(from + kOpening + 1, to - 1);
  return std::any_of(tokens.begin() + from, tokens.begin() + limit,
                     [](const Token& token) { return token.punctuation == ','; });
}

/// Cost of joining a cue and a speaker; kTooFar when they cannot belong together.
std::uint32_t Attributor::reach(const Mark& cue, const Speaker& speaker) const {
  const auto& tokens = text().tokens();
  const auto kind = static_cast<Speech>(cue.detail);
  const bool before = speaker.last <= cue.first;
  if (!before && speaker.first < cue.last) return kTooFar;
  const std::uint32_t from = before ? speaker.last : cue.last;
  const std::uint32_t to = before ? cue.first : speaker.first;
  const bool opens = speaker.first <= start_ + kOpening;
  if (!opens && tokens[to].position - tokens[from].position > kFurthest) return kTooFar;
  const std::uint32_t apart = words_between(from, to);
  if (apart == kTooFar || is_parted_by_quote(speaker, from, to)) return kTooFar;
  const std::uint32_t cost = before && is_set_off(speaker, from, to) ? 0 : apart;
  // "counted ten bodies; he is sure": a pronoun behind a verb stands right behind it
  if (!before && speaker.pronoun && cost > kInvertedReach) return kTooFar;
  if (!is_verb(kind)) {
    const bool postposed = text().lexicon().pack().verb_final;  // "aytuynsha" ends its phrase
    if (before && cost > (postposed ? kPostposedReach : kAccordingBackReach)) return kTooFar;
    if (before && kind != Speech::kAccording) return kTooFar;
    return cost <= kAccordingReach ? cost : kTooFar;
  }
  // "..., said the regional hospital"
  const bool closes = cue.first > 0 && tokens[cue.first - 1].punctuation == ',';
  const bool inverts = kind == Speech::kVerb && (closes || inverts_freely(text().lexicon().pack()));
  if (!before && !inverts && cost > kInvertedReach) return kTooFar;
  if (!before && kind != Speech::kVerb) return kTooFar;
  const std::uint32_t reach = before ? subject_reach(speaker) : kSpeakerReach;
  return cost <= reach ? cost : kTooFar;
}

/// Where the verb stands last its subject stands first in the clause: the further off the better,
/// except whoever is counted or stands in a case ("in parliament").
std::uint32_t Attributor::subject_cost(const Mark& cue, const Speaker& speaker,
                                       std::uint32_t cost) const {
  const auto& tokens = text().tokens();
  const auto begin = tokens.begin() + speaker.last;
  const bool parted = std::any_of(begin, tokens.begin() + cue.first, [](const Token& token) {
    return token.kind == TokenKind::kPunctuation && token.punctuation != '-';
  });
  if (parted) return cost;
  const std::uint32_t apart = tokens[cue.first].position - tokens[speaker.last].position;
  const bool subject = !is_oblique(speaker) && !is_numbered(speaker);
  return subject ? kVerbFinalReach - std::min(apart, kVerbFinalReach) : kVerbFinalReach + apart;
}

/// "-da", "-ga"; "from the ministry" may tell.
bool Attributor::is_oblique(const Speaker& speaker) const {
  const std::string_view word = text().folded_token(speaker.last - 1);
  const LanguagePack::PlaceWays& ways = text().lexicon().pack().ways;
  const auto ends = [&](const std::vector<std::string>& endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](const std::string& ending) { return word.ends_with(ending); });
  };
  return ends(ways.in_endings) || ends(ways.to_endings);
}

/// Of a medium before the verb and somebody who is told it behind, the medium; else who is no
/// medium: "said to Khabar 24 the deputy minister".
std::optional<Speaker> Attributor::speaker_for(const Mark& cue) const {
  const Speaker* best = nullptr;
  const Speaker* nearest = nullptr;  // media and audience too
  std::uint32_t best_cost = 0;
  std::uint32_t nearest_cost = 0;
  const bool verb_final =
      text().lexicon().pack().verb_final && is_verb(static_cast<Speech>(cue.detail));
  for (const Speaker& speaker : here_) {
    std::uint32_t cost = reach(cue, speaker);
    if (cost == kTooFar || (speaker.first >= cue.last && is_numbered(speaker))) continue;
    if (verb_final && speaker.last <= cue.first) cost = subject_cost(cue, speaker, cost);
    if (nearest == nullptr || cost < nearest_cost) {
      nearest = &speaker;
      nearest_cost = cost;
    }
    if (speaker.media || speaker.told) continue;
    if (best == nullptr || cost < best_cost) {
      best = &speaker;
      best_cost = cost;
    }
  }
  const bool medium = nearest != nullptr && nearest->media && !nearest->told;
  const bool leads = medium && nearest->last <= cue.first;
  const bool other = best != nullptr && (!leads || best->last <= cue.first);
  if (medium && !other) return *nearest;
  if (best == nullptr) {
    auto named = speaker_by_name(cue);
    if (named || nearest == nullptr || !nearest->media) return named;
    return *nearest;
  }
  // "said Daniyar Ospanov, the commander": the name stands before its role
  if (best->first > cue.last + 1) {
    if (auto named = name_that_begins(cue); named && named->last < best->first) return named;
  }
  Speaker speaker = *best;
  name_in_full(speaker, cue);
  return speaker;
}

/// "says 522 protesters were killed": who is counted behind the verb does not speak.
bool Attributor::is_numbered(const Speaker& speaker) const {
  return std::any_of(passage_->quantities.begin(), passage_->quantities.end(),
                     [&](const Quantity& quantity) {
                       return quantity.first < speaker.last && speaker.first < end_of(quantity);
                     });
}

}  // namespace steppe
