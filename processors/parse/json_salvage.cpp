#include "processors/parse/json_salvage.h"

#include <cstddef>

namespace steppe {

bool close_json(std::string& text) {
  constexpr std::size_t kMaxOpen = 512;
  std::string open;        // closing brackets still wanted
  std::string open_there;  // the same after the last closed one
  std::size_t cut = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') open.push_back(c == '{' ? '}' : ']');
    if (open.size() > kMaxOpen) return false;
    if (c != '}' && c != ']') continue;
    if (open.empty() || open.back() != c) break;
    open.pop_back();
    cut = at + 1;
    open_there = open;
  }
  if (cut == 0) return false;
  text.resize(cut);
  text.append(open_there.rbegin(), open_there.rend());
  return true;
}

}  // namespace steppe
