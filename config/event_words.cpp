#include "config/event_words.h"

#include <algorithm>
#include <utility>

#include "config/option_table.h"
#include "config/term_pattern.h"

namespace steppe {
namespace {

std::string term_fault(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    std::string why;
    if (!parse_term(word, why)) return std::string("\"").append(word).append("\" ").append(why);
  }
  return {};
}

OptionSpec<std::vector<std::string>> word_list(std::string help) {
  OptionSpec<std::vector<std::string>> spec;
  spec.help = std::move(help);
  spec.check = term_fault;
  return spec;
}

OptionTable<EventFrame> frame_table() {
  using F = EventFrame;
  OptionTable<F> table("Words that tell an event.");
  table.option("event", &F::event, {.help = "A type of events.toml.", .required = true});
  table.option("form", &F::form,
               {.help = "What the words are.",
                .names = {{"noun", EventForm::kNoun},
                          {"verb", EventForm::kVerb},
                          {"passive", EventForm::kPassive},
                          {"alone", EventForm::kAlone}}});
  OptionSpec<std::vector<std::string>> words = word_list("The words.");
  words.required = true;
  table.option("words", &F::words, std::move(words));
  table.option("with", &F::with, {.help = "Lists, one of which must stand in the clause."});
  table.option("unless", &F::unless, {.help = "Lists that make it something else."});
  table.option("side", &F::side,
               {.help = "Where the second part stands.",
                .names = {{"either", PartSide::kEither},
                          {"before", PartSide::kBefore},
                          {"after", PartSide::kAfter}}});
  table.option("reach", &F::reach, {.help = "Half words to the second part.", .min = 0, .max = 40});
  table.option("modality", &F::modality,
               {.help = "What the words themselves say.",
                .names = {{"denied", Unreal::kDenied},
                          {"hypothetical", Unreal::kHypothetical},
                          {"planned", Unreal::kPlanned},
                          {"ongoing", Unreal::kOngoing},
                          {"historical", Unreal::kHistorical}}});
  table.option("confidence", &F::confidence, {.help = "Of such an event.", .min = 0.0, .max = 1.0});
  table.place(&F::place);
  return table;
}

OptionTable<EventList> list_table(std::string help) {
  using L = EventList;
  OptionTable<L> table(std::move(help));
  table.option("name", &L::name, {.help = "Its name.", .required = true});
  table.option("words", &L::words, word_list("The words."));
  table.place(&L::place);
  return table;
}

OptionTable<ModalWords> modal_table(std::string help) {
  using M = ModalWords;
  OptionTable<M> table(std::move(help));
  table.option("near", &M::near, word_list("At most one word before the event."));
  table.option("before", &M::before, word_list("Before it in its clause."));
  table.option("over", &M::over, word_list("Before it in its sentence."));
  table.option("after", &M::after, word_list("Behind it in its clause."));
  table.option("behind", &M::behind, word_list("Behind it in its sentence."));
  table.option("ending", &M::ending, {.help = "Endings of its verb."});
  return table;
}

/// What only counts right beside somebody.
void add_beside(OptionTable<EventGrammar>& table) {
  using G = EventGrammar;
  table.option("place", &G::place, {.help = "Before who is only a place."});
  table.option("place_after", &G::place_after, {.help = "Behind who is only a place."});
  table.option("oblique", &G::oblique, {.help = "Before who is no subject."});
  table.option("oblique_ending", &G::oblique_ending, {.help = "Endings of who is no subject."});
  table.option("owner_ending", &G::owner_ending, {.help = "Endings of who owns what follows."});
  table.option("owner_after", &G::owner_after, {.help = "Behind who owns what follows."});
  table.option("with", &G::with, {.help = "Before who takes part too."});
  table.option("with_ending", &G::with_ending, {.help = "Endings of who takes part too."});
  table.option("passing", &G::passing, {.help = "May stand between these and somebody."});
  table.option("counted", &G::counted, {.help = "Before people of whom some are meant."});
  table.option("pronoun", &G::pronoun, {.help = "A subject told of before."});
  table.option("object_pronoun", &G::object_pronoun, {.help = "An object told of before."});
  table.option("relative", &G::relative, {.help = "Behind whom its clause is about."});
}

OptionTable<EventGrammar> grammar_table() {
  using G = EventGrammar;
  OptionTable<G> table("How clauses hang together.");
  table.option("clause", &G::clause, word_list("A clause begins."));
  table.option("joins", &G::joins, word_list("Between events that share a modal word."));
  table.option("passive", &G::passive, word_list("Before a verb whose subject suffers."));
  table.option("agent", &G::agent, word_list("Before who did it."));
  table.option("agent_after", &G::agent_after, word_list("Behind who did it."));
  table.option("against", &G::against, word_list("Before whom it meets."));
  table.option("cause", &G::cause, word_list("Before why."));
  table.option("cause_after", &G::cause_after, word_list("Behind why."));
  table.option("agent_ending", &G::agent_ending, {.help = "Endings of who did it."});
  table.option("object_ending", &G::object_ending, {.help = "Endings of whom it meets."});
  table.option("name_object_ending", &G::name_object_ending, {.help = "The same, of names."});
  table.option("reason", &G::reason, word_list("Before any why."));
  table.option("reason_after", &G::reason_after, word_list("Behind any why."));
  add_beside(table);
  return table;
}

OptionTable<EventWords> event_words_table() {
  using W = EventWords;
  OptionTable<W> table("Words that tell events.");
  table.option("language", &W::language, {.help = "BCP-47 code.", .required = true});
  table.option("ignore", &W::ignore, word_list("Phrases that tell no event."));
  table.rows("frame", &W::frames, frame_table());
  table.rows("list", &W::lists, list_table("Words that frames name."));
  table.rows("group", &W::groups, list_table("Who acts or suffers, without a name."));
  table.rows("cause", &W::causes, list_table("Why."));
  table.section("denied", &W::denied, modal_table("It did not happen."));
  table.section("hypothetical", &W::hypothetical, modal_table("It may happen or have happened."));
  table.section("planned", &W::planned, modal_table("It is to happen."));
  table.section("ongoing", &W::ongoing, modal_table("It goes on."));
  table.section("historical", &W::historical, modal_table("It happened long ago."));
  table.section("claimed", &W::claimed, modal_table("Somebody says so."));
  table.section("grammar", &W::grammar, grammar_table());
  return table;
}

void append(std::vector<std::string>& all, std::vector<std::string>& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

template <typename Row>
void append_rows(std::vector<Row>& all, std::vector<Row>& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// Words of one name belong together, whichever file has them.
void join(std::vector<EventList>& all, std::vector<EventList>& more) {
  for (EventList& list : more) {
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&](const EventList& old) { return old.name == list.name; });
    if (same == all.end()) {
      all.push_back(std::move(list));
    } else {
      append(same->words, list.words);
    }
  }
}

void add(ModalWords& all, ModalWords& more) {
  append(all.near, more.near);
  append(all.before, more.before);
  append(all.over, more.over);
  append(all.after, more.after);
  append(all.behind, more.behind);
  append(all.ending, more.ending);
}

void add(EventGrammar& all, EventGrammar& more) {
  append(all.clause, more.clause);
  append(all.joins, more.joins);
  append(all.passive, more.passive);
  append(all.agent, more.agent);
  append(all.agent_after, more.agent_after);
  append(all.against, more.against);
  append(all.cause, more.cause);
  append(all.cause_after, more.cause_after);
  append(all.agent_ending, more.agent_ending);
  append(all.object_ending, more.object_ending);
  append(all.name_object_ending, more.name_object_ending);
  append(all.reason, more.reason);
  append(all.reason_after, more.reason_after);
  append(all.place, more.place);
  append(all.place_after, more.place_after);
  append(all.oblique, more.oblique);
  append(all.oblique_ending, more.oblique_ending);
  append(all.owner_ending, more.owner_ending);
  append(all.owner_after, more.owner_after);
  append(all.with, more.with);
  append(all.with_ending, more.with_ending);
  append(all.passing, more.passing);
  append(all.counted, more.counted);
  append(all.pronoun, more.pronoun);
  append(all.object_pronoun, more.object_pronoun);
  append(all.relative, more.relative);
}

EventWords& words_of(std::vector<EventWords>& all, const std::string& language) {
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const EventWords& words) { return words.language == language; });
  if (found != all.end()) return *found;
  all.emplace_back().language = language;
  return all.back();
}

}  // namespace

void load_event_words(const std::filesystem::path& path, std::vector<EventWords>& all,
                      Problems& problems) {
  EventWords more;
  OptionReader(problems).read_file(path, event_words_table(), more);
  if (more.language.empty()) return;
  EventWords& words = words_of(all, more.language);
  append(words.ignore, more.ignore);
  append_rows(words.frames, more.frames);
  join(words.lists, more.lists);
  join(words.groups, more.groups);
  join(words.causes, more.causes);
  add(words.denied, more.denied);
  add(words.hypothetical, more.hypothetical);
  add(words.planned, more.planned);
  add(words.ongoing, more.ongoing);
  add(words.historical, more.historical);
  add(words.claimed, more.claimed);
  add(words.grammar, more.grammar);
}

}  // namespace steppe
