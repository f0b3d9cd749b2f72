#pragma once
// Characters that XML 1.0 forbids.

#include <cstddef>
#include <string>

namespace steppe {

/// What one look at every byte of a text tells.
struct CharacterCensus {
  std::size_t removed = 0;  // control characters
  bool latin1 = false;      // some character of U+0080..U+00FF
};

/// Removes control characters below 32 except tab, line feed and carriage return. `text`: UTF-8.
/// Source: XML 1.0 §2.2.
CharacterCensus remove_control_characters(std::string& text);

}  // namespace steppe
