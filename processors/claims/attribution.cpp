#include "processors/claims/attribution.h"

#include <algorithm>
#include <utility>

namespace steppe {
namespace {

// Distances are half words.
constexpr std::uint32_t kSpeakerReach = 14;
constexpr std::uint32_t kAccordingReach = 12;
constexpr std::uint32_t kAccordingBackReach = 4;
constexpr std::uint32_t kPostposedReach = 8;
constexpr std::uint32_t kCommaCost = 4;
constexpr std::uint32_t kInvertedReach = 2;  // "said Putin"
constexpr std::uint32_t kMaxNameTokens = 3;
constexpr std::uint32_t kAgeTokens = 5;       // between the verb and a name
constexpr std::uint32_t kStopCost = 20;       // a semicolon between cue and figure
constexpr std::uint32_t kHeadlineReach = 14;  // "Minister So-and-so: ..."
constexpr std::uint32_t kAgentReach = 8;
constexpr std::uint32_t kQuotedReach = 6;
constexpr std::uint32_t kSubjectReach = 8;
constexpr std::uint32_t kBackReach = 4;   // "Of this ..." at the start of a sentence
constexpr std::size_t kPronounReach = 2;  // sentences back to "he"

bool is_verb(Speech kind) {
  return kind != Speech::kAccording && kind != Speech::kCiting && kind != Speech::kQuoted &&
         kind != Speech::kBack;
}

/// Languages in which the speaker may follow the verb at some distance: "soobshchili v MVD".
bool inverts_freely(const LanguagePack& pack) {
  return pack.decimal_separator == ',' && pack.code != "kk";
}

// Nothing says that the speaker tells: the speaker is the cue.
Attribution told_by(const Speaker& speaker, std::uint32_t sentence) {
  Attribution found;
  found.speaker = speaker;
  found.sentence = sentence;
  found.cue_first = speaker.first;
  found.cue_last = speaker.last;
  found.inherited = true;
  return found;
}

}  // namespace

void Attributor::read(const Passage& passage) {
  passage_ = &passage;
  const auto count = static_cast<std::uint32_t>(text().sentences().size());
  reports_.clear();
  speakers_.clear();
  first_report_.assign(1, 0);
  first_speaker_.assign(1, 0);
  headline_.assign(count, {});
  last_person_.reset();
  last_office_.reset();
  looks_back_.assign(count, false);
  next_actor_ = 0;
  for (std::uint32_t i = 0; i < count; ++i) read_sentence(i);
}

std::string Attributor::name_of(const Speaker& speaker) const {
  return std::string(text().slice(speaker.first, speaker.last));
}

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

/// "Interior Minister Marat Akhmetzhanov" is one speaker: neighbours join, one first name may stand
/// between them.
void Attributor::join_neighbours() {
  for (std::size_t i = 0; i + 1 < here_.size();) {
    Speaker& left = here_[i];
    const Speaker& right = here_[i + 1];
    std::uint32_t gap = left.last;
    while (gap < right.first && text().tokens()[gap].kind == TokenKind::kClitic) ++gap;
    const bool name_between = gap + 1 == right.first && text().is_capitalised(gap);
    const bool joins = !left.media && !right.media && !left.own_cue && !right.own_cue &&
                       !left.pronoun && !right.pronoun && !right.referring &&
                       (gap == right.first || name_between);
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
  return cost <= kSpeakerReach ? std::optional(cost) : std::nullopt;
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

/// "MVD: 164 dead" and "164 dead - MVD".
std::optional<Speaker> Attributor::headline_speaker(const Sentence& sentence) const {
  const auto& tokens = text().tokens();
  for (const Speaker& speaker : here_) {
    // "Prosecutors' chronology: ...": one word may stand between
    const std::uint32_t colon =
        speaker.last + 1 < sentence.last && tokens[speaker.last + 1].punctuation == ':'
            ? speaker.last + 1
            : speaker.last;
    const bool leads = colon < sentence.last && tokens[colon].punctuation == ':' &&
                       tokens[colon].position - tokens[sentence.first].position <= kHeadlineReach;
    std::uint32_t end = sentence.last;
    while (end > speaker.last && tokens[end - 1].kind == TokenKind::kPunctuation) --end;
    const bool closes = speaker.last == end && speaker.first > sentence.first &&
                        tokens[speaker.first - 1].punctuation == '-';
    if (leads || closes) return speaker;
  }
  return {};
}

/// "He" is the person named last, else whoever spoke last; the pronoun itself when there is nobody.
Speaker Attributor::resolve_pronoun(const Speaker& speaker) const {
  if (!speaker.pronoun) return speaker;
  const ActorMention* named = nullptr;
  for (const ActorMention& mention : passage_->actors) {
    if (mention.last > speaker.first) break;
    const bool person = mention.actor && text().lexicon().all().actors[*mention.actor].type ==
                                             std::string_view("person");
    if (person) named = &mention;
  }
  const bool recent = named != nullptr && text().sentence_of(named->first) + kPronounReach >=
                                              text().sentence_of(speaker.first);
  if (recent) return {named->first, named->last, named->actor, false};
  return last_person_.value_or(speaker);
}

/// "The ministry" is the office named last.
Speaker Attributor::resolve(const Speaker& speaker) const {
  if (speaker.referring && last_office_) return *last_office_;
  return resolve_pronoun(speaker);
}

void Attributor::note_office(const Speaker& speaker) {
  if (!speaker.media && !speaker.referring && !speaker.pronoun && is_office(speaker)) {
    last_office_ = speaker;
  }
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

/// "The ministry, quoted by local media, ...": the one before the cue speaks.
void Attributor::note_quoted(const Mark& cue) {
  const Speaker* quoted = nullptr;
  for (const Speaker& speaker : here_) {
    if (speaker.last <= cue.first && distance(speaker.last, cue.first) <= kQuotedReach) {
      quoted = &speaker;
    }
  }
  if (quoted != nullptr) reports_.push_back({cue.first, cue.last, Speech::kVerb, *quoted});
}

void Attributor::read_sentence(std::uint32_t index) {
  const Sentence& sentence = text().sentences()[index];
  find_speakers(sentence);
  std::uint32_t covered = 0;
  for (const Mark& mark : text().marks_in(sentence)) {
    if (mark.role != LexemeRole::kSpeech || mark.first < covered) continue;
    if (static_cast<Speech>(mark.detail) == Speech::kBack) {
      const auto& tokens = text().tokens();
      const std::uint32_t from = tokens[mark.first].position - tokens[sentence.first].position;
      looks_back_[index] = looks_back_[index] || from <= kBackReach;
      continue;
    }
    covered = mark.last;
    const std::optional<Speaker> speaker = speaker_for(mark);
    if (static_cast<Speech>(mark.detail) == Speech::kQuoted) note_quoted(mark);
    if (!speaker) continue;
    const Speaker resolved = resolve(*speaker);
    if (resolved.pronoun) continue;
    if (!resolved.media) last_person_ = resolved;
    reports_.push_back({mark.first, mark.last, static_cast<Speech>(mark.detail), resolved});
  }
  for (const Speaker& speaker : here_) {
    if (!speaker.own_cue) continue;
    reports_.push_back({speaker.first, speaker.last, Speech::kAccording, speaker});
  }
  if (!here_.empty()) headline_[index] = headline_speaker(sentence);
  for (const Speaker& speaker : here_) note_office(speaker);
  speakers_.insert(speakers_.end(), here_.begin(), here_.end());
  first_speaker_.push_back(static_cast<std::uint32_t>(speakers_.size()));
  first_report_.push_back(static_cast<std::uint32_t>(reports_.size()));
}

/// Half words between two tokens; a semicolon between them sets them far apart.
std::uint32_t Attributor::distance(std::uint32_t a, std::uint32_t b) const {
  if (a > b) std::swap(a, b);
  const auto& tokens = text().tokens();
  std::uint32_t cost = tokens[b].position - tokens[a].position;
  for (std::uint32_t at = a; at < b; ++at) {
    if (tokens[at].punctuation == ';') cost += kStopCost;
  }
  return cost;
}

/// The report nearest to token `near` leads; outlets beside it fill the chain.
std::optional<Attribution> Attributor::from_sentence(std::uint32_t sentence,
                                                     std::uint32_t near) const {
  Attribution found;
  found.sentence = sentence;
  const Report* best = nullptr;
  for (const Report& report : reports(sentence)) {
    if (report.kind == Speech::kCiting && report.speaker.media) {
      found.cited = report.speaker;
    } else if (report.speaker.media) {
      found.outlet = report.speaker;
    } else if (best == nullptr ||
               distance(report.cue_first, near) < distance(best->cue_first, near)) {
      best = &report;
    }
    if (found.cue_last == 0) {
      found.cue_first = report.cue_first;
      found.cue_last = report.cue_last;
    }
  }
  if (best != nullptr) {
    found.speaker = best->speaker;
    found.cue_first = best->cue_first;
    found.cue_last = best->cue_last;
  } else if (!found.speaker && headline_[sentence]) {
    const Speaker& speaker = *headline_[sentence];
    (speaker.media ? found.outlet : found.speaker) = speaker;
    found.cue_first = speaker.first;
    found.cue_last = speaker.last;
  }
  if (!found.speaker && !found.outlet && !found.cited) return {};
  return found;
}

/// "Police detained 20 people": who acts also tells.
std::optional<Attribution> Attributor::from_agent(const FoundFigure& figure) const {
  if (figure.trigger_first == figure.trigger_last) return {};
  for (const Speaker& speaker : speakers(figure.sentence)) {
    if (speaker.media || speaker.last > figure.trigger_first) continue;
    const bool bystander = !speaker.actor && !is_office(speaker);
    if (speaker.pronoun || bystander) continue;
    if (is_counted(speaker, figure)) continue;
    if (distance(speaker.last, figure.trigger_first) > kAgentReach) continue;
    return told_by(speaker, figure.sentence);
  }
  return from_agent_behind(figure);
}

/// "20 people were detained by police": an office that acts upon people tells of it, behind its act
/// as well. Who killed them does not.
std::optional<Attribution> Attributor::from_agent_behind(const FoundFigure& figure) const {
  const bool acted = figure.kind == FigureKind::kDetained || figure.kind == FigureKind::kCharged ||
                     figure.kind == FigureKind::kReleased;
  if (!acted) return {};
  const auto& tokens = text().tokens();
  for (const Speaker& speaker : speakers(figure.sentence)) {
    if (speaker.first < figure.trigger_last || speaker.media || !is_office(speaker)) continue;
    const auto breaks = [](const Token& token) { return token.kind == TokenKind::kPunctuation; };
    const bool apart =
        std::any_of(tokens.begin() + figure.trigger_last, tokens.begin() + speaker.first, breaks);
    if (apart || distance(figure.trigger_last, speaker.first) > kAgentReach) return {};
    return told_by(speaker, figure.sentence);
  }
  return {};
}

std::optional<Attribution> Attributor::attribute(const FoundFigure& figure) const {
  if (auto own = from_sentence(figure.sentence, figure.quantity.number_first)) return own;
  if (auto next = from_next(figure.sentence)) return next;
  if (figure.sentence > 0) {
    const Sentence& sentence = text().sentences()[figure.sentence];
    const bool new_paragraph = text().tokens()[sentence.first - 1].kind == TokenKind::kLineEnd;
    if (!new_paragraph) {
      auto before = from_sentence(figure.sentence - 1, sentence.first - 1);
      if (before) {
        before->inherited = true;
        return before;
      }
    }
  }
  if (auto agent = from_agent(figure)) return agent;
  return from_subject(figure);
}

/// "164 were killed. This was reported by the ministry.": told of by the next sentence.
std::optional<Attribution> Attributor::from_next(std::uint32_t sentence) const {
  const std::uint32_t next = sentence + 1;
  if (next >= looks_back_.size() || !looks_back_[next]) return {};
  auto found = from_sentence(next, text().sentences()[next].first);
  if (found) found->inherited = true;
  return found;
}

/// "Prosecutors opened 695 cases; 780 are in custody": the office a sentence begins with, where
/// nobody else is named, also tells the rest.
std::optional<Attribution> Attributor::from_subject(const FoundFigure& figure) const {
  const std::span<const Speaker> named = speakers(figure.sentence);
  if (named.size() != 1) return {};
  const Speaker& speaker = named.front();
  const std::uint32_t start = text().sentences()[figure.sentence].first;
  const auto& tokens = text().tokens();
  const bool first = tokens[speaker.first].position - tokens[start].position <= kSubjectReach;
  if (!first || speaker.media || speaker.pronoun || !is_office(speaker)) return {};
  if (speaker.last > figure.quantity.first) return {};
  return told_by(speaker, figure.sentence);
}

/// "About a dozen activists were detained": who is counted does not tell.
bool Attributor::is_counted(const Speaker& speaker, const FoundFigure& figure) {
  const Quantity& quantity = figure.quantity;
  return speaker.first < std::max(quantity.last, quantity.unit_last) &&
         quantity.first < speaker.last;
}

bool Attributor::is_office(const Speaker& speaker) const {
  if (!speaker.actor) {
    return !speaker.kind || speaker.kind == SpeakerKind::kOffice ||
           speaker.kind == SpeakerKind::kReferring;
  }
  const std::string& type = text().lexicon().all().actors[*speaker.actor].type;
  return type == "ministry" || type == "office" || type == "force";
}

}  // namespace steppe
