#pragma once
// A term of a profile: what is searched, and how it may continue.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace steppe {

enum class Anchor : std::uint8_t {
  kStem,      // starts at a word start; at most max_suffix letters may follow
  kWord,      // a whole word
  kAnywhere,  // any place, for scripts without spaces and for compounds
  kRegex,     // a regular expression over folded text
};

inline constexpr std::uint8_t kAnySuffix = 255;

/// One term. A text of several words matches across any run of spaces, hyphens and quotes; an inner
/// word ending in `*` is a stem of its own ("january* event"). An apostrophe matches every
/// apostrophe. A text that begins with a Han or kana character is always searched anywhere.
struct TermPattern {
  std::uint32_t id = 0;
  std::string text;  // UTF-8; the scanner folds it
  Anchor anchor = Anchor::kStem;
  std::uint8_t max_suffix = kAnySuffix;
};

/// Reads the notation of profile files: `riot` a whole word, `riot*` a stem, `riot*3` a stem with
/// at most three more letters, `*riot*` anywhere; each word of a phrase may be a stem;
/// `/riot(s|ers)? in \d+/` a regular expression. Nothing, and why, when `notation` is not a term.
std::optional<TermPattern> parse_term(std::string_view notation, std::string& why);

}  // namespace steppe
