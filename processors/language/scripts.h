#pragma once
// Letters of a text by script.

#include <array>
#include <cstdint>
#include <string_view>

namespace steppe {

enum class Script : std::uint8_t {
  kNone,
  kLatin,
  kCyrillic,
  kArabic,
  kHan,
  kKana,
  kHangul,
  kArmenian,
  kGeorgian,
  kGreek,
  kHebrew,
  kDevanagari,
  kThai
};
inline constexpr std::size_t kScriptCount = 13;

Script script_of(char32_t code_point);

struct ScriptCounts {
  std::array<std::uint32_t, kScriptCount> letters{};
  bool ascii_only = true;

  std::uint32_t of(Script script) const { return letters[static_cast<std::size_t>(script)]; }
  /// The script that says most: a Han character or kana weighs as much as three letters.
  Script main() const;
};

ScriptCounts count_scripts(std::string_view text);

}  // namespace steppe
