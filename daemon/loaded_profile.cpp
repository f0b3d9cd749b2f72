#include "daemon/loaded_profile.h"

#include <cstdio>

#include "config/config_paths.h"
#include "daemon/json_input.h"

namespace steppe {
namespace {

Error printed(const Problems& problems) {
  print_problems(problems);
  return {Code::kConfig, Retry::kNever, "the configuration has problems"};
}

// The wires' words are the same for every profile: wire.toml lies beside the folder `profiles`.
std::optional<WireTables> load_wire(const std::filesystem::path& profile_folder,
                                    Problems& problems) {
  const auto file = profile_folder.parent_path().parent_path() / "wire.toml";
  auto text = read_all(file.string(), 1U << 20U);
  if (!text) {
    problems.add(file.string(), 0, 0, text.error().message);
    return {};
  }
  return load_wire_tables(*text, file.string(), problems);
}

// What is known from before: history.jsonl of each folder that has one.
std::vector<KnownClaim> load_history(const std::vector<std::filesystem::path>& folders,
                                     const EnrichmentLexicon& words, Problems& problems) {
  std::vector<KnownClaim> history;
  const HistoryNames names{.places = words.places, .actors = words.actors};
  for (const auto& folder : folders) {
    const auto file = folder / "history.jsonl";
    std::error_code failed;
    if (!std::filesystem::exists(file, failed)) continue;
    auto text = read_all(file.string(), 8U << 20U);
    if (!text) {
      problems.add(file.string(), 0, 0, text.error().message);
      continue;
    }
    auto claims = read_history(*text, file.string(), names, problems);
    history.insert(history.end(), claims.begin(), claims.end());
  }
  return history;
}

}  // namespace

std::shared_ptr<const Chain> load_chain(const Settings& settings, Problems& problems) {
  auto folders = profile_folders(settings.profile, settings.file);
  if (!folders) {
    problems.add(settings.file.string(), 0, 0, folders.error().message);
    return nullptr;
  }
  const auto profile = load_profile(*folders, problems);
  auto lexicon = load_enrichment_lexicon(*folders, problems);
  auto wire = load_wire(folders->front(), problems);
  auto history = load_history(*folders, lexicon, problems);
  if (!profile || !wire || !problems.empty()) return nullptr;
  PlaceTree places(lexicon.places);
  return std::make_shared<const Chain>(*profile, std::move(lexicon), std::move(*wire),
                                       ChainOptions{.parse = settings.pipeline.parse,
                                                    .history = std::move(history),
                                                    .places = std::move(places)});
}

RecordContext record_context(const LoadedConfig& config) {
  return {.profile = config.settings.profile,
          .profile_hash = config.chain->profile_hash(),
          .rules_version = config.chain->rules_version(),
          .software = software_version(),
          .limits = {}};
}

Result<Settings> load_settings_for_command(const std::string& config) {
  Problems problems;
  auto file = config_file(config);
  if (!file) {
    std::fprintf(stderr, "steppewatch: %s\n", file.error().message.c_str());
    return std::move(file).error();
  }
  auto settings = load_settings(*file, problems);
  if (!settings) return printed(problems);
  return std::move(*settings);
}

Result<LoadedConfig> load_for_command(const std::string& config) {
  auto settings = load_settings_for_command(config);
  if (!settings) return std::move(settings).error();
  Problems problems;
  auto chain = load_chain(*settings, problems);
  if (!chain) return printed(problems);
  return LoadedConfig{std::move(*settings), std::move(chain)};
}

void print_problems(const Problems& problems) {
  for (const Problem& problem : problems.all())
    std::fprintf(stderr, "%s\n", problem.to_string().c_str());
}

}  // namespace steppe
