#include "config/enrichment_lexicon.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <system_error>

#include "config/option_table.h"

namespace steppe {
namespace {

constexpr std::string_view kEventFile = "events-";

struct EventFile {
  std::vector<EventEntry> events;
  std::vector<GroupEntry> groups;
};

OptionTable<EventFile> event_table() {
  using E = EventEntry;
  OptionTable<E> row("An event type with its codes.");
  row.option("type", &E::type, {.help = "Stable name.", .required = true, .unique = true});
  row.option("plover", &E::plover, {.help = "PLOVER event-mode."});
  row.option("cameo", &E::cameo, {.help = "CAMEO code."});
  row.option("acled", &E::acled, {.help = "ACLED sub-event."});
  row.option("iptc", &E::iptc, {.help = "IPTC Media Topic."});
  row.option("target", &E::has_target, {.help = "It meets somebody."});
  row.option("takes_place", &E::takes_place, {.help = "It happens where the text is set."});
  row.option("in_setting", &E::in_setting,
             {.help = "It happens where the text is set, and states may do it."});
  row.option("speech", &E::speech, {.help = "Telling it is doing it."});
  row.option("shares_cause", &E::shares_cause, {.help = "Events of a text have one cause."});
  row.option("asks", &E::asks, {.help = "It asks for others."});
  row.option("asked_for", &E::asked_for, {.help = "Told only where it is done."});
  row.option("planned_as", &E::planned_as, {.help = "Its type while it is planned."});
  row.option("usual_actor", &E::usual_actor, {.help = "Sectors of who does it."});
  row.option("own_cause", &E::own_cause, {.help = "Why, where the text does not say."});
  row.option("takes_cause", &E::takes_cause, {.help = "That of events which share theirs."});
  row.option("meets_things", &E::meets_things, {.help = "It meets buildings too."});
  row.option("meets_with", &E::meets_with, {.help = "Its target is whom it is done with."});
  row.option("gathers", &E::gathers, {.help = "A crowd does it."});
  row.option("meets_gathered", &E::meets_gathered, {.help = "It meets a crowd."});
  row.option("nowhere", &E::nowhere, {.help = "It happens at no place."});
  row.option("remembers", &E::remembers, {.help = "What is long past is what it is about."});
  row.option("claimed", &E::claimed, {.help = "It is never told as fact."});
  row.option("alleges", &E::alleges, {.help = "What it is about is claimed."});
  using G = GroupEntry;
  OptionTable<G> group("Who acts without a name.");
  group.option("name", &G::name, {.help = "Stable name.", .required = true, .unique = true});
  group.option("sector", &G::sector, {.help = "As of an actor."});
  group.option("type", &G::type, {.help = "As of an actor."});
  group.option("thing", &G::thing, {.help = "Not who, but what."});
  group.option("anyone", &G::anyone, {.help = "Other words say who they are."});
  group.option("gathered", &G::gathered, {.help = "Those who gather."});
  OptionTable<EventFile> file("Event types.");
  file.rows("event", &EventFile::events, row);
  file.rows("group", &EventFile::groups, group);
  return file;
}

/// The language files of a folder, in name order so that the result does not depend on the disk.
std::vector<std::filesystem::path> language_files(const std::filesystem::path& folder) {
  constexpr std::array<std::string_view, 3> kPrefixes = {kEventFile, "figures-", "claims-"};
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (std::filesystem::directory_iterator entry(folder, failed), end; entry != end && !failed;
       entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    const bool wanted = std::any_of(kPrefixes.begin(), kPrefixes.end(),
                                    [&](std::string_view p) { return name.starts_with(p); });
    if (wanted && name.ends_with(".toml")) files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// A later entry replaces the one with the same key.
template <typename Entry>
void merge(std::vector<Entry>& all, std::vector<Entry> more, std::string Entry::* key) {
  for (Entry& entry : more) {
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&](const Entry& other) { return other.*key == entry.*key; });
    if (same == all.end()) {
      all.push_back(std::move(entry));
    } else {
      *same = std::move(entry);
    }
  }
}

void append(std::vector<std::string>& all, const std::vector<std::string>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

void load_folder(const std::filesystem::path& folder, EnrichmentLexicon& lexicon,
                 Problems& problems) {
  std::error_code failed;
  if (const auto path = folder / "places.toml"; std::filesystem::exists(path, failed)) {
    PlaceFile file = load_places(path, problems);
    merge(lexicon.places, std::move(file.places), &PlaceEntry::key);
    append(lexicon.shared_places, file.shared);
  }
  if (const auto path = folder / "actors.toml"; std::filesystem::exists(path, failed)) {
    ActorFile file = load_actors(path, problems);
    merge(lexicon.actors, std::move(file.actors), &ActorEntry::key);
    append(lexicon.shared_actors, file.shared);
  }
  if (const auto path = folder / "events.toml"; std::filesystem::exists(path, failed)) {
    EventFile events;
    OptionReader(problems).read_file(path, event_table(), events);
    for (EventEntry& event : events.events) event.has_usual_actor = !event.usual_actor.empty();
    merge(lexicon.events, std::move(events.events), &EventEntry::type);
    merge(lexicon.groups, std::move(events.groups), &GroupEntry::name);
  }
  for (const auto& path : language_files(folder)) {
    if (path.filename().string().starts_with(kEventFile)) {
      load_event_words(path, lexicon.event_words, problems);
    } else {
      load_language_file(path, lexicon.packs, problems);
    }
  }
}

/// Finds the regions by their keys.
void link_parents(EnrichmentLexicon& lexicon, const std::filesystem::path& folder,
                  Problems& problems) {
  std::map<std::string, std::uint32_t> places;
  for (const PlaceEntry& place : lexicon.places) {
    places.emplace(place.key, static_cast<std::uint32_t>(places.size()));
  }
  const auto find = [&](const PlaceEntry& place, const std::string& key) {
    const auto at = places.find(key);
    if (at != places.end()) return at->second;
    problems.add((folder / "places.toml").string(), 0, 0,
                 "place \"" + place.key + "\": no place has the key \"" + key + "\"");
    return kNoPlace;
  };
  for (PlaceEntry& place : lexicon.places) {
    if (!place.parent.empty()) place.parent_place = find(place, place.parent);
    for (DatedName& former : place.former_parents) former.place = find(place, former.name);
  }
}

void check_actor_words(const EnrichmentLexicon& lexicon, const std::filesystem::path& folder,
                       Problems& problems) {
  for (const LanguagePack& pack : lexicon.packs) {
    for (const LanguagePack::ActorWord& word : pack.actor_words) {
      const bool known =
          std::any_of(lexicon.actors.begin(), lexicon.actors.end(),
                      [&](const ActorEntry& actor) { return actor.key == word.key; });
      if (known) continue;
      problems.add((folder / ("figures-" + pack.code + ".toml")).string(), 0, 0,
                   "[actors]: no actor has the key \"" + word.key + "\"");
    }
  }
}

bool has_list(const std::vector<EventList>& lists, std::string_view name) {
  return std::any_of(lists.begin(), lists.end(),
                     [&](const EventList& list) { return list.name == name; });
}

void complain(const TomlPlace& place, std::string message, Problems& problems) {
  problems.add(place.file(), place.line, place.column, std::move(message));
}

void check_frame(const EventFrame& frame, const EventWords& words, const EnrichmentLexicon& lexicon,
                 Problems& problems) {
  const bool known =
      std::any_of(lexicon.events.begin(), lexicon.events.end(),
                  [&](const EventEntry& event) { return event.type == frame.event; });
  if (!known) {
    complain(frame.place, "frame: events.toml has no type \"" + frame.event + "\"", problems);
  }
  for (const auto* names : {&frame.with, &frame.unless}) {
    for (const std::string& name : *names) {
      if (has_list(words.lists, name) || has_list(words.groups, name)) continue;
      complain(frame.place,
               "frame of \"" + frame.event + "\": no list or group has the name \"" + name + "\"",
               problems);
    }
  }
}

void check_planned_types(const EnrichmentLexicon& lexicon, const std::filesystem::path& folder,
                         Problems& problems) {
  for (const EventEntry& event : lexicon.events) {
    const bool known =
        event.planned_as.empty() ||
        std::any_of(lexicon.events.begin(), lexicon.events.end(),
                    [&](const EventEntry& other) { return other.type == event.planned_as; });
    if (known) continue;
    problems.add(
        (folder / "events.toml").string(), 0, 0,
        "event \"" + event.type + "\": no event has the type \"" + event.planned_as + "\"");
  }
}

void check_event_words(const EnrichmentLexicon& lexicon, Problems& problems) {
  for (const EventWords& words : lexicon.event_words) {
    std::set<std::string> named;
    for (const EventFrame& frame : words.frames) {
      check_frame(frame, words, lexicon, problems);
      named.insert(frame.with.begin(), frame.with.end());
      named.insert(frame.unless.begin(), frame.unless.end());
      if (named.size() <= kMostFrameLists) continue;
      complain(frame.place,
               "the frames of a language name at most " + std::to_string(kMostFrameLists) +
                   " lists and groups",
               problems);
      break;
    }
    for (const EventList& group : words.groups) {
      const bool known =
          std::any_of(lexicon.groups.begin(), lexicon.groups.end(),
                      [&](const GroupEntry& entry) { return entry.name == group.name; });
      if (known) continue;
      complain(group.place, "events.toml has no group \"" + group.name + "\"", problems);
    }
  }
}

/// Texts that use a form for several entries must be looked at more closely; whoever adds a form
/// says that it is one of those, so that none is shared by mistake.
template <typename Entry>
void check_shared(const std::vector<Entry>& entries, const std::vector<std::string>& shared,
                  std::string_view what, const std::string& file, Problems& problems) {
  std::map<std::string, const Entry*> owners;
  std::set<std::string> expected;
  for (const std::string& form : shared) expected.insert(plain_form(form));
  for (const Entry& entry : entries) {
    for (const std::string& form : entry.forms) {
      const auto [owner, fresh] = owners.try_emplace(plain_form(form), &entry);
      if (fresh || owner->second == &entry || !expected.insert(owner->first).second) continue;
      problems.add(file, 0, 0,
                   std::string(what) + " \"" + entry.key + "\": its form \"" + form +
                       "\" is also one of \"" + owner->second->key +
                       "\"; take it away, or list it under shared where texts use it for both");
    }
  }
}

}  // namespace

const LanguagePack* EnrichmentLexicon::pack(std::string_view code) const {
  const auto found = std::find_if(packs.begin(), packs.end(),
                                  [&](const LanguagePack& pack) { return pack.code == code; });
  return found == packs.end() ? nullptr : &*found;
}

EnrichmentLexicon load_enrichment_lexicon(std::span<const std::filesystem::path> folders,
                                          Problems& problems) {
  EnrichmentLexicon lexicon;
  for (const auto& folder : folders) load_folder(folder, lexicon, problems);
  if (folders.empty()) return lexicon;
  link_parents(lexicon, folders.back(), problems);
  check_actor_words(lexicon, folders.back(), problems);
  check_planned_types(lexicon, folders.back(), problems);
  check_event_words(lexicon, problems);
  check_shared(lexicon.places, lexicon.shared_places, "place",
               (folders.back() / "places.toml").string(), problems);
  check_shared(lexicon.actors, lexicon.shared_actors, "actor",
               (folders.back() / "actors.toml").string(), problems);
  return lexicon;
}

}  // namespace steppe
