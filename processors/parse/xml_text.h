#pragma once
// Text and markup out of an XML tree whose references are still undecoded.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "processors/parse/xml_tree.h"

namespace steppe {

/// How an element's text is to be read when it is wanted as HTML.
enum class TextKind : std::uint8_t {
  kPlain,    // the decoded text is plain text
  kEscaped,  // the decoded text is HTML
  kInline    // child elements are the HTML (XHTML)
};

/// Entities a document declares itself; only ones whose text holds no further reference.
using DeclaredEntities = std::unordered_map<std::string, std::string>;

/// Reads <!ENTITY name "text"> from a DOCTYPE's internal subset; ignores external and nested ones.
DeclaredEntities read_declared_entities(std::string_view document);

/// One thread at a time.
class XmlText {
 public:
  XmlText(DeclaredEntities declared, std::size_t max_bytes, std::size_t max_depth)
      : declared_(std::move(declared)), max_bytes_(max_bytes), max_depth_(max_depth) {}

  /// Decoded text of the element and everything inside, trimmed. "" when it has none.
  std::string plain(XmlNode node) { return std::string(plain_view(node)); }
  /// The same; valid until the next text or attribute is asked for.
  std::string_view plain_view(XmlNode node);

  /// The decoded value of the attribute called so, in any case of letters; "" when there is none.
  std::string attribute(XmlNode node, std::string_view name) {
    return std::string(attribute_view(node, name));
  }
  std::string attribute(XmlAttribute attribute) { return std::string(attribute_view(attribute)); }
  /// The same; valid until the next text or attribute is asked for.
  std::string_view attribute_view(XmlNode node, std::string_view name);
  std::string_view attribute_view(XmlAttribute attribute);

  /// The element's content as HTML (UTF-8, not sanitised), trimmed.
  std::string html(XmlNode node, TextKind kind);
  /// The element's content as plain text, whatever its kind; tags stripped, one line.
  std::string line(XmlNode node, TextKind kind);

  /// Tells that the document holds no character of U+0080..U+00FF: text without references needs
  /// no second look.
  void trust_characters() { trusted_ = true; }

  static bool has_elements(XmlNode node);
  /// Some text was over the bound and cut.
  bool truncated() const { return truncated_; }
  /// Some element was nested deeper than the bound and left out.
  bool too_deep() const { return too_deep_; }
  /// Some text was encoded twice and has been put right.
  bool double_encoded() const { return double_encoded_; }
  /// Some CDATA section holds the end of its item and another section: it was never closed.
  bool swallowed() const { return swallowed_; }

 private:
  XmlNode next_in_order(XmlNode at, std::size_t& depth);
  void decode(std::string& out, std::string_view raw);
  void append_markup(std::string& out, XmlNode node, TextKind kind);
  void append_node(std::string& out, XmlNode node, TextKind kind, bool direct);
  std::optional<std::string_view> simple(XmlNode first, TextKind kind);
  std::string_view bounded_view(std::string_view text);
  void bound(std::string& text);
  void make_readable(std::string& text);

  DeclaredEntities declared_;
  std::size_t max_bytes_;
  std::size_t max_depth_;
  bool truncated_ = false;
  bool too_deep_ = false;
  bool double_encoded_ = false;
  bool swallowed_ = false;
  bool trusted_ = false;
  bool rare_references_ = false;  // in the text being read
  std::string decoded_;           // what the views of decoded texts point to
};

/// Removes white space (also no-break spaces written in UTF-8 stay) at both ends.
std::string_view trimmed(std::string_view text);

/// No markup, no reference, no control character, no white space but single blanks: html_line only
/// trims it.
bool is_plain_line(std::string_view text);

/// Plain text of a piece of HTML for `parse` output: tags and comments gone, references decoded
/// once, runs of ASCII white space one space, nothing else changed.
std::string html_line(std::string_view html);

}  // namespace steppe
