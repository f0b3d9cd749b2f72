#pragma once
// What a URL identifies, for comparing only.

#include <string>
#include <string_view>

namespace steppe {

struct UrlParts {
  std::string identity;  // as url_identity()
  std::string host;      // as url_host()
};

/// Both at once.
UrlParts url_parts(std::string_view url);

/// The same of a URL that is in canonical form already.
UrlParts canonical_url_parts(std::string_view canonical);

/// The canonical form (processors/clean/urls.h) without scheme. Empty when `url` is not http or
/// https, or names a whole site (no path, no query).
std::string url_identity(std::string_view url);

/// The host of that form, without port; empty for anything else.
std::string url_host(std::string_view url);

}  // namespace steppe
