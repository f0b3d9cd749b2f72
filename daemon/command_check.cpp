// steppewatch check: every fault of configuration and profile at once.

#include <cstdio>

#include "daemon/commands.h"
#include "daemon/exit_codes.h"
#include "daemon/loaded_profile.h"

namespace steppe {

int check_command(const CommonArgs& common, const CheckArgs& args) {
  if (args.print_reference) {
    std::fputs(option_reference().c_str(), stdout);
    return kExitOk;
  }
  auto config = load_for_command(common.config);
  if (!config) return exit_code_for(config.error());
  std::printf("%s: good. Profile '%s' (%s), %zu feeds.\n", config->settings.file.c_str(),
              config->settings.profile.c_str(), config->chain->profile_hash().c_str(),
              config->settings.feeds.size());
  return kExitOk;
}

}  // namespace steppe
