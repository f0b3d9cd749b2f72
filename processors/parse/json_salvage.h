#pragma once
// JSON that was cut off or written by hand, made readable.

#include <string>
#include <string_view>

namespace steppe {

/// Writes `text` again as JSON: raw control characters and stray quotes inside strings are escaped,
/// unknown escapes lose their backslash, commas without a value are left out, what a cut left open
/// is closed (a key without value gets null). Damage it does not know stays damage.
/// Empty when the text nests deeper than 512 levels. Linear.
std::string repair_json(std::string_view text);

}  // namespace steppe
