#pragma once
// Addresses of items: resolving, the canonical form that decides identity, and unwrapping.

#include <optional>
#include <string>
#include <string_view>

namespace steppe {

/// `ref` against `base`, serialised; nothing when it cannot be resolved. `base` may be empty.
/// Source: WHATWG URL Standard §4.4.
std::optional<std::string> resolve_url(std::string_view base, std::string_view ref);

/// A link of a feed made absolute: an absolute one stays as written (white space trimmed), a
/// relative one is resolved, one that cannot be resolved stays as it is.
std::string absolute_link(std::string_view base, std::string_view link);

/// True for what may be published as a link: http or https, nothing else.
bool is_web_url(std::string_view url);

/// The same address without tracking parameters (config/data/tracking_parameters.tsv).
/// What is no http or https URL comes back unchanged.
std::string remove_tracking(std::string_view url);

/// The form under which two addresses of one article are equal: https, host without "www." and
/// mobile prefixes, no user, default port, tracking, fragment or trailing slash; AMP twins become
/// the article, query parameters are sorted, escapes normalised, aggregators unwrapped.
/// For comparing; fetch the original. What is no http or https URL comes back trimmed.
std::string canonical_url(std::string_view url);

/// The target when `url` only redirects and says where to (config/data/aggregators.tsv); else
/// `url`.
std::string unwrap_aggregator(std::string_view url);

}  // namespace steppe
