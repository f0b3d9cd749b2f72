#pragma once
// Where settings lie on disk.

#include <filesystem>
#include <string>
#include <vector>

#include "config/environment.h"
#include "core/result.h"

namespace steppe {

/// The folders that are searched; tests name others.
struct ConfigRoots {
  std::filesystem::path etc = "/etc/steppewatch";
  std::filesystem::path share = "/usr/share/steppewatch";
  std::filesystem::path current = ".";
};

/// Where the configuration is looked for, best first: $STEPPEWATCH_CONFIG alone when it is set,
/// else steppewatch.toml in etc, in `config/` below the current folder, in share.
std::vector<std::filesystem::path> config_candidates(const Environment& environment,
                                                     const ConfigRoots& roots = {});

/// The first candidate that exists ($STEPPEWATCH_CONFIG even when it does not, so that loading it
/// tells why). Errors: kConfig naming the places looked at. Blocks on the disk.
Result<std::filesystem::path> find_config(const Environment& environment,
                                          const ConfigRoots& roots = {});

/// The folders of a profile: the shipped base (`profiles/NAME` beside the configuration, else below
/// `config/` of the current folder, else in share), then the operator's additions
/// (`profiles.d/NAME` in etc) when there are any; later folders add to earlier ones.
/// Errors: kConfig naming the places and the profiles that are there. Blocks on the disk.
Result<std::vector<std::filesystem::path>> profile_folders(const std::string& profile,
                                                           const std::filesystem::path& config,
                                                           const ConfigRoots& roots = {});

}  // namespace steppe
