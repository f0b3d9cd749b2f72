#pragma once
// The lists of config/data/html_allowed.tsv.

#include <string>
#include <string_view>

namespace steppe {

/// True when `name` (lower case) is on the list of that kind.
bool is_allowed(std::string_view kind, std::string_view name);

/// True for any element of HTML, MathML or SVG, harmless or not; `name` in lower case.
bool is_html_element(std::string_view name);

/// The declarations of a style attribute that are harmless, normalised; "" when none is.
std::string sanitize_style(std::string_view style);

/// A style attribute in lower case, without white space.
std::string packed_style(std::string_view style);

/// True when the attributes say that the element is not shown (hidden, display: none).
bool is_hidden(std::string_view attributes);

/// True when an address may stay: a listed scheme or none; `image` allows data:image/ too.
bool is_safe_address(std::string_view address, bool image);

}  // namespace steppe
