#include "daemon/reload.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <sstream>
#include <vector>

#include "core/printable.h"

namespace steppe {
namespace {

// "[section] key = value" lines, without the feeds: those can be exchanged.
std::vector<std::string> fixed_lines(const std::string& effective) {
  std::vector<std::string> lines;
  std::string section;
  std::istringstream stream(effective);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("[")) section = line + " ";
    const bool exchangeable = section.starts_with("[[feed]]") || section.starts_with("[log]") ||
                              line.starts_with("include") || line.starts_with("[") || line.empty();
    if (!exchangeable) lines.push_back(section + line);
  }
  return lines;
}

void name_restart_settings(const std::string& before, const std::string& after) {
  const auto old_lines = fixed_lines(before);
  for (const std::string& line : fixed_lines(after)) {
    if (std::find(old_lines.begin(), old_lines.end(), line) == old_lines.end()) {
      spdlog::warn("needs a restart to take effect: {}", printable(line));
    }
  }
}

}  // namespace

std::optional<LoadedConfig> reload_config(const LoadedConfig& current) {
  Problems problems;
  auto settings = load_settings(current.settings.file, problems);
  auto chain = settings ? load_chain(*settings, problems) : nullptr;
  if (!chain) {
    for (const Problem& problem : problems.all())
      spdlog::error("{}", printable(problem.to_string()));
    spdlog::error("the new configuration was not taken; the old one stays in force");
    return {};
  }
  name_restart_settings(current.settings.effective, settings->effective);
  LoadedConfig next = current;
  next.settings.feeds = settings->feeds;
  next.settings.log = settings->log;
  next.chain = std::move(chain);
  set_up_log(next.settings.log);
  spdlog::info("configuration taken: {} feeds", next.settings.feeds.size());
  return next;
}

}  // namespace steppe
