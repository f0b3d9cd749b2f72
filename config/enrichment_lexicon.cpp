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

struct EventFile {
  std::vector<EventEntry> events;
};

OptionTable<EventFile> event_table() {
  using E = EventEntry;
  OptionTable<E> row("An event type with its codes and the words that name it.");
  row.option("type", &E::type, {.help = "Stable name.", .required = true, .unique = true});
  row.option("plover", &E::plover, {.help = "PLOVER event-mode."});
  row.option("cameo", &E::cameo, {.help = "CAMEO code."});
  row.option("acled", &E::acled, {.help = "ACLED sub-event."});
  row.option("iptc", &E::iptc, {.help = "IPTC Media Topic."});
  row.option("en", &E::words_en, {.help = "English words."});
  row.option("ru", &E::words_ru, {.help = "Russian words."});
  row.option("kk", &E::words_kk, {.help = "Kazakh words."});
  row.option("zh", &E::words_zh, {.help = "Chinese words."});
  OptionTable<EventFile> file("Event types.");
  file.rows("event", &EventFile::events, row);
  return file;
}

/// The language files of a folder, in name order so that the result does not depend on the disk.
std::vector<std::filesystem::path> language_files(const std::filesystem::path& folder) {
  constexpr std::array<std::string_view, 2> kPrefixes = {"figures-", "claims-"};
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
    merge(lexicon.events, std::move(events.events), &EventEntry::type);
  }
  for (const auto& path : language_files(folder)) {
    load_language_file(path, lexicon.packs, problems);
  }
}

void check_parents(const EnrichmentLexicon& lexicon, const std::filesystem::path& folder,
                   Problems& problems) {
  for (const PlaceEntry& place : lexicon.places) {
    const bool known =
        place.parent.empty() ||
        std::any_of(lexicon.places.begin(), lexicon.places.end(),
                    [&](const PlaceEntry& other) { return other.key == place.parent; });
    if (known) continue;
    problems.add((folder / "places.toml").string(), 0, 0,
                 "place \"" + place.key + "\": no place has the key \"" + place.parent + "\"");
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
  check_parents(lexicon, folders.back(), problems);
  check_actor_words(lexicon, folders.back(), problems);
  check_shared(lexicon.places, lexicon.shared_places, "place",
               (folders.back() / "places.toml").string(), problems);
  check_shared(lexicon.actors, lexicon.shared_actors, "actor",
               (folders.back() / "actors.toml").string(), problems);
  return lexicon;
}

}  // namespace steppe
