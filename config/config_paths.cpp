#include "config/config_paths.h"

#include <algorithm>
#include <set>

#include "config/option_values.h"

namespace steppe {
namespace {

using Path = std::filesystem::path;

constexpr const char* kConfigName = "steppewatch.toml";

bool is_file(const Path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored) && !std::filesystem::is_directory(path, ignored);
}

bool is_folder(const Path& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

std::vector<std::string> folders_in(const std::vector<Path>& places) {
  std::set<std::string> names;
  for (const Path& place : places) {
    std::error_code failed;
    std::filesystem::directory_iterator entry(place, failed);
    for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
      if (is_folder(entry->path())) names.insert(entry->path().filename().string());
    }
  }
  return {names.begin(), names.end()};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string joined(const std::vector<Path>& paths) {
  std::vector<std::string> words;
  for (const Path& path : paths) words.push_back(path.string());
  return joined(words);
}

Error no_profile(const std::string& profile, const std::vector<Path>& places) {
  const std::vector<std::string> known = folders_in(places);
  std::string message = "no profile \"" + profile + "\" in " + joined(places);
  const auto meant = closest(profile, known);
  if (meant)
    message += "; did you mean \"" + *meant + "\"?";
  else if (!known.empty())
    message += "; there are: " + joined(known);
  return {Code::kConfig, Retry::kNever, std::move(message)};
}

}  // namespace

std::vector<Path> config_candidates(const Environment& environment, const ConfigRoots& roots) {
  if (const auto named = find_variable(environment, "STEPPEWATCH_CONFIG")) return {Path(*named)};
  return {roots.etc / kConfigName, roots.current / "config" / kConfigName,
          roots.share / kConfigName};
}

Result<Path> find_config(const Environment& environment, const ConfigRoots& roots) {
  const std::vector<Path> candidates = config_candidates(environment, roots);
  if (candidates.size() == 1) return candidates.front();
  const auto found = std::find_if(candidates.begin(), candidates.end(), is_file);
  if (found != candidates.end()) return *found;
  return Error{Code::kConfig, Retry::kNever,
               "no configuration found; looked for " + joined(candidates) +
                   "; name one with -c or $STEPPEWATCH_CONFIG"};
}

Result<std::vector<Path>> profile_folders(const std::string& profile, const Path& config,
                                          const ConfigRoots& roots) {
  const std::vector<Path> places = {config.parent_path() / "profiles",
                                    roots.current / "config" / "profiles",
                                    roots.share / "profiles"};
  const auto base = std::find_if(places.begin(), places.end(), [&](const Path& place) {
    return !profile.empty() && is_folder(place / profile);
  });
  if (base == places.end()) return no_profile(profile, places);
  std::vector<Path> folders = {*base / profile};
  const Path additions = roots.etc / "profiles.d" / profile;
  if (is_folder(additions)) folders.push_back(additions);
  return folders;
}

}  // namespace steppe
