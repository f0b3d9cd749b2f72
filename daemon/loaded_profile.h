#pragma once
// The profile a configuration names, loaded and ready for the chain.

#include <memory>

#include "config/problems.h"
#include "daemon/chain.h"
#include "daemon/settings.h"
#include "processors/encode/records.h"

namespace steppe {

/// Reads the profile with its overlays and builds the chain; null when `problems` is not empty.
std::shared_ptr<const Chain> load_chain(const Settings& settings, Problems& problems);

struct LoadedConfig {
  Settings settings;
  std::shared_ptr<const Chain> chain;
};

/// Who writes and under which rules, for every record.
RecordContext record_context(const LoadedConfig& config);

/// Settings and chain together, for the commands: prints every problem to stderr.
/// Errors: kConfig (already printed).
Result<LoadedConfig> load_for_command(const std::string& config);

/// The settings alone, for commands that need no profile.
Result<Settings> load_settings_for_command(const std::string& config);

/// Prints "file:line:column: message" lines to stderr.
void print_problems(const Problems& problems);

}  // namespace steppe
