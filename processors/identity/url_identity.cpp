#include "processors/identity/url_identity.h"

#include <algorithm>

#include "processors/clean/urls.h"

namespace steppe {
namespace {

/// Canonical, without scheme; empty when it is no web address.
std::string without_scheme(std::string_view url) {
  const std::string canonical = canonical_url(url);
  if (!is_web_url(canonical)) return {};
  return canonical.substr(canonical.find("://") + 3);
}

}  // namespace

std::string url_identity(std::string_view url) {
  std::string identity = without_scheme(url);
  const std::size_t path = identity.find_first_of("/?");
  const bool whole_site = path == std::string::npos || path + 1 == identity.size();
  return whole_site ? std::string() : identity;
}

std::string url_host(std::string_view url) {
  std::string host = without_scheme(url);
  host.resize(std::min(host.size(), host.find_first_of("/?")));
  if (const std::size_t colon = host.rfind(':'); colon != std::string::npos && host.back() != ']') {
    host.resize(colon);
  }
  return host;
}

}  // namespace steppe
