#pragma once
// From bytes in whatever encoding to UTF-8 without characters that XML forbids.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

struct DecodedText {
  std::string text;      // valid UTF-8, no NUL, no control character but tab and '\n'
  std::string encoding;  // lower case, of the bytes: "utf-8", "windows-1251" ...
  std::vector<std::string> warnings;
  bool latin1 = false;  // some character of U+0080..U+00FF, which text encoded twice is full of

  // The bytes behind a byte order mark are the text as they stand, and `text` is empty.
  bool as_received = false;
  std::size_t mark_bytes = 0;

  /// The text; `bytes`: what was decoded.
  std::string_view view(std::string_view bytes) const {
    return as_received ? bytes.substr(mark_bytes) : std::string_view(text);
  }
  /// Makes `text` the text in any case.
  void own(std::string_view bytes);
};

/// Decodes a document. Order of belief: byte order mark, UTF-16/32 patterns, bytes that are valid
/// multi-byte UTF-8 (whatever a label says), XML declaration, Content-Type, statistics.
/// A declared encoding that does not fit the bytes is left for one that does; what fits nothing is
/// replaced by U+FFFD. Warnings: encoding_mismatch, unknown_encoding, encoding_guessed,
/// invalid_sequences, control_characters, double_encoded.
/// Source: XML 1.0 appendix F, RFC 7303 §3, WHATWG Encoding (labels that mean their superset).
DecodedText decode_text(std::string_view bytes, std::string_view content_type);

/// The same without a copy of bytes that need no change: then `as_received`.
DecodedText decode_in_place(std::string_view bytes, std::string_view content_type);

/// The charset parameter of a Content-Type value, "" when there is none.
std::string_view charset_parameter(std::string_view content_type);

/// The encoding pseudo-attribute of an XML declaration near the beginning, "" when there is none.
std::string_view declared_encoding(std::string_view text);

}  // namespace steppe
