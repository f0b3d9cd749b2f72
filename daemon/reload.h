#pragma once
// SIGHUP: a good new configuration replaces the old one, a bad one is reported and changes nothing.

#include <optional>

#include "daemon/loaded_profile.h"

namespace steppe {

/// Reads file and profile again. Nothing when there are problems (logged, with their places).
/// Settings that need a restart are named in the log and keep their old value.
std::optional<LoadedConfig> reload_config(const LoadedConfig& current);

}  // namespace steppe
