#pragma once
// HTML that is safe to show.

#include <string>
#include <string_view>

namespace steppe {

/// `html` reduced to elements, attributes and styles on a list (config/data/html_allowed.tsv): no
/// scripts, handlers, frames, forms of javascript: or data: addresses, comments, tracking pixels.
/// Relative addresses are resolved against `base` when that is not empty. Text is kept.
/// What comes out parses to the same harmless tree in any browser: each '<' begins an allowed tag.
/// Linear time. Source: OWASP XSS prevention (allow-lists), WHATWG HTML §13.2.
std::string sanitize_html(std::string_view html, std::string_view base);

}  // namespace steppe
