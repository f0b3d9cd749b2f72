#include "connectors/http_feed/options.h"

namespace steppe {

bool evaluation_mode(const HttpOptions& options) {
  return options.contact.empty();
}

std::string user_agent(const HttpOptions& options) {
  const std::string product = "steppewatch/" STEPPE_VERSION;
  if (evaluation_mode(options)) return product + " (evaluation, no contact given)";
  return product + " (+" + options.contact + ")";
}

}  // namespace steppe
