#include "processors/claims/passage.h"

#include <algorithm>

#include "core/utf8.h"

namespace steppe {
namespace {

constexpr std::string_view kState = "GOV";

/// True for a small letter of Latin, Greek, Cyrillic or Armenian.
/// In the extended blocks capitals are even and small letters odd.
bool is_small(char32_t letter) {
  struct Range {
    char32_t first, last;
    bool odd_only;
  };
  constexpr Range kSmall[] = {
      {'a', 'z', false},     {0xDF, 0xFF, false},   {0x100, 0x17F, true}, {0x259, 0x259, false},
      {0x3B1, 0x3C9, false}, {0x430, 0x45F, false}, {0x461, 0x52F, true}, {0x561, 0x587, false},
  };
  for (const Range& range : kSmall) {
    if (letter < range.first || letter > range.last) continue;
    return !range.odd_only || letter % 2 == 1;
  }
  return false;
}

/// "Kazakhstan", not in a case or a way; not "Almaty, Kazakhstan".
bool is_state(const Passage& passage, std::uint32_t index) {
  const PlaceMention& place = passage.places[index];
  const bool follows = index > 0 && passage.places[index - 1].last + 1 >= place.first &&
                       passage.text.tokens()[place.first - 1].kind != TokenKind::kWord;
  const bool leads =
      index + 1 < passage.places.size() && passage.places[index + 1].first == place.last;
  return !follows && !leads && is_plain_country(passage.text, place);
}

/// Outlets act in no event.
void find_named(Passage& passage) {
  passage.named.clear();
  for (std::uint32_t i = 0; i < passage.actors.size(); ++i) {
    const ActorMention& actor = passage.actors[i];
    if (!actor.actor) continue;
    const ActorEntry& entry = passage.text.lexicon().all().actors[*actor.actor];
    if (entry.is("outlet")) continue;
    passage.named.push_back({actor.first, actor.last, ParticipantKind::kActor, i, entry.sector});
  }
  const auto actors = static_cast<std::ptrdiff_t>(passage.named.size());
  for (std::uint32_t i = 0; i < passage.people.size(); ++i) {
    const RoleName& person = passage.people[i];
    const std::string_view sector =
        person.role_first < person.role_last ? to_string(person.sector) : std::string_view();
    passage.named.push_back({person.first, person.last, ParticipantKind::kPerson, i, sector});
  }
  const auto known = static_cast<std::ptrdiff_t>(passage.named.size());  // places do not overlap
  for (std::uint32_t i = 0; i < passage.places.size(); ++i) {
    if (!is_state(passage, i)) continue;
    const PlaceMention& place = passage.places[i];
    const auto overlaps = [&](const Participant& who) {
      return who.first < place.last && place.first < who.last;
    };
    const auto begin = passage.named.begin();
    // actors are in order and do not overlap
    const auto actor = std::partition_point(
        begin, begin + actors, [&](const Participant& who) { return who.last <= place.first; });
    const bool taken = (actor != begin + actors && overlaps(*actor)) ||
                       std::any_of(begin + actors, begin + known, overlaps);
    if (taken) continue;
    passage.named.push_back({place.first, place.last, ParticipantKind::kState, i, kState});
  }
  std::sort(passage.named.begin(), passage.named.end(),
            [](const Participant& a, const Participant& b) { return a.first < b.first; });
}

}  // namespace

void read_passage(std::string_view words, TextField field, const Lexicon& lexicon,
                  std::optional<std::chrono::sys_days> reference, ActorFinder& actors,
                  Passage& passage) {
  passage.field = field;
  passage.joint = 0;
  passage.text.annotate(words, lexicon);
  find_dates(passage.text, reference, passage.dates);
  find_quantities(passage.text, passage.dates.all, passage.quantities);
  find_figures(passage.text, passage.quantities, passage.figures);
  passage.taken_back = find_retractions(passage.text, passage.quantities, passage.figures);
  find_places(passage.text, passage.places);
  actors.find(passage.text, passage.actors);
  find_role_names(passage.text, passage.actors, passage.people);
  find_named(passage);
  passage.event_finder.find(passage.text, passage.named, passage.dates,
                            reference.value_or(std::chrono::sys_days{}), passage.events);
}

bool runs_on(std::string_view title, std::string_view words) {
  if (title.empty() || words.empty()) return false;
  constexpr std::string_view kStops = ".!?:;\"')]";
  if (kStops.find(title.back()) != std::string_view::npos) return false;
  return is_small(decode_utf8(words, 0).value) || title.back() == ',';
}

void read_joined(std::string_view title, std::string_view words, TextField field,
                 const Lexicon& lexicon, std::optional<std::chrono::sys_days> reference,
                 ActorFinder& actors, Passage& passage) {
  passage.joined.assign(title).append(1, ' ').append(words);
  read_passage(passage.joined, field, lexicon, reference, actors, passage);
  passage.joint = static_cast<std::uint32_t>(title.size());
}

Evidence evidence_beside_joint(const Passage& passage, std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t before = passage.joint + 1;
  const std::uint32_t in_title = begin < passage.joint ? std::min(end, passage.joint) - begin : 0;
  const std::uint32_t in_words = end > before ? end - std::max(begin, before) : 0;
  if (in_title > in_words) return {TextField::kTitle, begin, std::min(end, passage.joint)};
  return {passage.field, std::max(begin, before) - before, end - before};
}

}  // namespace steppe
