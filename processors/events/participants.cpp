#include "processors/events/participants.h"

#include <algorithm>

#include "core/boundary.h"

namespace steppe {
namespace {

constexpr std::uint32_t kAgentReach = 4;  // half words from "by" to who did it
constexpr std::uint32_t kPassing = 2;     // tokens between a preposition and somebody
constexpr std::size_t kMost = 32;         // a sentence

bool has_role(const FrameNote& note, FrameRole role) {
  return note.role == role;
}

/// "by police", "police tarapynan".
bool stands_by_agent(const SentenceWords& words, const Participant& who) {
  if (!words.has(FrameRole::kAgent) && !words.has(FrameRole::kAgentAfter)) return false;
  const std::uint32_t from = who.first > 6 ? who.first - 6 : 0;
  for (const FrameNote& note : words.notes(from, who.last + 4)) {
    const bool before = has_role(note, FrameRole::kAgent) && note.last <= who.first;
    const bool behind = has_role(note, FrameRole::kAgentAfter) && note.first >= who.last;
    if (!before && !behind) continue;
    const Path path = words.between(note.first, note.last, who.first, who.last);
    if (path.cost() <= kAgentReach) return true;
  }
  return false;
}

constexpr bool has(BesideKinds kinds, Beside kind) {
  return (kinds & bit_of(kind)) != 0;
}

/// Reads what stands right beside somebody.
class BesideReader {
 public:
  BesideReader(const SentenceWords& words, const Participant& who)
      : words_(words), text_(words.text()), sentence_(words.sentence()), who_(who) {}

  void read(Candidate& made) const {
    // names end like other words' cases: "Yeselov"
    const bool group = who_.kind == ParticipantKind::kGroup;
    const NameEndings object = bit_of(group ? NameEnding::kObject : NameEnding::kNameObject);
    const NameEndings endings = text_.lexicon().frames().endings_of(last_word());
    made.ending = (endings & bit_of(NameEnding::kAgent)) != 0;
    made.object = (endings & object) != 0;
    made.with = (endings & bit_of(NameEnding::kWith)) != 0;
    made.oblique = (endings & bit_of(NameEnding::kOblique)) != 0;
    read_before(made);
    if (who_.last < sentence_.last) read_behind(endings, made);
    made.oblique = made.oblique || made.place || made.with;
  }

 private:
  std::string_view last_word() const {
    std::uint32_t last = who_.last - 1;
    while (last > who_.first && text_.tokens()[last].kind == TokenKind::kClitic) --last;
    return text_.folded_token(last);
  }

  void read_behind(NameEndings endings, Candidate& made) const {
    const BesideKinds behind = words_.beside(who_.last);
    if (has(behind, Beside::kPlaceAfter)) made.place = true;
    made.owner = text_.tokens()[who_.last].kind == TokenKind::kClitic ||
                 text_.tokens()[who_.last - 1].kind == TokenKind::kClitic ||
                 (endings & bit_of(NameEnding::kOwner)) != 0 || has(behind, Beside::kOwnerAfter);
  }

  /// The first word before somebody that may not pass says what they are.
  void read_before(Candidate& made) const {
    std::uint32_t at = who_.first;
    for (std::uint32_t passed = 0; at > sentence_.first; --at, ++passed) {
      const std::uint32_t word = at - 1;
      const BesideKinds kinds = words_.beside(word);
      if (text_.tokens()[word].kind == TokenKind::kNumber || has(kinds, Beside::kCounted)) {
        made.object = made.oblique = false;
        return;
      }
      if (has(kinds, Beside::kWith)) made.with = true;
      if (has(kinds, Beside::kPlace)) made.place = true;
      if (has(kinds, Beside::kOblique)) made.oblique = !is_some_of(word);
      const bool said = made.with || made.place || made.oblique;
      if (said || passed == kPassing || !has(kinds, Beside::kPassing)) return;
    }
  }

  /// "hundreds of": they are meant, not only of.
  bool is_some_of(std::uint32_t word) const {
    return word > sentence_.first && (text_.tokens()[word - 1].kind == TokenKind::kNumber ||
                                      has(words_.beside(word - 1), Beside::kCounted));
  }

  const SentenceWords& words_;
  const AnnotatedText& text_;
  const Sentence& sentence_;
  const Participant& who_;
};

/// Sets what the words beside `who`, of whom nothing else is known yet, say.
void read_beside(const SentenceWords& words, Candidate& who) {
  BesideReader(words, who).read(who);
  if (who.with) who.ending = false;  // "clashes with police"
  who.agent = who.ending || stands_by_agent(words, who);
}

bool overlaps(const Participant& who, std::uint32_t first, std::uint32_t last) {
  return who.first < last && first < who.last;
}

/// A name right before what it is: "Qarmet" firm.
bool is_of(const SentenceWords& words, const Participant& who, const FrameNote& note) {
  if (who.kind != ParticipantKind::kActor || who.last > note.first) return false;
  const std::uint32_t between = note.first - who.last;
  if (between > 1) return false;
  const auto& tokens = words.text().tokens();
  return between == 1 ? tokens[who.last].punctuation == '"'
                      : tokens[who.last - 1].kind != TokenKind::kHan;
}

/// Groups that no name covers; the longest where several begin.
void add_groups(const SentenceWords& words, std::vector<Candidate>& out) {
  const std::size_t names = out.size();
  const Sentence& sentence = words.sentence();
  const auto& groups = words.text().lexicon().all().groups;
  for (const FrameNote& note : words.notes(sentence.first, sentence.last)) {
    if (note.role != FrameRole::kGroup) continue;
    const bool again = out.size() > names && out.back().first == note.first;
    const bool covered = out.size() > names && note.first < out.back().last;
    if (covered && (!again || note.last <= out.back().last)) continue;
    if (again) out.pop_back();
    if (out.size() == kMost) break;
    const auto name = std::find_if(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(names),
                                   [&](const Candidate& who) {
                                     return overlaps(who, note.first, note.last) ||
                                            who.first == note.last || is_of(words, who, note);
                                   });
    if (name != out.begin() + static_cast<std::ptrdiff_t>(names)) {
      // "the firm Qarmet", "Qarmet firm": one, with the ending of the last word
      if (name->last <= note.first) {
        name->last = note.last;
        *name = Candidate{static_cast<const Participant&>(*name)};  // nothing else is known yet
        read_beside(words, *name);
      }
      continue;
    }
    const GroupEntry& entry = groups[note.meaning->index];
    Candidate& who = out.emplace_back();
    who.first = note.first;
    who.last = note.last;
    who.kind = ParticipantKind::kGroup;
    who.index = note.meaning->index;
    who.sector = entry.sector;
    read_beside(words, who);
    // "government buildings": not who, but what
    who.thing = entry.thing || words.text().find(note.last, LexemeRole::kBuilding) != nullptr;
  }
}

}  // namespace

void find_participants(const SentenceWords& words, std::span<const Participant> named,
                       std::vector<Candidate>& out) {
  out.clear();
  const Sentence& sentence = words.sentence();
  auto name = find_boundary(named.begin(), named.end(),
                            [&](const Participant& who) { return who.first < sentence.first; });
  for (; name != named.end() && name->first < sentence.last && out.size() < kMost; ++name) {
    read_beside(words, out.emplace_back(*name));
  }
  if (words.has(FrameRole::kGroup)) {
    add_groups(words, out);
    std::sort(out.begin(), out.end(),
              [](const Participant& a, const Participant& b) { return a.first < b.first; });
  }
  // "Kazakhstan police": of whom
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    if (out[i].kind == ParticipantKind::kState && out[i].last == out[i + 1].first) {
      out[i].owner = out[i].oblique = true;
    }
  }
}

}  // namespace steppe
