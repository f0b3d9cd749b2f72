// Who claims a figure, of those who speak around it: the part of Attributor that attributes.

#include <algorithm>

#include "core/boundary.h"
#include "processors/claims/attribution.h"
#include "processors/when/date_binding.h"

namespace steppe {
namespace {

// Distances are half words.
constexpr std::uint32_t kAgentReach = 8;
constexpr std::uint32_t kSubjectReach = 8;

/// Nothing says that the speaker tells: the speaker is the cue.
Attribution told_by(const Speaker& speaker, std::uint32_t sentence) {
  Attribution found;
  found.speaker = speaker;
  found.sentence = sentence;
  found.cue_first = speaker.first;
  found.cue_last = speaker.last;
  found.inherited = true;
  return found;
}

/// What an office does to people, and so knows: "police detained 20".
bool is_official_act(FigureKind kind) {
  return kind == FigureKind::kDetained || kind == FigureKind::kCharged ||
         kind == FigureKind::kReleased;
}

/// The same, and what it does with its own people.
bool is_act(FigureKind kind) {
  return is_official_act(kind) || kind == FigureKind::kDeployed || kind == FigureKind::kWithdrawn ||
         kind == FigureKind::kTroopsPlanned;
}

bool is_same(const Speaker& a, const Speaker& b) {
  return a.actor ? a.actor == b.actor : a.first == b.first && a.last == b.last;
}

}  // namespace

std::optional<Attribution> Attributor::attribute(const FoundFigure& figure) const {
  auto found = named_claimant(figure);
  if (found && found->speaker && found->speaker->kind == SpeakerKind::kSelf) return {};
  return found;
}

std::optional<Attribution> Attributor::named_claimant(const FoundFigure& figure) const {
  // "17 held, not 70": who says so does not claim the 70
  if (figure.denied) return {};
  if (auto beside = from_colon(figure)) return beside;
  if (auto denied = from_denied(figure)) return denied;
  if (auto own = from_sentence(figure.sentence, figure.quantity.number_first)) return own;
  if (auto next = from_next(figure.sentence)) return next;
  if (auto total = from_total(figure)) return total;
  if (auto agent = from_agent(figure)) return agent;
  if (auto quote = from_quote(figure)) return quote;
  if (auto before = from_before(figure)) return before;
  return from_subject(figure);
}

/// "Police detained 20 people": who acts also tells.
std::optional<Attribution> Attributor::from_agent(const FoundFigure& figure) const {
  if (figure.trigger_first == figure.trigger_last) return {};
  if (figure.kind == FigureKind::kParticipants || is_history(figure.sentence)) return {};
  for (const Speaker& speaker : speakers(figure.sentence)) {
    if (speaker.media || speaker.last > figure.trigger_first) continue;
    if (speaker.pronoun || !is_agent(speaker, figure.kind)) continue;
    if (is_counted(speaker, figure)) continue;
    if (distance(speaker.last, figure.trigger_first) > kAgentReach) continue;
    if (has_colon(speaker.last, figure.trigger_first)) continue;
    return told_by(speaker, figure.sentence);
  }
  return from_agent_behind(figure);
}

bool Attributor::has_colon(std::uint32_t first, std::uint32_t last) const {
  const auto& tokens = text().tokens();
  return std::any_of(tokens.begin() + first, tokens.begin() + last,
                     [](const Token& token) { return token.punctuation == ':'; });
}

/// A bystander who acts tells nothing; of its own people, and of the dead ("the president honoured
/// 16 fallen officers"), an office that has a name, but no force: that one may have killed them.
bool Attributor::is_agent(const Speaker& speaker, FigureKind kind) const {
  if (is_official_act(kind)) return speaker.actor || is_office(speaker);
  if (!speaker.actor) return false;
  return is_act(kind) || !text().lexicon().all().actors[*speaker.actor].is("force");
}

/// "20 people were detained by police": an office that acts upon people tells of it, behind its act
/// as well. Who killed them does not.
std::optional<Attribution> Attributor::from_agent_behind(const FoundFigure& figure) const {
  if (!is_official_act(figure.kind)) return {};
  for (const Speaker& speaker : speakers(figure.sentence)) {
    if (speaker.first < figure.trigger_last || speaker.media || !is_office(speaker)) continue;
    if (!text().is_unbroken(figure.trigger_last, speaker.first)) return {};
    if (distance(figure.trigger_last, speaker.first) > kAgentReach) return {};
    return told_by(speaker, figure.sentence);
  }
  return {};
}

/// "the ministry: 430 people; the mayor: 340": who opens the clause and stands right before the
/// number; in "they picket the mayor's office: 30 people" nobody tells.
std::optional<Attribution> Attributor::from_colon(const FoundFigure& figure) const {
  const std::uint32_t at = figure.quantity.first;
  const auto& tokens = text().tokens();
  if (at == 0 || tokens[at - 1].punctuation != ':') return {};
  for (const Speaker& speaker : speakers(figure.sentence)) {
    if (speaker.last + 1 != at || speaker.pronoun || speaker.media) continue;
    if (opens_clause(speaker)) return told_by(speaker, figure.sentence);
  }
  return {};
}

/// "The ministry denied social-media claims that 30 were killed": who is contradicted claimed it,
/// who stands between the denial and the number.
std::optional<Attribution> Attributor::from_denied(const FoundFigure& figure) const {
  for (const Report& report : reports(figure.sentence)) {
    if (report.kind != Speech::kDeny || report.cue_last > figure.quantity.first) continue;
    for (const Speaker& speaker : speakers(figure.sentence)) {
      const bool between =
          speaker.first >= report.cue_last && speaker.last <= figure.quantity.first;
      if (!between || speaker.pronoun || is_counted(speaker, figure)) continue;
      Attribution found = told_by(speaker, figure.sentence);
      if (speaker.media) found.outlet.swap(found.speaker);
      return found;
    }
  }
  return {};
}

/// Who told the total told its parts, where nobody else is named.
std::optional<Attribution> Attributor::from_total(const FoundFigure& figure) const {
  constexpr int kMostSteps = 4;
  const FoundFigure* total = &figure;
  for (int steps = 0; steps < kMostSteps && total->part_of; ++steps) {
    total = &passage_->figures[*total->part_of];
    auto found = from_sentence(total->sentence, total->quantity.number_first);
    if (!found) found = from_next(total->sentence);
    if (!found) continue;
    found->inherited = true;
    return found;
  }
  return {};
}

/// Within quotation marks somebody speaks: who spoke in the sentence before, else in the next one,
/// of the same paragraph.
std::optional<Attribution> Attributor::from_quote(const FoundFigure& figure) const {
  const std::uint32_t at = figure.sentence;
  if (!stands_in_quote(figure)) return {};
  std::optional<Attribution> found;
  if (!text().opens_paragraph(at)) found = from_sentence(at - 1, text().sentences()[at].first - 1);
  if (!found && at + 1 < text().sentences().size() && !text().opens_paragraph(at + 1)) {
    found = from_sentence(at + 1, text().sentences()[at + 1].first);
  }
  if (found) found->inherited = true;
  return found;
}

/// True where an odd number of quotation marks stands before the number in its paragraph.
bool Attributor::stands_in_quote(const FoundFigure& figure) const {
  const std::uint32_t at = figure.quantity.first;
  const auto quoted = find_boundary(quoted_.begin(), quoted_.end(),
                                    [&](const Sentence& each) { return each.last <= at; });
  return quoted != quoted_.end() && quoted->first < at;
}

/// Who speaks in the sentence before in the same paragraph, and nobody else does, where that one
/// counts something too; not of what happened in another year. A crowd is for all to see.
std::optional<Attribution> Attributor::from_before(const FoundFigure& figure) const {
  if (figure.kind == FigureKind::kParticipants || text().opens_paragraph(figure.sentence))
    return {};
  if (is_history(figure.sentence)) return {};
  const std::uint32_t before = figure.sentence - 1;
  const Sentence& sentence = text().sentences()[figure.sentence];
  const bool tells_back = before > 0 && looks_back_[before] && counts_[before - 1];
  if ((!counts_[before] && !tells_back) || has_two_voices(before)) return {};
  auto found = from_sentence(before, sentence.first - 1);
  if (found) found->inherited = true;
  return found;
}

bool Attributor::has_two_voices(std::uint32_t sentence) const {
  const Report* first = nullptr;
  for (const Report& report : reports(sentence)) {
    if (report.speaker.media) continue;
    if (first != nullptr && !is_same(first->speaker, report.speaker)) return true;
    first = &report;
  }
  return false;
}

/// "In 2011 the same square saw ...".
bool Attributor::is_history(std::uint32_t sentence) const {
  const std::uint32_t end = text().sentences()[sentence].last;
  const auto dates = passage_->dates.in(sentence);
  return std::any_of(dates.begin(), dates.end(), [&](const DateMention& date) {
    return date.last <= end && (date.grain == DateGrain::kYear || date.grain == DateGrain::kMonth);
  });
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
  if (figure.kind == FigureKind::kParticipants || is_history(figure.sentence)) return {};
  const std::span<const Speaker> named = speakers(figure.sentence);
  if (named.size() != 1) return {};
  const Speaker& speaker = named.front();
  const std::uint32_t start = text().sentences()[figure.sentence].first;
  const auto& tokens = text().tokens();
  const bool first = tokens[speaker.first].position - tokens[start].position <= kSubjectReach;
  if (!first || speaker.media || speaker.pronoun || !is_office(speaker)) return {};
  if (speaker.last > figure.quantity.first) return {};
  if (!opens_clause(speaker)) return {};
  return told_by(speaker, figure.sentence);
}

/// "About a dozen activists were detained": who is counted does not tell.
bool Attributor::is_counted(const Speaker& speaker, const FoundFigure& figure) {
  const Quantity& quantity = figure.quantity;
  return speaker.first < end_of(quantity) && quantity.first < speaker.last;
}

bool Attributor::is_office(const Speaker& speaker) const {
  if (!speaker.actor) {
    return !speaker.kind || speaker.kind == SpeakerKind::kOffice ||
           speaker.kind == SpeakerKind::kReferring;
  }
  const ActorEntry& actor = text().lexicon().all().actors[*speaker.actor];
  return actor.is("ministry") || actor.is("office") || actor.is("force");
}

}  // namespace steppe
