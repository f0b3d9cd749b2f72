#include "processors/claims/attribution.h"

#include <algorithm>
#include <utility>

namespace steppe {
namespace {

// Distances are half words.
constexpr std::uint32_t kStopCost = 20;       // a semicolon between cue and figure
constexpr std::uint32_t kHeadlineReach = 14;  // "Minister So-and-so: ..."
constexpr std::uint32_t kAgentReach = 8;
constexpr std::uint32_t kQuotedReach = 6;
constexpr std::uint32_t kSubjectReach = 8;
constexpr std::uint32_t kBackReach = 4;   // "Of this ..." at the start of a sentence
constexpr std::size_t kPronounReach = 2;  // sentences back to "he"

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

/// "the ministry: 430 people; the mayor: 340": who stands right before the number.
std::optional<Attribution> Attributor::from_colon(const FoundFigure& figure) const {
  const std::uint32_t at = figure.quantity.first;
  if (at == 0 || text().tokens()[at - 1].punctuation != ':') return {};
  for (const Speaker& speaker : speakers(figure.sentence)) {
    if (speaker.last + 1 == at && !speaker.pronoun && !speaker.media) {
      return told_by(speaker, figure.sentence);
    }
  }
  return {};
}

std::optional<Attribution> Attributor::attribute(const FoundFigure& figure) const {
  if (auto beside = from_colon(figure)) return beside;
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
