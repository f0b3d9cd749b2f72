#include "processors/actors/actor_finder.h"

#include <algorithm>

namespace steppe {
namespace {

bool is_foreign(const AnnotatedText& text, const Mark& place, const ActorEntry& actor) {
  const auto& entry = text.lexicon().all().places[static_cast<std::size_t>(place.value)];
  return !entry.country.empty() && entry.country != actor.country;
}

/// "Russian Defence Ministry", "MVD Rossii": a ministry of another country than the profile's.
bool belongs_elsewhere(const AnnotatedText& text, const Mark& mark, const ActorEntry& actor) {
  if (actor.country.empty() || actor.is("person") || actor.is("outlet")) return false;
  const Mark* before = text.find_before(mark.first, LexemeRole::kPlace);
  if (before != nullptr && is_foreign(text, *before, actor)) return true;
  const Mark* after = text.find(mark.last, LexemeRole::kPlace);
  return after != nullptr && is_foreign(text, *after, actor);
}

/// "Nazarbayev Avenue": a name within that of something else.
bool names_something(const AnnotatedText& text, const Mark& mark) {
  const auto has_side = [](const Mark* word, NameSide side) {
    return word != nullptr && static_cast<NameSide>(word->detail) == side;
  };
  return has_side(text.find(mark.last, LexemeRole::kNameWord), NameSide::kAfter) ||
         has_side(text.find_before(mark.first, LexemeRole::kNameWord), NameSide::kBefore);
}

/// "activist Aiman Umarova": a surname alone, after a given name that the profile does not give it.
/// A word that opens its sentence has its capital anyway, and in a title all words may have one.
bool has_other_given_name(const AnnotatedText& text, const Mark& mark) {
  constexpr Roles kNoGivenName =
      roles_of(LexemeRole::kPlace, LexemeRole::kActor, LexemeRole::kSpeaker, LexemeRole::kRoleWord,
               LexemeRole::kMonth, LexemeRole::kWeekday, LexemeRole::kDay);
  constexpr std::uint32_t kShortestName = 3;  // bytes; "Mr" is none
  const auto& tokens = text.tokens();
  if (mark.last - mark.first != 1 || mark.first < 2) return false;
  const std::uint32_t given = mark.first - 1;
  const auto follows_well = [&](std::uint32_t token) {
    const Mark* place = text.find(token, LexemeRole::kPlace);
    return !text.is_capitalised(token) || (place != nullptr && place->detail == 0);
  };
  return tokens[given].kind == TokenKind::kWord && text.is_capitalised(given) &&
         tokens[given].end - tokens[given].begin >= kShortestName &&
         (text.roles_at(given) & kNoGivenName) == 0 && tokens[given - 1].kind == TokenKind::kWord &&
         follows_well(given - 1) && text.sentence_of(given - 1) == text.sentence_of(mark.first);
}

}  // namespace

void ActorFinder::remember(std::uint32_t actor) {
  std::erase(named_, actor);
  named_.push_back(actor);
}

/// Short forms of one place in the text share a range: the actor named last among them, else the
/// only one when it is an office. A person's title alone names nobody ("a new prime minister").
std::optional<std::uint32_t> ActorFinder::resolve(const AnnotatedText& text,
                                                  std::uint32_t first_mark,
                                                  std::uint32_t end_mark) const {
  const auto& marks = text.marks();
  for (auto named = named_.rbegin(); named != named_.rend(); ++named) {
    for (std::uint32_t i = first_mark; i < end_mark; ++i) {
      if (static_cast<std::uint32_t>(marks[i].value) == *named) return *named;
    }
  }
  if (end_mark - first_mark != 1) return {};
  const auto only = static_cast<std::uint32_t>(marks[first_mark].value);
  if (text.lexicon().all().actors[only].is("person")) return {};
  if (belongs_elsewhere(text, marks[first_mark], text.lexicon().all().actors[only])) return {};
  return only;
}

/// True for the surname of a person who is another: the given name says so, there or, when the
/// profile's own was not named yet, before.
bool ActorFinder::is_namesake(const AnnotatedText& text, const Mark& mark) {
  const auto actor = static_cast<std::uint32_t>(mark.value);
  const auto holds = [actor](const std::vector<std::uint32_t>& list) {
    return std::find(list.begin(), list.end(), actor) != list.end();
  };
  if (has_other_given_name(text, mark)) {
    if (!holds(namesakes_)) namesakes_.push_back(actor);
    return true;
  }
  return mark.last - mark.first == 1 && holds(namesakes_) && !holds(named_);
}

void ActorFinder::find(const AnnotatedText& text, std::vector<ActorMention>& out) {
  out.clear();
  const auto& marks = text.marks();
  for (const std::uint32_t i : text.marks_of(LexemeRole::kActor)) {
    const Mark& mark = marks[i];
    if (!out.empty() && mark.first < out.back().last) continue;  // inside a longer name
    const bool short_form = mark.detail == 1;
    // "government buildings": not who, but what
    if (short_form && text.find(mark.last, LexemeRole::kBuilding) != nullptr) continue;
    std::optional<std::uint32_t> named;
    if (!short_form) {
      const auto actor = static_cast<std::uint32_t>(mark.value);
      const bool person = text.lexicon().all().actors[actor].is("person");
      if (person && (names_something(text, mark) || is_namesake(text, mark))) continue;
      if (!belongs_elsewhere(text, mark, text.lexicon().all().actors[actor])) {
        named = actor;
      }
    } else {
      std::uint32_t end = i;
      while (end < marks.size() && marks[end].role == LexemeRole::kActor &&
             marks[end].first == mark.first && marks[end].last == mark.last &&
             marks[end].detail == 1) {
        ++end;
      }
      named = resolve(text, i, end);
    }
    if (named) remember(*named);
    ActorMention& mention = out.emplace_back();
    mention.first = mark.first;
    mention.last = mark.last;
    mention.actor = named;
    mention.short_form = short_form;
  }
}

}  // namespace steppe
