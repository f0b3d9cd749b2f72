#pragma once
// CLD2's opinion of a short text.

#include <string>
#include <string_view>

namespace steppe {

struct Cld2Opinion {
  std::string code;  // BCP-47 primary subtag; empty when it has none
  int percent = 0;   // of the text
  bool reliable = false;
};

/// `text` is valid UTF-8 of at most a few hundred bytes; `hint` a language tag or empty. Any
/// thread.
Cld2Opinion ask_cld2(std::string_view text, const std::string& hint);

}  // namespace steppe
