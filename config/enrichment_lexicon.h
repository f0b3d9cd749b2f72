#pragma once
// Everything a profile says about extraction: language packs, places, actors and event types.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/gazetteer.h"
#include "config/language_pack.h"
#include "config/problems.h"

namespace steppe {

/// One [[event]] of events.toml: a type of the closed list and its codes in other schemes.
struct EventEntry {
  std::string type;
  std::string plover, cameo, acled, iptc;
  std::vector<std::string> words_en, words_ru, words_kk, words_zh;
};

struct EnrichmentLexicon {
  std::vector<LanguagePack> packs;
  std::vector<PlaceEntry> places;
  std::vector<ActorEntry> actors;
  std::vector<EventEntry> events;
  std::vector<std::string> shared_places;  // forms that several places have
  std::vector<std::string> shared_actors;

  /// The pack for a BCP-47 code, or null.
  const LanguagePack* pack(std::string_view code) const;
};

/// Loads places.toml, actors.toml, events.toml and every figures-*.toml and claims-*.toml, where
/// they exist, of the shipped profile folder and of the overlays after it. An entry of a later
/// folder replaces the one with its key; words are added. Blocks on the disk. Faults go to
/// `problems`; what could be read is returned.
EnrichmentLexicon load_enrichment_lexicon(std::span<const std::filesystem::path> folders,
                                          Problems& problems);

}  // namespace steppe
