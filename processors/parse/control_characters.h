#pragma once
// Characters that XML 1.0 forbids, and its line ends.

#include <cstddef>
#include <string>
#include <string_view>

namespace steppe {

/// What one look at every byte of a text tells.
struct CharacterCensus {
  bool forbidden = false;         // control characters below 32, white space left out
  bool carriage_returns = false;  // line ends other than '\n'
  bool latin1 = false;            // some character of U+0080..U+00FF
};

/// `text`: UTF-8.
CharacterCensus take_census(std::string_view text);

/// Removes the forbidden characters. Source: XML 1.0 §2.2.
void remove_control_characters(std::string& text);

/// Makes every line end '\n'. Source: XML 1.0 §2.11.
void unify_line_ends(std::string& text);

}  // namespace steppe
