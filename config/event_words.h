#pragma once
// The words of one language that tell events: frames, the parts they need, what makes them unreal,
// who acts in them and why. Data (config/profiles/<name>/events-<language>.toml), so that a native
// speaker can mend them.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/language_pack.h"
#include "config/problems.h"
#include "config/toml_file.h"

namespace steppe {

/// What the word of a frame is in its sentence: a noun ("arrest"), a verb whose subject acts
/// ("stormed"), one whose subject suffers ("were detained"), one whose subject acts and meets
/// nobody
/// ("stepped down").
enum class EventForm : std::uint8_t { kNoun, kVerb, kPassive, kAlone };
/// Where the second part of a frame stands, seen from its word.
enum class PartSide : std::uint8_t { kEither, kBefore, kAfter };

/// One [[frame]]: a word tells `event`, alone or with a word of one of the lists `with` in its
/// clause.
struct EventFrame {
  std::string event;  // a type of events.toml
  EventForm form = EventForm::kNoun;
  std::vector<std::string> words;   // terms of profile files: `riot`, `riot*`, `riot*3`
  std::vector<std::string> with;    // names of lists, one of which must stand beside the word
  std::vector<std::string> unless;  // names of lists, none of which may stand in the sentence
  PartSide side = PartSide::kEither;
  std::int64_t reach = 14;         // half words to the second part
  std::optional<Unreal> modality;  // what the word itself says: planned
  double confidence = 0.8;
  TomlPlace place;
};

/// [[list]], [[group]] or [[cause]]: words under a name.
struct EventList {
  std::string name;
  std::vector<std::string> words;
  TomlPlace place;
};

/// Words that make an event one of a modality, by where they stand.
struct ModalWords {
  std::vector<std::string> near;    // at most one word before it: "not"
  std::vector<std::string> before;  // before it in its clause: "may"
  std::vector<std::string> over;    // before it in its sentence: "denied that"
  std::vector<std::string> after;   // behind it in its clause
  std::vector<std::string> behind;  // behind it in its sentence: languages whose verb comes last
  std::vector<std::string> ending;  // of its word, or of the verb that ends its clause
};

/// How clauses hang together.
struct EventGrammar {
  std::vector<std::string> clause;        // a clause begins: "after", "who"
  std::vector<std::string> joins;         // "and": what is said of one event holds for the next
  std::vector<std::string> passive;       // before a verb whose subject suffers: "were"
  std::vector<std::string> agent;         // before who did it: "by"
  std::vector<std::string> agent_after;   // behind who did it
  std::vector<std::string> against;       // before whom it meets: "against", "at"
  std::vector<std::string> cause;         // before why: "because of"
  std::vector<std::string> cause_after;   // behind why
  std::vector<std::string> reason;        // as `cause`, for whatever stands behind it: "over"
  std::vector<std::string> reason_after;  // as `cause_after`
  std::vector<std::string> agent_ending;  // of a word for who did it
  std::vector<std::string> object_ending;
  std::vector<std::string> name_object_ending;  // the same, of names
  // Single words and endings; they are only looked at beside somebody.
  std::vector<std::string> place;           // before who is only a place: "outside"
  std::vector<std::string> place_after;     // behind them
  std::vector<std::string> oblique;         // before who is no subject: "of", "to"
  std::vector<std::string> oblique_ending;  // of who is no subject
  std::vector<std::string> owner_ending;    // of who owns what follows
  std::vector<std::string> owner_after;     // behind them
  std::vector<std::string> with;            // before who takes part too: "with"
  std::vector<std::string> with_ending;
  std::vector<std::string> passing;         // may stand between these and somebody: "the"
  std::vector<std::string> counted;         // before people of whom some are meant: "hundreds"
  std::vector<std::string> pronoun;         // a subject told of before: "they"
  std::vector<std::string> object_pronoun;  // "them"
  std::vector<std::string> relative;        // behind whom its clause is about: "who"
};

/// How many lists and groups the frames of one language may name.
inline constexpr std::size_t kMostFrameLists = 64;

struct EventWords {
  std::string language;
  std::vector<std::string> ignore;  // phrases that hide the words of frames inside them
  std::vector<EventFrame> frames;
  std::vector<EventList> lists;
  std::vector<EventList> groups;  // named as in events.toml
  std::vector<EventList> causes;  // named as the cause in records
  ModalWords denied, hypothetical, planned, ongoing, historical;
  ModalWords claimed;  // without `behind` and `ending`
  EventGrammar grammar;
};

/// Adds what one file holds to the words of its language, creating them. Faults go to `problems`.
void load_event_words(const std::filesystem::path& path, std::vector<EventWords>& all,
                      Problems& problems);

}  // namespace steppe
