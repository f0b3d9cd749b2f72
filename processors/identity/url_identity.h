#pragma once
// What a URL identifies, for comparing only.

#include <string>
#include <string_view>

namespace steppe {

/// The canonical form (processors/clean/urls.h) without scheme. Empty when `url` is not http or
/// https, or names a whole site (no path, no query).
std::string url_identity(std::string_view url);

/// The host of that form, without port; empty for anything else.
std::string url_host(std::string_view url);

}  // namespace steppe
