#include "processors/identity/url_identity.h"

#include <algorithm>

#include "processors/clean/urls.h"

namespace steppe {

UrlParts canonical_url_parts(std::string_view canonical) {
  if (!is_web_url(canonical)) return {};
  UrlParts parts;
  parts.identity = canonical.substr(canonical.find("://") + 3);
  const std::size_t path = std::min(parts.identity.size(), parts.identity.find_first_of("/?"));
  parts.host = parts.identity.substr(0, path);
  if (const std::size_t colon = parts.host.rfind(':');
      colon != std::string::npos && parts.host.back() != ']') {
    parts.host.resize(colon);
  }
  const bool whole_site = path == parts.identity.size() || path + 1 == parts.identity.size();
  if (whole_site) parts.identity.clear();
  return parts;
}

UrlParts url_parts(std::string_view url) {
  if (url.find(':') == std::string_view::npos) return {};  // no scheme: no web address
  return canonical_url_parts(canonical_url(url));
}

std::string url_identity(std::string_view url) {
  return url_parts(url).identity;
}

std::string url_host(std::string_view url) {
  return url_parts(url).host;
}

}  // namespace steppe
