#pragma once
// The letters a name is written in, as far as it matters where it is looked for.

#include <cstdint>
#include <string_view>

namespace steppe {

enum class Script : std::uint8_t { kLatin, kCyrillic, kHan, kOther };

/// Of the character that begins with `lead`.
inline Script script_of_lead(unsigned char lead) {
  if (lead < 0xCE) return Script::kLatin;  // and what is next to it
  if (lead >= 0xD0 && lead <= 0xD3) return Script::kCyrillic;
  return lead >= 0xE4 && lead <= 0xE9 ? Script::kHan : Script::kOther;
}

/// Of the first letter of a pattern.
inline Script script_of_pattern(std::string_view pattern) {
  if (pattern.starts_with('^')) pattern.remove_prefix(1);
  return pattern.empty() ? Script::kLatin : script_of_lead(static_cast<unsigned char>(pattern[0]));
}

/// True when names in `script` are looked for apart in texts that are mostly in `own`. Latin names
/// stand in texts of every script.
inline bool is_foreign_script(Script script, Script own) {
  return script != own && (script == Script::kCyrillic || script == Script::kHan);
}

}  // namespace steppe
