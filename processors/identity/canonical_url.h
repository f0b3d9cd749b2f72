#pragma once
// One address, one spelling: so that tracking noise and http-to-https moves do not make new items.

#include <string>
#include <string_view>

namespace steppe {

/// The published canonical form of an http or https URL: lower-case scheme and host, no
/// credentials, default port, fragment or tracking parameters; escapes in upper case, needless ones
/// undone. Anything else comes back trimmed and otherwise as it was. Source: RFC 3986 §6.2
/// (normalisation).
std::string canonical_url(std::string_view url);

/// What the URL identifies, for comparing only: the canonical form without scheme, mobile and AMP
/// twins ("www.", "m.", "amp.", "/amp") and trailing slash. Empty when `url` is not http or https,
/// or names a whole site (no path, no query).
std::string url_identity(std::string_view url);

/// The host of an http or https URL without port and "www."; empty for anything else.
std::string url_host(std::string_view url);

}  // namespace steppe
