#include "processors/claims/attribution.h"

#include <algorithm>
#include <utility>

namespace steppe {
namespace {

// Distances are half words.
constexpr std::uint32_t kStopCost = 20;       // a semicolon between cue and figure
constexpr std::uint32_t kHeadlineReach = 14;  // "Minister So-and-so: ..."
constexpr std::uint32_t kQuotedReach = 6;
constexpr std::uint32_t kBackReach = 4;       // "Of this ..." at the start of a sentence
constexpr std::size_t kPronounReach = 2;      // sentences back to "he"
constexpr std::ptrdiff_t kOfficesBack = 500;  // named before "the ministry"

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
  offices_.clear();
  names_.clear();
  last_body_.reset();
  looks_back_.assign(count, false);
  next_actor_ = next_cue_ = next_speaker_word_ = 0;
  note_punctuation();
  note_counts();
  for (std::uint32_t i = 0; i < count; ++i) read_sentence(i);
}

/// Fills `quotes_`, `quoted_` and `stops_`.
void Attributor::note_punctuation() {
  quotes_.clear();
  quoted_.clear();
  stops_.clear();
  bool open = false;
  for (const std::uint32_t at : text().punctuation()) {
    const Token& token = text().tokens()[at];
    const char mark = token.punctuation;
    if (mark == ';') stops_.push_back(at);
    if (mark == '"') quotes_.push_back(at);
    if (open && (mark == '"' || token.kind == TokenKind::kLineEnd)) {
      quoted_.back().last = at;
      open = false;
    } else if (mark == '"') {
      quoted_.push_back({at, text().size()});
      open = true;
    }
  }
}

/// Fills `counts_`.
void Attributor::note_counts() {
  counts_.assign(text().sentences().size(), false);
  for (const FoundFigure& figure : passage_->figures) {
    if (figure.kind != FigureKind::kParticipants) counts_[figure.sentence] = true;
  }
}

std::string_view Attributor::name_of(const Speaker& speaker) const {
  return text().slice(speaker.first, speaker.last);
}

/// True when nothing but names and its first word stand before the speaker in its clause.
bool Attributor::opens_clause(const Speaker& speaker) const {
  constexpr Roles kNames =
      roles_of(LexemeRole::kSpeaker, LexemeRole::kSpeech, LexemeRole::kActor, LexemeRole::kPlace,
               LexemeRole::kPlaceKind, LexemeRole::kRoleWord);
  const auto& tokens = text().tokens();
  const auto breaks = [&](std::uint32_t at) {
    return tokens[at].kind == TokenKind::kPunctuation || tokens[at].kind == TokenKind::kLineEnd;
  };
  for (std::uint32_t at = speaker.first; at > 0 && !breaks(at - 1); --at) {
    const bool first = at == 1 || breaks(at - 2);
    const bool plain = tokens[at - 1].kind == TokenKind::kWord && !text().is_capitalised(at - 1) &&
                       (text().roles_at(at - 1) & kNames) == 0;
    if (plain && !first) return false;
  }
  return true;
}

/// "MVD: 164 dead" and "164 dead - MVD"; null where nobody is named so.
const Speaker* Attributor::headline_speaker(const Sentence& sentence) const {
  const auto& tokens = text().tokens();
  for (const Speaker& speaker : here_) {
    if (speaker.pronoun) continue;
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
    if ((leads && opens_clause(speaker)) || closes) return &speaker;
  }
  return nullptr;
}

bool Attributor::is_person(const Speaker& speaker) const {
  if (speaker.actor) {
    return text().lexicon().all().actors[*speaker.actor].is("person");
  }
  return !speaker.kind || speaker.kind == SpeakerKind::kPerson;
}

/// "It": the office or body named last, before it in its own sentence or in one before.
const Speaker* Attributor::last_named_body(std::uint32_t token) const {
  const Speaker* last = offices_.empty() ? nullptr : &offices_.back();
  if (last_body_ && (last == nullptr || last_body_->first > last->first)) last = &*last_body_;
  for (const Speaker& speaker : here_) {
    const bool names = !speaker.media && !speaker.pronoun && !speaker.referring &&
                       !speaker.own_cue && !is_person(speaker);
    if (names && speaker.last <= token) last = &speaker;
  }
  return last;
}

/// The person of the profile named last before `token`, at most kPronounReach sentences back; null
/// when there is none.
const ActorMention* Attributor::person_before(std::uint32_t token) const {
  const std::vector<ActorMention>& actors = passage_->actors;  // in order
  auto mention = std::partition_point(actors.begin(), actors.end(),
                                      [&](const ActorMention& each) { return each.last <= token; });
  const std::size_t sentence = text().sentence_of(token);
  while (mention != actors.begin()) {
    --mention;
    if (text().sentence_of(mention->first) + kPronounReach < sentence) return nullptr;
    const bool person = mention->actor && text().lexicon().all().actors[*mention->actor].type ==
                                              std::string_view("person");
    if (person) return &*mention;
  }
  return nullptr;
}

/// "He" is the person named last, else whoever spoke last; the pronoun itself when there is nobody.
Speaker Attributor::resolve_pronoun(const Speaker& speaker) const {
  if (!speaker.pronoun) return speaker;
  if (speaker.kind == SpeakerKind::kPronounBody) {
    const Speaker* body = last_named_body(speaker.first);
    return body != nullptr ? *body : last_person_.value_or(speaker);
  }
  const ActorMention* named = person_before(speaker.first);
  const bool spoke_later = last_person_ && named != nullptr && is_person(*last_person_) &&
                           last_person_->first > named->first;
  if (named != nullptr && !spoke_later) return {named->first, named->last, named->actor, false};
  if (!last_person_ && speaker.kind == SpeakerKind::kOwnPronoun) {
    if (const Speaker* body = last_named_body(speaker.first)) return *body;
  }
  return last_person_.value_or(speaker);
}

/// The office named last that has a word of `speaker` in its name: "the ministry", "the
/// department".
const Speaker* Attributor::named_alike(const Speaker& speaker) const {
  const auto stem = [](std::string_view word) {
    return word.substr(0, std::min(word.size(), word.size() * 2 / 3 + 1));
  };
  const std::uint32_t head = speaker.last - 1;
  const bool han = text().tokens()[head].kind == TokenKind::kHan;
  const std::string_view wanted = han ? text().folded_token(head) : stem(text().folded_token(head));
  const auto last = offices_.rbegin() + std::min(std::ssize(offices_), kOfficesBack);
  for (auto office = offices_.rbegin(); office != last; ++office) {
    for (std::uint32_t at = office->first; at < office->last; ++at) {
      if (text().folded_token(at).starts_with(wanted)) return &*office;
    }
  }
  return nullptr;
}

/// "The ministry" is the office of that name that was named last, else the last office; "the union"
/// the last body of any sort.
Speaker Attributor::resolve(const Speaker& speaker) const {
  if (!speaker.referring) return resolve_pronoun(speaker);
  if (const Speaker* alike = named_alike(speaker)) return *alike;
  if (speaker.kind == SpeakerKind::kReferringGroup) return last_body_.value_or(speaker);
  return offices_.empty() ? speaker : offices_.back();
}

void Attributor::note_office(const Speaker& speaker) {
  if (speaker.media || speaker.referring || speaker.pronoun) return;
  if (is_office(speaker)) offices_.push_back(speaker);
}

/// "Human Rights Watch", "the rights group Qantar": whoever spoke that is neither office nor
/// person.
void Attributor::note_body(const Speaker& speaker) {
  if (speaker.media || speaker.referring || speaker.pronoun || speaker.own_cue) return;
  const bool known = speaker.actor.has_value();
  const bool organisation =
      known && !is_office(speaker) && !text().lexicon().all().actors[*speaker.actor].is("person");
  const bool named = !known && (!speaker.kind || speaker.kind == SpeakerKind::kGroup);
  if (organisation || named) last_body_ = speaker;
}

/// "The ministry, quoted by local media, ...": the one before the cue speaks.
void Attributor::note_quoted(const Mark& cue) {
  const Speaker* quoted = nullptr;
  for (const Speaker& speaker : here_) {
    if (speaker.last <= cue.first && distance(speaker.last, cue.first) <= kQuotedReach) {
      quoted = &speaker;
    }
  }
  if (quoted != nullptr) add_report(cue.first, cue.last, Speech::kVerb, *quoted);
}

Report& Attributor::add_report(std::uint32_t first, std::uint32_t last, Speech kind,
                               const Speaker& speaker) {
  Report& report = reports_.emplace_back();
  report.cue_first = first;
  report.cue_last = last;
  report.kind = kind;
  report.speaker = speaker;
  return report;
}

/// Those of the sentence being read; they begin at `next`, which moves behind them.
std::span<const std::uint32_t> Attributor::take_marks(LexemeRole role, std::size_t& next) const {
  const std::span<const std::uint32_t> all = text().marks_of(role);
  const std::size_t first = next;
  while (next < all.size() && all[next] < marks_end_) ++next;
  return all.subspan(first, next - first);
}

void Attributor::read_sentence(std::uint32_t index) {
  const Sentence& sentence = text().sentences()[index];
  const std::span<const Mark> marks = text().marks_in(sentence);
  start_ = sentence.first;
  marks_end_ = static_cast<std::uint32_t>(marks.data() + marks.size() - text().marks().data());
  find_speakers(sentence);
  std::uint32_t covered = 0;
  for (const std::uint32_t cue : take_marks(LexemeRole::kSpeech, next_cue_)) {
    const Mark& mark = text().marks()[cue];
    if (mark.first < covered) continue;
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
    note_body(resolved);
    if (!resolved.media && is_person(resolved)) names_.push_back(resolved);
    add_report(mark.first, mark.last, static_cast<Speech>(mark.detail), resolved).quoted =
        is_quoted(sentence, mark.first);
  }
  for (const Speaker& speaker : here_) {
    if (!speaker.own_cue) continue;
    const Speaker resolved = resolve(speaker);
    if (resolved.pronoun) continue;
    add_report(speaker.first, speaker.last, Speech::kAccording, resolved);
  }
  if (const Speaker* speaker = headline_speaker(sentence)) headline_[index] = *speaker;
  for (const Speaker& speaker : here_) note_office(speaker);
  speakers_.insert(speakers_.end(), here_.begin(), here_.end());
  first_speaker_.push_back(static_cast<std::uint32_t>(speakers_.size()));
  first_report_.push_back(static_cast<std::uint32_t>(reports_.size()));
}

/// True within quotation marks: who is quoted there is quoted by somebody else.
bool Attributor::is_quoted(const Sentence& sentence, std::uint32_t token) const {
  return quotes(sentence.first, token).size() % 2 == 1;
}

/// Half words between two tokens; a semicolon between them sets them far apart.
std::uint32_t Attributor::distance(std::uint32_t a, std::uint32_t b) const {
  if (a > b) std::swap(a, b);
  const auto& tokens = text().tokens();
  const auto stops = static_cast<std::uint32_t>(within(stops_, a, b).size());
  return tokens[b].position - tokens[a].position + kStopCost * stops;
}

/// The report nearest to token `near` leads; outlets beside it fill the chain.
std::optional<Attribution> Attributor::from_sentence(std::uint32_t sentence,
                                                     std::uint32_t near) const {
  std::optional<Attribution> told(std::in_place);  // made where it stays: a copy would wait
  Attribution& found = *told;
  found.sentence = sentence;
  const Report* best = nullptr;
  // where nothing is capitalised, what is said follows who says it, unless it is quoted
  const bool leads = text().tokens()[near].kind == TokenKind::kHan ||
                     (near > 0 && text().tokens()[near - 1].kind == TokenKind::kHan);
  const bool told_first = leads && !is_quoted(text().sentences()[sentence], near);
  const auto far = [&](const Report& report) {
    const std::uint32_t behind = told_first && report.cue_first > near ? kStopCost : 0;
    return distance(report.cue_first, near) + behind;
  };
  for (const Report& report : reports(sentence)) {
    if (report.kind == Speech::kCiting && report.speaker.media) {
      found.cited = report.speaker;
    } else if (report.speaker.media) {
      found.outlet = report.speaker;
    } else if (best == nullptr || (best->quoted && !report.quoted) ||
               (best->quoted == report.quoted && far(report) < far(*best))) {
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
  if (!found.speaker && !found.outlet && !found.cited) told.reset();
  return told;
}

}  // namespace steppe
