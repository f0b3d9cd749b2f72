#include "config/enrichment_lexicon.h"

#include <algorithm>
#include <array>
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

}  // namespace

const LanguagePack* EnrichmentLexicon::pack(std::string_view code) const {
  const auto found = std::find_if(packs.begin(), packs.end(),
                                  [&](const LanguagePack& pack) { return pack.code == code; });
  return found == packs.end() ? nullptr : &*found;
}

EnrichmentLexicon load_enrichment_lexicon(const std::filesystem::path& profile_folder,
                                          Problems& problems) {
  EnrichmentLexicon lexicon;
  lexicon.places = load_places(profile_folder / "places.toml", problems);
  lexicon.actors = load_actors(profile_folder / "actors.toml", problems);
  EventFile events;
  OptionReader(problems).read_file(profile_folder / "events.toml", event_table(), events);
  lexicon.events = std::move(events.events);
  const auto files = language_files(profile_folder);
  if (files.empty()) {
    problems.add(profile_folder.string(), 0, 0, "no figures-<language>.toml in this folder");
  }
  for (const auto& file : files) load_language_file(file, lexicon.packs, problems);
  return lexicon;
}

}  // namespace steppe
