#pragma once
// Cuts HTML into text, tags and comments, as a browser would, without building a tree.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "processors/clean/next_mark.h"

namespace steppe {

struct HtmlToken {
  enum class Kind : std::uint8_t { kText, kStartTag, kEndTag, kComment };
  Kind kind = Kind::kText;
  std::string_view text;        // kText: undecoded; kComment: inside; tags: the name as written
  std::string_view attributes;  // kStartTag: between name and '>'
  bool self_closing = false;
  bool raw = false;  // kText inside script, style and the like: no references in it
};

/// One attribute of a start tag; `value` is undecoded.
struct HtmlAttribute {
  std::string_view name;
  std::string_view value;
};

/// Walks over one piece of HTML; tokens point into it. Never fails: what is no tag is text.
/// One thread at a time. Source: WHATWG HTML §13.2.5 (states), simplified.
class HtmlTokenizer {
 public:
  explicit HtmlTokenizer(std::string_view html)
      : html_(html), comment_end_(html, "-->"), cdata_end_(html, "]]>"), tag_end_(html, ">") {}

  /// False at the end.
  bool next(HtmlToken& token);

  /// Byte where the next token begins.
  std::size_t position() const { return at_; }

 private:
  bool read_markup(HtmlToken& token);
  bool read_tag(HtmlToken& token);
  bool read_declaration(HtmlToken& token);
  bool skip_to(HtmlToken& token, std::size_t begin, NextMark& mark);
  void read_raw_text(HtmlToken& token);
  std::size_t tag_end(std::size_t at) const;

  std::string_view html_;
  NextMark comment_end_, cdata_end_, tag_end_;
  std::size_t at_ = 0;
  std::string_view raw_until_;  // name of the open raw-text element
};

/// Walks over `HtmlToken::attributes`. One thread at a time.
class AttributeReader {
 public:
  explicit AttributeReader(std::string_view attributes) : rest_(attributes) {}
  /// False at the end.
  bool next(HtmlAttribute& attribute);

 private:
  std::string_view rest_;
};

/// The decoded value of an attribute, "" when absent; `name` in lower case.
std::string attribute_value(std::string_view attributes, std::string_view name);

/// Lower-cases ASCII.
std::string lower_ascii(std::string_view text);

/// Compares ignoring the case of ASCII letters; `lower` is in lower case.
bool equals_ignoring_case(std::string_view text, std::string_view lower);

inline bool is_html_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
inline bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace steppe
